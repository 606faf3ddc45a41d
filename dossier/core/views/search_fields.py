"""What queries can ask of the entries of an article, derived from their links.

So `person:` finds exactly the entries that are linked to that person. A field is a tuple of texts with every name of
everybody meant, so that somebody who is listed under one name is found by another.
"""

from collections.abc import Iterable, Mapping
from itertools import chain

from dossier.core.dates.days import Days
from dossier.core.dates.edtf import Date
from dossier.core.entry import Entry, EntryFacts, Passage
from dossier.core.links import LinkKind, Links
from dossier.core.model import Article, NamedEntry, WrittenDate
from dossier.core.ref import Ref

# The kinds of entries that have a name; the search fields have the same names.
_NAMED = ("person", "org", "place")


def collect_entry_facts(article: Article, links: Links, entries: Iterable[Entry]) -> dict[Ref, EntryFacts]:
    """Return what queries can ask of each of these entries of the article."""
    called = {one.ref: _names(one.name, one.native, *one.aliases) for one in _named(article)}
    shared = collect_article_fields(article)
    published = get_date_bounds(article.published)
    every = {entry.ref: entry for entry in entries}
    found = {}
    for ref, entry in every.items():
        own = _entry_fields(entry, links, called)
        date = (entry.date.earliest, entry.date.latest) if ref.kind == "event" and entry.date else None
        passages = [Passage(one, every[one].text) for one in _passage_refs(ref, links) if one in every]
        found[ref] = EntryFacts({**shared, **own}, published, date, tuple(passages))
    return found


def _passage_refs(ref: Ref, links: Links) -> Iterable[Ref]:
    """Return where a quote stands, in the order of its evidence, then the events it is linked to; each once."""
    if ref.kind != "quote":
        return ()
    evidence = [link.end.entry for link in links.links_at(ref) if link.kind is LinkKind.EVIDENCE and link.start == ref]
    events = [one.entry for one in links.linked_refs(ref) if one.kind == "event"]
    return dict.fromkeys((*evidence, *events))


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


def _entry_fields(entry: Entry, links: Links, called: Mapping[Ref, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    ref = entry.ref
    texts: dict[str, list[str]] = {}
    for meant in (ref, *links.linked_refs(ref)):
        if meant.kind in _NAMED and (names := called.get(meant)):
            texts.setdefault(meant.kind, []).extend(names)
    if ref.kind == "quote":
        for link in links.links_at(ref):
            if link.kind is LinkKind.SAYS:
                texts.setdefault("speaker", []).extend(called.get(link.start, (link.start.id,)))
        texts["form"] = [entry.form]
    elif ref.kind == "event":
        texts["status"] = [entry.status]
    return {name: tuple(dict.fromkeys(found)) for name, found in texts.items()}


def _named(article: Article) -> Iterable[NamedEntry]:
    return chain(article.people, article.orgs, article.places)


def _names(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)
