"""Tests of right-to-left text in terminals that reorder each row: what is beside it stays in its columns."""

import random
from collections.abc import Callable, Iterator

import pytest
from emulator import MendedPyte, without_look
from hypothesis import given, settings
from hypothesis import strategies as st
from reordering import GUESSING, PUTTY, VTE, Reordering, check_order
from rooms import made

from dossier.terminal.capabilities import Capabilities
from dossier.terminal.diff import encode_difference
from dossier.terminal.frame import Frame, make_frame, make_row
from dossier.terminal.style import BOLD, PLAIN, Style
from dossier.text.width import fit
from dossier.ui.actions import ACTIONS
from dossier.ui.layout import Screen, fit_panes
from dossier.ui.render.bidi import add_direction_marks, draw_letter_borders
from dossier.ui.render.flow import Line, Piece
from dossier.ui.state import open_article_state
from dossier.ui.view import ScreenRenderer, View

Finish = Callable[[Line], Line]

TRUE = Capabilities(colours=1 << 24)
ARTICLE = """
id: mixed
headline: שלום עולם, כותרת
outlet: العربي
published: 2023-01-29
body:
  - Then came שלום 1️⃣1️⃣ and more (שלום) [12] «עולם» at 12:30 שלום, 5%, and x.
  - קוראים בעיתון על השלום בנמל ועל 12-13 אנשים (עולם) ועוד 45% "מכאן" - ומשם.
  - قال الوزير محمد علي إن الاتفاق مهم ۱۴۰۲ و12,5. Port Arlen said so.
  - می‌خواهم کتاب‌ها را بخوانم and English after it | bar
  - Plain words with nothing else, so that rows differ, and more of them.
  - 🇰🇷 שָׁלוֹם לְכֻלָּם 👍🏽 and 北京 שלום 서울 17 עולם 18.
people:
  cohen: {name: שלום כהן, role: "שר החוץ 12", aliases: [שלום]}
  ali: {name: محمد علي, role: وزير}
  jo: {name: Jo Holt, native: שלום 3}
quotes:
  - {id: q1, speaker: ali, form: indirect, text: إن الاتفاق مهم, at: p3}
  - {id: q2, speaker: cohen, form: indirect, text: "(עולם) ועוד 45%", at: p2}
timeline:
  - {date: 2020-03, what: שלום 1️⃣1️⃣, at: p1}
  - {date: 2021-03, what: קוראים בעיתון, at: p2}
  - {date: 2022-03, what: "(עולם)", at: p2}
"""
SIZES = [(100, 30), (160, 40), (80, 24), (60, 20), (41, 13), (123, 17)]
WAYS = [
    pytest.param(VTE, add_direction_marks, id="vte"),
    pytest.param(GUESSING, add_direction_marks, id="guessing"),
    pytest.param(PUTTY, draw_letter_borders, id="putty"),
]
PANE = 24
WORDS = (
    *("שלום", "عربي", "۱۲", "שָׁלוֹם", "می\u200cخواهم", "12", "3.5", "45%", "$", "ab", "é", "北京", "1️⃣", "👍🏽", "🇰🇷"),
    *("(", ")", "[", "]", "-", ":", ".", ",", "“", "”", "…", "·", " ", " ", "  "),
)
FIELDS = st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map("".join), min_size=1, max_size=3)


def frames(size: tuple[int, int], finish: Finish) -> Iterator[Frame]:
    """Yield the pictures of a walk with random commands."""
    chance, screen, state = random.Random(size[0]), Screen(*size), open_article_state(made(ARTICLE, "mixed"), ())
    for _ in range(25):
        state = fit_panes(state, screen)
        lines = ScreenRenderer().lines(state, View(screen, (("j/k", "line"), ("?", "help"))))
        runs = (((one.text, Style(attributes=BOLD if one.style else 0)) for one in finish(line)) for line in lines)
        yield make_frame(runs, *size)
        state = ACTIONS[chance.choice(sorted(ACTIONS))](state).state


def cells_after(terminal: MendedPyte, before: Frame | None, after: Frame) -> list[list[str]]:
    terminal.take("\x1b[?7l" + encode_difference(before, after, TRUE))
    return without_look(terminal.cells())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("way", "finish"), WAYS)
def test_every_pane_keeps_its_text(size: tuple[int, int], way: Reordering, finish: Finish) -> None:
    terminal, before = MendedPyte(*size), None
    for after in frames(size, finish):
        rows = cells_after(terminal, before, after)
        for row in rows:
            check_order(row, way)
        assert list(map(way.show, rows)) == list(map(way.show, cells_after(MendedPyte(*size), None, after)))
        before = after


@pytest.mark.parametrize(
    ("way", "finish", "seen"),
    [
        pytest.param(VTE, tuple, "│םלוע 12││                  םולש               │", id="vte"),
        pytest.param(PUTTY, tuple, "│               םלוע 12││                  םולש│", id="putty"),
        pytest.param(PUTTY, add_direction_marks, "│               םלוע 12││                  םולש│", id="putty-marks"),
    ],
)
def test_the_model_mixes_panes_without(way: Reordering, finish: Finish, seen: str) -> None:
    line = panes(["שלום", "12 עולם"])
    row = [text for text, _ in make_row([(piece.text, PLAIN) for piece in finish(line)], 2 * PANE)]
    assert way.show(row) == seen
    with pytest.raises(AssertionError):
        check_order(row, way)


def panes(fields: list[str]) -> Line:
    """Return a row of panes side by side."""
    return tuple(Piece(text) for field in fields for text in ("│", fit(field, PANE - 3), " │"))


@pytest.mark.parametrize(("way", "finish"), WAYS)
@settings(max_examples=100, deadline=None)
@given(FIELDS)
def test_text_stays_between_its_borders(way: Reordering, finish: Finish, fields: list[str]) -> None:
    line = panes(fields)
    row = make_row([(piece.text, PLAIN) for piece in finish(line)], PANE * len(fields))
    check_order([text for text, _ in row], way)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The row begins with a letter of the left-to-right scripts.
        (" שלום   plain", "ǀשלום   plain"),
        ("▌ שלום", "▌ǀשלום"),
        # Both borders beside right-to-left text are such letters, and no others.
        ("│ שלום  ││ ab │", "ǀ שלום  ǀ│ ab │"),
        ("│ ab  ││ שלום │", "│ ab  │ǀ שלום ǀ"),
        ("╭ שלום ─╮│ ab │", "ǀ שלום ─ǀ│ ab │"),
        ("│ שלום │╰─ ab ─╯", "ǀ שלום ǀ╰─ ab ─╯"),
        ("ab שלום │ ab", "ab שלום ǀ ab"),
        # Two fields that would change places.
        ("a שלום  9 mentions", "a שלום ǀ9 mentions"),
        ("a שלום    עולם", "a שלום ǀ  עולם"),
        ("a שלום    · 9", "a שלום ǀ  · 9"),
        ("a שלום    plain", "a שלום    plain"),
        ("a 12    שלום", "a 12    שלום"),
        # There is no room for one.
        ("שלום  plain", "שלום  plain"),
        ("│ plain │", "│ plain │"),
        ("│ “北京” │", "│ “北京” │"),
    ],
)
def test_letters_for_borders(text: str, expected: str) -> None:
    for line in ((Piece(text, "a", (1,)),), (Piece(text[:3], "a"), Piece(""), Piece(text[3:], "b"))):
        found = draw_letter_borders(line)
        assert "".join(piece.text for piece in found) == expected
        assert [piece[1:] for piece in found] == [piece[1:] for piece in line]
