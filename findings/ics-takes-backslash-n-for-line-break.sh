#!/usr/bin/env bash
# ics 0.7.3: the path C:\new in the summary of an event is read as C:\, a line break, and ew.
#
# Version    ics 0.7.3 of PyPI.
# Behaviour  In iCalendar a backslash is written as two, and a line break as a backslash and an n. The package undoes
#            the line breaks first and the backslashes last, so that the second of two backslashes and an n behind it
#            make a line break. It does so with its own files: what it writes, it reads as something else.
# So         that a backslash before an n, N, r or R is read back is no test for this package.
# Output     'C:\\new' SUMMARY:C:\\new 'C:\\\new'
# Needs      python3 with venv.
set -euo pipefail

python3 -c 'import venv, ensurepip' 2>/dev/null || { echo "skipped: python3 with venv is not there"; exit 77; }

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --disable-pip-version-check ics==0.7.3
cat > "$room/path.py" <<'EOF'
from ics import Calendar, Event

calendar = Calendar(events=[Event(name="C:\\new", begin="2023-01-29")])
(line,) = [line for line in calendar.serialize().splitlines() if line.startswith("SUMMARY:")]
(event,) = Calendar(calendar.serialize()).events
print(repr("C:\\new"), line, repr(event.name))
EOF
seen=$("$room/venv/bin/python" "$room/path.py")
echo "$seen"
if [ "$seen" != "'C:\\\\new' SUMMARY:C:\\\\new 'C:\\\\\\new'" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
