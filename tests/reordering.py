"""Model of terminals that reorder each row by the Unicode bidirectional algorithm, for tests of what they then show."""

import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from bidi import get_display  # type: ignore[import-untyped]
from emulator import MendedPyte

MARKS: Final = "\u200e\u200f\u061c"
BORDERS: Final = "│ǀ"
_SECOND: Final = "\uffff"
"""Stands for the second cell of a wide character."""


class Reordering(NamedTuple):
    """How a terminal reorders: whether it keeps the marks of direction, and the direction of its rows.

    `direction` is "L" where rows are left-to-right, or None where the first letter of a row decides.
    """

    keeps_marks: bool
    direction: str | None

    def show(self, cells: Sequence[str]) -> str:
        """Return a row of cells as it stands on the screen, one base character for each column."""
        bases = find_bases(cells)
        wide = {base for base, after in pairwise(bases) if after == _SECOND}
        text = "".join(base + self._kept(cell) for base, cell in zip(bases, cells, strict=True) if base != _SECOND)
        made = get_display(text, base_dir=self.direction)
        assert isinstance(made, str)
        return "".join(char + _SECOND * (char in wide) for char in made if char not in MARKS)

    def _kept(self, cell: str) -> str:
        return "".join(char for char in cell[1:] if self.keeps_marks and char in MARKS)


def find_bases(cells: Sequence[str]) -> str:
    """Return the base character of each cell; the digit of a keycap is a full-width one."""
    after = (*cells[1:], " ")
    return "".join(
        (chr(ord(cell[0]) + 0xFEE0) if cell[0] < "~" and not other else cell[0]) if cell else _SECOND
        for cell, other in zip(cells, after, strict=True)
    )


VTE: Final = Reordering(keeps_marks=True, direction="L")
GUESSING: Final = Reordering(keeps_marks=True, direction=None)
PUTTY: Final = Reordering(keeps_marks=False, direction=None)


class MarkingPyte(MendedPyte):
    """A terminal in which each mark of direction, and the joiner of Persian, takes a cell."""

    def draw(self, data: str) -> None:
        super().draw("".join("_" if char in MARKS + "\u200c" else char for char in data))


def check_order(cells: Sequence[str], terminal: Reordering) -> None:
    """Check that borders and left-to-right letters stand in their columns, and all other text between its borders."""
    meant, seen = find_bases(cells), terminal.show(cells)
    assert len(seen) == len(meant)
    still = [at for at, char in enumerate(meant) if char in BORDERS or unicodedata.bidirectional(char) == "L"]
    assert [seen[at] for at in still] == [meant[at] for at in still], f"{meant}\n{seen}"
    edges = [-1, *(at for at, char in enumerate(meant) if char in BORDERS), len(meant)]
    for before, after in pairwise(edges):
        assert sorted(seen[before + 1 : after]) == sorted(meant[before + 1 : after]), f"{meant}\n{seen}"
