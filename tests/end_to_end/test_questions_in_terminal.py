"""The questions of the first picture on a terminal that answers at once, late, in pieces, or never."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import emulator
import pyte
import pytest
from ptys import Line, line, python
from reader import NATO
from wcwidth import wcwidth

from dossier.terminal.questions import QUESTIONS

PROGRAM = python("-m", "dossier", "--fresh")
ASKED = QUESTIONS.encode()
WIDE, NARROW = b"\x1b[2;3R", b"\x1b[2;2R"
MARGINS = b"\x1b[?69;2$y"
PUTTY, XTERM = b"\x1b[>0;136;0c", b"\x1b[>41;412;0c"
ARABIC = """headline: توقيع اتفاق في الميناء
body: |
  قال الوزير محمد علي إن الاتفاق مهم. Port Arlen said so.

  A line of English alone.
people: [{id: ali, name: محمد علي, role: وزير}]
"""
BORDER = "+- 1 Article ---"
Open = Callable[..., AbstractContextManager[Line]]


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    """Return a function that opens the bundled article, with the lines of a settings file."""

    @contextmanager
    def open_article(*words: str, settings: str = "", article: Path = NATO, **environment: str) -> Iterator[Line]:
        folder = tmp_path / "config" / "dossier"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.toml").write_text(settings, "utf-8")
        environment = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config"), **environment}
        with line([*PROGRAM, str(article), *words], 100, 30, **environment) as far:
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


def test_after_another_size_nothing_is_asked_again(opened: Open) -> None:
    with opened() as far:
        far.wait("1/27")
        far.resize(90, 26)
        far.wait("1/27", until=lambda: far.sent.count(b"\x1b[2J") > 1)
        assert far.sent.count(ASKED) == 1
        first = far.sent.index(ASKED)
        assert far.sent.index(b"\x1b[2J") > first
        far.type("q")
        assert far.status() == 0


def step(far: Line) -> None:
    """Press j, and wait for what is sent then."""
    before = len(far.sent)
    far.type("j")
    far.wait(until=lambda: len(far.sent) > before)


def test_where_there_are_margins_the_text_is_scrolled_alone(opened: Open) -> None:
    with opened() as far:
        far.wait("1/27")
        far.type(MARGINS + NARROW)
        far.take()
        # One step after the other: of several at once, only the last picture is sent.
        for _ in range(26):
            step(far)
        far.wait("Still to come", until=lambda: b"\x1b[?69h" in far.sent)
        far.read(0.3)
        shown = far.text
        assert far.sent.count(b"\x1b[?69h") == far.sent.count(b"\x1b[?69l")
        far.type(b"\x0c")
        far.wait(until=lambda: far.sent.count(b"\x1b[2J") > 1)
        far.read(0.3)
        assert far.text == shown
        far.type("q")
        assert far.status() == 0
        assert b"\x1b[?69l" in far.sent[-80:]


@pytest.mark.parametrize("answer", [b"", b"\x1b[?69;0$y", b"\x1b[?69;4$y", b"\x1b[?68;2$y"])
def test_without_the_answer_there_are_no_margins(answer: bytes, opened: Open) -> None:
    with opened() as far:
        far.wait("1/27")
        far.type(answer + NARROW)
        far.take()
        for _ in range(26):
            far.type("j")
            far.take()
        far.wait("Still to come")
        far.type("q")
        assert far.status() == 0
        assert b"\x1b[?69h" not in far.sent


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


@pytest.fixture
def arabic(tmp_path: Path) -> Path:
    """Return the file of an article with lines of right-to-left text."""
    path = tmp_path / "arabic.yaml"
    path.write_text(ARABIC, "utf-8")
    return path


def draw_named(opened: Open, *words: str, **options: Any) -> str:
    """Return the picture that a terminal gets which says by its name that it is PuTTY."""
    with opened(*words, TERM="putty", **options) as far:
        return far.wait("1/3", until=lambda: far.has_come(ASKED) and far.sent.count(b"\x1b[2J") > 0)


@pytest.mark.parametrize(
    "pieces",
    [(PUTTY + NARROW,), (PUTTY,), (b"\x1b[>0;", b"136;0c"), (b"\x1b", b"[>0;136;0", b"c\x1b[2;", b"2R")],
    ids=str,
)
@pytest.mark.parametrize("is_late", [False, True])
def test_once_it_says_so_rows_are_as_putty_needs_them(
    is_late: bool, pieces: tuple[bytes, ...], opened: Open, arabic: Path
) -> None:
    wanted = draw_named(opened, article=arabic)
    assert "ǀ" in wanted
    with opened(article=arabic, ESCDELAY="600000") as far:
        before = far.wait(
            "1/3", until=lambda: far.has_come(ASKED) and (not is_late or far.sent.endswith(b"\x1b[?2026l"))
        )
        assert "ǀ" not in before
        if is_late:
            far.type("?")
            far.wait("Help")
            far.type(b"q")
            far.wait("1/3")
        for piece in pieces:
            far.type(piece)
            far.take()
        far.wait("ǀ", until=lambda: far.text == wanted)
        # Only what differs has been sent.
        assert far.sent.count(b"\x1b[2J") == 1
        far.type(b"\x0c")
        far.wait(until=lambda: far.sent.count(b"\x1b[2J") == 2)
        assert far.text == wanted
        far.type("q")
        assert far.status() == 0


@pytest.mark.parametrize("answers", [XTERM + NARROW, b"\x1b[?6c" + NARROW, b"\x1b[>0;136;1c"])
def test_no_other_terminal_is_taken_for_putty(answers: bytes, opened: Open, arabic: Path) -> None:
    with opened(article=arabic) as far:
        far.wait("1/3")
        before = len(far.sent)
        far.type(answers)
        far.take()
        assert (far.read(0.3), len(far.sent)) == (b"", before)
        far.type("j")
        far.wait("¶1")
        assert "ǀ" not in far.text


def test_a_reader_who_is_not_to_be_asked_gets_the_usual_rows(opened: Open, arabic: Path) -> None:
    with opened(article=arabic, settings="probe = false") as far:
        far.wait("1/3")
        assert b"\x1b[>c" not in far.sent
        far.type(PUTTY)
        far.take()
        far.read(0.3)
        assert "ǀ" not in far.text


def test_a_reader_of_ascii_signs_is_asked_all_the_same(opened: Open, arabic: Path) -> None:
    with opened("--ascii", article=arabic) as far:
        far.wait("1/3", until=lambda: far.has_come(ASKED))
        far.type(PUTTY + NARROW)
        far.wait("ǀ")
