"""Events as formats of timelines and calendars write them, each with all that is known of it in words.

Such a format has a date and a text. Everything else about an event (who is involved, where the article says so) goes
into the text, on lines of its own, so that nothing is lost.
"""

from collections.abc import Iterator, Mapping
from itertools import chain

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.words import format_date
from dossier.core.entry import Entry
from dossier.core.model import EVENT_STATUSES, Article
from dossier.core.note import PlacedNote
from dossier.core.ref import Ref
from dossier.core.views.citation import format_citation
from dossier.core.views.labels import format_place
from dossier.export.export import ExportedArticle, Omissions
from dossier.text.sentences import find_sentence

_LABELS = {
    "date_text": "date in the article",
    "status": "status",
    "people": "people",
    "orgs": "organisations",
    "places": "places",
    "quote": "quote",
    "note": "note",
    "other": "other",
}
"""The parts of an event that are written below its title, each with what stands before it."""


class DescribedEvent(NamedTuple):
    """An event that is exported.

    `title` is what happened, with its status unless it happened. `date_words` is its date in words, or as written if
    it cannot be read, or "undated". `lines` are labels with texts.
    """

    entry: Entry
    title: str
    date_words: str
    lines: tuple[tuple[str, str], ...]


def describe_events(exported: ExportedArticle, holder: str, omissions: Omissions) -> Iterator[DescribedEvent]:
    """Yield the events of an article in the order of its timeline.

    What is no event is counted as an omission, and so are the notes that are not on an event. `holder` says what holds
    events only, such as "a calendar".
    """
    # Lost notes are among those that are left out.
    notes: dict[Ref | None, list[PlacedNote]] = {}
    for note in exported.notes:
        notes.setdefault(note.ref.entry if note.ref else None, []).append(note)
    article = exported.article
    texts, evidence = _map_texts(article), {event.ref: event.evidence for event in article.events}
    for entry in exported.entries:
        if entry.ref.kind != "event":
            omissions.count("entry", f"left out: {holder} holds events only")
        else:
            proof = [(where, texts[where.entry]) for where in evidence.get(entry.ref, ()) if where.entry in texts]
            lines = (
                *_describe_fields(entry),
                *((format_place(where), f"{_find_evidence(text, where)} [{where}]") for where, text in proof),
                ("source", format_citation(article, (), entry.ref)),
                # The citation ends with the address where the article has none in the web.
                *((("address", str(entry.ref)),) if article.url else ()),
                *(("note by the reader", describe_note(note)) for note in notes.pop(entry.ref, ())),
            )
            yield DescribedEvent(entry, title_event(entry), word_date(entry), lines)
    if left := sum(map(len, notes.values())):
        omissions.count("note", f"left out: {holder} holds those on events only", left)


def title_event(entry: Entry) -> str:
    """Return what happened, with its status unless it happened: `Toll abolished (denied)`."""
    what = find_part(entry, "text")
    return what if entry.status == EVENT_STATUSES[0] else f"{what} ({entry.status})"


def find_part(entry: Entry, name: str) -> str:
    """Return the text of the first part with this name; "" if there is none."""
    return next((part.text for part in entry.parts if part.name == name), "")


def list_parts(entry: Entry, name: str) -> str:
    """Return the texts of all parts with this name, with what is wrong with each of them."""
    parts = (part for part in entry.parts if part.name == name)
    # A quote is named by its id, which says nothing outside its article.
    texts = ((", ".join(map(str, part.targets)) if name == "quote" else part.text, part.flaw) for part in parts)
    return ", ".join(f"{text} ({flaw})" if flaw else text for text, flaw in texts if text)


def describe_note(placed: PlacedNote) -> str:
    """Return a note of the reader in words; a mark, which has no text, by the words that it marks."""
    note, words = placed.note, f"“{placed.note.words}”"
    return f"{note.text} (on {words})" if note.text else f"marked {words}"


def word_date(entry: Entry) -> str:
    """Return the date of an event in words; as written if it cannot be read, "undated" if there is none."""
    return format_date(entry.date) if entry.date else list_parts(entry, "date")


def _describe_fields(entry: Entry) -> Iterator[tuple[str, str]]:
    words = word_date(entry)
    yield "date", f"{words} ({entry.date.edtf})" if entry.date and entry.date.edtf != words else words
    for name, label in _LABELS.items():
        if text := list_parts(entry, name):
            yield label, text


def _find_evidence(text: str, where: Ref) -> str:
    """Return the sentence in which the evidence stands; the whole text where the file names no words in it."""
    return text[slice(*find_sentence(text, *where.span))] if where.span else text


def _map_texts(article: Article) -> Mapping[Ref, str]:
    """Map the addresses of all that may be evidence to its text."""
    blocks = ((block.ref, block.text) for block in article.body)
    captions = ((media.ref, media.caption) for media in article.media if media.caption)
    head = ((Ref(article.ref.article, name), getattr(article, name)) for name in ("headline", "subtitle"))
    return dict(chain(head, blocks, captions))
