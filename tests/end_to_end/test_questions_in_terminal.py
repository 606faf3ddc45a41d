"""The questions of the first picture on a terminal that answers at once, late, in pieces, or never."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from unicodedata import east_asian_width

import emulator
import pyte
import pytest
from ptys import Line, line, python
from reader import NATO
from wcwidth import wcwidth

from dossier.terminal.questions import QUESTIONS

PROGRAM = python("-m", "dossier", "--fresh", str(NATO))
ASKED = QUESTIONS.encode()
WIDE, NARROW = b"\x1b[2;3R", b"\x1b[2;2R"
BORDER = "+- 1 Article ---"
Open = Callable[..., AbstractContextManager[Line]]


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    """Return a function that opens the bundled article, with the lines of a settings file."""

    @contextmanager
    def open_article(*words: str, settings: str = "", **environment: str) -> Iterator[Line]:
        folder = tmp_path / "config" / "dossier"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.toml").write_text(settings, "utf-8")
        environment = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config"), **environment}
        with line([*PROGRAM, *words], 100, 30, **environment) as far:
            yield far

    return open_article


@pytest.fixture
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the emulated terminal draw ambiguous characters in two cells."""

    def measure(char: str) -> int:
        return 2 if east_asian_width(char) == "A" and wcwidth(char) == 1 else wcwidth(char)

    monkeypatch.setattr(emulator, "wcwidth", measure)
    monkeypatch.setattr(pyte.screens, "wcwidth", measure)


def check_wide(far: Line, *words: str) -> None:
    """Check that the picture is that of wide characters, and that it is whole: drawn anew it is the same."""
    shown = far.wait(BORDER, "“reckless missile", *words)
    sides = [row for row in far._screen.cells()[2:-2] if row[0].data == "|"]
    assert len(sides) == 26
    assert all([row[column].data for column in (0, 55, 56)].count("|") >= 1 for row in sides)
    far.type(b"\x0c")
    far.wait(*words, until=lambda: far.sent.count(b"\x1b[2J") > 2)
    assert far.text == shown


def test_an_answer_at_once_lets_everything_be_measured_anew(opened: Open, wide: None) -> None:
    with opened() as far:
        far.wait(until=lambda: far.has_come(ASKED))
        far.type(WIDE)
        check_wide(far, "1/27")
        assert far.sent.count(ASKED) == 1
        far.type("q")
        assert far.status() == 0


def test_a_late_answer_keeps_the_place(opened: Open, wide: None) -> None:
    with opened() as far:
        far.wait("1/27")
        far.type("\t\t")
        far.wait("1/9")
        far.type("j")
        far.wait("2/9")
        far.type("?")
        far.wait("Help")
        far.type(WIDE)
        far.wait(BORDER.replace("1 Article", "Help")[:7])
        far.type(b"\x1b")
        check_wide(far, "2/9")


@pytest.mark.parametrize(
    "pieces",
    [(b"\x1b[2", b";", b"3R"), (b"\x1b[", b"2;3", b"R"), (b"j\x1b[2;3Rk",), (b"j\x1b[2;", b"3Rk")],
    ids=str,
)
def test_an_answer_in_pieces_and_between_keys(pieces: tuple[bytes, ...], opened: Open, wide: None) -> None:
    with opened(ESCDELAY="600000") as far:
        far.wait("1/27")
        for piece in pieces:
            far.type(piece)
            far.take()
        check_wide(far, "1/27")


def test_an_escape_that_was_taken_for_a_key_does_not_let_its_answer_be_typed(opened: Open, wide: None) -> None:
    with opened(ESCDELAY="1") as far:
        far.wait("1/27")
        far.type("/arms")
        far.wait("/ arms")
        far.type(b"\x1b")
        far.wait("1/27")
        far.type(b"[2;3R")
        check_wide(far, "1/27")


def test_of_a_narrow_answer_nothing_comes(opened: Open) -> None:
    with opened() as far:
        far.wait("1/27")
        before = len(far.sent)
        far.type(NARROW)
        far.take()
        far.type(WIDE)
        far.take()
        assert (far.read(0.3), len(far.sent)) == (b"", before)
        far.type("j")
        far.wait("╭─ 1 Article ──", until=lambda: far.text.rstrip().endswith("¶1"))


def test_garbage_is_no_answer_and_the_answer_still_counts(opened: Open, wide: None) -> None:
    with opened() as far:
        far.wait("1/27")
        before = len(far.sent)
        for garbage in (b"\x1b[2;9R", b"\x1b[1;3R", b"\x1b[0n", b"\x1b[?62c", b"\x1b[2R", b"\x1b[;R", b"\x1b[2;3;4R"):
            far.type(garbage)
            far.take()
        assert (far.read(0.3), len(far.sent)) == (b"", before)
        far.type(WIDE)
        check_wide(far, "1/27")
        before = len(far.sent)
        far.type(NARROW + WIDE)
        far.take()
        assert (far.read(0.3), len(far.sent)) == (b"", before)


def test_without_an_answer_every_key_counts(opened: Open) -> None:
    with opened() as far:
        far.wait("1/27")
        far.type("/arms")
        far.wait("/ arms")
        far.type(b"\x1b")
        far.wait("1/27")
        far.type("q")
        assert far.status() == 0
        assert far.sent.count(ASKED) == 1


@pytest.mark.parametrize(
    ("words", "settings", "environment"),
    [
        ((), "probe = false", {}),
        ((), "ambiguous = 1", {}),
        ((), "ambiguous = 2", {}),
        (("--ascii",), "", {}),
        ((), "ascii = true", {}),
        ((), "", {"TERM": "tmux-256color"}),
        ((), "", {"TERM": "linux"}),
        ((), "", {"TERM": "eterm-color"}),
        ((), "", {"LC_ALL": "C"}),
    ],
)
def test_who_is_not_asked(
    words: tuple[str, ...], settings: str, environment: dict[str, str], opened: Open, wide: None
) -> None:
    with opened(*words, settings=settings, **environment) as far:
        far.wait("1/27")
        assert b"\x1b[6n" not in far.sent


def test_by_the_setting_the_first_picture_is_right(opened: Open, wide: None) -> None:
    with opened(settings="ambiguous = 2") as far:
        far.wait("1/27")
        assert far.sent.count(b"\x1b[2J") == 1
        far.type(b"\x0c")
        check_wide(far, "1/27")
