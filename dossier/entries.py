"""Everything that is shown, found and printed is an Entry, so that screen, search and export can never disagree.

A pane is a tuple of entries, made by one small function each. What a row says beside its words (counts, the paragraph
it stands in) is `aside`: shown, but not found, since the article does not say it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from dossier.dates.edtf import Date, sort_key
from dossier.dates.words import short, words
from dossier.links import Anchor, Links
from dossier.model import FORMS, STATUSES, Article, Dated, Event, Fields, Named, Person, Quote, Reference, Standing
from dossier.ref import Ref
from dossier.text.names import plain


class Part(NamedTuple):
    """A field of an entry: what it is, its text, what it leads to, and what is wrong with it (nothing: empty)."""

    name: str
    text: str
    targets: tuple[Ref, ...] = ()
    flaw: str = ""


@dataclass(frozen=True)
class Entry:
    """One row or paragraph.

    `line` is that of the file, from 1; `group` the heading above it; `aside` what is shown beside its words; `number`
    that of a paragraph, else 0; `marks` the kinds of what it is evidence for; `anchors` the links in `text`, in its
    code points.
    """

    ref: Ref
    parts: tuple[Part, ...]
    line: int
    group: str = ""
    aside: str = ""
    number: int = 0
    date: Date | None = None
    form: str = ""
    status: str = ""
    flaw: str = ""
    marks: frozenset[str] = frozenset()
    anchors: tuple[Anchor, ...] = ()

    def __hash__(self) -> int:
        """By the address alone: entries are looked up at every line that is drawn, and the fields are many."""
        return hash(self.ref)

    @cached_property
    def text(self) -> str:
        """The parts, one a line: what hits, anchors and spans count in."""
        return "\n".join(part.text for part in self.parts)

    def offsets(self) -> Iterator[tuple[Part, int]]:
        """Each part, with where it begins in `text`."""
        start = 0
        for part in self.parts:
            yield part, start
            start += len(part.text) + 1


PANES = ("article", "people", "quotes", "timeline")
"""The panes of one article, in the order in which they are read and numbered."""


def panes(article: Article, links: Links) -> Mapping[str, tuple[Entry, ...]]:
    """The entries of every pane, by its name."""
    made = {
        "article": chain(_prose(article), _foot(article, links)),
        "people": _named(article, links),
        "quotes": _quotes(article),
        "timeline": _timeline(article),
    }
    return {name: tuple(_anchored(entry, links) for entry in made[name]) for name in PANES}


def counted(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries; above quotes, the number of them with that speaker stands in the heading of the group."""
    found = tuple(entries)
    count = Counter(entry.group for entry in found if entry.ref.kind == "quote")
    numbered = (replace(entry, group=f"{entry.group} ({count[entry.group]})") for entry in found)
    return tuple(numbered) if count else found


def place_words(ref: Ref) -> str:
    """Where something stands, in a word: `¶4` for a paragraph, else what kind of text it is."""
    if ref.kind == "para":
        return "¶" + ref.id.removeprefix("p")
    return {"media": f"caption {ref.id}", "heading": "sub-heading", "about": ref.id}.get(ref.kind, ref.kind)


def evidence_words(evidence: Iterable[Ref]) -> str:
    """Where the evidence stands, each place once: `¶2 ¶3`."""
    return " ".join(dict.fromkeys(place_words(ref) for ref in evidence))


def date_words(dated: Dated | None) -> str:
    """A date in words, or as written when it cannot be read."""
    if dated is None:
        return ""
    return words(dated.date) if dated.date else dated.written


def names(article: Article) -> dict[Ref, str]:
    """What every person, organisation and place is called."""
    return {named.ref: named.name for named in chain(article.people, article.orgs, article.places)}


def reference_part(name: str, reference: Reference, called: Mapping[Ref, str]) -> Part:
    """A reference as it is shown: the name of what it means, or what was written and what is wrong with that."""
    if reference.ref:
        return Part(name, called.get(reference.ref, reference.ref.id), reference.targets)
    flaw = f"may be any of {len(reference.targets)}" if reference.targets else "finds nothing"
    return Part(name, reference.written, reference.targets, flaw)


def _anchored(entry: Entry, links: Links) -> Entry:
    own = [Anchor(start, start + len(part.text), part.targets) for part, start in entry.offsets() if part.targets]
    inside = links.spans(entry.ref)
    return replace(entry, anchors=tuple(sorted((*own, *inside), key=lambda anchor: (anchor.start, -anchor.end))))


def _prose(article: Article) -> Iterator[Entry]:
    line = dict(article.lines)
    for kind in ("headline", "subtitle"):
        ref = Ref(article.ref.article, kind)
        if text := getattr(article, kind):
            yield Entry(ref, (Part("text", text),), line.get(ref, 1))
    marks: dict[Ref, set[str]] = {}
    for kind, found in (("quote", article.quotes), ("event", article.events)):
        for ref in chain.from_iterable(one.evidence for one in found):
            marks.setdefault(ref.entry, set()).add(kind)
    number = 0
    for block in article.body:
        number += block.ref.kind == "para"
        shown = number if block.ref.kind == "para" else 0
        parts = (Part("text", block.text),)
        yield Entry(block.ref, parts, block.line, number=shown, marks=frozenset(marks.get(block.ref, ())))


def _foot(article: Article, links: Links) -> Iterator[Entry]:
    called = names(article)
    for media in article.media:
        involved = [reference_part("shows", one, called) for one in (*media.people, *media.orgs, *media.places)]
        parts = _parts(("text", media.caption), ("type", media.type), ("credit", media.credit), ("url", media.url))
        shown = (*parts, *involved, *_others(media.other)) or (Part("text", media.ref.id),)
        yield Entry(media.ref, shown, media.line, "Pictures and media")
    for document in article.documents:
        fields = _parts(("text", document.title), ("url", document.url))
        shown = (*fields, *_others(document.other)) or (Part("text", document.ref.id),)
        proof = evidence_words(document.evidence)
        yield Entry(document.ref, shown, document.line, "Documents", proof)
    for term in article.glossary:
        yield Entry(term.ref, (Part("term", term.term), Part("meaning", term.meaning)), term.line, "Glossary")
    yield from _about(article, links)


def _about(article: Article, links: Links) -> Iterator[Entry]:
    line = dict(article.lines)
    byline = Ref(article.ref.article, "about", "byline")
    if article.byline:
        authors = (_author(author, links.neighbours(byline), names(article)) for author in article.byline)
        yield Entry(byline, (Part("label", "byline"), *authors), line.get(byline, 1), "About this article")
    facts = (
        ("dateline", article.dateline),
        ("outlet", article.outlet),
        ("section", " › ".join(article.section)),
        ("published", date_words(article.published)),
        ("updated", date_words(article.updated)),
        ("retrieved", date_words(article.retrieved)),
        ("url", article.url),
        ("lang", article.lang),
        ("keywords", ", ".join(article.keywords)),
        ("summary", article.summary),
        ("rights", article.rights),
        ("provenance", " · ".join(f"{key}: {value}" for key, value in article.provenance)),
    )
    for key, value in facts:
        ref = Ref(article.ref.article, "about", key)
        if value:
            dated = getattr(article, key, None)
            flaw = "no such date" if isinstance(dated, Dated) and dated.date is None else ""
            yield Entry(
                ref, (Part("label", key), Part("text", value, flaw=flaw)), line.get(ref, 1), "About this article"
            )
    for key, value in article.other:
        ref = Ref(article.ref.article, "about", key)
        yield Entry(ref, (Part("label", key), Part("text", value)), line.get(ref, 1), "Other")


def _author(author: str, persons: Iterable[Ref], called: Mapping[Ref, str]) -> Part:
    name = plain(author.partition("<")[0])
    return Part("text", author, tuple(ref for ref in persons if plain(called[ref]) == name))


def _named(article: Article, links: Links) -> Iterator[Entry]:
    said = Counter(target for quote in article.quotes if quote.speaker for target in quote.speaker.targets)
    called = names(article)
    groups = (("People", article.people), ("Organisations", article.orgs), ("Places", article.places))
    for group, found in groups:
        for named in found:
            aside = _counted(len(links.mentions_of(named.ref)), "mention") + _counted(said[named.ref], "quote")
            yield Entry(named.ref, tuple(_named_parts(named, called)), named.line, group, "  ".join(aside))
    unnamed: dict[str, list[Quote]] = {}
    for quote in article.quotes:
        if not quote.speaker and quote.speaker_text:
            unnamed.setdefault(quote.speaker_text, []).append(quote)
    for text, quotes in unnamed.items():
        ref = Ref(article.ref.article, "source", text)
        parts = (Part("name", text), Part("note", "unnamed" if len(quotes) == 1 else "unnamed, perhaps more than one"))
        yield Entry(ref, parts, quotes[0].line, "Unnamed sources", "  ".join(_counted(len(quotes), "quote")))


def _named_parts(named: Named, called: Mapping[Ref, str]) -> Iterator[Part]:
    yield Part("name", named.name)
    yield from _parts(("native", named.native))
    if isinstance(named, Person):
        yield from _parts(("role", named.role))
        if named.org:
            yield reference_part("org", named.org, called)
        yield from _parts(("org", named.org_text))
    yield from _parts(("aliases", ", ".join(named.aliases)), ("note", named.note))
    yield from _others(named.other)


def _quotes(article: Article) -> Iterator[Entry]:
    called = names(article)
    grouped: dict[str, list[Entry]] = {}
    for quote in article.quotes:
        entry = _quote(quote, called)
        grouped.setdefault(entry.group, []).append(entry)
    yield from chain.from_iterable(grouped.values())


def _quote(quote: Quote, called: Mapping[Ref, str]) -> Entry:
    parts = [Part("text", quote.text, (), "" if quote.standing != Standing.ABSENT else str(quote.standing))]
    group = "No speaker given"
    if quote.speaker:
        speaker = reference_part("speaker", quote.speaker, called)
        group = speaker.text
        parts.append(speaker)
    elif quote.speaker_text:
        source = Ref(quote.ref.article, "source", quote.speaker_text)
        parts.append(Part("speaker", quote.speaker_text, (source,)))
        group = f"{quote.speaker_text}, unnamed"
    parts += _parts(("cue", quote.cue))
    if quote.to:
        parts.append(reference_part("to", quote.to, called))
    parts += _parts(("to", quote.to_text))
    parts += _one_of("form", quote.form, FORMS)
    proof = evidence_words(quote.evidence)
    flaw = "" if quote.standing in (Standing.FOUND, Standing.PARAPHRASE) else str(quote.standing)
    parts += _others(quote.other)
    return Entry(quote.ref, tuple(parts), quote.line, group, proof, form=quote.form, flaw=flaw)


def _timeline(article: Article) -> Iterator[Entry]:
    called = names(article)
    dates = [event.date.date if event.date else None for event in article.events]
    order = sorted(range(len(dates)), key=lambda at: sort_key(dates[at], at))
    for event in (article.events[at] for at in order):
        yield _event(event, called)


def _event(event: Event, called: Mapping[Ref, str]) -> Entry:
    date = event.date.date if event.date else None
    when = short(date) if date else event.date.written if event.date else "undated"
    parts = [Part("date", when, flaw="no such date" if event.date and not date else ""), Part("text", event.what)]
    parts += [*_one_of("status", event.status, STATUSES), *_parts(("date_text", event.date_text))]
    for kind, references in (("people", event.people), ("orgs", event.orgs), ("places", event.places)):
        parts += [reference_part(kind, reference, called) for reference in references]
    parts += _parts(("note", event.note))
    if event.quote:
        parts.append(
            Part("quote", event.quote.written, event.quote.targets, "" if event.quote.ref else "finds nothing")
        )
    parts += _others(event.other)
    proof = evidence_words(event.evidence)
    return Entry(event.ref, tuple(parts), event.line, aside=proof, date=date, status=event.status)


def _parts(*fields: tuple[str, str]) -> list[Part]:
    return [Part(name, text) for name, text in fields if text]


def _one_of(name: str, word: str, known: tuple[str, ...]) -> list[Part]:
    """A word of a fixed set, left out where it is the usual one, which is the first."""
    return [Part(name, word, flaw="" if word in known else f"no such {name}")] if word != known[0] else []


def _others(fields: Fields) -> list[Part]:
    return [Part("other", f"{key}: {value}") for key, value in fields]


def _counted(count: int, noun: str) -> list[str]:
    return [f"{count} {noun}{'' if count == 1 else 's'}"] if count else []
