"""A selection: words of one entry that are chosen with the keyboard.

A selection consists of whole words. In scripts without spaces between words, each character counts as a word, as in a
search. No word ends inside a character, so that an accent is never separated from its letter.
"""

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from dossier.core.dataclasses import dataclass, replace
from dossier.core.entry import Entry
from dossier.core.ref import Ref
from dossier.text.tokens import iterate_words
from dossier.text.width import is_plain, iterate_clusters

Span = tuple[int, int]
"""The start and the end (excluded) of a run of code points in the text of an entry."""

_SELECTABLE = ("text", "name", "meaning")
"""The names of the parts whose words can be selected. Only the first of these that an entry has can be."""


@dataclass(frozen=True)
class Selection:
    """Words of one entry: from the word `anchor`, where the selection began, to the word `head`, which moves.

    `count` is the number that was typed for the next move, or 0.
    """

    entry: Ref
    anchor: Span
    head: Span
    count: int = 0

    @property
    def span(self) -> Span:
        """The span of all that is selected, in code points of the entry's text."""
        return min(self.anchor[0], self.head[0]), max(self.anchor[1], self.head[1])

    @property
    def ref(self) -> Ref:
        """The address of what is selected."""
        return self.entry.with_span(*self.span)


def find_selectable_words(entry: Entry) -> tuple[Span, ...]:
    """Return the spans of the words that can be selected in an entry; empty when there are none."""
    return _find_words(entry.text, find_selectable_text(entry))


def find_selectable_text(entry: Entry) -> Span:
    """Return the span in which words can be selected: the words of a quote or an event, the name of a person."""
    parts = {part.name: (start, start + len(part.text)) for part, start in reversed([*entry.iterate_parts()])}
    return next((parts[name] for name in _SELECTABLE if name in parts), (0, len(entry.parts[0].text)))


def select_words(ref: Ref, words: Sequence[Span], span: Span) -> Selection | None:
    """Return a selection of exactly `span`, from its first word to its last; None if it has no word."""
    inside = [word for word in words if word[0] < span[1] and word[1] > span[0]]
    if not inside:
        return None
    return Selection(ref, (span[0], max(span[0] + 1, inside[0][1])), (min(inside[-1][0], span[1] - 1), span[1]))


def move_by_words(selection: Selection, words: Sequence[Span], count: int) -> Selection:
    """Return the selection with its head moved by `count` words, back if negative, as far as there are words."""
    start, end = selection.head
    if count > 0:
        ahead = [word for word in words if word[0] >= end][:count]
    else:
        ahead = [word for word in reversed(words) if word[1] <= start][:-count]
    return replace(selection, head=ahead[-1]) if ahead else selection


def move_to_edge(selection: Selection, entry: Entry, last: bool) -> Selection:
    """Return the selection with its head at the first word of the text or, with `last`, at the last one."""
    words, (start, end) = find_selectable_words(entry), find_selectable_text(entry)
    return replace(selection, head=(words[-1][0], end) if last else (start, words[0][1]))


def swap_ends(selection: Selection) -> Selection:
    """Return the selection with its head and its anchor exchanged."""
    return replace(selection, anchor=selection.head, head=selection.anchor)


@lru_cache(maxsize=8)
def _find_words(text: str, within: Span) -> tuple[Span, ...]:
    """Return the words of a part of a text. Each is extended to whole characters (grapheme clusters)."""
    first, last = within
    words = [(first + start, first + end) for start, end in iterate_words(text[first:last])]
    if is_plain(text):
        return tuple(words)
    characters = [(first + start, first + end) for start, end, _ in iterate_clusters(text[first:last])]
    starts = [start for start, _ in characters]
    whole: list[Span] = []
    for word in words:
        start, end = (characters[bisect_right(starts, at) - 1] for at in (word[0], word[1] - 1))
        if whole and start[0] < whole[-1][1]:
            whole[-1] = whole[-1][0], max(end[1], whole[-1][1])
        else:
            whole.append((start[0], end[1]))
    return tuple(whole)
