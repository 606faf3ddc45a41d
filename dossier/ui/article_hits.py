"""The hits of a query in the entries of one article.

A hit is an entry that matches, as in a search of the library. An entry may match without a word of its own, as a quote
does by its speaker. Then all its words are lit, and so is the place in the text that it was taken from.
"""

from collections.abc import Iterable, Iterator, Mapping

from dossier.core.dataclasses import replace
from dossier.core.entry import Entry, EntryFacts, Passage
from dossier.core.links import Links
from dossier.core.matcher import EntryDescription, Hit, PassageHit, match
from dossier.core.note import PlacedNote
from dossier.core.query import Query
from dossier.core.ref import Ref
from dossier.core.term_places import Span, Spans
from dossier.ui.entry_list import Hits, pane_of


def find_article_hits(
    query: Query,
    entries: Iterable[Entry],
    facts: Mapping[Ref, EntryFacts],
    links: Links,
    notes: Iterable[PlacedNote] = (),
) -> Hits:
    """Return the hits among these entries of an article, in their order.

    An entry is also a hit where the query finds the text of one of `notes`: its words that the note is on are the hit.
    """
    noted = _find_noted_words(query, notes)
    found = [
        (entry, hit if hit.spans or hit.passages else replace(hit, passages=tuple(_evidence(entry.ref, links))))
        for entry in entries
        if (hit := _with_noted(entry, match(query, entry, facts.get(entry.ref)), noted.get(entry.ref)))
    ]
    lit: dict[Ref, list[Span]] = {}
    for _, hit in found:
        for passage in hit.passages:
            lit.setdefault(passage.ref, []).extend(passage.spans)
    return Hits(_with_spans(entry, hit, lit) for entry, hit in found)


def _find_noted_words(query: Query, notes: Iterable[PlacedNote]) -> Mapping[Ref, list[Span | None]]:
    """Return the words with notes whose own text the query finds, by their entries; None for a whole entry."""
    found: dict[Ref, list[Span | None]] = {}
    for note, _, ref, _ in notes:
        if ref and note.text and match(query, Passage(ref.entry, note.text)):
            found.setdefault(ref.entry, []).append(ref.span)
    return found


def _with_noted(entry: Entry, hit: Hit | None, noted: Iterable[Span | None] | None) -> Hit | None:
    """Return the hit in an entry with the words that its notes are on, but for those that overlap hits already."""
    if noted is None:
        return hit
    spans = list(hit.spans) if hit else []
    for span in (one or find_whole_span(entry) for one in noted):
        if all(span[1] <= start or end <= span[0] for start, end in spans):
            spans.append(span)
    return replace(hit or Hit(entry.ref, ()), spans=tuple(sorted(spans)))


def find_row_spans(query: Query, entry: Entry, about: EntryDescription | None) -> Spans:
    """Return what is to be lit in a row of a list over many articles; nothing if the row does not match."""
    hit = match(query, entry, about) if query.root else None
    return () if hit is None else hit.spans or (find_whole_span(entry),)


def find_whole_span(entry: Entry) -> Span:
    """Return the span of an entry's own words, without its speaker, its date and the rest of what is told of it."""
    parts = [(start, start + len(part.text)) for part, start in entry.iterate_parts() if part.name == "text"]
    return parts[0] if parts else (0, len(entry.parts[0].text))


def _with_spans(entry: Entry, hit: Hit, lit: Mapping[Ref, list[Span]]) -> Hit:
    """Return the hit with a span: a paragraph has the name of a person who is found, other entries all their words."""
    if hit.spans:
        return hit
    named = lit.get(entry.ref, ()) if pane_of(entry.ref) == "article" else ()
    return replace(hit, spans=(min(named) if named else find_whole_span(entry),))


def _evidence(ref: Ref, links: Links) -> Iterator[PassageHit]:
    """Yield the places of the text that an entry was taken from, or that name it."""
    return (PassageHit(place.entry, "", (place.span,)) for place in links.find_mention_refs(ref) if place.span)
