"""Tests of what is selected for an export: kinds, hits, entries, spans, persons, dates, and the notes that go along."""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path

import pytest
from documents import export_selected, write_as
from libraries import PORT_ARLEN, library_at

from dossier.core.dates.days import Day
from dossier.core.entry import Entry
from dossier.core.model import Article
from dossier.core.note import Note
from dossier.core.note_places import make_note
from dossier.core.query_parser import parse_search
from dossier.core.ref import Ref, parse_ref
from dossier.core.views.panes import Reading, make_reading
from dossier.export.export import EntryNotes, ExportedArticle, Omissions
from dossier.export.export_selection import (
    choose_entries,
    find_last_day,
    find_rows,
    find_rows_of_persons,
    find_rows_with_notes,
    is_since,
    select_address,
    select_articles,
    select_entries,
    select_person,
)
from dossier.library.index.reader import ArticleRow
from dossier.library.library import Library
from dossier.library.person_dossier import collect_dossier, find_persons
from dossier.library.scope import Pin, Scope
from dossier.loader.article import load_article, parse_article

NATO = Path(__file__).parent.parent.parent / "data" / "nato-seoul-2023.yaml"
TODAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def nato() -> Reading:
    loaded = load_article(NATO)
    assert loaded.article
    return make_reading(loaded.article, loaded.problems)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_at(PORT_ARLEN, tmp_path_factory.mktemp("export")) as opened:
        yield opened


def addresses(exported: ExportedArticle) -> list[str]:
    return [str(entry.ref).partition("#")[2] for entry in exported.entries]


def note_on(reading: Reading, address: str, id: str, text: str = "") -> Note:
    ref = parse_ref(address)._replace(article=reading.article.ref.article)
    note = make_note(reading, ref, id, "2026-11-28T14:05:00Z", text)
    assert note
    return note


@pytest.mark.parametrize(
    ("kind", "panes"),
    [
        ("", ("article", "people", "quotes", "timeline")),
        ("body", ("article",)),
        ("people", ("people",)),
        ("quotes", ("quotes",)),
        ("timeline", ("timeline",)),
    ],
)
def test_a_kind_has_the_entries_of_its_pane(kind: str, panes: tuple[str, ...], nato: Reading) -> None:
    found = select_entries(nato, choose_entries(None, kind, None))
    assert found.entries == tuple(chain.from_iterable(nato.entries[pane] for pane in panes))
    assert found.notes == ()


def test_the_kind_headline_is_one_entry(nato: Reading) -> None:
    assert addresses(select_entries(nato, choose_entries(None, "headline", None))) == ["headline"]


def test_a_query_selects_its_hits(nato: Reading) -> None:
    query = parse_search("speaker:park", TODAY)
    assert addresses(select_entries(nato, choose_entries(query, "", None))) == ["quote/q8", "quote/q9"]
    assert addresses(select_entries(nato, choose_entries(query, "people", None))) == []


def test_an_address_is_the_article_an_entry_or_a_span(nato: Reading) -> None:
    article = nato.article.ref.article
    assert select_address(nato, Ref(article)) == select_entries(nato)
    (quote,) = select_address(nato, Ref(article, "quote", "q3")).entries
    assert quote in nato.entries["quotes"]
    (span,) = select_address(nato, Ref(article, "para", "p2", (0, 44))).entries
    assert str(span.ref) == "nato-seoul-2023#para/p2:0-44"
    assert span.text == "On the day he met Foreign Minister Park Jin,"
    assert [span.text[anchor.start : anchor.end] for anchor in span.anchors] == ["Park Jin"]
    assert Ref(article, "person", "park") in span.parts[0].targets


@pytest.mark.parametrize(
    ("address", "message"),
    [("quote/q99", "did you mean nato-seoul-2023#quote/q9?"), ("para/p1:0-9999", "the text of")],
)
def test_an_address_that_nothing_has_offers_the_nearest(address: str, message: str, nato: Reading) -> None:
    ref = parse_ref(address)._replace(article=nato.article.ref.article)
    with pytest.raises(LookupError, match=message.replace("?", r"\?")):
        select_address(nato, ref)


def test_notes_go_with_their_entries_when_they_are_asked_for(nato: Reading) -> None:
    first, second = note_on(nato, "para/p2:0-12", "n1", "why?"), note_on(nato, "quote/q3", "n2")
    notes = (first, second)
    assert select_entries(nato).notes == ()
    assert [one.note for one in select_entries(nato, choose_entries(None, "", notes)).notes] == [first, second]
    of_quotes = select_entries(nato, choose_entries(None, "quotes", notes))
    assert [one.note for one in of_quotes.notes] == [second]
    only = select_entries(nato, choose_entries(None, "notes", notes))
    assert addresses(only) == ["para/p2", "quote/q3"]
    assert EntryNotes(only).on(first.ref.entry) == (only.notes[0],)


@pytest.mark.parametrize("form", ["text", "markdown", "obsidian", "html", "jsonl"])
def test_a_note_goes_with_words_that_are_exported_alone(form: str, nato: Reading) -> None:
    note = note_on(nato, "para/p2:7-12", "n1", "why?")
    words = note.ref.with_span(3, 20)
    selected = select_address(nato, words, choose_entries(None, "", (note,)))
    written = write_as(form, export_selected([selected]))
    assert "why?" in written
    assert "Notes on other places" not in written
    assert "Notes without a place" not in written


def test_a_note_on_words_that_are_exported_alone_is_marked_in_them(nato: Reading) -> None:
    note = note_on(nato, "para/p2:7-12", "n1", "why?")
    selected = select_address(nato, note.ref.with_span(3, 20), choose_entries(None, "", (note,)))
    assert f'<mark class="noted">{note.words}</mark>' in write_as("html", export_selected([selected]))


def test_a_note_without_a_place_goes_with_the_whole_article_alone(nato: Reading) -> None:
    note = note_on(nato, "para/p2:0-12", "n1", "why?")
    lost = Note(note.id, note.ref, "words that stand nowhere", note.made, digest="another", text=note.text)
    (whole,) = select_entries(nato, choose_entries(None, "", (lost,))).notes
    assert whole.ref is None
    only = select_entries(nato, choose_entries(None, "notes", (lost,)))
    assert (only.entries, EntryNotes(only).elsewhere) == ((), [whole])
    assert select_entries(nato, choose_entries(None, "quotes", (lost,))).notes == ()
    assert select_address(nato, note.ref, choose_entries(None, "", (lost,))).notes == ()


def test_a_span_has_the_notes_that_touch_it(nato: Reading) -> None:
    notes = tuple(note_on(nato, f"para/p2:{span}", span) for span in ("0-12", "20-30", "60-70"))
    found = select_address(nato, notes[1].ref.entry.with_span(10, 25), choose_entries(None, "", notes))
    assert [one.note.id for one in found.notes] == ["0-12", "20-30"]


def test_the_articles_of_a_scope_are_read_one_after_the_other(library: Library) -> None:
    asked: list[str] = []

    def read(row: ArticleRow) -> Reading | None:
        asked.append(row.path)
        return library.readings.look_at(row.ref.article)

    coming = select_articles(find_rows(library.index, Scope()), read)
    assert asked == []
    newest = next(coming)
    assert len(asked) == 1
    assert newest.article.path.endswith(asked[0])
    assert len([newest, *coming]) == len(asked) == library.total


def test_a_pinned_scope_has_its_articles(library: Library) -> None:
    scope = Scope(parse_search("ferry", TODAY), (Pin("outlet", "Arlen Courier"),))
    found = list(
        select_articles(find_rows(library.index, scope), lambda row: library.readings.look_at(row.ref.article))
    )
    assert found
    assert {one.article.outlet for one in found} == {"Arlen Courier"}


def test_an_article_that_cannot_be_read_or_has_nothing_is_left_out(library: Library) -> None:
    rows = list(find_rows(library.index, Scope()))
    assert list(select_articles(rows, lambda row: None)) == []
    nothing = choose_entries(parse_search("nowhere", TODAY), "", None)
    assert list(select_articles(rows, lambda row: library.readings.look_at(row.ref.article), nothing)) == []


@pytest.mark.parametrize(("kind", "id"), [("person", "okafor"), ("org", "audit-office"), ("place", "sulen")])
def test_a_person_has_what_the_dossier_of_the_person_has(kind: str, id: str, library: Library) -> None:
    persons = find_persons(library.index, kind, id)
    assert persons
    found: list[Entry] = []
    for row, refs in find_rows_of_persons(library.index, persons):
        reading = library.readings.look_at(row.ref.article)
        assert reading
        found += select_person(reading, refs).entries
    dossiers = [
        collect_dossier(library.index, person, lambda row: _article(library, row.ref.article)) for person in persons
    ]
    wanted = {
        *(ref for one in dossiers for ref in one.entries),
        *(said.quote.ref for one in dossiers for said in one.statements),
        *(met.event.ref for one in dossiers for met in one.events),
    }
    assert {entry.ref for entry in found} == wanted
    assert len(found) == len(wanted) > 3


def _article(library: Library, article: str) -> Article:
    reading = library.readings.look_at(article)
    assert reading
    return reading.article


def test_articles_with_notes_are_found_without_reading_others(library: Library) -> None:
    rows = list(find_rows(library.index, Scope()))
    note = Note("n1", Ref(rows[3].ref.article, "headline"), "words", "2026-11-28T14:05:00Z")
    assert list(find_rows_with_notes(library.store, library.index, [note])) == [rows[3]]
    assert list(find_rows_with_notes(library.store, library.index, [])) == []


@pytest.mark.parametrize(
    ("published", "is_wanted"),
    [
        ("2023-04-12", True),
        ("2023-04-11T23:59:00-11:00", False),
        ("2023-04", True),
        ("2023-03", False),
        ("2020/..", True),
        ("2023~", True),
        ("some day", None),
        ("", None),
    ],
)
def test_articles_since_a_day_may_have_been_published_on_it(published: str, is_wanted: bool | None) -> None:
    text = f"headline: A\nbody: [B]\npublished: {published!r}\n"
    article = parse_article(text.encode(), "a.yaml").article
    assert article
    omissions = Omissions()
    assert is_since(find_last_day(article), Day(2023, 4, 12), omissions) is bool(is_wanted)
    told = ("1 article left out: no date of publication that can be read",) if is_wanted is None else ()
    assert omissions.messages() == told


def test_the_index_and_the_file_have_one_last_day(library: Library) -> None:
    for row in find_rows(library.index, Scope()):
        article = _article(library, row.ref.article)
        assert row.latest == find_last_day(article)
