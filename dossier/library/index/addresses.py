"""What an address means in the index, for who reads it and for who writes it."""

import os
import sqlite3
from collections.abc import Sequence

from dossier.core.bearer import Bearer
from dossier.core.ref import Ref


def first_of(connection: sqlite3.Connection, address: str) -> int | None:
    """The article with this address: its id or, where that repeats, its path below the root."""
    found = connection.execute("SELECT first FROM article WHERE id = ? LIMIT 2", (address,)).fetchall()
    if len(found) != 1:
        path = os.fsencode(address)
        found = connection.execute("SELECT first FROM article WHERE path = ?", (path,)).fetchall()
    return int(found[0][0]) if found else None


def row_at(connection: sqlite3.Connection, ref: Ref) -> int | None:
    """The row id of the entry of somebody with this address."""
    found = connection.execute(
        "SELECT row FROM article JOIN borne ON row >= first AND row < first + count JOIN bearer USING (bearer)"
        " WHERE first = ? AND kind = ? AND bearer.id = ?",
        (first_of(connection, ref.article), ref.kind, ref.id),
    ).fetchone()
    return int(found[0]) if found else None


def bearer_of(found: Sequence[str]) -> Bearer:
    """A spelling from its columns: kind, id, name, names, wikidata, alone."""
    kind, id, name, names, wikidata, alone = found
    return Bearer(kind, id, name, tuple(filter(None, names.split("\n"))), wikidata, alone)
