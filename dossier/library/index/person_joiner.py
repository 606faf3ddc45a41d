"""Join the entries of persons, organisations and places across articles, from all that the index has of them.

A person is identified by the number of their first spelling, which they keep when others are joined with them. An entry
that the user decided about is a spelling of its own, whatever other entries are spelt alike.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence

from dossier.core.decisions import overlay_decisions
from dossier.core.identity import IdentityGroup, group_spellings
from dossier.core.ref import parse_ref
from dossier.core.registry import Decisions, Registry, Spelling
from dossier.library.index.articles import find_named_entry, spelling_from_columns
from dossier.library.index.schema import undo_transaction
from dossier.library.index.spellings import format_joined


def join_persons(connection: sqlite3.Connection, registry: Registry, own: Decisions) -> None:
    """Rebuild the persons, organisations and places, in one transaction, by the registry and the user's decisions.

    These count where they contradict those of the registry. What was joined by is kept, for readers who decide
    otherwise.
    """
    decisions = overlay_decisions(registry.decisions, own)
    connection.execute("BEGIN IMMEDIATE")
    try:
        _set_apart(connection, decisions)
        _drop_unused_spellings(connection)
        numbers, bearers = _bearers(connection)
        _enter(connection, numbers, bearers, group_spellings(bearers, registry, decisions))
        connection.execute("UPDATE meta SET value = ? WHERE key = 'joined'", (digest(registry, own),))
        connection.execute("UPDATE meta SET value = ? WHERE key = 'registry'", (digest(registry, Decisions()),))
        connection.execute("DELETE FROM joining")
        connection.execute("INSERT INTO joining VALUES (?)", (format_joined(registry, decisions),))
        connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
        connection.execute("COMMIT")
    except BaseException:
        undo_transaction(connection)
        raise


def digest(registry: Registry, own: Decisions) -> str:
    """Return a digest of what persons are joined by, to tell when they must be joined again."""
    joined = format_joined(registry, overlay_decisions(registry.decisions, own))
    return hashlib.sha256(joined.encode()).hexdigest()


def _set_apart(connection: sqlite3.Connection, decisions: Decisions) -> None:
    """Give every entry that the user decided about a spelling of its own, and take back those no longer needed."""
    wanted = decisions.refs
    had = connection.execute("SELECT bearer, alone FROM bearer WHERE alone <> ''").fetchall()
    for bearer, alone in had:
        if alone not in wanted:
            _move(connection, "bearer = ?", bearer, bearer, "")
    for ref in sorted(wanted):
        row = find_named_entry(connection, parse_ref(ref))
        if row is not None:
            query = "SELECT bearer, alone FROM borne JOIN bearer USING (bearer) WHERE row = ?"
            bearer, alone = connection.execute(query, (row,)).fetchone()
            if alone != ref:
                _move(connection, "row = ?", row, bearer, ref)


def _move(connection: sqlite3.Connection, which: str, value: int, bearer: int, alone: str) -> None:
    """Give the rows of one spelling to the same spelling with another `alone`, made where there is none.

    `which` is a condition of SQL on the rows, with a placeholder for `value`.
    """
    columns = "kind, id, name, names, wikidata"
    connection.execute(
        f"INSERT OR IGNORE INTO bearer ({columns}, alone) SELECT {columns}, ? FROM bearer WHERE bearer = ?",
        (alone, bearer),
    )
    (to,) = connection.execute(
        f"SELECT bearer FROM bearer WHERE alone = ? AND ({columns}) = (SELECT {columns} FROM bearer WHERE bearer = ?)",
        (alone, bearer),
    ).fetchone()
    connection.execute("INSERT OR IGNORE INTO called SELECT folded, ? FROM called WHERE bearer = ?", (to, bearer))
    connection.execute(f"UPDATE borne SET bearer = ? WHERE {which}", (to, value))


def _drop_unused_spellings(connection: sqlite3.Connection) -> None:
    """Delete the spellings that no entry has."""
    for table in ("called", "bearer"):
        connection.execute(
            f"DELETE FROM {table} WHERE NOT EXISTS (SELECT 1 FROM borne WHERE borne.bearer = {table}.bearer)"
        )


def _bearers(connection: sqlite3.Connection) -> tuple[list[int], list[Spelling]]:
    """Return the numbers of all spellings, in order, and the spellings."""
    found = connection.execute(
        "SELECT bearer, kind, id, name, names, wikidata, alone FROM bearer ORDER BY bearer"
    ).fetchall()
    return [one[0] for one in found], [spelling_from_columns(one[1:]) for one in found]


def _enter(
    connection: sqlite3.Connection, numbers: Sequence[int], bearers: Sequence[Spelling], groups: Iterable[IdentityGroup]
) -> None:
    """Replace all persons by these groups of spellings."""
    had = dict(connection.execute("SELECT bearer, person FROM bearer"))
    counted = "SELECT bearer, count(*), sum(quotes), max(row) FROM borne GROUP BY bearer"
    count = {bearer: found for bearer, *found in connection.execute(counted)}
    rows, moved, several = [], [], []
    for group in groups:
        members = group.members
        person = numbers[members[0]]
        found = [count[numbers[member]] for member in members]
        articles, quotes = sum(one[0] for one in found), sum(one[1] for one in found)
        # The spelling of the most articles; of several such the first by its letters, whichever came in first.
        _, name = min((-one[0], bearers[member].name) for one, member in zip(found, members, strict=True))
        newest = max(one[2] for one in found)
        rows.append((person, bearers[members[0]].kind, name, group.is_joined_by_name, articles, quotes, newest))
        moved += [(person, numbers[member]) for member in members if had[numbers[member]] != person]
        if len(members) > 1:
            several.append((person, person))
    connection.execute("DELETE FROM person")
    connection.executemany("INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    connection.executemany("UPDATE bearer SET person = ? WHERE bearer = ?", moved)
    # An article may spell a person in two ways, and is counted once all the same.
    articles_of = "SELECT count(DISTINCT row - number) FROM bearer JOIN borne USING (bearer) WHERE bearer.person = ?"
    connection.executemany(f"UPDATE person SET articles = ({articles_of}) WHERE person = ?", several)
