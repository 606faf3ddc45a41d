#!/usr/bin/env bash
# icalendar 7.3.2: 09:30+02:00 is written with a time zone that no file defines, and read back as 09:30 anywhere.
#
# Version    icalendar 7.3.2 of PyPI (seen with Python 3.11.7, 30 November 2026).
# Behaviour  iCalendar knows three kinds of time: in UTC, in a zone that the file defines, and "floating", 9:30 wherever
#            one is (RFC 5545, 3.3.5). It has no offsets, so that one expects a datetime with an offset, such as
#            fromisoformat gives, to be written in UTC, as the same instant. icalendar takes the name that Python has
#            for the offset, UTC+02:00, for the name of a zone. add_missing_timezones adds Europe/Berlin, and says
#            nothing about UTC+02:00. The same package reads its own line as a floating time, and says nothing either.
# So         a time with an offset is converted to UTC before it is added.
# Output     offset  DTSTART;TZID="UTC+02:00":20220601T093000   zones 0   read back 2022-06-01 09:30:00
#            zone    DTSTART;TZID=Europe/Berlin:20220601T093000 zones 1   read back 2022-06-01 09:30:00+02:00
#            UTC     DTSTART:20220601T073000Z                   zones 0   read back 2022-06-01 07:30:00+00:00
# Needs      python3 with venv.
set -euo pipefail

python3 -c 'import venv, ensurepip' 2>/dev/null || { echo "skipped: python3 with venv is not there"; exit 77; }

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --disable-pip-version-check icalendar==7.3.2 tzdata==2026.6
cat > "$room/offset.py" <<'END'
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

given = datetime.fromisoformat("2022-06-01T09:30+02:00")
for case, start in {
    "offset": given,
    "zone": given.astimezone(ZoneInfo("Europe/Berlin")),
    "UTC": given.astimezone(timezone.utc),
}.items():
    calendar, event = Calendar(), Event()
    event.add("dtstart", start)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    written = calendar.to_ical()
    (line,) = (one for one in Event.to_ical(event).decode().splitlines() if one.startswith("DTSTART"))
    (again,) = Calendar.from_ical(written).walk("VEVENT")
    print(f"{case:7} {line:42} zones {written.count(b'BEGIN:VTIMEZONE')}   read back {again.start}")
END
seen=$("$room/venv/bin/python" "$room/offset.py")
echo "$seen"
if [ "$seen" != 'offset  DTSTART;TZID="UTC+02:00":20220601T093000   zones 0   read back 2022-06-01 09:30:00
zone    DTSTART;TZID=Europe/Berlin:20220601T093000 zones 1   read back 2022-06-01 09:30:00+02:00
UTC     DTSTART:20220601T073000Z                   zones 0   read back 2022-06-01 07:30:00+00:00' ]; then
    echo "This is no longer so." >&2
    exit 1
fi
