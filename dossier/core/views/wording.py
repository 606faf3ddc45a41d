"""Dates and references in words, the same in all panes, and the links in the text of an entry."""

from collections.abc import Iterable, Mapping
from itertools import chain

from dossier.core.dates.words import format_date, format_date_without_time
from dossier.core.entry import Part
from dossier.core.links import Links
from dossier.core.model import Article, Reference, TextFields, WrittenDate
from dossier.core.ref import Anchor, Ref


def format_written_date(dated: WrittenDate | None) -> str:
    """Return a date in words, or as written if it cannot be read; "" for None."""
    if dated is None:
        return ""
    return format_date(dated.date) if dated.date else dated.written


def format_cited_date(dated: WrittenDate | None) -> str:
    """Return a date in words without its time, or as written if it cannot be read; "" for None."""
    if dated is None:
        return ""
    return format_date_without_time(dated.date) if dated.date else dated.written


def map_names(article: Article) -> dict[Ref, str]:
    """Return the name of every person, organisation and place, by its address."""
    return {named.ref: named.name for named in chain(article.people, article.orgs, article.places)}


def make_reference_part(name: str, reference: Reference, called: Mapping[Ref, str]) -> Part:
    """Return a reference as a part: the name of the entry meant, or what was written and what is wrong with it.

    `called` maps addresses to names.
    """
    if meant := reference.ref:
        return Part(name, called.get(meant, meant.id), reference.targets)
    flaw = f"may be any of {len(reference.targets)}" if reference.targets else "no such entry"
    return Part(name, reference.written, reference.targets, flaw)


def make_parts(*fields: tuple[str, str]) -> list[Part]:
    """Return the fields, pairs of a name and a text, as parts of an entry; those with an empty text are left out."""
    return [Part(name, text) for name, text in fields if text]


def make_choice_parts(name: str, word: str, known: tuple[str, ...]) -> list[Part]:
    """Return a part for a word of the fixed set `known`; none for the usual word, which is the first of the set."""
    return [Part(name, word, flaw="" if word in known else f"unknown {name}")] if word != known[0] else []


def make_unknown_parts(fields: TextFields) -> list[Part]:
    """Return parts for the fields that the format does not know, each with its key."""
    return [Part("other", f"{key}: {value}") for key, value in fields]


def find_anchors(ref: Ref, parts: Iterable[Part], links: Links) -> tuple[Anchor, ...]:
    """Return the anchors of the entry at `ref` with these parts, by their start, longest first.

    There are none where the links were derived without spans.
    """
    if not links.has_spans:
        return ()
    inside = links.span_anchors(ref)
    own: list[Anchor] = []
    start = 0
    for part in parts:
        end = start + len(part.text)
        if part.targets:
            own.append(Anchor(start, end, part.targets))
        start = end + 1
    return tuple(sorted((*own, *inside), key=lambda anchor: (anchor.start, -anchor.end))) if own else inside
