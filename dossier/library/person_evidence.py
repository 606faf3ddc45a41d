"""What the articles have of one person, side by side, so that a reader can judge whether it is one.

It is asked for by any of the names that the articles have for them.
"""

from collections.abc import Iterator
from itertools import islice

from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import Entry
from dossier.core.identity import Decisions, reason
from dossier.core.query import Query, expanded
from dossier.core.ref import Ref
from dossier.core.registry import Registry
from dossier.library.index.reader import Index


class Borne(NamedTuple):
    """What one article has of somebody: his entry there, its outlet and date, something he says, and why it is he."""

    entry: Entry
    outlet: str
    published: str
    said: str
    why: str


def bearers(index: Index, ref: Ref, registry: Registry, decisions: Decisions, most: int) -> Iterator[Borne]:
    """What at most so many articles have of whom the entry with this address is, the newest first."""
    person = index.persons.person_of(ref)
    confirmed = frozenset(str(one) for group in decisions.same for one in group)
    for row, _ in islice(index.persons.entries_of_person(person), most) if person is not None else ():
        article = index.articles.article_of(row)
        stored = index.entries.at(row, article)
        name = stored.entry.parts[0].text
        said = (
            f"“{one.entry.parts[0].text}”" if one.entry.form == "direct" else one.entry.parts[0].text
            for one in index.entries.of_article(article)
            if one.entry.ref.kind == "quote" and name in one.about.fields.get("speaker", ())
        )
        why = reason(index.persons.spelling_at(row), registry, confirmed)
        yield Borne(stored.entry, article.outlet, article.published, next(said, ""), why)


def with_names(query: Query, index: Index) -> Query:
    """The query with the other names of everybody it asks for; a speaker may be a person or an organisation."""

    def also(field: str, name: str) -> Iterator[str]:
        for one in index.persons.persons_named(name):
            if field == "speaker" or index.persons.person(one).kind == field:
                yield from index.persons.names(one)

    return expanded(query, also)
