#!/usr/bin/env bash
# edtf-validate 2.0.0: 29 February 2023 is a valid date, alone or in a set; as an end of an interval it is not.
#
# Version    edtf-validate 2.0.0 of PyPI (seen with Python 3.11.7, 30 November 2026).
# Behaviour  One expects of a validator that it either looks at the grammar alone or knows the calendar, and that a part
#            of a date is judged as the date itself. This one knows how long each month is, but takes 29 February in any
#            year, also with a time. In an interval it compares both ends as days, so that it finds out there.
# So         that the package takes a date does not say that there is such a day.
# Output     2023-02-29 True   2023-02-29T10:00:00Z True   [2023-02-29,2023-03-01] True    2024-02-29 True
#            2023-02-30 False  2023-02-30T10:00:00Z False  2023-02-29/2023-03-01 False     2023-02-29/.. False
# Needs      python3 with venv.
set -euo pipefail

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --only-binary :all: edtf-validate==2.0.0 pyparsing==3.3.3

"$room/venv/bin/python" - <<'EOF'
import sys
from importlib.metadata import version

from edtf_validate.valid_edtf import is_valid

EXPECTED = {
    "2023-02-29": True,
    "1900-02-29": True,
    "2023-02-29T10:00:00Z": True,
    "[2023-02-29,2023-03-01]": True,
    "2024-02-29": True,
    "2023-02-30": False,
    "2023-02-30T10:00:00Z": False,
    "2023-02-29/2023-03-01": False,
    "2023-02-29/..": False,
    "2024-02-29/2024-03-01": True,
}
seen = {text: bool(is_valid(text)) for text in EXPECTED}
print(f"edtf-validate {version('edtf-validate')}")
for text, valid in seen.items():
    print(f"{text:26}{valid}")
if version("edtf-validate") != "2.0.0" or seen != EXPECTED:
    sys.exit("This is no longer so.")
EOF
