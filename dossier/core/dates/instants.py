"""The order of dates in time, their times of day and zones counted in.

A moment is a day and a time on it. A date without a time lasts from before the first to after the last time of its
days, so that dates with a time come between. A date with a time and a zone is a moment of the home zone, which is that
of the publication. A time without a zone is taken for one of the home zone.
"""

from dossier.core.dates.days import DAY_LENGTH, SECOND, Day, day_from_ordinal, format_year, read_clock, read_zone
from dossier.core.dates.edtf import Date, DatePoint

FIRST_TIME, LAST_TIME = -2 * DAY_LENGTH, 3 * DAY_LENGTH
"""Times before and after all times of a day in any zone."""

Moment = tuple[Day, int]
"""A day, and nanoseconds since its midnight, or FIRST_TIME or LAST_TIME; where there is no home zone, in UTC."""

_PAST: Moment = (Day(-(10**18), 1, 1), FIRST_TIME)
_FUTURE: Moment = (Day(10**18, 12, 31), LAST_TIME)


def find_home_zone(published: Date | None) -> int | None:
    """Return the zone of a date of publication, in nanoseconds ahead of UTC; None if it has none."""
    return next((read_zone(point.zone) for point in published.points if point.zone), None) if published else None


def find_earliest_moment(date: Date, home: int | None) -> Moment:
    """Return the moment at which a date begins; without an end in the past a moment before all others."""
    if date.earliest is None:
        return _PAST
    if date.members:
        return min(find_earliest_moment(member, home) for member in date.members)
    first = date.points[0]
    return _moment(first, home) if first.time else (date.earliest, FIRST_TIME)


def find_latest_moment(date: Date, home: int | None) -> Moment:
    """Return the moment at which a date ends; without an end in the future a moment after all others."""
    if date.latest is None:
        return _FUTURE
    if date.members:
        return max(find_latest_moment(member, home) for member in date.members)
    last = date.points[-1]
    return _moment(last, home) if last.time else (date.latest, LAST_TIME)


def make_event_sort_key(date: Date | None, position: int, home: int | None = None) -> tuple[int, Moment, Moment, int]:
    """Return a key that sorts by the earliest moment, the latest moment and, among equals, `position`.

    A date without a beginning comes first, one without an end last; None, an event without a readable date, comes after
    all dates. `home` is the home zone in nanoseconds ahead of UTC, None if it is not known.
    """
    if date is None:
        return (1, _PAST, _PAST, position)
    return (0, find_earliest_moment(date, home), find_latest_moment(date, home), position)


def number_moment(moment: Moment, home: int | None, unit: int, most_days: int) -> int:
    """Return a number that rises with the moment, on one scale for all home zones: that of UTC.

    Its multiples of `numbers_of_day(unit)` are days, as ordinals. `unit` is the shortest time that is told apart, in
    nanoseconds. Days farther than `most_days` from the year 1 are not told apart.
    """
    day, clock = moment
    ordinal, count = day.toordinal(), count_day_numbers(unit)
    if clock == FIRST_TIME:
        rest = 0
    elif clock == LAST_TIME:
        rest = count - 1
    else:
        days, clock = divmod(clock - (home or 0), DAY_LENGTH)
        ordinal, rest = ordinal + days, 1 + clock // unit
    return max(-most_days, min(ordinal, most_days)) * count + rest


def count_day_numbers(unit: int) -> int:
    """Return how many numbers `number_moment` has for the moments of one day; the first and the last have no time."""
    return DAY_LENGTH // unit + 2


def begins_after_publication(date: Date | None, published: Date | None) -> bool:
    """Return whether a date begins after all that the date of publication may mean; False where one is missing.

    Where both have a time, instants are compared, otherwise days.
    """
    if date is None or published is None:
        return False
    if date.earliest is None or published.latest is None:
        return False
    home = find_home_zone(published)
    return find_earliest_moment(date, home) > find_latest_moment(published, home)


def convert_to_home(date: Date, published: Date | None) -> Date | None:
    """Return a date with its times in the zone of publication; None where no time has another zone than that."""
    zone = next((point.zone for point in published.points if point.zone), "") if published else ""
    home = read_zone(zone)
    if home is None or date.members or not any(read_zone(point.zone) not in (None, home) for point in date.points):
        return None
    points = tuple(_convert_point(point, zone, home) if point.zone else point for point in date.points)
    return date._replace(points=points)


def _convert_point(point: DatePoint, zone: str, home: int) -> DatePoint:
    day, clock = _moment(point, home)
    hours, minutes = divmod(clock // (60 * SECOND), 60)
    return point._replace(
        year=format_year(day.year),
        month=f"{day.month:02}",
        day=f"{day.day:02}",
        time=f"{hours:02}:{minutes:02}{point.time[5:]}",
        zone=zone,
        earliest=day,
        latest=day,
    )


def _moment(point: DatePoint, home: int | None) -> Moment:
    """Return the moment of a point with a time."""
    clock, zone = read_clock(point.time), read_zone(point.zone)
    if home is None:
        return point.earliest, clock - (zone or 0)
    if zone is None or zone == home:
        return point.earliest, clock
    days, rest = divmod(clock - zone + home, DAY_LENGTH)
    return day_from_ordinal(point.earliest.toordinal() + days), rest
