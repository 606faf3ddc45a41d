"""Write files to the index: remove what it has of each, and enter what the file has now, many files in a transaction.

`placement` chooses the row ids of an article. A transaction writes the rows of the full text in ascending order, since
FTS5 begins a new segment wherever they are not.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.instants import count_day_numbers
from dossier.core.entry import PANES
from dossier.core.registry import fold_name
from dossier.library.index.engines import WriteEngine
from dossier.library.index.errors import IndexDamagedError
from dossier.library.index.full_text import Row, RowTexts
from dossier.library.index.ingest import IngestedFile
from dossier.library.index.placement import Placer, Unplaced
from dossier.library.index.record import IndexRecord, NamedRecord, texts
from dossier.library.index.scan import UNSETTLED, ScannedFile
from dossier.library.index.schema import ARTICLE_UNIT, FOLDED, LAST_DAY, OLDEST, TOTALS
from dossier.library.index.sessions import WriteSession
from dossier.library.index.stored_entries import StoredEntries

_BEARERS = 20_000
"""The most spellings whose numbers are kept in memory. Others are looked up."""
_FILE = ("path", "size", "mtime_ns", "ctime_ns", "inode", "digest", "first", "line", "col", "code", "message")
_ENTER_FILE = f"INSERT INTO file ({', '.join(_FILE)}) VALUES ({', '.join('?' * len(_FILE))})"
_ARTICLE = ("first", "count", "id", "path", "headline", "outlet", "published", "earliest", "latest", "age")
_ENTER_ARTICLE = (
    f"INSERT INTO article ({', '.join(_ARTICLE)}, {', '.join(f'{pane}_n' for pane in PANES)}, forms)"
    f" VALUES ({', '.join('?' * (len(_ARTICLE) + len(PANES) + 1))})"
)
_SPELLING = "kind, id, name, names, wikidata"
_SAME = " AND ".join(f"{name} = column{number}" for number, name in enumerate(_SPELLING.split(", "), 1))
_MOVED = 20_000
"""The most entries of articles that had to move whose texts are kept until a transaction writes all texts in order."""
_TOGETHER, _SPELLINGS = 250, 100
"""The most paths, and spellings, that are looked up with one question."""
_PLACES = ", ".join("?" * _TOGETHER)
_SOUND = (0, 0, "", "")
_ARTICLE_NUMBERS = count_day_numbers(ARTICLE_UNIT)


class _Placed(NamedTuple):
    """A record, with the row id of its first entry."""

    first: int
    path: bytes
    record: IndexRecord


class IndexWriter:
    """Writes the index over one connection, one transaction at a time."""

    def __init__(self, engine: WriteEngine, session: WriteSession, many: bool) -> None:
        """Prepare the session for writing. With `many`, for large updates, merging the full text is left to the end."""
        self._session = session
        self._do = session.execute
        self._each = session.executemany
        self._change: Counter[str] = Counter()
        self._bearers: dict[tuple[str, ...], int] = {}
        self._records: dict[bytes, IndexRecord] = {}
        # By the new first row id of each article that had to move: the old one, and its texts.
        self._moved: dict[int, tuple[int, tuple[RowTexts, ...]]] = {}
        self._moved_entries = 0
        self._placer = Placer(
            session, self._enter_article, self._move_article, engine.reusable_before, engine.id_letters
        )
        self._full_text = engine.text_writer(many)
        self._write_sources = engine.write_sources
        self._enter_packed, self._remove_entries = engine.enter_entries, engine.remove_entries
        if many:
            self._do("UPDATE meta SET value = 1 WHERE key = 'unmerged'")

    def write(self, found: Iterable[IngestedFile], gone: Collection[bytes] = ()) -> None:
        """Replace what the index has of the files `found`, and remove what it has of the files `gone`.

        All of it is one transaction, which also marks the index as unfinished and persons as not joined: if the program
        ends before the update is complete, the next one finds these marks. Of files whose content the index has already
        only the stamps are written. Raises IndexDamagedError when the index contradicts itself.
        """
        same, others = list[ScannedFile](), dict[bytes, IngestedFile]()
        for one in found:
            if one.is_same:
                same.append(one.look)
            else:
                others[one.look.path] = one
        try:
            with self._session.transaction():
                self._restamp(same)
                if others or gone:
                    self._replace(others, gone)
        except BaseException:
            self._bearers.clear()
            raise
        finally:
            self._change.clear()
            self._moved.clear()
            self._moved_entries = 0

    def _replace(self, by_path: dict[bytes, IngestedFile], gone: Collection[bytes]) -> None:
        """Do what `write` says, within its transaction."""
        self._write_sources(by_path.values(), gone)
        self._take_out([*by_path, *gone])
        self._each("DELETE FROM file WHERE path = ?", [(path,) for path in (*by_path, *gone)])
        self._enter(list(by_path.values()))
        change = [*((number, key) for key, number in self._change.items()), (1, "generation")]
        self._each("UPDATE meta SET value = CAST(value AS BIGINT) + ? WHERE key = ?", change)
        self._do("UPDATE meta SET value = '' WHERE key = 'joined'")
        self._do("UPDATE meta SET value = 0 WHERE key = 'whole'")

    def _restamp(self, looks: Iterable[ScannedFile]) -> None:
        """Write the stamps of files whose content the index has already.

        A file whose content and times are the same was read again because of another inode. No program has replaced
        it, so its file system changes inodes, and from then on they are not compared.
        """
        for look in looks:
            query = "SELECT size, mtime_ns, ctime_ns FROM file WHERE path = ?"
            if self._do(query, (look.path,)).fetchone() == look[1:4] and look.ctime_ns != UNSETTLED:
                self._do("UPDATE meta SET value = 0 WHERE key = 'inodes'")
            stamp = "size = ?, mtime_ns = ?, ctime_ns = ?, inode = ?"
            self._do(f"UPDATE file SET {stamp} WHERE path = ?", (*look[1:5], look.path))

    def forget(self) -> None:
        """Forget the numbers of spellings that were looked up, since joining persons may remove some."""
        self._bearers.clear()

    def _take_out(self, paths: Collection[bytes]) -> None:
        """Remove what the index has of the files with these paths."""
        firsts = []
        for first, code in self._find("first, code FROM file", paths):
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
        self._full_text.remove(_number_rows(first, old))
        self._do("DELETE FROM article WHERE first = ?", (first,))
        self._remove_entries(first)
        for table in ("event", "borne"):
            self._do(f"DELETE FROM {table} WHERE row >= ? AND row < ?", (first, first + count))
        self._placer.retire(first, first + count)
        self._count(-1, counts)

    def _move_article(self, first: int, to: int) -> None:
        """Move the article with the row ids from `first` on to those from `to` on."""
        query = (
            f"SELECT path, count, entries, {_counted(PANES)} FROM article LEFT JOIN packed USING (first)"
            " WHERE first = ?"
        )
        path, count, packed, *counts = self._do(query, (first,)).fetchone()
        # An article that is placed in this transaction has no entries yet. What is there is of a former one: on a
        # server, it stays longer than the article.
        if path not in self._records:
            if packed is None:
                raise IndexDamagedError(f"no entries of article {first}")
            origin, _ = self._moved.pop(first, (first, ()))
            self._moved[to] = origin, texts(StoredEntries(packed, ""), counts)
            self._remove_entries(first)
            self._enter_packed([(to, packed)])
            self._moved_entries += count
            if self._moved_entries > _MOVED:
                self._write_texts(())
        for table in ("article", "file"):
            self._do(f"UPDATE {table} SET first = ? WHERE first = ?", (to, first))
        for table in ("event", "borne"):
            query = f"UPDATE {table} SET row = row + ? WHERE row >= ? AND row < ?"
            self._do(query, (to - first, first, first + count))
        self._do(
            "UPDATE person SET newest = newest + ? WHERE newest >= ? AND newest < ?", (to - first, first, first + count)
        )
        self._placer.retire(first, first + count)

    def _enter(self, found: Sequence[IngestedFile]) -> None:
        """Enter files, with their articles."""
        placed = self._placed({one.look.path: one.record for one in found if one.record})
        first_of = {one.path: one.first for one in placed}
        rows = []
        for one in found:
            first = first_of.get(one.look.path)
            rows.append((*one.look, first, *(one.fault or _SOUND)))
            if first is None:
                self._change["faults" if one.fault else "others"] += 1
        self._each(_ENTER_FILE, rows)
        placed.sort()
        self._write_texts(placed)
        self._enter_entries(placed)
        self._enter_bearers(placed)

    def _write_texts(self, placed: Sequence[_Placed]) -> None:
        """Write the full text of articles, and that of those that had to move."""
        for origin, rows in sorted(self._moved.values()):
            self._full_text.remove(_number_rows(origin, rows))
        entered = [(one.first, one.record.texts) for one in placed]
        entered += [(to, rows) for to, (_, rows) in self._moved.items()]
        self._moved.clear()
        self._moved_entries = 0
        self._full_text.enter([row for first, rows in sorted(entered) for row in _number_rows(first, rows)])

    def _placed(self, records: dict[bytes, IndexRecord]) -> list[_Placed]:
        """Enter the articles of records, given by path, without their entries, and return them with their row ids."""
        self._records = records
        self._placer.place([_unplaced(path, record) for path, record in records.items()])
        # Placing an article may have moved one that was placed before it.
        found = self._find("first, path FROM article", records)
        return [_Placed(first, path, records[path]) for first, path in found]

    def _find(self, columns: str, paths: Collection[bytes]) -> Iterator[tuple[Any, ...]]:
        """Yield these columns of the rows with these paths; `columns` also has the FROM clause."""
        left = iter(paths)
        while some := tuple(islice(left, _TOGETHER)):
            # The same number of placeholders each time, so that the prepared statement is used again.
            some += (some[-1],) * (_TOGETHER - len(some))
            yield from self._do(f"SELECT {columns} WHERE path IN ({_PLACES})", some).fetchall()

    def _enter_article(self, article: Unplaced, first: int) -> None:
        """Enter an article, without its entries."""
        one = self._records[article.path]
        about = (one.id, article.path, one.headline, one.outlet, one.published, one.earliest, one.latest, article.age)
        row = (first, article.size, *about, *one.panes, one.forms)
        self._do(_ENTER_ARTICLE, row)
        self._count(1, one.panes)

    def _enter_entries(self, placed: Sequence[_Placed]) -> None:
        """Enter the entries of the articles, and their events."""
        packed = [(one.first, one.record.entries) for one in placed]
        self._enter_packed(packed)
        events = [(one.first + number, *days) for one in placed for number, *days in one.record.events]
        self._each("INSERT INTO event (row, earliest, latest, begins, ends) VALUES (?, ?, ?, ?, ?)", events)

    def _enter_bearers(self, placed: Sequence[_Placed]) -> None:
        """Enter the persons, organisations and places of the articles."""
        named = [(one.first, NamedRecord._make(fields)) for one in placed for fields in one.record.named]
        spellings = {_spell(one): one for _, one in named}
        if len(self._bearers) + len(spellings) > _BEARERS:
            self._bearers.clear()
        unknown = [key for key in spellings if key not in self._bearers]
        for at in range(0, len(unknown), _SPELLINGS):
            some = unknown[at : at + _SPELLINGS]
            values = ", ".join(["(?, ?, ?, ?, ?)"] * len(some))
            query = f"SELECT bearer, {_SPELLING} FROM (VALUES {values}) AS wanted JOIN bearer ON {_SAME} AND alone = ''"
            for bearer, *found in self._do(query, [word for key in some for word in key]).fetchall():
                self._bearers[tuple(found)] = bearer
        self._enter_spellings([spellings[key] for key in unknown if key not in self._bearers])
        rows = [(first + one.number, self._bearers[_spell(one)], one.number, one.quotes) for first, one in named]
        self._each("INSERT INTO borne (row, bearer, number, quotes) VALUES (?, ?, ?, ?)", rows)

    def _enter_spellings(self, made: Sequence[NamedRecord]) -> None:
        """Enter spellings, which get the next numbers in their order."""
        if not made:
            return
        (last,) = self._do("SELECT max(bearer) FROM bearer").fetchone()
        called = []
        for bearer, one in enumerate(made, (last or 0) + 1):
            self._bearers[_spell(one)] = bearer
            called += [(name, bearer) for name in {fold_name(name)[:FOLDED] for name in (one.name, *one.names)} - {""}]
        rows = [(self._bearers[_spell(one)], *_spell(one)) for one in made]
        self._each(f"INSERT INTO bearer (bearer, {_SPELLING}, alone) VALUES (?, ?, ?, ?, ?, ?, '')", rows)
        self._each("INSERT INTO called (folded, bearer) VALUES (?, ?)", called)

    def _count(self, sign: int, panes: Iterable[int]) -> None:
        """Change the totals by an article with these numbers of entries, which is added (`sign` 1) or removed (-1)."""
        self._change.update(dict(zip(TOTALS, (sign, *(sign * count for count in panes)), strict=False)))


def _unplaced(path: bytes, record: IndexRecord) -> Unplaced:
    """Return an article for `Placer`."""
    day = 0 if record.instant is None else max(0, min(record.instant // _ARTICLE_NUMBERS, LAST_DAY))
    age = OLDEST if record.instant is None else -record.instant
    return Unplaced(day, age, record.id, path, sum(record.panes))


def _number_rows(first: int, found: Iterable[RowTexts]) -> list[Row]:
    """Return the rows of an article for the full text. `first` is its first row id."""
    return [(number, *row) for number, row in enumerate(found, first)]


def _spell(one: NamedRecord) -> tuple[str, ...]:
    """Return the columns of _SPELLING."""
    return one.kind, one.id, one.name, "\n".join(one.names), one.wikidata


def _counted(panes: Iterable[str]) -> str:
    """Return the names of the columns with the numbers of entries of these panes, for SQL."""
    return ", ".join(f"{pane}_n" for pane in panes)
