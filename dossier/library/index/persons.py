"""The persons, organisations and places of an index, joined across all articles.

An entry that was added since they were last joined belongs to no person yet, and is passed over.
"""

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from dossier.core.dataclasses import NamedTuple
from dossier.core.ref import Ref
from dossier.core.registry import Spelling, fold_name
from dossier.library.index.articles import ArticleRow, spelling_from_columns
from dossier.library.index.errors import RowGoneError
from dossier.library.index.schema import FOLDED
from dossier.library.index.sessions import EVERY, ReadSessions

_KINDS = ("person", "org", "place")
_COLUMNS = "person, kind, name, by_name, articles, quotes, newest"
_TOGETHER = 500
"""The most persons that are looked up with one question."""


class PersonRow(NamedTuple):
    """A person, organisation or place, joined across all articles. `person` is its number.

    `kind` is person, org or place. `by_name` says that some entries are joined only because of the same full name.
    `articles` and `quotes` are numbers; `newest` is the row id of the entry in the newest of the articles.
    """

    person: int
    kind: str
    name: str
    by_name: bool
    articles: int
    quotes: int
    newest: int


class PersonReader:
    """The persons, organisations and places of one library, each with a number. Safe to use from any thread."""

    def __init__(self, sessions: ReadSessions) -> None:
        self._sessions = sessions

    def person(self, person: int) -> PersonRow:
        """Return the person with this number. Raises KeyError when there is none, or no longer."""
        found = self._sessions.fetch_one(f"SELECT {_COLUMNS} FROM person WHERE person = ?", person)
        if found is None:
            raise RowGoneError(person)
        return _make_row(found)

    def person_ids(self, kind: str | None = None, most: int = EVERY) -> Iterator[int]:
        """Yield the numbers of the persons of one kind (person, org, place) by number of articles and by name.

        Without a kind, persons of all kinds are yielded, one kind after the other, at most `most` of each.
        """
        for one in _KINDS if kind is None else (kind,):
            query = "SELECT person FROM person WHERE kind = ? ORDER BY articles DESC, name, newest DESC LIMIT ?"
            yield from self._sessions.iterate_ids(query, one, most)

    def first_by_name(self, persons: Collection[int], most: int) -> list[PersonRow]:
        """Return those of `persons` whose names come first, at most `most`.

        Persons that are no longer in the index are left out. Of several with the same name the one with the newest
        article comes first.
        """
        found: list[PersonRow] = []
        left = iter(persons)
        while some := tuple(islice(left, _TOGETHER)):
            query = f"SELECT {_COLUMNS} FROM person WHERE person IN ({_marks(some)})"
            rows = self._sessions.fetch_all(f"{query} ORDER BY name, newest DESC LIMIT ?", *some, most)
            found += [_make_row(row) for row in rows]
        return sorted(found, key=lambda one: (one.name, -one.newest))[:most]

    def person_ids_in(self, articles: Iterable[ArticleRow]) -> list[list[int]]:
        """Return the numbers of the persons in each of the articles, in the order of its entries."""
        return [list(dict.fromkeys([person for _, _, person in names])) for names in self.names_in(articles)]

    def names_in(self, articles: Iterable[ArticleRow]) -> list[list[tuple[str, str, int]]]:
        """Return kind, name and number of each person in each of the articles, as the article names them."""
        query = (
            "SELECT bearer.kind, bearer.name, person FROM borne JOIN bearer USING (bearer) JOIN person USING (person)"
            " WHERE row >= ? AND row < ? ORDER BY row"
        )
        # With both bounds a server's planner knows that few rows are wanted.
        return self._sessions.fetch_each(query, [(one.first, one.first + one.size) for one in articles])

    def person_articles(self) -> Iterator[tuple[int, int]]:
        """Return an iterator over the `first` of an article and the number of a person in it, article by article.

        It has all articles: to ask for one after the other would be slow.
        """
        return self._sessions.iterate(
            "SELECT row - number AS first, person FROM borne JOIN bearer USING (bearer) WHERE person IS NOT NULL"
            " ORDER BY row"
        )

    def person_at(self, row: int) -> int | None:
        """Return the number of the person that the entry with this row id belongs to; None when there is none."""
        found = self._sessions.fetch_one(
            "SELECT person AS joined_to FROM borne JOIN bearer USING (bearer) WHERE row = ?", row
        )
        return found[0] if found else None

    def persons_at(self, rows: Iterable[int]) -> dict[int, int]:
        """Return the numbers of the persons that the entries with these row ids belong to, by row id.

        Entries that belong to no person are left out.
        """
        found: dict[int, int] = {}
        left = iter(rows)
        while some := tuple(islice(left, _TOGETHER)):
            query = f"SELECT row, person FROM borne JOIN bearer USING (bearer) WHERE row IN ({_marks(some)})"
            found.update(self._sessions.fetch_all(f"{query} AND person IS NOT NULL", *some))
        return found

    def person_of(self, ref: Ref) -> int | None:
        """Return the number of the person that the entry at `ref` is of; None when it is of none, or is not there."""
        # Asked for when the cursor moves: article, entry and person with one question.
        named = "borne JOIN bearer USING (bearer) WHERE row >= first AND row < first + count"
        named += " AND kind = ? AND bearer.id = ? ORDER BY row LIMIT 1"
        query = f"SELECT (SELECT row FROM {named}) AS joined_to, (SELECT person FROM {named}) AS joined_to FROM article"
        values = (ref.kind, ref.id, ref.kind, ref.id)
        found = self._sessions.fetch_all(f"{query} WHERE id = ? LIMIT 2", *values, ref.article)
        if len(found) != 1:
            found = self._sessions.fetch_all(f"{query} WHERE path = ?", *values, os.fsencode(ref.article))
        row, person = found[0] if found else (None, None)
        return None if row is None else self._decided_person(row, person)

    def _decided_person(self, row: int, person: int | None) -> int | None:
        """Return the number of the person of an entry that the index has under `person`."""
        return person

    def spellings_at(self, rows: Sequence[int]) -> list[Spelling]:
        """Return how the persons of the entries with these row ids are spelt there.

        Raises KeyError when one of them is of none, or is gone.
        """
        found: dict[int, Spelling] = {}
        for at in range(0, len(rows), _TOGETHER):
            some = rows[at : at + _TOGETHER]
            query = "SELECT row, kind, id, name, names, wikidata, alone FROM borne JOIN bearer USING (bearer)"
            every = self._sessions.fetch_all(f"{query} WHERE row IN ({_marks(some)})", *some)
            found.update((row, spelling_from_columns(columns)) for row, *columns in every)
        if gone := [row for row in rows if row not in found]:
            raise RowGoneError(gone[0])
        return [found[row] for row in rows]

    def entries_of_person(self, person: int) -> Iterator[tuple[int, int]]:
        """Return an iterator over the row ids of a person's entries, each with its number of quotes, newest first."""
        query = """SELECT row, borne.quotes FROM bearer JOIN borne USING (bearer) WHERE person = ?
            ORDER BY row DESC"""
        return self._sessions.iterate(query, person)

    def article_ids_of_person(self, ref: Ref) -> Iterator[int]:
        """Return an iterator over the `first` of each article with the person of the entry at `ref`, newest first."""
        person = self.person_of(ref)
        if person is None:
            return iter(())
        query = """SELECT DISTINCT row - number AS first FROM bearer JOIN borne USING (bearer) WHERE person = ?
            ORDER BY 1 DESC"""
        return self._sessions.iterate_ids(query, person)

    def spellings(self, person: int) -> list[tuple[Spelling, int]]:
        """Return the spellings of a person, each with its newest row id, in the order in which they were added."""
        found = self._sessions.fetch_all(
            """SELECT bearer.kind, id, name, names, wikidata, alone, max(row) AS newest
            FROM bearer JOIN borne USING (bearer) WHERE person = ? GROUP BY bearer.bearer ORDER BY bearer.bearer""",
            person,
        )
        return [(spelling_from_columns(one[:-1]), one[-1]) for one in found]

    def names(self, person: int) -> tuple[str, ...]:
        """Return all names of a person: names, native names and aliases, each once."""
        spelt = [spelling for spelling, _ in self.spellings(person)]
        return tuple(dict.fromkeys([name for one in spelt for name in (one.name, *one.names)]))

    def persons_named(self, name: str) -> tuple[int, ...]:
        """Return the numbers of the persons with this name, native name or alias, in whatever case and accents."""
        query = "SELECT DISTINCT person FROM called JOIN bearer USING (bearer) WHERE folded = ? AND person IS NOT NULL"
        return tuple(sorted([person for (person,) in self._sessions.fetch_all(query, fold_name(name)[:FOLDED])]))

    def frequent_names(self, kind: str, most: int, speaking: bool = False) -> Iterator[tuple[str, int]]:
        """Return an iterator over the names of one kind, each with its number of articles, the most frequent first.

        The `most` most frequent are read; with `speaking`, those of them without quotes are left out.
        """
        query = (
            "SELECT name, articles FROM (SELECT name, articles, quotes FROM person WHERE kind = ?"
            " ORDER BY articles DESC, name, newest DESC LIMIT ?) AS found WHERE quotes >= ?"
        )
        return self._sessions.iterate(query, kind, most, int(speaking))

    def names_beginning(self, kind: str, beginning: str, most: int, speaking: bool = False) -> list[tuple[str, int]]:
        """Return at most `most` names of one kind, each with its number of articles, found by the beginning of a name.

        `beginning` is folded. It may also begin a native name or an alias: the person's usual name is returned.
        """
        query = (
            "SELECT person.name, articles FROM called JOIN bearer USING (bearer) JOIN person USING (person)"
            " WHERE folded >= ? AND folded < ? AND person.kind = ? AND person.quotes >= ?"
            " ORDER BY folded, called.bearer"
        )
        values = (beginning[:FOLDED], f"{beginning[:FOLDED]}\U0010ffff", kind, int(speaking))
        found: dict[tuple[Any, ...], None] = {}
        for one in self._sessions.iterate(query, *values):
            found[one] = None
            if len(found) == most:
                break
        return list(found)

    def persons_with_id(self, kind: str, id: str) -> tuple[int, ...]:
        """Return the numbers of the persons of a kind that some article lists under this id."""
        query = "SELECT DISTINCT person FROM bearer WHERE kind = ? AND id = ? AND person IS NOT NULL ORDER BY person"
        return tuple([person for (person,) in self._sessions.fetch_all(query, kind, id)])

    def person_entry_ids(self, kind: str) -> tuple[str, ...]:
        """Return the ids under which articles list persons of a kind."""
        query = "SELECT DISTINCT id FROM bearer WHERE kind = ? AND person IS NOT NULL"
        return tuple([id for (id,) in self._sessions.fetch_all(query, kind)])


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _make_row(columns: tuple[Any, ...]) -> PersonRow:
    """Return the person with these values of _COLUMNS."""
    return PersonRow._make((*columns[:3], bool(columns[3]), *columns[4:]))
