#!/usr/bin/env bash
# ical.js 2.2.1: an event that is moved to 4 April 633 is written as 633-04-04, and read back as 31 March.
#
# Version    ical.js 2.2.1 of npm, on Node.js; icalendar 7.3.2 of PyPI.
# Behaviour  A date in iCalendar is written as 06330404: four digits for the year, and no hyphens (RFC 5545, 3.3.4).
#            ical.js reads it. It holds a date with hyphens, without the zero of the year, and writes it by taking
#            characters from the places where they are when the year has four digits. Before 1000 these are others, so
#            that the file has 633-04-04. Read again, the hyphens are taken for a part of the month and the day. A
#            property that nobody has asked for its value is copied as it was read; so a file changes only where a
#            program has looked.
# So         a timeline that begins before 1000 is not handed on as a calendar that ical.js will edit.
# Output     ical.js   16330403 and a day: 16330404   read back 1633-04-04
#            ical.js   06330403 and a day: 633-04-04  read back 633-03-31
#            icalendar 06330403 and a day: 06330404   read back 0633-04-04
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
for date in 16330403 06330403; do
    printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//a//b//EN BEGIN:VEVENT UID:1 DTSTAMP:20170101T120000Z \
        "DTSTART;VALUE=DATE:$date" END:VEVENT END:VCALENDAR > "$date.ics"
done
cat > move.mjs <<'END'
import { readFileSync } from 'node:fs'
import ICAL from 'ical.js'

for (const date of ['16330403', '06330403']) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(`${date}.ics`, 'utf8')))
  const event = calendar.getFirstSubcomponent('vevent')
  const start = event.getFirstPropertyValue('dtstart').clone()
  start.adjust(1, 0, 0, 0)
  event.updatePropertyWithValue('dtstart', start)
  const text = calendar.toString()
  const written = text.match(/DTSTART;VALUE=DATE:(.*)\r/)[1]
  const back = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent').getFirstPropertyValue('dtstart')
  console.log(`ical.js   ${date} and a day: ${written.padEnd(9)}  read back ${back}`)
}
END
cat > move.py <<'END'
from datetime import timedelta
from pathlib import Path

from icalendar import Calendar

calendar = Calendar.from_ical(Path("06330403.ics").read_bytes())
(event,) = calendar.walk("VEVENT")
event.start += timedelta(days=1)
text = calendar.to_ical()
(written,) = [line.partition(":")[2] for line in text.decode().splitlines() if line.startswith("DTSTART")]
(back,) = Calendar.from_ical(text).walk("VEVENT")
print(f"icalendar 06330403 and a day: {written:9}  read back {back.start}")
END
seen=$(node move.mjs; venv/bin/python move.py)
echo "$seen"
if [ "$seen" != "ical.js   16330403 and a day: 16330404   read back 1633-04-04
ical.js   06330403 and a day: 633-04-04  read back 633-03-31
icalendar 06330403 and a day: 06330404   read back 0633-04-04" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
