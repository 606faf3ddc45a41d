"""Lists that stay while their rows go: of problems that are mended, and of notes that are deleted.

The cursor is on the same row, or on the next one left, and the filter holds.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest
from reader import Reader, reading
from written_notes import stored

TEXT = """\
headline: Ferry pact signed
outlte: Arlen Courier
published: 2024-05-02
body: The ferry runs every day. The toll is gone.
quotes:
  - {text: every day}
  - {text: The toll}
  - {text: is gone}
"""
MENDED = ("{text: The toll}", "{speaker_text: the mayor, text: The toll}")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file with four problems, of which the editor mends the one of the second quote."""
    path = tmp_path / "article.yaml"
    path.write_text(TEXT, "utf-8")

    def run(app: object, words: Sequence[str]) -> str:
        path.write_text(path.read_text("utf-8").replace(*MENDED), "utf-8")
        return ""

    monkeypatch.setattr("dossier.tui.outside_effects.run_in_foreground", run)
    return path


def codes(reader: Reader) -> list[str]:
    popup = reader.screen.popup
    assert popup
    return [entry.text.rpartition("[")[2].rstrip("]") for entry in popup.pane.entries]


def group(reader: Reader) -> str:
    """Return the first word of the heading above the chosen row."""
    popup = reader.screen.popup
    assert popup
    assert popup.chosen
    return popup.chosen.group.partition(":")[0]


def chosen(reader: Reader) -> str:
    popup = reader.screen.popup
    assert popup
    assert popup.chosen
    return popup.chosen.parts[0].text.strip()


async def test_after_a_problem_is_mended_the_cursor_is_on_the_next(file: Path) -> None:
    async with reading(file) as reader:
        await reader.press("!", "g", "j", "j")
        assert codes(reader) == ["nearly-known-key", "no-speaker", "no-speaker", "no-speaker"]
        before = chosen(reader)
        assert before.startswith("7:")
        await reader.press("e")
        await reader.until(lambda: "reloaded" in reader.foot)
        assert codes(reader) == ["nearly-known-key", "no-speaker", "no-speaker"]
        assert chosen(reader).startswith("8:")
        assert any("Problems 3" in row for row in reader.text.split("\n"))


async def test_the_filter_and_the_explanation_stay_when_the_file_changes(file: Path) -> None:
    async with reading(file) as reader:
        await reader.press("!", "/", *"outlte", "enter", "space")
        assert "Problem: nearly-known-key" in reader.text
        file.write_text(TEXT.replace("headline", "\n\nheadline"), "utf-8")
        await reader.until(lambda: "reloaded" in reader.foot)
        assert "Problem: nearly-known-key" in reader.text
        await reader.press("space")
        assert (codes(reader), chosen(reader)) == (["nearly-known-key"], "4:1")
        await reader.press("escape")
        assert len(codes(reader)) == 4
        assert chosen(reader) == "4:1"


async def test_the_list_is_closed_when_nothing_is_left(file: Path) -> None:
    async with reading(file) as reader:
        await reader.press("!")
        assert reader.screen.popup
        file.write_text(TEXT.partition("quotes:")[0].replace("outlte", "outlet"), "utf-8")
        await reader.until(lambda: "no problems are left" in reader.foot)
        assert reader.screen.popup is None


@pytest.mark.parametrize("key", ["space", "escape", "q", "backspace"])
async def test_space_explains_the_problem_over_the_list(key: str, file: Path) -> None:
    async with reading(file) as reader:
        await reader.press("!", "g")
        listed = reader.screen.popup
        assert "Space explain" in reader.text
        await reader.press("space")
        for words in ("Problem: nearly-known-key", "Wrong", "Right"):
            assert words in reader.text
        await reader.press(key)
        assert reader.screen.popup == listed
        await reader.press("escape")
        assert reader.screen.popup is None


async def test_the_filter_of_the_list_stays_when_a_note_is_deleted() -> None:
    async with reading() as reader:
        for text in ("one #arms", "two", "three #arms", "four #arms"):
            await reader.press("]", "a", *text, "enter")
        await reader.press("'", "/", *"arms", "enter", "g", "j", "x", "x")
        assert [note.text for note in stored()] == ["one #arms", "two", "four #arms"]
        popup = reader.screen.popup
        assert popup
        assert popup.chosen
        assert ["arms" in entry.text for entry in popup.pane.entries] == [True, True]
        assert "four" in popup.chosen.text


async def test_the_list_of_notes_tells_which_are_lost_when_the_file_has_changed(file: Path) -> None:
    async with reading(file) as reader:
        await reader.press("g", "a", *"mine", "enter")
        await reader.until(lambda: [note.text for note in stored()] == ["mine"])
        file.write_text(TEXT.replace("Ferry pact signed", "Quay for sale"), "utf-8")
        await reader.until(lambda: "1 lost note" in reader.text)
        await reader.press("'")
        assert (group(reader), "not in the article: mine" in reader.text) == ("Lost", True)
        file.write_text(TEXT, "utf-8")
        await reader.until(lambda: group(reader) == "This article")
        assert "not in the article" not in reader.text
        assert len(reader.popup_rows) == 1
