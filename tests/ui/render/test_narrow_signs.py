"""Tests that the signs of the program are narrow in every terminal, and that nothing else is replaced."""

from collections.abc import Iterator
from unicodedata import east_asian_width

import pytest
from rooms import plain

from dossier.text.ambiguous_width import NARROWED_SIGNS, use_ambiguous_width
from dossier.text.width import width
from dossier.ui.render.ascii import to_ascii_line
from dossier.ui.render.entry_style import EntryLook, make_marker
from dossier.ui.render.flow import Piece
from dossier.ui.render.narrow_signs import choose_one_cell_sign, to_narrow_line


@pytest.fixture
def wide() -> Iterator[None]:
    use_ambiguous_width(2)
    yield
    use_ambiguous_width(1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("╭ 1 Article ──╮│▌◷ 12│├┤┬┴┼╰╯━┃", "+ 1 Article --+|>◷ 12|+++++++-|"),
        ("● ○ ? ¬ ▪ ▸ ✗ ❝ › ⚑ ✎ ▏", "* o ? ¬ # ▸ ✗ ❝ › ⚑ ✎ |"),
        ("▁▂▃▄▅▆▇█ ░▒▓ ▀", "_.:-=+*# ░░░ *"),
        ("■□▲▼▶◀◆◎◯★", "#o^v▸◂◊oo★"),
        ("“so” — ‘it’ … · ¶ → ≈ × ° • Привет 한", "“so” — ‘it’ … · ¶ → ≈ × ° • Привет 한"),
    ],
)
def test_what_stands_for_what(text: str, expected: str, wide: None) -> None:
    assert plain(to_narrow_line((Piece(text),))) == expected


def test_nothing_is_replaced_where_ambiguous_characters_are_narrow() -> None:
    line = (Piece("╭─ ● “so” …", "title"),)
    assert to_narrow_line(line) is line
    assert choose_one_cell_sign("•") == "•"


def test_every_sign_keeps_the_one_cell_that_it_is_measured(wide: None) -> None:
    for sign in NARROWED_SIGNS:
        sent = plain(to_narrow_line((Piece(sign),)))
        assert (width(sign), width(sent), len(sent)) == (1, 1, 1)
        assert east_asian_width(sent) != "A"


def test_styles_and_links_stay(wide: None) -> None:
    assert to_narrow_line((Piece("│", "frame", (1,)), Piece("a", "b"))) == (Piece("|", "frame", (1,)), Piece("a", "b"))


def test_the_margin_has_one_cell(wide: None) -> None:
    marker = make_marker(EntryLook(), 0, lit=True)
    assert (marker.text, width(marker.text)) == ("*", 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("so … – “it” ‘is’ ¶2", "so .. -- \"it\"  'is'  # 2"),
        ("│ ● ▁", "| * _"),
        ("Привет", "Привет"),
    ],
)
def test_ascii_signs_fill_the_cells_of_what_they_replace(text: str, expected: str, wide: None) -> None:
    line = (Piece(text),)
    assert width(plain(to_ascii_line(line))) == width(text)
    assert plain(to_ascii_line(line)).split() == expected.split()
