"""JSON objects of articles, entries and problems. They have the same texts, addresses and links as the screen.

An entry is an object with
    ref     its address
    kind    its kind: para, person, quote, event …
    text    its text; spans in addresses count code points of this text
    parts   the lines of `text`, a field each: name, text, targets (addresses), flaw (what is wrong, or "")
    links   the links to or from this entry or a span of its text: kind, start and end (addresses)
A quote by itself also has
    citation   its words with speaker, role, headline, outlet, date, paragraph and web address

An article is such an object with the kind `article`, its headline as text, no parts, all its links, and
    panes   article, people, quotes and timeline: the entries of each, in the order of the screen

A problem is an object with path, line, column (both 1-based), severity, code, message and excerpt: the line of the
file, of a long one the part around the column. If its cure is mechanical, it has a fix, too: line, column, end_line and
end_column of the range to replace (1-based, the end excluded), and text, what to replace it by. Columns count code
points. Later versions may add names to these objects, but remove none.
"""

from collections.abc import Iterable, Mapping, Sequence

from dossier.core.entry import Entry, Part
from dossier.core.links import Link, Links, derive_links
from dossier.core.model import Article
from dossier.core.problem import Problem
from dossier.core.ref import Ref
from dossier.export.json_types import JsonObject


def make_article_object(article: Article, links: Links, panes: Mapping[str, Sequence[Entry]]) -> JsonObject:
    """Return the object of the whole article."""
    every = dict.fromkeys(derive_links(article))
    shown = {name: [make_entry_object(entry, links) for entry in entries] for name, entries in panes.items()}
    return {**_object(article.ref, "article", article.headline, (), every), "panes": shown}


def make_entry_object(entry: Entry, links: Links) -> JsonObject:
    """Return one entry as a JSON object. `links` are those of its article; the object has the links of the entry."""
    return _object(entry.ref, entry.ref.kind, entry.text, entry.parts, links.links_at(entry.ref))


def make_span_object(entry: Entry, span: tuple[int, int], links: Links) -> JsonObject:
    """Return the object of a span of an entry's text, as one part.

    `span` is the 0-based start and end of the span in code points, the end excluded.
    """
    start, end = span
    inside = [anchor for anchor in entry.anchors if start <= anchor.start and anchor.end <= end]
    targets = tuple(dict.fromkeys(target for anchor in inside for target in anchor.targets))
    part = Part("text", entry.text[start:end], targets)
    ref = entry.ref.with_span(start, end)
    return _object(ref, ref.kind, part.text, (part,), links.links_at(ref))


def make_problem_object(problem: Problem, excerpt: str) -> JsonObject:
    """Return the object of one problem; `excerpt` is what stands in the file at its place."""
    made: JsonObject = {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "severity": str(problem.severity),
        "code": problem.code,
        "message": problem.message,
        "excerpt": excerpt,
    }
    if problem.fix:
        made["fix"] = problem.fix._asdict()
    return made


def _object(ref: Ref, kind: str, text: str, parts: Iterable[Part], links: Iterable[Link]) -> JsonObject:
    return {
        "ref": str(ref),
        "kind": kind,
        "text": text,
        "parts": [_part(part) for part in parts],
        "links": [{"kind": str(link.kind), "start": str(link.start), "end": str(link.end)} for link in links],
    }


def _part(part: Part) -> JsonObject:
    return {
        "name": part.name,
        "text": part.text,
        "targets": [str(target) for target in part.targets],
        "flaw": part.flaw,
    }
