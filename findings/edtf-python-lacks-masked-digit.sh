#!/usr/bin/env bash
# edtf (PyPI) 5.0.2: a month with one digit unspecified ends in AttributeError, both digits do not.
#
# Version    edtf 5.0.2 of PyPI.
# Behaviour  1984-1X, a month from October to December, is an example of the Library of Congress's specification of
#            EDTF, level 2. parse_edtf prints a line about the constructor of its own class to stdout, and raises
#            AttributeError; 1984-XX is read, with the bounds of the whole year.
# So         a date that the package refuses may be a date, and what it raises is no EDTFParseException.
# Output     1984-XX read, 1984-1X AttributeError
set -euo pipefail

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --disable-pip-version-check edtf==5.0.2
seen=$("$room/venv/bin/python" - <<'EOF'
import contextlib
import io

from edtf import parse_edtf


def outcome(text: str) -> str:
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            parse_edtf(text)
        except Exception as error:
            return type(error).__name__
    return "read"


print(", ".join(f"{text} {outcome(text)}" for text in ("1984-XX", "1984-1X")))
EOF
)
echo "$seen"
if [ "$seen" != "1984-XX read, 1984-1X AttributeError" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
