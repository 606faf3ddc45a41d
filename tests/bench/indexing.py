"""The cost of indexing, compared with its lower bounds: parsing the files, and a full-text index of the same words.

Everything is measured in one run, on the same files and processors, so that the ratio holds on any machine. The
full-text index for comparison is made by the same statements, from the same texts, and merged to one segment, too.

    python tests/bench/indexing.py --articles 5000
"""

import argparse
import marshal
import math
import multiprocessing
import resource
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

import yaml
from builds import BenchmarkError
from first_index import first_index
from ground import PROCESSES, Ground, ground, parser, table, tell
from library import file_of
from newsroom import Newsroom

from dossier.library.index.errors import IndexWriteError
from dossier.library.index.full_text import FULL_TEXT_NAMES, FULL_TEXT_TABLES, Row, RowTexts
from dossier.library.index.full_text_writer import FullTextWriter
from dossier.library.index.progress import Progress
from dossier.library.index.record import make_record
from dossier.library.index.update import update_index
from dossier.loader.article import load_article

_FILES = 250
"""Number of files that are handed to a process at a time."""
_ARTICLES = 1_000
"""Number of articles in one transaction of the full-text index for comparison."""
_PRAGMAS = ("journal_mode = wal", "synchronous = normal", "cache_size = -65536", "wal_autocheckpoint = 8192")


class Cost(NamedTuple):
    """Elapsed seconds, and seconds of processor time over all processors."""

    seconds: float
    processor: float

    def __add__(self, other: object) -> "Cost":
        """Return the sum of two costs."""
        assert isinstance(other, Cost)
        return Cost(self.seconds + other.seconds, self.processor + other.processor)


def main() -> int:
    """Measure, and print the table."""
    asked = _asked()
    try:
        with ground(asked) as on:
            _measure(on)
    except (BenchmarkError, IndexWriteError) as trouble:
        tell(str(trouble))
        return 2
    return 0


def _asked() -> argparse.Namespace:
    return parser("Measure the index against parsing alone and a bare full text.", 5_000).parse_args()


def _measure(on: Ground) -> None:
    files = [on.library / file_of(number) for number in range(on.articles)]
    size = sum(len(file.read_bytes()) for file in files)
    tell(f"{size / 1e6:,.0f} MB of files, {size / len(files) / 1e3:.1f} KB each, read once: all is warm")
    parsing = _timed(lambda: _parse(files))
    tell(f"parsed in {parsing.seconds:.1f} s")
    made = first_index(on)
    first = Cost(made.seconds, made.processor)
    tell(f"indexed in {first.seconds:.1f} s")
    inserting, merging, words_size = _bare(on, files)
    unchanged = _timed(lambda: _bring_up(on))
    _rewrite(on, on.seed + 1)
    changed = _timed(lambda: _bring_up(on))
    _rewrite(on, on.seed)
    _bring_up(on)
    both, less = parsing + inserting + merging, parsing + inserting

    def row(name: str, cost: Cost, articles: int, beside: Cost = both) -> tuple[object, ...]:
        rate = articles / cost.seconds if articles else None
        return (
            name,
            cost.seconds,
            cost.processor,
            rate,
            cost.seconds / beside.seconds,
            cost.processor / beside.processor,
        )

    rows = [
        row(f"a  parse the YAML, {PROCESSES} processes", parsing, on.articles),
        row("b  bare FTS5: insert", inserting, on.articles),
        row("b' bare FTS5: merge to one segment", merging, 0),
        row("a + b + b'", both, on.articles),
        row("c  first index", first, on.articles),
        row("c' until the list and the search are usable", Cost(math.nan, made.usable), 0),
        row("c  against a + b, without the merge", first, on.articles, less),
        row("d  again, nothing changed", unchanged, on.articles),
        row(f"e  again, {len(_changing(on)):,} changed (1 %)", changed, len(_changing(on))),
    ]
    table(
        f"Index of {on.articles:,} articles, {size / 1e6:,.0f} MB",
        ("", "seconds", "processor s", "articles/s", "of a + b", "processor"),
        rows,
    )
    sizes = [("index", made.bytes / 1e6, made.bytes / size), ("bare full text", words_size / 1e6, words_size / size)]
    table("Size", ("", "MB", "of the files"), sizes)


def _timed(work: Callable[[], object]) -> Cost:
    began, before = time.perf_counter(), _processor()
    work()
    return Cost(time.perf_counter() - began, _processor() - before)


def _processor() -> float:
    """Return the seconds of processor time of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _parse(files: list[Path]) -> None:
    chunks = [files[at : at + _FILES] for at in range(0, len(files), _FILES)]
    pool = multiprocessing.get_context("spawn").Pool(PROCESSES)
    with pool:
        for _ in pool.imap_unordered(_parse_chunk, chunks):
            pass
        # The processor time of a child is only known when it has ended.
        pool.close()
        pool.join()


def _parse_chunk(files: list[Path]) -> None:
    for file in files:
        yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)


def _bring_up(on: Ground) -> None:
    end = time.monotonic() + on.patience

    def told(progress: Progress) -> None:
        if time.monotonic() > end:
            raise BenchmarkError(f"the index was not up to date after {on.patience:.0f} s: {progress}")

    done = update_index(on.library, report=told)
    if (done.articles, done.faults) != (on.articles, 0):
        raise BenchmarkError(f"{on.articles:,} articles were to be indexed, and it is said of them: {done}")


def _changing(on: Ground) -> range:
    return range(0, on.articles, 100)


def _rewrite(on: Ground, seed: int) -> None:
    """Write one article in a hundred as it is in the library of this seed."""
    newsroom = Newsroom(seed, on.size)
    for number in _changing(on):
        (on.library / file_of(number)).write_text(newsroom.article(number), encoding="utf-8")


def _bare(on: Ground, files: list[Path]) -> tuple[Cost, Cost, int]:
    """Return the costs of inserting and merging a full-text index of the same texts, and its size in bytes."""
    spool, database = on.cache / "texts", on.cache / "bare.sqlite"
    database.unlink(missing_ok=True)
    _spooled(files, spool)
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.executescript(FULL_TEXT_TABLES)
        writer = FullTextWriter(connection, many=True)
        inserting = Cost(0, 0)
        row = 0
        for texts in _transactions(spool):
            rows = [(number, *columns) for number, columns in enumerate(texts, row)]
            row += len(rows)
            inserting += _timed(partial(_insert, connection, writer, rows))
        merging = Cost(0, 0)
        for table in FULL_TEXT_NAMES:
            merging += _timed(partial(connection.execute, f"INSERT INTO {table} ({table}) VALUES ('optimize')"))
        merging += _timed(lambda: connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone())
    spool.unlink()
    size = database.stat().st_size
    database.unlink()
    return inserting, merging, size


def _insert(connection: sqlite3.Connection, writer: FullTextWriter, rows: list[Row]) -> None:
    connection.execute("BEGIN")
    writer.enter(rows)
    connection.execute("COMMIT")


def _spooled(files: list[Path], spool: Path) -> None:
    """Write the texts that the index holds of each article to a file, one transaction after the other."""
    chunks = [files[at : at + _ARTICLES] for at in range(0, len(files), _ARTICLES)]
    pool = multiprocessing.get_context("spawn").Pool(PROCESSES)
    with pool, spool.open("wb") as file:
        for packed in pool.imap(_texts, chunks):
            file.write(len(packed).to_bytes(8, "big") + packed)
        # Processes that are still ending would take part in the next measurement.
        pool.close()
        pool.join()


def _texts(files: list[Path]) -> bytes:
    found = (load_article(file).article for file in files)
    return marshal.dumps([row for article in found if article for row in make_record(article).texts])


def _transactions(spool: Path) -> Iterator[list[RowTexts]]:
    with spool.open("rb") as file:
        while length := file.read(8):
            yield marshal.loads(file.read(int.from_bytes(length, "big")))


if __name__ == "__main__":
    sys.exit(main())
