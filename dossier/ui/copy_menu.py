"""What `y` copies is what the cursor means: the whole paragraph, or whom and what the chosen link names.

What is offered is made here as text, whole and in one line each (but for YAML), so that the clipboard, the plain screen
and a test get the same; only what exists is offered.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.words import date_in_words as date_words
from dossier.core.entry import Entry, Part
from dossier.core.model import Article, Document, Event, Quote
from dossier.core.problem import Problem
from dossier.core.ref import Ref
from dossier.core.views.citation import attributed, citation, cited, remarks, words_of
from dossier.loader.article import read
from dossier.loader.fields import file_bytes
from dossier.loader.file_names import is_json_name
from dossier.loader.limits import Limits
from dossier.ui.popup import Popup, laid
from dossier.ui.state import NO_ARTICLE, Room, thing
from dossier.ui.yaml_source import block

ReadFile = Callable[[Path, Limits], bytes | Problem]
"""Gives what a file holds, or why it cannot be read."""

_TEXTS = ("para", "heading", "subtitle", "media")
"""What stands in the article as it is, so that its own address is the place to cite."""
_SHOWN = 100


class Offer(NamedTuple):
    """What the key of the menu copies. `missing` says why it cannot be copied now; then there is no text."""

    key: str
    title: str
    text: str
    missing: str = ""


class _Meant(NamedTuple):
    """What is copied: its address, its entry, the article that it is in, and its words."""

    ref: Ref
    entry: Entry
    article: Article
    date_in_words: str


def offers(room: Room, read_file: ReadFile = file_bytes) -> tuple[Offer, ...]:
    """What can be copied of what the cursor is on, in the order of the menu; each with a key of its own."""
    row = room.entry
    if row is None:
        return ()
    meant = _meant(room)
    if meant is None:
        return tuple(_texts(_words(row), ()))
    return tuple(chain(_of(meant), _yaml(meant, read_file)))


def menu(found: Sequence[Offer]) -> Popup:
    """The sheet that lists them, each with its key."""
    rows = []
    for offer in found:
        shown = offer.missing or " ".join(offer.text.split())
        cut = shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"
        parts = (Part("label", offer.key), Part("text", offer.title), Part("shown", cut))
        rows.append(Entry(Ref("", "about", offer.key), parts, 0))
    return laid("copy", "Copy · p prints it", rows, keys=tuple(offer.key for offer in found))


def web_address(room: Room) -> str:
    """The web address of the article of what the cursor is on, or of that itself where it has its own; else empty."""
    meant = _meant(room)
    return _web(meant)[1] if meant else ""


def _meant(room: Room) -> _Meant | None:
    """What the cursor is on; where a link may mean any of several, the words that are the link."""
    row, one = room.entry, thing(room)
    ref = one or room.pane.here
    article = _article(room, ref) if ref else None
    if row is None or ref is None or article is None:
        return None
    if one is None and ref.span:
        return _Meant(ref, row, article, row.text[slice(*ref.span)])
    entry = _entry(room, ref) if ref.kind else row
    return _Meant(ref, entry, article, _words(entry)) if entry else None


def _article(room: Room, ref: Ref) -> Article | None:
    if ref.article == room.article.ref.article and room.article is not NO_ARTICLE:
        return room.article
    reading = room.library.readings.reading(ref.article) if room.library and ref.article else None
    return reading.article if reading else None


def _entry(room: Room, ref: Ref) -> Entry | None:
    """The entry as its own article has it: rows over many articles leave things out, and may be older."""
    if room.library and ref.article != room.article.ref.article:
        reading = room.library.readings.reading(ref.article)
        every = chain.from_iterable(reading.entries.values()) if reading else ()
        return next((entry for entry in every if entry.ref == ref.entry), None)
    return room.entry_of(ref)


def _of(meant: _Meant) -> Iterator[Offer]:
    ref, _, article, text = meant
    quote = next((one for one in article.quotes if one.ref == ref.entry), None)
    source = citation(article, _where(meant, quote), ref)
    if quote:
        full = cited(words_of(quote), remarks(quote), source)
    else:
        full = source if ref.kind in ("", "headline") else cited(text, (), source)
    yield from _texts(text, (full,) if text else ())
    if quote and text:
        yield Offer("q", "quote with speaker and source", cited(attributed(article, quote), remarks(quote), source))
    yield Offer("a", "address", str(ref))
    whose, url = _web(meant)
    if url:
        yield Offer("w", f"web address of the {whose}", url)


def _texts(text: str, full: Iterable[str]) -> Iterator[Offer]:
    if text:
        yield Offer("t", "text", text)
    yield from (Offer("c", "text with citation", one) for one in full)


def _words(entry: Entry) -> str:
    """What an entry says, in one line, without what is said about it beside."""
    part = {part.name: part.text for part in reversed(entry.parts)}
    kind = entry.ref.kind
    if kind == "event":
        when = date_words(entry.date) if entry.date else part["date"] if entry.parts[0].flaw else part.get("date_text")
        status = f" ({entry.status})" if "status" in part else ""
        return f"{when}: {part['text']}{status}" if when else f"{part['text']}{status}"
    if kind == "term":
        return f"{part['term']}: {part['meaning']}"
    if kind == "about":
        return ", ".join(one.text for one in entry.parts if one.name not in ("label", "typed"))
    # A picture without a caption has only its address.
    return next(part[name] for name in ("name", "text", "url", entry.parts[0].name) if name in part)


def _where(meant: _Meant, quote: Quote | None) -> tuple[Ref, ...]:
    """Where in the article it stands; nowhere, when it is no words of it."""
    if quote:
        return quote.evidence
    if meant.ref.kind in _TEXTS:
        return (meant.ref.entry,)
    told: Iterable[Event | Document] = (*meant.article.events, *meant.article.documents)
    return next((one.evidence for one in told if one.ref == meant.ref), ())


def _web(meant: _Meant) -> tuple[str, str]:
    """Whose web address there is, and that; empty without one."""
    own = next((part.text for part in meant.entry.parts if part.name == "url"), "")
    if own:
        return ("picture" if meant.ref.kind == "media" else meant.ref.kind), own
    return "article", meant.article.url


def _yaml(meant: _Meant, read_file: ReadFile) -> Iterator[Offer]:
    """The lines of the file; unnamed sources have none of their own. Of an article it is the whole file."""
    ref, entry, article, _ = meant
    if ref.kind == "source" or not article.path:
        return
    data = read_file(Path(article.path), Limits())
    text = missing = ""
    if isinstance(data, Problem):
        missing = data.message
    elif read(data, article.path, address=article.ref.article).article != article:
        missing = "the file is no longer what was read"
    else:
        text = block(data, ref.entry, entry.line)
    if text or missing:
        yield Offer("y", "JSON" if is_json_name(article.path) else "YAML", text, missing)
