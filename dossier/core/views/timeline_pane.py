"""The timeline pane: events sorted by the moment they begin, then by the moment they end, then as in the file."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from dossier.core.dates import words
from dossier.core.dates.edtf import Date
from dossier.core.dates.instants import begins_after_publication, find_home_zone, make_event_sort_key
from dossier.core.entry import Entry, Part
from dossier.core.links import Links
from dossier.core.model import EVENT_STATUSES, Article, Event
from dossier.core.ref import Anchor, Ref
from dossier.core.views.labels import format_evidence
from dossier.core.views.wording import (
    find_anchors,
    make_choice_parts,
    make_parts,
    make_reference_part,
    make_unknown_parts,
)

# Many events of an article, and of the next one, have one of a few dates.
_words = lru_cache(maxsize=1024)(words.format_date)
_cut = lru_cache(maxsize=1024)(words.format_cut_date)


def make_timeline_entries(article: Article, links: Links, called: Mapping[Ref, str]) -> Iterator[Entry]:
    """Yield the events, those without a readable date last."""
    dates = [event.date.date if event.date else None for event in article.events]
    published = article.published.date if article.published else None
    home = find_home_zone(published)
    order = sorted(range(len(dates)), key=lambda at: make_event_sort_key(dates[at], at, home))
    for at in order:
        event, date = article.events[at], dates[at]
        parts, proof = _parts(event, date, called, home), format_evidence(event.evidence)
        group, own = _heading(date, published), _anchors(event, parts, links)
        yield Entry(event.ref, parts, event.line, group, proof, date=date, status=event.status, anchors=own)


def _anchors(event: Event, parts: tuple[Part, ...], links: Links) -> tuple[Anchor, ...]:
    """Return the anchors of an event, those of what was found in its text among them."""
    own = find_anchors(event.ref, parts, links)
    if not event.found or not links.has_spans:
        return own
    # The date is the first part, the text the second.
    shift = len(parts[0].text) + 1
    found = [
        Anchor(one.text_ref.span[0] + shift, one.text_ref.span[1] + shift, one.targets)
        for one in event.found
        if one.text_ref.span
    ]
    return tuple(sorted((*own, *found), key=lambda anchor: (anchor.start, -anchor.end)))


def _heading(date: Date | None, published: Date | None) -> str:
    """Return the heading above an event that was to come at publication or has no date; "" for past events."""
    if date is None:
        return "Undated"
    return f"After publication, {_words(published)}" if published and begins_after_publication(date, published) else ""


def _parts(event: Event, date: Date | None, called: Mapping[Ref, str], home: int | None) -> tuple[Part, ...]:
    when = words.format_short_date(date) if date else event.date.written if event.date else "undated"
    parts = [Part("date", when, flaw="not a valid date" if event.date and not date else "")]
    parts += make_parts(("time", words.format_short_clock(date, home))) if date else []
    parts.append(Part("text", event.what))
    if date and date.members and "".join(date.edtf.split()) != when:
        parts.append(Part("edtf", date.edtf))
    # Whoever looks for a year finds what lasted until then, and reads the year in which it ended.
    parts += make_parts(("full_date", _cut(date))) if date else []
    parts += [*make_choice_parts("status", event.status, EVENT_STATUSES), *make_parts(("date_text", event.date_text))]
    for kind, references in (("people", event.people), ("orgs", event.orgs), ("places", event.places)):
        parts += [make_reference_part(kind, reference, called) for reference in references]
    parts += make_parts(("note", event.note))
    if event.quote:
        parts.append(
            Part("quote", event.quote.written, event.quote.targets, "" if event.quote.ref else "no such quote")
        )
    return (*parts, *make_unknown_parts(event.unknown_fields))
