"""Tests that every sign of the program has an ASCII form of the same width, and that letters stay."""

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rooms import FILES, plain, sized, stored

from dossier.core.query import parse_terms
from dossier.core.views.labels import FORM_GLYPHS, MARKS, STATUS_GLYPHS
from dossier.text.sanitize import sanitize_text
from dossier.ui.chrome import foot_line, head_line, pane_title, rule_line, tabs_line
from dossier.ui.find_filter import toggle_pin
from dossier.ui.linked_strip import strip_lines
from dossier.ui.navigation import find_text
from dossier.ui.pane_lines import entry_look
from dossier.ui.popup_lists import card_rows, problem_rows
from dossier.ui.render.ascii import to_ascii_line, to_ascii_text
from dossier.ui.render.bidi import DIRECTION_MARK, add_direction_marks
from dossier.ui.render.draw import draw_entry
from dossier.ui.render.entry_style import CURSOR_SIGN, HIGHLIGHT_SIGN
from dossier.ui.render.flow import Line, Piece, measure_line
from dossier.ui.state import State, focus_pane, lit_refs, open_article_state

ROOT = Path(__file__).parents[3]
IN_FILES_ALONE = "html_text.py"
"""The module whose signs are in exported pages, and never on a screen."""
SOURCES = sorted(path for path in (ROOT / "dossier").rglob("*.py") if path.name != IN_FILES_ALONE)


def said(text: str) -> str:
    return plain(to_ascii_line((Piece(text),)))


def foreign(text: str) -> set[str]:
    return {char for char in text if not char.isascii()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("╭ 1 Article ──╮│▌•❝◷ 12│├┤┬┴┼╰╯", '+ 1 Article --+|>*"@ 12|+++++++'),
        ("National › Defense · 3 of 27", "National > Defense - 3 of 27"),
        ("▸ “arms” 37 ▸ ¶2 ✗ 1 error", '> "arms" 37 > #2 x 1 error'),
        ("▁▂▃▄▅▆▇█", "_.:-=+*#"),
        ("● ○ ? ¬ ▪ ≈ ↑↓ ▏", "* o ? ! # ~ ^v |"),
        ("cut … – a dash — “so”, ‘so’, «so»", 'cut . - a dash - "so", \'so\', "so"'),
        ("a\u00a0b\u2009c\u202fd", "a b c d"),
        ("\ufffd\u241b\u2421", "???"),
        ("Zoë Łukasz 한서진 Юрий שלום naïve €5", "Zoë Łukasz 한서진 Юрий שלום naïve €5"),
        ("「東京」、", "「東京」、"),
    ],
)
def test_what_stands_for_what(text: str, expected: str) -> None:
    assert said(text) == expected


def test_text_in_no_columns_has_three_full_stops() -> None:
    assert to_ascii_text("p1, p2 … are “so”, in Żary") == 'p1, p2 ... are "so", in Żary'


def test_styles_and_links_stay() -> None:
    line = (Piece("▌", "cursor"), Piece("plain", "body", (1,)), Piece("“é”", "said lit", (0, 2)))
    assert to_ascii_line(line) == (Piece(">", "cursor"), Piece("plain", "body", (1,)), Piece('"é"', "said lit", (0, 2)))


def test_a_line_in_ascii_is_the_same_line() -> None:
    line = (Piece("plain", "body"), Piece(" ", "x"))
    assert to_ascii_line(line) is line


@given(st.lists(st.text(max_size=6) | st.text(alphabet="─│“”…·é한\u0301\u200e▌\u00a0", max_size=6), max_size=4))
def test_a_line_keeps_its_width(texts: list[str]) -> None:
    line = tuple(Piece(sanitize_text(text)) for text in texts)
    assert measure_line(to_ascii_line(line)) == measure_line(line)
    assert [len(piece.text) for piece in to_ascii_line(line)] == [len(piece.text) for piece in line]


@pytest.mark.parametrize(
    "signs",
    [
        {CURSOR_SIGN, HIGHLIGHT_SIGN, *MARKS.values(), " "},
        {*FORM_GLYPHS.values(), "◷"},
        {*STATUS_GLYPHS.values()},
        set("▁▂▃▄▅▆▇█ "),
    ],
    ids=["marker", "gutter", "status", "histogram"],
)
def test_signs_of_one_column_stay_apart(signs: set[str]) -> None:
    assert len({said(sign) for sign in signs}) == len(signs)


def test_right_to_left_runs_stay_closed() -> None:
    line = add_direction_marks((Piece("│ שלום │ 12 שלום │"),))
    assert plain(to_ascii_line(line)) == f"| {DIRECTION_MARK}שלום{DIRECTION_MARK} | 12 שלום{DIRECTION_MARK} |"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sign_is_forgotten(path: Path) -> None:
    """All signs in the strings of the program, apart from docstrings, are replaced."""
    assert foreign("".join(said(text) for text in strings(path))) == set()


def strings(path: Path) -> Iterator[str]:
    source = path.read_text("utf-8")
    told = {node.lineno for node in documentation(ast.parse(source))}
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.STRING and token.start[0] not in told:
            yield "".join(char for char in token.string if not char.isalpha())


def documentation(tree: ast.AST) -> Iterator[ast.Expr]:
    """Yield the strings that are statements of their own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_on_the_screens_of_an_article_only_its_own_letters_are_left(path: Path) -> None:
    drawn = {line for state in states(path) for line in lines(state)}
    left = foreign("".join(plain(to_ascii_line(line)) for line in drawn))
    assert left <= {char for char in foreign(sanitize_text(path.read_text("utf-8"))) if said(char) == char}
    assert foreign("".join(map(plain, drawn))) > left


def states(path: Path) -> Iterator[State]:
    """Yield states of the open article: as opened, with a query, and in each pane with the cursor and a pin."""
    state = sized(open_article_state(stored(path), ()), 60, 500)
    yield state
    yield find_text(state, parse_terms("a"))
    for name in state.panes:
        there = focus_pane(state, name)
        yield from (there, toggle_pin(there))


def lines(state: State) -> Iterator[Line]:
    shining = lit_refs(state)
    for name, pane in state.panes.items():
        for cells in (60, 20):
            resized = pane.resize(cells, 500)
            yield from resized.lines(lambda row, shown=resized: entry_look(state, shown, row, shining, {}))  # type: ignore[misc]
        yield (Piece(pane_title(state, name, 60)),)
    yield from (
        head_line(state, 100),
        head_line(state, 40),
        tabs_line(state, 60),
        rule_line(state, 60),
        *strip_lines(state, 80, 5),
    )
    yield from (
        foot_line(state, "", (("⏎", "follow"), ("?", "help")), 80),
        foot_line(state, "said …", (), 30, alone=True),
    )
    for entry in (*card_rows(state), *problem_rows(state)):
        yield from draw_entry(entry, None, 60).lines
