"""What differs between two texts, word by word, and which items of two sequences are the same in the same order.

White space makes no difference, nor does the kind of a quote mark or dash: two texts are the same here if the article
format takes them to be the same (see `text.folding`). Case and accents count.

The time is bounded for texts of any length. `difflib` compares stretches of up to `_MOST_PAIRS` pairs of items; longer
ones are first cut at the items that occur once on both sides (Bram Cohen's patience diff). A long stretch without such
items counts as different as a whole.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.text.tokens import is_unspaced
from dossier.text.verbatim import normalize_phrase
from dossier.text.width import is_plain, iterate_clusters

Span = tuple[int, int]
Pair = tuple[int, int]
"""An index on the left and one on the right."""

_MOST_PAIRS: Final = 40_000
_MOST_CUTS: Final = 16
"""The most times that a part of a stretch is cut again."""
_FEW_WORDS: Final = 3
"""Fewer words than these between two changes may count as changed, too, so that the changes can be read."""

# An apostrophe, hyphen, point, comma or colon between letters or digits is part of the word: o'clock, 1,204, 9:30.
_WORD: Final = re.compile(r"[^\W_]+(?:['’.,:\-‐‑][^\W_]+)*")
_TOKEN: Final = re.compile(rf"{_WORD.pattern}|[^\w\s]|_")


class Change(NamedTuple):
    """A stretch of the left text, and what stands in its place in the right text, in code points.

    Either may be empty. It then stands directly behind the word before it.
    """

    left: Span
    right: Span


def find_word_changes(left: str, right: str) -> tuple[Change, ...]:
    """Return what differs between two texts, in order; empty if they are the same."""
    if left == right:
        return ()
    sides = split_tokens(left), split_tokens(right)
    keys = [
        [normalize_phrase(text[slice(*span)]) for span in spans]
        for text, spans in zip((left, right), sides, strict=True)
    ]
    matched = match_in_order(*keys)
    stretches = _join_close(_stretches_between(matched, len(sides[0]), len(sides[1])), keys[0])
    return tuple(Change(_span(sides[0], one[0]), _span(sides[1], one[1])) for one in stretches)


def split_tokens(text: str) -> list[Span]:
    """Return the spans of the words, and of the single signs between them; white space is in none.

    In scripts without spaces between words every character is a word.
    """
    if is_plain(text) and not any(map(_stands_alone, frozenset(text))):
        return [match.span() for match in _TOKEN.finditer(text)]
    spans: list[Span] = []
    inside = False
    for start, end, _ in iterate_clusters(text):
        char = text[start]
        joins = char.isalnum() and not _stands_alone(char)
        if joins and inside:
            spans[-1] = (spans[-1][0], end)
        elif not char.isspace():
            spans.append((start, end))
        inside = joins
    return spans


def match_in_order(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[Pair]:
    """Return the indices of items that are equal, in the order in which they stand on both sides."""
    pairs: list[Pair] = []
    todo = [(0, len(left), 0, len(right), 0)]
    while todo:
        first, end, other, last, cuts = todo.pop()
        while first < end and other < last and left[first] == right[other]:
            pairs.append((first, other))
            first, other = first + 1, other + 1
        while first < end and other < last and left[end - 1] == right[last - 1]:
            end, last = end - 1, last - 1
            pairs.append((end, last))
        if (end - first) * (last - other) <= _MOST_PAIRS:
            blocks = SequenceMatcher(None, left[first:end], right[other:last], autojunk=False).get_matching_blocks()
            pairs += [(first + one.a + at, other + one.b + at) for one in blocks for at in range(one.size)]
        elif cuts < _MOST_CUTS and (anchors := _single_pairs(left, right, range(first, end), range(other, last))):
            edges = [(first - 1, other - 1), *anchors, (end, last)]
            pairs += anchors
            todo += [(one[0] + 1, two[0], one[1] + 1, two[1], cuts + 1) for one, two in pairwise(edges)]
    return sorted(pairs)


def keep_rising(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the longest part of `pairs`, which rise on the left, that rises on the right, too."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, (_, other) in enumerate(pairs):
        place = bisect_left(tops, other)
        before.append(ends[place - 1] if place else -1)
        tops[place : place + 1] = [other]
        ends[place : place + 1] = [at]
    kept = []
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.append(pairs[at])
        at = before[at]
    return kept[::-1]


def _single_pairs(left: Sequence[Hashable], right: Sequence[Hashable], own: range, others: range) -> list[Pair]:
    """Return the pairs of equal items that occur once in each of two stretches, as far as their order is the same."""
    counts = Counter(left[at] for at in own), Counter(right[at] for at in others)
    places = {right[at]: at for at in others if counts[1][right[at]] == 1}
    return keep_rising([(at, places[left[at]]) for at in own if counts[0][left[at]] == 1 and left[at] in places])


def _stretches_between(pairs: Sequence[Pair], end: int, last: int) -> Iterator[tuple[Span, Span]]:
    """Yield the stretches of tokens between the pairs, where either side has any."""
    for (one, other), (after, behind) in pairwise([(-1, -1), *pairs, (end, last)]):
        if after - one > 1 or behind - other > 1:
            yield (one + 1, after), (other + 1, behind)


def _join_close(stretches: Iterator[tuple[Span, Span]], keys: Sequence[str]) -> list[tuple[Span, Span]]:
    """Return the stretches, joined where what is the same between two of them has too few words to be read as such."""
    joined: list[tuple[Span, Span]] = []
    for own, other in stretches:
        if joined:
            before, beside = joined[-1]
            words = sum(map(_is_word, keys[before[1] : own[0]]))
            if not words or (words < min(_longer(before, beside), _longer(own, other)) and words < _FEW_WORDS):
                joined[-1] = (before[0], own[1]), (beside[0], other[1])
                continue
        joined.append((own, other))
    return joined


def _longer(own: Span, other: Span) -> int:
    return max(own[1] - own[0], other[1] - other[0])


def _is_word(key: str) -> bool:
    return any(map(str.isalnum, key))


def _span(spans: Sequence[Span], stretch: Span) -> Span:
    """Return the code points of a stretch of tokens; for an empty one the end of the token before it."""
    first, end = stretch
    if first < end:
        return spans[first][0], spans[end - 1][1]
    place = spans[first - 1][1] if first else 0
    return place, place


def _stands_alone(char: str) -> bool:
    """Return whether the script of `char` has no spaces between words; Hangul has some."""
    return is_unspaced(char) and not "\uac00" <= char <= "\ud7a3"
