"""Holds the law of omissions: what is written, and what is counted as left out, are together all that is exported."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from export_values import export_of, make_placed_note
from exported_entries import READERS
from exported_timelines import FORMS_OF_DATES, make_export, run_format, write_article, write_events
from test_laws import every_article

from dossier.core.dataclasses import replace
from dossier.core.model import Article
from dossier.core.ref import Ref
from dossier.export.formats import FORMATS, write_export

_LEFT_OUT = re.compile(
    "([0-9,]+) (?:item|text|event|note|unnamed source|retrieval date)s? (?:left out|written with the quotes only)"
)
_MARKS_LEFT_OUT = re.compile("([0-9,]+) (?:note|mark)s? left out")


def count_rows(written: str) -> int:
    return len(READERS["csv"].read(written))


def count_calendar(written: str) -> int:
    return written.count("\r\nBEGIN:VEVENT\r\n")


def count_slides(written: str) -> int:
    """Count the slides, and what the title tells of events that have none."""
    made = json.loads(written)
    told: str = made["title"]["text"]["text"]
    return len(made["events"]) + told.count("<li>")


def count_csl(written: str) -> int:
    """Count the facts about articles, and the headlines."""
    return sum(len(one.keys() - {"id", "type", "annote"}) for one in json.loads(written))


def count_biblatex(written: str) -> int:
    fields = re.findall(r"^  ([a-z]+) = ", written, flags=re.MULTILINE)
    return len([name for name in fields if name not in ("entrysubtype", "annotation")])


def count_entities(written: str) -> int:
    """Count the entities that are entries, and in the article its texts and the facts about it."""
    number = 0
    for one in map(json.loads, written.splitlines()):
        if one["schema"] == "Article":
            fields = one["properties"]
            number += len(fields.keys() - {"fileName", "bodyText", "notes"}) + len(fields.get("notes", ()))
            number += sum(len(text.split("\n\n")) for text in fields.get("bodyText", ()))
        else:
            number += one["schema"] in ("Person", "Organization", "Address", "Event", "Note")
    return number


COUNTERS: Mapping[str, Callable[[str], int]] = {
    "csv": count_rows,
    "icalendar": count_calendar,
    "timelinejs": count_slides,
    "csl": count_csl,
    "biblatex": count_biblatex,
    "ftm": count_entities,
}
"""The formats that hold not everything, each with a function that counts the entries in a file."""


def count_left(messages: tuple[str, ...], pattern: re.Pattern[str] = _LEFT_OUT) -> int:
    return sum(int(found[1].replace(",", "")) for one in messages if (found := pattern.match(one)))


@pytest.mark.parametrize("name", COUNTERS)
@every_article
def test_what_is_written_and_what_is_left_out_are_all(article: Article, name: str) -> None:
    export = export_of(article)
    written = run_format(name, export)
    (exported,) = export_of(article).articles
    assert COUNTERS[name](written) + count_left(export.omissions.messages()) == len(exported.entries)


@pytest.mark.parametrize("name", ["text", "markdown", "obsidian", "html", "jsonl"])
@every_article
def test_formats_for_reading_leave_nothing_out(article: Article, name: str) -> None:
    export = export_of(article)
    assert run_format(name, export)
    assert export.omissions.messages() == ()


@every_article
def test_a_workbook_leaves_out_what_a_table_does(article: Article) -> None:
    tables = [next(form for form in FORMATS if form.name == name) for name in ("csv", "xlsx")]
    if tables[1].missing:
        pytest.skip(tables[1].missing)
    exports = [export_of(article), export_of(article)]
    for form, export in zip(tables, exports, strict=True):
        assert b"".join(write_export(form, export))
    assert exports[0].omissions.messages() == exports[1].omissions.messages()


@pytest.mark.parametrize("name", [form.name for form in FORMATS if form.name != "xlsx"])
def test_every_note_is_written_or_counted(name: str, tmp_path: Path) -> None:
    (whole,) = make_export([write_events(tmp_path, ["2023"])]).articles
    places = (Ref("ferry", "event", "e1"), Ref("ferry", "para", "p1"), Ref("ferry", "headline"), None)
    notes = [make_placed_note(f"noted {number}", ref=ref) for number, ref in enumerate(places)]
    notes = [one._replace(note=replace(one.note, id=f"n{number}")) for number, one in enumerate(notes)]
    export = make_export([])._replace(articles=[whole._replace(notes=tuple(notes))])
    written = run_format(name, export)
    found = sum(f"noted {number}" in written for number in range(len(notes)))
    assert found + count_left(export.omissions.messages(), _MARKS_LEFT_OUT) == len(notes)


@pytest.mark.parametrize("date", FORMS_OF_DATES)
def test_one_thing_is_told_of_a_date_of_an_article(date: str, tmp_path: Path) -> None:
    export = make_export([write_article(tmp_path, published=date)], ("headline",))
    written = run_format("ftm", export)
    counted = [one for one in export.omissions.messages() if "date" in one]
    assert len(counted) <= 1
    assert ("publishedAt" in written) != any("in words only" in one for one in counted)
