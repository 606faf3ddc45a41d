#!/usr/bin/env bash
# openpyxl 3.1.5: the plain text a_x000D_b is written so that a spreadsheet shows two lines, a and b.
#
# Version    openpyxl 3.1.5 and XlsxWriter 3.3.1 of PyPI; LibreOffice 7.4 (Debian 12).
# Behaviour  In a workbook, _x000D_ in a text is an escape: a carriage return. A text that has these seven characters is
#            written as a_x005F_x000D_b. XlsxWriter does so. openpyxl writes the text bare, and reads its own file back
#            as it was, so that no test that uses openpyxl for both shows it.
# So         what one library wrote is read with another one.
# Output     XlsxWriter 'a_x000D_b'
#            openpyxl 'a\nb', reads back 'a_x000D_b'
# Needs      python3 with venv, and soffice.
set -euo pipefail

command -v soffice >/dev/null || { echo "skipped: soffice is not there"; exit 77; }
python3 -c 'import venv, ensurepip' 2>/dev/null || { echo "skipped: python3 with venv is not there"; exit 77; }

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5 XlsxWriter==3.3.1
cat > write.py <<'EOF'
import openpyxl
import xlsxwriter

text = "a_x000D_b"
with xlsxwriter.Workbook("one.xlsx") as book:
    book.add_worksheet().write_string(0, 0, text)
book = openpyxl.Workbook()
book.active["A1"] = text
book.save("two.xlsx")
EOF
cat > read.py <<'EOF'
import csv

import openpyxl


def shown(name):
    with open(f"{name}.csv", encoding="utf-8") as file:
        return next(csv.reader(file))[0]


print("XlsxWriter", repr(shown("one")))
print("openpyxl", repr(shown("two")) + ", reads back", repr(openpyxl.load_workbook("two.xlsx").active["A1"].value))
EOF
venv/bin/python write.py
soffice "-env:UserInstallation=file://$room/profile" --headless --convert-to csv one.xlsx two.xlsx >/dev/null 2>&1
seen=$(venv/bin/python read.py)
echo "$seen"
wanted="XlsxWriter 'a_x000D_b'
openpyxl 'a\\nb', reads back 'a_x000D_b'"
if [ "$seen" != "$wanted" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
