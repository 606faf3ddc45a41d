"""Parts of the tables on other servers stay there when the index is rebuilt, and no answer silently lacks one."""

import time
from bisect import bisect_right
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from postgresql_servers import Database, Servers
from round_trips import set_kept_seconds
from shelves import dossier_of, written
from waiting import until

from dossier.core.query_parser import parse_search
from dossier.library.index.availability import PART_UNREACHABLE_WORDS, set_key_thread
from dossier.library.index.errors import IndexRefusedError, IndexWriteError, PartUnreachableError
from dossier.library.index.fts_query import to_fts
from dossier.library.index.reader import Index
from dossier.library.index.schema import begin_of_day
from dossier.library.index.update import update_index

psycopg = pytest.importorskip("psycopg")

# They need psycopg.
from foreign_parts import spread_parts  # noqa: E402
from served_indexes import find_refs, is_answered, open_made_index  # noqa: E402

from dossier.library.index.placement import RETIRED  # noqa: E402
from dossier.library.index.postgresql.engine import PostgresqlEngine  # noqa: E402
from dossier.library.index.postgresql.opening import open_server_index  # noqa: E402
from dossier.library.index.postgresql.server_tables import ROW_PART_BEGINS, SCHEMA, VERSION  # noqa: E402
from dossier.library.stored_library import open_stored_library  # noqa: E402

YEARS = range(1979, 2031, 3)
PARTS = "SELECT count(*) FROM pg_class WHERE relkind = 'f' AND relnamespace = 'dossier'::regnamespace"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for year in YEARS:
        written(tmp_path / "library", f"a{year}.yaml", dossier_of("okafor", "Lena Okafor", f"{year}-04-12"))
    return tmp_path / "library"


@pytest.fixture
def spread(root: Path, databases: Sequence[Database]) -> Sequence[Database]:
    """Return databases with the index of a library, parts of which are in each of them."""
    update_index(root, engine=PostgresqlEngine(databases[0].owner))
    spread_parts(databases[0], databases[1:], SCHEMA)
    return databases


def found(index: Index, typed: str) -> list[str]:
    return [ref.article for ref in find_refs(index, typed)]


def newest_first(years: Sequence[int]) -> list[str]:
    return [f"a{year}" for year in reversed(years)]


def lies_on_main(year: int) -> bool:
    """Return whether what was published in a year lies on the main server, where there is one other server."""
    return bisect_right(ROW_PART_BEGINS, begin_of_day(date(year, 4, 12).toordinal())) % 2 == 0


def texts(database: Database) -> list[object]:
    stored = open_stored_library(database.reader)
    assert stored
    with closing(stored.index):
        rows = map(stored.index.articles.article, stored.index.articles.article_ids())
        return [stored.store.read_source(row) for row in rows]


def is_whole(root: Path, database: Database) -> bool:
    """Return whether everything that the library has is found, and nothing else."""
    years = [int(path.stem[1:]) for path in sorted(root.iterdir())]
    with closing(open_made_index(database.reader)) as index:
        is_found = found(index, "in:headline okafor") == newest_first(years) == found(index, "in:quotes run")
        is_whole = index.is_whole and index.total() == len(years)
    return is_found and is_whole and texts(database) == [path.read_bytes() for path in sorted(root.iterdir())[::-1]]


def rows_elsewhere(databases: Sequence[Database]) -> int:
    """Return the rows of the full text on other servers."""
    asked = "SELECT sum(number) FROM (SELECT (xpath('/row/n/text()', query_to_xml("
    asked += (
        "'SELECT count(*) AS n FROM dossier.' || relname, true, true, '')))[1]::text::bigint AS number FROM pg_class"
    )
    asked += " WHERE relkind = 'r' AND relname LIKE 'words%') AS counted"
    return sum(int(one.run(asked)) for one in databases[1:])


def test_parts_stay_where_they_are_when_the_index_is_made_anew(
    root: Path, spread: Sequence[Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    main, parts, rows = spread[0], spread[0].run(PARTS), rows_elsewhere(spread)
    assert rows > 10
    assert is_whole(root, main)
    index = open_made_index(main.reader)
    generation, articles = index.generation, index.articles.article_ids()
    kept = next(articles)
    update_index(root, engine=PostgresqlEngine(main.owner), rebuild=True)
    assert main.run(PARTS) == parts
    assert is_whole(root, main)
    # Who was reading reads to the end, and no row id is that of another article.
    assert len(list(articles)) == len(YEARS) - 1
    assert index.generation != generation
    with pytest.raises(KeyError):
        index.articles.article_of(kept)
    index.close()
    assert rows_elsewhere(spread) == 2 * rows
    later = time.time() + RETIRED + 1
    monkeypatch.setattr("time.time", lambda: later)
    update_index(root, engine=PostgresqlEngine(main.owner))
    assert rows_elsewhere(spread) == rows
    assert is_whole(root, main)


def test_parts_stay_where_they_are_when_another_version_makes_the_index(
    root: Path, spread: Sequence[Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    main, parts, rows = spread[0], spread[0].run(PARTS), rows_elsewhere(spread)
    main.run("ALTER DEFAULT PRIVILEGES FOR ROLE owner REVOKE SELECT ON TABLES FROM reader")
    main.run("UPDATE dossier.meta SET value = '0' WHERE key = 'version'")
    with pytest.raises(IndexRefusedError, match="another version"):
        open_server_index(main.reader)
    # An update that ends before what the other version entered is removed.
    with monkeypatch.context() as patch:
        patch.setattr("dossier.library.index.postgresql.engine.remove_other_rows", lambda session: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            update_index(root, engine=PostgresqlEngine(main.owner))
    with closing(open_made_index(main.reader)) as index:
        assert found(index, "in:headline okafor") == []
    assert rows_elsewhere(spread) == rows
    update_index(root, engine=PostgresqlEngine(main.owner))
    assert main.run(PARTS) == parts
    assert rows_elsewhere(spread) == rows
    assert main.run("SELECT value FROM dossier.meta WHERE key = 'version'").strip() == VERSION
    assert is_whole(root, main)


def test_parts_with_other_columns_are_kept_and_reported(root: Path, spread: Sequence[Database]) -> None:
    main, parts = spread[0], spread[0].run(PARTS)
    main.run("UPDATE dossier.meta SET value = '0' WHERE key = 'version'")
    main.run("ALTER TABLE dossier.words ADD COLUMN more bigint")
    with pytest.raises(IndexWriteError, match="drop the schema dossier on all servers") as caught:
        update_index(root, engine=PostgresqlEngine(main.owner))
    assert "owner" not in str(caught.value)
    assert main.run(PARTS) == parts


@pytest.mark.parametrize("moment", [-1.0, 600.0], ids=["nothing is kept", "all is kept"])
def test_what_needs_a_part_whose_server_is_unreachable_fails_and_nothing_is_found_by_half(
    root: Path, postgresql: Servers, monkeypatch: pytest.MonkeyPatch, moment: float
) -> None:
    set_kept_seconds(monkeypatch, moment)
    databases = [postgresql.database(postgresql.start()) for _ in range(2)]
    main, other = databases
    update_index(root, engine=PostgresqlEngine(main.owner))
    spread_parts(main, [other], SCHEMA)
    index = open_made_index(main.reader)
    told: list[str] = []
    index.call_when_reachability_changes(lambda: told.append(index.unreachable_words))
    every = newest_first(YEARS)
    assert found(index, "in:headline okafor") == every
    other.server.kill()
    for _ in range(3):
        with pytest.raises(PartUnreachableError, match='could not connect to server "part_1"') as caught:
            found(index, "in:headline okafor")
        assert "reader" not in str(caught.value)
        # The main server answers what lies there, and the newest of the entries do.
        assert [index.articles.article(first).id for first in index.articles.article_ids()] == every
        assert index.unreachable_words == PART_UNREACHABLE_WORDS
    for one in YEARS:
        assert is_answered(partial(found, index, f"published:{one} in:quotes run")) == lies_on_main(one)
        assert not lies_on_main(one) or found(index, f"published:{one} in:quotes run") == [f"a{one}"]
    other.server.start()
    # The state changes before it is told.
    until(lambda: told == [PART_UNREACHABLE_WORDS, ""])
    assert index.unreachable_words == ""
    assert found(index, "in:headline okafor") == every
    index.close()


def test_what_is_found_before_a_part_whose_server_is_unreachable_comes(root: Path, postgresql: Servers) -> None:
    main, other = (postgresql.database(postgresql.start()) for _ in range(2))
    update_index(root, engine=PostgresqlEngine(main.owner))
    spread_parts(main, [other], SCHEMA)
    index = open_made_index(main.reader)
    rows = {index.articles.article(first).id: first for first in index.articles.article_ids()}
    match = to_fts(parse_search("in:quotes run", date(2026, 11, 23))).match
    every = list(index.entries.row_ids(match))
    assert len(every) == len(YEARS)
    other.server.kill()
    # What was found with them is fetched with them: it lies in other parts.
    for year in reversed(YEARS):
        assert is_answered(partial(index.entries.at, rows[f"a{year}"] + 1)) == lies_on_main(year)
    # The newest part and the oldest one are on the main server, with an article each, and those next to them are not.
    for newest, first in ((True, every[0]), (False, every[-1])):
        coming = index.entries.row_ids(match, newest)
        assert next(coming) == first
        with pytest.raises(PartUnreachableError):
            next(coming)
    index.close()


def test_a_part_whose_server_hangs_keeps_no_reader_waiting(root: Path, postgresql: Servers) -> None:
    main, other = (postgresql.database(postgresql.start()) for _ in range(2))
    update_index(root, engine=PostgresqlEngine(main.owner))
    spread_parts(main, [other], SCHEMA)
    index = open_made_index(main.reader)
    every = found(index, "in:headline okafor")
    other.server.pause()
    try:
        set_key_thread(True)
        assert not is_answered(lambda: found(index, "in:headline okafor"))
        set_key_thread(False)
        until(lambda: index.unreachable_words == PART_UNREACHABLE_WORDS)
        assert [index.articles.article(first).id for first in index.articles.article_ids()] == every
    finally:
        set_key_thread(False)
        other.server.resume()
    until(lambda: not index.unreachable_words)
    assert found(index, "in:headline okafor") == every
    index.close()
