#!/usr/bin/env bash
# PyYAML 6.0.4: safe_load refuses a question mark within an unquoted word, but only between brackets or braces.
#
# Version    PyYAML 6.0.4 (libyaml 0.2.6).
# Behaviour  A question mark is special to YAML only where it begins a word and a space follows. SafeLoader, the one of
#            safe_load, ends an unquoted word at any question mark as soon as it stands in [...] or {...}. A web
#            address with a query is read in a list of dashes and is an error in a list of brackets. A headline that
#            asks something is an error as well. CSafeLoader reads all of them.
# So         a file that one installation reads is an error on another, which fell back to the loader written in Python
#            because the compiled one was not there.
# Output     - https://example.org/list?page=2     both loaders read it
#            [https://example.org/list?page=2]     SafeLoader: expected ',' or ']', but got '?'
#            {headline: Who pays?}                 SafeLoader: expected ',' or '}', but got '?'
set -euo pipefail

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --only-binary :all: PyYAML==6.0.4

"$room/venv/bin/python" - <<'EOF'
import sys

import yaml

WEB = "https://example.org/list?page=2"
TEXTS = {
    f"- {WEB}": [WEB],
    f"[{WEB}]": [WEB],
    "headline: Who pays?": {"headline": "Who pays?"},
    "{headline: Who pays?}": {"headline": "Who pays?"},
}
REFUSED = {f"[{WEB}]": "expected ',' or ']', but got '?'", "{headline: Who pays?}": "expected ',' or '}', but got '?'"}


def read(text: str, loader: type) -> object:
    try:
        return yaml.load(text, Loader=loader)
    except yaml.parser.ParserError as error:
        return error.problem


print(f"PyYAML {yaml.__version__}, libyaml {'.'.join(map(str, yaml._yaml.get_version()))}")
so = yaml.__version__ == "6.0.4"
for text, meant in TEXTS.items():
    plain, compiled = read(text, yaml.SafeLoader), read(text, yaml.CSafeLoader)
    print(f"{text:34} SafeLoader: {plain}  CSafeLoader: {compiled}")
    so = so and compiled == meant and plain == REFUSED.get(text, meant)
if not so:
    sys.exit("This is no longer so.")
EOF
