"""Join the entries of persons, organisations and places across the articles of an index.

A person is identified by the number of their first spelling, which they keep when others are joined with them. An entry
that a decision names has a spelling of its own, even if other entries are spelt alike.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dossier.core.decisions import overlay_decisions
from dossier.core.identity import IdentityGroup, group_spellings
from dossier.core.ref import parse_ref
from dossier.core.registry import Decisions, Registry, Spelling, fold_name
from dossier.library.index.articles import spelling_from_columns
from dossier.library.index.schema import FOLDED
from dossier.library.index.sessions import WriteSession
from dossier.library.index.spellings import find_entries, format_joined, in_batches

_PERSON = "person, kind, name, by_name, articles, quotes, newest"
_SPELLING = "kind, id, name, names, wikidata"
_SAME = " AND ".join(f"{name} = column{number}" for number, name in enumerate((*_SPELLING.split(", "), "alone"), 1))
_TOGETHER = 100
"""Spellings that are looked up with one question."""
Row = tuple[Any, ...]
"""The columns of _PERSON."""


def join_persons(session: WriteSession, registry: Registry, own: Decisions) -> None:
    """Rebuild the persons, organisations and places, in one transaction, by the registry and the user's decisions.

    Where the two contradict each other, the user's decisions win. The registry and all decisions are stored in the
    index, for readers with decisions of their own.
    """
    decisions = overlay_decisions(registry.decisions, own)
    with session.transaction():
        _set_apart(session, decisions)
        _drop_unused_spellings(session)
        numbers, bearers = _bearers(session)
        _enter(session, numbers, bearers, group_spellings(bearers, registry, decisions))
        session.execute("UPDATE meta SET value = ? WHERE key = 'joined'", (digest(registry, own),))
        session.execute("UPDATE meta SET value = ? WHERE key = 'registry'", (digest(registry, Decisions()),))
        session.execute("DELETE FROM joining")
        session.execute("INSERT INTO joining VALUES (?)", (format_joined(registry, decisions),))
        session.execute("UPDATE meta SET value = CAST(value AS BIGINT) + 1 WHERE key = 'generation'")


def digest(registry: Registry, own: Decisions) -> str:
    """Return a digest of the registry and decisions that persons are joined by. A change means joining them again."""
    joined = format_joined(registry, overlay_decisions(registry.decisions, own))
    return hashlib.sha256(joined.encode()).hexdigest()


def _set_apart(session: WriteSession, decisions: Decisions) -> None:
    """Give every entry that a decision names a spelling of its own, and entries that none names their usual one."""
    wanted = decisions.refs
    had = dict(session.execute("SELECT bearer, alone FROM bearer WHERE alone <> ''").fetchall())
    back = [(bearer, "") for bearer, alone in had.items() if alone not in wanted]
    moved = [(to, bearer) for to, (bearer, _) in zip(_copy_spellings(session, back), back, strict=True)]
    session.executemany("UPDATE borne SET bearer = ? WHERE bearer = ?", moved)

    def fetch_all(query: str, *values: object) -> list[tuple[Any, ...]]:
        return session.execute(query, values).fetchall()

    found = find_entries(fetch_all, [parse_ref(ref) for ref in wanted])
    # An article may be named by its id and by its path.
    last = {found[ref].row: (found[ref].bearer, ref) for ref in sorted(found)}
    own = {row: one for row, one in last.items() if had.get(one[0]) != one[1]}
    moved = list(zip(_copy_spellings(session, list(own.values())), own, strict=True))
    session.executemany("UPDATE borne SET bearer = ? WHERE row = ?", moved)


def _copy_spellings(session: WriteSession, wanted: Sequence[tuple[int, str]]) -> list[int]:
    """Return the numbers of the same spellings with another `alone`, made where there are none.

    `wanted` has the number of each spelling, and that `alone`.
    """

    def fetch(some: tuple[object, ...], marks: str) -> list[tuple[Any, ...]]:
        return session.execute(f"SELECT bearer, {_SPELLING} FROM bearer WHERE bearer IN ({marks})", some).fetchall()

    spelt = {bearer: tuple(columns) for bearer, *columns in in_batches({bearer for bearer, _ in wanted}, fetch)}
    keys = [(*spelt[bearer], alone) for bearer, alone in wanted]
    every = list(dict.fromkeys(keys))
    known: dict[tuple[Any, ...], int] = {}
    for at in range(0, len(every), _TOGETHER):
        some = every[at : at + _TOGETHER]
        values = ", ".join(["(?, ?, ?, ?, ?, ?)"] * len(some))
        query = f"SELECT bearer, {_SPELLING}, alone FROM (VALUES {values}) AS wanted JOIN bearer ON {_SAME}"
        rows = session.execute(query, [word for key in some for word in key]).fetchall()
        known |= {tuple(key): bearer for bearer, *key in rows}
    if new := [key for key in every if key not in known]:
        (last,) = session.execute("SELECT max(bearer) FROM bearer").fetchone()
        known |= {key: bearer for bearer, key in enumerate(new, last + 1)}
        made = f"INSERT INTO bearer (bearer, {_SPELLING}, alone) VALUES (?, ?, ?, ?, ?, ?, ?)"
        session.executemany(made, [(known[key], *key) for key in new])
        called = [(name, known[key]) for key in new for name in _folded_names(spelling_from_columns(key))]
        session.executemany("INSERT INTO called (folded, bearer) VALUES (?, ?)", called)
    return [known[key] for key in keys]


def _folded_names(spelling: Spelling) -> set[str]:
    return {fold_name(name)[:FOLDED] for name in (spelling.name, *spelling.names)} - {""}


def _drop_unused_spellings(session: WriteSession) -> None:
    """Delete the spellings that no entry has."""
    for table in ("called", "bearer"):
        session.execute(
            f"DELETE FROM {table} WHERE NOT EXISTS (SELECT 1 FROM borne WHERE borne.bearer = {table}.bearer)"
        )


def _bearers(session: WriteSession) -> tuple[list[int], list[Spelling]]:
    """Return the numbers of all spellings, in order, and the spellings."""
    found = session.execute(
        "SELECT bearer, kind, id, name, names, wikidata, alone FROM bearer ORDER BY bearer"
    ).fetchall()
    return [one[0] for one in found], [spelling_from_columns(one[1:]) for one in found]


def _enter(
    session: WriteSession, numbers: Sequence[int], bearers: Sequence[Spelling], groups: Iterable[IdentityGroup]
) -> None:
    """Replace all persons by these groups of spellings."""
    had = dict(session.execute("SELECT bearer, person FROM bearer"))
    counted = "SELECT bearer, count(*), CAST(sum(quotes) AS BIGINT), max(row) FROM borne GROUP BY bearer"
    count = {bearer: found for bearer, *found in session.execute(counted)}
    rows, moved, several = [], [], []
    for group in groups:
        members = group.members
        person = numbers[members[0]]
        found = [count[numbers[member]] for member in members]
        articles, quotes = sum(one[0] for one in found), sum(one[1] for one in found)
        # The spelling in the most articles; if there are several, the first of them in alphabetical order.
        _, name = min((-one[0], bearers[member].name) for one, member in zip(found, members, strict=True))
        newest = max(one[2] for one in found)
        rows.append((person, bearers[members[0]].kind, name, int(group.is_joined_by_name), articles, quotes, newest))
        moved += [(person, numbers[member]) for member in members if had[numbers[member]] != person]
        if len(members) > 1:
            several.append(person)
    session.executemany("UPDATE bearer SET person = ? WHERE bearer = ?", moved)
    articles_of = _count_articles(session, several)
    made = ((*row[:4], articles_of.get(row[0], row[4]), *row[5:]) for row in rows)
    before = session.execute(f"SELECT {_PERSON} FROM person ORDER BY person")
    gone, changed = _find_changes(map(tuple, before), made)
    session.executemany("DELETE FROM person WHERE person = ?", gone)
    session.executemany(f"INSERT INTO person ({_PERSON}) VALUES ({', '.join('?' * 7)})", changed)


def _count_articles(session: WriteSession, persons: Iterable[int]) -> dict[int, int]:
    """Return the numbers of articles of persons of several spellings.

    An article may spell a person in two ways, and is counted once all the same.
    """

    def fetch(some: tuple[object, ...], marks: str) -> list[tuple[int, int]]:
        query = "SELECT person, count(DISTINCT row - number) FROM bearer JOIN borne USING (bearer)"
        return session.execute(f"{query} WHERE person IN ({marks}) GROUP BY person", some).fetchall()

    return dict(in_batches(persons, fetch))


def _find_changes(before: Iterator[Row], after: Iterable[Row]) -> tuple[list[tuple[int]], list[Row]]:
    """Return the numbers of the rows that are gone or were other ones, and the rows that are new or other ones.

    Both are given in the order of their numbers, which are the first values.
    """
    gone, changed = list[tuple[int]](), list[Row]()
    had = next(before, None)
    for row in after:
        while had is not None and had[0] < row[0]:
            gone.append((had[0],))
            had = next(before, None)
        if had == row:
            had = next(before, None)
        else:
            changed.append(row)
    gone += [(one[0],) for one in (*((had,) if had else ()), *before)]
    return gone, changed
