"""The timeline stands by the bounds of its dates: earliest day, then latest, then as in the file."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dossier.dates.edtf import Date, sort_key
from dossier.dates.words import short, words
from dossier.entries.entry import Entry, Part
from dossier.entries.wording import evidence_words, names, one_of, others, parts_of, reference_part
from dossier.model import STATUSES, Article, Event
from dossier.ref import Ref


def timeline(article: Article) -> Iterator[Entry]:
    """The events, those without a readable date last."""
    called = names(article)
    dates = [event.date.date if event.date else None for event in article.events]
    order = sorted(range(len(dates)), key=lambda at: sort_key(dates[at], at))
    published = article.published.date if article.published else None
    for at in order:
        yield replace(_event(article.events[at], called), group=_time(dates[at], published))


def _time(date: Date | None, published: Date | None) -> str:
    """The heading of what is to come when the article is published, and of what has no date; none for the past."""
    if date is None:
        return "Undated"
    ahead = date.earliest and published and published.latest and date.earliest > published.latest
    return f"After publication, {words(published)}" if ahead and published else ""


def _event(event: Event, called: Mapping[Ref, str]) -> Entry:
    date = event.date.date if event.date else None
    when = short(date) if date else event.date.written if event.date else "undated"
    parts = [Part("date", when, flaw="no such date" if event.date and not date else ""), Part("text", event.what)]
    parts += [*one_of("status", event.status, STATUSES), *parts_of(("date_text", event.date_text))]
    for kind, references in (("people", event.people), ("orgs", event.orgs), ("places", event.places)):
        parts += [reference_part(kind, reference, called) for reference in references]
    parts += parts_of(("note", event.note))
    if event.quote:
        parts.append(
            Part("quote", event.quote.written, event.quote.targets, "" if event.quote.ref else "finds nothing")
        )
    parts += others(event.other)
    proof = evidence_words(event.evidence)
    return Entry(event.ref, tuple(parts), event.line, aside=proof, date=date, status=event.status)
