#!/usr/bin/env bash
# openpyxl 3.1.5: a text of 40,000 characters becomes one of 32,767, without an error or a warning.
#
# Version    openpyxl 3.1.5 of PyPI (seen with Python 3.11.7, 30 November 2026).
# Behaviour  A cell of a workbook holds 32,767 characters at most, and one expects that a library that is given more
#            says so. openpyxl does for a control character, which a cell cannot hold either, by IllegalCharacterError;
#            XlsxWriter 3.3.1 cuts the text, and write_string returns -2. openpyxl cuts it when it is put into the cell,
#            so that the cell of the program itself has the short one from then on. Its documentation does not name the
#            limit.
# So         a table of articles, whose texts may be longer than that, is measured before it is written.
# Output     openpyxl    bell: IllegalCharacterError   40000: in the cell 32767, read back 32767, warnings 0
#            XlsxWriter  40000: read back 32767, write_string returns -2
# Needs      python3 with venv.
set -euo pipefail

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --only-binary :all: openpyxl==3.1.5 et_xmlfile==2.0.0 XlsxWriter==3.3.1

cd "$room"
"$room/venv/bin/python" - <<'EOF'
import sys
import warnings

import openpyxl
import xlsxwriter
from openpyxl.utils.exceptions import IllegalCharacterError

LONG = "a" * 40000


def read(path: str) -> int:
    return len(openpyxl.load_workbook(path).active["A1"].value or "")


workbook = openpyxl.Workbook()
try:
    workbook.active["A1"] = "a bell \a"
    bell = "taken"
except IllegalCharacterError:
    bell = "IllegalCharacterError"
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    workbook.active["A1"] = LONG
    workbook.save("openpyxl.xlsx")
held = len(workbook.active["A1"].value)
first = (bell, held, read("openpyxl.xlsx"), len(caught))

with xlsxwriter.Workbook("xlsxwriter.xlsx") as other:
    told = other.add_worksheet().write_string("A1", LONG)
second = (read("xlsxwriter.xlsx"), told)

print(f"openpyxl {openpyxl.__version__}: bell: {first[0]}   40000: in the cell {first[1]}, ", end="")
print(f"read back {first[2]}, warnings {first[3]}")
print(f"XlsxWriter {xlsxwriter.__version__}: 40000: read back {second[0]}, write_string returns {second[1]}")
if first != ("IllegalCharacterError", 32767, 32767, 0) or second != (32767, -2):
    sys.exit("This is no longer so.")
EOF
