"""The copy menu: the texts that can be copied of what the cursor is on.

The cursor is on a whole entry, such as a paragraph, or on what the chosen link names. Every text except YAML is a
single line, so that the copied and the printed text are the same. Only texts that exist are offered.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.words import format_date
from dossier.core.entry import Entry, Part
from dossier.core.model import Article, Document, Event, Quote, is_file_path
from dossier.core.problem import Problem
from dossier.core.ref import Ref
from dossier.core.views.citation import attribute_quote, cite_words, format_citation, quote_remarks, quoted_words
from dossier.library.disk_jobs import ask_disk
from dossier.loader.article import parse_article
from dossier.loader.file_names import is_json_name
from dossier.loader.limits import Limits
from dossier.loader.source_text import read_file_bytes
from dossier.ui.popup import Popup, open_popup
from dossier.ui.state import NO_ARTICLE, State, thing_at_cursor
from dossier.ui.yaml_source import yaml_block

ReadFile = Callable[[Path, Limits], bytes | Problem]
"""A function that returns the content of a file, or the problem that keeps it from being read."""
_ReadSource = Callable[[Article], bytes | Problem]

_TEXTS = ("para", "heading", "subtitle", "media")
"""The kinds of entries that are a part of the text: their own address is the place to cite."""
_SHOWN = 100


class CopyChoice(NamedTuple):
    """A text that can be copied, and the key of the menu that copies it.

    `missing` says why it cannot be copied now; the text is then empty.
    """

    key: str
    title: str
    text: str
    missing: str = ""


class WordsHere(NamedTuple):
    """The words of what the cursor is on, or of the selection; their address, and the citation of that place."""

    words: str
    ref: Ref
    citation: str


class _Meant(NamedTuple):
    """What is copied: its address, its entry, its article, and its words."""

    ref: Ref
    entry: Entry
    article: Article
    words: str


def copy_choices(state: State, read_file: ReadFile = read_file_bytes) -> tuple[CopyChoice, ...]:
    """Return the texts that can be copied of what the cursor is on, in the order of the menu.

    `read_file` reads the file of the article, for its YAML.
    """
    row = state.entry
    if row is None:
        return ()
    meant = _meant(state)
    if meant is None:
        return tuple(_texts(row.text[slice(*state.selection.span)] if state.selection else _words(row), ()))
    if state.selection:
        return tuple(_of_selection(meant))
    return tuple(chain(_of(meant), _yaml(meant, partial(_read_source, state, read_file))))


def find_words_here(state: State) -> WordsHere | None:
    """Return the words of what the cursor is on, or of the selection; None when there are none, or their file is gone.

    They are those that the copy menu offers as the text.
    """
    meant = _meant(state)
    if meant is None or not meant.words:
        return None
    return WordsHere(meant.words, meant.ref, format_citation(meant.article, _where(meant, _quote(meant)), meant.ref))


def open_copy_menu(found: Sequence[CopyChoice]) -> Popup:
    """Return the popup that lists the choices `found`, each with its key."""
    rows = []
    for offer in found:
        shown = offer.missing or " ".join(offer.text.split())
        cut = shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"
        parts = (Part("label", offer.key), Part("text", offer.title), Part("shown", cut))
        rows.append(Entry(Ref("", "about", offer.key), parts, 0))
    return open_popup("copy", "Copy · p: as plain text", rows, keys=tuple(offer.key for offer in found))


def web_address(state: State) -> str:
    """Return the web address of what the cursor is on, or else of its article; "" when there is none."""
    meant = _meant(state)
    return _web(meant)[1] if meant else ""


def _meant(state: State) -> _Meant | None:
    """Return what is selected or the cursor is on; None when that is in no article, or the article cannot be read.

    For a link that may mean any of several things, these are the words of the link.
    """
    row, one = state.entry, None if state.selection else thing_at_cursor(state)
    ref = state.selection.ref if state.selection else one or state.pane.address
    article = _article(state, ref) if ref else None
    if row is None or ref is None or article is None:
        return None
    if one is None and ref.span:
        return _Meant(ref, row, article, row.text[slice(*ref.span)])
    entry = _entry(state, ref) if ref.kind else row
    return _Meant(ref, entry, article, _words(entry)) if entry else None


def _article(state: State, ref: Ref) -> Article | None:
    if ref.article == state.reading.article.ref.article and state.reading.article is not NO_ARTICLE:
        return state.reading.article
    reading = state.library.readings.reading(ref.article) if state.library and ref.article else None
    return reading.article if reading else None


def _entry(state: State, ref: Ref) -> Entry | None:
    """Return the entry as its own article has it; None when that has no such entry.

    The rows of a list over many articles have fewer fields, and may be older than the file.
    """
    if state.library and ref.article != state.reading.article.ref.article:
        reading = state.library.readings.reading(ref.article)
        every = chain.from_iterable(reading.entries.values()) if reading else ()
        return next((entry for entry in every if entry.ref == ref.entry), None)
    return state.entry_of(ref)


def _of(meant: _Meant) -> Iterator[CopyChoice]:
    ref, _, article, text = meant
    quote = _quote(meant)
    source = format_citation(article, _where(meant, quote), ref)
    if quote:
        full = cite_words(quoted_words(quote), quote_remarks(quote), source)
    else:
        full = source if ref.kind in ("", "headline") else cite_words(text, (), source)
    yield from _texts(text, (full,) if text else ())
    if quote and text:
        yield CopyChoice(
            "q",
            "quote with speaker and source",
            cite_words(attribute_quote(article, quote), quote_remarks(quote), source),
        )
    yield CopyChoice("a", "address", str(ref))
    whose, url = _web(meant)
    if url:
        yield CopyChoice("w", f"web address of the {whose}", url)


def _of_selection(meant: _Meant) -> Iterator[CopyChoice]:
    quote = _quote(meant)
    source = format_citation(meant.article, _where(meant, quote), meant.ref)
    words = f"“{meant.words}”" if quote and quote.form == "direct" else meant.words
    yield from _texts(meant.words, (cite_words(words, quote_remarks(quote) if quote else (), source),))
    yield CopyChoice("a", "address", str(meant.ref))


def _quote(meant: _Meant) -> Quote | None:
    return next((one for one in meant.article.quotes if one.ref == meant.ref.entry), None)


def _texts(text: str, full: Iterable[str]) -> Iterator[CopyChoice]:
    if text:
        yield CopyChoice("t", "text", text)
    yield from (CopyChoice("c", "text with citation", one) for one in full)


def _words(entry: Entry) -> str:
    """Return what an entry says, in one line, without its labels."""
    part = {part.name: part.text for part in reversed(entry.parts)}
    kind = entry.ref.kind
    if kind == "event":
        when = format_date(entry.date) if entry.date else part["date"] if entry.parts[0].flaw else part.get("date_text")
        status = f" ({entry.status})" if "status" in part else ""
        return f"{when}: {part['text']}{status}" if when else f"{part['text']}{status}"
    if kind == "term":
        return f"{part['term']}: {part['meaning']}"
    if kind == "about":
        return ", ".join(one.text for one in entry.parts if one.name not in ("label", "typed"))
    # A picture without a caption has only its address.
    return next(part[name] for name in ("name", "text", "url", entry.parts[0].name) if name in part)


def _where(meant: _Meant, quote: Quote | None) -> tuple[Ref, ...]:
    """Return the places in the text to cite; empty for what is not in the text."""
    if quote:
        return quote.evidence
    if meant.ref.kind in _TEXTS:
        return (meant.ref.entry,)
    told: Iterable[Event | Document] = (*meant.article.events, *meant.article.documents)
    return next((one.evidence for one in told if one.ref == meant.ref.entry), ())


def _web(meant: _Meant) -> tuple[str, str]:
    """Return what the web address belongs to (such as `article`), and the address, or "" when there is none."""
    own = next((part.text for part in meant.entry.parts if part.name == "url"), "")
    if own:
        return ("picture" if meant.ref.kind == "media" else meant.ref.kind), own
    return "article", meant.article.url


def _read_source(state: State, read_file: ReadFile, article: Article) -> bytes | Problem:
    if state.library and not is_file_path(article.path):
        return state.library.readings.read_source(article.ref.article)
    return read_file(Path(article.path), Limits())


def _yaml(meant: _Meant, read_source: _ReadSource) -> Iterator[CopyChoice]:
    """Yield the choice to copy the YAML of an entry, or of a whole article; nothing for an unnamed source."""
    ref, entry, article, _ = meant
    if ref.kind == "source" or not article.path:
        return
    text, missing = ask_disk("the article's file", lambda: _read_yaml(ref, entry, article, read_source))
    if text or missing:
        yield CopyChoice("y", "JSON" if is_json_name(article.path) else "YAML", text, missing)


def _read_yaml(ref: Ref, entry: Entry, article: Article, read_source: _ReadSource) -> tuple[str, str]:
    """Return the YAML of an entry and "", or "" and why it cannot be copied."""
    data = read_source(article)
    if isinstance(data, Problem):
        return "", data.message
    if parse_article(data, article.path, address=article.ref.article).article != article:
        return "", "the file has changed since it was read"
    return yaml_block(data, ref.entry, entry.line), ""
