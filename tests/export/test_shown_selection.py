"""Tests of what is exported from the screen: the same entries that it shows."""

import datetime
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import pytest
from libraries import PORT_ARLEN, entrance_of, opening, whole
from rooms import ferry, ref, short

from dossier.core.dataclasses import replace
from dossier.core.entry import Entry
from dossier.core.note import Note, PlacedNote, PlacedNotes
from dossier.core.note_places import make_note, place_notes
from dossier.core.query import parse_terms
from dossier.core.ref import Ref, parse_ref
from dossier.core.views.panes import Reading
from dossier.export.export import ExportedArticle, Omissions
from dossier.export.export_selection import (
    EntryChoice,
    find_rows,
    find_rows_of_persons,
    select_address,
    select_articles,
    select_person,
)
from dossier.export.shown_selection import select_shown
from dossier.library.index.reader import ArticleRow
from dossier.library.library import Library
from dossier.library.notebook import Notebook
from dossier.library.notes_file import NotesFile, notes_path
from dossier.library.person_dossier import find_persons
from dossier.library.scope import Pin, Scope
from dossier.ui.export_menu import default_choice, export_choices
from dossier.ui.find_filter import filter_pane, toggle_pin
from dossier.ui.library_find import filter_library_pane
from dossier.ui.library_scope import enter_article, search_library, set_scope
from dossier.ui.navigation import place_cursor
from dossier.ui.selecting import press_selection_key, start_selection
from dossier.ui.state import State, focus_pane

TODAY = datetime.date(2026, 11, 23)
STATE = ferry()
MADE = "2026-11-28T14:05:00Z"


def note_on(reading: Reading, address: str, id: str, text: str = "") -> Note:
    note = make_note(reading, parse_ref(address)._replace(article=reading.article.ref.article), id, MADE, text)
    assert note
    return note


PLACED = PlacedNotes(
    place_notes(
        (
            note_on(STATE.reading, "para/p2:0-6", "n1", "a"),
            note_on(STATE.reading, "quote/run", "n2", "b"),
            Note("n3", ref("para/p9"), "gone", MADE),
        ),
        STATE.reading,
    )
)


def selected(state: State, key: str, with_notes: bool = False) -> list[ExportedArticle]:
    omissions = Omissions()
    choice = next(one for one in export_choices(state) if one.key == key)
    found = select_shown(state, choice, omissions, with_notes)
    articles = list(found.articles)
    assert found.count_articles() in (0, len(articles))
    assert omissions.messages() == ()
    return articles


def title(state: State, key: str) -> str:
    choice = next(one for one in export_choices(state) if one.key == key)
    return select_shown(state, choice, Omissions(), with_notes=False).title


def test_titles_are_for_those_who_read_the_file(library: Library) -> None:
    state = entrance_of(library)
    assert (title(state, "s"), title(state, "m")) == (PORT_ARLEN.name, "Notes")
    found = whole(search_library(state, library.parse_search_with_names("toll", TODAY)))
    assert title(found, "s") == "toll"
    assert title(STATE, "a") == STATE.reading.article.headline
    quote = place_cursor(STATE, ref("quote/stays"))
    assert quote.entry
    assert title(quote, "e") == quote.entry.text


def entries(state: State, key: str) -> list[Ref]:
    return [entry.ref for exported in selected(state, key) for entry in exported.entries]


def shown(state: State) -> list[Ref]:
    return [entry.ref for entry in state.pane.entries]


def test_one_entry() -> None:
    state = place_cursor(STATE, ref("quote/stays"))
    assert entries(state, "e") == [ref("quote/stays")]
    (exported,) = selected(state, "e")
    # The screen counts the quotes in the heading; that is no part of the entry.
    assert exported.entries[0] == next(one for one in STATE.reading.entries["quotes"] if one.ref == ref("quote/stays"))


@pytest.mark.parametrize(
    ("address", "typed"),
    [("para/p1", "toll"), ("person/han", "okafor"), ("quote/run", "toll"), ("event/quay", "toll")],
)
def test_a_pane_is_what_it_shows(address: str, typed: str) -> None:
    state = place_cursor(STATE, ref(address))
    assert entries(state, "p") == shown(state)
    filtered = filter_pane(state, parse_terms(typed))
    assert 0 < len(shown(filtered)) < len(shown(state))
    assert entries(filtered, "p") == shown(filtered)


def test_pins_count() -> None:
    state = focus_pane(toggle_pin(place_cursor(STATE, ref("person/han"))), "quotes")
    assert entries(state, "p") == shown(state)
    assert [short(one) for one in shown(state)] == ["quote/stays", "quote/ready"]


def test_an_article_is_all_of_it() -> None:
    (exported,) = selected(STATE, "a")
    assert exported.entries == tuple(chain.from_iterable(STATE.reading.entries.values()))
    assert (exported.article, exported.notes) == (STATE.reading.article, ())


def test_notes_are_those_on_what_is_exported() -> None:
    state = replace(place_cursor(STATE, ref("quote/stays")), notes=PLACED)
    assert selected(state, "p", with_notes=True)[0].notes == PLACED[1:2]
    assert selected(state, "a", with_notes=True)[0].notes == tuple(PLACED)
    assert selected(state, "e", with_notes=True)[0].notes == ()
    assert selected(state, "p")[0].notes == ()
    (exported,) = selected(state, "m")
    assert ([short(one.ref) for one in exported.entries], exported.notes) == (["para/p2", "quote/run"], tuple(PLACED))


@pytest.mark.parametrize("pane", ["quotes", "timeline", "people"])
def test_a_pane_over_many_articles_is_what_it_shows_article_by_article(library: Library, pane: str) -> None:
    state = focus_pane(entrance_of(library), pane)
    found = selected(state, "p")
    own = [exported.article.ref.article for exported in found]
    assert len(own) == len(set(own)) > 1
    assert {entry.ref for exported in found for entry in exported.entries} == set(shown(state))
    assert own == list(dict.fromkeys(one.article for one in shown(state)))


def test_a_filter_of_such_a_pane_counts(library: Library) -> None:
    state = whole(filter_library_pane(focus_pane(entrance_of(library), "quotes"), "toll", TODAY))
    assert 0 < len(shown(state)) < 20
    assert set(entries(state, "p")) == set(shown(state))


def test_the_scope_is_the_articles_of_the_list(library: Library) -> None:
    state = whole(search_library(entrance_of(library), library.parse_search_with_names("toll", TODAY)))
    found = selected(state, "s")
    assert [exported.article.ref for exported in found] == shown(state)
    assert len(found) < len(selected(entrance_of(library), "s"))
    reading = library.readings.reading(found[0].article.ref.article)
    assert reading
    assert found[0].entries == tuple(chain.from_iterable(reading.entries.values()))


def test_the_dossier_of_a_person_is_over_the_library(library: Library) -> None:
    state = focus_pane(entrance_of(library), "people")
    row = next(entry for entry in state.pane.entries if entry.parts[0].text == "Lena Okafor")
    state = place_cursor(state, row.ref)
    found = selected(state, "d")
    person = library.persons.find(row.ref)
    assert person is not None
    assert len(found) == library.index.persons.person(person).articles > 1
    for exported in found:
        kinds = [entry.ref.kind for entry in exported.entries]
        assert kinds.count("person") == 1
        assert set(kinds) <= {"person", "quote", "event"}
    pinned = whole(set_scope(entrance_of(library), Scope(None, (Pin("person", "Lena Okafor", row.ref),))))
    assert [one.entries for one in selected(focus_pane(pinned, "library"), "d")] == [one.entries for one in found]


def test_the_notes_of_a_library(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "notebook", Notebook(notes_path()))
    state = entrance_of(library)
    assert selected(state, "m") == []
    last = shown(state)[-1].article
    reading = library.readings.reading(last)
    assert reading
    para = next(entry for entry in reading.entries["article"] if entry.ref.kind == "para")
    note = note_on(reading, str(para.ref), "n1", "Ask")
    NotesFile(notes_path()).add([note, Note("n2", parse_ref("gone#para/p1"), "x", MADE)])
    (exported,) = selected(state, "m")
    assert ([entry.ref for entry in exported.entries], [one.note for one in exported.notes]) == ([para.ref], [note])
    there = enter_article(state, last)
    assert there
    assert [one.note for one in selected(focus_pane(there, "article"), "a", with_notes=True)[0].notes] == [note]


def test_selected_words_are_exported_alone() -> None:
    state = start_selection(place_cursor(STATE, ref("para/p2"))).state
    moved = press_selection_key(state, "w")
    assert moved
    state = replace(moved.state, notes=PLACED)
    assert state.selection
    choice = next(one for one in export_choices(state) if one.key == "e")
    assert (choice.title, choice.shown, choice.stem) == (
        "the selected words",
        "Okafor told",
        "ferry-para-p2-0-11",
    )
    assert default_choice(state) == choice
    (exported,) = selected(state, "e", with_notes=True)
    assert [(str(one.ref), one.text) for one in exported.entries] == [("ferry#para/p2:0-11", "Okafor told")]
    assert exported == select_address(
        STATE.reading, state.selection.ref, EntryChoice(notes=tuple(one.note for one in PLACED))
    )
    assert [one.note.id for one in exported.notes] == ["n1"]


def test_the_screen_and_the_command_select_the_same(library: Library) -> None:
    def read(row: ArticleRow) -> Reading | None:
        return library.readings.look_at(row.ref.article)

    query = library.parse_search_with_names("toll", TODAY)
    found = selected(whole(search_library(entrance_of(library), query)), "s")
    assert written(found) == written(select_articles(find_rows(library.index, Scope(query)), read))
    people = focus_pane(entrance_of(library), "people")
    row = next(entry for entry in people.pane.entries if entry.parts[0].text == "Lena Okafor")
    rows = find_rows_of_persons(library.index, find_persons(library.index, "person", row.ref.id))
    by_command = [select_person(reading, refs) for one, refs in rows if (reading := read(one))]
    assert len(by_command) > 1
    assert written(selected(place_cursor(people, row.ref), "d")) == written(by_command)
    article = by_command[0].article.ref
    there = enter_article(entrance_of(library), article.article)
    reading = library.readings.look_at(article.article)
    assert there
    assert reading
    assert written(selected(focus_pane(there, "article"), "a")) == written([select_address(reading, article)])


def written(articles: Iterable[ExportedArticle]) -> list[tuple[Ref, tuple[Entry, ...], tuple[PlacedNote, ...]]]:
    return [(one.article.ref, one.entries, one.notes) for one in articles]


def test_an_entry_that_its_file_no_longer_has_is_counted(library: Library) -> None:
    state = focus_pane(entrance_of(library), "quotes")
    choice = next(one for one in export_choices(state) if one.key == "e")
    assert choice.ref
    omissions = Omissions()
    gone = choice._replace(ref=choice.ref._replace(id="gone"))
    assert list(select_shown(state, gone, omissions, with_notes=False).articles) == []
    assert omissions.messages() == ("1 quote left out: its article has changed",)


def test_an_article_whose_file_is_gone_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.yaml").write_text(f"headline: {name}\nbody: text\npublished: 2022-01-0{len(name) - 2}\n")
    opened = opening(folder, tmp_path / "state")(lambda: None)
    state = entrance_of(opened)
    (folder / "two.yaml").unlink()
    omissions = Omissions()
    choice = next(one for one in export_choices(state) if one.key == "s")
    found = list(select_shown(state, choice, omissions, with_notes=False).articles)
    assert [exported.article.headline for exported in found] == ["one"]
    assert omissions.messages() == ("1 article left out: the file cannot be read",)
    opened.index.close()
