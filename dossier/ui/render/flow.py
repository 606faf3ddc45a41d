"""Wrapping of styled text to lines. Lines are split wherever a style, a link or a hit begins or ends.

No character (cluster of code points) is ever split: a style that begins or ends inside one covers all of it.

Styles are names, several of them in one string separated by spaces ("mention lit"). The theme defines how they look.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence, Set
from itertools import pairwise
from operator import itemgetter

from dossier.core.dataclasses import NamedTuple
from dossier.text.width import cut, find_inner_offsets, width, wrap


class Piece(NamedTuple):
    """A run of text in one style. `anchors` has the numbers of the entry's links that it belongs to."""

    text: str
    style: str = ""
    anchors: tuple[int, ...] = ()


Line = tuple[Piece, ...]


class Segment(NamedTuple):
    """A text to be wrapped.

    `source` is its 0-based code point offset in the entry's text, or -1 when it is not part of that text (a separator).
    """

    text: str
    style: str = ""
    source: int = -1


class StyleMark(NamedTuple):
    """A style for the code points from `start` up to `end` of the entry's text.

    `anchor` is the number of the link that the style shows, if any.
    """

    start: int
    end: int
    style: str
    anchor: int | None = None


def wrap_segments(segments: Sequence[Segment], marks: Sequence[StyleMark], cells: int) -> tuple[Line, ...]:
    """Return the segments as one text, wrapped to lines of at most `cells` cells, with the marks applied."""
    text = "".join(segment.text for segment in segments)
    inner = find_inner_offsets(text)
    runs: list[tuple[int, Piece]] = []
    start = 0
    for segment in segments:
        runs.extend(_split_by_marks(segment, start, _extend_marks(marks, segment.source - start, inner)))
        start += len(segment.text)
    if inner:
        runs = [*_join_characters(runs, inner)]
    return tuple(_slice_runs(runs, begin, end) for begin, end in wrap(text, max(1, cells)))


def measure_line(line: Iterable[Piece]) -> int:
    """Return the width of the line in cells."""
    return sum([width(piece.text) for piece in line])


def clip_line(line: Iterable[Piece], cells: int) -> Line:
    """Return as much of the line as fits into `cells` cells (0 or more), with an ellipsis where it is cut."""
    left, kept = cells, []
    for piece in line:
        if left <= 0:
            break
        text = cut(piece.text, left)
        kept.append(piece._replace(text=text))
        left -= width(text)
    return tuple(kept)


def _extend_marks(marks: Sequence[StyleMark], shift: int, inner: Set[int]) -> Sequence[StyleMark]:
    """Return the marks with their edges moved outwards to the edges of characters.

    `inner` are the offsets inside characters, and `shift` is what has to be added to those for the offsets of marks.
    """
    if not inner:
        return marks
    extended = []
    for mark in marks:
        start, end = mark.start - shift, mark.end - shift
        while start in inner:
            start -= 1
        while end in inner:
            end += 1
        extended.append(mark._replace(start=start + shift, end=end + shift))
    return extended


def _join_characters(runs: Iterable[tuple[int, Piece]], inner: Set[int]) -> Iterable[tuple[int, Piece]]:
    """Yield the runs, the rest of a character at the start of one moved to the end of the run before."""
    first, last = 0, Piece("")
    for start, piece in runs:
        taken = 0
        while taken < len(piece.text) and start + taken in inner:
            taken += 1
        last = last._replace(text=last.text + piece.text[:taken])
        if taken < len(piece.text):
            yield first, last
            first, last = start + taken, piece._replace(text=piece.text[taken:])
    yield first, last


def _split_by_marks(segment: Segment, start: int, marks: Sequence[StyleMark]) -> Iterable[tuple[int, Piece]]:
    first, last = segment.source, segment.source + len(segment.text)
    over = [mark for mark in marks if mark.start < last and mark.end > first] if first >= 0 else []
    if not over:
        if segment.text:
            yield start, Piece(segment.text, segment.style)
        return
    edges = {first, last}
    edges.update(edge for mark in over for edge in (mark.start, mark.end) if first < edge < last)
    waiting = sorted(enumerate(over), key=lambda numbered: -numbered[1].start)
    on: list[tuple[int, StyleMark]] = []
    for begin, end in pairwise(sorted(edges)):
        # Only marks that cover this position are considered: a long paragraph has hundreds.
        on = [numbered for numbered in on if numbered[1].end > begin] if on else on
        while waiting and waiting[-1][1].start <= begin:
            on.append(waiting.pop())
        style, anchors = _lay_marks(segment.style, [mark for _, mark in sorted(on)]) if on else (segment.style, ())
        yield start + begin - first, Piece(segment.text[begin - first : end - first], style, anchors)


def _lay_marks(style: str, marks: Sequence[StyleMark]) -> tuple[str, tuple[int, ...]]:
    """Return the style of what these marks cover, and the numbers of the links that they show."""
    if len(marks) == 1 and style and marks[0].anchor is None:
        above = marks[0].style
        return (style if above in ("", style) else f"{style} {above}"), ()
    styles = dict.fromkeys(filter(None, (style, *(mark.style for mark in marks))))
    return " ".join(styles), tuple(mark.anchor for mark in marks if mark.anchor is not None)


def _slice_runs(runs: Sequence[tuple[int, Piece]], begin: int, end: int) -> Line:
    pieces = []
    number = max(0, bisect_right(runs, begin, key=itemgetter(0)) - 1)
    while number < len(runs) and runs[number][0] < end:
        start, piece = runs[number]
        first, last = max(begin - start, 0), min(end - start, len(piece.text))
        if first < last:
            is_whole = last - first == len(piece.text)
            pieces.append(piece if is_whole else Piece(piece.text[first:last], piece.style, piece.anchors))
        number += 1
    return tuple(pieces)
