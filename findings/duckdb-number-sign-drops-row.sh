#!/usr/bin/env bash
# DuckDB 2.0.1: a row of a CSV file that begins with # is left out, but only if all other rows begin with a number.
#
# Version    duckdb 2.0.1 of PyPI (seen with Python 3.11.7, 30 November 2026).
# Behaviour  CSV knows no comments (RFC 4180). read_csv finds out by itself what a file is like, and one expects that it
#            may take a text for a number, but that each row is there. It tries # as the beginning of a comment, too. If
#            the column is of numbers, or of dates, without that row, it decides for the comment, since the columns then
#            have better types: a row whose first field is "#2" is no longer there, without a warning. The same row
#            beside A1 and A3 is kept, and so is #2 in another column than the first, or in quotation marks.
# So         read_csv is given comment = '' for files that others have written; who writes a table has its first column
#            not begin with #, or quotes all fields.
# Output     1 / #2 / 3               1 3
#            A1 / #2 / A3             A1 #2 A3
#            date / #2 / date         2022-06-01 2022-06-03
#            1 / "#2" / 3             1 #2 3
#            1 / #2 / 3, comment=''   1 #2 3
# Needs      python3 with venv.
set -euo pipefail

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --disable-pip-version-check 'duckdb==2.0.1'
cd "$room"
cat > read.py <<'EOF'
from pathlib import Path

import duckdb

CASES = {
    "1 / #2 / 3": ("1", "#2", "3"),
    "A1 / #2 / A3": ("A1", "#2", "A3"),
    "date / #2 / date": ("2022-06-01", "#2", "2022-06-03"),
    '1 / "#2" / 3': ("1", '"#2"', "3"),
}


def read(numbers: tuple[str, ...], more: str = "") -> str:
    """Return the first column of a table whose rows begin with these fields."""
    rows = [f"{number},Ferry late\n" for number in numbers]
    Path("table.csv").write_text("".join(["number,headline\n", *rows]))
    found = duckdb.sql(f"SELECT number FROM read_csv('table.csv'{more})").fetchall()
    return " ".join(str(number) for (number,) in found)


for name, numbers in CASES.items():
    print(f"{name:24} {read(numbers)}")
told = "1 / #2 / 3, comment=''"
found = read(("1", "#2", "3"), ", comment = ''")
print(f"{told:24} {found}")
EOF
seen=$("$room/venv/bin/python" read.py)
echo "$seen"
expected="1 / #2 / 3               1 3
A1 / #2 / A3             A1 #2 A3
date / #2 / date         2022-06-01 2022-06-03
1 / \"#2\" / 3             1 #2 3
1 / #2 / 3, comment=''   1 #2 3"
if [ "$seen" != "$expected" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
