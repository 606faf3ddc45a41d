"""Dates, references and counts in words, the same in all panes, and what the words of an entry lead to."""

from collections.abc import Iterable, Mapping
from itertools import chain

from dossier.core.dates.words import date_in_words
from dossier.core.entry import Part
from dossier.core.links import Links
from dossier.core.model import Article, Dated, Fields, Reference
from dossier.core.ref import Anchor, Ref


def date_words(dated: Dated | None) -> str:
    """A date in words, or as written when it cannot be read."""
    if dated is None:
        return ""
    return date_in_words(dated.date) if dated.date else dated.written


def names(article: Article) -> dict[Ref, str]:
    """What every person, organisation and place is called."""
    return {named.ref: named.name for named in chain(article.people, article.orgs, article.places)}


def reference_part(name: str, reference: Reference, called: Mapping[Ref, str]) -> Part:
    """A reference as it is shown: the name of what it means, or what was written and what is wrong with that."""
    if reference.ref:
        return Part(name, called.get(reference.ref, reference.ref.id), reference.targets)
    flaw = f"may be any of {len(reference.targets)}" if reference.targets else "finds nothing"
    return Part(name, reference.written, reference.targets, flaw)


def parts_of(*fields: tuple[str, str]) -> list[Part]:
    """The fields that have a text, by name."""
    return [Part(name, text) for name, text in fields if text]


def one_of(name: str, word: str, known: tuple[str, ...]) -> list[Part]:
    """A word of a fixed set, left out where it is the usual one, which is the first."""
    return [Part(name, word, flaw="" if word in known else f"no such {name}")] if word != known[0] else []


def others(fields: Fields) -> list[Part]:
    """What stood under keys that the format does not know, each with its key."""
    return [Part("other", f"{key}: {value}") for key, value in fields]


def count_words(count: int, noun: str) -> list[str]:
    """`3 quotes`, `1 mention`; nothing for none."""
    return [f"{count} {noun}{'' if count == 1 else 's'}"] if count else []


def anchors(ref: Ref, parts: Iterable[Part], links: Links) -> tuple[Anchor, ...]:
    """The anchors of the entry at `ref` with these parts, by their start, the longest first."""
    inside = links.spans(ref)
    own: list[Anchor] = []
    start = 0
    for part in parts:
        end = start + len(part.text)
        if part.targets:
            own.append(Anchor(start, end, part.targets))
        start = end + 1
    return tuple(sorted((*own, *inside), key=lambda anchor: (anchor.start, -anchor.end))) if own else inside
