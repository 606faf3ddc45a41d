"""Hint labels, each before its link: over the blanks there, so that little moves when they appear."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from dossier.text.width import cut, width
from dossier.ui.render.flow import Line, Piece, measure_line

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
    """Return the lines with each label before its link, and the label -1 before the words of the entry."""
    waiting = dict(letters)
    done = []
    for line in lines:
        pieces: list[Piece] = []
        for piece in line:
            # Where one link is inside another, its words get its own label: the outer link has one beside it.
            number = next((anchor for anchor in piece.anchors[-1:] if anchor in waiting and width(piece.text)), None)
            if number is not None:
                _add_label(pieces, waiting.pop(number), piece.anchors)
            pieces.append(piece)
        done.append(_without_extra_blanks(pieces, measure_line(pieces) - measure_line(line)))
    if -1 in waiting and done:
        done[0] = _label_start(done[0], waiting[-1])
    return tuple(done)


def clip_labelled_line(line: Line, cells: int) -> Line:
    """Return as much of the line as fits into `cells` cells, with every label: words before the last ones give way."""
    labels = sum(width(piece.text) for piece in line if piece.style == "hint")
    left, kept = cells, []
    for piece in line:
        labels -= width(piece.text) if piece.style == "hint" else 0
        if left > labels:
            text = cut(piece.text, left - labels)
            kept.append(piece._replace(text=text))
            left -= width(text)
    return tuple(kept)


def _add_label(pieces: list[Piece], label: str, anchors: tuple[int, ...]) -> None:
    """Add a label to the pieces before a link, in the place of the blanks at their end as far as there are any."""
    if pieces:
        words = pieces[-1].text
        blanks = min(len(words) - len(words.rstrip(" ")), len(label))
        pieces[-1] = pieces[-1]._replace(text=words[: len(words) - blanks])
    pieces.append(Piece(label, "hint", anchors))


def _without_extra_blanks(pieces: Sequence[Piece], extra: int) -> Line:
    """Return the pieces without `extra` blanks after the last label, where two or more are side by side."""
    kept: list[Piece] = []
    for piece in reversed(pieces):
        text = piece.text
        while extra > 0 and "  " in text and piece.style != "hint":
            text, extra = text[::-1].replace("  ", " ", 1)[::-1], extra - 1
        kept.append(piece._replace(text=text))
        extra = 0 if piece.style == "hint" else extra
    return tuple(reversed(kept))


def _label_start(line: Line, label: str) -> Line:
    for number, piece in enumerate(line):
        if piece.text.strip() and piece.style not in ("cursor", "lit"):
            pieces = list(line[:number])
            _add_label(pieces, label, piece.anchors)
            pieces += line[number:]
            return _without_extra_blanks(pieces, measure_line(pieces) - measure_line(line))
    return line
