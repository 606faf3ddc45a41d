"""Notes that are written in $EDITOR."""

import os
import stat
from collections.abc import Sequence
from pathlib import Path

import pytest
from reader import reading
from written_notes import stored


def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> list[str]:
    """Let $EDITOR be a script, run without giving it the terminal; return where what it was given is recorded."""
    path, had = tmp_path / "editor", list[str]()
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", str(path))

    def run(app: object, words: Sequence[str]) -> str:
        had.append(Path(words[-1]).read_text("utf-8"))
        status = os.spawnv(os.P_WAIT, words[0], list(words))
        return f"{words[0]} exited with status {status}" if status else ""

    monkeypatch.setattr("dossier.tui.note_effects.run_in_foreground", run)
    return had


async def test_a_note_of_several_lines_is_written_in_the_editor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    had = editor(tmp_path, monkeypatch, r"printf 'second\n\n\033[31mlast\n\n' >> $2")
    async with reading() as reader:
        await reader.press("]", "a", *"first", "ctrl+o")
        assert had == ["first\n"]
        assert [note.text for note in stored()] == ["first\nsecond\n\n\u241b[31mlast"]
        await reader.press("a")
        assert reader.screen.prompt is None
        assert had[1] == "first\nsecond\n\n\u241b[31mlast\n"
        await reader.press("'")
        assert "first / second / \u241b[31mlast" in reader.popup_rows[0]


async def test_nothing_of_a_note_is_left_by_the_editor_and_nobody_else_can_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    editor(tmp_path, monkeypatch, f"ls -ld $(dirname $2) > {tmp_path}/mode; cp $2 $2~; printf more >> $2")
    async with reading() as reader:
        await reader.press("]", "a", *"first", "ctrl+o")
        assert [note.text for note in stored()] == ["first\nmore"]
    assert (tmp_path / "mode").read_text("utf-8").startswith("drwx------")
    assert list(temporary.iterdir()) == []


async def test_a_long_note_is_changed_in_the_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line takes no more, and what was typed into it was lost without a word."""
    had = editor(tmp_path, monkeypatch, "printf more >> $2")
    async with reading() as reader:
        await reader.press("]", "a")
        await reader.paste("x" * 2000)
        assert "full at 1,000 characters" in reader.foot
        await reader.press("enter", "a")
        assert had == [f"{'x' * 1000}\n"]
        assert [note.text for note in stored()] == [f"{'x' * 1000}\nmore"]


@pytest.mark.parametrize("script", ["exit 3", "rm $2"])
async def test_what_was_typed_is_kept_when_the_editor_fails(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, script)
    async with reading() as reader:
        await reader.press("]", "a", *"first", "ctrl+o")
        assert [note.text for note in stored()] == ["first"]
        assert "the editor changed nothing:" in reader.foot
