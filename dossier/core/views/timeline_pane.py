"""The timeline pane: events sorted by earliest day, then by latest day, then as in the file."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from dossier.core.dates import words
from dossier.core.dates.edtf import Date, sort_key
from dossier.core.entry import Entry, Part
from dossier.core.links import Links
from dossier.core.model import EVENT_STATUSES, Article, Event
from dossier.core.ref import Ref
from dossier.core.views.labels import format_evidence
from dossier.core.views.wording import (
    find_anchors,
    make_choice_parts,
    make_parts,
    make_reference_part,
    make_unknown_parts,
)

# Many events of an article, and of the next one, have one of a few dates.
_short = lru_cache(maxsize=4096)(words.format_short_date)
_words = lru_cache(maxsize=4096)(words.format_date)


def make_timeline_entries(article: Article, links: Links, called: Mapping[Ref, str]) -> Iterator[Entry]:
    """Yield the events, those without a readable date last."""
    words = [event.date.date if event.date else None for event in article.events]
    order = sorted(range(len(words)), key=lambda at: sort_key(words[at], at))
    published = article.published.date if article.published else None
    for at in order:
        event, date = article.events[at], words[at]
        parts, proof = _parts(event, date, called), format_evidence(event.evidence)
        group, own = _heading(date, published), find_anchors(event.ref, parts, links)
        yield Entry(event.ref, parts, event.line, group, proof, date=date, status=event.status, anchors=own)


def _heading(date: Date | None, published: Date | None) -> str:
    """Return the heading above an event that was to come at publication or has no date; "" for past events."""
    if date is None:
        return "Undated"
    ahead = date.earliest and published and published.latest and date.earliest > published.latest
    return f"After publication, {_words(published)}" if ahead and published else ""


def _parts(event: Event, date: Date | None, called: Mapping[Ref, str]) -> tuple[Part, ...]:
    when = _short(date) if date else event.date.written if event.date else "undated"
    parts = [Part("date", when, flaw="no such date" if event.date and not date else ""), Part("text", event.what)]
    parts += [*make_choice_parts("status", event.status, EVENT_STATUSES), *make_parts(("date_text", event.date_text))]
    for kind, references in (("people", event.people), ("orgs", event.orgs), ("places", event.places)):
        parts += [make_reference_part(kind, reference, called) for reference in references]
    parts += make_parts(("note", event.note))
    if event.quote:
        parts.append(
            Part("quote", event.quote.written, event.quote.targets, "" if event.quote.ref else "finds nothing")
        )
    return (*parts, *make_unknown_parts(event.unknown_fields))
