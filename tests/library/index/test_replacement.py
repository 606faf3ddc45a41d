"""An index on a server that is made anew stays readable until the new one is whole, wherever that is cut short."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from postgresql_servers import Database
from shelves import dossier_of, written

from dossier.library.index import update
from dossier.library.index.errors import IndexDamagedError, IndexWriteError
from dossier.library.index.progress import Progress, Stage
from dossier.library.index.reader import Index
from dossier.library.index.update import update_index
from dossier.loader.limits import Limits

pytest.importorskip("psycopg")

# They need psycopg.
from foreign_parts import spread_parts
from served_indexes import find_refs, open_made_index

from dossier.library.index.postgresql import engine, table_making
from dossier.library.index.postgresql.engine import PostgresqlEngine
from dossier.library.index.postgresql.replacement import REPLACEMENT, ReplacementProgress
from dossier.library.index.postgresql.server_status import read_server_status
from dossier.library.index.postgresql.server_tables import SCHEMA

ARTICLES = 40
"""More than a reader fetches at first."""
SCHEMAS = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'dossier%' ORDER BY nspname"


class KilledError(BaseException):
    """Stands for the end of the owner's program."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for number in range(ARTICLES):
        write_article(tmp_path / "library", number)
    return tmp_path / "library"


def write_article(root: Path, number: int) -> None:
    published = f"2{number % 20:03}-04-12"
    written(root, f"a{number:02}.yaml", dossier_of(f"p{number}", f"Person Okafor {number}", published))


@pytest.fixture
def made(root: Path, database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Return a database with the index of the library. Later updates write few files in a transaction."""
    update_index(root, engine=PostgresqlEngine(database.owner))
    shorten_transactions(monkeypatch)
    return database


def shorten_transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("_FIRST", 4), ("_MOST", 4), ("_EVERY", 0.0), ("_TELL", 0.0)):
        monkeypatch.setattr(update, name, value)


def kill_after(reports: int) -> Callable[[Progress], None]:
    """Return what ends an update at that report of its progress."""
    left = reports

    def told(progress: Progress) -> None:
        nonlocal left
        left -= 1
        if not left:
            raise KilledError

    return told


def cut_rebuild_short(root: Path, address: str) -> None:
    """Begin to make the index anew, and end when some articles are written."""

    def told(progress: Progress) -> None:
        if progress.articles >= 8:
            raise KilledError

    with pytest.raises(KilledError):
        update_index(root, engine=PostgresqlEngine(address), rebuild=True, report=told)


def firsts(database: Database) -> set[str]:
    return set(database.run("SELECT first FROM dossier.article").split())


def is_whole(index: Index, number: int) -> bool:
    found = {ref.article for ref in find_refs(index, "okafor")}
    return index.is_whole and (index.total(), len(found)) == (number, number)


def test_readers_have_the_index_as_it_was_wherever_making_it_anew_is_cut_short(root: Path, made: Database) -> None:
    before = firsts(made)
    open_before = open_made_index(made.reader)
    for reports in (1, 2, 3, 5, 9, 14):
        with pytest.raises(KilledError):
            update_index(root, engine=PostgresqlEngine(made.owner), rebuild=True, report=kill_after(reports))
        fresh = open_made_index(made.reader)
        assert is_whole(open_before, ARTICLES)
        assert is_whole(fresh, ARTICLES)
        fresh.close()
    write_article(root, ARTICLES)
    update_index(root, engine=PostgresqlEngine(made.owner))
    assert is_whole(open_before, ARTICLES)
    assert open_before.generation
    assert is_whole(open_before, ARTICLES + 1)
    # Not even an id that a reader has kept leads to another entry.
    assert not firsts(made) & before
    open_before.close()


def test_the_status_tells_it_and_the_next_update_goes_on(root: Path, made: Database) -> None:
    cut_rebuild_short(root, made.owner)
    status = read_server_status(made.reader, root)
    assert status.replacement
    assert 8 <= status.replacement.articles < ARTICLES
    assert (status.found.articles, status.found.changed, status.is_up_to_date) == (ARTICLES, 0, False)
    read = list[int]()
    update_index(root, engine=PostgresqlEngine(made.owner), report=lambda progress: read.append(progress.files))
    assert max(read) == ARTICLES - status.replacement.articles
    status = read_server_status(made.reader, root)
    assert (status.replacement, status.is_up_to_date) == (None, True)


def test_an_answer_that_is_being_read_is_read_to_its_end(
    root: Path, made: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_making, "RETIRED", 0)
    index = open_made_index(made.reader)
    before = list(index.articles.article_ids())
    coming = index.articles.article_ids()
    seen = [next(coming)]
    update_index(root, engine=PostgresqlEngine(made.owner), rebuild=True)
    assert [*seen, *coming] == before
    assert is_whole(index, ARTICLES)
    index.close()
    update_index(root, engine=PostgresqlEngine(made.owner))
    assert made.run(SCHEMAS).split() == [SCHEMA]


def test_a_former_index_is_read_on_until_it_is_dropped(
    root: Path, made: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = open_made_index(made.reader)
    before = list(index.articles.article_ids())
    for _ in range(2):
        update_index(root, engine=PostgresqlEngine(made.owner), rebuild=True)
    # The last one only, which this reader does not know: it reads the one that is in its place.
    assert len(made.run(SCHEMAS).split()) == 2
    assert is_whole(index, ARTICLES)
    assert not {*index.articles.article_ids()} & {*before}
    monkeypatch.setattr(table_making, "RETIRED", 0)
    update_index(root, engine=PostgresqlEngine(made.owner))
    assert made.run(SCHEMAS).split() == [SCHEMA]
    assert is_whole(index, ARTICLES)
    index.close()


def test_a_former_index_that_every_connection_reads_may_be_dropped(
    root: Path, made: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = open_made_index(made.reader)
    before = list(index.articles.article_ids())
    many = [index.articles.article_ids() for _ in range(3)]
    update_index(root, engine=PostgresqlEngine(made.owner), rebuild=True)
    assert [next(ids) for ids in many] == before[:1] * 3
    # They are read to their ends, so that all connections are kept.
    assert [len(list(ids)) for ids in many] == [ARTICLES - 1] * 3
    del many
    monkeypatch.setattr(table_making, "RETIRED", 0)
    update_index(root, engine=PostgresqlEngine(made.owner))
    assert made.run(SCHEMAS).split() == [SCHEMA]
    for _ in range(4):
        assert is_whole(index, ARTICLES)
    assert not {*index.articles.article_ids()} & {*before}
    index.close()


def test_an_index_of_another_version_in_its_place_is_not_read(
    root: Path, made: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = open_made_index(made.reader)
    before, known = list(index.articles.article_ids()), index.generation
    with monkeypatch.context() as patch:
        for module in (engine, table_making):
            patch.setattr(module, "VERSION", "another")
        update_index(root, engine=PostgresqlEngine(made.owner))
    for _ in range(6):
        with pytest.raises(IndexDamagedError, match="another index now"):
            assert index.generation
        assert list(index.articles.article_ids()) == before
    update_index(root, engine=PostgresqlEngine(made.owner))
    assert index.generation != known
    assert is_whole(index, ARTICLES)
    index.close()


@pytest.mark.parametrize("is_begun_before", [False, True], ids=["at once", "by a later update"])
def test_a_replacement_that_turns_out_to_be_damaged_is_begun_anew_beside_the_index(
    root: Path, made: Database, is_begun_before: bool
) -> None:
    if is_begun_before:
        cut_rebuild_short(root, made.owner)
    index, seen = open_made_index(made.reader), list[bool]()

    def told(progress: Progress) -> None:
        if progress.was_damaged:
            fresh = open_made_index(made.reader)
            seen.append(is_whole(fresh, ARTICLES) and is_whole(index, ARTICLES))
            fresh.close()
        elif progress.articles >= 8 and progress.stage is Stage.READING:
            raise IndexDamagedError("found by chance")

    update_index(root, engine=PostgresqlEngine(made.owner), rebuild=not is_begun_before, report=told)
    assert seen
    assert all(seen)
    assert index.generation
    assert is_whole(index, ARTICLES)
    index.close()


def test_a_right_that_is_given_meanwhile_holds_afterwards(root: Path, made: Database) -> None:
    cut_rebuild_short(root, made.owner)
    made.run("GRANT SELECT ON ALL TABLES IN SCHEMA dossier TO PUBLIC")
    update_index(root, engine=PostgresqlEngine(made.owner))
    assert made.run("SELECT has_table_privilege('pg_monitor', 'dossier.words', 'SELECT')").strip() == "t"
    assert firsts(made)


@pytest.mark.parametrize("is_rebuilt", [True, False], ids=["once more", "with other limits"])
def test_what_was_begun_otherwise_is_not_gone_on_with(root: Path, made: Database, is_rebuilt: bool) -> None:
    cut_rebuild_short(root, made.owner)
    limits = None if is_rebuilt else Limits(depth=20)
    read = list[Progress]()
    update_index(root, limits, read.append, rebuild=is_rebuilt, engine=PostgresqlEngine(made.owner))
    assert max(one.files for one in read) == ARTICLES
    assert REPLACEMENT not in made.run(SCHEMAS).split()
    index = open_made_index(made.reader)
    assert is_whole(index, ARTICLES)
    index.close()


def test_readers_have_the_index_as_it_was_while_it_is_made_anew_with_other_limits(root: Path, made: Database) -> None:
    before = firsts(made)
    with pytest.raises(KilledError):
        update_index(root, Limits(depth=20), kill_after(9), engine=PostgresqlEngine(made.owner))
    index = open_made_index(made.reader)
    assert is_whole(index, ARTICLES)
    index.close()
    update_index(root, Limits(depth=20), engine=PostgresqlEngine(made.owner))
    assert len(firsts(made)) == ARTICLES
    assert not firsts(made) & before


def test_another_library_does_not_end_what_was_begun(root: Path, made: Database, tmp_path: Path) -> None:
    cut_rebuild_short(root, made.owner)
    begun = read_server_status(made.reader).replacement
    assert begun
    write_article(tmp_path / "other", 0)
    with pytest.raises(IndexWriteError, match="one database has the index of one library"):
        update_index(tmp_path / "other", engine=PostgresqlEngine(made.owner))
    assert read_server_status(made.reader).replacement == begun


def test_a_first_index_is_read_while_it_is_made(
    root: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    shorten_transactions(monkeypatch)
    with pytest.raises(KilledError):
        update_index(root, engine=PostgresqlEngine(database.owner), rebuild=True, report=kill_after(14))
    index = open_made_index(database.reader)
    assert 0 < index.total() < ARTICLES
    index.close()
    assert read_server_status(database.reader).replacement is None


def test_parts_that_are_put_on_other_servers_meanwhile_stay_there(
    root: Path, databases: Sequence[Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    main = databases[0]
    update_index(root, engine=PostgresqlEngine(main.owner))
    shorten_transactions(monkeypatch)

    def told(progress: Progress) -> None:
        if progress.stage is Stage.READING and progress.articles >= 8 and not parts:
            spread_parts(main, databases[1:], SCHEMA)
            parts.append(True)

    parts = list[bool]()
    with pytest.raises(IndexWriteError, match="parts of the one that is read were put on other servers"):
        update_index(root, engine=PostgresqlEngine(main.owner), rebuild=True, report=told)
    assert main.run(SCHEMAS).split() == [SCHEMA]
    index = open_made_index(main.reader)
    assert is_whole(index, ARTICLES)
    write_article(root, ARTICLES)
    update_index(root, engine=PostgresqlEngine(main.owner))
    assert is_whole(index, ARTICLES + 1)
    index.close()
    assert len(read_server_status(main.reader).servers) == 2


def test_the_replacement_of_a_role_that_may_not_read_it_is_not_told(root: Path, made: Database) -> None:
    cut_rebuild_short(root, made.owner)
    assert isinstance(read_server_status(made.reader).replacement, ReplacementProgress)
    made.run("REVOKE ALL ON ALL TABLES IN SCHEMA dossier_replacement FROM reader")
    assert read_server_status(made.reader).replacement is None


@pytest.mark.parametrize(
    "others",
    [
        "CREATE TABLE dossier_replacement.meta (number integer)",
        "CREATE TABLE dossier_replacement.meta (key integer, value integer)",
        "CREATE TABLE dossier_replacement.meta (key text, value text);"
        " INSERT INTO dossier_replacement.meta VALUES ('articles', 'many'), ('unread', NULL)",
        "CREATE VIEW dossier_replacement.meta AS SELECT 'articles' AS key, '-5' AS value",
        "SELECT 1",
    ],
    ids=["other columns", "numbers", "other values", "view", "no facts"],
)
def test_what_someone_else_has_in_the_schema_of_a_replacement_is_left_alone(
    root: Path, made: Database, others: str
) -> None:
    made.run(
        f"SET ROLE owner; CREATE SCHEMA dossier_replacement; {others};"
        " CREATE TABLE dossier_replacement.other AS SELECT 7 AS number;"
        " GRANT USAGE ON SCHEMA dossier_replacement TO PUBLIC;"
        " GRANT SELECT ON ALL TABLES IN SCHEMA dossier_replacement TO PUBLIC"
    )
    status = read_server_status(made.reader)
    assert (status.replacement, status.is_up_to_date) == (None, True)
    write_article(root, ARTICLES)
    update_index(root, engine=PostgresqlEngine(made.owner))
    assert read_server_status(made.reader).found.articles == ARTICLES + 1
    with pytest.raises(IndexWriteError, match="in its schema dossier_replacement is no index: drop or rename"):
        update_index(root, engine=PostgresqlEngine(made.owner), rebuild=True)
    assert read_server_status(made.reader).found.articles == ARTICLES + 1
    assert made.run("SELECT number FROM dossier_replacement.other").split() == ["7"]


def test_the_progress_of_a_replacement_with_facts_that_are_no_numbers_is_told(root: Path, made: Database) -> None:
    cut_rebuild_short(root, made.owner)
    made.run(
        "UPDATE dossier_replacement.meta SET value = repeat('9', 5000) WHERE key = 'articles';"
        " UPDATE dossier_replacement.meta SET value = '-1' WHERE key = 'unread'"
    )
    assert read_server_status(made.reader).replacement == ReplacementProgress(0, 0)


def test_what_an_update_left_unmerged_is_merged_by_the_next_one_without_changes(root: Path, made: Database) -> None:
    made.run("UPDATE dossier.meta SET value = '1' WHERE key = 'unmerged'")
    update_index(root, engine=PostgresqlEngine(made.owner))
    assert made.run("SELECT value FROM dossier.meta WHERE key = 'unmerged'").split() == ["0"]


def test_a_schema_of_somebody_else_whose_name_begins_like_that_of_a_former_index_stays(
    root: Path, made: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_making, "RETIRED", 0)
    others = ["dossier_former_2025", "dossier_former_owners"]
    for one in others:
        made.run(f"CREATE SCHEMA {one} AUTHORIZATION owner")
    update_index(root, engine=PostgresqlEngine(made.owner), rebuild=True)
    assert made.run(SCHEMAS).split() == [SCHEMA, *others]
