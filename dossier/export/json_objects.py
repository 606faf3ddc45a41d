"""What programs are given is made of the entries that the screen shows: the same texts, addresses and links.

An entry is an object with
    ref     its address
    kind    what it is: para, person, quote, event …
    text    its words; spans in addresses count code points of it
    parts   the fields that `text` is made of, a line each: name, text, targets (addresses), flaw (what is wrong, or "")
    links   start, end (addresses, at least one of them this entry or a span of its text) and kind

An article is one with kind `article`, its headline as text, no parts, all links, and
    panes   article, people, quotes and timeline: the entries of each, in the order of the screen

A finding of the checker is an object with path, line, column (both from 1), severity, code and message. Names are only
ever added to these.
"""

from collections.abc import Iterable, Mapping, Sequence

from dossier.core.entry import Entry, Part
from dossier.core.links import Link, Links, derive
from dossier.core.model import Article
from dossier.core.problem import Problem
from dossier.core.ref import Ref
from dossier.export.json_types import Object


def article_object(article: Article, links: Links, panes: Mapping[str, Sequence[Entry]]) -> Object:
    """The whole article."""
    every = dict.fromkeys(derive(article))
    shown = {name: [entry_object(entry, links) for entry in entries] for name, entries in panes.items()}
    return {**_object(article.ref, "article", article.headline, (), every), "panes": shown}


def entry_object(entry: Entry, links: Links) -> Object:
    """One entry."""
    return _object(entry.ref, entry.ref.kind, entry.text, entry.parts, links.at(entry.ref))


def span_object(entry: Entry, span: tuple[int, int], links: Links) -> Object:
    """The code points from `span[0]` to `span[1]` (excluded) of an entry's text, as one part."""
    start, end = span
    inside = [anchor for anchor in entry.anchors if start <= anchor.start and anchor.end <= end]
    targets = tuple(dict.fromkeys(target for anchor in inside for target in anchor.targets))
    part = Part("text", entry.text[start:end], targets)
    ref = entry.ref.within(start, end)
    return _object(ref, ref.kind, part.text, (part,), links.at(ref))


def problem_object(problem: Problem) -> Object:
    """One finding."""
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "severity": str(problem.severity),
        "code": problem.code,
        "message": problem.message,
    }


def _object(ref: Ref, kind: str, text: str, parts: Iterable[Part], links: Iterable[Link]) -> Object:
    return {
        "ref": str(ref),
        "kind": kind,
        "text": text,
        "parts": [_part(part) for part in parts],
        "links": [{"kind": str(link.kind), "start": str(link.start), "end": str(link.end)} for link in links],
    }


def _part(part: Part) -> Object:
    return {
        "name": part.name,
        "text": part.text,
        "targets": [str(target) for target in part.targets],
        "flaw": part.flaw,
    }
