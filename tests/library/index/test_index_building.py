"""The index always says what the files say, whatever happened to them, to it, or to who wrote it."""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shelves import anew, article, content, dossier_of, many, written

from dossier.core.registry import Decisions, Registry
from dossier.library.index import update
from dossier.library.index.full_text import FULL_TEXT_NAMES
from dossier.library.index.ingest import IngestedFile
from dossier.library.index.location import index_path, mark_damaged
from dossier.library.index.person_joiner import join_persons
from dossier.library.index.progress import Progress, Stage
from dossier.library.index.raw_file import IndexConnection
from dossier.library.index.sqlite_engine import SqliteEngine
from dossier.library.index.update import update_index
from dossier.library.index.writer import IndexWriter
from dossier.loader.limits import Limits

NAMES = ("a.yaml", "b.yaml", "sub/a.yaml", "sub/deep/c.yml", "d.yaml")
TEXTS = (
    dossier_of("okafor", "Lena Okafor"),
    dossier_of("okafor", "Lena Okafor", "2019", id="same"),
    dossier_of("lena", "Lena Okafor", "../2020-01", outlet="Herald"),
    dossier_of("yoon", "Yoon Suk Yeol", "2023-04-12", id="same", outlet="코리아 저널", keywords="[서울, 평양]"),
    article("Ærø’s “naïve” plan", "다음 주 서울에서 만난다.", published="31 April 2023"),
    article(published="2023-01-01/..", section="[National, Transport]", byline="[Ida Brandt]"),
    "headline: Broken\nbody: [",
    "headline: No body\n",
    "registry: 1\npeople: {}\n",
    "",
)
CHANGES = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), st.sampled_from(TEXTS)),
    st.tuples(st.just("delete"), st.sampled_from(NAMES), st.just("")),
    st.tuples(st.just("rename"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
)


def change(root: Path, what: str, name: str, other: str) -> None:
    if what == "write":
        written(root, name, other)
    elif what == "delete":
        (root / name).unlink(missing_ok=True)
    elif (root / name).exists():
        (root / other).parent.mkdir(parents=True, exist_ok=True)
        (root / name).rename(root / other)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    return folder


@settings(max_examples=25)
@given(st.lists(st.lists(CHANGES, max_size=4), min_size=1, max_size=5))
def test_after_any_changes_it_is_as_if_made_anew(runs: list[list[tuple[str, str, str]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for changes in runs:
            for one in changes:
                change(root, *one)
            update_index(root)
        assert content(root) == anew(root)


def test_no_row_of_what_is_gone_is_left_in_the_full_text(root: Path) -> None:
    written(root, "a.yaml", dossier_of("okafor", "Lena Okafor"))
    gone = written(root, "b.yaml", dossier_of("yoon", "Yoon Suk Yeol"))
    update_index(root)
    gone.unlink()
    update_index(root)
    with closing(sqlite3.connect(index_path(root))) as connection:
        living = {
            row
            for (first, n) in connection.execute("SELECT first, count FROM article")
            for row in range(first, first + n)
        }
        for table in FULL_TEXT_NAMES:
            connection.execute(f"CREATE VIRTUAL TABLE temp.of_{table} USING fts5vocab(main, '{table}', 'instance')")
            assert {row for (row,) in connection.execute(f"SELECT doc FROM temp.of_{table}")} == living
            assert connection.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH 'yoon'").fetchall() == []


def test_what_did_not_change_is_not_read_again(root: Path) -> None:
    for name in NAMES:
        written(root, name, TEXTS[0])
    other = written(root, "registry.yaml", "registry: 1\n")
    assert update_index(root).done == 6
    assert update_index(root).done == 0
    written(root, "a.yaml", TEXTS[1])
    os.utime(other)
    assert update_index(root).done == 2


def test_a_file_that_cannot_be_opened_costs_one_finding(root: Path) -> None:
    written(root, "a.yaml", TEXTS[0])
    written(root, "b.yaml", "headline: Broken\noutlet: [\n")
    written(root, "c.yaml", b"headline: \xff\xfe\n")
    written(root, "d.yaml", "a: b\n")
    (root / "e.yaml").symlink_to(root / "nowhere")
    done = update_index(root)
    assert (done.articles, done.faults) == (1, 2)
    with closing(sqlite3.connect(index_path(root))) as connection:
        faults = connection.execute("SELECT path, code FROM file WHERE code <> '' ORDER BY path").fetchall()
        others = connection.execute("SELECT path FROM file WHERE first IS NULL AND code = ''").fetchall()
    assert faults == [(b"b.yaml", "not-yaml"), (b"c.yaml", "not-utf8")]
    assert others == [(b"d.yaml",)]


def test_hidden_folders_are_counted_and_not_entered(root: Path) -> None:
    written(root, ".git/a.yaml", TEXTS[0])
    written(root, "sub/.hidden.yaml", TEXTS[0])
    assert update_index(root).articles == 0
    assert ("hidden", 1) in content(root)["meta"]


def test_names_that_are_no_text_in_utf8(root: Path) -> None:
    name = b"fa\xe7ade.yaml"
    with open(os.path.join(os.fsencode(root), name), "wb") as file:
        file.write(TEXTS[0].encode())
    assert update_index(root).articles == 1
    assert update_index(root).articles == 1


def cut_short(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def no_database(path: Path) -> None:
    path.write_bytes(b"x" * 10_000)


def older(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE meta SET value = '0' WHERE key = 'version'")


def of_another(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'library'", (b"/elsewhere",))


def without_a_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TABLE day")


def without_entries(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE packed SET entries = x'00'")


def holes(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))


@pytest.mark.parametrize(
    "harm",
    [Path.unlink, cut_short, no_database, older, of_another, without_a_table, without_entries, holes, mark_damaged],
)
def test_an_index_that_cannot_be_used_is_made_anew(root: Path, harm: Callable[[Path], None]) -> None:
    for name in NAMES:
        written(root, name, TEXTS[0])
    update_index(root)
    harm(index_path(root))
    written(root, "a.yaml", TEXTS[1])
    (root / "b.yaml").unlink()
    update_index(root)
    assert content(root) == anew(root)


def test_other_limits_make_it_anew(root: Path) -> None:
    written(root, "a.yaml", TEXTS[0])
    assert update_index(root, Limits(size=20)).faults == 1
    assert update_index(root).articles == 1


def test_the_library_is_never_written_to(root: Path) -> None:
    written(root, "a.yaml", TEXTS[0])
    before = [(path, path.stat()) for path in sorted(root.rglob("*"))]
    update_index(root)
    assert [path.stat().st_mtime_ns for path, _ in before] == [was.st_mtime_ns for _, was in before]
    assert sorted(root.rglob("*")) == [path for path, _ in before]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        update_index(tmp_path / "nowhere")


def test_several_processes_make_the_same_index(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many(root, 450)
    written(root, "broken.yaml", "headline: [")
    told: list[Progress] = []
    done = update_index(root, report=told.append)
    several = content(root)
    assert (done.articles, done.faults, done.done, done.is_ended) == (450, 1, 451, True)
    assert told[0].stage is Stage.LOOKING
    assert [one.done for one in told] == sorted(one.done for one in told)
    monkeypatch.setattr("dossier.library.index.worker_pool._IN_PROCESS", 1_000)
    assert several == anew(root)


def test_who_is_interrupted_keeps_what_is_written_and_goes_on_later(root: Path) -> None:
    many(root, 450)

    def stop(progress: Progress) -> None:
        if progress.articles:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        update_index(root, report=stop)
    with closing(sqlite3.connect(index_path(root))) as connection:
        (kept,) = connection.execute("SELECT count(*) FROM article").fetchone()
    assert 0 < kept < 450
    assert update_index(root).done == 450 - kept
    assert content(root) == anew(root)


@pytest.mark.parametrize(
    "change_index",
    [
        lambda engine, connection: IndexWriter(engine, connection, False).write([], [b"gone.yaml"]),
        lambda engine, connection: join_persons(connection, Registry(), Decisions()),
    ],
    ids=["write", "join"],
)
def test_an_error_that_sqlite_has_undone_the_transaction_for_is_the_one_that_is_told(
    root: Path, change_index: Callable[[SqliteEngine, IndexConnection], None]
) -> None:
    engine = SqliteEngine(root)
    with engine.updating(root, Limits()) as connection:
        connection.execute(
            "CREATE TRIGGER fail BEFORE UPDATE ON meta BEGIN SELECT RAISE(ROLLBACK, 'the disk is full'); END"
        )
        with pytest.raises(sqlite3.Error, match="the disk is full"):
            change_index(engine, connection)
        assert not connection.in_transaction
        connection.execute("DROP TRIGGER fail")
        change_index(engine, connection)


def test_files_that_are_read_and_not_written_yet_are_few_where_they_are_long(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waits for a transaction is bounded by its bytes, so that it takes no more memory in a larger library."""
    many(root, 30)
    size = max(path.stat().st_size for path in root.rglob("*.yaml"))
    monkeypatch.setattr(update, "_BYTES", 3 * size)
    together = list[int]()
    write = IndexWriter.write

    def spy(writer: IndexWriter, found: Sequence[IngestedFile], gone: Collection[bytes] = ()) -> None:
        together.append(sum(one.look.size for one in found))
        write(writer, found, gone)

    monkeypatch.setattr(IndexWriter, "write", spy)
    assert update_index(root).articles == len(list(root.rglob("*.yaml")))
    assert len(together) > 5
    assert max(together) < 4 * size


def test_what_the_writer_knows_of_spellings_takes_no_memory_while_persons_are_joined(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(root, 30)
    known, kept = list[dict[tuple[str, ...], int]](), list[int]()
    make = IndexWriter.__init__

    def make_known(writer: IndexWriter, *given: Any) -> None:
        make(writer, *given)
        known.append(writer._bearers)

    def join(*given: Any) -> None:
        kept.extend(map(len, known))
        join_persons(*given)

    monkeypatch.setattr(IndexWriter, "__init__", make_known)
    monkeypatch.setattr(update, "join_persons", join)
    monkeypatch.setattr(update, "_FIRST", 10)
    update_index(root)
    assert kept == [0, 0]


def test_an_update_of_many_files_leaves_no_empty_pages(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update, "_MANY", 1)
    monkeypatch.setattr(update, "_MOST", 10)
    many(root, 120)
    update_index(root)
    with closing(sqlite3.connect(index_path(root))) as connection:
        assert connection.execute("SELECT value FROM meta WHERE key = 'unmerged'").fetchone() == (0,)
        assert connection.execute("PRAGMA auto_vacuum").fetchone() == (2,)
        assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)
