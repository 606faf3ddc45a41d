"""Who is borne by whom: persons, organisations and places over all articles, as they were last joined.

Decided here: somebody who came in since then has no person yet, and is passed over until the next joining.
"""

from collections.abc import Iterator

from dossier.core.dataclasses import NamedTuple
from dossier.core.ref import Ref
from dossier.core.registry import Spelling, name_key
from dossier.library.index.articles import row_at, row_spelling
from dossier.library.index.connections import Connections, column, way

_PERSON = "person, kind, name, by_name, articles, quotes, newest"
_KINDS = ("person", "org", "place")


class PersonRow(NamedTuple):
    """Somebody or something over all articles: `by_name` when some of it is joined by the same full name alone;
    `newest` is the row id of the entry in the newest of the articles."""

    person: int
    kind: str
    name: str
    by_name: bool
    articles: int
    quotes: int
    newest: int


class Persons:
    """Persons, organisations and places of one library, each called by a number."""

    def __init__(self, connections: Connections) -> None:
        self._from = connections

    def person(self, person: int) -> PersonRow:
        """The one with this number. Raises KeyError when there is none, or no longer."""
        found = self._from.one(f"SELECT {_PERSON} FROM person WHERE person = ?", person)
        if found is None:
            raise KeyError(person)
        return PersonRow._make((*found[:3], bool(found[3]), *found[4:]))

    def persons(self, kind: str | None = None, most: int = -1) -> Iterator[int]:
        """Those of a kind (person, org, place) or of all, kind by kind: who is in most articles first."""
        for one in _KINDS if kind is None else (kind,):
            query = "SELECT person FROM person WHERE kind = ? ORDER BY articles DESC, name LIMIT ?"
            yield from column(self._from.each(query, one, most))

    def persons_of(self, first: int) -> list[int]:
        """Everybody in an article, in the order of its entries."""
        return list(dict.fromkeys(person for _, _, person in self.bearers_in(first)))

    def bearers_in(self, first: int) -> list[tuple[str, str, int]]:
        """Everybody in an article by kind and by the name that it has for him, with his number."""
        return self._from.all(
            "SELECT bearer.kind, bearer.name, person FROM article JOIN borne ON row >= first AND row < first + count"
            " JOIN bearer USING (bearer) JOIN person USING (person) WHERE first = ? ORDER BY row",
            first,
        )

    def everybody(self) -> Iterator[tuple[int, int]]:
        """Every person with every article that has him, article by article: for who goes through many."""
        return self._from.each(
            "SELECT row - number, person FROM borne JOIN bearer USING (bearer) WHERE person IS NOT NULL ORDER BY row"
        )

    def person_at(self, row: int) -> int | None:
        """Whom the entry with this row id, one of a people's pane, is of."""
        found = self._from.one("SELECT person FROM borne JOIN bearer USING (bearer) WHERE row = ?", row)
        return found[0] if found else None

    def bearer_at(self, row: int) -> Spelling:
        """How the entry with this row id, one of a people's pane, is spelt. Raises KeyError when it is none."""
        found = self._from.one(
            """SELECT kind, id, name, names, wikidata, alone FROM borne JOIN bearer USING (bearer) WHERE row = ?""", row
        )
        if found is None:
            raise KeyError(row)
        return row_spelling(found)

    def person_of(self, ref: Ref) -> int | None:
        """Whom the entry with this address is of; None for an entry of another kind."""
        with self._from.borrowed() as connection:
            row = row_at(connection, ref)
        return None if row is None else self.person_at(row)

    def borne_by(self, person: int, newest: bool = True) -> Iterator[tuple[int, int]]:
        """The row ids of all his entries, with how many quotes each of them says."""
        query = f"""SELECT row, borne.quotes FROM bearer JOIN borne USING (bearer) WHERE person = ?
            ORDER BY row {way(newest)}"""
        return ((row, quotes) for row, quotes in self._from.each(query, person))

    def firsts_of_person(self, ref: Ref, newest: bool = True) -> Iterator[int]:
        """The articles that have whom the entry with this address is of."""
        person = self.person_of(ref)
        if person is not None:
            query = f"""SELECT DISTINCT row - number FROM bearer JOIN borne USING (bearer) WHERE person = ?
                ORDER BY 1 {way(newest)}"""
            yield from column(self._from.each(query, person))

    def spellings(self, person: int) -> list[tuple[Spelling, int]]:
        """How he is spelt, with the newest row id of each spelling, in the order in which they came in."""
        found = self._from.all(
            """SELECT bearer.kind, id, name, names, wikidata, alone, max(row) FROM bearer JOIN borne USING (bearer)
            WHERE person = ? GROUP BY bearer ORDER BY bearer""",
            person,
        )
        return [(row_spelling(one[:-1]), one[-1]) for one in found]

    def names(self, person: int) -> tuple[str, ...]:
        """All he is called: names, native names and aliases, each once."""
        spelt = (bearer for bearer, _ in self.spellings(person))
        return tuple(dict.fromkeys(name for bearer in spelt for name in (bearer.name, *bearer.names)))

    def called(self, name: str) -> tuple[int, ...]:
        """Everybody who has this name, native name or alias, in whatever case and accents."""
        query = "SELECT DISTINCT person FROM called JOIN bearer USING (bearer) WHERE folded = ? AND person IS NOT NULL"
        return tuple(sorted(column(iter(self._from.all(query, name_key(name))))))
