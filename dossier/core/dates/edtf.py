"""Dates in EDTF, each with its earliest and latest day.

This module alone decides what a form of EDTF means in days. Dates are sorted and compared by their two bounds, so that
`~` and `?` never change an order. The forms are those of ISO 8601-2:2019, EDTF levels 0 and 1, and of level 2 quarters
and halves, marks on single components, and unspecified digits next to known ones. Years run from 0001 to 9999.
"""

import datetime
import re
from collections.abc import Iterator
from enum import Enum, auto

from dossier.core.dataclasses import NamedTuple
from dossier.text.messages import abbreviate

# Number after the year -> the first month and the number of months; seasons are those of the northern hemisphere.
Days = tuple[datetime.date | None, datetime.date | None]
"""Earliest and latest day, either None where it is unbounded."""

PERIODS = {
    "21": (3, 3),
    "22": (6, 3),
    "23": (9, 3),
    "24": (12, 3),
    "33": (1, 3),
    "34": (4, 3),
    "35": (7, 3),
    "36": (10, 3),
    "40": (1, 6),
    "41": (7, 6),
}
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NUMBERS = {name.lower(): f"{number:02}" for number, name in enumerate(MONTHS, 1)}
_NUMBERS |= {"spring": "21", "summer": "22", "autumn": "23", "winter": "24"}
_COMPONENT = "([~?%]?)([0-9X]{{{}}})([~?%]?)"
_POINT = re.compile(
    rf"{_COMPONENT.format(4)}(?:-{_COMPONENT.format(2)}(?:-{_COMPONENT.format(2)})?)?"
    r"(?:T([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)(Z|[+-][0-9]{2}(?::[0-9]{2})?)?([~?%]?))?"
)


class DateError(ValueError):
    """A text that is not a date; the message says what is wrong with it and how to correct it."""


class IntervalShape(Enum):
    """Which ends of an interval are given; DATE is a single date."""

    DATE = auto()
    SPAN = auto()
    OPEN_BEGINNING = auto()
    OPEN_END = auto()
    UNKNOWN_BEGINNING = auto()
    UNKNOWN_END = auto()


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
    earliest: datetime.date
    latest: datetime.date


class Date(NamedTuple):
    """A date or an interval as written, and its bounds; None where an end is open or unknown.

    `points` are the dates given, in their order: two for an interval with both ends, else one.
    """

    edtf: str
    earliest: datetime.date | None
    latest: datetime.date | None
    shape: IntervalShape
    points: tuple[DatePoint, ...]


def parse_date(edtf: str) -> Date:
    """Read one EDTF date or interval, with or without white space around it. Raises DateError for any other text."""
    text = edtf.strip()
    date = _read(text)
    if date is None:
        raise DateError(_explain_error(text))
    return date


def sort_key(date: Date | None, position: int) -> tuple[int, int, int, int]:
    """Return a key that sorts by earliest day, latest day and, among equals, `position`.

    A date without an earliest day comes first, one without a latest day last; None, an event without a readable date,
    comes after all dates.
    """
    if date is None:
        return (1, 0, 0, position)
    earliest = date.earliest.toordinal() if date.earliest else 0
    latest = date.latest.toordinal() if date.latest else datetime.date.max.toordinal() + 1
    return (0, earliest, latest, position)


def _read(text: str) -> Date | None:
    """Return the date or interval; None for a text of another form.

    Raises DateError for a day that does not exist and an interval that runs backwards.
    """
    left, slash, right = text.partition("/")
    shape, ends = (IntervalShape.SPAN, (left, right)) if slash else (IntervalShape.DATE, (text,))
    if slash and right in ("..", ""):
        shape, ends = (IntervalShape.OPEN_END if right else IntervalShape.UNKNOWN_END), (left,)
    elif slash and left in ("..", ""):
        shape, ends = (IntervalShape.OPEN_BEGINNING if left else IntervalShape.UNKNOWN_BEGINNING), (right,)
    found = [_POINT.fullmatch(end) for end in ends]
    points = tuple(_point(match) for match in found if match)
    if len(points) < len(ends):
        return None
    first, last = points[0], points[-1]
    same_clock = first.time and last.time and first.zone == last.zone and first.earliest == last.latest
    if first.earliest > last.latest or (same_clock and first.time[:5] > last.time[:5]):
        raise DateError(f"the interval runs backwards: {left} begins after {right} ends")
    earliest = None if shape in (IntervalShape.OPEN_BEGINNING, IntervalShape.UNKNOWN_BEGINNING) else first.earliest
    latest = None if shape in (IntervalShape.OPEN_END, IntervalShape.UNKNOWN_END) else last.latest
    return Date(text, earliest, latest, shape, points)


def _point(match: re.Match[str]) -> DatePoint:
    groups = [group or "" for group in match.groups()]
    (year, month, day), (time, zone, stray) = groups[1:9:3], groups[9:]
    before, after = groups[0:9:3], groups[2:9:3]
    if time and not day.isdigit():
        raise DateError("a time needs a day before it, as in 2023-04-12T09:30")
    if time and any((*before, *after, stray)):
        raise DateError("a date with a time takes no ~, ? or %: leave out the mark or the time")
    for name, clock in (("time", time), ("zone", zone)):
        hours, *rest = (int(number) for number in re.findall(r"[0-9]{2}", clock[:9]) or "0")
        if hours > 23 or max(rest, default=0) > 59:
            raise DateError(f"{name} {clock}: hours run 00 to 23, minutes and seconds 00 to 59")

    def marked(*marks: str) -> tuple[str, ...]:
        # A mark before a component holds for it alone, a mark after it also for all to its left (ISO 8601-2, level 2).
        named = [name for name, value in (("year", year), ("month", month), ("day", day)) if value]
        return tuple([n for i, n in enumerate(named) if before[i] in marks or not {*marks}.isdisjoint(after[i:])])

    return DatePoint(year, month, day, time, zone, marked("~", "%"), marked("?", "%"), *_bounds(year, month, day))


def _bounds(year: str, month: str, day: str) -> tuple[datetime.date, datetime.date]:
    _check(year, month, day)
    low, high = int(year.replace("X", "0")) or 1, int(year.replace("X", "9"))
    if month in PERIODS:
        first, count = PERIODS[month]
        years, last = divmod(first + count - 2, 12)
        if high + years > datetime.MAXYEAR:
            raise DateError(f"the winter of {year} ends in the year 10000: years run 0001 to 9999")
        return datetime.date(low, first, 1), datetime.date(high + years, last + 1, _length(high + years, last + 1))
    months = [int(month)] if month.isdigit() else list(range(1, 13))
    given = int(day) if day.isdigit() else 0
    # Of the years and months that X may stand for, only those count that have this day (29 February, the 31st).
    fits = [(y, m) for y in range(low, high + 1) for m in months if given <= _length(y, m)]
    if not fits:
        longest = max(_length(y, months[0]) for y in range(low, high + 1))
        leap = f"{year} is no leap year; " if (month, day) == ("02", "29") and low == high else ""
        raise DateError(f"{given} {MONTHS[months[0] - 1]} {year} does not exist: {leap}the last day is {longest}")
    return datetime.date(*fits[0], given or 1), datetime.date(*fits[-1], given or _length(*fits[-1]))


def _check(year: str, month: str, day: str) -> None:
    if year in ("0000", "XXXX"):
        raise DateError(f"year {year}: years run 0001 to 9999; what has no year belongs in date_text")
    if not re.fullmatch("[0-9]+X*", year):
        raise DateError(f"year {year}: only the last digits may be X, as in 201X")
    for name, value in (("month", month), ("day", day)):
        if value.count("X") == 1:
            raise DateError(f"{name} {value}: write both digits, or XX for a {name} that is not known")
    if month in PERIODS and ("X" in year or day):
        raise DateError(f"{month} after the year is a season, quarter or half: it takes a full year and no day")
    if month.isdigit() and month not in PERIODS and not 1 <= int(month) <= 12:
        others = "; seasons are 21 to 24, quarters 33 to 36, halves 40 and 41" if int(month) > 20 else ""
        raise DateError(f"month {month}: months run 01 to 12{others}")
    if day.isdigit() and not 1 <= int(day) <= 31:
        raise DateError(f"day {day}: days run 01 to 31")


def _length(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _explain_error(text: str) -> str:
    """Return what is wrong with a text that is not a date, and how to write the date that is probably meant."""
    shown = f"'{abbreviate(text, 40)}'"
    if not text.strip("./"):
        return "there is no date: write one like 2023-04-12, 2023-04 or 2023, with .. at the open end of an interval"
    if year := re.match(r"(Y-?[0-9]+|-[0-9]{4,}|[0-9]{5})(?![0-9])", text):
        return f"year {year[1][:40]}: years run 0001 to 9999; put the words in date_text"
    cures = dict.fromkeys(cure for cure in _guesses(text) if _exists(cure)) if len(text) <= 40 else {}
    if not cures and text.count("/") == 1:
        ends = [end for end in text.split("/") if end not in ("", "..") and not _exists(end)]
        return _explain_error(ends[0])
    write = " or ".join(cures) or "it like 2023-04-12, 2023-04 or 2023"
    which = ", whichever is meant" if len(cures) > 1 else ""
    return f"{shown} is not EDTF: write {write}{which}, or put the words in date_text"


def _exists(text: str) -> bool:
    """Return whether `text` is a date."""
    try:
        return _read(text) is not None
    except DateError:
        return False


def _guesses(text: str) -> Iterator[str]:
    """Yield EDTF dates that a text in another notation may mean.

    Day and month are tried in both orders; only the calendar decides between them.
    """
    text = re.sub("[\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}]", "-", text)
    joined = re.sub(r"(?<=[0-9])[ t](?=[0-9])", "T", text)
    yield re.sub(r"([:.][0-9]+[+-][0-9]{2})([0-9]{2})$", r"\1:\2", joined).upper()
    yield re.sub(r"\s", "", text)
    if match := re.fullmatch(r"([0-9]{4})([-./]?)(0?[1-9]|1[0-2])(?:\2([0-9]{1,2}))?", text):
        yield "-".join([match[1], *(part.zfill(2) for part in match.group(3, 4) if part)])
    if match := re.fullmatch(r"([0-9]{4}(?:-[0-9]{2}){0,2})/([0-9]{2}(?:-[0-9]{2})?)", text):
        yield f"{match[1]}/{match[1][: -len(match[2])]}{match[2]}"
    if match := re.fullmatch(r"([0-9]{4}(?:-[0-9]{2}){0,2})\s*(?:-|to)\s*([0-9]{4}(?:-[0-9]{2}){0,2})", text):
        yield f"{match[1]}/{match[2]}"
    if match := re.fullmatch(r"([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]{4})", text):
        yield f"{match[4]}-{match[3]:0>2}-{match[1]:0>2}"
        yield f"{match[4]}-{match[1]:0>2}-{match[3]:0>2}"
    if match := re.fullmatch(r"([0-9]{3})0s", text):
        yield f"{match[1]}X"
    if match := re.fullmatch(r"(?:ca?\.|circa|about)\s*([0-9-]+)", text.lower()):
        yield f"{match[1]}~"
    day = r"(?:([0-9]{1,2})(?:st|nd|rd|th)?,?\s+)?"
    if match := re.fullmatch(rf"{day}([A-Za-z]{{3,}})\.?,?\s+{day}([0-9]{{4}})", text):
        month = next((number for name, number in _NUMBERS.items() if name.startswith(match[2].lower())), "")
        yield "-".join([match[4], month, *(part.zfill(2) for part in match.group(1, 3) if part)])
