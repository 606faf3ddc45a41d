"""The spellings of an index and the entries that have them, for readers whose decisions join them otherwise.

Many spellings and entries are looked up with few questions, since the index may be on another machine.
"""

import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from dossier.core.dataclasses import NamedTuple
from dossier.core.ref import Ref, parse_ref
from dossier.core.registry import Decisions, Registry, RegistryEntry, Spelling
from dossier.library.index.articles import ArticleRow, spelling_from_columns
from dossier.library.index.errors import IndexDamagedError
from dossier.library.index.schema import FOLDED
from dossier.library.index.sessions import ReadSessions

TOGETHER = 400
"""The most values that are looked up with one question."""
_COLUMNS = "bearer, person, kind, id, name, names, wikidata, alone"
V = TypeVar("V")
FetchAll = Callable[..., list[tuple[Any, ...]]]
"""Returns all rows of the answer to a query with its values."""


class IndexSpelling(NamedTuple):
    """A spelling of the index with its number (`bearer`) and the number of the person that it was joined to."""

    bearer: int
    person: int
    spelling: Spelling


class NamedRow(NamedTuple):
    """An entry of a person, organisation or place: row id, `first` of the article, number of quotes, and spelling."""

    row: int
    first: int
    quotes: int
    bearer: int


class SpellingSum(NamedTuple):
    """The numbers of entries and quotes that a spelling has, and the newest of its row ids."""

    entries: int
    quotes: int
    newest: int


class OrderedPerson(NamedTuple):
    """A person with the values that persons are sorted by. `quotes` is 0 where it was not asked for."""

    person: int
    name: str
    articles: int
    newest: int
    quotes: int

    @property
    def order(self) -> tuple[int, str, int]:
        """The sort key among the persons of a kind: the most articles first, then by name, then the newest first."""
        return -self.articles, self.name, -self.newest


class SpellingReader:
    """The spellings of one library. Safe to use from any thread."""

    def __init__(self, sessions: ReadSessions) -> None:
        self._sessions = sessions

    def joined(self) -> Registry:
        """Return the registry as it was when persons were last joined.

        Its decisions are all that they were joined by: the registry's own, and those of the user who updated the index.
        """
        replacements = self._sessions.replacements
        found = self._sessions.fetch_one("SELECT facts FROM joining")
        try:
            return _parse_joined(found[0]) if found else Registry()
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            self._sessions.report_damage(replacements)
            raise IndexDamagedError(f"by what persons were joined: {error}") from error

    def numbered(self, bearers: Iterable[int]) -> list[IndexSpelling]:
        """Return the spellings with these numbers."""
        return self._spellings("bearer IN ({})", bearers)

    def of_persons(self, persons: Iterable[int]) -> list[IndexSpelling]:
        """Return all spellings of these persons."""
        return self._spellings("person IN ({})", persons)

    def called(self, names: Iterable[str]) -> list[IndexSpelling]:
        """Return all spellings of persons with one of these names, folded, as name, native name or alias."""
        return self._spellings(
            "bearer IN (SELECT bearer FROM called WHERE folded IN ({}))", [name[:FOLDED] for name in names]
        )

    def with_wikidata(self, numbers: Iterable[str]) -> list[IndexSpelling]:
        """Return all spellings with one of these Wikidata numbers."""
        return self._spellings("wikidata <> '' AND wikidata IN ({})", numbers)

    def with_id(self, kind: str, ids: Iterable[str]) -> list[IndexSpelling]:
        """Return all spellings of a kind with one of these ids."""
        return self._spellings("kind = ? AND id IN ({})", ids, kind)

    def _spellings(self, which: str, values: Iterable[object], *also: object) -> list[IndexSpelling]:
        """Return the spellings of persons for which a condition of SQL is true; `{}` stands for the values in it."""

        def fetch(some: tuple[object, ...], marks: str) -> list[tuple[Any, ...]]:
            query = f"SELECT {_COLUMNS} FROM bearer WHERE person IS NOT NULL AND {which.format(marks)}"
            return self._sessions.fetch_all(query, *also, *some)

        found = in_batches(values, fetch)
        return [IndexSpelling(bearer, person, spelling_from_columns(rest)) for bearer, person, *rest in found]

    def entries_at(self, refs: Collection[Ref]) -> dict[str, NamedRow]:
        """Return the entries of persons, organisations and places at these addresses, as `find_entries` does."""
        return find_entries(self._sessions.fetch_all, refs)

    def sums(self, bearers: Iterable[int], without: Collection[NamedRow]) -> dict[int, SpellingSum]:
        """Return the sums of these spellings, by number, without the entries `without`, if they have any others."""

        def fetch(some: tuple[object, ...], marks: str) -> list[tuple[Any, ...]]:
            rows = [one.row for one in without if one.bearer in some]
            others = f" AND row NOT IN ({', '.join('?' * len(rows))})" if rows else ""
            query = (
                "SELECT bearer, count(*) AS number, CAST(sum(quotes) AS bigint) AS quotes, max(row) AS newest"
                f" FROM borne WHERE bearer IN ({marks}){others} GROUP BY bearer"
            )
            return self._sessions.fetch_all(query, *some, *rows)

        return {bearer: SpellingSum(*map(int, sums)) for bearer, *sums in in_batches(bearers, fetch)}

    def entries(self, bearers: Collection[int]) -> Iterator[NamedRow]:
        """Return an iterator over the entries with one of at most TOGETHER spellings, the newest first."""
        query = "SELECT row, row - number AS first, quotes, bearer FROM borne WHERE bearer IN"
        query += f" ({', '.join('?' * len(bearers))}) ORDER BY row DESC"
        return map(NamedRow._make, self._sessions.iterate(query, *bearers))

    def joined_by_name(self, persons: Iterable[int]) -> frozenset[int]:
        """Return those of the persons for whom entries are joined only because of the same full name."""

        def fetch(some: tuple[object, ...], marks: str) -> list[tuple[int, int]]:
            return self._sessions.fetch_all(f"SELECT person, by_name FROM person WHERE person IN ({marks})", *some)

        return frozenset([person for person, by_name in in_batches(persons, fetch) if by_name])

    def bearer_at(self, row: int) -> int | None:
        """Return the number of the spelling of the entry with this row id; None if that is no person's entry."""
        found = self._sessions.fetch_one("SELECT bearer FROM borne WHERE row = ?", row)
        return found[0] if found else None

    def named_in(self, article: ArticleRow) -> list[tuple[str, str, int, int, int]]:
        """Return kind, name, person, row id and spelling of each person in an article, in the order of its entries."""
        return self._sessions.fetch_all(
            "SELECT bearer.kind, bearer.name, person, row, bearer FROM borne"
            " JOIN bearer USING (bearer) JOIN person USING (person) WHERE row >= ? AND row < ? ORDER BY row",
            *(article.first, article.first + article.size),
        )

    def all_named(self) -> Iterator[tuple[int, int, int, int]]:
        """Return an iterator over `first` of the article, person, row id and spelling of every entry, in order."""
        return self._sessions.iterate(
            "SELECT row - number AS first, person, row, bearer FROM borne JOIN bearer USING (bearer)"
            " WHERE person IS NOT NULL ORDER BY row"
        )

    def ordered(self, kind: str, most: int, with_quotes: bool = False) -> Iterator[OrderedPerson]:
        """Return an iterator over the persons of a kind in their order, at most `most`."""
        quotes = "quotes" if with_quotes else "0 AS quotes"
        query = f"SELECT person, name, articles, newest, {quotes} FROM person WHERE kind = ?"
        query += " ORDER BY articles DESC, name, newest DESC LIMIT ?"
        return map(OrderedPerson._make, self._sessions.iterate(query, kind, most))

    def called_from(self, kind: str, beginning: str) -> Iterator[tuple[str, int, int, str, int, int]]:
        """Return an iterator over the spellings of a kind with a name that begins so, in the order of these names.

        `beginning` is folded. Items are folded name, spelling, person, name of the person, its articles and its quotes.
        """
        return self._sessions.iterate(
            "SELECT folded, bearer, person, person.name, articles, person.quotes"
            " FROM called JOIN bearer USING (bearer) JOIN person USING (person)"
            " WHERE folded >= ? AND folded < ? AND person.kind = ? ORDER BY folded, bearer",
            *(beginning[:FOLDED], f"{beginning[:FOLDED]}\U0010ffff", kind),
        )


def find_entries(fetch_all: FetchAll, refs: Collection[Ref]) -> dict[str, NamedRow]:
    """Return the entries of persons, organisations and places at these addresses, by address.

    An article is found by its id or, where that repeats, by its path. What is not there is left out. `fetch_all` takes
    a query and its values, as that of ReadSessions does.
    """

    def find_articles(column: str, values: Iterable[object]) -> list[tuple[Any, int]]:
        """Return the value of a column, and `first`, of the articles with one of these values."""
        query = f"SELECT {column}, first FROM article WHERE {column} IN"
        return in_batches(values, lambda some, marks: fetch_all(f"{query} ({marks})", *some))

    def find_named(some: tuple[object, ...], marks: str) -> list[tuple[Any, ...]]:
        query = f"""SELECT first, kind, bearer.id, row, borne.quotes, bearer FROM article
            JOIN borne ON row >= first AND row < first + count JOIN bearer USING (bearer)
            WHERE first IN ({marks}) ORDER BY row"""
        return fetch_all(query, *some)

    firsts: dict[str, list[int]] = {}
    ids = {ref.article for ref in refs}
    for id, first in find_articles("id", ids):
        firsts.setdefault(id, []).append(first)
    by_id = {id: found[0] for id, found in firsts.items() if len(found) == 1}
    paths = {os.fsencode(id): id for id in ids if id not in by_id}
    of = by_id | {paths[bytes(path)]: first for path, first in find_articles("path", paths)}
    rows: dict[tuple[int, str, str], NamedRow] = {}
    for first, kind, id, row, quotes, bearer in in_batches(set(of.values()), find_named):
        rows.setdefault((first, kind, id), NamedRow(row, first, quotes, bearer))
    found = ((str(ref), rows.get((of[ref.article], ref.kind, ref.id))) for ref in refs if ref.article in of)
    return {ref: row for ref, row in found if row}


def format_joined(registry: Registry, decisions: Decisions) -> str:
    """Return the registry and `decisions`, all that hold, including those of the registry, as a line of JSON."""
    entries = [entry._replace(line=0) for entry in registry.entries]
    same = [list(map(str, group)) for group in decisions.same]
    apart = [list(map(str, pair)) for pair in decisions.apart]
    return json.dumps([entries, same, apart])


def _parse_joined(text: str) -> Registry:
    """Return the registry, with all decisions that held, from the text that `format_joined` returned."""
    entries, same, apart = json.loads(text)
    groups = tuple(tuple(map(parse_ref, refs)) for refs in same)
    pairs = tuple((parse_ref(first), parse_ref(second)) for first, second in apart)
    return Registry(tuple(map(_entry, entries)), decisions=Decisions(groups, pairs))


def _entry(values: list[Any]) -> RegistryEntry:
    kind, id, name, aliases, wikidata, line, native = values
    if not all(type(one) is str for one in (kind, id, name, *aliases, wikidata, native)) or type(line) is not int:
        raise TypeError("an entry of the registry has values of other kinds")
    return RegistryEntry(kind, id, name, tuple(aliases), wikidata, line, native)


def in_batches(values: Iterable[object], fetch: Callable[[tuple[object, ...], str], list[V]]) -> list[V]:
    """Return all that `fetch` returns for the values, of which it gets some at a time, with as many placeholders."""
    found: list[V] = []
    left = iter(values)
    while some := tuple(islice(left, TOGETHER)):
        found += fetch(some, ", ".join("?" * len(some)))
    return found
