#!/usr/bin/env bash
# Python 3.11 and later: date.fromisoformat reads a whole week, 2023-W05, as its Monday; a whole month is an error.
#
# Version    Python 3.11 and later (seen with 3.11.7, 3.14.10 and 3.15.2).
# Behaviour  The documentation says of date.fromisoformat that dates of reduced precision are not supported, and names
#            YYYY-MM and YYYY. Both are errors. A week without a day is of reduced precision, too, and is read: the day
#            is 1, Monday. So it is in datetime.fromisoformat, at midnight. Only a week that the year has not is an
#            error: 2023-W53.
# So         that fromisoformat takes a text does not say that a day is written there: who keeps how exact a date is
#            looks at the text first.
# Output     2023-W05 2023-01-30   2023W05 2023-01-30   2023-W05T10:00 2023-01-30 10:00:00
#            2023-W53 ValueError   2023-01 ValueError   2023 ValueError
# Needs      python3, 3.11 or newer, or its path in PYTHON.
set -euo pipefail

python=${PYTHON:-python3}
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "skipped: $python is not Python 3.11 or newer"
    exit 77
fi

seen=$("$python" - <<'END'
from datetime import date, datetime


def read(text: str) -> str:
    try:
        return f"{text} {(datetime if 'T' in text else date).fromisoformat(text)}"
    except ValueError:
        return f"{text} ValueError"


print("   ".join(map(read, ("2023-W05", "2023W05", "2023-W05T10:00"))))
print("   ".join(map(read, ("2023-W53", "2023-01", "2023"))))
END
)
"$python" -V
echo "$seen"
if [ "$seen" != "2023-W05 2023-01-30   2023W05 2023-01-30   2023-W05T10:00 2023-01-30 10:00:00
2023-W53 ValueError   2023-01 ValueError   2023 ValueError" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
