#!/usr/bin/env bash
# PyYAML 6.0.4: an emoji in JSON, as json.dumps writes it, is two broken halves to one loader, an error to the other.
#
# Version    PyYAML 6.0.4 (libyaml 0.2.6) and the json module of any Python from 3.11 on.
# Behaviour  JSON is held to be YAML as well. By default json.dumps writes a character beyond U+FFFF as two escapes of
#            four digits, "\ud83d\ude00". In JSON the two are one character. SafeLoader takes each for a character of
#            its own: a text of two lone surrogates, which compares unequal to the emoji and cannot be encoded, so that
#            the failure comes where it is printed, far from where it was read. CSafeLoader refuses the same text.
# So         a reader of YAML that is handed JSON must pass it to a JSON parser, or refuse surrogates where they are
#            read.
# Output     SafeLoader   gives '\ud83d\ude00', equal: False, encoded: UnicodeEncodeError
#            CSafeLoader  ScannerError: found invalid Unicode character escape code
set -euo pipefail

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --only-binary :all: PyYAML==6.0.4

"$room/venv/bin/python" - <<'EOF'
import json
import sys

import yaml

EMOJI = "\N{GRINNING FACE}"
text = json.dumps({"headline": EMOJI})


def read(loader: type) -> str:
    try:
        value = yaml.load(text, Loader=loader)["headline"]
    except yaml.YAMLError as error:
        return f"{type(error).__name__}: {error.problem}"
    try:
        value.encode()
    except UnicodeEncodeError as error:
        encoded = type(error).__name__
    else:
        encoded = "well"
    return f"gives {ascii(value)}, equal: {value == EMOJI}, encoded: {encoded}"


libyaml = ".".join(map(str, yaml._yaml.get_version()))
print(f"PyYAML {yaml.__version__}, libyaml {libyaml}, Python {sys.version.split()[0]}")
print(f"json.dumps   {text}")
print(f"json.loads   gives {ascii(json.loads(text)['headline'])}")
seen = {loader.__name__: read(loader) for loader in (yaml.SafeLoader, yaml.CSafeLoader)}
for name, result in seen.items():
    print(f"{name:12} {result}")

if yaml.__version__ != "6.0.4" or json.loads(text)["headline"] != EMOJI or seen != {
    "SafeLoader": r"gives '\ud83d\ude00', equal: False, encoded: UnicodeEncodeError",
    "CSafeLoader": "ScannerError: found invalid Unicode character escape code",
}:
    sys.exit("This is no longer so.")
EOF
