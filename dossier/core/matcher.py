"""Match entries against a query.

This is the only place that decides whether an entry matches: an index may propose entries, but each is checked here.
Everything that a query asks for must hold within one entry. A query that asks about articles as a whole matches only
their headlines, so that each article is listed once.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from dossier.core.dataclasses import NamedTuple, dataclass
from dossier.core.dates.days import Days
from dossier.core.entry import Entry, Passage
from dossier.core.query import (
    ABOUT,
    AllConditions,
    AnyCondition,
    Condition,
    ContextCondition,
    DaysCondition,
    FieldCondition,
    NearTerms,
    NotCondition,
    NotedCondition,
    PaneCondition,
    Query,
    Term,
    asks_for_articles,
)
from dossier.core.query_context import ignore_case
from dossier.core.ref import Ref
from dossier.core.term_places import Span, Spans, find_near, find_term, merge_spans

PANE_BY_KIND = {"headline": "headline", "quote": "quotes", "event": "timeline"} | dict.fromkeys(
    ("person", "org", "place", "source"), "people"
)
"""The pane that an entry belongs to for `in:`, by its kind; entries of all other kinds belong to the body."""
_LINKED = ("person", "org", "place")


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

    @property
    def passages(self) -> Sequence[Searchable]:
        """The paragraphs that a quote stands in and the events it is linked to; none for other entries."""


class PassageHit(NamedTuple):
    """A paragraph that a quote stands in, or an event it is linked to, with the spans of its text that match."""

    ref: Ref
    text: str
    spans: Spans


@dataclass(frozen=True)
class Hit:
    """An entry that matches, and the (start, end) spans of its text that match, sorted, without overlaps.

    Spans count code points, `end` excluded. A query without terms gives no spans. `passages` has the hits in what a
    quote stands in, of the terms that are not in its own words.
    """

    ref: Ref
    spans: Spans
    passages: tuple[PassageHit, ...] = ()


def match(query: Query, entry: Searchable, about: EntryDescription | None = None) -> Hit | None:
    """Return the entry as a hit with the places of all terms of `query`; None if it does not match.

    A query that asks for nothing matches every entry. Without `about`, no entry matches a field or a date. In an
    article in German upper and lower case are one: a capital is how a noun is spelt, and no wish of the reader.
    """
    if query.root is None:
        return Hit(entry.ref, ())
    if asks_for_articles(query) and entry.ref.kind != "headline":
        return None
    root = ignore_case(query.root) if about and is_german(about.fields.get("lang", ())) else query.root
    spans = _match_node(root, entry, about)
    if spans is None:
        return None
    # Those of one term are in order, and a letter has thousands.
    places = tuple(spans) if isinstance(root, Term) else merge_spans(spans)
    return Hit(entry.ref, places, tuple(_passage_hits(root, entry, about)) if about and about.passages else ())


def is_german(langs: Iterable[str]) -> bool:
    """Return whether an article with these languages, as written under `lang`, is in German: de, de-AT."""
    return any(lang[:2].lower() == "de" and not (lang[2:3].isascii() and lang[2:3].isalpha()) for lang in langs)


def holds(node: Condition, entry: Searchable, about: EntryDescription | None) -> bool:
    """Return whether one condition holds for an entry."""
    return _match_node(node, entry, about) is not None


def find_hits(query: Query, entries: Iterable[Searchable]) -> tuple[Hit, ...]:
    """Return the hits among `entries`, in their order."""
    return tuple(hit for entry in entries if (hit := match(query, entry)))


def find_in_parts(query: Query, entry: Entry, names: Collection[str]) -> Spans:
    """Return where the terms of `query` stand in those parts of the entry that have one of `names`, in order."""
    parts = [(part, start) for part, start in entry.iterate_parts() if part.name in names]
    return merge_spans(
        (start + first, start + last)
        for part, start in parts
        for term in query.terms
        for first, last in find_term(term, part.text)
    )


def _match_node(node: Condition, entry: Searchable, about: EntryDescription | None) -> Sequence[Span] | None:
    """Return where `node` matches in the text of the entry; None if it does not hold.

    The result is empty if the node holds without matching text, such as a date.
    """
    match node:
        case Term():
            return find_term(node, entry.text) or None
        case NearTerms():
            return find_near(node, entry.text) or None
        case ContextCondition():
            return _match_in_context(node.node, entry, about)
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
            if node.name == ABOUT:
                return _match_about(node, entry, about)
            texts = about.fields.get(node.name, ()) if about else ()
            return () if any(find_term(term, text) for text in texts for term in node.terms) else None
        case DaysCondition():
            return () if about and _overlaps(node, _days_of(node.name, entry, about)) else None
        case NotedCondition():
            return node.notes.find_spans(node.node, entry, about)


def _match_all(node: AllConditions, entry: Searchable, about: EntryDescription | None) -> Sequence[Span] | None:
    spans: list[Span] = []
    for one in node.nodes:
        found = _match_node(one, entry, about)
        if found is None:
            return None
        spans += found
    return spans


def _match_in_context(
    node: Term | NearTerms, entry: Searchable, about: EntryDescription | None
) -> Sequence[Span] | None:
    """Return where `node` matches in the entry; no span if it matches only in a paragraph that the entry stands in."""
    own = _match_node(node, entry, about)
    if own is not None or about is None:
        return own
    return () if any(_match_node(node, one, None) for one in about.passages if one.ref.kind != "event") else None


def _match_about(node: FieldCondition, entry: Searchable, about: EntryDescription | None) -> Sequence[Span] | None:
    """Return where a quote matches that is about one of the terms; None for other entries."""
    if about is None or entry.ref.kind != "quote":
        return None
    if own := [span for term in node.terms for span in find_term(term, _first_line(entry))]:
        return own
    speakers = about.fields.get("speaker", ())
    named = [text for name in _LINKED for text in about.fields.get(name, ()) if text not in speakers]
    texts = (*named, *(passage.text for passage in about.passages))
    return () if any(find_term(term, text) for text in texts for term in node.terms) else None


def _first_line(entry: Searchable) -> str:
    """Return the words of a quote, without its speaker and the rest of what stands below them."""
    return entry.text.partition("\n")[0]


def _passage_hits(root: Condition, entry: Searchable, about: EntryDescription) -> Iterator[PassageHit]:
    """Yield the passages of an entry that matches, with the places of the terms that are not in its own text."""
    own = Passage(entry.ref, _first_line(entry))
    asked = [
        (node, is_about)
        for node, is_about in _context_nodes(root)
        if not _match_node(node, own if is_about else entry, None)
    ]
    for passage in about.passages if asked else ():
        is_event = passage.ref.kind == "event"
        found = [_match_node(node, passage, None) or () for node, is_about in asked if is_about or not is_event]
        if spans := merge_spans(span for spans in found for span in spans):
            yield PassageHit(passage.ref, passage.text, spans)


def _context_nodes(node: Condition) -> Iterator[tuple[Condition, bool]]:
    """Yield what is to be found in the text of an entry or of its passages, and whether that was asked by `about:`."""
    if isinstance(node, ContextCondition):
        yield node.node, False
    elif isinstance(node, FieldCondition) and node.name == ABOUT:
        yield AnyCondition(node.terms), True
    elif isinstance(node, AllConditions | AnyCondition):
        for one in node.nodes:
            yield from _context_nodes(one)


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
