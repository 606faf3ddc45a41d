"""Days of the proleptic Gregorian calendar in any year, before the year 1 and after 9999, too; times of day and zones.

`datetime.date` ends at these years, EDTF does not. Year 0 is the year before year 1, as in ISO 8601.
"""

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from dossier.core.dataclasses import NamedTuple

if TYPE_CHECKING:
    import datetime

_CYCLE = 146_097
"""Days in 400 years, after which the calendar repeats, weekdays included."""
_BEFORE_MONTH = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
"""Days before each month in a year without a leap day."""


class Day(NamedTuple):
    """A day. Days compare as they follow one another."""

    year: int
    month: int
    day: int

    def __str__(self) -> str:
        return self.isoformat()

    def toordinal(self) -> int:
        """Return the number of the day; 1 January of the year 1 is 1, as in `datetime.date`."""
        return _to_ordinal(*self)

    def weekday(self) -> int:
        """Return the day of the week: 0 is Monday, 6 is Sunday."""
        return (_to_ordinal(*self) - 1) % 7

    def isoformat(self) -> str:
        """Return the day as 2023-01-29, its year with four digits or more."""
        return f"{format_year(self.year)}-{self.month:02}-{self.day:02}"


Days = tuple[Day | None, Day | None]
"""Earliest and latest day, either None where it is unbounded."""


@lru_cache(maxsize=1024)
def day_from_ordinal(ordinal: int) -> Day:
    """Return the day with this number."""
    import datetime  # noqa: PLC0415 - it takes long to load, and to read an article does not need it

    cycles, rest = divmod(ordinal - 1, _CYCLE)
    day = datetime.date.fromordinal(rest + 1)
    return Day(day.year + 400 * cycles, day.month, day.day)


def count_years(days: Mapping[int, int]) -> Counter[int]:
    """Return how many of the days are in each year. `days` has how often each day is counted, by its number."""
    import datetime  # noqa: PLC0415 - as above

    count: Counter[int] = Counter()
    # No Day is made and kept: a library has thousands of days.
    for ordinal, number in days.items():
        cycles, rest = divmod(ordinal - 1, _CYCLE)
        count[datetime.date.fromordinal(rest + 1).year + 400 * cycles] += number
    return count


def day_from_date(date: "datetime.date") -> Day:
    """Return the day of a date of the standard library."""
    return Day(date.year, date.month, date.day)


def format_year(year: int) -> str:
    """Return a year with four digits or more: 0044, -0044."""
    return f"{year:05}" if year < 0 else f"{year:04}"


def month_length(year: int, month: int) -> int:
    """Return the number of days in a month, from 1 to 12, of a year."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


@lru_cache(maxsize=1024)
def _to_ordinal(year: int, month: int, day: int) -> int:
    before = year - 1
    leap_day = month > 2 and month_length(year, 2) == 29
    return 365 * before + before // 4 - before // 100 + before // 400 + _BEFORE_MONTH[month - 1] + leap_day + day


SECOND = 1_000_000_000
"""Nanoseconds of a second; times of day are counted in nanoseconds, since EDTF has fractions of seconds."""
DAY_LENGTH = 86_400 * SECOND
CLOCK = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?"
"""A regular expression for a time of day."""
ZONE = r"Z|[+-][0-9]{2}(?::[0-9]{2})?"
"""A regular expression for a zone."""


def read_clock(time: str) -> int:
    """Return the time of day, such as 09:30 or 09:30:15.5, in nanoseconds since midnight."""
    hours, minutes, seconds = ([*time[:8].split(":"), "0"])[:3]
    fraction = time[9:].ljust(9, "0")
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * SECOND + int(fraction)


def read_zone(zone: str) -> int | None:
    """Return how far a zone, such as +02:00, +02 or Z, is ahead of UTC, in nanoseconds; None for ""."""
    if zone in ("", "Z"):
        return 0 if zone else None
    hours, minutes = int(zone[1:3]), int(zone[4:6] or 0)
    return (1 if zone[0] == "+" else -1) * (hours * 60 + minutes) * 60 * SECOND


def find_clock_fault(time: str, zone: str) -> str:
    """Return what is wrong with a time or a zone of the right form; "" if nothing is."""
    for name, clock in (("time", time), ("zone", zone)):
        hours, *rest = map(int, (clock.strip("+-Z")[:8] or "0").split(":"))
        if hours > 23 or max(rest, default=0) > 59:
            return f"{name} {clock}: hours run 00 to 23, minutes and seconds 00 to 59"
    return ""
