"""Match entries against a query.

This is the only place that decides whether an entry matches: an index may propose entries, but each is checked here.
Everything that a query asks for must hold within one entry. A query that asks about articles as a whole matches only
their headlines, so that each article is listed once.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from dossier.core.dataclasses import dataclass
from dossier.core.dates.days import Days
from dossier.core.query import (
    AllConditions,
    AnyCondition,
    Condition,
    DaysCondition,
    FieldCondition,
    NearTerms,
    NotCondition,
    PaneCondition,
    Query,
    Term,
    TermMatch,
    asks_for_articles,
)
from dossier.core.ref import Ref
from dossier.text.folding import FoldedText, find_folded, fold
from dossier.text.joined_words import JoinedText, fold_joined, join_words
from dossier.text.tokens import find_word_starts, is_behind_attached, is_inside_word

Span = tuple[int, int]
Spans = tuple[Span, ...]

MOST_WORDS_BETWEEN = 10
"""At most this many words may stand between two terms that are near each other."""
PANE_BY_KIND = {"headline": "headline", "quote": "quotes", "event": "timeline"} | dict.fromkeys(
    ("person", "org", "place", "source"), "people"
)
"""The pane that an entry belongs to for `in:`, by its kind; entries of all other kinds belong to the body."""
_FOLDED_TEXTS = 32_768
"""This many folded texts are kept from one keystroke to the next: more than all but monstrous articles have."""


class Searchable(Protocol):
    """Something that can be searched."""

    @property
    def ref(self) -> Ref:
        """The address that hits get."""

    @property
    def text(self) -> str:
        """The text to search, in which spans count code points; each part of an entry is a line."""


class EntryDescription(Protocol):
    """What a query can ask of an entry besides its text."""

    @property
    def fields(self) -> Mapping[str, tuple[str, ...]]:
        """The texts of each field, by its name."""

    @property
    def published(self) -> Days | None:
        """When its article was published; None if that is not known."""

    @property
    def date(self) -> Days | None:
        """When an event took place; None if it has no date, and for other entries."""


@dataclass(frozen=True)
class Hit:
    """An entry that matches, and the (start, end) spans of its text that match, sorted, without overlaps.

    Spans count code points, `end` excluded. A query without terms gives no spans.
    """

    ref: Ref
    spans: Spans


def match(query: Query, entry: Searchable, about: EntryDescription | None = None) -> Hit | None:
    """Return the entry as a hit with the places of all terms of `query`; None if it does not match.

    A query that asks for nothing matches every entry. Without `about`, no entry matches a field or a date.
    """
    if query.root is None:
        return Hit(entry.ref, ())
    if asks_for_articles(query) and entry.ref.kind != "headline":
        return None
    spans = _match_node(query.root, entry, about)
    return None if spans is None else Hit(entry.ref, _merge(spans))


def find_hits(query: Query, entries: Iterable[Searchable]) -> tuple[Hit, ...]:
    """Return the hits among `entries`, in their order."""
    return tuple(hit for entry in entries if (hit := match(query, entry)))


def _match_node(node: Condition, entry: Searchable, about: EntryDescription | None) -> Sequence[Span] | None:
    """Return where `node` matches in the text of the entry; None if it does not hold.

    The result is empty if the node holds without matching text, such as a date.
    """
    match node:
        case Term():
            return _find_term(node, entry.text) or None
        case NearTerms():
            return _find_near(node, entry.text) or None
        case AllConditions():
            return _match_all(node, entry, about)
        case AnyCondition():
            found = [spans for one in node.nodes if (spans := _match_node(one, entry, about)) is not None]
            return [span for spans in found for span in spans] if found else None
        case NotCondition():
            return () if _match_node(node.node, entry, about) is None else None
        case PaneCondition():
            pane = PANE_BY_KIND.get(entry.ref.kind, "body")
            return () if node.pane == pane or (node.pane, pane) == ("body", "headline") else None
        case FieldCondition():
            texts = about.fields.get(node.name, ()) if about else ()
            return () if any(_find_term(term, text) for text in texts for term in node.terms) else None
        case DaysCondition():
            return () if about and _overlaps(node, _days_of(node.name, entry, about)) else None


def _match_all(node: AllConditions, entry: Searchable, about: EntryDescription | None) -> Sequence[Span] | None:
    spans: list[Span] = []
    for one in node.nodes:
        found = _match_node(one, entry, about)
        if found is None:
            return None
        spans += found
    return spans


def _find_term(term: Term, text: str) -> Spans:
    """Return where the term stands in `text`, in order, as it is written or with other signs inside its words."""
    asked, written = _joined(term.text), _joined(text)
    own = _find_written(term.text, _folded(text, term.keep_accents, term.keep_case), term.match_mode)
    if asked is None and written is None:
        return own
    # The beginning of a longer word would be another word: U.S. is no beginning of usual.
    is_whole = asked is not None and asked.ends_with_abbreviation
    mode = TermMatch.WHOLE_WORDS if is_whole or term.match_mode is TermMatch.WHOLE_WORDS else TermMatch.WORD_START
    hay = (_folded_joined if written else _folded)(text, term.keep_accents, term.keep_case)
    found = _find_written(asked.text if asked else term.text, hay, mode)
    if written:
        found = tuple([(start, written.end_of_word(end)) for start, end in found])
    return _merge((*own, *found)) if found else own


def _find_written(needle: str, hay: FoldedText, match_mode: TermMatch) -> Spans:
    """Return where `needle` stands in `hay`, in order."""

    def fits(start: int, end: int) -> bool:
        # A line break separates two fields: no match may run over it.
        if "\n" in hay.text[hay.offsets[start] : hay.offsets[end]]:
            return False
        is_cut = is_inside_word(hay.folded, start) and not is_behind_attached(hay.folded, start)
        if match_mode is not TermMatch.ANYWHERE and is_cut:
            return False
        return match_mode is not TermMatch.WHOLE_WORDS or not is_inside_word(hay.folded, end)

    return find_folded(needle, hay, fits)


def _find_near(node: NearTerms, text: str) -> Spans:
    """Return the places of each term that have the other term near them, on the same line and without overlap."""
    left, right = _find_term(node.left, text), _find_term(node.right, text)
    if not left or not right:
        return ()
    hay = _folded(text, False, False)
    words = find_word_starts(hay.folded)

    def close(first: Span, second: Span) -> bool:
        between = (bisect_left(hay.offsets, place) for place in (first[1], second[0]))
        start, end = (bisect_left(words, place) for place in between)
        return end - start <= MOST_WORDS_BETWEEN and "\n" not in text[first[1] : second[0]]

    def beside(span: Span, others: Spans) -> bool:
        after = bisect_left(others, (span[1], 0))
        before = bisect_right(others, span[0], key=lambda other: other[1]) - 1
        return (after < len(others) and close(span, others[after])) or (before >= 0 and close(others[before], span))

    return (*(span for span in left if beside(span, right)), *(span for span in right if beside(span, left)))


def _days_of(name: str, entry: Searchable, about: EntryDescription) -> Days | None:
    """Return the days that a query means by `name`; None if the entry has none."""
    if name == "published" or (name == "date" and entry.ref.kind != "event"):
        return about.published
    return about.date if entry.ref.kind == "event" else None


def _overlaps(asked: DaysCondition, days: Days | None) -> bool:
    """Return whether the days overlap those that the query asks for."""
    if days is None:
        return False
    earliest, latest = days
    return (asked.earliest is None or latest is None or asked.earliest <= latest) and (
        asked.latest is None or earliest is None or earliest <= asked.latest
    )


@lru_cache(maxsize=_FOLDED_TEXTS)
def _folded(text: str, keep_accents: bool, keep_case: bool) -> FoldedText:
    return fold(text, keep_accents=keep_accents, keep_case=keep_case)


@lru_cache(maxsize=_FOLDED_TEXTS)
def _joined(text: str) -> JoinedText | None:
    return join_words(text)


@lru_cache(maxsize=_FOLDED_TEXTS)
def _folded_joined(text: str, keep_accents: bool, keep_case: bool) -> FoldedText:
    joined = _joined(text)
    assert joined is not None
    return fold_joined(text, joined, keep_accents=keep_accents, keep_case=keep_case)


def _merge(spans: Iterable[Span]) -> Spans:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
