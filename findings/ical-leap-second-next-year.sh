#!/usr/bin/env bash
# ical.js 2.2.1 and icalendar 7.3.2: the leap second of 31 December 2016 is in 2017, or no time at all.
#
# Version    ical.js 2.2.1 of npm, on Node.js; icalendar 7.3.2 of PyPI.
# Behaviour  A time in iCalendar may have the second 60, for a leap second; a program without these takes it for 59
#            (RFC 5545, 3.3.12). ical.js carries it over into the next minute, here into the next day, month and year.
#            icalendar keeps the event, but its start cannot be read.
# So         a calendar that must keep its days is written without the second 60.
# Output     ical.js 2017-01-01T00:00:00Z
#            icalendar Wrong datetime format: 20161231T235960Z
# Needs      node, npm, and python3 with venv.
set -euo pipefail

for program in node npm; do
    command -v "$program" >/dev/null || { echo "skipped: $program is not there"; exit 77; }
done
python3 -c 'import venv, ensurepip' 2>/dev/null || { echo "skipped: python3 with venv is not there"; exit 77; }

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund ical.js@2.2.1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check icalendar==7.3.2
printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//a//b//EN BEGIN:VEVENT UID:1 DTSTAMP:20170101T120000Z \
    DTSTART:20161231T235960Z END:VEVENT END:VCALENDAR > leap.ics
cat > leap.mjs <<'EOF'
import { readFileSync } from 'node:fs'
import ICAL from 'ical.js'

const calendar = new ICAL.Component(ICAL.parse(readFileSync('leap.ics', 'utf8')))
console.log(`ical.js ${calendar.getFirstSubcomponent('vevent').getFirstPropertyValue('dtstart')}`)
EOF
cat > leap.py <<'EOF'
from pathlib import Path

from icalendar import Calendar

(event,) = Calendar.from_ical(Path("leap.ics").read_bytes()).walk("VEVENT")
print("icalendar", *[message for name, message in event.errors if name == "DTSTART"])
EOF
seen=$(node leap.mjs; venv/bin/python leap.py)
echo "$seen"
wanted="ical.js 2017-01-01T00:00:00Z
icalendar Wrong datetime format: 20161231T235960Z"
if [ "$seen" != "$wanted" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
