"""Marks and notes in a real terminal: kept when the program is quit at once, written in the editor, there again."""

from pathlib import Path

from reader import NATO
from terminals import in_terminal, terminal

from dossier.library.notes_file import NotesFile

pytestmark = in_terminal


def kept(folder: Path) -> list[tuple[str, str]]:
    """Return the places and texts of the notes in the file below this folder."""
    (path,) = folder.rglob("notes.jsonl")
    return [(str(note.ref).partition("#")[2], note.text) for note in NotesFile(path).notes]


def test_a_mark_and_a_quit_in_one_packet_lose_nothing(tmp_path: Path) -> None:
    with terminal(tmp_path) as desk:
        desk.run(str(NATO))
        desk.wait(lambda screen: "1/27" in screen.rows[-1])
        desk.press("]", "m", "q")
        desk.wait(lambda screen: "ended with 0" in screen.text)
        assert kept(tmp_path) == [("para/p1", "")]
        desk.run(str(NATO))
        desk.wait(lambda screen: any("⚑ 1 NATO" in row for row in screen.rows))


def test_a_note_is_written_in_the_editor(tmp_path: Path) -> None:
    script = tmp_path / "editor"
    script.write_text('#!/bin/sh\nprintf "and when?\\n" >> "$2"\n')
    script.chmod(0o755)
    with terminal(tmp_path, EDITOR=str(script)) as desk:
        desk.run(str(NATO))
        desk.wait(lambda screen: "1/27" in screen.rows[-1])
        desk.press("]", "a")
        desk.wait(lambda screen: "note on ¶1:" in screen.rows[-1])
        desk.press(*"who", "C-o")
        desk.wait(lambda screen: "noted: ¶1" in screen.rows[-1] and any("✎ 1 NATO" in row for row in screen.rows))
        assert kept(tmp_path) == [("para/p1", "who\nand when?")]
        desk.press("'")
        desk.wait(lambda screen: "who / and when?" in screen.text)


def test_a_note_that_was_never_kept_is_printed_when_the_program_is_left(tmp_path: Path) -> None:
    blocked = tmp_path / "state" / "dossier" / "notes.jsonl"
    blocked.mkdir(parents=True)
    with terminal(tmp_path, XDG_STATE_HOME=str(tmp_path / "state")) as desk:
        desk.run(str(NATO))
        desk.wait(lambda screen: "1/27" in screen.rows[-1])
        desk.press("]", "a")
        desk.wait(lambda screen: "note on ¶1:" in screen.rows[-1])
        desk.press(*"who", "Enter")
        desk.wait(lambda screen: "not saved yet, still trying: Is a directory" in screen.text)
        desk.press("q")
        desk.wait(lambda screen: "ended with 0" in screen.text)
        told = "".join(desk.look().text.split())
        assert "notsaved:Isadirectory;moveawaythefolderinitsplace:" in told
        assert "noteonnato-seoul-2023#para/p1" in told
        assert ":who" in told
        assert blocked.is_dir()
