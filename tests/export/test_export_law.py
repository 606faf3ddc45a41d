"""Holds the law of exports: what is exported is what is shown. No entry more or less, in the same order, word for word.

The law holds for each format that has a reader in READERS, which reads the entries of a file back.
"""

import datetime
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from exported_entries import READERS
from shell import ARLEN, NATO, Output
from test_laws import ARTICLES, every_article

from dossier.cli.main import main
from dossier.core.entry import Entry
from dossier.core.links import Links
from dossier.core.model import Article
from dossier.core.views.panes import make_panes, make_reading
from dossier.export.export import Export, ExportedArticle, Omissions
from dossier.export.export_selection import choose_entries, select_entries
from dossier.export.formats import FORMATS, write_export

PANES_OF_KINDS = {"people": ("people",), "quotes": ("quotes",), "timeline": ("timeline",), "body": ("article",)}

every_reader = pytest.mark.parametrize("name", READERS)


def squeezed(text: str) -> str:
    """Return a text without white space, since a format may wrap its lines."""
    return "".join(text.split())


def exported(name: str, what: ExportedArticle) -> list[tuple[str, str]]:
    """Return what a format writes of an article, as its reader reads it."""
    (form,) = (form for form in FORMATS if form.name == name)
    if form.missing:
        pytest.skip(form.missing)
    made = datetime.datetime(2026, 11, 28, tzinfo=datetime.UTC)
    pieces = write_export(form, Export(what.article.headline, [what], Omissions(), made))
    return READERS[name].read(b"".join(pieces).decode())


def assert_same(found: Sequence[tuple[str, str]], shown: Sequence[Entry], name: str) -> None:
    reader = READERS[name]
    expected = reader.expect(shown)
    assert [called for called, _ in found] == [called for called, _ in expected]
    for (_, text), (_, entry) in zip(found, expected, strict=True):
        parts = [part.text for part in entry.parts if part.name not in reader.reworded]
        lacking = [part for part in parts if squeezed(part) not in squeezed(text)]
        assert lacking == [], entry.ref


@every_reader
@every_article
def test_what_is_exported_is_what_is_shown(article: Article, name: str) -> None:
    panes = make_panes(article, Links.of(article))
    shown = [entry for pane in panes.values() for entry in pane]
    assert_same(exported(name, select_entries(make_reading(article, ()))), shown, name)


@every_reader
@pytest.mark.parametrize("kind", PANES_OF_KINDS)
@every_article
def test_a_kind_is_a_pane(article: Article, kind: str, name: str) -> None:
    panes = make_panes(article, Links.of(article))
    shown = [entry for pane in PANES_OF_KINDS[kind] for entry in panes[pane]]
    found = select_entries(make_reading(article, ()), choose_entries(None, kind, None))
    assert_same(exported(name, found), shown, name)


def test_there_are_articles() -> None:
    assert len(ARTICLES) > 10
    assert {form.name for form in FORMATS} >= READERS.keys()


QUERIES = (
    "ferry",
    "speaker:okafor",
    "speaker:okafor bridge",
    "in:timeline 2023",
    "toll -bridge",
    "outlet:herald",
    "published:2023 form:direct",
)


def addresses(*words: str, capsys: Output) -> list[str]:
    main([*words, "--format", "jsonl"])
    return [json.loads(line)["ref"] for line in capsys.readouterr().out.splitlines()]


@pytest.mark.usefixtures("no_reader")
@pytest.mark.parametrize("query", QUERIES)
def test_a_query_exports_what_a_search_finds(query: str, capsys: Output) -> None:
    found = addresses("search", query, ARLEN, capsys=capsys)
    assert found
    assert addresses("export", ARLEN, "--query", query, capsys=capsys) == found


@pytest.mark.usefixtures("no_reader")
@pytest.mark.parametrize("kind", ["body", "quotes", "people", "timeline", "headline"])
@pytest.mark.parametrize("path", [ARLEN, NATO], ids=["library", "file"])
def test_a_query_and_a_kind_export_what_a_search_finds_there(kind: str, path: str, capsys: Output) -> None:
    query = "a OR the" if path == ARLEN else "korea OR nato"
    found = addresses("search", query, path, "--in", kind, capsys=capsys)
    assert found
    assert addresses("export", path, "--query", query, "--in", kind, capsys=capsys) == found


@pytest.mark.usefixtures("no_reader")
def test_a_library_exports_every_entry_of_every_article_the_newest_first(capsys: Output) -> None:
    found = addresses("export", ARLEN, capsys=capsys)
    heads = [ref.partition("#")[0] for ref in found if ref.endswith("#headline")]
    assert heads == [ref.partition("#")[0] for ref in addresses("search", "published:0001..", ARLEN, capsys=capsys)]
    inside = {str(article.ref): article for article in ARTICLES if Path(article.path).parent.name == "port-arlen"}
    shown = [
        str(entry.ref)
        for head in heads
        for pane in make_panes(inside[head], Links.of(inside[head])).values()
        for entry in pane
    ]
    assert found == shown
