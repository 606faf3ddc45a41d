#!/usr/bin/env bash
# Python 3.14: 1 June, 24:00, is 2 June to datetime.fromisoformat; read in two parts and combined, it is 1 June, 0:00.
#
# Version    Python 3.14 (seen with 3.14.10) and 3.15 (seen with 3.15.2). Until 3.13 24:00 is a ValueError everywhere.
# Behaviour  ISO 8601 writes the end of a day as 24:00. Since 3.14 fromisoformat takes it, and datetime's moves the date
#            on to the next day. A time by itself has no date that could be moved. One expects of time.fromisoformat
#            that it goes on refusing it, as time(24) and strptime do: the class has no such value. It gives 0:00
#            instead, the beginning of the day, without a word. So "open from 9:00 to 24:00" has an end before its
#            start, and a day and a time that are kept apart, as in a table, are put together to a moment a whole day
#            too early.
# So         a day and a time are joined as texts, and read at once; who reads a time alone looks for 24 first.
# Output     together 2022-06-02 00:00:00   combined 2022-06-01 00:00:00
#            time.fromisoformat 00:00:00   time(24) ValueError   strptime ValueError   24:00 < 09:00 True
# Needs      python3.14 on the PATH, or its path in PYTHON314 (any later version will do).
set -euo pipefail

python=${PYTHON314:-python3.14}
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 14))' 2>/dev/null; then
    echo "skipped: $python is not Python 3.14 or later"
    exit 77
fi

"$python" - <<'EOF'
import sys
from collections.abc import Callable
from datetime import date, datetime, time


def tell(make: Callable[[], object]) -> str:
    try:
        return str(make())
    except ValueError:
        return "ValueError"


day, end = "2022-06-01", "24:00"
together = tell(lambda: datetime.fromisoformat(f"{day}T{end}"))
combined = tell(lambda: datetime.combine(date.fromisoformat(day), time.fromisoformat(end)))
alone = tell(lambda: time.fromisoformat(end))
made = tell(lambda: time(24))
by_format = tell(lambda: datetime.strptime(end, "%H:%M"))
is_before = tell(lambda: time.fromisoformat(end) < time.fromisoformat("09:00"))
seen = [
    f"together {together}   combined {combined}",
    f"time.fromisoformat {alone}   time(24) {made}   strptime {by_format}   24:00 < 09:00 {is_before}",
]
print(sys.version.split()[0], *seen, sep="\n")
if seen != [
    "together 2022-06-02 00:00:00   combined 2022-06-01 00:00:00",
    "time.fromisoformat 00:00:00   time(24) ValueError   strptime ValueError   24:00 < 09:00 True",
]:
    sys.exit("This is no longer so.")
EOF
