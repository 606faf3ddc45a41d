"""Dates for formats that cannot say that a date is approximate or uncertain, or that some digits are unknown.

Such a format can hold a date only if it is fully described by its days. Its times are in UTC.
"""

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.days import DAY_LENGTH, SECOND, Day, day_from_ordinal, read_clock, read_zone
from dossier.core.dates.edtf import Date, DatePoint


class Clock(NamedTuple):
    """A time of day."""

    hour: int
    minute: int
    second: int
    nanosecond: int


def split_clock(nanoseconds: int) -> Clock:
    """Return the time of day at a number of nanoseconds after midnight."""
    seconds, rest = divmod(nanoseconds, SECOND)
    minutes, second = divmod(seconds, 60)
    return Clock(*divmod(minutes, 60), second, rest)


def explain_vagueness(date: Date) -> str:
    """Return why a date is not fully described by its days, such as "the date is a set of dates"; "" if it is."""
    if date.members:
        return "the date is a set of dates"
    if any(point.approximate or point.uncertain for point in date.points):
        return "the date is approximate or uncertain"
    # An X for a digit that is not known, an S or an E in a long year.
    if any(not f"{point.year}{point.month}{point.day}".lstrip("Y-").isdigit() for point in date.points):
        return "digits of the date are not known"
    return ""


def convert_to_utc(point: DatePoint, home: int | None) -> tuple[Day, int] | None:
    """Return the day in UTC, and the nanoseconds since its midnight, of a point with a time.

    `home` is the zone of a time without one, in nanoseconds ahead of UTC. None if both are unknown.
    """
    zone = read_zone(point.zone)
    ahead = home if zone is None else zone
    if ahead is None:
        return None
    days, clock = divmod(read_clock(point.time) - ahead, DAY_LENGTH)
    return day_from_ordinal(point.earliest.toordinal() + days), clock
