"""The persons of an index as one reader decided, over an index that another program or user writes.

The persons that the reader's decisions change are taken out of every answer of the index, and the persons that replace
them are put in at their places in the order. Nothing is written, and no other persons are joined anew.
"""

# ruff: noqa: D102 - PersonReader has the docstrings

from collections.abc import Collection, Iterable, Iterator, Sequence
from heapq import merge
from itertools import groupby, islice
from operator import attrgetter, itemgetter

from dossier.core.decisions import overlay_decisions
from dossier.core.ref import Ref
from dossier.core.registry import Decisions, Spelling, fold_name
from dossier.library.index.articles import ArticleRow
from dossier.library.index.errors import RowGoneError
from dossier.library.index.persons import PersonReader, PersonRow
from dossier.library.index.regrouping import OwnPerson, Regrouping, entries_of, regroup
from dossier.library.index.schema import FOLDED
from dossier.library.index.sessions import EVERY, ReadSessions
from dossier.library.index.spellings import NamedRow, OrderedPerson, SpellingReader

_KINDS = ("person", "org", "place")


def decide_persons(sessions: ReadSessions, own: Decisions) -> PersonReader:
    """Return a PersonReader for the persons as the decisions `own` join them, in place of those in the index.

    If the index was joined by the same decisions, it reads the index alone.
    """
    plain = PersonReader(sessions)
    if not own.refs:
        return plain
    spellings = SpellingReader(sessions)
    joined = spellings.joined()
    decisions = overlay_decisions(joined.decisions, own)
    if decisions == joined.decisions:
        return plain
    changes = regroup(spellings, joined, decisions)
    return DecidedPersons(sessions, changes) if changes.replaced else plain


class DecidedPersons(PersonReader):
    """The persons, organisations and places of one library with one reader's changes. Safe to use from any thread."""

    def __init__(self, sessions: ReadSessions, changes: Regrouping) -> None:
        super().__init__(sessions)
        self._spelt, self.changes = SpellingReader(sessions), changes
        # By kind, each in the order of the index.
        own = sorted(changes.persons.values(), key=lambda one: _ordered(one.row).order)
        self._own = {kind: [one for one in own if one.row.kind == kind] for kind in _KINDS}
        self._named: dict[str, set[int]] = {}
        for number, one in changes.persons.items():
            for spelt in one.spellings:
                for name in _folded_names(spelt.spelling):
                    self._named.setdefault(name, set()).add(number)

    def person(self, person: int) -> PersonRow:
        if own := self.changes.persons.get(person):
            return own.row
        if person in self.changes.replaced:
            raise RowGoneError(person)
        return super().person(person)

    def person_ids(self, kind: str | None = None, most: int = EVERY) -> Iterator[int]:
        for one in _KINDS if kind is None else (kind,):
            yield from (row.person for row in self._ordered(one, most))

    def first_by_name(self, persons: Collection[int], most: int) -> list[PersonRow]:
        changes = self.changes
        left = [one for one in persons if one not in changes.persons and one not in changes.replaced]
        found = [changes.persons[one].row for one in persons if one in changes.persons]
        return sorted([*found, *super().first_by_name(left, most)], key=lambda one: (one.name, -one.newest))[:most]

    def names_in(self, articles: Iterable[ArticleRow]) -> list[list[tuple[str, str, int]]]:
        every = list(articles)
        found = super().names_in(every)
        return [self._decided_names(*one) for one in zip(every, found, strict=True)]

    def _decided_names(self, article: ArticleRow, found: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
        """Return the names in an article, of which the index has `found`."""
        if self.changes.replaced.isdisjoint([person for _, _, person in found]):
            return found
        rows = self._spelt.named_in(article)
        known = ((kind, name, self._person_of(*rest)) for kind, name, *rest in rows)
        return [(kind, name, person) for kind, name, person in known if person is not None]

    def person_articles(self) -> Iterator[tuple[int, int]]:
        for first, *rest in self._spelt.all_named():
            if (person := self._person_of(*rest)) is not None:
                yield first, person

    def person_at(self, row: int) -> int | None:
        return self._decided_person(row, super().person_at(row))

    def _decided_person(self, row: int, person: int | None) -> int | None:
        if person is None or person not in self.changes.replaced:
            return person
        bearer = self._spelt.bearer_at(row)
        return None if bearer is None else self._person_of(person, row, bearer)

    def persons_at(self, rows: Iterable[int]) -> dict[int, int]:
        found = super().persons_at(rows).items()
        known = ((row, self.person_at(row) if person in self.changes.replaced else person) for row, person in found)
        return {row: person for row, person in known if person is not None}

    def spellings_at(self, rows: Sequence[int]) -> list[Spelling]:
        split, retaken = self.changes.split, self.changes.retaken
        known = [row for row in rows if row not in split]
        found = dict(zip(known, super().spellings_at(known), strict=True))
        spelt = (split[row] if row in split else found[row] for row in rows)
        return [one._replace(decided_ref="") if one.decided_ref in retaken else one for one in spelt]

    def entries_of_person(self, person: int) -> Iterator[tuple[int, int]]:
        own = self.changes.persons.get(person)
        if own is None:
            return iter(()) if person in self.changes.replaced else super().entries_of_person(person)
        return ((one.row, one.quotes) for one in self._entries_of(own))

    def article_ids_of_person(self, ref: Ref) -> Iterator[int]:
        person = self.person_of(ref)
        own = None if person is None else self.changes.persons.get(person)
        if own is None:
            return super().article_ids_of_person(ref)
        return (first for first, _ in groupby(self._entries_of(own), attrgetter("first")))

    def spellings(self, person: int) -> list[tuple[Spelling, int]]:
        own = self.changes.persons.get(person)
        if own is None:
            return [] if person in self.changes.replaced else super().spellings(person)
        return [(one.spelling, one.total.newest) for one in own.spellings]

    def persons_named(self, name: str) -> tuple[int, ...]:
        return self._with_own(super().persons_named(name), self._named.get(fold_name(name)[:FOLDED], ()))

    def persons_with_id(self, kind: str, id: str) -> tuple[int, ...]:
        own = [one.row.person for one in self._own[kind] if any(spelt.spelling.id == id for spelt in one.spellings)]
        return self._with_own(super().persons_with_id(kind, id), own)

    def frequent_names(self, kind: str, most: int, speaking: bool = False) -> Iterator[tuple[str, int]]:
        rows = self._ordered(kind, most, with_quotes=True)
        return ((one.name, one.articles) for one in rows if one.quotes >= int(speaking))

    def names_beginning(self, kind: str, beginning: str, most: int, speaking: bool = False) -> list[tuple[str, int]]:
        own = sorted(
            (name, spelt.number, one.row.person, one.row.name, one.row.articles, one.row.quotes)
            for one in self._own[kind]
            for spelt in one.spellings
            for name in _folded_names(spelt.spelling)
            if name.startswith(beginning[:FOLDED])
        )
        rows = self._spelt.called_from(kind, beginning)
        theirs = (row for row in rows if row[2] not in self.changes.replaced)
        coming = merge(own, theirs, key=itemgetter(0, 1))
        found = ((name, articles) for *_, name, articles, quotes in coming if quotes >= int(speaking))
        return list(islice(_each_once(found), most))

    def _ordered(self, kind: str, most: int, with_quotes: bool = False) -> Iterator[OrderedPerson]:
        """Return an iterator over the persons of a kind in their order, at most `most`."""
        replaced = self.changes.replaced
        rows = self._spelt.ordered(kind, min(most + len(replaced), EVERY), with_quotes)
        theirs = (row for row in rows if row.person not in replaced)
        coming = merge([_ordered(one.row) for one in self._own[kind]], theirs, key=attrgetter("order"))
        return islice(coming, most)

    def _entries_of(self, own: OwnPerson) -> Iterator[NamedRow]:
        return entries_of(self._spelt, own.spellings, self.changes.split)

    def _person_of(self, person: int, row: int, bearer: int) -> int | None:
        """Return the person of an entry that the index has under `person`; None if it came in after `regroup`."""
        if person not in self.changes.replaced:
            return person
        return self.changes.of_row.get(row, self.changes.of_bearer.get(bearer))

    def _with_own(self, persons: Iterable[int], own: Iterable[int]) -> tuple[int, ...]:
        """Return the numbers of the persons of the index that are not replaced, and of `own`, ascending."""
        return tuple(sorted({*persons} - self.changes.replaced | {*own}))


def _ordered(row: PersonRow) -> OrderedPerson:
    return OrderedPerson(row.person, row.name, row.articles, row.newest, row.quotes)


def _folded_names(spelling: Spelling) -> set[str]:
    return {fold_name(name)[:FOLDED] for name in (spelling.name, *spelling.names)} - {""}


def _each_once(found: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    seen: set[tuple[str, int]] = set()
    for one in found:
        if one not in seen:
            seen.add(one)
            yield one
