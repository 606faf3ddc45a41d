"""A line that is being typed, as an immutable value.

Each key makes a new value from the last one, so keys that arrive in one burst are handled strictly in order.

A terminal sends a letter and its combining marks as one key each. So what is typed is made safe together with the line
it is typed into: a mark by itself would be replaced, and the word never found.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.text.sanitize import sanitize_text
from dossier.text.width import cut, find_inner_offsets, iterate_clusters, width
from dossier.ui.render.flow import Line, Piece

MOST: Final = 1_000
"""The most characters in a line: all of them are searched for again at every key press."""
_INVISIBLE: Final = frozenset("\u061c\u200b\u200c\u200d\u200e\u200f")
"""Joiners, direction marks and the zero width space: keyboards have them, and words are written with them."""


ALT_KEYS: Final = {"alt+b": "b", "alt+f": "f"}
"""The keys of a line that a terminal sends as Esc and a letter, each with that letter."""
DELETING: Final = ("backspace", "ctrl+h", "delete", "ctrl+d", "ctrl+u", "ctrl+w")
"""The keys that delete a line that is selected."""


class LineEdit(NamedTuple):
    """The text of a line and its caret, which stands before the character at the 0-based offset `caret`.

    No key moves the caret between a character and its combining marks.
    """

    text: str = ""
    caret: int = 0


def types_text(character: str) -> bool:
    """Return whether the character of a key is text for a line: no control character, and not empty.

    Combining marks, joiners and spaces of every kind are text.
    """
    return bool(character) and (
        character.isprintable() or character in _INVISIBLE or unicodedata.category(character) == "Zs"
    )


def insert_text(line: LineEdit, text: str) -> LineEdit:
    """Return the line with `text` inserted at the caret, cut so that the line has at most `MOST` characters."""
    fresh = text[: max(0, MOST - len(line.text))]
    return LineEdit(sanitize_text(line.text[: line.caret] + fresh + line.text[line.caret :]), line.caret + len(fresh))


def edit_line(line: LineEdit, key: str) -> LineEdit | None:
    """Return the line after an editing key with the meaning it has in most shells; None for any other key."""
    text, caret = line
    match key:
        case "backspace" | "ctrl+h":
            return LineEdit(text[: _before(line)] + text[caret:], _before(line))
        case "delete" | "ctrl+d":
            return LineEdit(text[:caret] + text[_after(line) :], caret)
        case "left" | "ctrl+b":
            return LineEdit(text, _before(line))
        case "right" | "ctrl+f":
            return LineEdit(text, _after(line))
        case "home" | "ctrl+a":
            return LineEdit(text, 0)
        case "end" | "ctrl+e":
            return LineEdit(text, len(text))
        case "alt+b" | "ctrl+left":
            return LineEdit(text, _word_before(line))
        case "alt+f" | "ctrl+right":
            return LineEdit(text, _word_after(line))
        case "ctrl+u":
            return LineEdit(text[caret:], 0)
        case "ctrl+k":
            return LineEdit(text[:caret], caret)
        case "ctrl+w":
            kept = text[:caret].rstrip()
            start = kept.rfind(" ") + 1
            return LineEdit(text[:start] + text[caret:], start)
    return None


def mark_caret(line: LineEdit, mark: str) -> str:
    """Return the text with `mark` at the caret, for a line that has no style of its own for the caret."""
    caret = _shown_caret(line)
    return line.text[:caret] + mark + line.text[caret:]


def draw_line_edit(
    sign: str, line: LineEdit, right: str, cells: int, wrong: Sequence[tuple[int, int]] = (), style: str = ""
) -> Line:
    """Return the line as it is shown: `sign`, the text with its caret, and `right` at the right end.

    `cells` is the width of the line in cells; `right` is left out where there is no room for it. `wrong` are spans
    (start, end) of the text that were not understood, in 0-based character offsets; they are marked. The rest is
    in `style`.
    """
    sign = cut(sign, max(1, cells // 2))
    right = right if width(right) + 12 <= cells else ""
    room = max(2, cells - width(sign) - width(right) - 4)
    caret = _shown_caret(line)
    before, after = line.text[:caret], line.text[caret:]
    first = _find_first_shown(before, room)
    under = after[: _after(LineEdit(after))] or " "
    rest = cut(after[len(under) :], max(0, room - width(before[first:]) - width(under)))
    marked = _marked(before[first:], first, wrong, style)
    behind = _marked(rest, caret + len(under), wrong, style)
    pieces = (Piece(f" {sign} ", "key"), *marked, Piece(under, "caret"), *behind)
    gap = max(1, cells - 1 - sum(width(piece.text) for piece in pieces) - width(right))
    return (*pieces, Piece(" " * gap), Piece(right, "where"))


def _shown_caret(line: LineEdit) -> int:
    """Return the offset of the caret, or of the character that it is inside, as it may be where a joiner was typed."""
    inner = find_inner_offsets(line.text)
    return next(at for at in range(line.caret, -1, -1) if at not in inner)


def _find_first_shown(before: str, room: int) -> int:
    """Return the offset of the first character from which on the text before the caret is narrower than `room`."""
    if width(before) < room:
        return 0
    # Halved again and again, since measuring every rest of a long line takes a second for each key.
    starts = [*(start for start, _, _ in iterate_clusters(before)), len(before)]
    return starts[bisect_right(starts, -room, key=lambda start: -width(before[start:]))]


def _marked(text: str, start: int, wrong: Sequence[tuple[int, int]], style: str) -> Line:
    """Return `text`, a part of the line, with the spans `wrong` of the line marked, and the rest in `style`.

    `start` is the 0-based character offset into the line at which `text` begins.
    """
    parts = [
        (any(begin < start + last and end > start + at for begin, end in wrong), text[at:last])
        for at, last, _ in iterate_clusters(text)
    ]
    runs = groupby(parts, key=itemgetter(0))
    return tuple(Piece("".join(part for _, part in run), "flaw" if is_bad else style) for is_bad, run in runs)


def _word_before(line: LineEdit) -> int:
    """Return the offset at which the word before the caret begins."""
    at = line.caret
    while at and not _is_in_word(line.text[at - 1]):
        at -= 1
    while at and _is_in_word(line.text[at - 1]):
        at -= 1
    return at


def _word_after(line: LineEdit) -> int:
    """Return the offset at which the word after the caret ends."""
    at, end = line.caret, len(line.text)
    while at < end and not _is_in_word(line.text[at]):
        at += 1
    while at < end and _is_in_word(line.text[at]):
        at += 1
    return at


def _is_in_word(char: str) -> bool:
    """Return whether a code point is a letter, a digit, or a mark or joiner, which belong to the letter before."""
    return char.isalnum() or char in _INVISIBLE or unicodedata.category(char)[0] == "M"


def _before(line: LineEdit) -> int:
    return max((start for start, _, _ in iterate_clusters(line.text[: line.caret])), default=0)


def _after(line: LineEdit) -> int:
    ends = (end for _, end, _ in iterate_clusters(line.text[line.caret :]))
    return line.caret + next(ends, 0)
