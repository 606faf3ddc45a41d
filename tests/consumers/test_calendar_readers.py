"""Tests that programs for calendars read the exported events back: the same days, moments and summaries."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from consumer_programs import needs_node, needs_python, run_node, run_python
from exported_timelines import DATA, FORMS_OF_DATES, HOSTILE, make_export, run_format, write_article, write_events

from dossier.export.export import Export

Event = tuple[str, str, str, str, str]
"""UID, start, end, summary and description of an event. Days are as 2023-01-29, moments as 2023-01-29T09:30:00Z."""

_ICALENDAR = """
import icalendar, json, sys
def written(value):
    return value.isoformat().replace("+00:00", "Z")
found = []
for event in icalendar.Calendar.from_ical(sys.stdin.buffer.read()).walk("VEVENT"):
    assert not event.errors, event.errors
    start = event["DTSTART"].dt
    end = event["DTEND"].dt if "DTEND" in event else start
    found.append([str(event["UID"]), written(start), written(end), str(event["SUMMARY"]), str(event["DESCRIPTION"])])
print(json.dumps(found))
"""
_ICS = """
import ics, json, sys
found = []
for event in ics.Calendar(sys.stdin.buffer.read().decode()).events:
    form = "YYYY-MM-DD" if event.all_day else "YYYY-MM-DDTHH:mm:ss"
    ends = event.begin.format(form), event.end.format(form)
    found.append([event.uid, *ends, event.name, event.description])
print(json.dumps(found))
"""
_ICAL_JS = """
const ICAL = require("ical.js");
const calendar = new ICAL.Component(ICAL.parse(require("fs").readFileSync(0, "utf8")));
const found = calendar.getAllSubcomponents("vevent").map(one => new ICAL.Event(one)).map(event =>
  [event.uid, event.startDate.toString(), event.endDate.toString(), event.summary, event.description]);
console.log(JSON.stringify(found));
"""
READERS = [
    pytest.param("icalendar", marks=needs_python()),
    pytest.param("ics", marks=needs_python()),
    pytest.param("ical.js", marks=needs_node()),
]
# ics 0.7.3 takes a backslash before an n for a line break, although it is escaped.
PLAIN = tuple(text for text in HOSTILE if "\\n" not in text)


def read_back(reader: str, export: Export) -> list[Event]:
    """Return the events that a reader finds, by their UIDs."""
    text = run_format("icalendar", export)
    if reader == "ical.js":
        found = run_node(_ICAL_JS, text=text)
    else:
        found = run_python(_ICS if reader == "ics" else _ICALENDAR, text=text)
    return sorted(tuple(event) for event in json.loads(found))


def written(export: Export) -> list[Event]:
    """Return the events of a calendar as its lines have them, by their UIDs."""
    found: list[dict[str, str]] = []
    for line in run_format("icalendar", export).replace("\r\n ", "").split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            found[-1].setdefault(name.partition(";")[0], value)
    return sorted(
        (
            unescape(one["UID"]),
            spell(one["DTSTART"]),
            spell(one.get("DTEND", one["DTSTART"])),
            unescape(one["SUMMARY"]),
            unescape(one["DESCRIPTION"]),
        )
        for one in found
    )


def unescape(text: str) -> str:
    pieces = text.split("\\\\")
    return "\\".join(piece.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";") for piece in pieces)


def spell(moment: str) -> str:
    day = f"{moment[:4]}-{moment[4:6]}-{moment[6:8]}"
    return f"{day}T{moment[9:11]}:{moment[11:13]}:{moment[13:]}" if "T" in moment else day


def without_zones(events: list[Event]) -> list[Event]:
    """Return the events as ics tells them: it takes times without a zone for UTC."""
    return [(one[0], one[1].removesuffix("Z"), one[2].removesuffix("Z"), one[3], one[4]) for one in events]


def same_years(events: list[Event]) -> list[Event]:
    """Return the events with years as ical.js writes them: without zeros before them."""
    return [(one[0], one[1].lstrip("0"), one[2].lstrip("0"), one[3], one[4]) for one in events]


def assert_same(reader: str, export: Export) -> None:
    expected, found = written(export), read_back(reader, export)
    if reader == "ics":
        assert found == without_zones(expected)
    else:
        assert same_years(found) == same_years(expected)


@pytest.mark.parametrize("reader", READERS)
def test_every_form_of_a_date(tmp_path: Path, reader: str) -> None:
    assert_same(reader, make_export([write_events(tmp_path, FORMS_OF_DATES)]))


@pytest.mark.parametrize("reader", READERS)
def test_hostile_texts(tmp_path: Path, reader: str) -> None:
    texts = PLAIN if reader == "ics" else HOSTILE
    people = [{"id": f"p{number}", "name": text} for number, text in enumerate(texts)]
    events = [
        {"date": "2023-04-11", "what": text, "date_text": text, "people": [f"p{number}"], "note": text}
        for number, text in enumerate(texts)
    ]
    export = make_export([write_article(tmp_path, headline=texts[0], people=people, timeline=events)])
    assert_same(reader, export)
    summaries = {uid: summary for uid, _, _, summary, _ in read_back(reader, export)}
    assert summaries == {f"dossier:ferry#event/e{number}": text.strip() for number, text in enumerate(texts, 1)}


@pytest.mark.parametrize("reader", READERS)
def test_the_bundled_article(reader: str) -> None:
    export = make_export([DATA / "nato-seoul-2023.yaml"])
    assert_same(reader, export)
    assert len(written(export)) == 15


@pytest.mark.parametrize("reader", READERS)
def test_a_long_timeline(tmp_path: Path, reader: str) -> None:
    days = [date(2020, 1, 1) + timedelta(days=number) for number in range(500)]
    export = make_export([write_events(tmp_path, map(str, days))])
    ends = {(start, end) for _, start, end, *_ in read_back(reader, export)}
    assert ends == {(str(day), str(day + timedelta(days=1))) for day in days}
