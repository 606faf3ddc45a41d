"""Join the entries of persons, organisations and places across the articles of an index.

A person is identified by the number of their first spelling, which they keep when others are joined with them. An entry
that a decision names has a spelling of its own, even if other entries are spelt alike.
"""

import hashlib
from collections.abc import Iterable, Sequence

from dossier.core.decisions import overlay_decisions
from dossier.core.identity import IdentityGroup, group_spellings
from dossier.core.ref import parse_ref
from dossier.core.registry import Decisions, Registry, Spelling
from dossier.library.index.articles import find_named_entry, spelling_from_columns
from dossier.library.index.sessions import WriteSession
from dossier.library.index.spellings import format_joined

_PERSON = "person, kind, name, by_name, articles, quotes, newest"


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
    had = session.execute("SELECT bearer, alone FROM bearer WHERE alone <> ''").fetchall()
    for bearer, alone in had:
        if alone not in wanted:
            _move(session, "bearer = ?", bearer, bearer, "")
    for ref in sorted(wanted):
        row = find_named_entry(lambda query, *values: session.execute(query, values).fetchall(), parse_ref(ref))
        if row is not None:
            query = "SELECT bearer, alone FROM borne JOIN bearer USING (bearer) WHERE row = ?"
            bearer, alone = session.execute(query, (row,)).fetchone()
            if alone != ref:
                _move(session, "row = ?", row, bearer, ref)


def _move(session: WriteSession, which: str, value: int, bearer: int, alone: str) -> None:
    """Move rows of one spelling to the same spelling with another `alone`, which is made if there is none.

    `which` is a condition of SQL on the rows, with a placeholder for `value`.
    """
    columns = "kind, id, name, names, wikidata"
    find = (
        f"SELECT bearer FROM bearer WHERE alone = ? AND ({columns}) = (SELECT {columns} FROM bearer WHERE bearer = ?)"
    )
    found = session.execute(find, (alone, bearer)).fetchone()
    if found is None:
        found = session.execute("SELECT max(bearer) + 1 FROM bearer").fetchone()
        made = f"INSERT INTO bearer (bearer, {columns}, alone) SELECT ?, {columns}, ? FROM bearer WHERE bearer = ?"
        session.execute(made, (found[0], alone, bearer))
        called = "INSERT INTO called (folded, bearer) SELECT folded, ? FROM called WHERE bearer = ?"
        session.execute(called, (found[0], bearer))
    to = found[0]
    session.execute(f"UPDATE borne SET bearer = ? WHERE {which}", (to, value))


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
            several.append((person, person))
    session.execute("DELETE FROM person")
    session.executemany(f"INSERT INTO person ({_PERSON}) VALUES ({', '.join('?' * 7)})", rows)
    session.executemany("UPDATE bearer SET person = ? WHERE bearer = ?", moved)
    # An article that spells a person in two ways is counted once.
    articles_of = "SELECT count(DISTINCT row - number) FROM bearer JOIN borne USING (bearer) WHERE bearer.person = ?"
    session.executemany(f"UPDATE person SET articles = ({articles_of}) WHERE person = ?", several)
