"""A reader's test: every letter of twenty lines in many scripts is on the screen, as `cat` shows it there."""

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from terminals_under_test.interface import TerminalUnderTest
from terminals_under_test.script_lines import LINES, find_lines, keep_letters, write_article
from terminals_under_test.walking import TERMINALS, make_environ, measure_widths
from waiting import until

NEEDED = os.environ.get("DOSSIER_NEEDS", "").split()
LETTERS = {number: keep_letters(line) for number, line in enumerate(LINES, 1)}
_SIZE = 90, 60
"""So narrow that one pane is shown, so high that it shows every line."""


@pytest.fixture
def folder() -> Iterator[Path]:
    """Yield an empty folder whose path is short enough for the address of a socket."""
    with tempfile.TemporaryDirectory(prefix="dossier-", ignore_cleanup_errors=True) as made:
        yield Path(made)


def letters_of_cat(terminal: TerminalUnderTest) -> dict[int, str]:
    """Return the letters of each line that `cat` shows in a terminal."""
    text = terminal.folder / "lines.txt"
    text.write_text("".join(f"{line}\n\n" for line in LINES), "utf-8")
    terminal.start(["sh", "-c", f"cat {text}; exec sleep 3600"], *_SIZE, make_environ(terminal.folder))

    def find_rows() -> list[str]:
        return [row.rstrip() for row in terminal.rows() if row.strip()]

    try:
        until(lambda: [row[-4:] for row in find_rows()[len(LINES) - 1 :]] == ["end."], lambda: "\n".join(find_rows()))
        return {number: keep_letters(row) for number, row in enumerate(find_rows(), 1)}
    finally:
        terminal.stop()


def find_differences(terminal: TerminalUnderTest, cat: Mapping[int, str]) -> list[tuple[int, str, str]]:
    """Return the lines whose letters are not those of `cat`, each with these and with those that are shown."""
    shown = find_lines(terminal.rows())
    return [(number, cat[number], shown.get(number, "")) for number in cat if shown.get(number) != cat[number]]


def wait(terminal: TerminalUnderTest, cat: Mapping[int, str], paragraph: str) -> None:
    """Wait until the cursor is in this paragraph, and every line has its letters."""

    def is_right() -> bool:
        return paragraph in terminal.rows()[-1] and not find_differences(terminal, cat)

    until(is_right, lambda: "\n".join(map(str, [*find_differences(terminal, cat), terminal.rows()[-1]])))


@pytest.mark.terminal
@pytest.mark.parametrize("kind", [pytest.param(kind, id=f"{kind.name} ({kind.__name__})") for kind in TERMINALS])
def test_every_letter_is_shown_as_cat_shows_it(kind: type[TerminalUnderTest], folder: Path) -> None:
    if not kind.is_installed() and kind.programs[0] not in NEEDED:
        pytest.skip(f"{kind.name} is not installed")
    terminal = kind(folder)
    terminal.widths = measure_widths(terminal.ruler, folder, LINES)
    cat = letters_of_cat(terminal)
    # No terminal is known in which cat loses a letter.
    assert cat == LETTERS
    article = folder / "scripts.yaml"
    article.write_text(write_article(LINES), "utf-8")
    terminal.start([sys.executable, "-m", "dossier", str(article)], *_SIZE, make_environ(folder))
    try:
        wait(terminal, cat, "j/k")
        for number in range(1, len(LINES) + 1):
            terminal.press("j")
            wait(terminal, cat, f"¶{number}")
        for key in ("\f", "k"):
            terminal.press(key)
        wait(terminal, cat, f"¶{len(LINES) - 1}")
    finally:
        terminal.stop()


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("  “a” b\u200e c ", "“a”bc"),
        ("e\u0301", "é"),
        ("\u1112\u1161\u11ab", "한"),
        ("<200e>a<200c>b<2>\ufffd\ufffd", "ab<2>"),
        ("👨\u200d👩\u200d👧 ❤\ufe0f 1\ufe0f\u20e3 🇰🇷", "👨❤1🇰"),
    ],
)
def test_keep_letters(text: str, letters: str) -> None:
    assert keep_letters(text) == letters


def test_find_lines() -> None:
    assert find_lines(["Scripts", "▌    1 a b", "", " “◷ 12 12 c", "12", "     x 3 d"]) == {1: "ab", 12: "12c"}
