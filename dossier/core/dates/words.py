"""Dates and durations in words that claim no more than is known.

A date of which a part is unknown never looks like one that is known. Where a narrow column cannot hold everything, what
is left out makes the date vaguer, never different. The words are British English, whatever the locale, so that every
machine shows the same.
"""

from collections.abc import Sequence
from functools import lru_cache

from dossier.core.dates.date_bounds import MONTHS, PERIODS
from dossier.core.dates.days import Day, read_zone
from dossier.core.dates.edtf import Date, DatePoint, IntervalShape
from dossier.core.dates.point_words import (
    PERIOD_NAMES,
    abbreviate_point,
    describe_point,
    find_month_name,
    format_any_year,
    is_kept_as_written,
    join_alternatives,
    write_point,
)
from dossier.text.late_patterns import compile_late

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHORT_WIDTH = 13
"""The width of a short date, in cells."""
_DASH = "\N{EN DASH}"
_NUMBER = compile_late(r"\d+")
_MOST_MEMBERS = 6
"""The most members of a set that are named."""

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
    """Return the date in a few English words: "about June 2023", "12 April 2023, 09:30 UTC+02:00"."""
    return _in_words(date, full=False)


def format_date_without_time(date: Date) -> str:
    """Return the date in a few English words, without its time, as a citation has it."""
    members = tuple([_without_times(member) for member in date.members])
    return _in_words(_without_times(date)._replace(members=members), full=False)


# The same few dates stand in many articles, and a short form is also what a cut one is compared with.
@lru_cache(maxsize=1024)
def format_short_date(date: Date) -> str:
    """Return the date in at most 13 cells, without its time.

    What does not fit is left out: the end of an interval first, then the day. A date that no words of this length
    could tell is shown as written.
    """
    if date.members:
        return _short_set(date)
    date = _collapse(_without_times(date))
    points, point = date.points, date.points[0]
    before, after = "~" if point.approximate else "", "?" if point.uncertain else ""
    # If both ends have the same marks, these are shown once, around the whole.
    alike = len({(p.approximate, p.uncertain) for p in points}) == 1
    if alike and len(points) > 1:
        points = tuple(p._replace(approximate=(), uncertain=()) for p in points)
    run = _joined_phrase(points, 3)
    # Only years of this century are cut to two digits: 1922 is not shown as 22.
    runs = [run, f"{run[:-4]}{run[-2:]}" if run[-4:].startswith("20") else run] if run else []
    forms = [f"{before}{form}{after}" if alike else form for form in runs]
    forms += [_TEMPLATES[date.shape][1].format(f"{before}{form}{after}") for form in abbreviate_point(point)]
    return next(form for form in forms if len(form) <= SHORT_WIDTH)


def format_cut_date(date: Date) -> str:
    """Return the date in words, without its time, where its short form leaves something out, and "" elsewhere."""
    if date.members:
        return ""
    short, words = format_short_date(date), format_date_without_time(date)
    return words if "\N{HORIZONTAL ELLIPSIS}" in short or not _list_numbers(words) <= _list_numbers(short) else ""


def _list_numbers(words: str) -> set[int]:
    return set(map(int, _NUMBER().findall(words)))


def format_short_clock(date: Date, home: int | None = None) -> str:
    """Return the times of a date: "09:30", "10:05–11:40", "09:00+09:00"; "" if it has none.

    A zone that is the home zone is left out; `home` is in nanoseconds ahead of UTC.
    """
    if date.members or not any(point.time for point in date.points):
        return ""
    clocks = [_clock(point.time) if point.time else "" for point in date.points]
    zones = [point.zone if read_zone(point.zone) != home else "" for point in date.points]
    if len(clocks) == 1 or not all(clocks):
        end = date.shape in (IntervalShape.OPEN_BEGINNING, IntervalShape.UNKNOWN_BEGINNING) or not clocks[0]
        lead = "" if date.shape is IntervalShape.DATE else "until " if end else "from "
        return f"{lead}{clocks[-1]}{zones[-1]}" if end else f"{lead}{clocks[0]}{zones[0]}"
    first = clocks[0] if zones[0] == zones[1] else clocks[0] + zones[0]
    last = clocks[1] + zones[1]
    return last if date.points[0] == date.points[1] else f"{first}{_DASH}{last}"


def format_unsaid_zone(date: Date, published: Date) -> str:
    """Return the zone of publication where `format_short_clock` leaves it out of a time, such as "UTC+09:00"; else "".

    A time without a zone is in that of publication.
    """
    home = next((point for point in published.points if point.zone), None)
    if home is None or date.members:
        return ""
    zones = (None, read_zone(home.zone))
    return _zone_words(home).strip() if any(one.time and read_zone(one.zone) in zones for one in date.points) else ""


def explain_date(date: Date) -> tuple[tuple[str, str], ...]:
    """Return the date as rows (name, text): as written, in words with time and zone, earliest and latest day."""
    missing = (
        "unknown"
        if date.shape in (IntervalShape.UNKNOWN_BEGINNING, IntervalShape.UNKNOWN_END)
        else "open: no {} is given"
    )
    return (
        ("EDTF", date.edtf),
        ("means", _in_words(date, full=True)),
        ("earliest", format_day(date.earliest) if date.earliest else missing.format("beginning")),
        ("latest", format_day(date.latest) if date.latest else missing.format("end")),
    )


def format_day(day: Day) -> str:
    """Return one day in full, whatever the locale: "Sunday 29 January 2023".

    Before the year 1 and after 9999, where nobody has this calendar, the day of the week is left out.
    """
    weekday = f"{WEEKDAYS[day.weekday()]} " if 0 < day.year < 10_000 else ""
    return f"{weekday}{day.day} {MONTHS[day.month - 1]} {format_any_year(day.year)}"


def _in_words(date: Date, full: bool) -> str:
    """Return the date in words; `full` with the whole clock time, and with the components that are marked."""
    if date.members:
        return _set_words(date, full)
    timed = any(point.time for point in date.points)
    if timed and not full and len({point.earliest for point in date.points}) < len(date.points):
        return _one_day_words(date)
    date = _collapse(date)
    run = "" if timed else _joined_phrase(date.points, None)
    alone = date.shape is IntervalShape.DATE
    return run or _TEMPLATES[date.shape][0].format(*(_phrase(point, full, alone) for point in date.points))


def _one_day_words(date: Date) -> str:
    """Return an interval between times of one day in words."""
    first, last = date.points
    if not (first.time and last.time) or first.zone != last.zone:
        return _TEMPLATES[IntervalShape.SPAN][0].format(_phrase(first, False, False), _phrase(last, False, False))
    times = _clock(last.time) if first == last else f"{_clock(first.time)}{_DASH}{_clock(last.time)}"
    return f"{describe_point(first)}, {times}{_zone_words(first)}"


def _clock(time: str) -> str:
    """Return a time of day without seconds that are zero, and without fractions."""
    return time[:5] if time[5:8] in ("", ":00") else time[:8]


def _zone_words(point: DatePoint) -> str:
    return f" UTC{point.zone.removeprefix('Z')}" if point.zone else ""


def _without_times(date: Date) -> Date:
    if not any(point.time for point in date.points):
        return date
    return date._replace(points=tuple([point._replace(time="", zone="") for point in date.points]))


def _collapse(date: Date) -> Date:
    """Return an interval whose ends are the same date as that date."""
    alike = len(date.points) == 2 and date.points[0] == date.points[1]
    return date._replace(shape=IntervalShape.DATE, points=date.points[:1]) if alike else date


def _set_words(date: Date, full: bool) -> str:
    """Return a set in words: "1667, 1668 or one of 1670–1672", "1984 and all earlier"."""
    is_choice = date.shape is IntervalShape.ONE_OF
    told = []
    for member in date.members[:_MOST_MEMBERS]:
        if member.shape is IntervalShape.SPAN:
            told.append(f"{'one' if is_choice else 'all'} of {_in_words(member, full)}")
        else:
            told.append(_in_words(member._replace(shape=IntervalShape.DATE), full))
        if member.shape is IntervalShape.OPEN_BEGINNING:
            told[-1] += " or earlier" if is_choice else " and all before"
        elif member.shape is IntervalShape.OPEN_END:
            told[-1] += " or later" if is_choice else " and all after"
    if more := len(date.members) - len(told):
        told.append(f"{more} more")
    return join_alternatives(told, "or" if is_choice else "and")


def _short_set(date: Date) -> str:
    """Return a set in at most 13 cells: as written if it fits, otherwise its first and last year."""
    written = "".join(date.edtf.split())
    first, last = (format_any_year(day.year) if day else "" for day in (date.earliest, date.latest))
    around = f"{written[0]}{first}…{last}{written[-1]}"
    return next(form for form in (written, around, f"{written[0]}…{written[-1]}") if len(form) <= SHORT_WIDTH)


def _joined_phrase(points: Sequence[DatePoint], letters: int | None) -> str:
    """Return two plain dates of the same precision as one phrase; "" for any others.

    Names of months are cut to `letters`, None: not cut.
    """
    if len(points) < 2 or any(p.approximate or p.uncertain for p in points):
        return ""
    if any(is_kept_as_written(p) or "X" in write_point(p) for p in points):
        return ""
    # Of two times in different zones the earlier may have the later day.
    if points[0].earliest > points[1].earliest:
        return ""
    if any(p.month in PERIODS for p in points) or len({(bool(p.month), bool(p.day)) for p in points}) > 1:
        return ""
    first, last = ([*p.day.lstrip("0").split(), *find_month_name(p)[:letters].split(), p.year] for p in points)
    unlike = max(i for i, (a, b) in enumerate(zip(first, last, strict=True), 1) if a != b)
    return f"{' '.join(first[:unlike])}{_DASH if unlike == 1 else f' {_DASH} '}{' '.join(last)}"


def _phrase(point: DatePoint, full: bool, alone: bool) -> str:
    """Return one date in words; `alone` if it is not an end of an interval."""
    text, asides = describe_point(point), []
    if full and point.time:
        zone = "no zone given" if not point.zone else "UTC" if point.zone == "Z" else f"UTC{point.zone}"
        text += f" at {point.time} ({zone})"
    elif point.time:
        text += f", {_clock(point.time)}{_zone_words(point)}"
    given = 1 + bool(point.month) + bool(point.day)
    for name, marked in (("approximate", point.approximate), ("uncertain", point.uncertain)):
        if marked and len(marked) < given:
            asides.append(f"{name}: {' and '.join(marked)}" if full else f"in part {name}")
        elif marked and name == "uncertain":
            asides.append(name)
    about = len(point.approximate) == given
    if PERIOD_NAMES.get(point.month, ("",))[0].endswith(" of") and (about or not alone):
        text = f"the {text}"
    text = f"about {text}" if about else text
    return ", ".join([text, *asides]) if alone or not asides else f"{text} ({', '.join(asides)})"


_LEAST_TOLD = 0.1
"""The shortest duration, in seconds, that has words of its own."""
_MINUTE = 60


def format_duration(seconds: float) -> str:
    """Return a duration, given in seconds, in words: `0.4 s`, `38 s`, `3 min`, `2 h 5 min`."""
    if seconds < _LEAST_TOLD / 2:
        return f"less than {_LEAST_TOLD} s"
    if round(seconds, 1) < 10:
        return f"{seconds:.1f} s"
    if seconds < 2 * _MINUTE:
        return f"{seconds:.0f} s"
    minutes = round(seconds / _MINUTE)
    return f"{minutes} min" if minutes < _MINUTE else f"{minutes // 60} h {minutes % 60} min"
