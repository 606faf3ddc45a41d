"""Join some spellings of an index anew, by the decisions of a reader who does not write the index.

Only spellings that may be joined otherwise than in the index are read: those named by a decision that the index was not
joined by, those that share a name, a Wikidata number, an entry of the registry or a decision with one of them, and so
on. How these are grouped does not depend on any other spelling. The registry is the one that the index was joined by.
"""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import groupby
from operator import attrgetter

from dossier.core.dataclasses import NamedTuple, dataclass
from dossier.core.identity import IdentityGroup, find_registered, group_spellings
from dossier.core.ref import Ref, parse_ref
from dossier.core.registry import Decisions, Registry, Spelling, fold_name
from dossier.library.index.persons import PersonRow
from dossier.library.index.spellings import TOGETHER, IndexSpelling, NamedRow, SpellingReader, SpellingSum

FIRST_OWN = 1 << 40
"""The first number of a spelling that the index does not have. The numbers of the index are lower."""
Key = tuple[str, str, str] | tuple[str, int] | tuple[str, Ref]
"""What two spellings that may be joined have in common.

It is "name", kind and folded name; "wikidata", kind and number; "id", kind and id in the registry; "person" and number
in the index; or "ref" and the address of an entry that a decision names.
"""


@dataclass(frozen=True)
class OwnSpelling:
    """A spelling as the reader's decisions have it, with its number.

    Its entries are those of `bearers`, which are spellings of the index, without entries in `Regrouping.split`, and
    those in `rows`.
    """

    number: int
    spelling: Spelling
    bearers: tuple[int, ...]
    rows: tuple[NamedRow, ...]
    total: SpellingSum


class OwnPerson(NamedTuple):
    """A person as the reader's decisions have them."""

    row: PersonRow
    spellings: tuple[OwnSpelling, ...]


@dataclass(frozen=True)
class Regrouping:
    """What a reader's decisions change: the persons of the index that are `replaced`, and the `persons` replacing them.

    `of_bearer` and `of_row` have the numbers of the new persons by spelling of the index and by row id. Where both have
    one, that of the row id counts. `split` has the new spelling of each entry that loses its spelling of the index.
    `retaken` are the addresses of entries that only decisions of the index name, which the reader has taken back.
    """

    replaced: frozenset[int]
    persons: Mapping[int, OwnPerson]
    of_bearer: Mapping[int, int]
    of_row: Mapping[int, int]
    split: Mapping[int, Spelling]
    retaken: frozenset[str]


def regroup(reader: SpellingReader, joined: Registry, decisions: Decisions) -> Regrouping:
    """Return what changes if `decisions` replace those of `joined`, by which the persons of the index were joined."""
    near = _Neighbourhood(reader, (joined,), (joined.decisions, decisions))
    near.grow(_changed_refs(joined.decisions, decisions))
    wanted = decisions.refs
    spellings = _own_spellings(reader, near, wanted)
    split = {row.row: one.spelling for one in spellings for row in one.rows}
    had: dict[int, set[int]] = {}
    for known in near.spellings.values():
        had.setdefault(known.person, set()).add(known.bearer)
    by_name = reader.joined_by_name(had)
    parted = {row.bearer for one in spellings for row in one.rows}
    persons, same = dict[int, OwnPerson](), set[int]()
    for group in group_spellings([one.spelling for one in spellings], joined, decisions):
        members = tuple(spellings[at] for at in group.members)
        before = None if any(parted.intersection(one.bearers) for one in members) else _same_person(members, near, had)
        if before is not None and (before in by_name) == group.is_joined_by_name:
            same.add(before)
        else:
            persons[members[0].number] = OwnPerson(_person_row(reader, members, group, split), members)
    of_bearer = {bearer: number for number, one in persons.items() for own in one.spellings for bearer in own.bearers}
    of_row = {row.row: number for number, one in persons.items() for own in one.spellings for row in own.rows}
    retaken = joined.decisions.refs - wanted
    return Regrouping(frozenset(had.keys() - same), persons, of_bearer, of_row, split, retaken)


def find_related(reader: SpellingReader, registries: Sequence[Registry], decisions: Decisions) -> list[Spelling]:
    """Return all spellings that one of the registries may join with an entry that `decisions` name.

    Each entry that they name has a spelling of its own, whatever decisions the index was joined by.
    """
    near = _Neighbourhood(reader, registries, (decisions,))
    near.grow({ref for refs in (*decisions.same, *decisions.apart) for ref in refs})
    return [one.spelling for one in _own_spellings(reader, near, decisions.refs)]


def find_decided(reader: SpellingReader, decisions: Decisions) -> list[Spelling]:
    """Return all spellings of the persons of the index whose entries `decisions` name, in the order of the decisions.

    Each entry that they name has a spelling of its own, whatever decisions the index was joined by.
    """
    near = _Neighbourhood(reader, (), (decisions,))
    refs = dict.fromkeys(ref for refs in (*decisions.same, *decisions.apart) for ref in refs)
    near.add_persons(refs.keys())
    rows = (row for ref in refs if (row := near.rows.get(str(ref))))
    persons = dict.fromkeys(near.spellings[row.bearer].person for row in rows)
    order = {person: number for number, person in enumerate(persons)}

    def place(one: OwnSpelling) -> tuple[int, int]:
        bearer = one.bearers[0] if one.bearers else one.rows[0].bearer
        return order[near.spellings[bearer].person], one.number

    return [one.spelling for one in sorted(_own_spellings(reader, near, decisions.refs), key=place)]


def _changed_refs(before: Decisions, after: Decisions) -> set[Ref]:
    """Return the addresses in the decisions that only one of `before` and `after` has."""
    changed = ({*before.same} ^ {*after.same}) | ({*before.apart} ^ {*after.apart})
    return {ref for refs in changed for ref in refs}


class _Neighbourhood:
    """Spellings of the index, by number, and entries that decisions name, by address, with all that may be joined."""

    def __init__(self, reader: SpellingReader, registries: Sequence[Registry], decided: Iterable[Decisions]) -> None:
        """Begin with no spelling. Spellings may be joined by any of the registries, and by any of `decided`."""
        self.spellings: dict[int, IndexSpelling] = {}
        self.rows: dict[str, NamedRow] = {}
        self._reader, self._registries = reader, registries
        self._keys: set[Key] = set()
        self._joined_with: dict[Ref, set[Ref]] = {}
        for group in (group for decisions in decided for group in decisions.same):
            for ref in group:
                self._joined_with.setdefault(ref, set()).update(group)
        self._ids: dict[tuple[str, str], set[str]] = {}
        for entry in (entry for registry in registries for entry in registry.entries):
            self._ids.setdefault((entry.kind, entry.wikidata), set()).add(entry.id)

    def grow(self, refs: Iterable[Ref]) -> None:
        """Add the spellings of the entries at these addresses, and of all that may be joined with them."""
        new: set[Key] = {("ref", ref) for ref in refs}
        while new:
            new |= self._persons_at([key[1] for key in new if isinstance(key[1], Ref)])
            self._keys |= new
            found = self._with_keys(new)
            new = set()
            for one in found:
                # Most are found by several keys.
                if one.bearer in self.spellings:
                    continue
                keys = self._keys_of(one)
                if not self._keys.isdisjoint(keys):
                    self.spellings[one.bearer] = one
                    new |= keys - self._keys
            new |= self._decided_with()

    def add_persons(self, refs: Collection[Ref]) -> None:
        """Add the entries at these addresses, and the spellings that the index has joined with theirs."""
        self.spellings |= {one.bearer: one for one in self._with_keys(self._persons_at(refs))}

    def _keys_of(self, one: IndexSpelling) -> set[Key]:
        """Return the keys that a spelling shares with those that it may be joined with."""
        spelling = one.spelling
        keys: set[Key] = {("person", one.person)}
        keys |= {("name", spelling.kind, name)} if (name := fold_name(spelling.name)) else set()
        for registry in self._registries:
            known = find_registered(spelling, registry)
            number = spelling.wikidata or (known.wikidata if known else "")
            keys |= {("wikidata", spelling.kind, number)} if number else set()
            keys |= {("id", spelling.kind, known.id)} if known else set()
        return keys | ({("ref", parse_ref(spelling.decided_ref))} if spelling.decided_ref else set())

    def _persons_at(self, refs: Collection[Ref]) -> set[Key]:
        """Add the entries at these addresses, and return the keys of their persons."""
        rows = self._reader.entries_at(refs)
        self.rows |= rows
        found = self._reader.numbered({row.bearer for row in rows.values()})
        return {("person", one.person) for one in found}

    def _with_keys(self, keys: Iterable[Key]) -> Iterator[IndexSpelling]:
        """Yield all spellings that have one of the keys, and perhaps some others."""
        yield from self._reader.of_persons([key[1] for key in keys if isinstance(key[1], int)])
        named = [key for key in keys if len(key) == 3]
        yield from self._reader.called({key[2] for key in named if key[0] == "name"})
        yield from self._reader.with_wikidata({key[2] for key in named if key[0] == "wikidata"})
        ids: dict[str, set[str]] = {}
        for what, kind, value in named:
            if what != "name":
                of_number = self._ids.get((kind, value), set()) if what == "wikidata" else {value}
                ids.setdefault(kind, set()).update(of_number)
        for kind, those in ids.items():
            yield from self._reader.with_id(kind, those)

    def _decided_with(self) -> set[Key]:
        """Return the keys of the addresses that a decision joins with one that was added already."""
        here = [key[1] for key in self._keys if isinstance(key[1], Ref)]
        keys: set[Key] = {("ref", ref) for one in here for ref in self._joined_with.get(one, ())}
        return keys - self._keys


def _own_spellings(reader: SpellingReader, near: _Neighbourhood, wanted: frozenset[str]) -> list[OwnSpelling]:
    """Return the spellings as they are once the entries at the addresses `wanted` have spellings of their own."""
    apart: dict[Spelling, list[NamedRow]] = {}
    for ref in sorted(wanted & near.rows.keys()):
        row = near.rows[ref]
        known = near.spellings.get(row.bearer)
        if known and known.spelling.decided_ref != ref:
            apart.setdefault(known.spelling._replace(decided_ref=ref), []).append(row)
    bearers: dict[Spelling, list[int]] = {}
    for bearer, one in sorted(near.spellings.items()):
        is_decided = one.spelling.decided_ref in wanted
        bearers.setdefault(one.spelling if is_decided else one.spelling._replace(decided_ref=""), []).append(bearer)
    total = reader.sums(near.spellings, [row for rows in apart.values() for row in rows])
    new = {spelling: FIRST_OWN + at for at, spelling in enumerate(one for one in apart if one not in bearers)}
    made = []
    for spelling in (*bearers, *new):
        own, rows = [bearer for bearer in bearers.get(spelling, ()) if bearer in total], apart.get(spelling, [])
        sums = [total[bearer] for bearer in own] + [SpellingSum(1, row.quotes, row.row) for row in rows]
        if sums:
            number = bearers[spelling][0] if spelling in bearers else new[spelling]
            made.append(OwnSpelling(number, spelling, tuple(own), tuple(rows), _add(sums)))
    return sorted(made, key=lambda one: one.number)


def _add(sums: Iterable[SpellingSum]) -> SpellingSum:
    entries, quotes, newest = zip(*sums, strict=True)
    return SpellingSum(sum(entries), sum(quotes), max(newest))


def _same_person(members: tuple[OwnSpelling, ...], near: _Neighbourhood, had: Mapping[int, set[int]]) -> int | None:
    """Return the person of the index who has exactly these spellings; None when there is none."""
    bearers = {bearer for one in members for bearer in one.bearers}
    persons = {near.spellings[bearer].person for bearer in bearers}
    is_same = len(persons) == 1 and all(
        not one.rows and len(one.bearers) == 1 and near.spellings[one.bearers[0]].spelling == one.spelling
        for one in members
    )
    return next(iter(persons)) if is_same and had[next(iter(persons))] == bearers else None


def _person_row(
    reader: SpellingReader, members: tuple[OwnSpelling, ...], group: IdentityGroup, split: Container[int]
) -> PersonRow:
    """Return the row that the index would have for a person with these spellings."""
    total = _add([one.total for one in members])
    # The spelling in the most articles; if there are several, the first of them in alphabetical order.
    _, name = min((-one.total.entries, one.spelling.name) for one in members)
    articles = total.entries
    if len(members) > 1:
        # An article that spells a person in two ways is counted once.
        articles = sum(1 for _ in groupby(entries_of(reader, members, split), attrgetter("first")))
    kind = members[0].spelling.kind
    return PersonRow(members[0].number, kind, name, group.is_joined_by_name, articles, total.quotes, total.newest)


def entries_of(reader: SpellingReader, spellings: Iterable[OwnSpelling], split: Container[int]) -> Iterator[NamedRow]:
    """Return an iterator over the entries with these spellings, the newest first.

    `split` are the row ids of the entries that have lost their spelling of the index.
    """
    bearers = [bearer for one in spellings for bearer in one.bearers]
    rows = sorted((row for one in spellings for row in one.rows), reverse=True)
    of_index = [
        (entry for entry in reader.entries(bearers[at : at + TOGETHER]) if entry.row not in split)
        for at in range(0, len(bearers), TOGETHER)
    ]
    return merge(rows, *of_index, reverse=True)
