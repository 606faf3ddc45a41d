#!/usr/bin/env bash
# PyYAML 6.0.4: a value that is the sign = is an error, and so is <<; either is well within a longer text, and as a key.
#
# Version    PyYAML 6.0.4, SafeLoader and CSafeLoader (seen with Python 3.11.7, 30 November 2026); of npm js-yaml 5.5.0
#            and yaml 2.9.1 were asked as well.
# Behaviour  One expects of "- =" a list with the text =, as both packages of npm read it. YAML 1.1 has a type for this
#            one text, the default value of a mapping, and one for <<, which merges. PyYAML recognizes both, and has
#            nothing that makes a value of them, so that the whole file is refused: ConstructorError, which tells of a
#            tag that stands nowhere in it. == and "a = b" are texts; so is = as the key of a mapping. safe_dump knows,
#            and writes quotation marks around both.
# So         a sign that stands alone, such as one for "no change", is quoted by whoever writes the file; a reader that
#            makes its own values from the events takes it for the text that it is.
# Output     "- ="   ConstructorError: …tag:yaml.org,2002:value     "- =="   ['==']
#            "- <<"  ConstructorError: …tag:yaml.org,2002:merge     "=: a"   {'=': 'a'}
# Needs      python3 with venv.
set -euo pipefail

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --only-binary :all: PyYAML==6.0.4

"$room/venv/bin/python" - <<'EOF'
import re
import sys

import yaml

EXPECTED = {
    "- =": "ConstructorError tag:yaml.org,2002:value",
    "- <<": "ConstructorError tag:yaml.org,2002:merge",
    "- ==": "['==']",
    "- a = b": "['a = b']",
    "=: a": "{'=': 'a'}",
    "- '='": "['=']",
}


def read(text: str, loader: type) -> str:
    try:
        return str(yaml.load(text, loader))
    except yaml.constructor.ConstructorError as error:
        return "ConstructorError " + re.search("tag:[^']*", str(error))[0]


print(f"PyYAML {yaml.__version__}, libyaml {'.'.join(map(str, yaml._yaml.get_version()))}")
so = yaml.__version__ == "6.0.4" and yaml.safe_dump(["=", "<<"]) == "- '='\n- '<<'\n"
for text, expected in EXPECTED.items():
    seen = [read(text, loader) for loader in (yaml.SafeLoader, yaml.CSafeLoader)]
    print(f"{text:8}", "   ".join(seen))
    so = so and seen == [expected, expected]
if not so:
    sys.exit("This is no longer so.")
EOF
