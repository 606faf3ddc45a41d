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

from dossier.core.query import parse
from dossier.core.views.labels import FORM_GLYPHS, STATUS_GLYPHS
from dossier.core.views.problem_marks import MARKS
from dossier.text.sanitize import safe
from dossier.ui.chrome import foot_line, head, rule, tabs, title
from dossier.ui.find_filter import pinned
from dossier.ui.linked_strip import strip
from dossier.ui.navigation import searched
from dossier.ui.popup_lists import cards, findings
from dossier.ui.render.ascii import ascii
from dossier.ui.render.bidi import MARK, closed
from dossier.ui.render.draw import draw
from dossier.ui.render.entry_style import CURSOR, LIT
from dossier.ui.render.flow import Line, Piece, line_width
from dossier.ui.state import State, focused, lit, look, opened

ROOT = Path(__file__).parents[3]
SOURCES = sorted((ROOT / "dossier").rglob("*.py"))


def said(text: str) -> str:
    return plain(ascii((Piece(text),)))


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


def test_styles_and_links_stay() -> None:
    line = (Piece("▌", "cursor"), Piece("plain", "body", (1,)), Piece("“é”", "said lit", (0, 2)))
    assert ascii(line) == (Piece(">", "cursor"), Piece("plain", "body", (1,)), Piece('"é"', "said lit", (0, 2)))


def test_a_line_in_ascii_is_the_same_line() -> None:
    line = (Piece("plain", "body"), Piece(" ", "x"))
    assert ascii(line) is line


@given(st.lists(st.text(max_size=6) | st.text(alphabet="─│“”…·é한\u0301\u200e▌\u00a0", max_size=6), max_size=4))
def test_a_line_keeps_its_width(texts: list[str]) -> None:
    line = tuple(Piece(safe(text)) for text in texts)
    assert line_width(ascii(line)) == line_width(line)
    assert [len(piece.text) for piece in ascii(line)] == [len(piece.text) for piece in line]


@pytest.mark.parametrize(
    "signs",
    [{CURSOR, LIT, *MARKS.values(), " "}, {*FORM_GLYPHS.values(), "◷"}, {*STATUS_GLYPHS.values()}, set("▁▂▃▄▅▆▇█ ")],
    ids=["marker", "gutter", "status", "histogram"],
)
def test_signs_of_one_column_stay_apart(signs: set[str]) -> None:
    assert len({said(sign) for sign in signs}) == len(signs)


def test_right_to_left_runs_stay_closed() -> None:
    line = closed((Piece("│ שלום │ 12 שלום │"),))
    assert plain(ascii(line)) == f"| {MARK}שלום{MARK} | 12 שלום{MARK} |"


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
    left = foreign("".join(plain(ascii(line)) for line in drawn))
    assert left <= {char for char in foreign(safe(path.read_text("utf-8"))) if said(char) == char}
    assert foreign("".join(map(plain, drawn))) > left


def states(path: Path) -> Iterator[State]:
    """Yield states of the open article: as opened, with a query, and in each pane with the cursor and a pin."""
    state = sized(opened(stored(path), ()), 60, 500)
    yield state
    yield searched(state, parse("a"))
    for name in state.panes:
        there = focused(state, name)
        yield from (there, pinned(there))


def lines(state: State) -> Iterator[Line]:
    shining = lit(state)
    for name, pane in state.panes.items():
        for cells in (60, 20):
            resized = pane.resized(cells, 500)
            yield from resized.lines(lambda row, shown=resized: look(state, shown, row, shining, {}))  # type: ignore[misc]
        yield (Piece(title(state, name, 60)),)
    yield from (head(state, 100), head(state, 40), tabs(state, 60), rule(state, 60), *strip(state, 80, 5))
    yield from (
        foot_line(state, "", (("⏎", "follow"), ("?", "help")), 80),
        foot_line(state, "said …", (), 30, alone=True),
    )
    for entry in (*cards(state), *findings(state)):
        yield from draw(entry, None, 60).lines
