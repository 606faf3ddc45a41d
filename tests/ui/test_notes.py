"""Tests of the notes in the state: what a note is made on, where notes are, what signs and messages they give."""

import pytest
from rooms import ferry, plain, ref, short

from dossier.core.dataclasses import replace
from dossier.core.note import Note, PlacedNote, PlacedNotes, Placement
from dossier.core.ref import Ref
from dossier.ui.navigation import place_cursor
from dossier.ui.notes import (
    note_target,
    notes_at,
    notes_of_entry,
    place_name,
    placing_words,
    reading_of,
    sign_entries,
    sign_of,
    with_notes,
)
from dossier.ui.pane_lines import draw_pane
from dossier.ui.render.ascii import to_ascii_line
from dossier.ui.render.entry_style import MARK_SIGN, NOTE_SIGN
from dossier.ui.state import State, focus_pane

MADE = "2026-11-28T14:05:00Z"


def note_on(address: str, text: str = "", id: str = "") -> Note:
    return Note(id or f"{address} {text}", ref(address), "words", MADE, text=text)


def placed(*notes: Note) -> PlacedNotes:
    return PlacedNotes(PlacedNote(note, Placement.UNCHANGED, note.ref) for note in notes)


def noted(*notes: Note, state: State | None = None) -> State:
    """Return a state with these notes, all of them where they were made."""
    state = state or ferry(60, 40)
    own = [note for note in notes if note.ref.article == "ferry"]
    return with_notes(state, sign_entries((note, note.ref) for note in notes), placed(*own))


def rows(state: State, name: str) -> list[str]:
    return [plain(line) for line in draw_pane(state, name, (), "", frozenset())]


@pytest.mark.parametrize(
    "address",
    ["para/p1", "headline", "heading/h1", "person/han", "quote/run", "event/quay", "term/pact", "para/p1:74-84"],
)
def test_a_note_is_made_on_what_the_cursor_is_on(address: str) -> None:
    state = place_cursor(ferry(), ref(address))
    assert note_target(state) == state.pane.address
    assert short(note_target(state)).startswith(address.partition(":")[0])


def test_a_chosen_link_is_noted_with_its_words_alone() -> None:
    state = ferry()
    state = replace(state, panes={**state.panes, "article": state.panes["article"].choose_link(1)})
    target = note_target(state)
    assert target is not None
    assert target.span is not None


def test_nothing_is_noted_in_an_empty_pane() -> None:
    state = ferry()
    state = focus_pane(
        replace(state, panes={**state.panes, "quotes": state.panes["quotes"].with_entries(())}), "quotes"
    )
    assert note_target(state) is None


def test_the_notes_of_an_entry_are_those_on_it_and_on_its_words() -> None:
    one, two, three = note_on("para/p1"), note_on("para/p1:0-3", "why?"), note_on("para/p2")
    state = noted(one, two, three)
    assert [own.note for own in notes_of_entry(state, ref("para/p1:0-3"))] == [one, two]
    assert notes_of_entry(state, ref("para/p3")) == ()
    assert notes_at(state, (), ref("para/p1")) == (one,)
    assert notes_at(state, (), ref("para/p1:0-3")) == (two,)


def test_notes_on_other_articles_are_where_they_were_made() -> None:
    other = replace(note_on("para/p1"), ref=Ref("bridge", "para", "p1"))
    state = noted(note_on("para/p1"), other)
    assert notes_at(state, (other,), other.ref) == (other,)
    assert state.note_signs[other.ref] == state.note_signs[Ref("bridge")] == ((0, MARK_SIGN),)


def test_a_note_without_a_place_has_no_sign_but_its_article_has() -> None:
    lost = note_on("para/p1", "why?")
    state = with_notes(ferry(), {}, PlacedNotes([PlacedNote(lost, Placement.MISSING)]))
    assert state.note_signs == {Ref("ferry"): ((0, NOTE_SIGN),)}
    assert notes_of_entry(state, ref("para/p1")) == ()


def test_the_same_notes_are_the_same_state() -> None:
    state = noted(note_on("para/p1"))
    assert noted(note_on("para/p1"), state=state) is state


def test_only_the_article_that_is_open_is_read() -> None:
    state = ferry()
    assert reading_of(state, ref("para/p1")) is state.reading
    assert reading_of(state, Ref("bridge", "para", "p1")) is None


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({}, ""),
        ({Placement.UNCHANGED: 3}, ""),
        ({Placement.FOUND: 2}, "2 notes found again"),
        ({Placement.MISSING: 1}, "1 lost note: '"),
        ({Placement.FOUND: 1, Placement.SEVERAL: 1, Placement.PROPOSED: 1}, "1 note found again · 2 lost notes: '"),
    ],
)
def test_what_placing_tells(counts: dict[Placement, int], words: str) -> None:
    settled = (Placement.UNCHANGED, Placement.FOUND)
    found = [
        PlacedNote(note_on("para/p1", id=f"{kind}{number}"), kind, ref("para/p1") if kind in settled else None)
        for kind, times in counts.items()
        for number in range(times)
    ]
    assert placing_words(PlacedNotes(found), "'") == words


def test_how_a_place_is_named() -> None:
    assert place_name(ref("para/p2"), "the whole text") == "¶2"
    assert place_name(ref("about/outlet"), "outlet\nHarbour Herald") == "outlet"
    assert place_name(ref("person/reyes"), "Tom Reyes\nreporter") == "person “Tom Reyes” · reporter"
    assert place_name(ref("headline"), "Ferry pact signed") == "headline “Ferry pact signed”"
    assert place_name(ref("quote/q1"), "") == "quote"
    assert place_name(ref("para/p2:0-9"), "two  words") == "“two words”"
    assert place_name(ref("quote/q1:0-20"), "no new toll\nLena Okafor") == "“no new toll” · Lena Okafor"
    assert len(place_name(ref("para/p2:0-99"), "word " * 50)) < 50


def test_a_note_with_a_text_has_another_sign_than_a_mark() -> None:
    assert {sign_of(note_on("para/p1")), sign_of(note_on("para/p1", "why?"))} == {MARK_SIGN, NOTE_SIGN}


@pytest.mark.parametrize(
    ("address", "pane", "words"),
    [
        ("headline", "article", "▌  ⚑   Ferry pact signed"),
        ("para/p2", "article", " ❝◷⚑ 2 Okafor told"),
        ("para/p3", "article", "   ⚑ 3 A plain paragraph"),
        ("term/pact", "article", " ⚑pact         what both"),
        ("media/boat", "article", " ⚑Lena Okafor at the quay"),
        ("document/d1", "article", " ⚑Text of the pact"),
        ("person/han", "people", " ⚑Han Seo-jin"),
        ("quote/stays", "quotes", " ⚑› the toll stays"),
        ("event/signed", "timeline", " 11 Apr 2023  ⚑● Pact signed"),
    ],
)
def test_the_sign_is_in_the_margin_and_moves_no_word(address: str, pane: str, words: str) -> None:
    before, after = ferry(60, 90), noted(note_on(address), state=ferry(60, 90))
    (row,) = [row for row in rows(after, pane) if MARK_SIGN in row]
    assert row.startswith(words)
    assert [row.replace(MARK_SIGN, " ") for row in rows(after, pane)] == rows(before, pane)


def test_the_sign_of_words_is_on_the_line_in_which_they_begin() -> None:
    text = ferry().reading.entries["article"][2].text
    at = text.index("storm")
    state = noted(note_on(f"para/p1:{at}-{at + 5}", "how often?"), note_on("para/p1"))
    signed = [row for row in rows(state, "article") if MARK_SIGN in row or NOTE_SIGN in row]
    assert [("storm" in row, row[3]) for row in signed] == [(False, MARK_SIGN), (True, NOTE_SIGN)]


def test_a_note_hides_a_mark_on_the_same_line() -> None:
    state = noted(note_on("para/p1:0-3", "why?"), note_on("para/p1"), note_on("para/p1:4-7"))
    assert [row[3] for row in rows(state, "article") if row[3:4] in (MARK_SIGN, NOTE_SIGN)] == [NOTE_SIGN]


def test_the_sign_of_a_paragraph_above_99_is_behind_its_number() -> None:
    state = ferry(60, 40)
    entries = tuple(
        replace(entry, paragraph_number=100) if entry.ref == ref("para/p2") else entry
        for entry in state.panes["article"].entries
    )
    state = replace(state, panes={**state.panes, "article": state.panes["article"].with_entries(entries)})
    assert any(row.startswith(" ❝◷100⚑Okafor") for row in rows(noted(note_on("para/p2"), state=state), "article"))


def test_the_signs_differ_in_ascii_too() -> None:
    state = noted(note_on("para/p2"), note_on("para/p3", "why?"))
    lines = [plain(to_ascii_line(line)) for line in draw_pane(state, "article", (), "", frozenset())]
    assert [line[3:6] for line in lines if line[3:4] in ("=", "&")] == ["= 2", "& 3"]


def test_a_narrow_pane_shows_words_alone() -> None:
    state = noted(note_on("para/p2"), state=ferry(12, 40))
    assert not any(MARK_SIGN in row for row in rows(state, "article"))
