"""Whether an entry matches a query is decided here and nowhere else; whatever proposes entries, this has the last word.

An entry matches when every term stands somewhere in its text, be it inside a word: a reader who is still typing has
only the beginning of a word, and some scripts set no spaces.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from dossier.query import Query
from dossier.ref import Ref
from dossier.text.folding import Folded, find_folded, fold

Spans = tuple[tuple[int, int], ...]

_FOLDED_TEXTS = 131_072
"""So many texts are kept folded from one keystroke to the next: those of an article at the limit of 20,000 a kind."""


class Searchable(Protocol):
    """What can be searched."""

    @property
    def ref(self) -> Ref:
        """The address that a hit bears."""

    @property
    def text(self) -> str:
        """What is searched, and what spans count in; the parts of an entry are lines of it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that matches, and where: (start, end) in code points of its text, end excluded, sorted, disjoint.

    A query without terms is met by every entry, at no place.
    """

    ref: Ref
    spans: Spans


def match(query: Query, entry: Searchable) -> Hit | None:
    """All places of all terms of `query` in the entry; None when a term is nowhere in it."""
    spans: list[tuple[int, int]] = []
    for term in query.terms:
        found = find_folded(term.text, _folded(entry.text, term.keep_accents, term.keep_case))
        # A line break stands between two fields: what runs over it stands nowhere.
        within = [span for span in found if "\n" not in entry.text[slice(*span)]]
        if not within:
            return None
        spans += within
    return Hit(entry.ref, _merged(spans))


def find(query: Query, entries: Iterable[Searchable]) -> tuple[Hit, ...]:
    """The hits among `entries`, in their order."""
    return tuple(hit for entry in entries if (hit := match(query, entry)))


@lru_cache(maxsize=_FOLDED_TEXTS)
def _folded(text: str, keep_accents: bool, keep_case: bool) -> Folded:
    return fold(text, keep_accents=keep_accents, keep_case=keep_case)


def _merged(spans: list[tuple[int, int]]) -> Spans:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
