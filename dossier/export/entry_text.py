"""Entries as plain text to read: for each article its citation, and below it each entry with its address.

A quote stands there as the screen copies it, with speaker and source. The reader's notes follow the entry that they are
on, and begin with `note:`, marks with `mark:`.
"""

from collections.abc import Iterator, Mapping

from dossier.core.entry import Entry, Part
from dossier.core.model import Quote
from dossier.core.note import PlacedNote, Placement
from dossier.core.ref import Ref
from dossier.core.views.citation import attribute_quote, cite_words, format_citation, quote_remarks
from dossier.export.export import EntryNotes, Export, ExportedArticle
from dossier.export.plain_text import draw_rule, wrap_text
from dossier.text.width import width

_CELLS = 80
_LEADING = ("label", "term", "date")
"""The parts that stand before what an entry says, such as the date of an event."""
_HEADINGS = {"quote": "Quotes", "event": "Timeline"}
"""The headings of the panes whose groups do not say what they are groups of."""
_ADDRESS, _MORE = "    ", "  "


def format_text(export: Export) -> Iterator[str]:
    """Yield the text of one article at a time."""
    for number, exported in enumerate(export.articles):
        yield "".join(f"{line}\n" for line in (*([""] * 2 if number else ()), *_article(exported)))


def _article(exported: ExportedArticle) -> Iterator[str]:
    article = exported.article
    yield from _wrapped(format_citation(article, (), article.ref))
    yield draw_rule("═", _CELLS)
    quotes = {quote.ref: quote for quote in article.quotes}
    notes = EntryNotes(exported)
    headings = ("", "")
    for entry in exported.entries:
        above, headings = headings, (_HEADINGS.get(entry.ref.kind, ""), entry.group)
        for old, new, line in zip(above, headings, "─·", strict=True):
            if new and (new != old or headings[0] != above[0]):
                yield from _heading(new, line)
        yield ""
        yield from _entry(entry, quotes, exported)
        yield f"{_ADDRESS}{entry.ref}"
        for one in notes.on(entry.ref):
            yield from _note(one)
    if notes.elsewhere:
        yield from _heading("Notes without a place in the article", "─")
        for one in notes.elsewhere:
            yield from ("", *_note(one))


def _heading(text: str, line: str) -> Iterator[str]:
    yield from ("", *_wrapped(text), draw_rule(line, min(width(text), _CELLS)))


def _entry(entry: Entry, quotes: Mapping[Ref, Quote], exported: ExportedArticle) -> Iterator[str]:
    number = next((at for at, part in enumerate(entry.parts[:-1]) if part.name not in _LEADING), len(entry.parts) - 1)
    lead = [part.text for part in entry.parts[:number]]
    body, *rest = entry.parts[number:]
    said = _quoted(body.text, entry)
    if (quote := quotes.get(entry.ref)) is not None:
        source = format_citation(exported.article, quote.evidence, quote.ref)
        said = cite_words(attribute_quote(exported.article, quote), quote_remarks(quote), source)
        rest = [part for part in rest if part.name not in ("speaker", "to")]
    if entry.paragraph_number:
        lead = [f"¶{entry.paragraph_number}"]
    yield from _wrapped(f"{' '.join(lead)}{':' if lead and not entry.paragraph_number else ''} {said}".strip())
    if told := " · ".join(_described(part) for part in rest if part.text):
        yield from _wrapped(told, _MORE)


def _quoted(text: str, entry: Entry) -> str:
    """Return the words of a span of a quote in quotation marks, if all of them are the speaker's own."""
    return f"“{text}”" if entry.form == "direct" else text


def _described(part: Part) -> str:
    forms = {"date_text": "“{}”", "quote": "quote {}"}
    text = forms.get(part.name, "{}").format(part.text)
    return f"{text} ({part.flaw})" if part.flaw else text


def _note(placed: PlacedNote) -> Iterator[str]:
    note = placed.note
    kind = "note" if note.text else "mark"
    how = "" if placed.placement is Placement.UNCHANGED else f" ({placed.placement})"
    yield from _wrapped(f"{kind} on “{note.words}”{how}{f': {note.text}' if note.text else ''}", _ADDRESS)


def _wrapped(text: str, indent: str = "") -> Iterator[str]:
    return (f"{indent}{line}" for line in wrap_text(text, _CELLS - len(indent)).split("\n"))
