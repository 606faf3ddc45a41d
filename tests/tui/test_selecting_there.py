"""Selecting words in the running program: keys, the foot line, what lights, and what is sent for a key."""

import pytest
from reader import NARROW, WIDE, reading

from dossier.terminal.clipboard import encode_osc52


@pytest.mark.parametrize("size", [NARROW, WIDE, (40, 12)])
async def test_words_are_selected_shown_and_left(size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        await reader.press("}", "V")
        assert str(reader.state.selection and reader.state.selection.ref) == "nato-seoul-2023#para/p1:0-4"
        await reader.press("l", "l")
        assert reader.state.selection
        assert reader.state.selection.span == (0, 12)
        shown = [piece for piece in reader.pieces("article") if "selected" in piece.style.split()]
        assert "".join(piece.text for piece in shown) == "NATO and its"
        assert [piece.text for piece in shown if "selected-end" in piece.style.split()] == ["its"]
        assert reader.foot.strip().startswith("h/l word")
        await reader.press("1", "0", "w")
        assert reader.state.selection.span != (0, 12)
        assert reader.state.focus == "article"
        await reader.press("escape")
        assert reader.state.selection is None
        assert not [piece for piece in reader.pieces("article") if "selected" in piece.style]


async def test_a_count_is_shown_until_it_is_used() -> None:
    async with reading() as reader:
        await reader.press("j", "V", "1", "2")
        assert "12…" in reader.foot
        await reader.press("l")
        assert "12…" not in reader.foot
        assert reader.state.selection
        assert len(reader.state.entry.text[slice(*reader.state.selection.span)].split()) == 13  # type: ignore[union-attr]


@pytest.mark.parametrize("keys", [("2",), ("escape", "3"), ("tab",), ("g", "V"), ("/",), ("}",), ("enter",)])
async def test_what_ends_a_selection(keys: tuple[str, ...]) -> None:
    async with reading() as reader:
        await reader.press("j", "V", "l", *keys)
        if keys == ("2",):
            assert reader.state.selection
            await reader.press("tab")
        assert reader.state.selection is None


@pytest.mark.parametrize("keys", [("?", "escape"), ("y", "escape"), (":", "escape"), ("ctrl+l",)])
async def test_what_keeps_a_selection(keys: tuple[str, ...]) -> None:
    async with reading() as reader:
        await reader.press("j", "V", "l")
        before = reader.state.selection
        await reader.press(*keys)
        assert before
        assert reader.state.selection == before


async def test_what_was_copied_is_no_longer_selected(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    monkeypatch.setenv("SSH_TTY", "/dev/pts/3")
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("TMUX", "STY", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    async with reading() as reader:
        assert reader.app._driver
        monkeypatch.setattr(reader.app._driver, "write", sent.append)
        await reader.press("j", "V", "l", "y")
        assert [row.split("\n")[0] for row in reader.popup_rows] == ["t", "c", "a"]
        await reader.press("a")
        assert encode_osc52("nato-seoul-2023#para/p1:0-8", {}) in sent
        assert reader.state.selection is None


async def test_on_a_list_of_quotes() -> None:
    async with reading() as reader:
        await reader.press("3", "V", "l", "l")
        assert reader.state.selection
        assert reader.state.selection.ref.kind == "quote"
        assert "".join(p.text for p in reader.pieces("quotes") if "selected" in p.style.split()) == "NATO and its"
        await reader.press("j", "j", "j", "j")
        assert "stays inside its row" in reader.foot
