"""Dates in EDTF, each with its earliest and latest day.

This module alone decides what a form of EDTF means in days. Dates are compared by their two bounds, so that `~` and `?`
never change an order. The forms are those of ISO 8601-2:2019, EDTF levels 0, 1 and 2, and of the specification of the
Library of Congress (4 February 2019). A blank is taken for the T between date and time, and blanks are allowed between
the members of a set.
"""

from enum import Enum, auto

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.date_bounds import YEAR, DateError, find_bounds
from dossier.core.dates.days import CLOCK, ZONE, Day, find_clock_fault, read_clock, read_zone
from dossier.text.late_patterns import compile_late

_COMPONENT = "([~?%]?)([0-9X]{2})([~?%]?)"
_DATE = compile_late(rf"([~?%]?)({YEAR})([~?%]?)(?:-{_COMPONENT}(?:-{_COMPONENT})?)?")
_TIME = compile_late(rf"({CLOCK})({ZONE})?([~?%]?)")


class IntervalShape(Enum):
    """Which ends of an interval are given; DATE is a single date. ONE_OF and ALL_OF are sets in [] and {}."""

    DATE = auto()
    SPAN = auto()
    OPEN_BEGINNING = auto()
    OPEN_END = auto()
    UNKNOWN_BEGINNING = auto()
    UNKNOWN_END = auto()
    ONE_OF = auto()
    ALL_OF = auto()


class DatePoint(NamedTuple):
    """A date without a slash: its components as written ("" if left out), its clock time and zone, and its bounds.

    `approximate` and `uncertain` name the components that have these marks: "year", "month", "day".
    """

    year: str
    month: str
    day: str
    time: str
    zone: str
    approximate: tuple[str, ...]
    uncertain: tuple[str, ...]
    earliest: Day
    latest: Day


class Date(NamedTuple):
    """A date, an interval or a set as written, and its bounds; None where an end is open or unknown.

    The bounds are days as written, whatever the zone. `points` are the dates given, in their order: two for an interval
    with both ends, else one. `members` are those of a set, where SPAN means all dates from one to another.
    """

    edtf: str
    earliest: Day | None
    latest: Day | None
    shape: IntervalShape
    points: tuple[DatePoint, ...]
    members: tuple["Date", ...] = ()


def parse_date(edtf: str) -> Date:
    """Read one EDTF date, interval or set, with or without white space around it.

    Raises DateError for any other text.
    """
    text = edtf.strip()
    date = _read(text)
    if date is None:
        # Most dates are right.
        from dossier.core.dates.date_errors import explain_error  # noqa: PLC0415

        raise DateError(explain_error(text, _exists))
    return date


def _exists(text: str) -> bool:
    """Return whether `text` is a date."""
    try:
        return _read(text) is not None
    except DateError:
        return False


def _read(text: str) -> Date | None:
    """Return the date, interval or set; None for a text of another form.

    Raises DateError for a day that does not exist and an interval that runs backwards.
    """
    if text[:1] in ("[", "{"):
        return _read_set(text)
    left, slash, right = text.partition("/")
    shape, ends = (IntervalShape.SPAN, (left, right)) if slash else (IntervalShape.DATE, (text,))
    if slash and right in ("..", ""):
        shape, ends = (IntervalShape.OPEN_END if right else IntervalShape.UNKNOWN_END), (left,)
    elif slash and left in ("..", ""):
        shape, ends = (IntervalShape.OPEN_BEGINNING if left else IntervalShape.UNKNOWN_BEGINNING), (right,)
    return _interval(text, shape, ends)


def _interval(text: str, shape: IntervalShape, ends: tuple[str, ...]) -> Date | None:
    points = tuple(filter(None, map(_read_point, ends)))
    if len(points) < len(ends):
        return None
    first, last = points[0], points[-1]
    if _is_backwards(first, last):
        raise DateError(f"the interval runs backwards: {ends[0]} begins after {ends[-1]} ends")
    earliest, latest = first.earliest, last.latest
    if earliest > latest:
        # Of two times in different zones the earlier may have the later day.
        earliest, latest = latest, earliest
    return Date(
        text,
        None if shape in (IntervalShape.OPEN_BEGINNING, IntervalShape.UNKNOWN_BEGINNING) else earliest,
        None if shape in (IntervalShape.OPEN_END, IntervalShape.UNKNOWN_END) else latest,
        shape,
        points,
    )


def _is_backwards(first: DatePoint, last: DatePoint) -> bool:
    """Return whether the first date begins after the last one ends; times count where both have a zone, or neither."""
    if not (first.time and last.time and bool(first.zone) == bool(last.zone)):
        return first.earliest > last.latest
    # A time without seconds lasts for the whole minute.
    precision = min(len(first.time), len(last.time))
    begin, end = (
        (point.earliest.toordinal(), read_clock(point.time[:precision]) - (read_zone(point.zone) or 0))
        for point in (first, last)
    )
    return _nanoseconds(*begin) > _nanoseconds(*end)


def _nanoseconds(ordinal: int, clock: int) -> int:
    return ordinal * 86_400_000_000_000 + clock


def _read_set(text: str) -> Date | None:
    """Return the set, None for a text of another form; `..` is open at the beginning or the end only."""
    if text[-1] != {"[": "]", "{": "}"}[text[0]]:
        return None
    shape = IntervalShape.ONE_OF if text[0] == "[" else IntervalShape.ALL_OF
    written = [member.strip() for member in text[1:-1].split(",")]
    members: list[Date] = []
    for at, member in enumerate(written):
        left, dots, right = (part.strip() for part in member.partition(".."))
        if (dots and not left and at > 0) or (dots and not right and at < len(written) - 1):
            raise DateError(
                f"{member} in a set: only the first date may have an open start, and only the last an open end"
            )
        kind = (
            IntervalShape.DATE
            if not dots
            else IntervalShape.SPAN
            if left and right
            else IntervalShape.OPEN_END
            if left
            else None
        )
        found = _interval(member, kind or IntervalShape.OPEN_BEGINNING, tuple(filter(None, (left, right))) or ("",))
        if found is None:
            return None
        first, last = found.points[0], found.points[-1]
        if (bool(first.month), bool(first.day)) != (bool(last.month), bool(last.day)):
            raise DateError(f"{member} in a set: both dates need the same precision, year, month or day")
        members.append(found)
    begins, ends = [one.earliest for one in members], [one.latest for one in members]
    earliest = None if None in begins else min(day for day in begins if day)
    latest = None if None in ends else max(day for day in ends if day)
    points = tuple(point for one in members for point in one.points)
    return Date(text, earliest, latest, shape, points, tuple(members))


def _read_point(text: str) -> DatePoint | None:
    date, _, clock = text.replace(" ", "T", 1).partition("T")
    found, timed = _DATE().fullmatch(date), _TIME().fullmatch(clock) if clock else None
    if not found or (len(date) < len(text) and not timed):
        return None
    groups = found.groups("")
    (year, month, day), before, after = groups[1::3], groups[::3], groups[2::3]
    time, zone, stray = timed.groups("") if timed else ("", "", "")
    if time and not day.isdigit():
        raise DateError("a time needs a day before it, as in 2023-04-12T09:30")
    if time and any((*before, *after, stray)):
        raise DateError("a date with a time takes no ~, ? or %: leave out the mark or the time")
    if time and (fault := find_clock_fault(time, zone)):
        raise DateError(fault)

    if not any((*before, *after)):
        return DatePoint(year, month, day, time, zone, (), (), *find_bounds(year, month, day))

    def marked(*marks: str) -> tuple[str, ...]:
        # A mark before a component holds for it alone, a mark after it also for all to its left (ISO 8601-2, level 2).
        named = [name for name, value in (("year", year), ("month", month), ("day", day)) if value]
        return tuple([n for i, n in enumerate(named) if before[i] in marks or not {*marks}.isdisjoint(after[i:])])

    return DatePoint(year, month, day, time, zone, marked("~", "%"), marked("?", "%"), *find_bounds(year, month, day))
