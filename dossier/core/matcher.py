"""Whether an entry matches a query is decided here and nowhere else; whatever proposes entries, this has the last word.

All that a query asks for must hold within one entry. A query that asks of whole articles alone is met by their
headlines, so that it lists each article once.
"""

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from dossier.core.dataclasses import dataclass
from dossier.core.query import All, During, Field, How, Near, Node, Not, Query, Some, Term, Within, lists_articles
from dossier.core.ref import Ref
from dossier.text.folding import Folded, find_folded, fold
from dossier.text.tokens import beginnings, is_within

Span = tuple[int, int]
Spans = tuple[Span, ...]
Days = tuple[datetime.date | None, datetime.date | None]
"""Earliest and latest day; None: without an end."""

NEAR = 10
"""So many words may stand between two that are near one another."""
PANE_OF = {"headline": "headline", "quote": "quotes", "event": "timeline"} | dict.fromkeys(
    ("person", "org", "place", "source"), "people"
)
"""The pane that an entry is asked for by, by its kind; every other kind is of the body."""
_FOLDED_TEXTS = 32_768
"""So many texts are kept folded from one keystroke to the next: more than any article but a monstrous one has."""


class Searchable(Protocol):
    """What can be searched."""

    @property
    def ref(self) -> Ref:
        """The address that a hit bears."""

    @property
    def text(self) -> str:
        """What is searched, and what spans count in; the parts of an entry are lines of it."""


class Describing(Protocol):
    """What an entry can be asked for beside its words."""

    @property
    def fields(self) -> Mapping[str, tuple[str, ...]]:
        """The texts of each field, by its name."""

    @property
    def published(self) -> Days | None:
        """When its article was published; None when that is not known."""

    @property
    def date(self) -> Days | None:
        """When it took place, if it is an event with a date."""


@dataclass(frozen=True)
class Hit:
    """An entry that matches, and where: (start, end) in code points of its text, end excluded, sorted, disjoint.

    A query without terms is met at no place.
    """

    ref: Ref
    spans: Spans


def match(query: Query, entry: Searchable, about: Describing | None = None) -> Hit | None:
    """All places of all terms of `query` in the entry, None when the entry does not match.

    A query that asks for nothing is met by every entry. Where it is not told what the entry is `about`, nothing meets a
    field or a date.
    """
    if query.root is None:
        return Hit(entry.ref, ())
    if lists_articles(query) and entry.ref.kind != "headline":
        return None
    spans = _met(query.root, entry, about)
    return None if spans is None else Hit(entry.ref, _merged(spans))


def find(query: Query, entries: Iterable[Searchable]) -> tuple[Hit, ...]:
    """The hits among `entries`, in their order."""
    return tuple(hit for entry in entries if (hit := match(query, entry)))


def _met(node: Node, entry: Searchable, about: Describing | None) -> Sequence[Span] | None:
    """Where `node` holds in the entry: nowhere in its text if it says nothing of that, and None if it does not hold."""
    match node:
        case Term():
            return _places(node, entry.text) or None
        case Near():
            return _near(node, entry.text) or None
        case All():
            return _all(node, entry, about)
        case Some():
            found = [spans for one in node.nodes if (spans := _met(one, entry, about)) is not None]
            return [span for spans in found for span in spans] if found else None
        case Not():
            return () if _met(node.node, entry, about) is None else None
        case Within():
            pane = PANE_OF.get(entry.ref.kind, "body")
            return () if node.pane == pane or (node.pane, pane) == ("body", "headline") else None
        case Field():
            texts = about.fields.get(node.name, ()) if about else ()
            return () if any(_places(term, text) for text in texts for term in node.terms) else None
        case During():
            return () if about and _overlaps(node, _days(node.name, entry, about)) else None


def _all(node: All, entry: Searchable, about: Describing | None) -> Sequence[Span] | None:
    spans: list[Span] = []
    for one in node.nodes:
        found = _met(one, entry, about)
        if found is None:
            return None
        spans += found
    return spans


def _places(term: Term, text: str) -> Spans:
    """Where the term stands in `text`, in order."""
    hay = _folded(text, term.keep_accents, term.keep_case)

    def fits(start: int, end: int) -> bool:
        # A line break stands between two fields: what runs over it stands nowhere.
        if "\n" in text[hay.offsets[start] : hay.offsets[end]]:
            return False
        if term.how is not How.ANYWHERE and is_within(hay.folded, start):
            return False
        return term.how is not How.WHOLE or not is_within(hay.folded, end)

    return find_folded(term.text, hay, fits)


def _near(node: Near, text: str) -> Spans:
    """The places of each term that have one of the other near them, on the same line, and not on the same words."""
    left, right = _places(node.left, text), _places(node.right, text)
    if not left or not right:
        return ()
    hay = _folded(text, False, False)
    words = beginnings(hay.folded)

    def close(first: Span, second: Span) -> bool:
        between = (bisect_left(hay.offsets, place) for place in (first[1], second[0]))
        start, end = (bisect_left(words, place) for place in between)
        return end - start <= NEAR and "\n" not in text[first[1] : second[0]]

    def beside(span: Span, others: Spans) -> bool:
        after = bisect_left(others, (span[1], 0))
        before = bisect_right(others, span[0], key=lambda other: other[1]) - 1
        return (after < len(others) and close(span, others[after])) or (before >= 0 and close(others[before], span))

    return (*(span for span in left if beside(span, right)), *(span for span in right if beside(span, left)))


def _days(name: str, entry: Searchable, about: Describing) -> Days | None:
    """The days that are asked for as `name`; None when the entry has none."""
    if name == "published" or (name == "date" and entry.ref.kind != "event"):
        return about.published
    return about.date if entry.ref.kind == "event" else None


def _overlaps(asked: During, days: Days | None) -> bool:
    if days is None:
        return False
    earliest, latest = days
    return (asked.earliest is None or latest is None or asked.earliest <= latest) and (
        asked.latest is None or earliest is None or earliest <= asked.latest
    )


@lru_cache(maxsize=_FOLDED_TEXTS)
def _folded(text: str, keep_accents: bool, keep_case: bool) -> Folded:
    return fold(text, keep_accents=keep_accents, keep_case=keep_case)


def _merged(spans: Iterable[Span]) -> Spans:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
