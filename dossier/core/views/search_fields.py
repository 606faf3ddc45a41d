"""What queries can ask of the entries of an article, derived from their links.

So `person:` finds exactly the entries that are linked to that person. A field is a tuple of texts with every name of
everybody meant, so that somebody who is listed under one name is found by another.
"""

from collections.abc import Iterable, Mapping
from itertools import chain

from dossier.core.dates.days import Days
from dossier.core.dates.edtf import Date
from dossier.core.entry import Entry, EntryFacts, Passage
from dossier.core.entry_links import EntryLinks, make_entry_fields
from dossier.core.links import LinkKind, Links
from dossier.core.model import Article, WrittenDate
from dossier.core.ref import Ref

_UNLINKED = EntryLinks()


def collect_entry_facts(article: Article, links: Links, entries: Iterable[Entry]) -> dict[Ref, EntryFacts]:
    """Return what queries can ask of each of these entries of the article."""
    called = map_all_names(article)
    shared = collect_article_fields(article)
    published = get_date_bounds(article.published)
    every = {entry.ref: entry for entry in entries}
    found = {}
    for ref, entry in every.items():
        linked = find_entry_links(ref, links, called)
        own = make_entry_fields(entry, linked, called)
        date = (entry.date.earliest, entry.date.latest) if ref.kind == "event" and entry.date else None
        passages = [Passage(one, every[one].text) for one in linked.passages if one in every]
        found[ref] = EntryFacts({**shared, **own}, published, date, tuple(passages))
    return found


def map_all_names(article: Article) -> dict[Ref, tuple[str, ...]]:
    """Return every name of each person, organisation and place that has one, by its address."""
    every = chain(article.people, article.orgs, article.places)
    called = {one.ref: _names(one.name, one.native, *one.aliases) for one in every}
    return {ref: names for ref, names in called.items() if names}


def find_entry_links(ref: Ref, links: Links, called: Mapping[Ref, tuple[str, ...]]) -> EntryLinks:
    """Return what the entry at `ref` is linked to. `called` has the names of the persons, organisations and places."""
    others = links.linked_refs(ref)
    if not others and ref not in called:
        return _UNLINKED
    named = tuple(filter(called.__contains__, (ref, *others)))
    if ref.kind != "quote":
        return EntryLinks(named)
    at = links.links_at(ref)
    speakers = tuple([start for start, _, kind in at if kind is LinkKind.SAYS])
    # Where the quote stands, in the order of its evidence, then the events.
    evidence = [end.entry for start, end, kind in at if kind is LinkKind.EVIDENCE and start == ref]
    events = [one.entry for one in others if one.kind == "event"]
    return EntryLinks(named, speakers, tuple(dict.fromkeys((*evidence, *events))))


def collect_article_fields(article: Article) -> dict[str, tuple[str, ...]]:
    """Return the search fields that all entries of the article share; fields without a text are left out."""
    shared = {
        "outlet": _names(article.outlet),
        "byline": article.byline,
        "section": article.section,
        "lang": _names(article.lang),
        "keyword": article.keywords,
    }
    return {name: texts for name, texts in shared.items() if texts}


def get_date_bounds(dated: WrittenDate | None) -> Days | None:
    """Return the bounds of a date; None if there is none or it cannot be read."""
    return (dated.date.earliest, dated.date.latest) if dated and isinstance(dated.date, Date) else None


def _names(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)
