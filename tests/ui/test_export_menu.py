"""Tests of the export menu: what can be exported from where the cursor is, and the names that are offered."""

import pytest
from libraries import TODAY, entrance_of, whole
from rooms import ferry, ref

from dossier.core.dataclasses import replace
from dossier.core.note import Note, PlacedNote, PlacedNotes, Placement
from dossier.core.query import parse_terms
from dossier.core.ref import Ref
from dossier.library.library import Library
from dossier.library.scope import Pin, Scope
from dossier.ui.export_menu import (
    ExportChoice,
    ExportKind,
    FormatRow,
    default_choice,
    default_file_name,
    export_choices,
    offers_notes,
    open_export_menu,
    open_format_menu,
    open_replace_question,
)
from dossier.ui.find_filter import filter_pane
from dossier.ui.library_scope import enter_article, search_library, set_scope
from dossier.ui.navigation import place_cursor
from dossier.ui.state import State, focus_pane

STATE = ferry()
PLACED = PlacedNote(Note("n1", ref("para/p1"), "w", "2026-11-28T14:05:00Z"), Placement.UNCHANGED, ref("para/p1"))


def offered(state: State) -> list[tuple[str, str]]:
    return [(one.key, one.kind.value) for one in export_choices(state)]


def chosen(state: State, key: str) -> ExportChoice:
    return next(one for one in export_choices(state) if one.key == key)


def test_in_an_article() -> None:
    state = place_cursor(STATE, ref("quote/stays"))
    assert offered(state) == [("e", "entry"), ("p", "pane"), ("a", "article")]
    assert (chosen(state, "e").ref, chosen(state, "e").stem) == (ref("quote/stays"), "ferry-quote-stays")
    assert (chosen(state, "p").shown, chosen(state, "p").stem) == ("Quotes 4", "ferry-quotes")
    assert (chosen(state, "a").shown, chosen(state, "a").ref) == ("Ferry pact signed", Ref("ferry"))
    assert not offers_notes(state)


def test_the_fields_of_an_entry_stand_apart() -> None:
    popup = open_export_menu(export_choices(place_cursor(STATE, ref("quote/stays"))), None)
    assert popup.entries[0].parts[-1].text == "the toll stays · Lena Okafor · told · Han Seo-jin · indirect"


def test_a_filter_is_told() -> None:
    state = filter_pane(place_cursor(STATE, ref("quote/stays")), parse_terms("toll"))
    assert chosen(state, "p").shown == "Quotes 2 of 4 · only “toll”"


def test_notes_are_offered_where_there_are_some() -> None:
    state = replace(STATE, notes=PlacedNotes([PLACED]))
    assert offered(state)[-1] == ("m", "notes")
    assert (chosen(state, "m").shown, chosen(state, "m").stem) == ("1 note on this article", "ferry-notes")
    assert offers_notes(state)


def test_in_a_library(library: Library) -> None:
    state = entrance_of(library)
    assert offered(state) == [("a", "article"), ("s", "articles"), ("m", "notes")]
    assert state.entry
    assert chosen(state, "a").ref == state.entry.ref
    assert chosen(state, "s").stem == "port-arlen-articles"
    state = focus_pane(state, "quotes")
    assert offered(state) == [("e", "entry"), ("p", "pane"), ("a", "article"), ("s", "articles"), ("m", "notes")]
    assert state.entry
    assert (chosen(state, "a").ref, chosen(state, "e").ref) == (Ref(state.entry.ref.article), state.entry.ref)
    assert chosen(state, "p").stem == "port-arlen-quotes"


def test_a_search_names_the_file(library: Library) -> None:
    state = whole(search_library(entrance_of(library), library.parse_search_with_names("toll OR fare", TODAY)))
    choice = chosen(state, "s")
    assert default_file_name(choice, "md") == "port-arlen-toll-OR-fare.md"
    assert "articles" in choice.shown


def test_a_pinned_person_and_the_one_with_the_cursor_have_a_dossier(library: Library) -> None:
    state = focus_pane(entrance_of(library), "people")
    here = state.entry
    assert here
    assert (chosen(state, "d").ref, chosen(state, "d").title) == (here.ref, f"the dossier of {here.parts[0].text}")
    other = state.pane.entries[1]
    state = whole(set_scope(state, Scope(None, (Pin("person", other.parts[0].text, other.ref),))))
    state = focus_pane(state, "library")
    assert chosen(state, "d").ref == other.ref
    out = whole(set_scope(state, Scope(None, (Pin("person", other.parts[0].text, other.ref, excluded=True),))))
    assert "d" not in dict(offered(out))


def test_without_a_menu(library: Library) -> None:
    kinds = []
    state = entrance_of(library)
    article = state.entry.ref.article if state.entry else ""
    there = enter_article(state, article)
    assert there
    for one in (state, focus_pane(there, "article"), focus_pane(there, "quotes")):
        choice = default_choice(one)
        kinds.append(choice and choice.kind)
    assert kinds == [ExportKind.SCOPE, ExportKind.ARTICLE, ExportKind.PANE]


def test_a_word_chooses_what_the_menu_has(library: Library) -> None:
    state = focus_pane(entrance_of(library), "people")
    assert state.entry
    first, second = (Pin("person", entry.parts[0].text, entry.ref) for entry in list(state.pane.entries)[:2])
    assert default_choice(state, "articles") == chosen(state, "s")
    assert default_choice(state, "notes") == chosen(state, "m")
    assert default_choice(state, "hits") is None
    searched = whole(search_library(state, library.parse_search_with_names("toll", TODAY)))
    assert default_choice(searched, "hits") == chosen(searched, "h")
    pinned = focus_pane(whole(set_scope(state, Scope(None, (second,)))), "people")
    assert [choice.ref for choice in export_choices(pinned) if choice.kind is ExportKind.PERSON] == [
        second.ref,
        first.ref,
    ]
    assert default_choice(pinned, "dossier") == chosen(pinned, "d")


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("ferry-quotes", "ferry-quotes.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        (".hidden", "hidden.md"),
        ("Lena Okafor-dossier", "Lena-Okafor-dossier.md"),
        ("한서진", "한서진.md"),
        ("///", "entry.md"),
        ("x" * 300, f"{'x' * 80}.md"),
        ("नरेन्द्र मोदी-dossier", "नरेन्द्र-मोदी-dossier.md"),
        ("สวัสดี/“e\u0301te\u0301”", "สวัสดี-e\u0301te\u0301.md"),
    ],
)
def test_names_of_files(stem: str, name: str) -> None:
    assert default_file_name(ExportChoice("e", ExportKind.ENTRY, "", "", stem), "md") == name


def test_the_menus() -> None:
    choices = export_choices(STATE)
    popup = open_export_menu(choices, with_notes=False)
    assert popup.keys == ("e", "p", "a", "n")
    assert popup.entries[-1].text == "n\ninclude your notes\nno"
    assert open_export_menu(choices, with_notes=None).keys == ("e", "p", "a")
    formats = open_format_menu(choices[0], [FormatRow("one", "First"), FormatRow("two", "Second", "install it")], "two")
    assert formats.chosen
    assert formats.chosen.text == "two\nSecond\ninstall it"
    question = open_replace_question("quotes.md")
    assert (question.title, question.chosen and question.chosen.ref.id) == ("quotes.md exists. Replace it?", "n")
