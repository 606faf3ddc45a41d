#!/usr/bin/env bash
# SQLite 3.54: date('2022-02-30') is 2 March; in SQLite 3.40 it is 30 February. It is NULL in neither of them.
#
# Version    SQLite 3.54.1, as in apsw 3.54.1.0 of PyPI, and SQLite 3.40.1 of Debian 12 (seen 30 November 2026). 3.45
#            and later, of those that were looked at, are like 3.54, and 3.41 to 3.44 like 3.40.
# Behaviour  The date functions give NULL for a text that is no date, so that one expects them to tell real days: month
#            13 and day 32 are NULL. Days up to 31 are taken in any month. Their julianday is that of March everywhere;
#            but date() gave the text back as it came, until a modifier, even '+0 days', made a day of March of it. Now
#            date() does so at once. So "date(x) = x", which finds such days in the newer SQLite, calls them right in
#            the older one, and "date(x) IS NOT NULL" does so in both.
# So         a date from an article is checked by the program, or by date(x, '+0 days') = x.
# Output     2022-02-30 is 2022-03-02   2022-06-31 is 2022-07-01   2023-02-29 is 2023-03-01
#            2022-02-32 is None         2022-13-01 is None         2022-02-28 is 2022-02-28
# Needs      python3 with venv.
set -euo pipefail

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --only-binary :all: apsw==3.54.1.0

"$room/venv/bin/python" - <<'EOF'
import sqlite3
import sys

import apsw

DAYS = {
    "2022-02-30": "2022-03-02",
    "2022-06-31": "2022-07-01",
    "2023-02-29": "2023-03-01",
    "2022-02-32": None,
    "2022-13-01": None,
    "2022-02-28": "2022-02-28",
}
connection = apsw.Connection(":memory:")
newest, = next(connection.execute("SELECT sqlite_version()"))
seen = {day: next(connection.execute("SELECT date(?)", (day,)))[0] for day in DAYS}
moved = {day: next(connection.execute("SELECT date(?, '+0 days')", (day,)))[0] for day in DAYS}
print(f"SQLite {newest}:", "   ".join(f"{day} is {told}" for day, told in seen.items()))
own = sqlite3.connect(":memory:").execute("SELECT date('2022-02-30'), date('2022-02-30', '+0 days')").fetchone()
print(f"SQLite {sqlite3.sqlite_version} of this Python: 2022-02-30 is {own[0]}, with '+0 days' {own[1]}")
old = sqlite3.sqlite_version_info < (3, 45)
if newest != "3.54.1" or seen != DAYS or moved != DAYS or own[1] != "2022-03-02" or (old and own[0] != "2022-02-30"):
    sys.exit("This is no longer so.")
EOF
