"""Articles as entities of FollowTheMoney, in JSON Lines: one entity on each line.

An article is an Article, its text the text of that. People and organisations are a Person and an Organization, places
an Address, and the words by which the text calls them a Mention. An event is an Event. A quote is a Note on the article
and on who speaks: FollowTheMoney has no schema for what somebody said. A note of the reader is a Note, too, with the
keyword `note by the reader`. That a person belongs to an organisation is an UnknownLink.

Entities that others refer to are written as well, so that every reference has its end in the file. A person in two
articles is two entities: which of them are the same is decided by the reader, and `wikidataId` tells it to others.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import chain

from dossier.core.entry import Entry
from dossier.core.model import Article, NamedEntry, Person, Reference
from dossier.core.ref import Ref
from dossier.export.export import Export, ExportedArticle, Omissions
from dossier.export.follow_the_money_entities import EntityMaker
from dossier.export.json_types import JsonObject

_NAMED = ("person", "org", "place")
_HELD = (*_NAMED, "event", "quote", "headline", "subtitle", "heading", "para")
_HELD_FACTS = ("byline", "outlet", "published", "updated", "retrieved", "url", "lang", "keywords", "summary")


def format_follow_the_money(export: Export) -> Iterator[str]:
    """Yield a line for each entity."""
    for exported in export.articles:
        for entity in _make_entities(exported, export.omissions):
            yield f"{json.dumps(entity, ensure_ascii=False)}\n"


def _make_entities(exported: ExportedArticle, omissions: Omissions) -> Iterator[JsonObject]:
    article = exported.article
    entries = {entry.ref: entry for entry in _choose_entries(exported.entries, omissions)}
    make = EntityMaker(article, omissions)
    texts = [entry.text for entry in entries.values() if entry.ref.kind in ("heading", "para")]
    yield make.make_article("\n\n".join(texts))
    for named in _find_named(article, entries):
        yield make.make_named(named)
        if isinstance(named, Person) and named.org:
            yield from make.make_membership(named, named.org)
    yield from make.make_mentions([ref for ref in entries if ref.kind in _NAMED])
    told: dict[Ref, list[Ref]] = {}
    for event in article.events:
        if entry := entries.pop(event.ref, None):
            yield make.make_event(event, entry)
            if event.quote and event.quote.ref:
                told.setdefault(event.quote.ref, []).append(event.ref)
    for quote in article.quotes:
        if entry := entries.pop(quote.ref, None):
            yield make.make_quote(quote, entry, told.get(quote.ref, ()))
    for note in exported.notes:
        yield make.make_note(note)


def _choose_entries(entries: Iterable[Entry], omissions: Omissions) -> Iterator[Entry]:
    """Yield the entries that are held; the others are counted."""
    for entry in entries:
        kind = entry.ref.kind
        if kind in _HELD:
            yield entry
        elif kind == "source":
            omissions.count("unnamed source", "written with the quotes only")
        elif kind != "about" or entry.ref.id not in _HELD_FACTS:
            omissions.count("entry", "left out: FollowTheMoney has no entity for it")


def _find_named(article: Article, entries: Iterable[Ref]) -> Iterator[NamedEntry]:
    """Yield the people, organisations and places that are exported, and those that these and other entries refer to."""
    exported = set(entries)
    needed = {ref for ref in exported if ref.kind in _NAMED}
    for event in article.events:
        if event.ref in exported:
            needed.update(_settled((*event.people, *event.orgs, *event.places)))
            needed.update(mention.targets[0] for mention in event.found if len(mention.targets) == 1)
    needed.update(_settled(quote.speaker for quote in article.quotes if quote.ref in exported))
    needed.update(_settled(person.org for person in article.people if person.ref in needed))
    written: set[Ref] = set()
    for named in chain(article.people, article.orgs, article.places):
        if named.ref in needed and named.ref not in written:
            written.add(named.ref)
            yield named


def _settled(references: Iterable[Reference | None]) -> Iterator[Ref]:
    return (reference.ref for reference in references if reference and reference.ref)
