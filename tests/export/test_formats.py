"""Tests of the table of export formats, and of what every format has in common."""

import datetime
import json
from itertools import chain
from pathlib import Path

import pytest

from dossier.core.views.panes import make_reading
from dossier.export.export import Export, ExportedArticle, Omissions
from dossier.export.formats import FORMATS, ExportFormat, write_export
from dossier.loader.article import load_article
from dossier.loader.limits import Limits

BUNDLED = Path(__file__).parent.parent.parent / "data" / "nato-seoul-2023.yaml"


def bundled() -> Export:
    """Return the export of the whole bundled article."""
    loaded = load_article(BUNDLED, Limits())
    assert loaded.article
    reading = make_reading(loaded.article, ())
    every = tuple(chain.from_iterable(reading.entries.values()))
    exported = ExportedArticle(loaded.article, reading.links, every)
    made = datetime.datetime(2026, 11, 28, 14, 5, tzinfo=datetime.UTC)
    return Export(loaded.article.headline, [exported], Omissions(), made)


@pytest.mark.parametrize("form", FORMATS, ids=[form.name for form in FORMATS])
def test_every_format_writes_the_bundled_article(form: ExportFormat) -> None:
    if form.missing:
        pytest.skip(form.missing)
    assert b"".join(write_export(form, bundled()))


def test_a_format_says_what_to_install() -> None:
    form = ExportFormat("xlsx", "xlsx", "workbook", "workbook:write", "xlsx", "a_package_that_is_not_there")
    assert form.missing == "xlsx needs the extra xlsx: pip install 'dossier[xlsx]'"


def test_omissions_are_counted_by_reason() -> None:
    omissions = Omissions()
    omissions.warn("cell", "may be run", 4)
    assert not omissions.has_losses()
    omissions.count("event", "left out: no day")
    omissions.count("event", "left out: no day", 2)
    omissions.count("name", "cut")
    assert omissions.has_losses()
    assert omissions.messages() == ("3 events left out: no day", "1 name cut", "4 cells may be run")


def test_json_lines_have_every_entry_with_address_and_version() -> None:
    (form,) = (form for form in FORMATS if form.name == "jsonl")
    lines = b"".join(write_export(form, bundled())).decode().splitlines()
    made = [json.loads(line) for line in lines]
    assert [one["ref"] for one in made] == [str(entry.ref) for entry in next(iter(bundled().articles)).entries]
    assert {one["version"] for one in made} == {1}


def test_formats_are_offered_in_the_order_of_their_use() -> None:
    named = "text markdown obsidian html csv xlsx csl biblatex timelinejs ftm icalendar webannotation jsonl"
    assert [form.name for form in FORMATS] == named.split()
    assert [form.about for form in FORMATS if not 3 <= len(form.about.split()) <= 7] == []
