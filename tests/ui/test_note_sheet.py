"""Tests of the sheet that shows a note without a place beside the places that it may be on."""

import pytest
from rooms import ferry, plain, ref
from test_notes import MADE

from dossier.core.note import Note, PlacedNote, Placement
from dossier.core.note_places import make_note
from dossier.core.ref import Ref
from dossier.text.width import width
from dossier.ui.note_sheet import (
    NoteSheet,
    closes_note_sheet,
    fit_note_sheet,
    make_note_sheet,
    press_note_sheet_key,
)

READING = ferry().reading
NOTE = Note(
    *("n", ref("para/p2:24-50"), "that the toll would stay", MADE, "old"),
    *("Okafor told Han Seo-jin ", ". Nobody spoke.", "check the minutes\n#toll"),
)
SEVERAL = (ref("para/p2:24-43"), ref("para/p4:26-37"), ref("para/p4:78-89"))

KEPT = ["before", "words", "after"]


def sheet(placement: Placement, *offered: Ref, cells: int = 100, rows: int = 30, linear: bool = False) -> NoteSheet:
    made = make_note_sheet(PlacedNote(NOTE, placement, offered=offered), READING)
    return fit_note_sheet(made, cells, rows, linear)


def text(shown: NoteSheet, message: str = "") -> str:
    return "\n".join(plain(line).rstrip() for line in shown.lines(message))


def test_old_and_new_words_stand_side_by_side_with_what_is_around_them() -> None:
    shown = text(sheet(Placement.PROPOSED, SEVERAL[0]))
    assert "Note on ¶2: its words have changed" in shown
    assert "check the minutes" in shown
    assert "#toll" in shown
    (row,) = [line for line in shown.splitlines() if line.lstrip(" -~").startswith("words")]
    left, right = row.split("│")
    assert "that the toll would stay" in left
    assert "that the toll stays" in right
    assert "Nobody spoke" in shown
    assert "Reyes was silent" in shown
    assert "Enter take this place" in shown


def test_one_side_is_above_the_other_on_a_narrow_screen_and_marked_where_lines_are_read() -> None:
    shown = text(sheet(Placement.PROPOSED, SEVERAL[0], cells=60, linear=True))
    assert "│" not in shown
    assert "[-would stay-]" in shown
    assert "{+stays+}" in shown


def test_the_next_place_is_shown_and_after_the_last_the_first() -> None:
    shown = sheet(Placement.SEVERAL, *SEVERAL)
    seen = []
    for key in ("n", "n", "n", "N", "right_square_bracket", "left_square_bracket"):
        shown, said = press_note_sheet_key(shown, key)
        assert said == ""
        assert shown.target
        seen.append(SEVERAL.index(shown.target.ref))
        assert f"({seen[-1] + 1} of 3)" in text(shown)
    assert seen == [1, 2, 0, 2, 0, 2]


@pytest.mark.parametrize(
    ("placement", "offered", "said"),
    [
        (Placement.MISSING, (), "no place to choose from"),
        (Placement.PROPOSED, SEVERAL[:1], "there is no other place"),
    ],
)
def test_where_there_is_no_other_place_it_is_said(placement: Placement, offered: tuple[Ref, ...], said: str) -> None:
    shown = sheet(placement, *offered)
    assert press_note_sheet_key(shown, "n") == (shown, said)


def test_what_is_around_a_whole_paragraph_is_what_is_around_it_in_the_article() -> None:
    note = make_note(READING, ref("para/p2"), "n", MADE)
    assert note
    assert note.before
    shown = make_note_sheet(PlacedNote(note, Placement.PROPOSED, offered=(ref("para/p2"),)), READING)
    rows = text(fit_note_sheet(shown, 100, 30, False)).splitlines()
    assert [row.split()[0] for row in rows if row.split()[:1] and row.split()[0].strip("-~") in KEPT] == KEPT


def test_a_note_without_any_place_shows_its_old_words_alone() -> None:
    shown = sheet(Placement.MISSING)
    assert shown.target is None
    told = text(shown)
    assert "no longer in the article; the note is kept" in told
    assert "that the toll would stay" in told
    assert "Okafor told Han Seo-jin" in told
    assert "Enter" not in told


def test_a_place_that_is_not_in_the_article_is_not_offered() -> None:
    assert [one.ref for one in sheet(Placement.SEVERAL, ref("para/p99"), SEVERAL[1]).offered] == [SEVERAL[1]]


def test_a_low_screen_scrolls_to_its_end_and_no_further() -> None:
    shown = sheet(Placement.PROPOSED, SEVERAL[0], cells=40, rows=6)
    first = text(shown)
    for key in ("G", "j"):
        shown, _ = press_note_sheet_key(shown, key)
        assert "Reyes was silent" in text(shown)
    assert press_note_sheet_key(press_note_sheet_key(shown, "u")[0], "g")[0].top == 0
    assert text(press_note_sheet_key(shown, "g")[0]) == first


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (5, 3), (40, 12), (80, 24), (200, 50)])
@pytest.mark.parametrize("offered", [(), SEVERAL])
def test_it_fits_every_screen(size: tuple[int, int], offered: tuple[Ref, ...]) -> None:
    shown = sheet(Placement.SEVERAL, *offered, cells=size[0], rows=size[1])
    for message in ("", "said"):
        lines = shown.lines(message)
        assert len(lines[: size[1]]) == size[1]
        assert {width(plain(line)) for line in lines} == {size[0]}
    assert shown.cursor_cell()[0] < size[1]


def test_a_message_takes_the_place_of_the_keys() -> None:
    told = text(sheet(Placement.SEVERAL, *SEVERAL), "there is no other place")
    assert told.splitlines()[-1] == " there is no other place"


def test_other_keys_leave_it_or_say_which_there_are() -> None:
    assert closes_note_sheet("escape")
    assert closes_note_sheet("q")
    assert not closes_note_sheet("enter")
    shown = sheet(Placement.SEVERAL, *SEVERAL)
    assert press_note_sheet_key(shown, "w") == (shown, "keys here: Enter n/N j/k Esc d/u g/G")
