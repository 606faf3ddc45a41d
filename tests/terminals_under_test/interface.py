"""What a walk needs of a terminal: to run a program, to send keys, to change its size, and to tell its own grid."""

import shutil
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from dossier.text.width import iterate_clusters

Cells = tuple[str, ...]
"""The texts of the cells of a row; that of the second cell of a wide character is empty."""


class TerminalUnderTest(ABC):
    """A terminal that shows one program at a time.

    `folder` is an empty one for sockets and the like, with a short path. `widths` are the cells that this terminal
    gives to a text at the left edge. They are asked of the terminal itself before the walk, and tell the columns of a
    row that the terminal gives as text only.
    """

    name: ClassVar[str]
    """Its name in the table, such as "GNU screen"."""
    programs: ClassVar[tuple[str, ...]]
    """What it needs on the path. $DOSSIER_NEEDS has the first of them where its tests must not be skipped."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.widths: Mapping[str, int] = {}

    @property
    def ruler(self) -> "TerminalUnderTest":
        """The terminal that is asked for `widths`: the one whose grid is told."""
        return self

    @classmethod
    def is_installed(cls) -> bool:
        """Return whether all that it needs is on this machine."""
        return all(shutil.which(program) for program in cls.programs)

    @abstractmethod
    def start(self, command: Sequence[str], columns: int, rows: int, environ: Mapping[str, str]) -> None:
        """Run `command` on a screen of `columns` by `rows`. It gets `environ`, with what the terminal itself sets.

        `environ` has PATH, HOME and a UTF-8 locale, but not TERM. This may be called again after `stop`.
        """

    @abstractmethod
    def press(self, key: str) -> None:
        """Press one key, given by what xterm sends for it, such as "j" or "\\x1b[Z" for Shift+Tab."""

    @abstractmethod
    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the screen of the program."""

    @abstractmethod
    def rows(self) -> tuple[str, ...]:
        """Return the text of every row of the grid as it is now, from the first row to the last."""

    def cells(self) -> tuple[Cells, ...]:
        """Return the cells of every row as they are now.

        A terminal that tells its cells does so here. For others they are found by `widths`.
        """
        return tuple(place_text(row, self.widths) for row in self.rows())

    @abstractmethod
    def stop(self) -> None:
        """End the program and the terminal, if they still run."""

    @abstractmethod
    def version(self) -> str:
        """Return its version in a few characters, such as "3.3a"."""


def place_text(text: str, widths: Mapping[str, int]) -> Cells:
    """Return the cells that a terminal with these widths gives to the text of a row.

    A cluster whose width is not known has that of its code points, each one cell when it is not known either.
    """
    cells: list[str] = []
    for start, end, _ in iterate_clusters(text):
        cluster = text[start:end]
        for piece in [cluster] if cluster.isascii() or cluster in widths else cluster:
            taken = widths.get(piece, 1)
            if taken:
                cells += [piece, *[""] * (taken - 1)]
            elif cells:
                last = max(at for at, cell in enumerate(cells) if cell)
                cells[last] += piece
    return tuple(cells)
