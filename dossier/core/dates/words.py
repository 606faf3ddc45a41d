"""Dates and durations in words that claim no more than is known.

A date of which a part is unknown never looks like one that is known. Where a narrow column cannot hold everything, what
is left out makes the date vaguer, never different. The words are British English, whatever the locale, so that every
machine shows the same.
"""

import datetime
from collections.abc import Sequence

from dossier.core.dates.edtf import MONTHS, PERIODS, Date, DatePoint, IntervalShape

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHORT_WIDTH = 13
"""The width of a short date, in cells."""
_DASH = "\N{EN DASH}"

# Number after the year -> words, and names for a narrow column from best to narrowest.
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
# The form in words, and the form in a narrow column.
_TEMPLATES: dict[IntervalShape, tuple[str, str]] = {
    IntervalShape.DATE: ("{}", "{}"),
    IntervalShape.SPAN: ("from {} to {}", "{}…"),
    IntervalShape.OPEN_BEGINNING: ("until {}", f"{_DASH}{{}}"),
    IntervalShape.OPEN_END: ("since {}", f"{{}}{_DASH}"),
    IntervalShape.UNKNOWN_BEGINNING: ("until {}, beginning unknown", f"?{_DASH}{{}}"),
    IntervalShape.UNKNOWN_END: ("from {}, end unknown", f"{{}}{_DASH}?"),
}


def format_date(date: Date) -> str:
    """Return the date in a few English words, without its time: "about June 2023", "since November 2017"."""
    return _in_words(date, full=False)


def format_short_date(date: Date) -> str:
    """Return the date in at most 13 cells.

    What does not fit is left out: the end of an interval first, then the day.
    """
    date = _collapse(date, full=False)
    point = date.points[0]
    before, after = "~" if point.approximate else "", "?" if point.uncertain else ""
    # If both ends have the same marks, these are shown once, around the whole.
    alike = len({(p.approximate, p.uncertain) for p in date.points}) == 1
    run = _joined_phrase(
        tuple(p._replace(approximate=(), uncertain=()) for p in date.points) if alike else date.points, 3
    )
    # Only years of this century are cut to two digits: 1922 is not shown as 22.
    runs = [run, f"{run[:-4]}{run[-2:]}" if run[-4:].startswith("20") else run] if run else []
    forms = [f"{before}{form}{after}" if alike else form for form in runs]
    forms += [_TEMPLATES[date.shape][1].format(f"{before}{form}{after}") for form in _narrow(point)]
    return next(form for form in forms if len(form) <= SHORT_WIDTH)


def explain_date(date: Date) -> tuple[tuple[str, str], ...]:
    """Return the date as rows (name, text): as written, in words with time and zone, earliest and latest day."""
    missing = (
        "unknown"
        if date.shape in (IntervalShape.UNKNOWN_BEGINNING, IntervalShape.UNKNOWN_END)
        else "unbounded: no {} is given"
    )
    return (
        ("EDTF", date.edtf),
        ("means", _in_words(date, full=True)),
        ("earliest", format_day(date.earliest) if date.earliest else missing.format("beginning")),
        ("latest", format_day(date.latest) if date.latest else missing.format("end")),
    )


def format_day(day: datetime.date) -> str:
    """Return one day in full, whatever the locale: "Sunday 29 January 2023"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year:04}"


def _in_words(date: Date, full: bool) -> str:
    """Return the date in words; `full` with clock time and zone, and with the components that are marked."""
    date = _collapse(date, full)
    run = "" if full and any(point.time for point in date.points) else _joined_phrase(date.points, None)
    alone = date.shape is IntervalShape.DATE
    return run or _TEMPLATES[date.shape][0].format(*(_phrase(point, full, alone) for point in date.points))


def _collapse(date: Date, full: bool) -> Date:
    """Return an interval whose ends are the same date as that date; clock times count only if `full`."""
    told = date.points if full else tuple(point._replace(time="", zone="") for point in date.points)
    alike = len(told) == 2 and told[0] == told[1]
    return date._replace(shape=IntervalShape.DATE, points=date.points[:1]) if alike else date


def _joined_phrase(points: Sequence[DatePoint], letters: int | None) -> str:
    """Return two plain dates of the same precision as one phrase; "" for any others.

    Names of months are cut to `letters`, None: not cut.
    """
    if len(points) < 2 or any(p.approximate or p.uncertain or "X" in p.year + p.month + p.day for p in points):
        return ""
    if any(p.month in PERIODS for p in points) or len({(bool(p.month), bool(p.day)) for p in points}) > 1:
        return ""
    first, last = ([*p.day.lstrip("0").split(), *_month(p)[:letters].split(), p.year] for p in points)
    unlike = max(i for i, (a, b) in enumerate(zip(first, last, strict=True), 1) if a != b)
    return f"{' '.join(first[:unlike])}{_DASH if unlike == 1 else f' {_DASH} '}{' '.join(last)}"


def _phrase(point: DatePoint, full: bool, alone: bool) -> str:
    """Return one date in words; `alone` if it is not an end of an interval."""
    text, asides = _date_words(point), []
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


def _date_words(point: DatePoint) -> str:
    """Return one date in words, without its marks and time."""
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


def _month(point: DatePoint) -> str:
    """Return the name of the month, "" if there is none or it is not known."""
    return MONTHS[int(point.month) - 1] if point.month.isdigit() and point.month not in PERIODS else ""


def _era(point: DatePoint) -> str:
    """Return the year, the years of a winter, or the years that X may stand for.

    A decade such as 200X is given by its years, since "the 2000s" could be a century.
    """
    year = point.year
    if point.month == "24":
        return f"{year}{_DASH}{point.latest.year % 100:02}"
    if "X" not in year:
        return year
    if year.count("X") == 1 and year[2] != "0":
        return f"the {year[:3]}0s"
    return f"{point.earliest.year:04}{_DASH}{point.latest.year:04}"


def _narrow(point: DatePoint) -> tuple[str, ...]:
    """Return forms for a narrow column from best to narrowest; the last leaves room for all marks."""
    era, month = _era(point).removeprefix("the "), _month(point)[:3]
    if point.month in PERIODS:
        return (*(f"{name} {era}" for name in _PERIOD_NAMES[point.month][1]), era)
    if "X" in point.year or not month:
        return (era, point.year)
    days = (f"{int(point.day)} {month} {point.year}",) if point.day.isdigit() else ()
    return (*days, f"{month} {point.year}")


_MINUTE = 60


def format_duration(seconds: float) -> str:
    """Return a duration, given in seconds, in words: `0.4 s`, `38 s`, `3 min`, `2 h 5 min`."""
    if round(seconds, 1) < 10:
        return f"{seconds:.1f} s"
    if seconds < 2 * _MINUTE:
        return f"{seconds:.0f} s"
    minutes = round(seconds / _MINUTE)
    return f"{minutes} min" if minutes < _MINUTE else f"{minutes // 60} h {minutes % 60} min"
