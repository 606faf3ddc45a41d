"""The parts of documents for reading, in Markdown and HTML: panes, remarks, the names of links, the labels of notes.

Remarks are what is said of an entry beside its words, in the order and the wording of the screen. They are set in one
line behind the words.
"""

import re
from collections.abc import Container, Iterable, Iterator
from itertools import chain

from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import Entry
from dossier.core.links import Links
from dossier.core.model import Article
from dossier.core.note import PlacedNote
from dossier.core.ref import Ref
from dossier.core.views.labels import format_place
from dossier.core.views.wording import format_written_date

_WORDS = {
    "person": ("name", "native"),
    "org": ("name", "native"),
    "place": ("name", "native"),
    "source": ("name", "native"),
    "quote": ("text",),
    "event": ("date", "time", "text"),
    "term": ("term",),
    "about": ("label",),
    "media": ("text",),
    "document": ("text",),
}
"""The parts that are the words of an entry of each kind; all others are remarks. Texts have no remarks."""
WEB = ("http://", "https://")
"""What web addresses begin with that become links."""
_SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
_AROUND = {"aliases": ("also ", ""), "to": ("to ", ""), "date_text": ("“", "”"), "quote": ("quote ", "")}
_PANES = {
    **dict.fromkeys(("headline", "subtitle", "heading", "para"), "text"),
    **dict.fromkeys(("person", "org", "place", "source"), "people"),
    "quote": "quotes",
    "event": "timeline",
}


def split_panes(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Return the entries under `text`, `people`, `quotes`, `timeline` and `foot`, which is all else, in this order."""
    panes: dict[str, list[Entry]] = {name: [] for name in ("text", "people", "quotes", "timeline", "foot")}
    for entry in entries:
        panes[_PANES.get(entry.ref.kind, "foot")].append(entry)
    return panes


def name_anchors(entries: Iterable[Entry], prefix: str = "", without: Container[str] = ()) -> dict[Ref, str]:
    """Return a name for each entry that links can lead to, by its address, such as `quote-q3`.

    A name consists of letters of ASCII, digits and hyphens, which Markdown, Obsidian and HTML allow. Entries whose ids
    cannot stand in a name are numbered, as in `source--2`. `prefix` tells articles of one document apart. Entries of a
    kind in `without` get no name.
    """
    names: dict[Ref, str] = {}
    for entry in entries:
        kind, id = entry.ref.kind, entry.ref.id
        if entry.ref not in names and kind not in without:
            suffix = f"-{id}" if _SAFE_ID.fullmatch(id) else f"--{len(names) + 1}" if id else ""
            names[entry.ref] = f"{prefix}{kind}{suffix}"
    return names


class Remark(NamedTuple):
    """A text with what stands before and after it, the entries it names, and what is wrong with it.

    `kind` is the name of the part. A flaw without a text is about the whole entry.
    """

    kind: str
    text: str
    targets: tuple[Ref, ...] = ()
    flaw: str = ""
    before: str = ""
    after: str = ""


def collect_words(entry: Entry) -> dict[str, str]:
    """Return the parts that are the words of an entry, by their names."""
    kinds = _WORDS.get(entry.ref.kind, ("text",))
    found: dict[str, str] = {}
    for part in entry.parts:
        if part.name in kinds:
            found.setdefault(part.name, part.text)
    return found


def iterate_remarks(entry: Entry) -> Iterator[Remark]:
    """Yield what is said of an entry beside its words: first what is wrong with it, then its other parts.

    The speaker of a quote is the heading above it, and is not repeated.
    """
    kinds = _WORDS.get(entry.ref.kind, ("text",))
    met: set[str] = set()
    wrong = dict.fromkeys(part.flaw for part in entry.parts if part.name in kinds and part.flaw)
    yield from (Remark("flaw", "", flaw=flaw, before="✗ ") for flaw in wrong)
    if entry.flaw and entry.flaw not in wrong:
        yield Remark("flaw", "", flaw=entry.flaw, before="! ")
    for part in entry.parts:
        if part.name in kinds and part.name not in met:
            met.add(part.name)
            continue
        if part.name == "speaker" and not part.flaw and entry.group.startswith(part.text):
            continue
        before, after = _AROUND.get(part.name, ("", ""))
        yield Remark(part.name, part.text, part.targets, part.flaw, before, after)


def list_places(entry: Entry, links: Links) -> tuple[tuple[str, Ref], ...]:
    """Return the places in the text that an entry is linked to, with their short names: mentions or evidence."""
    return tuple((format_place(where), where) for where in links.find_mention_refs(entry.ref))


def quote_marks(entry: Entry) -> tuple[str, str]:
    """Return the quotation marks around the words of an entry: only direct quotes have them."""
    return ("“", "”") if entry.form == "direct" else ("", "")


def describe_source(article: Article) -> tuple[str, ...]:
    """Return byline, outlet with section, and date of an article, those that it has."""
    where = " › ".join(filter(None, chain((article.outlet,), article.section)))
    authors = ", ".join(article.byline)
    return tuple(filter(None, (authors, where, article.dateline, format_written_date(article.published))))


def label_note(placed: PlacedNote) -> tuple[str, str]:
    """Return the label of a note, such as `Reader’s note on`, and the words that it is on.

    The words of a note on a whole entry are "".
    """
    kind = "note" if placed.note.text else "mark"
    if placed.ref is None:
        return f"Reader’s {kind}, {placed.placement}, on", placed.note.words
    return (f"Reader’s {kind} on", placed.note.words) if placed.ref.span else (f"Reader’s {kind}", "")
