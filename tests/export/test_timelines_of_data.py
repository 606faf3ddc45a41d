"""Laws of the formats of timelines over all bundled articles: every event is written, or is counted as left out."""

import html
import json
import re
from pathlib import Path

import pytest
from exported_timelines import DATA, make_export, run_format

from dossier.core.entry import Entry
from dossier.export.export import Export
from dossier.export.exported_events import title_event
from dossier.loader.article import load_article

ARTICLES = [path for path in sorted(DATA.rglob("*.yaml")) if load_article(path).article]


def open_export(path: Path) -> tuple[Export, list[Entry]]:
    """Return the export of all of an article, and its events."""
    export = make_export([path])
    return export, [entry for exported in export.articles for entry in exported.entries if entry.ref.kind == "event"]


def count(export: Export, reason: str) -> int:
    """Return how many events were counted with a reason that begins so."""
    found = (re.match(rf"([0-9,]+) events? {reason}", message) for message in export.omissions.messages())
    return sum(int(match[1].replace(",", "")) for match in found if match)


def test_there_are_articles_with_events() -> None:
    assert sum(len(open_export(path)[1]) for path in ARTICLES) > 20


@pytest.mark.parametrize("path", ARTICLES, ids=[str(path.relative_to(DATA)) for path in ARTICLES])
def test_every_event_is_a_slide_or_in_the_title(path: Path) -> None:
    export, events = open_export(path)
    made = json.loads(run_format("timelinejs", export))
    drawn = {one["unique_id"]: one for one in made["events"]}
    told = html.unescape(made["title"]["text"]["text"])
    assert len(drawn) + count(export, "on the title slide only") == len(events)
    for entry in events:
        title = title_event(entry)
        if str(entry.ref) in drawn:
            assert html.unescape(drawn[str(entry.ref)]["text"]["headline"]) == title
        else:
            assert f": {title}</li>" in told


@pytest.mark.parametrize("path", ARTICLES, ids=[str(path.relative_to(DATA)) for path in ARTICLES])
def test_every_event_is_in_the_calendar_or_counted(path: Path) -> None:
    export, events = open_export(path)
    text = run_format("icalendar", export)
    assert text.count("\r\nBEGIN:VEVENT\r\n") + count(export, "left out") == len(events)


@pytest.mark.parametrize("path", ARTICLES, ids=[str(path.relative_to(DATA)) for path in ARTICLES])
def test_every_event_and_quote_is_an_entity(path: Path) -> None:
    export, events = open_export(path)
    entities = [json.loads(line) for line in run_format("ftm", export).splitlines()]
    article = next(iter(export.articles)).article
    assert sum(one["schema"] == "Event" for one in entities) == len(events)
    assert sum(one["schema"] == "Note" for one in entities) == len(article.quotes)
    assert sum(one["schema"] == "Person" for one in entities) == len(article.people)
