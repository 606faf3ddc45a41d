"""Events as an iCalendar file (RFC 5545).

A calendar knows days and moments, and nothing of how sure they are. So it has the events whose date is certain and has
a first and a last day; the others are left out and counted. Days are never those nearest to a date, but all that the
date may mean: an event of March is one from the 1st to the 31st, counted as such.

A time of day with a zone, or in an article whose date of publication has one, is written in UTC. Any other time is
written as it is and means the time of the reader's own zone.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.days import Day, day_from_ordinal, read_clock
from dossier.core.dates.edtf import Date, DatePoint, IntervalShape
from dossier.core.dates.instants import find_home_zone
from dossier.export.certain_dates import convert_to_utc, explain_vagueness, split_clock
from dossier.export.export import Export, Omissions
from dossier.export.exported_events import DescribedEvent, describe_events, list_parts

_MOST_OCTETS = 75
"""The most octets of a line, without its end."""
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\t": " "})
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-\[\]_a-z~]+")
_STATUSES = {"happened": "CONFIRMED", "planned": "TENTATIVE"}
"""The status of an event of the calendar. It has no word for alleged and denied; these stand in the summary."""


class _Span(NamedTuple):
    """The value of DTSTART and that of DTEND, "" for none; `is_day` if they are days, else moments."""

    start: str
    end: str
    is_day: bool


def format_calendar(export: Export) -> Iterator[str]:
    """Yield the lines of a calendar."""
    yield from _write("BEGIN", "VCALENDAR")
    yield from _write("VERSION", "2.0")
    yield from _write("PRODID", f"-//dossier//dossier {version('dossier')}//EN")
    yield from _write("NAME", escape_text(export.title))
    for exported in export.articles:
        published = exported.article.published
        home = find_home_zone(published.date if published else None)
        for event in describe_events(exported, "a calendar", export.omissions):
            span = _find_span(event.entry.date, home, export.omissions)
            if span:
                yield from _write_event(event, span, export.made, exported.article.url)
    yield from _write("END", "VCALENDAR")


def _find_span(date: Date | None, home: int | None, omissions: Omissions) -> _Span | None:
    """Return when an event with this date is in a calendar; None if that cannot be said, which is then counted.

    `home` is the zone of times that have none, in nanoseconds ahead of UTC; None if it is not known.
    """
    if date is None:
        fault = "there is no date that can be read"
    elif date.earliest is None or date.latest is None:
        fault = "the date is open, or an end of it is unknown"
    elif date.earliest.year < 1 or (date.latest.year, date.latest[1:]) >= (9999, (12, 31)):
        fault = "a calendar has the days from 0001-01-01 to 9999-12-30 only"
    else:
        fault = explain_vagueness(date)
    if fault or date is None or date.earliest is None or date.latest is None:
        omissions.count("event", f"left out: {fault}")
        return None
    if moments := _find_moments(date, home):
        if any(len(point.time) > len("00:00:00") for point in date.points):
            omissions.count("event", "written without fractions of a second")
        return moments
    if any(point.time for point in date.points):
        omissions.count("event", "written without the time: a calendar needs one for both ends, in comparable zones")
    if not all(point.day for point in date.points):
        omissions.count("event", "written from the first to the last day of its period")
    after = day_from_ordinal(date.latest.toordinal() + 1)
    return _Span(_format_day(date.earliest), _format_day(after), is_day=True)


def _find_moments(date: Date, home: int | None) -> _Span | None:
    """Return the moments at which a date begins and ends; None unless every end has a time that can be compared."""
    if not all(point.time for point in date.points):
        return None
    found = [_find_moment(point, home) for point in date.points]
    zoned = {is_utc for _, _, is_utc in found}
    if len(zoned) > 1 or not all(1 <= day.year <= 9999 for day, _, _ in found):
        return None
    first, last = found[0], found[-1]
    if first > last:
        return None
    end = _format_moment(*last) if date.shape is IntervalShape.SPAN and first != last else ""
    return _Span(_format_moment(*first), end, is_day=False)


def _find_moment(point: DatePoint, home: int | None) -> tuple[Day, int, bool]:
    """Return the day and the nanoseconds since its midnight of a point with a time, and whether they are in UTC."""
    found = convert_to_utc(point, home)
    return (*found, True) if found else (point.earliest, read_clock(point.time), False)


def _format_day(day: Day) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _format_moment(day: Day, clock: int, is_utc: bool) -> str:
    time = split_clock(clock)
    return f"{_format_day(day)}T{time.hour:02}{time.minute:02}{time.second:02}{'Z' if is_utc else ''}"


def _write_event(event: DescribedEvent, span: _Span, made: datetime, url: str) -> Iterator[str]:
    kind = ";VALUE=DATE" if span.is_day else ""
    places = list_parts(event.entry, "places")
    yield from _write("BEGIN", "VEVENT")
    yield from _write("UID", escape_text(f"dossier:{event.entry.ref}"))
    yield from _write("DTSTAMP", f"{made:%Y%m%dT%H%M%SZ}")
    yield from _write(f"DTSTART{kind}", span.start)
    if span.end:
        yield from _write(f"DTEND{kind}", span.end)
    yield from _write("SUMMARY", escape_text(event.title))
    yield from _write("DESCRIPTION", escape_text("\n".join(f"{label}: {text}" for label, text in event.lines)))
    if places:
        yield from _write("LOCATION", escape_text(places))
    if event.entry.status in _STATUSES:
        yield from _write("STATUS", _STATUSES[event.entry.status])
    if _URI.fullmatch(url):
        yield from _write("URL", url)
    # An event of a newspaper takes none of the reader's own time.
    yield from _write("TRANSP", "TRANSPARENT")
    yield from _write("END", "VEVENT")


def escape_text(text: str) -> str:
    """Return a text as a value of iCalendar has it, without control characters."""
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)).strip().translate(_ESCAPES)


def fold_line(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 octets that end between characters; all but the first begin with a blank."""
    octets, begin, blank = line.encode(), 0, b""
    while len(octets) - begin > _MOST_OCTETS - len(blank):
        end = begin + _MOST_OCTETS - len(blank)
        # All octets of a character but its first are 10xxxxxx.
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        yield (blank + octets[begin:end]).decode()
        begin, blank = end, b" "
    yield (blank + octets[begin:]).decode()


def _write(name: str, value: str) -> Iterator[str]:
    for piece in fold_line(f"{name}:{value}"):
        yield f"{piece}\r\n"
