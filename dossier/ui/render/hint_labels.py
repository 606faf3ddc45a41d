"""Hint labels, laid over the first cells of their links so that nothing moves when they appear."""

from collections.abc import Iterator, Mapping
from itertools import product

from dossier.text.width import iterate_clusters, width
from dossier.ui.render.flow import Line, Piece

HINT_LETTERS = "asdfghjklqwertyuiopzxcvbnm"


def make_hint_labels(count: int) -> Iterator[str]:
    """Yield `count` labels of the same length, so that none is the beginning of another.

    Keys of the home row come first.
    """
    length = 1
    while len(HINT_LETTERS) ** length < count:
        length += 1
    for number, letters in enumerate(product(HINT_LETTERS, repeat=length)):
        if number == count:
            return
        yield "".join(letters)


def overlay_hint_labels(lines: tuple[Line, ...], letters: Mapping[int, str]) -> tuple[Line, ...]:
    """Return the lines with each label over the beginning of its link, and the label -1 over that of the entry."""
    waiting = dict(letters)
    done = []
    for line in lines:
        pieces: list[Piece] = []
        for piece in line:
            # Where one link is inside another, its words get its own label: the outer link has one beside it.
            number = next((anchor for anchor in piece.anchors[-1:] if anchor in waiting and width(piece.text)), None)
            pieces += _overlay(piece, waiting.pop(number)) if number is not None else (piece,)
        done.append(tuple(pieces))
    if -1 in waiting and done:
        done[0] = _overlay_start(done[0], waiting[-1])
    return tuple(done)


def _overlay(piece: Piece, label: str) -> tuple[Piece, ...]:
    cut = taken = 0
    for _start, end, cells in iterate_clusters(piece.text):
        if taken >= len(label):
            break
        cut, taken = end, taken + cells
    return Piece(label[:taken].ljust(taken), "hint", piece.anchors), piece._replace(text=piece.text[cut:])


def _overlay_start(line: Line, label: str) -> Line:
    for number, piece in enumerate(line):
        if piece.text.strip() and piece.style not in ("cursor", "lit"):
            return (*line[:number], *_overlay(piece, label), *line[number + 1 :])
    return line
