"""Writing the index: what stands under a file is taken out, and what it is now is entered, many files in a transaction.

The row ids of an article are never given to another, so that a row id that a reader has kept is never wrong, only gone.
In a transaction the rows of the full text come in ascending order, since FTS5 begins a new segment wherever they do
not.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import PANES
from dossier.core.registry import fold_name
from dossier.library.index.entry_codec import StoredEntries
from dossier.library.index.errors import IndexDamagedError
from dossier.library.index.ingest import IngestedFile
from dossier.library.index.record import IndexRecord, NamedRecord, texts
from dossier.library.index.schema import COLUMNS, DAY, TOTALS

_BEARERS = 50_000
"""The most spellings whose numbers are remembered. Others are looked up."""
_HASH = 128 * 1024 * 1024
"""Bytes that FTS5 may gather before it writes a segment (its option hashsize)."""
_PAGES = 2_000
"""Pages of the full text that are merged in one step."""
_WORDS = f"({', '.join(('rowid', *COLUMNS))}) VALUES ({', '.join('?' * (len(COLUMNS) + 1))})"
_INSERT = f"INSERT INTO words {_WORDS}"
_DELETE = f"INSERT INTO words (words, {_WORDS[1:]}".replace("VALUES (", "VALUES ('delete', ")
_FILE = "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_SOUND = (0, 0, "", "")

Rows = list[tuple[int | str | None, ...]]


class _Placed(NamedTuple):
    """A record, with the row id of its first entry."""

    first: int
    path: bytes
    record: IndexRecord


class IndexWriter:
    """Writes the index over one connection, one transaction at a time."""

    def __init__(self, connection: sqlite3.Connection, many: bool) -> None:
        """Set the connection up.

        `many` says that so much is to come that merging the full text is left to the end.
        """
        self._do = connection.execute
        self._each = connection.executemany
        self._change: Counter[str] = Counter()
        self._bearers: dict[tuple[str, ...], int] = {}
        for option, value in (
            ("hashsize", _HASH),
            ("automerge", 0 if many else 4),
            ("crisismerge", 1500 if many else 16),
        ):
            self._do("INSERT INTO words (words, rank) VALUES (?, ?)", (option, value))
        if many:
            self._do("UPDATE meta SET value = 1 WHERE key = 'unmerged'")

    def write(self, found: Iterable[IngestedFile], gone: Iterable[bytes] = ()) -> None:
        """Replace what the index has of these files, and remove what it has of those that are gone.

        All of it is one transaction. Raises IndexDamagedError when the index contradicts itself.
        """
        by_path = {one.look.path: one for one in found}
        self._do("BEGIN IMMEDIATE")
        try:
            self._take_out([*by_path, *gone])
            self._enter(list(by_path.values()))
            self._each("DELETE FROM file WHERE path = ?", ((path,) for path in gone))
            self._each("UPDATE meta SET value = value + ? WHERE key = ?", ((n, key) for key, n in self._change.items()))
            self._do("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
            self._do("COMMIT")
        except BaseException:
            self._bearers.clear()
            self._do("ROLLBACK")
            raise
        finally:
            self._change.clear()

    def forget(self) -> None:
        """Look up every spelling anew: some may be gone."""
        self._bearers.clear()

    def _take_out(self, paths: Iterable[bytes]) -> None:
        """Remove what the index has of the files with these paths."""
        firsts = []
        for path in paths:
            known = self._do("SELECT first, code FROM file WHERE path = ?", (path,)).fetchone()
            if known:
                first, code = known
                if first is not None:
                    firsts.append(first)
                else:
                    self._change["faults" if code else "others"] -= 1
        for first in sorted(firsts):
            self._take_out_article(first)

    def _take_out_article(self, first: int) -> None:
        """Remove an article."""
        query = f"SELECT count, entries, {_counted(PANES)} FROM article JOIN packed USING (first) WHERE first = ?"
        found = self._do(query, (first,)).fetchone()
        if found is None:
            raise IndexDamagedError(f"no article {first}")
        count, packed, *counts = found
        old = texts(StoredEntries(packed, ""), counts)
        self._each(_DELETE, ((first + number, *row) for number, row in enumerate(old)))
        for table in ("article", "packed"):
            self._do(f"DELETE FROM {table} WHERE first = ?", (first,))
        for table in ("event", "borne"):
            self._do(f"DELETE FROM {table} WHERE row >= ? AND row < ?", (first, first + count))
        self._count(-1, counts)

    def _enter(self, found: Sequence[IngestedFile]) -> None:
        """Enter files, with their articles."""
        placed = [self._placed(one.look.path, one.record) for one in found if one.record]
        first_of = {one.path: one.first for one in placed}
        rows = []
        for one in found:
            first = first_of.get(one.look.path)
            rows.append((*one.look, first, *(one.fault or _SOUND)))
            if first is None:
                self._change["faults" if one.fault else "others"] += 1
        self._each(_FILE, rows)
        placed.sort()
        self._each(_INSERT, ((one.first + n, *row) for one in placed for n, row in enumerate(one.record.texts)))
        self._enter_articles(placed)
        self._enter_bearers(placed)

    def _placed(self, path: bytes, record: IndexRecord) -> _Placed:
        """Return an article with row ids that were never taken, among those of the day of publication."""
        day, count = record.earliest or 0, sum(record.panes)
        found = self._do("SELECT next FROM day WHERE day = ?", (day,)).fetchone()
        slot = found[0] if found else 0
        if slot + count > 1 << DAY:
            raise IndexDamagedError(f"day {day} is full")
        self._do("INSERT OR REPLACE INTO day VALUES (?, ?)", (day, slot + count))
        return _Placed((day << DAY) + slot, path, record)

    def _enter_articles(self, placed: Sequence[_Placed]) -> None:
        """Enter the articles and their entries."""
        rows = []
        for first, path, one in placed:
            about = (one.id, path, one.headline, one.outlet, one.published, one.earliest, one.latest)
            rows.append((first, sum(one.panes), *about, *one.panes, one.forms))
            self._count(1, one.panes)
        self._each(f"INSERT INTO article VALUES ({', '.join('?' * (10 + len(PANES)))})", rows)
        self._each("INSERT INTO packed VALUES (?, ?)", ((one.first, one.record.entries) for one in placed))
        events = ((one.first + number, *days) for one in placed for number, *days in one.record.events)
        self._each("INSERT INTO event VALUES (?, ?, ?)", events)

    def _enter_bearers(self, placed: Sequence[_Placed]) -> None:
        """Enter the persons, organisations and places of the articles."""
        rows: Rows = []
        for first, _, one in placed:
            for named in map(NamedRecord._make, one.named):
                rows.append((first + named.number, self._bearer(named), named.number, named.quotes))
        self._each("INSERT INTO borne VALUES (?, ?, ?, ?)", rows)

    def _bearer(self, named: NamedRecord) -> int:
        """Return the number of a spelling, which is entered where there is none yet."""
        key = (named.kind, named.id, named.name, "\n".join(named.names), named.wikidata)
        if (known := self._bearers.get(key)) is not None:
            return known
        query = "SELECT bearer FROM bearer WHERE (kind, id, name, names, wikidata, alone) = (?, ?, ?, ?, ?, '')"
        found = self._do(query, key).fetchone()
        bearer = int(found[0]) if found else self._new_bearer(key, named)
        if len(self._bearers) >= _BEARERS:
            self._bearers.clear()
        self._bearers[key] = bearer
        return bearer

    def _new_bearer(self, key: tuple[str, ...], named: NamedRecord) -> int:
        """Enter a spelling, and return its number."""
        made = self._do(
            "INSERT INTO bearer (kind, id, name, names, wikidata, alone) VALUES (?, ?, ?, ?, ?, '')", key
        ).lastrowid
        assert made is not None
        folded = {fold_name(name) for name in (named.name, *named.names)} - {""}
        self._each("INSERT INTO called VALUES (?, ?)", ((name, made) for name in folded))
        return made

    def _count(self, sign: int, panes: Iterable[int]) -> None:
        """Note that articles with these numbers of entries come (`sign` 1) or go (-1)."""
        self._change.update(dict(zip(TOTALS, (sign, *(sign * count for count in panes)), strict=False)))


def _counted(panes: Iterable[str]) -> str:
    """Return the columns with the numbers of entries of these panes."""
    return ", ".join(f"{pane}_n" for pane in panes)


def merge_segments(connection: sqlite3.Connection) -> Iterator[None]:
    """Merge the segments of the full text into one, if that was left to the end. Yields after each step."""
    (unmerged,) = connection.execute("SELECT value FROM meta WHERE key = 'unmerged'").fetchone()
    if not unmerged:
        return
    pages = -_PAGES
    while True:
        before = connection.total_changes
        # A negative number has all segments merged, whatever their sizes; a positive one goes on with that.
        connection.execute("INSERT INTO words (words, rank) VALUES ('merge', ?)", (pages,))
        if connection.total_changes - before < 2:
            break
        pages = _PAGES
        yield
    connection.execute("UPDATE meta SET value = 0 WHERE key = 'unmerged'")
