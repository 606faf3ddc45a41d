"""Dates and durations in words, which say no more than is known.

A date that is half known is never shown as one that is known, and where a narrow column cannot hold it all, what is
left out makes the date vaguer, never other. The words are British English by constants, not by the locale, so that
every machine shows the same.
"""

import datetime
from collections.abc import Sequence

from dossier.core.dates.edtf import MONTHS, PERIODS, Date, Point, Shape

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHORT_WIDTH = 13
_DASH = "\N{EN DASH}"

# number after the year -> words, and names for a narrow column from best to narrowest
_PERIOD_NAMES: dict[str, tuple[str, tuple[str, ...]]] = {
    "21": ("spring", ("spring", "spr")),
    "22": ("summer", ("summer", "sum")),
    "23": ("autumn", ("autumn", "aut")),
    "24": ("winter", ("wtr",)),
    "33": ("first quarter of", ("Q1",)),
    "34": ("second quarter of", ("Q2",)),
    "35": ("third quarter of", ("Q3",)),
    "36": ("fourth quarter of", ("Q4",)),
    "40": ("first half of", ("H1",)),
    "41": ("second half of", ("H2",)),
}
# words, and the form in a narrow column
_TEMPLATES: dict[Shape, tuple[str, str]] = {
    Shape.DATE: ("{}", "{}"),
    Shape.SPAN: ("from {} to {}", "{}…"),
    Shape.OPEN_BEGINNING: ("until {}", f"{_DASH}{{}}"),
    Shape.OPEN_END: ("since {}", f"{{}}{_DASH}"),
    Shape.UNKNOWN_BEGINNING: ("until {}, beginning unknown", f"?{_DASH}{{}}"),
    Shape.UNKNOWN_END: ("from {}, end unknown", f"{{}}{_DASH}?"),
}


def date_in_words(date: Date) -> str:
    """The date in short English words, without its time: "about June 2023", "since November 2017"."""
    return _told(date, full=False)


def short(date: Date) -> str:
    """The date in at most 13 cells. What does not fit is left out, the end of an interval first, then the day."""
    date = _settled(date, full=False)
    point = date.points[0]
    before, after = "~" if point.approximate else "", "?" if point.uncertain else ""
    # Where both ends bear the same marks, they stand once, around the whole.
    alike = len({(p.approximate, p.uncertain) for p in date.points}) == 1
    run = _run(tuple(p._replace(approximate=(), uncertain=()) for p in date.points) if alike else date.points, 3)
    # Two digits name a year of this century only: 22 is not read as 1922.
    runs = [run, f"{run[:-4]}{run[-2:]}" if run[-4:].startswith("20") else run] if run else []
    forms = [f"{before}{form}{after}" if alike else form for form in runs]
    forms += [_TEMPLATES[date.shape][1].format(f"{before}{form}{after}") for form in _narrow(point)]
    return next(form for form in forms if len(form) <= SHORT_WIDTH)


def explain(date: Date) -> tuple[tuple[str, str], ...]:
    """The date as rows (name, text) of a card: as written, in words with time and zone, earliest and latest day."""
    missing = "unknown" if date.shape in (Shape.UNKNOWN_BEGINNING, Shape.UNKNOWN_END) else "unbounded: no {} is given"
    return (
        ("EDTF", date.edtf),
        ("means", _told(date, full=True)),
        ("earliest", day_words(date.earliest) if date.earliest else missing.format("beginning")),
        ("latest", day_words(date.latest) if date.latest else missing.format("end")),
    )


def day_words(day: datetime.date) -> str:
    """One day in full, whatever the locale: "Sunday 29 January 2023"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year:04}"


def _told(date: Date, full: bool) -> str:
    date = _settled(date, full)
    run = "" if full and any(point.time for point in date.points) else _run(date.points, None)
    alone = date.shape is Shape.DATE
    return run or _TEMPLATES[date.shape][0].format(*(_phrase(point, full, alone) for point in date.points))


def _settled(date: Date, full: bool) -> Date:
    """An interval within one date that is told as that date; where the time is not told it makes no difference."""
    told = date.points if full else tuple(point._replace(time="", zone="") for point in date.points)
    alike = len(told) == 2 and told[0] == told[1]
    return date._replace(shape=Shape.DATE, points=date.points[:1]) if alike else date


def _run(points: Sequence[Point], letters: int | None) -> str:
    """Two plain dates of one precision in one phrase, months cut to `letters`; "" for any others."""
    if len(points) < 2 or any(p.approximate or p.uncertain or "X" in p.year + p.month + p.day for p in points):
        return ""
    if any(p.month in PERIODS for p in points) or len({(bool(p.month), bool(p.day)) for p in points}) > 1:
        return ""
    first, last = ([*p.day.lstrip("0").split(), *_month(p)[:letters].split(), p.year] for p in points)
    unlike = max(i for i, (a, b) in enumerate(zip(first, last, strict=True), 1) if a != b)
    return f"{' '.join(first[:unlike])}{_DASH if unlike == 1 else f' {_DASH} '}{' '.join(last)}"


def _phrase(point: Point, full: bool, alone: bool) -> str:
    text, asides = _core(point), []
    if full and point.time:
        zone = "no zone given" if not point.zone else "UTC" if point.zone == "Z" else f"UTC{point.zone}"
        text += f" at {point.time} ({zone})"
    given = 1 + bool(point.month) + bool(point.day)
    for name, marked in (("approximate", point.approximate), ("uncertain", point.uncertain)):
        if marked and len(marked) < given:
            asides.append(f"{name}: {' and '.join(marked)}" if full else f"in part {name}")
        elif marked and name == "uncertain":
            asides.append(name)
    about = len(point.approximate) == given
    if _PERIOD_NAMES.get(point.month, ("",))[0].endswith(" of") and (about or not alone):
        text = f"the {text}"
    text = f"about {text}" if about else text
    return ", ".join([text, *asides]) if alone or not asides else f"{text} ({', '.join(asides)})"


def _core(point: Point) -> str:
    era = _era(point)
    year = f"some year in {era}" if "X" in point.year else era
    if point.month in PERIODS:
        turn = point.latest.year if point.month == "24" and point.latest.year % 100 == 0 else ""
        return f"{_PERIOD_NAMES[point.month][0]} {f'{point.year}{_DASH}{turn}' if turn else year}"
    if not point.month:
        return era if era.startswith("the ") or point.approximate else year
    month = _month(point) + (" of" if "X" in point.year else "") if point.month != "XX" else "some month of"
    if point.day == "XX":
        return f"some day of {year}" if point.month == "XX" else f"some day of {month} {year}"
    day = point.day.lstrip("0")
    return " ".join([f"day {day} of" if point.month == "XX" else day] * bool(day) + [month, year])


def _month(point: Point) -> str:
    return MONTHS[int(point.month) - 1] if point.month.isdigit() and point.month not in PERIODS else ""


def _era(point: Point) -> str:
    """The year, the years of a winter, or those that an X may stand for; "the 2000s" could be a century."""
    year = point.year
    if point.month == "24":
        return f"{year}{_DASH}{point.latest.year % 100:02}"
    if "X" not in year:
        return year
    if year.count("X") == 1 and year[2] != "0":
        return f"the {year[:3]}0s"
    return f"{point.earliest.year:04}{_DASH}{point.latest.year:04}"


def _narrow(point: Point) -> tuple[str, ...]:
    """Forms for a narrow column from best to narrowest; the last has room for every mark beside it."""
    era, month = _era(point).removeprefix("the "), _month(point)[:3]
    if point.month in PERIODS:
        return (*(f"{name} {era}" for name in _PERIOD_NAMES[point.month][1]), era)
    if "X" in point.year or not month:
        return (era, point.year)
    days = (f"{int(point.day)} {month} {point.year}",) if point.day.isdigit() else ()
    return (*days, f"{month} {point.year}")


_MINUTE = 60


def duration(seconds: float) -> str:
    """`0.4 s`, `38 s`, `3 min`, `2 h 5 min`."""
    if round(seconds, 1) < 10:
        return f"{seconds:.1f} s"
    if seconds < 2 * _MINUTE:
        return f"{seconds:.0f} s"
    minutes = round(seconds / _MINUTE)
    return f"{minutes} min" if minutes < _MINUTE else f"{minutes // 60} h {minutes % 60} min"
