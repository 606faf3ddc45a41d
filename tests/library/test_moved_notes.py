"""Tests that the notes on a library or article file that was moved are still on it, and on nothing else."""

import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dossier.core.note_places import is_of_file
from dossier.core.ref import parse_ref
from dossier.core.views.panes import Reading, make_reading
from dossier.library import moved_notes, state_folders
from dossier.library.moved_notes import move_notes
from dossier.library.notebook import Notebook
from dossier.library.notes_file import notes_path
from dossier.library.state_folders import find_state, remember_root
from dossier.loader.article import load_article

YAML = "headline: Ferry pact\nbody: [Two councils signed a ferry pact in Port Arlen on Tuesday.]\n"


def read(path: Path) -> Reading:
    article = load_article(path).article
    assert article
    return make_reading(article, ())


def note(path: Path, text: str) -> None:
    """Write a note on the first paragraph of an article that has no id of its own."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(YAML, "utf-8")
    notebook = Notebook(notes_path(), lambda: datetime(2026, 1, 1, tzinfo=UTC))
    made = notebook.make(read(path), parse_ref(f"{path.stem}#para/p1"), text)
    assert made
    notebook.keep(made)


def texts_on(path: Path) -> list[str]:
    placed = Notebook(notes_path()).place(read(path))
    return [one.note.text for one in placed if one.ref and is_of_file(one.note, read(path).article)]


def test_an_article_file_without_an_id_that_was_renamed(tmp_path: Path) -> None:
    one = tmp_path / "one.yaml"
    note(one, "check this")
    remember_root(one, find_state(one))
    two = one.rename(tmp_path / "two.yaml")
    assert texts_on(two) == []
    assert find_state(two).moved_from
    assert texts_on(two) == ["check this"]


def test_a_library_that_was_renamed(tmp_path: Path) -> None:
    for at in range(3):
        note(tmp_path / "news" / f"{at}.yaml", f"note {at}")
    note(tmp_path / "newspaper" / "0.yaml", "elsewhere")
    remember_root(tmp_path / "news", find_state(tmp_path / "news"))
    there = (tmp_path / "news").rename(tmp_path / "archive")
    assert find_state(there).moved_from
    assert [texts_on(there / f"{at}.yaml") for at in range(3)] == [["note 0"], ["note 1"], ["note 2"]]
    assert texts_on(tmp_path / "newspaper" / "0.yaml") == ["elsewhere"]


def test_a_copy_takes_no_notes(tmp_path: Path) -> None:
    note(tmp_path / "news" / "0.yaml", "mine")
    remember_root(tmp_path / "news", find_state(tmp_path / "news"))
    shutil.copytree(tmp_path / "news", tmp_path / "copy")
    before = notes_path().read_bytes()
    find_state(tmp_path / "copy")
    assert notes_path().read_bytes() == before


def test_other_keys_and_lines_stay(tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonl"
    lines = ["# mine", '{"path": "/a/b.yaml", "colour": "red"}', "", '{"path": 3}', '{"path": "/ab"}']
    path.write_text("\n".join(lines) + "\n", "utf-8")
    move_notes(path, "/a", "/c")
    assert path.read_text("utf-8").splitlines() == [
        lines[0],
        json.dumps({"path": "/c/b.yaml", "colour": "red"}),
        *lines[2:],
    ]
    before = os.stat(path).st_ino
    move_notes(path, "/a", "/c")
    assert os.stat(path).st_ino == before
    move_notes(tmp_path / "none.jsonl", "/a", "/c")
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".jsonl"] == ["notes.jsonl"]


def test_notes_that_cannot_be_changed_do_not_keep_a_library_from_being_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = tmp_path / "one.yaml"
    note(one, "check this")
    remember_root(one, find_state(one))

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(moved_notes, "change_lines", fail)
    two = one.rename(tmp_path / "two.yaml")
    assert find_state(two).moved_from == str(one)


def test_ended_between_the_notes_and_the_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = tmp_path / "one.yaml"
    note(one, "check this")
    remember_root(one, find_state(one))
    two = one.rename(tmp_path / "two.yaml")

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(state_folders, "replace_roots", end)
        with pytest.raises(KeyboardInterrupt):
            find_state(two)
    assert find_state(two).moved_from == str(one)
    assert texts_on(two) == ["check this"]
