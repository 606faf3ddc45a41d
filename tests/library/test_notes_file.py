"""Tests of the file of notes: nothing in it is lost, whoever wrote it."""

import stat
from pathlib import Path

from dossier.core.dataclasses import replace
from dossier.core.note import Note
from dossier.core.ref import Ref
from dossier.library.notes_file import NotesFile, notes_path

NOTE = Note("n1", Ref("a", "para", "p1", (3, 7)), "toll", "2026-11-28T14:05:00Z", "00", "The ", " rose", "ask #again")


def test_a_note_is_read_again_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "state" / "notes.jsonl"
    NotesFile(path).add([NOTE])
    assert NotesFile(path).notes == (NOTE,)


def test_lines_of_a_note_and_how_alike_other_places_were_are_kept(tmp_path: Path) -> None:
    note = replace(NOTE, words="words\nspeaker", text="one\n\ntwo \x1b", alike=(-1, -1))
    NotesFile(tmp_path / "notes.jsonl").add([note])
    assert NotesFile(tmp_path / "notes.jsonl").notes == (replace(note, text="one\n\ntwo ␛"),)


def test_words_that_begin_inside_a_sign_are_kept(tmp_path: Path) -> None:
    note = replace(NOTE, words="\u0e31ฐ\nb", before="\u0301x", after="\u0e49 \x1b")
    NotesFile(tmp_path / "notes.jsonl").add([note])
    assert NotesFile(tmp_path / "notes.jsonl").notes == (replace(note, after="\u0e49 ␛"),)


def test_what_says_nothing_of_alike_places_counts_as_not_known(tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonl"
    lines = [
        f'{{"id":"{at}","ref":"a","words":"w","made":"m","alike":{one}}}' for at, one in enumerate(("3", "[1]", "null"))
    ]
    path.write_text("\n".join(lines))
    assert [note.alike for note in NotesFile(path).notes] == [(0, 0)] * 3


def test_a_note_is_replaced_in_its_line_and_what_others_wrote_stays(tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonl"
    path.write_text(
        '# mine\n{"id":"n1","ref":"a","words":"w","made":"2026-01-01T00:00:00Z","colour":"red"}\n{"other":1}\n'
    )
    file = NotesFile(path)
    file.add([NOTE, replace(NOTE, id="n2")])
    lines = path.read_text("utf-8").splitlines()
    assert (lines[0], lines[2]) == ("# mine", '{"other":1}')
    assert '"colour": "red"' in lines[1]
    assert file.notes == (NOTE, replace(NOTE, id="n2"))


def test_a_removed_note_is_gone_and_others_stay(tmp_path: Path) -> None:
    file = NotesFile(tmp_path / "notes.jsonl")
    file.add([NOTE, replace(NOTE, id="n2")])
    file.remove(["n1"])
    assert [note.id for note in NotesFile(tmp_path / "notes.jsonl").notes] == ["n2"]


def test_a_file_that_is_not_json_is_backed_up_and_told(tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonl"
    path.write_text("{broken\n")
    file = NotesFile(path)
    assert file.notes == ()
    assert "not JSON" in file.messages()[0]
    assert any("{broken" in one.read_text("utf-8") for one in tmp_path.iterdir() if one != path)


def test_a_folder_that_cannot_be_written_keeps_the_note_in_memory_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    file = NotesFile(tmp_path / "file" / "notes.jsonl")
    file.messages()
    file.add([NOTE])
    assert file.notes == (NOTE,)
    assert "not saved yet" in file.messages()[0]


def test_the_file_is_in_the_state_folder(tmp_path: Path) -> None:
    assert notes_path({"XDG_STATE_HOME": str(tmp_path)}) == tmp_path / "dossier" / "notes.jsonl"


def test_a_text_of_several_lines_keeps_them(tmp_path: Path) -> None:
    note = replace(NOTE, text="one\ntwo \x1b[31m\n\nfour")
    NotesFile(tmp_path / "notes.jsonl").add([note])
    (read,) = NotesFile(tmp_path / "notes.jsonl").notes
    assert read.text == "one\ntwo \u241b[31m\n\nfour"


def test_what_could_not_be_written_outlives_a_refresh_and_is_written_later(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    file = NotesFile(blocked / "notes.jsonl")
    file.add([NOTE])
    blocked.unlink()
    file.refresh()
    assert file.notes == (NOTE,)
    file.add([replace(NOTE, id="n2")])
    assert [note.id for note in NotesFile(blocked / "notes.jsonl").notes] == ["n1", "n2"]


def test_a_note_on_what_has_no_words_is_kept(tmp_path: Path) -> None:
    note = Note("n1", Ref("a", "media", "m1"), "", "2026-11-28T14:05:00Z", text="find the picture")
    NotesFile(tmp_path / "notes.jsonl").add([note])
    assert [one.text for one in NotesFile(tmp_path / "notes.jsonl").notes] == ["find the picture"]


def test_an_address_has_no_control_characters(tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonl"
    path.write_text('{"id": "n1", "ref": "a%1B#para/p%0A1", "made": "2026-11-28T14:05:00Z"}\n')
    assert [note.ref for note in NotesFile(path).notes] == [Ref("a␛", "para", "p 1")]


def test_only_the_reader_can_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "state" / "notes.jsonl"
    NotesFile(path).add([NOTE])
    assert [stat.S_IMODE(one.stat().st_mode) for one in (path, path.parent)] == [0o600, 0o700]
