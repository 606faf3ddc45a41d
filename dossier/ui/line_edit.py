"""A line being typed is a value, so that keys that arrive in one burst are taken strictly in order."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.text.sanitize import sanitize_text
from dossier.text.width import cut, iterate_clusters, width
from dossier.ui.render.flow import Line, Piece

MOST: Final = 1_000
"""Characters that a line has; every one of them is looked for again at every key."""


class LineEdit(NamedTuple):
    """The text, and the caret before its code point `caret`, which never parts a character from its marks."""

    text: str = ""
    caret: int = 0


def insert_text(line: LineEdit, text: str) -> LineEdit:
    """The line after `text` was typed or pasted at the caret, as far as there is room."""
    fresh = sanitize_text(text[:MOST])[: max(0, MOST - len(line.text))]
    return LineEdit(line.text[: line.caret] + fresh + line.text[line.caret :], line.caret + len(fresh))


def edit_line(line: LineEdit, key: str) -> LineEdit | None:
    """The line after an editing key, as most shells take it; None when the key edits nothing."""
    text, caret = line
    match key:
        case "backspace" | "ctrl+h":
            return LineEdit(text[: _before(line)] + text[caret:], _before(line))
        case "delete":
            return LineEdit(text[:caret] + text[_after(line) :], caret)
        case "left" | "ctrl+b":
            return LineEdit(text, _before(line))
        case "right" | "ctrl+f":
            return LineEdit(text, _after(line))
        case "home" | "ctrl+a":
            return LineEdit(text, 0)
        case "end" | "ctrl+e":
            return LineEdit(text, len(text))
        case "ctrl+u":
            return LineEdit(text[caret:], 0)
        case "ctrl+k":
            return LineEdit(text[:caret], caret)
        case "ctrl+w":
            kept = text[:caret].rstrip()
            start = kept.rfind(" ") + 1
            return LineEdit(text[:start] + text[caret:], start)
    return None


def draw_line_edit(sign: str, line: LineEdit, right: str, cells: int, wrong: Sequence[tuple[int, int]] = ()) -> Line:
    """The line as it is shown: the sign, the text with its caret, and at the right end what it finds.

    `wrong` are the code points (start, end) of what cannot be understood; they are marked.
    """
    sign = cut(sign, max(1, cells // 2))
    right = right if width(right) + 12 <= cells else ""
    room = max(2, cells - width(sign) - width(right) - 4)
    before, after = line.text[: line.caret], line.text[line.caret :]
    first = 0
    while width(before[first:]) >= room:
        first += next((end for _, end, _ in iterate_clusters(before[first:])), 1)
    under = after[: _after(LineEdit(after))] or " "
    rest = cut(after[len(under) :], max(0, room - width(before[first:]) - width(under)))
    marked = _marked(before[first:], first, wrong)
    pieces = (Piece(f" {sign} ", "key"), *marked, Piece(under, "caret"), *_marked(rest, line.caret + len(under), wrong))
    gap = max(1, cells - 1 - sum(width(piece.text) for piece in pieces) - width(right))
    return (*pieces, Piece(" " * gap), Piece(right, "where"))


def _marked(text: str, start: int, wrong: Sequence[tuple[int, int]]) -> Line:
    """The text, which begins at the code point `start` of the line, in runs of right and wrong."""
    bad = [any(begin <= start + at < end for begin, end in wrong) for at in range(len(text))]
    runs = groupby(range(len(text)), key=bad.__getitem__)
    return tuple(Piece("".join(text[at] for at in run), "flaw" if is_bad else "") for is_bad, run in runs)


def _before(line: LineEdit) -> int:
    return max((start for start, _, _ in iterate_clusters(line.text[: line.caret])), default=0)


def _after(line: LineEdit) -> int:
    ends = (end for _, end, _ in iterate_clusters(line.text[line.caret :]))
    return line.caret + next(ends, 0)
