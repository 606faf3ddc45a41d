"""Text in HTML with its links and marks: names lead to their entries, evidence to what it is evidence for."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from html import escape

from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import Entry
from dossier.core.links import LinkKind, Links
from dossier.core.note import PlacedNote
from dossier.core.ref import Ref
from dossier.export.entry_remarks import WEB, collect_words, name_anchors
from dossier.export.export import EntryNotes, ExportedArticle
from dossier.text.messages import abbreviate

_MARKS = {"quote": "said", "event": "when", "document": "when"}
_THERE = "↗"
_SIGNS = {"quote": _THERE, "event": _THERE, "document": _THERE, "term": "†"}
_SHORT_ID = re.compile(r"[a-z]{1,2}\d{1,4}")
_TEXTS = ("headline", "subtitle", "heading", "para", "media")
"""The kinds of entries in whose text spans have names."""
_LANG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_LABEL = 70
_MARKER = ' class="to" dir="ltr"'
"""The attributes of a marker. Of its own direction, it never stands before a number that it follows in Hebrew."""


class Span(NamedTuple):
    """A run of words from `start` to `end` with the entries that it links to, and the notes on it."""

    start: int
    end: int
    targets: tuple[Ref, ...] = ()
    notes: tuple[str, ...] = ()


class _Open(NamedTuple):
    """An element that is open: where it ends, how it is closed, and the markers that follow it."""

    end: int
    closing: str
    markers: str


class Context:
    """The names and words of an article's entries, and the spans that have names, which are needed to make links."""

    def __init__(self, exported: ExportedArticle, prefix: str) -> None:
        self.links: Links = exported.links
        self.prefix = prefix
        self.names: Mapping[Ref, str] = name_anchors(exported.entries, prefix)
        self.entries: Mapping[Ref, Entry] = {entry.ref: entry for entry in reversed(exported.entries)}
        self.notes = EntryNotes(exported)
        self.note_names = {placed.note.id: f"{prefix}note-{number}" for number, placed in enumerate(exported.notes, 1)}
        self._spans = {
            entry.ref.with_span(anchor.start, anchor.end)
            for entry in exported.entries
            if entry.ref.kind in _TEXTS
            for anchor in entry.anchors
        }
        self.lang = exported.article.lang if _LANG.fullmatch(exported.article.lang) else ""

    def name(self, ref: Ref) -> str:
        """Return the name of an entry, or of a span that is marked in one; "" if it is not exported."""
        name = self.names.get(ref.entry, "")
        return _name_span(name, ref) if ref in self._spans else name

    def id(self, entry: Entry) -> str:
        """Return the attribute that gives an entry its name; "" if an entry before it has the same address."""
        return f' id="{self.names[entry.ref]}"' if self.entries[entry.ref] is entry else ""

    def link(self, ref: Ref, words: str, attributes: str = "", label: str = "") -> str:
        """Return HTML as a link to an entry or a span, or as it is when that is not exported."""
        name = self.name(ref)
        if not name:
            return words
        about = f' title="{escape(label)}" aria-label="{escape(label)}"' if label else ""
        return f'<a href="#{name}"{attributes}{about}>{words}</a>'

    def say(self, text: str) -> str:
        """Return words of the article inside those of this page, apart from the direction of what is around them."""
        lang = f' lang="{self.lang}"' if self.lang else ""
        return f"<bdi{lang}>{escape(text)}</bdi>"

    def marker(self, ref: Ref, sign: str = "") -> str:
        """Return a small link to an entry that stands behind words; nothing if it is not exported."""
        entry = self.entries.get(ref)
        if entry is None:
            return ""
        words = collect_words(entry)
        label = abbreviate(" ".join(words.values()), _LABEL)
        return self.link(ref, sign or short_sign(ref) or _SIGNS.get(ref.kind, "?"), _MARKER, f"{ref.kind}: {label}")


def short_sign(ref: Ref) -> str:
    """Return what a quote, event or document is called in the text: its id, such as q3; "" if it has a longer one."""
    return ref.id if ref.kind in _MARKS and _SHORT_ID.fullmatch(ref.id) else ""


def set_entry_text(entry: Entry, part: str, context: Context) -> str:
    """Return the part of an entry that is called `part`, with links and marks, and markers of what is linked to it."""
    for one, offset in entry.iterate_parts():
        if one.name == part:
            end = offset + len(one.text)
            spans = [
                Span(max(at.start, offset) - offset, min(at.end, end) - offset, at.targets)
                for at in entry.anchors
                if at.start < end and at.end > offset
            ]
            # A span that is exported alone begins later in its entry than in its own text.
            cut = entry.ref.span[0] if entry.ref.span else 0
            spans += list(_note_spans(context.notes.on(entry.ref), offset + cut, end + cut, context))
            whole = "".join(dict.fromkeys(_markers_of_all(entry, context)))
            if entry.ref.kind not in _TEXTS:
                return set_spans(one.text, spans, None, context)
            own = entry.ref if context.entries[entry.ref] is entry else None
            return set_spans(one.text, spans, own, context) + whole
    return ""


def _name_span(name: str, ref: Ref) -> str:
    """Return the name of a span of the entry that is called `name`, such as `para-p2_12-40`."""
    return f"{name}_{ref.span[0]}-{ref.span[1]}" if ref.span else name


def _note_spans(notes: Iterable[PlacedNote], offset: int, end: int, context: Context) -> Iterator[Span]:
    for placed in notes:
        if placed.ref and placed.ref.span and placed.ref.span[0] < end and placed.ref.span[1] > offset:
            begin, stop = max(placed.ref.span[0], offset), min(placed.ref.span[1], end)
            yield Span(begin - offset, stop - offset, (), (context.note_names[placed.note.id],))


def _markers_of_all(entry: Entry, context: Context) -> Iterator[str]:
    """Yield a marker for what is linked to the whole entry, not to words of it."""
    for link in context.links.links_at(entry.ref):
        if link.kind is LinkKind.EVIDENCE and link.end == entry.ref:
            yield context.marker(link.start)
        elif link.kind is LinkKind.MENTION and link.start == entry.ref:
            yield context.marker(link.end, _THERE)


def set_spans(text: str, spans: Iterable[Span], own: Ref | None, context: Context) -> str:
    """Return a text with its spans as elements. Where two overlap, the second is divided at the end of the first.

    `own` is the address of the entry that the spans get their names from; None: they get none.
    Links cannot contain links: the outer one is a link, and the targets of the inner one are markers behind it.
    """
    queue = [(span.start, -span.end, number, True, span) for number, span in enumerate(spans)]
    heapify(queue)
    made: list[str] = []
    opened: list[_Open] = []
    at, waiting = 0, ""
    while queue or opened:
        start = queue[0][0] if queue else len(text)
        if opened and (not queue or opened[-1].end <= start):
            element = opened.pop()
            made += [escape(text[at : element.end]), element.closing]
            at, waiting = element.end, waiting + element.markers
            if not any(one.closing == "</a>" for one in opened):
                made.append(waiting)
                waiting = ""
            continue
        start, _, number, is_first, span = heappop(queue)
        end = span.end
        if opened and end > opened[-1].end:
            end = opened[-1].end
            heappush(queue, (end, -span.end, number, False, span))
        made.append(escape(text[at:start]))
        at = start
        opening, element = _element(span, end, is_first, any(one.closing == "</a>" for one in opened), own, context)
        made.append(opening)
        opened.append(element)
    return "".join([*made, escape(text[at:])])


def _element(
    span: Span, end: int, is_first: bool, is_inside: bool, own: Ref | None, context: Context
) -> tuple[str, _Open]:
    """Return the opening tag of the element of a span, or of the rest of it, and how it is closed."""
    marks = dict.fromkeys(_MARKS[target.kind] for target in span.targets if target.kind in _MARKS)
    known = [target for target in span.targets if target in context.names]
    named = [target for target in known if target.kind not in _MARKS]
    # A name that the glossary explains, too, leads to who or what bears it.
    others = [target for target in named if target.kind != "term"] or named
    link = others[0] if len(others) == 1 and not is_inside and not marks and not span.notes else None
    place = own.with_span(span.start, span.end) if own and span.targets and is_first else None
    id = f' id="{_name_span(context.names[own], place)}"' if place and own else ""
    follow = "".join(context.marker(target) for target in known if target != link) if end == span.end else ""
    if span.notes:
        follow = "".join(f'<a href="#{note}"{_MARKER} aria-label="note">✎</a>' for note in span.notes)
        return f'<mark class="noted"{id}>', _Open(end, "</mark>", follow if end == span.end else "")
    if link:
        return f'<a class="name" href="#{context.names[link]}"{id}>', _Open(end, "</a>", follow)
    if marks:
        return f'<mark class="{" ".join(marks)}"{id}>', _Open(end, "</mark>", follow)
    return f"<span{_classes('open-name' if len(others) > 1 else '')}{id}>", _Open(end, "</span>", follow)


def set_web_link(url: str) -> str:
    """Return a web address as a link; other texts are no links."""
    if not url.startswith(WEB):
        return f"<bdi>{escape(url)}</bdi>"
    return f'<a rel="noreferrer" href="{escape(url)}">{escape(url)}</a>'


def _classes(names: str) -> str:
    return f' class="{names}"' if names else ""


def join_html(pieces: Sequence[str], between: str = " · ") -> str:
    """Return the pieces that are not empty, joined."""
    return between.join(filter(None, pieces))
