"""The article's pane is its text and, below that, what is not prose: pictures, documents, glossary, facts about it."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from dossier.entries.entry import Entry, Part
from dossier.entries.wording import date_words, evidence_words, names, others, parts_of, reference_part
from dossier.links import Links
from dossier.model import Article, Dated
from dossier.ref import Ref
from dossier.text.names import plain


def prose(article: Article) -> Iterator[Entry]:
    """Headline, subtitle, sub-headings and numbered paragraphs, marked with what they are evidence for."""
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


def foot(article: Article, links: Links) -> Iterator[Entry]:
    """What is not prose, under a heading for each kind; last, what stood under unknown keys."""
    called = names(article)
    for media in article.media:
        involved = [reference_part("shows", one, called) for one in (*media.people, *media.orgs, *media.places)]
        parts = parts_of(("text", media.caption), ("type", media.type), ("credit", media.credit), ("url", media.url))
        shown = (*parts, *involved, *others(media.other)) or (Part("text", media.ref.id),)
        yield Entry(media.ref, shown, media.line, "Pictures and media")
    for document in article.documents:
        fields = parts_of(("text", document.title), ("url", document.url))
        shown = (*fields, *others(document.other)) or (Part("text", document.ref.id),)
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
