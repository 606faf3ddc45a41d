"""Every cross-link of an article is derived here, by one generator, and read from both ends; no pane holds link code.

A new kind of link is one more `yield` in `derive`, with its word in LinkKind.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain

from dossier.core.dataclasses import NamedTuple
from dossier.core.model import Article, Event, Media, Mention, Quote, Reference, place, reading_order
from dossier.core.ref import Anchor, Ref
from dossier.text.name_finder import Names, plain_name

_ADDRESS = re.compile(r"<[^<>]*>\s*$")


class LinkKind(StrEnum):
    """How the start of a link bears on its end."""

    SAYS = "says"
    SAID_TO = "said to"
    ABOUT = "about"
    EVIDENCE = "evidence"
    MENTION = "mention"
    INVOLVED = "involved"
    MEMBER_OF = "member of"


class Link(NamedTuple):
    """`start` bears on `end` in the way `kind`; either may be a span of an entry's text."""

    start: Ref
    end: Ref
    kind: LinkKind


def derive(article: Article) -> Iterator[Link]:
    """Every link of the article, kind by kind. The same link may come twice: `Links` keeps one.

    What the file leaves open stays open: a reference that finds nothing gives no link, one that may mean several
    entries a link to each of them.
    """
    yield from _mentions(article)
    for person in article.people:
        yield from _each(person.ref, (person.org,), LinkKind.MEMBER_OF)
    about = _Mentioned(article.mentions)
    for quote in article.quotes:
        yield from _quote(quote, about)
    for event in article.events:
        yield from (Link(event.ref, where, LinkKind.EVIDENCE) for where in event.evidence)
        yield from _involved(event)
        yield from _each(event.ref, (event.quote,), LinkKind.ABOUT)
    for media in article.media:
        yield from _involved(media)
    for document in article.documents:
        yield from (Link(document.ref, where, LinkKind.EVIDENCE) for where in document.evidence)


class _Met(NamedTuple):
    """The links at an address in the order derived, and the other end of each of them."""

    links: list[Link]
    others: list[Ref]


_NONE = _Met([], [])


class Links:
    """The links of one article, each once, found from both of their ends."""

    def __init__(self, article: Article, links: Iterable[Link], spans: bool = True) -> None:
        self._order = reading_order(article)
        self._links: dict[Ref, _Met] = {}
        self._spans: dict[Ref, dict[tuple[int, int], dict[Ref, None]]] = {}
        for link in dict.fromkeys(links):
            start, end, _kind = link
            if not start.span and not end.span and start != end:
                self._note(start, end, link)
                self._note(end, start, link)
                continue
            others = {start: end}
            others.setdefault(start.entry, end)
            others.setdefault(end, start)
            others.setdefault(end.entry, start)
            for here, there in others.items():
                self._note(here, there, link)
            if spans:
                self._note_span(start, end)
                self._note_span(end, start)

    def _note(self, here: Ref, there: Ref, link: Link) -> None:
        if (met := self._links.get(here)) is None:
            met = self._links[here] = _Met([], [])
        met.links.append(link)
        met.others.append(there)

    def _note_span(self, here: Ref, there: Ref) -> None:
        if here.span:
            self._spans.setdefault(here.entry, {}).setdefault(here.span, {})[there] = None

    @classmethod
    def of(cls, article: Article, spans: bool = True) -> "Links":
        """The links that `derive` finds. Without `spans` nothing is noted of runs of words: for who does not show the
        texts."""
        return cls(article, derive(article), spans)

    def at(self, ref: Ref) -> tuple[Link, ...]:
        """The links with an end at `ref` or, when that is a whole entry, at a span of it; in the order derived.

        A span stands for just these words, not for shorter or longer runs of words that share some of them.
        """
        return tuple(self._links.get(ref, _NONE).links)

    def neighbours(self, ref: Ref) -> tuple[Ref, ...]:
        """The other ends of the links at `ref`, each once, in the order derived."""
        return tuple(dict.fromkeys(self._links.get(ref, _NONE).others))

    def spans(self, entry: Ref) -> tuple[Anchor, ...]:
        """The runs of words of this entry's text that lead somewhere, by their start, the longest first."""
        if not (found := self._spans.get(entry)):
            return ()
        order = sorted(found, key=lambda span: (span[0], -span[1]))
        return tuple(Anchor(*span, tuple(found[span])) for span in order)

    def lit(self, refs: Iterable[Ref]) -> frozenset[Ref]:
        """What lights when the cursor rests on `refs`: these, what is linked to them, and where the words stand that
        they said."""
        lit: set[Ref] = set()
        for ref in refs:
            lit.add(ref)
            lit.update(self._links.get(ref, _NONE).others)
            for link in self.at(ref):
                if link.kind is LinkKind.SAYS and link.start == ref:
                    lit.update(said.end for said in self.at(link.end) if _proves(said, link.end))
        return frozenset(lit)

    def mentions_of(self, ref: Ref) -> tuple[Ref, ...]:
        """Where `ref` stands in headline, subtitle, body and captions, in reading order: the mentions of what bears a
        name, the evidence of a statement, an event or a document."""
        found = self._standing(ref)
        return tuple(sorted(found, key=lambda where: place(where, self._order)))

    def mention_count(self, ref: Ref) -> int:
        """How many `mentions_of` there are."""
        return len(self._standing(ref))

    def _standing(self, ref: Ref) -> set[Ref]:
        found: set[Ref] = set()
        for start, end, kind in self._links.get(ref, _NONE).links:
            if kind is LinkKind.MENTION and end == ref:
                found.add(start)
            elif kind is LinkKind.EVIDENCE and start == ref:
                found.add(end)
        return {where for where in found if where.entry in self._order}


class _Mentioned:
    """The mentions of the body by where they stand, for the question whom a run of words names."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._starts: dict[Ref, list[tuple[int, int, Mention]]] = {}
        for number, mention in enumerate(mentions):
            if mention.where.span:
                found = self._starts.setdefault(mention.where.entry, [])
                found.append((mention.where.span[0], number, mention))
        for found in self._starts.values():
            found.sort()

    def within(self, where: Ref) -> Iterator[Mention]:
        """The mentions inside a span; none for a whole entry, which does not say which of its words are meant."""
        start, end = where.span or (0, 0)
        found = self._starts.get(where.entry, [])
        for number in range(bisect_left(found, (start, -1)), len(found)):
            mention = found[number][2]
            if found[number][0] >= end:
                return
            if mention.where.span and mention.where.span[1] <= end:
                yield mention


def _mentions(article: Article) -> Iterator[Link]:
    for mention in article.mentions:
        yield from (Link(mention.where, target, LinkKind.MENTION) for target in mention.targets)
    terms = Names((term.term, term.ref) for term in article.glossary)
    for block in article.body:
        for start, end, meant in terms.find(block.text):
            yield from (Link(block.ref.within(start, end), ref, LinkKind.MENTION) for ref in meant)
    byline = Ref(article.ref.article, "about", "byline")
    authors = {plain_name(_ADDRESS.sub("", line)) for line in article.byline}
    yield from (
        Link(byline, person.ref, LinkKind.MENTION) for person in article.people if plain_name(person.name) in authors
    )


def _quote(quote: Quote, about: _Mentioned) -> Iterator[Link]:
    speakers: tuple[Ref, ...] = ()
    if quote.speaker:
        speakers = quote.speaker.targets
    elif quote.speaker_text:
        speakers = (Ref(quote.ref.article, "source", quote.speaker_text),)
    yield from (Link(speaker, quote.ref, LinkKind.SAYS) for speaker in speakers)
    yield from (Link(where, speaker, LinkKind.MENTION) for where in quote.speaker_at for speaker in speakers)
    yield from _each(quote.ref, (quote.to,), LinkKind.SAID_TO)
    yield from (Link(quote.ref, where, LinkKind.EVIDENCE) for where in quote.evidence)
    for mention in chain.from_iterable(about.within(where) for where in quote.evidence):
        yield from (Link(quote.ref, target, LinkKind.ABOUT) for target in mention.targets if target not in speakers)


def _involved(entry: Event | Media) -> Iterator[Link]:
    yield from _each(entry.ref, (*entry.people, *entry.orgs, *entry.places), LinkKind.INVOLVED)


def _each(start: Ref, references: Iterable[Reference | None], kind: LinkKind) -> Iterator[Link]:
    for reference in references:
        if reference:
            yield from (Link(start, target, kind) for target in reference.targets)


def _proves(link: Link, ref: Ref) -> bool:
    return link.kind is LinkKind.EVIDENCE and link.start == ref
