"""What the articles say of one person, side by side, so that a reader can judge whether it is one person.

A person can be asked for by any of the names that the articles have for them.
"""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from dossier.core.dataclasses import NamedTuple, replace
from dossier.core.entry import Entry
from dossier.core.query import Query, expand_names
from dossier.core.ref import Ref
from dossier.core.registry import Registry
from dossier.library.article_rows import split_index_date
from dossier.library.index.reader import Index

if TYPE_CHECKING:
    from dossier.core.registry import Decisions

APART_REASON = "set apart by you: a takes it back"
"""What stands in the place of a reason at an entry that the user set apart from a person."""


class PersonEvidence(NamedTuple):
    """What one article says of a person.

    `entry` is the person's entry there, `outlet` and `published` are those of the article, `sample_quote` is one of
    their quotes ("" for none), and `join_reason` says why the entry is taken to be of that person.
    """

    entry: Entry
    outlet: str
    published: str
    sample_quote: str
    join_reason: str


def collect_evidence(
    index: Index, ref: Ref, registry: Registry, decisions: "Decisions", most: int
) -> Iterator[PersonEvidence]:
    """Yield what at most `most` articles say of the person of the entry at `ref`, the newest first.

    Yields nothing if the entry belongs to no person.
    """
    from dossier.core.identity import explain_member  # noqa: PLC0415 - a search needs none of this

    person = index.persons.person_of(ref)
    confirmed, by_team = (
        frozenset(str(one) for group in those.same for one in group) for those in (decisions, registry.decisions)
    )
    rows = [row for row, _ in islice(index.persons.entries_of_person(person), most)] if person is not None else []
    index.entries.fetch_ahead(rows)
    for row, spelling in zip(rows, index.persons.spellings_at(rows), strict=True):
        yield _evidence_at(index, row, explain_member(spelling, registry, confirmed, by_team))


def _evidence_at(index: Index, row: int, why: str) -> PersonEvidence:
    """Return what the article says of the person of the entry with this row id."""
    article = index.articles.article_of(row)
    entry = index.entries.at(row, article).entry
    name = entry.parts[0].text
    said = (
        f"“{one.entry.parts[0].text}”" if one.entry.form == "direct" else one.entry.parts[0].text
        for one in index.entries.of_article(article)
        if one.entry.ref.kind == "quote" and name in one.about.fields.get("speaker", ())
    )
    return PersonEvidence(entry, article.outlet, article.published, next(said, ""), why)


def collect_set_apart(index: Index, ref: Ref, decisions: "Decisions", most: int) -> Iterator[PersonEvidence]:
    """Yield an entry of each person, at most `most`, whom the reader set apart from that of the entry at `ref`."""
    here = find_decided_refs(index, ref)
    both_ways = (pair for one, other in decisions.apart for pair in ((one, other), (other, one)))
    others = dict.fromkeys(other for one, other in both_ways if str(one) in here and str(other) not in here)
    seen: set[int | None] = {None, index.persons.person_of(ref)}
    for other in islice(others, most):
        if (person := index.persons.person_of(other)) not in seen:
            seen.add(person)
            row = index.entries.row_id_of(other)
            if row is not None:
                yield _evidence_at(index, row, APART_REASON)


def find_decided_refs(index: Index, ref: Ref) -> frozenset[str]:
    """Return the addresses, as text, of the entries of the person at `ref` that decisions name."""
    person = index.persons.person_of(ref)
    spelt = index.persons.spellings(person) if person is not None else ()
    return frozenset(spelling.decided_ref for spelling, _ in spelt) - {""}


def find_quotes_of_person(index: Index, person: int, most: int) -> Iterator[Entry]:
    """Yield quotes of a person from at most `most` articles with some, the newest first.

    Beside each stands the day of its article, or the outlet of one without: a paragraph is none of the open article.
    """
    quoted = (row for row, quotes in index.persons.entries_of_person(person) if quotes)
    rows = tuple(islice(quoted, most))
    index.entries.fetch_ahead(rows)
    for row in rows:
        article = index.articles.article_of(row)
        name = index.entries.at(row, article).entry.parts[0].text
        day = split_index_date(article.published)[0] if article.published else article.outlet
        for one in index.entries.of_article(article):
            if one.entry.ref.kind == "quote" and name in one.about.fields.get("speaker", ()):
                yield replace(one.entry, aside=day)


def add_other_names(query: Query, index: Index) -> Query:
    """Return the query with the other names of each person that it asks for by name.

    A field asks for persons of its own kind; `speaker` asks for persons and organisations.
    """

    def also(field: str, name: str) -> Iterator[str]:
        for one in index.persons.persons_named(name):
            if field == "speaker" or index.persons.person(one).kind == field:
                yield from index.persons.names(one)

    return expand_names(query, also)
