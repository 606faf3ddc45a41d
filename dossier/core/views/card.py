"""Everything known about one entry, field by field, as entries; a peek and `dossier show` show the same."""

from collections.abc import Iterator, Sequence

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.instants import convert_to_home
from dossier.core.dates.words import explain_date, format_date
from dossier.core.entry import Entry, Part
from dossier.core.links import LinkKind, Links
from dossier.core.model import (
    Article,
    Event,
    EvidenceStatus,
    Media,
    NamedEntry,
    Person,
    Place,
    Quote,
    Reference,
    TextFields,
)
from dossier.core.ref import Anchor, Ref
from dossier.core.views.citation import quoted_words
from dossier.core.views.labels import format_evidence, format_place
from dossier.core.views.wording import format_written_date, make_reference_part, map_names

_STANDINGS = {
    EvidenceStatus.SEVERAL: "these words are in several places, and the file does not say which one is meant",
    EvidenceStatus.ELSEWHERE: "the words are in the article, but not where the file says",
    EvidenceStatus.ABSENT: "these words are not in the article",
    EvidenceStatus.UNMARKED: "doubtful: no quote marks show which of these words are the speaker's own",
    EvidenceStatus.UNSEARCHED: "these words were not looked for, because the article has too many places to find",
    EvidenceStatus.PARAPHRASE: "a paraphrase: these words are not in the article",
}
_FOUND = {
    "direct": "word for word in the article",
    "mixed": "the words in quote marks are in the article word for word",
}


SENTENCE = "sentence"
"""The name of the part of a card's row that has a sentence of the article; its links are the words of the evidence."""


class _Sentence(NamedTuple):
    """A sentence of the article, the entry it is in, and the evidence in it: places, and their spans in `text`."""

    entry: Ref
    text: str
    words: tuple[tuple[Ref, tuple[int, int]], ...]


def make_card(article: Article, links: Links, ref: Ref) -> tuple[Entry, ...]:
    """Return the fields of the entry at `ref`, one a row, with links; empty if the article has no such entry."""
    rows = [part for part in _rows(article, links, ref.entry) if part.text]
    return tuple(_row(article, number, part) for number, part in enumerate(rows))


def _row(article: Article, number: int, part: Part | _Sentence) -> Entry:
    if isinstance(part, _Sentence):
        label = format_place(part.entry)
        begin = len(label) + 1
        words = tuple(Anchor(begin + start, begin + end, (place,)) for place, (start, end) in part.words)
        return Entry(Ref("", "about", str(number)), (Part("label", label), Part(SENTENCE, part.text)), 0, anchors=words)
    shown = (Part("label", part.name), Part("text", part.text, part.targets, part.flaw))
    start = len(part.name) + 1
    anchors = (Anchor(start, start + len(part.text), part.targets),) if part.targets else ()
    return Entry(Ref("", "about", str(number)), shown, 0, anchors=anchors)


def _rows(article: Article, links: Links, ref: Ref) -> Iterator[Part | _Sentence]:
    for found in (*article.people, *article.orgs, *article.places):
        if found.ref == ref:
            yield from _named(article, links, found)
    for quote in article.quotes:
        if quote.ref == ref:
            yield from _quote(article, quote)
    for event in article.events:
        if event.ref == ref:
            yield from _event(article, event)
    for media in article.media:
        if media.ref == ref:
            yield from _media(article, media)
    yield from _plain(article, links, ref)


def _named(article: Article, links: Links, named: NamedEntry) -> Iterator[Part]:
    yield Part("name", named.name)
    yield Part("native", named.native)
    if isinstance(named, Person):
        yield Part("role", named.role)
        yield from _references(article, "org", (named.org,))
        yield Part("org", named.org_text)
    yield Part("also", ", ".join(named.aliases))
    yield Part("note", named.note)
    if isinstance(named, Place):
        yield Part("geo", named.geo)
    yield Part("same as", ", ".join(f"{where} {what}" for where, what in named.same_as))
    yield from _mentions(links, named.ref)
    yield from _linked(article, links, named.ref)
    yield from _fields(named.unknown_fields)


def _quote(article: Article, quote: Quote) -> Iterator[Part | _Sentence]:
    flaw = (
        "" if quote.evidence_status in (EvidenceStatus.FOUND, EvidenceStatus.PARAPHRASE) else str(quote.evidence_status)
    )
    yield Part("quote", quoted_words(quote), flaw=flaw)
    yield from _sentences(article, quote.evidence)
    if quote.speaker:
        yield from _references(article, "speaker", (quote.speaker,))
    elif quote.speaker_text:
        source = Ref(article.ref.article, "source", quote.speaker_text)
        yield Part("speaker", f"{quote.speaker_text} (unnamed)", (source,))
    else:
        yield Part("speaker", "none given")
    yield Part("cue", quote.cue)
    yield from _references(article, "to", (quote.to,))
    yield Part("to", quote.to_text)
    yield Part("form", quote.form)
    yield _evidence(quote.evidence)
    found = _FOUND.get(quote.form, "retold in the article's own words")
    yield Part("standing", _STANDINGS.get(quote.evidence_status, found))
    yield _published(article)
    yield from _fields(quote.unknown_fields)


def _event(article: Article, event: Event) -> Iterator[Part | _Sentence]:
    yield Part("event", event.what)
    yield from _sentences(article, event.evidence, event.date_text)
    yield Part("as written", f"“{event.date_text}”" if event.date_text else "")
    if event.date and event.date.date:
        yield from (Part(name, text) for name, text in explain_date(event.date.date))
        here = convert_to_home(event.date.date, article.published.date if article.published else None)
        yield Part("local time", format_date(here) if here else "")
    elif event.date:
        yield Part("EDTF", event.date.written, flaw="not a valid date")
    yield Part("status", event.status)
    yield from _references(article, "people", event.people)
    yield from _references(article, "orgs", event.orgs)
    yield from _references(article, "places", event.places)
    yield from _found(article, event)
    yield from _references(article, "quote", (event.quote,))
    yield Part("note", event.note)
    yield _evidence(event.evidence)
    yield _published(article)
    yield from _fields(event.unknown_fields)


def _found(article: Article, event: Event) -> Iterator[Part]:
    """Yield everybody and everything that was found in the text of an event, each once."""
    called = map_names(article)
    for targets in dict.fromkeys(mention.targets for mention in event.found):
        yield Part("found in it", " or ".join(called.get(ref, ref.id) for ref in targets), targets)


def _media(article: Article, media: Media) -> Iterator[Part]:
    yield from (Part(name, getattr(media, name)) for name in ("caption", "type", "credit", "url"))
    for name in ("people", "orgs", "places"):
        yield from _references(article, name, getattr(media, name))
    yield from _fields(media.unknown_fields)


def _plain(article: Article, links: Links, ref: Ref) -> Iterator[Part]:
    if ref.kind == "source":
        yield Part("source", ref.id)
        yield Part("name", "not given: the file has only these words of the article")
        yield from _linked(article, links, ref)
    for term in article.glossary:
        if term.ref == ref:
            yield Part("term", term.term)
            yield Part("meaning", term.meaning)
            yield from _mentions(links, ref)
    for document in article.documents:
        if document.ref == ref:
            yield Part("document", document.title)
            yield Part("url", document.url)
            yield _evidence(document.evidence)
            yield from _fields(document.unknown_fields)
    for block in article.body:
        if block.ref == ref:
            yield Part(format_place(ref), block.text)
            yield from dict.fromkeys(_linked(article, links, ref))
    if ref.kind in ("headline", "subtitle"):
        yield Part(ref.kind, getattr(article, ref.kind))


def _references(article: Article, name: str, references: Sequence[Reference | None]) -> Iterator[Part]:
    called = map_names(article) | {quote.ref: quoted_words(quote) for quote in article.quotes}
    yield from (make_reference_part(name, reference, called) for reference in references if reference)


def _evidence(evidence: tuple[Ref, ...]) -> Part:
    return Part("evidence", format_evidence(evidence) or "none given", evidence)


def _published(article: Article) -> Part:
    """Return the outlet and the date of the article. That it has no date is said: the outlet alone is no answer."""
    date = format_written_date(article.published) or "no date given"
    return Part("published", f"{article.outlet} · {date}" if article.outlet else date)


def _sentences(article: Article, evidence: tuple[Ref, ...], date_text: str = "") -> Iterator[_Sentence]:
    """Yield the sentences that the evidence stands in, each once; of a whole paragraph, the one with `date_text`."""
    # It is slow to load, and no list needs it.
    from dossier.text.sentences import find_sentence  # noqa: PLC0415

    texts = {block.ref: block.text for block in article.body} | {one.ref: one.caption for one in article.media}
    texts |= {Ref(article.ref.article, kind): getattr(article, kind) for kind in ("headline", "subtitle")}
    found: dict[tuple[Ref, tuple[int, int]], list[tuple[Ref, tuple[int, int]]]] = {}
    for place in evidence:
        text = texts.get(place.entry, "")
        span = place.span
        if span is None and date_text and text.count(date_text) == 1:
            start = text.index(date_text)
            span = start, start + len(date_text)
        first, last = find_sentence(text, *span) if span else (0, len(text))
        start, end = span or (first, last)
        found.setdefault((place.entry, (first, last)), []).append((place, (start - first, end - first)))
    for (entry, (first, last)), words in found.items():
        yield _Sentence(entry, texts.get(entry, "")[first:last], tuple(words))


def _mentions(links: Links, ref: Ref) -> Iterator[Part]:
    where = links.find_mention_refs(ref)
    if where:
        yield Part("mentions", f"{len(where)} · {format_evidence(where)}", where)


def _linked(article: Article, links: Links, ref: Ref) -> Iterator[Part]:
    """Yield the linked quotes, each with form and place, and events, each with its date: a citation needs both."""
    quotes = {quote.ref: quote for quote in article.quotes}
    events = {event.ref: event for event in article.events}
    said: dict[str, list[Part]] = {label: [] for label in ("says", "is told", "spoken of", "quote", "event")}
    for link in links.links_at(ref):
        other = link.end if link.start.entry == ref else link.start
        if other in quotes:
            label = _quote_label(link.kind, ref)
            said[label].append(Part(label, _quote_words(quotes[other]), (other,)))
        elif other in events:
            said["event"].append(Part("event", _event_words(events[other]), (other,)))
    yield from (part for parts in said.values() for part in dict.fromkeys(parts))


def _quote_words(quote: Quote) -> str:
    return f"{quoted_words(quote)} ({', '.join(filter(None, (quote.form, format_evidence(quote.evidence))))})"


def _event_words(event: Event) -> str:
    when = format_written_date(event.date) or event.date_text or "undated"
    return f"{when}: {event.what}" + (f" ({event.status})" if event.status != "happened" else "")


def _quote_label(kind: LinkKind, ref: Ref) -> str:
    if ref.kind in ("para", "heading"):
        return "quote"
    return {LinkKind.SAYS: "says", LinkKind.SAID_TO: "is told"}.get(kind, "spoken of")


def _fields(fields: TextFields) -> Iterator[Part]:
    yield from (Part(key, value) for key, value in fields)
