"""The article pane: the text and, below it, everything else: media, documents, glossary, facts about the article."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import Entry, Part
from dossier.core.links import Links
from dossier.core.model import Article, WrittenDate
from dossier.core.ref import Ref
from dossier.core.views.labels import format_evidence
from dossier.core.views.wording import (
    find_anchors,
    format_written_date,
    make_parts,
    make_reference_part,
    make_unknown_parts,
)
from dossier.text.name_finder import normalize_name


def make_text_entries(article: Article, links: Links) -> Iterator[Entry]:
    """Yield headline, subtitle, sub-headings and numbered paragraphs, marked with the kinds they are evidence for."""
    line = dict(article.field_lines)
    for kind in ("headline", "subtitle"):
        ref = Ref(article.ref.article, kind)
        if text := getattr(article, kind):
            parts = (Part("text", text),)
            yield Entry(ref, parts, line.get(ref, 1), anchors=find_anchors(ref, parts, links))
    marks: dict[Ref, set[str]] = {}
    for kind, found in (("quote", article.quotes), ("event", article.events)):
        for ref in chain.from_iterable(one.evidence for one in found):
            marks.setdefault(ref.entry, set()).add(kind)
    number = 0
    for block in article.body:
        number += block.ref.kind == "para"
        shown = number if block.ref.kind == "para" else 0
        parts = (Part("text", block.text),)
        here, own = frozenset(marks.get(block.ref, ())), find_anchors(block.ref, parts, links)
        yield Entry(block.ref, parts, block.line, paragraph_number=shown, evidence_kinds=here, anchors=own)


def make_foot_entries(article: Article, links: Links, called: Mapping[Ref, str]) -> Iterator[Entry]:
    """Yield media, documents, glossary, facts and unknown fields, under a heading for each kind.

    `called` maps people, organisations and places to their names.
    """
    for ref, parts, line, group, aside in chain(_items(article, called), _facts(article, links, called)):
        yield Entry(ref, parts, line, group, aside, anchors=find_anchors(ref, parts, links))


class _Row(NamedTuple):
    """An entry below the text, without its anchors."""

    ref: Ref
    parts: tuple[Part, ...]
    line: int
    group: str
    aside: str = ""


def _items(article: Article, called: Mapping[Ref, str]) -> Iterator[_Row]:
    for media in article.media:
        involved = [make_reference_part("shows", one, called) for one in (*media.people, *media.orgs, *media.places)]
        parts = make_parts(("text", media.caption), ("type", media.type), ("credit", media.credit), ("url", media.url))
        shown = (*parts, *involved, *make_unknown_parts(media.unknown_fields)) or (Part("text", media.ref.id),)
        yield _Row(media.ref, shown, media.line, "Pictures and media")
    for document in article.documents:
        fields = make_parts(("text", document.title), ("url", document.url))
        shown = (*fields, *make_unknown_parts(document.unknown_fields)) or (Part("text", document.ref.id),)
        yield _Row(document.ref, shown, document.line, "Documents", format_evidence(document.evidence))
    for term in article.glossary:
        yield _Row(term.ref, (Part("term", term.term), Part("meaning", term.meaning)), term.line, "Glossary")


def _facts(article: Article, links: Links, called: Mapping[Ref, str]) -> Iterator[_Row]:
    line = dict(article.field_lines)
    byline = Ref(article.ref.article, "about", "byline")
    if article.byline:
        persons = links.linked_refs(byline)
        authors = (_author(author, persons, called) for author in article.byline)
        yield _Row(byline, (Part("label", "byline"), *authors), line.get(byline, 1), "About this article")
    facts = (
        ("dateline", article.dateline),
        ("outlet", article.outlet),
        ("section", " › ".join(article.section)),
        ("published", format_written_date(article.published)),
        ("updated", format_written_date(article.updated)),
        ("retrieved", format_written_date(article.retrieved)),
        ("url", article.url),
        ("lang", article.lang),
        ("keywords", ", ".join(article.keywords)),
        ("summary", article.summary),
        ("rights", article.rights),
        ("provenance", " · ".join(f"{key}: {value}" for key, value in article.provenance)),
    )
    for key, value in facts:
        if value:
            ref = Ref(article.ref.article, "about", key)
            dated = getattr(article, key, None)
            flaw = "not a valid date" if isinstance(dated, WrittenDate) and dated.date is None else ""
            parts = (Part("label", key), Part("text", value, flaw=flaw))
            yield _Row(ref, parts, line.get(ref, 1), "About this article")
    for key, value in article.unknown_fields:
        ref = Ref(article.ref.article, "about", key)
        yield _Row(ref, (Part("label", key), Part("text", value)), line.get(ref, 1), "Other")


def _author(author: str, persons: Iterable[Ref], called: Mapping[Ref, str]) -> Part:
    """Return an author of the byline, with the people of that name as targets."""
    name = normalize_name(author.partition("<")[0])
    return Part("text", author, tuple(ref for ref in persons if normalize_name(called[ref]) == name))
