"""The links between the entries of an article. All of them are derived here; panes hold no code of their own for links.

A new kind of link is one more `yield` in `derive_links`, and one more member of `LinkKind`.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain, islice
from typing import TypeAlias

from dossier.core.dataclasses import NamedTuple
from dossier.core.model import Article, Event, Media, Mention, Quote, Reference, map_reading_order, reading_position_key
from dossier.core.ref import Anchor, Ref
from dossier.text.late_patterns import compile_late
from dossier.text.name_finder import NAME_STEPS, NameFinder, normalize_name

# More links than any article of a newspaper has: a name can stand in every word, and be that of a hundred people.
_MOST_LINKS = 300_000
_MOST_NAMED_IN_QUOTE = 200
_READ_IN_ORDER = frozenset(("headline", "subtitle", "para", "heading", "media"))
"""The kinds of texts in which mentions are counted, which are those that `map_reading_order` has."""
_ADDRESS = compile_late(r"<[^<>]*>\s*$")


class LinkKind(StrEnum):
    """How the start of a link relates to its end."""

    SAYS = "says"
    SAID_TO = "said to"
    ABOUT = "about"
    EVIDENCE = "evidence"
    MENTION = "mention"
    INVOLVED = "involved"
    MEMBER_OF = "member of"


class Link(NamedTuple):
    """A link from `start` to `end`; either may be a span of an entry's text."""

    start: Ref
    end: Ref
    kind: LinkKind


def derive_links(article: Article) -> Iterator[Link]:
    """Yield every link of the article, by kind. The same link may come twice; `Links` keeps one of them.

    What the file leaves open stays open: a reference that finds nothing gives no link, one that may mean several
    entries gives a link to each of them.
    """
    yield from _mention_links(article)
    for person in article.people:
        yield from _reference_links(person.ref, (person.org,), LinkKind.MEMBER_OF)
    about = _MentionIndex(article.mentions)
    for quote in article.quotes:
        yield from _quote_links(quote, about)
    for event in article.events:
        for where in event.evidence:
            yield Link(event.ref, where, LinkKind.EVIDENCE)
        yield from _involved_links(event)
        for mention in event.found:
            for target in mention.targets:
                yield Link(event.ref, target, LinkKind.MENTION)
        yield from _reference_links(event.ref, (event.quote,), LinkKind.ABOUT)
    for media in article.media:
        yield from _involved_links(media)
    for document in article.documents:
        for where in document.evidence:
            yield Link(document.ref, where, LinkKind.EVIDENCE)


_LinksAt: TypeAlias = tuple[list[Link], list[Ref]]
"""The links at an address in the order derived, and the other end of each of them."""
_NONE: _LinksAt = ([], [])


def _make_links_at() -> _LinksAt:
    return [], []


class Links:
    """The links of one article, each once, found from either end."""

    def __init__(self, article: Article, links: Iterable[Link], spans: bool = True) -> None:
        self._order = map_reading_order(article)
        self._links: defaultdict[Ref, _LinksAt] = defaultdict(_make_links_at)
        self._spans: dict[Ref, dict[tuple[int, int], dict[Ref, None]]] = {}
        self.has_spans = spans
        found = self._links
        for link in dict.fromkeys(links):
            start, end, _kind = link
            here, there = start.entry if start.span else start, end.entry if end.span else end
            at, others = found[here]
            at.append(link)
            others.append(end)
            if here != there:
                at, others = found[there]
                at.append(link)
                others.append(start)
            if spans:
                self._add_spans(link, here, there)

    def _add_spans(self, link: Link, start: Ref, end: Ref) -> None:
        """Add a link at the runs of words that it has as ends. `start` and `end` are the entries that these are in."""
        for here, there, entry in ((link.start, link.end, start), (link.end, link.start, end)):
            if here.span:
                at, others = self._links[here]
                at.append(link)
                others.append(there)
                self._spans.setdefault(entry, {}).setdefault(here.span, {})[there] = None

    @classmethod
    def of(cls, article: Article, spans: bool = True) -> "Links":
        """Derive the links of an article.

        Without `spans`, nothing is found by a run of words, only by whole entries; views that do not show the text need
        no more.
        """
        return cls(article, islice(derive_links(article), _MOST_LINKS), spans)

    def links_at(self, ref: Ref) -> tuple[Link, ...]:
        """Return the links with an end at `ref`, in the order derived.

        If `ref` is a whole entry, links at spans of it are included. If it is a span, only links at exactly these words
        are, not at words that overlap them.
        """
        return tuple(self._links.get(ref, _NONE)[0])

    def linked_refs(self, ref: Ref) -> tuple[Ref, ...]:
        """Return the other ends of the links at `ref`, each once, in the order derived."""
        return tuple(dict.fromkeys(self._links.get(ref, _NONE)[1]))

    def span_anchors(self, entry: Ref) -> tuple[Anchor, ...]:
        """Return the linked runs of words in the text of `entry`, by their start, longest first."""
        if not (found := self._spans.get(entry)):
            return ()
        order = sorted(found, key=lambda span: (span[0], -span[1]))
        return tuple(Anchor(*span, tuple(found[span])) for span in order)

    def find_highlighted(self, refs: Iterable[Ref]) -> frozenset[Ref]:
        """Return what is highlighted when the cursor rests on `refs`.

        These are the addresses themselves, the ends of their links and, for a speaker, the evidence of what they said.
        """
        lit: set[Ref] = set()
        for ref in refs:
            lit.add(ref)
            lit.update(self._links.get(ref, _NONE)[1])
            for link in self.links_at(ref):
                if link.kind is LinkKind.SAYS and link.start == ref:
                    lit.update(said.end for said in self.links_at(link.end) if _is_evidence_of(said, link.end))
        return frozenset(lit)

    def find_mention_refs(self, ref: Ref) -> tuple[Ref, ...]:
        """Return where `ref` stands in headline, subtitle, body and captions, in reading order.

        For a person, organisation, place or term these are its mentions; for a quote, event or document its evidence.
        """
        found = self._places_of(ref)
        return tuple(sorted(found, key=lambda where: reading_position_key(where, self._order)))

    def count_mentions(self, ref: Ref) -> int:
        """Return the number of places that `find_mention_refs` returns."""
        return len(self._places_of(ref))

    def _places_of(self, ref: Ref) -> set[Ref]:
        found: set[Ref] = set()
        for start, end, kind in self._links.get(ref, _NONE)[0]:
            if kind is LinkKind.MENTION and end == ref:
                found.add(start)
            elif kind is LinkKind.EVIDENCE and start == ref:
                found.add(end)
        return {where for where in found if where.kind in _READ_IN_ORDER}


class _MentionIndex:
    """The mentions of the body by position, to find the entries that a run of words names."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._starts: dict[Ref, list[tuple[int, int, Mention]]] = {}
        for number, mention in enumerate(mentions):
            if mention.text_ref.span:
                found = self._starts.setdefault(mention.text_ref.entry, [])
                found.append((mention.text_ref.span[0], number, mention))
        for found in self._starts.values():
            found.sort()

    def within(self, where: Ref) -> Iterator[Mention]:
        """Yield the mentions inside a span. A whole entry yields none: it does not say which of its words are meant."""
        start, end = where.span or (0, 0)
        found = self._starts.get(where.entry, [])
        for number in range(bisect_left(found, (start, -1)), len(found)):
            mention = found[number][2]
            if found[number][0] >= end:
                return
            if mention.text_ref.span and mention.text_ref.span[1] <= end:
                yield mention


def _mention_links(article: Article) -> Iterator[Link]:
    for mention in article.mentions:
        for target in mention.targets:
            yield Link(mention.text_ref, target, LinkKind.MENTION)
    if article.glossary:
        terms = NameFinder(((term.term, term.ref) for term in article.glossary), NAME_STEPS)
        for block in article.body:
            for start, end, meant in terms.find(block.text):
                for ref in meant:
                    yield Link(block.ref.with_span(start, end), ref, LinkKind.MENTION)
    byline = Ref(article.ref.article, "about", "byline")
    authors = {normalize_name(_ADDRESS().sub("", line) if "<" in line else line) for line in article.byline}
    for person in article.people:
        if normalize_name(person.name) in authors:
            yield Link(byline, person.ref, LinkKind.MENTION)


def _quote_links(quote: Quote, about: _MentionIndex) -> Iterator[Link]:
    speakers: tuple[Ref, ...] = ()
    if quote.speaker:
        speakers = quote.speaker.targets
    elif quote.speaker_text:
        speakers = (Ref(quote.ref.article, "source", quote.speaker_text),)
    for speaker in speakers:
        yield Link(speaker, quote.ref, LinkKind.SAYS)
    for where in quote.speaker_at:
        for speaker in speakers:
            yield Link(where, speaker, LinkKind.MENTION)
    yield from _reference_links(quote.ref, (quote.to,), LinkKind.SAID_TO)
    for where in quote.evidence:
        yield Link(quote.ref, where, LinkKind.EVIDENCE)
    named = chain.from_iterable(about.within(where) for where in quote.evidence)
    for mention in islice(named, _MOST_NAMED_IN_QUOTE):
        for target in mention.targets:
            if target not in speakers:
                yield Link(quote.ref, target, LinkKind.ABOUT)


def _involved_links(entry: Event | Media) -> Iterator[Link]:
    yield from _reference_links(entry.ref, (*entry.people, *entry.orgs, *entry.places), LinkKind.INVOLVED)


def _reference_links(start: Ref, references: Iterable[Reference | None], kind: LinkKind) -> Iterator[Link]:
    for reference in references:
        for target in reference.targets if reference else ():
            yield Link(start, target, kind)


def _is_evidence_of(link: Link, ref: Ref) -> bool:
    return link.kind is LinkKind.EVIDENCE and link.start == ref
