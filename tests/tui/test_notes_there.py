"""`m`, `a` and `'`: marks and notes as a reader makes, finds and changes them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from port_arlen import Open
from reader import NARROW, TINY, WIDE, reading
from written_notes import on, short_of, stored, write_note

from dossier.core.note import Note, PlacedNote, Placement
from dossier.library.notebook import Notebook
from dossier.library.notes_file import NotesFile, notes_path
from dossier.ui.render.entry_style import MARK_SIGN, NOTE_SIGN

MIDDLE = (100, 30)
SIZES = pytest.mark.parametrize("size", [WIDE, MIDDLE, NARROW, TINY])


@SIZES
async def test_m_marks_what_the_cursor_is_on_and_m_again_removes_the_mark(size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        await reader.press("]", "m")
        assert [short_of(note) for note in stored()] == ["para/p1"]
        assert (on(reader, "para/p1"), MARK_SIGN in reader.cursor_text) == ([""], True)
        assert "marked: ¶1" in reader.foot
        await reader.press("m")
        assert stored() == ()
        assert (on(reader, "para/p1"), MARK_SIGN in reader.cursor_text) == ([], False)
        assert "mark removed: ¶1" in reader.foot


async def test_a_chosen_link_and_rows_of_lists_are_marked() -> None:
    async with reading() as reader:
        await reader.press("]", "l", "m")
        link = reader.here
        await reader.press("2", "m", "3", "m", "4", "j", "m")
        assert [short_of(note) for note in stored()] == [link, "person/stoltenberg", "quote/q1", reader.here]
        assert stored()[0].words == reader.state.reading.entries["article"][1].text[slice(*stored()[0].ref.span or ())]
        for number, pane in enumerate(("article", "people", "quotes", "timeline"), 1):
            await reader.press(str(number))
            assert any(MARK_SIGN in row for row in reader.rows(pane)), pane


async def test_words_that_are_selected_are_marked_and_the_selection_ends() -> None:
    async with reading() as reader:
        await reader.press("}", "V", "l", "l", "m")
        assert ([short_of(note) for note in stored()], stored()[0].words) == (["para/p1:0-12"], "NATO and its")
        assert reader.state.selection is None
        await reader.press("V", "l", "enter")
        assert [short_of(note) for note in stored()] == ["para/p1:0-12", "para/p1:0-8"]


async def test_a_note_is_written_on_words_that_are_selected() -> None:
    async with reading() as reader:
        await reader.press("}", "V", "l", "a", *"ask", "enter")
        assert [(short_of(note), note.words, note.text) for note in stored()] == [("para/p1:0-8", "NATO and", "ask")]
        assert reader.state.selection is None
        await reader.press("V", "l", "a", *"no", "escape")
        assert [note.text for note in stored()] == ["ask"]


async def test_a_note_is_found_by_its_words_as_soon_as_it_is_written() -> None:
    async with reading() as reader:
        await reader.press("/", *"zebra", "enter")
        assert len(reader.state.find.hits) == 0
        await reader.press("}", "a", *"zebra", "enter")
        assert [str(hit.ref) for hit in reader.state.find.hits] == [str(stored()[0].ref)]
        await reader.press("G", "n")
        assert reader.here == "para/p1"


async def test_a_note_is_typed_kept_and_changed() -> None:
    async with reading() as reader:
        await reader.press("]", "a")
        assert reader.foot.startswith(" note on ¶1:")
        assert "Ctrl+O in $EDITOR" in reader.foot
        await reader.type("ask the desk #arms")
        await reader.press("enter")
        assert [(short_of(note), note.text) for note in stored()] == [("para/p1", "ask the desk #arms")]
        assert "noted: ¶1" in reader.foot
        assert NOTE_SIGN in reader.rows("article")[reader.state.pane.offset]
        await reader.press("a", "ctrl+u")
        await reader.type("done")
        await reader.press("enter")
        assert [note.text for note in stored()] == ["done"]
        assert on(reader, "para/p1") == ["done"]


async def test_esc_leaves_a_note_as_it_was() -> None:
    async with reading() as reader:
        await reader.press("]", "a")
        await reader.type("why")
        await reader.press("escape")
        assert (stored(), reader.screen.prompt) == ((), None)
        await reader.press("a", "enter")
        assert (stored(), "nothing was written" in reader.foot) == ((), True)
        await reader.press("a", *"why", "enter", "a", *" not", "escape")
        assert [note.text for note in stored()] == ["why"]


async def test_m_keeps_a_note_and_a_note_without_text_is_a_mark() -> None:
    async with reading() as reader:
        await reader.press("]", "a", *"why", "enter", "m")
        assert [note.text for note in stored()] == ["why"]
        assert "there is a note here" in reader.foot
        await reader.press("a", "ctrl+u", "enter")
        assert [note.text for note in stored()] == [""]
        assert "now only a mark: ¶1" in reader.foot
        assert MARK_SIGN in reader.cursor_text
        await reader.press("a", *"so", "enter")
        assert [note.text for note in stored()] == ["so"]


async def test_the_command_line_marks_and_writes() -> None:
    async with reading() as reader:
        await reader.press("]", *":mark", "enter")
        assert [note.text for note in stored()] == [""]
        await reader.press(*":note who paid?", "enter")
        await reader.press(*":note and when?", "enter")
        assert [note.text for note in stored()] == ["who paid?\nand when?"]
        assert "added to the note on ¶1" in reader.foot
        await reader.press("]", *":note", "enter")
        assert reader.foot.startswith(" note on ¶2:")


@SIZES
async def test_space_shows_the_notes_on_what_the_cursor_is_on(size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        await reader.press("]", "a", *"who paid?", "enter", "space")
        assert any("who paid?" in row for row in reader.popup_rows)
        await reader.press("G")
        assert "who paid?" in reader.text


async def test_the_list_goes_to_the_place_of_a_note() -> None:
    async with reading() as reader:
        await reader.press("]", "m", "3", "j", "m", "2", "a", *"who?", "enter", "1", "G", "'")
        assert [row.split()[0] for row in reader.popup_rows] == [MARK_SIGN, NOTE_SIGN, MARK_SIGN]
        assert "Notes 3" in reader.text
        await reader.press("j", "enter")
        assert (reader.state.focus, reader.here) == ("people", "person/stoltenberg")
        await reader.press("backspace")
        assert reader.state.focus == "article"


async def test_a_note_is_edited_and_deleted_in_the_list() -> None:
    async with reading() as reader:
        await reader.press("]", "a", *"one", "enter", "]", "a", *"two", "enter", "g", "'", "j", "a", *"!", "enter")
        assert [note.text for note in stored()] == ["one", "two!"]
        await reader.press("'", "x")
        assert len(stored()) == 2
        assert "x again deletes it: “one”" in reader.foot
        await reader.press("j", "k", "x")
        assert len(stored()) == 2
        await reader.press("x")
        assert [note.text for note in stored()] == ["two!"]
        assert "deleted: “one”" in reader.foot
        assert len(reader.popup_rows) == 1
        await reader.press("x", "x")
        assert (stored(), reader.screen.popup) == ((), None)
        await reader.press("'")
        assert "no notes yet" in reader.foot


async def test_the_list_is_filtered_by_what_notes_say() -> None:
    async with reading() as reader:
        await reader.press("]", "a", *"#arms", "enter", "]", "a", *"#talks xa", "enter", "'", *"/#talks xa")
        assert len(reader.popup_rows) == 1
        assert len(stored()) == 2


async def test_notes_from_before_are_shown_after_the_first_picture() -> None:
    write_note("who?")
    async with reading() as reader:
        await reader.until(lambda: bool(reader.state.notes))


async def test_notes_of_another_program_are_in_the_list() -> None:
    async with reading() as reader:
        await reader.press("]", "m")
        note = write_note("theirs", "para/p2")
        await reader.press("'")
        assert len(reader.popup_rows) == 2
        assert any("theirs" in row for row in reader.popup_rows)
        assert {one.id for one in stored()} >= {note.id}


async def test_a_file_that_cannot_be_written_is_told_and_the_note_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    notes_path().parent.parent.mkdir(exist_ok=True)
    notes_path().parent.write_text("no folder")
    async with reading(size=MIDDLE) as reader:
        await reader.press("]", "m")
        assert "not saved yet, still trying" in " ".join(reader.text.split())
        assert on(reader, "para/p1") == [""]
        await reader.press("]", "m", "'")
        assert len(reader.popup_rows) == 2


async def test_in_a_library_notes_lead_to_other_articles(arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press("enter", "]", "a", *"first", "enter")
        first = reader.state.reading.article.ref.article
        await reader.press("0", "j", "enter")
        second = reader.state.reading.article.ref.article
        assert first != second
        await reader.press("]", "m", "G", "'")
        popup = reader.screen.popup
        assert popup
        assert popup.entries[0].group == "This article"
        assert popup.entries[1].group.endswith(f" · {first}")
        await reader.press("j", "enter")
        assert reader.state.reading.article.ref.article == first
        assert reader.state.focus == "article"
        await reader.until(lambda: on(reader, reader.here) == ["first"])
        await reader.press("backspace")
        assert reader.state.reading.article.ref.article == second


async def test_in_a_library_a_row_is_marked_by_its_headline_and_shows_that_it_has_notes(arlen: Open) -> None:
    async with arlen() as reader:
        here = reader.state.pane.entry
        assert here
        await reader.press("m")
        assert [str(note.ref) for note in stored()] == [f"{here.ref}#headline"]
        assert MARK_SIGN in reader.cursor_text
        await reader.press("enter")
        await reader.until(lambda: bool(reader.state.notes))
        assert on(reader, "headline") == [""]
        await reader.press("0", "m")
        assert stored() == ()
        assert MARK_SIGN not in reader.cursor_text


async def test_in_a_list_over_many_articles_an_entry_of_another_article_is_noted(arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press("3", "j", "a", *"who?", "enter")
        entry = reader.state.pane.entry
        assert entry
        assert [(note.ref, note.text) for note in stored()] == [(entry.ref, "who?")]
        assert any(NOTE_SIGN in row for row in reader.rows("quotes"))
        await reader.press("space")
        assert any("who?" in row for row in reader.popup_rows)
        await reader.press("escape", "a", *"!", "enter")
        assert [note.text for note in stored()] == ["who?!"]


async def test_a_facet_cannot_be_noted(arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press("0")
        for key in ("m", "a"):
            await reader.press(key)
            assert "here" in reader.foot
        assert (stored(), reader.screen.prompt) == ((), None)


async def test_a_note_on_an_article_that_is_not_open_here_says_where_it_is() -> None:
    write_note("far", article="elsewhere")
    async with reading() as reader:
        await reader.press("'", "enter")
        assert "the article of this note is not open here: elsewhere" in reader.foot
        assert reader.state.reading.article.ref.article == "nato-seoul-2023"


async def test_a_note_in_another_article_that_is_lost_opens_its_article(
    arlen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with arlen() as reader:
        await reader.press("enter", "]", "a", *"first", "enter")
        first = reader.state.reading.article.ref.article
        await reader.press("0", "j", "enter")

        def lose(notes: Iterable[Note], reading: Any) -> tuple[PlacedNote, ...]:
            return tuple(PlacedNote(note, Placement.MISSING) for note in notes)

        monkeypatch.setattr("dossier.library.notebook.place_notes", lose)
        await reader.press("'", "enter")
        assert reader.state.reading.article.ref.article == first
        assert reader.screen.note_sheet
        assert reader.text.count("lost note") <= 1
        await reader.press("escape")
        assert len(stored()) == 1


async def test_a_notebook_of_ones_own_has_its_ids(tmp_path: Path) -> None:
    async with reading() as reader:
        reader.screen.notes.notebook = Notebook(tmp_path / "mine.jsonl", make_id=lambda: "n1")
        await reader.press("]", "m")
        assert [note.id for note in NotesFile(tmp_path / "mine.jsonl").notes] == ["n1"]
        assert stored() == ()


async def test_a_note_just_made_is_found_by_a_search_of_the_library(arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press("enter", "m")
        (note,) = stored()
        await reader.press("s", *"in:notes", "enter")
        await reader.until(
            lambda: [entry.ref.article for entry in reader.state.panes["library"].entries] == [note.ref.article]
        )
        assert reader.state.library
        assert reader.screen.notes.notebook is reader.state.library.notebook
