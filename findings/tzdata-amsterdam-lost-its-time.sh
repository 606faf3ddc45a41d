#!/usr/bin/env bash
# tzdata 2026.6: noon in Amsterdam on 1 May 1935 is 11:00 UTC; with tzdata 2022.1, or with Debian's, it is 11:40.
#
# Version    tzdata 2022.1 and 2026.6 of PyPI, read by zoneinfo (seen with Python 3.11.7, 30 November 2026); tzdata
#            2025b of Debian 12 is like the former.
# Behaviour  A newer time zone database has new rules, and corrections; one expects that it knows no less of the past.
#            Since 2022 zones that agree from 1970 on are one: Amsterdam has the history of Brussels, and Oslo and
#            Stockholm that of Berlin. That the clocks of Amsterdam were 19 minutes and 32 seconds before Greenwich's,
#            and that Stockholm had no summer time in 1945, is no longer in the package of PyPI. Debian builds its
#            tzdata with the old histories. zoneinfo looks at the system first, and at the package only then, so that
#            the same program gives different times on two machines.
# So         a time of an article before 1970 is kept with its offset; the offset is not to be had again from the zone.
# Output     tzdata 2022.1  Amsterdam 1935 +00:19:32   Stockholm 1945 +01:00   Amsterdam 1985 +02:00
#            tzdata 2026.6  Amsterdam 1935 +01:00      Stockholm 1945 +03:00   Amsterdam 1985 +02:00
# Needs      python3 with venv.
set -euo pipefail

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
for version in 2022.1 2026.6; do
    "$room/venv/bin/pip" install --quiet --no-deps --target "$room/$version" tzdata=="$version"
done
cat > "$room/offsets.py" <<'EOF'
import zoneinfo
from datetime import datetime

zoneinfo.reset_tzpath(to=())  # the package, not the system
for city, year, month in (("Amsterdam", 1935, 5), ("Stockholm", 1945, 6), ("Amsterdam", 1985, 5)):
    print(city, year, f"{datetime(year, month, 1, 12, tzinfo=zoneinfo.ZoneInfo(f'Europe/{city}')):%z}", end="  ")
EOF
so=yes
see() { # version, what is expected
    local told
    told=$(PYTHONPATH="$room/$1" "$room/venv/bin/python" "$room/offsets.py")
    echo "tzdata $1: $told"
    [ "$told" = "$2" ] || so=no
}
see 2022.1 "Amsterdam 1935 +001932  Stockholm 1945 +0100  Amsterdam 1985 +0200  "
see 2026.6 "Amsterdam 1935 +0100  Stockholm 1945 +0300  Amsterdam 1985 +0200  "
if [ $so = no ]; then
    echo "This is no longer so." >&2
    exit 1
fi
