"""The timeline as the JSON that TimelineJS 3 draws: a slide for each event that has a beginning, and one for the title.

TimelineJS has days and times of day, but cannot say how certain they are. It draws an event from the first to the last
day of its date; the slide shows the date in words. An event whose date has no beginning cannot be drawn: it is listed
on the title slide, and counted.
"""

import html
import json
from collections.abc import Iterator

from dossier.core.dates.days import Day, read_clock
from dossier.core.dates.edtf import Date, IntervalShape
from dossier.export.certain_dates import split_clock
from dossier.export.entry_remarks import WEB
from dossier.export.export import Export
from dossier.export.exported_events import DescribedEvent, describe_events
from dossier.export.json_types import JsonObject

_HOLDER = "TimelineJS"
_YEARS = range(-271_820, 275_760)
"""The years that a Date of JavaScript has in full; beyond them TimelineJS draws all events by their years alone."""
_LOST_DAY = Day(0, 2, 29)
"""TimelineJS makes each date of a day in 1900 and then sets the year; this day does not exist in 1900."""


def format_timelinejs(export: Export) -> Iterator[str]:
    """Yield the pieces of one JSON object: the events, then the title, which lists those that cannot be drawn."""
    yield '{"scale": "human",\n"events": ['
    between, untold = "\n", list[str]()
    for exported in export.articles:
        for event in describe_events(exported, _HOLDER, export.omissions):
            date = event.entry.date
            fault = _explain_fault(date)
            if date is None or date.earliest is None or fault:
                export.omissions.count("event", f"on the title slide only: {fault}")
                untold.append(f"<li>{html.escape(f'{event.date_words}: {event.title}')}</li>")
                continue
            if date.latest is None:
                export.omissions.count("event", "drawn without an end: the date has none")
            if any(point.zone for point in date.points):
                export.omissions.count("event", "drawn without its time zone, which only the text has")
            slide = _make_slide(event, _find_ends(date, date.earliest), exported.article.url)
            yield between + json.dumps(slide, ensure_ascii=False)
            between = ",\n"
    if between == "\n":
        export.omissions.count("timeline", "without a slide for an event: TimelineJS shows an error in its place")
    yield f'\n],\n"title": {json.dumps(_make_title(export.title, untold), ensure_ascii=False)}}}\n'


def _make_title(title: str, untold: list[str]) -> JsonObject:
    told = f"<p>Not on the line:</p>\n<ul>{''.join(untold)}</ul>" if untold else ""
    return {"unique_id": "title", "text": {"headline": html.escape(title), "text": told}, "autolink": False}


def _make_slide(event: DescribedEvent, ends: JsonObject, url: str) -> JsonObject:
    return {
        "unique_id": str(event.entry.ref),
        **ends,
        "display_date": event.date_words,
        "text": {
            "headline": html.escape(event.title),
            "text": "\n".join(
                f"<p>{html.escape(label)}: {_link_source(label, text, url)}</p>" for label, text in event.lines
            ),
        },
        "autolink": False,
    }


def _link_source(label: str, text: str, url: str) -> str:
    """Return a text as HTML. The web address at the end of the source is a link."""
    if label != "source" or not url.startswith(WEB):
        return html.escape(text)
    return f'{html.escape(text.removesuffix(url))}<a href="{html.escape(url)}">{html.escape(url)}</a>'


def _explain_fault(date: Date | None) -> str:
    """Return why an event with this date cannot be drawn; "" if it can be."""
    if date is None:
        return "without a date that can be read"
    if date.earliest is None:
        return "the date has no beginning"
    for day in (date.earliest, date.latest):
        if day and (day.year not in _YEARS or day == _LOST_DAY):
            return f"{_HOLDER} cannot draw such a date"
    return ""


def _find_ends(date: Date, earliest: Day) -> JsonObject:
    """Return the start of a date, and its end where there is one after the start.

    Times count as written. They are left out where they cannot be compared, being in different zones.
    """
    first = last = ""
    if not date.members and len({point.zone for point in date.points if point.time}) == 1:
        first = date.points[0].time
        last = date.points[-1].time if date.shape is IntervalShape.SPAN else ""
    made = {"start_date": _make_point(earliest, first)}
    if date.latest and (date.latest > earliest or (first and last > first)):
        made["end_date"] = _make_point(date.latest, last)
    return made


def _make_point(day: Day, time: str) -> JsonObject:
    # An end is dropped if it equals the start in all parts that the start has: both have their day in full.
    made = {"year": day.year, "month": day.month, "day": day.day}
    if time:
        clock = split_clock(read_clock(time))
        made |= {"hour": clock.hour, "minute": clock.minute, "second": clock.second}
        made["millisecond"] = clock.nanosecond // 1_000_000
    return made
