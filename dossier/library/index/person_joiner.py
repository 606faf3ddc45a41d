"""Who is one person across articles is worked out over the whole index, from what is known of every spelling.

Decided here: a person is called by the number of his first spelling, so that he keeps it when others join him; and an
entry that the reader decided about is a spelling of its own, whatever others are spelt alike.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence

from dossier.core.identity import Decisions, Group, grouped
from dossier.core.ref import parse
from dossier.core.registry import Registry, Spelling
from dossier.library.index.articles import find_named_entry, spelling_from_columns


def join(connection: sqlite3.Connection, registry: Registry, decisions: Decisions) -> None:
    """Make the persons, organisations and places anew, by what the registry and the reader say."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        _set_apart(connection, decisions)
        _drop_unborne(connection)
        numbers, bearers = _bearers(connection)
        _enter(connection, numbers, bearers, grouped(bearers, registry, decisions))
        connection.execute("UPDATE meta SET value = ? WHERE key = 'joined'", (digest(registry, decisions),))
        connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def digest(registry: Registry, decisions: Decisions) -> str:
    """What the persons were joined by, in short."""
    return hashlib.sha256(repr((registry.entries, decisions)).encode("utf-8", "backslashreplace")).hexdigest()


def _set_apart(connection: sqlite3.Connection, decisions: Decisions) -> None:
    """Give every entry that the reader decided about a spelling of its own, and take it from the others."""
    wanted = decisions.refs
    had = connection.execute("SELECT bearer, alone FROM bearer WHERE alone <> ''").fetchall()
    for bearer, alone in had:
        if alone not in wanted:
            _move(connection, "bearer = ?", bearer, bearer, "")
    for ref in sorted(wanted):
        row = find_named_entry(connection, parse(ref))
        if row is not None:
            query = "SELECT bearer, alone FROM borne JOIN bearer USING (bearer) WHERE row = ?"
            bearer, alone = connection.execute(query, (row,)).fetchone()
            if alone != ref:
                _move(connection, "row = ?", row, bearer, ref)


def _move(connection: sqlite3.Connection, which: str, value: int, bearer: int, alone: str) -> None:
    """Give rows of a spelling to the same spelling that is `alone`, made where there is none."""
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


def _drop_unborne(connection: sqlite3.Connection) -> None:
    """Forget the spellings that no article has any more."""
    for table in ("called", "bearer"):
        connection.execute(
            f"DELETE FROM {table} WHERE NOT EXISTS (SELECT 1 FROM borne WHERE borne.bearer = {table}.bearer)"
        )


def _bearers(connection: sqlite3.Connection) -> tuple[list[int], list[Spelling]]:
    found = connection.execute(
        "SELECT bearer, kind, id, name, names, wikidata, alone FROM bearer ORDER BY bearer"
    ).fetchall()
    return [one[0] for one in found], [spelling_from_columns(one[1:]) for one in found]


def _enter(
    connection: sqlite3.Connection, numbers: Sequence[int], bearers: Sequence[Spelling], groups: Iterable[Group]
) -> None:
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
        rows.append((person, bearers[members[0]].kind, name, group.by_name, articles, quotes, newest))
        moved += [(person, numbers[member]) for member in members if had[numbers[member]] != person]
        if len(members) > 1:
            several.append((person, person))
    connection.execute("DELETE FROM person")
    connection.executemany("INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    connection.executemany("UPDATE bearer SET person = ? WHERE bearer = ?", moved)
    # An article may spell somebody in two ways, and is one article all the same.
    articles_of = "SELECT count(DISTINCT row - number) FROM bearer JOIN borne USING (bearer) WHERE bearer.person = ?"
    connection.executemany(f"UPDATE person SET articles = ({articles_of}) WHERE person = ?", several)
