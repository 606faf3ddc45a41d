"""What the help says on parts of an index on other servers, done as it says: its SQL, its files, three servers."""

from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from postgresql_server import Server
from postgresql_servers import Servers
from shelves import dossier_of, written
from waiting import until

from dossier.core.ref import Ref
from dossier.export.help_topics import BlockKind, read_topic, split_topic
from dossier.library.index.errors import IndexUnreachableError
from dossier.library.index.reader import Index
from dossier.library.index.update import update_index

psycopg = pytest.importorskip("psycopg")

# They need psycopg.
from served_indexes import find_refs, is_answered, open_made_index  # noqa: E402

from dossier.library.index.postgresql.engine import PostgresqlEngine  # noqa: E402

YEARS = ("1975", "2018", "2019", "2020", "2021", "2022", "2026", "2031")
ADDRESS = "postgresql:///?service=news"


def example(first: str) -> str:
    """Return the example of the help that begins so."""
    blocks = [one.text for one in split_topic(read_topic("library")) if one.kind is BlockKind.EXAMPLE]
    (found,) = [text for text in blocks if text.startswith(first)]
    return found


def replaced(text: str, *pairs: tuple[str, str]) -> str:
    """Return a text with one word in place of another, each of which it has."""
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def move_parts(main: Server, other: Server, name: str, year_part: str, source_part: str) -> None:
    """Move three parts to another server, as the help says it of one server and its parts."""
    parts = {"words": f"words_{year_part}", "packed": f"packed_{year_part}", "source": f"source_{source_part}"}
    made = replaced(
        example("-- other server, indexer"),
        *(("words_5", parts["words"]), ("packed_5", parts["packed"]), ("source_1", parts["source"])),
    )
    other.run(f"SET ROLE indexer;\n{made}", "news")
    told = replaced(
        example("-- main server, administrator"),
        *(("SERVER past", f"SERVER {name}"), ("past.example", "127.0.0.1"), ("5432", str(other.port))),
    )
    main.run(told, "news")
    for whole, part in parts.items():
        given = f"\\set whole {whole}\n\\set part {part}\n\\set server {name}\nSET ROLE indexer;\n"
        main.run(given + example("-- main server, indexer"), "news")


@pytest.fixture
def three(postgresql: Servers) -> Sequence[Server]:
    """Return three servers with the roles and the database of the help."""
    made = [postgresql.start() for _ in range(3)]
    for one in made:
        # The help has a role of this name made.
        one.run("ALTER ROLE reader RENAME TO reader_of_tests")
        one.run(example("-- every server, administrator"))
    return made


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for year in YEARS:
        written(tmp_path / "library", f"{year}.yaml", dossier_of("okafor", f"Lena Okafor{year}", year))
    return tmp_path / "library"


@pytest.fixture
def engine(three: Sequence[Server], root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PostgresqlEngine:
    """Return what writes an index whose parts are on the three servers; the reader's files are those of the help."""
    main, *others = three
    made = PostgresqlEngine(f"postgresql://indexer:first%20secret@127.0.0.1:{main.port}/news")
    update_index(root, engine=made)
    for other, name, year_part, source_part in zip(others, ("past", "recent"), ("5", "6"), ("1", "2"), strict=True):
        move_parts(main, other, name, year_part, source_part)
    use_files(tmp_path, main.port, monkeypatch)
    return made


def use_files(folder: Path, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write the files of services and passwords of the help, for a server on this port."""
    text = replaced(example("[news]"), ("main.example", "127.0.0.1"), ("5432", str(port)))
    for name, content in zip(("PGSERVICEFILE", "PGPASSFILE"), text.split("\n\n"), strict=True):
        (folder / name).write_text(f"{content}\n", "utf-8")
        (folder / name).chmod(0o600)
        monkeypatch.setenv(name, str(folder / name))


def answers(index: Index) -> list[list[Ref]]:
    return [
        find_refs(index, typed)
        for typed in ("okafor", "lena speaks", "every day", *(f"okafor{year}" for year in YEARS))
    ]


def test_parts_are_on_the_servers_that_the_help_puts_them_on(
    three: Sequence[Server], root: Path, engine: PostgresqlEngine
) -> None:
    for year in YEARS:
        written(root, f"late-{year}.yaml", dossier_of("yoon", f"Yoon Okafor{year}", year))
    update_index(root, engine=engine)
    update_index(root)
    alone = Index.open(root)
    assert alone
    with closing(alone), closing(open_made_index(ADDRESS)) as index:
        assert index.total() == 2 * len(YEARS)
        assert answers(index) == answers(alone)
    for other, (year_part, source_part) in zip(three[1:], (("5", "1"), ("6", "2")), strict=True):
        # Two articles of each of two years.
        assert other.run(f"SELECT count(*) FROM dossier.packed_{year_part}", "news") == "4\n"
        assert int(other.run(f"SELECT count(*) FROM dossier.words_{year_part}", "news")) > 4
        kept = f"SET ROLE indexer; SELECT count(*) FROM dossier.source_{source_part}"
        assert other.run(kept, "news") == three[0].run(kept, "news") != "0\n"
        indexes = "SELECT count(*) FROM pg_indexes WHERE schemaname = 'dossier'"
        assert other.run(indexes, "news") == "4\n"
    names = "SELECT count(*) FROM pg_class WHERE relname = 'part_before'"
    assert three[0].run(names, "news") == "0\n"


def test_an_update_reads_no_part_of_another_server_as_a_whole(
    three: Sequence[Server], root: Path, engine: PostgresqlEngine
) -> None:
    for other in three[1:]:
        other.run("ALTER DATABASE news SET log_statement = 'all'")
    written(root, "late.yaml", dossier_of("yoon", "Yoon Okafor2020", "2020"))
    written(root, "later.yaml", dossier_of("yoon", "Yoon Okafor2022", "2022"))
    update_index(root, engine=engine)
    for other in three[1:]:
        asked = [line for line in other.log.splitlines() if " FROM dossier." in line]
        assert asked
        assert not [line for line in asked if " WHERE " not in line]


def test_a_reader_of_the_help_reads_alone_also_what_is_made_anew(
    three: Sequence[Server], root: Path, engine: PostgresqlEngine
) -> None:
    with psycopg.connect(ADDRESS) as reader, pytest.raises(psycopg.errors.InsufficientPrivilege):
        reader.execute("DELETE FROM dossier.words")
    with closing(open_made_index(ADDRESS)) as index:
        before = answers(index)
    update_index(root, engine=engine, rebuild=True)
    foreign = "SELECT count(*) FROM pg_class WHERE relkind = 'f'"
    assert three[0].run(foreign, "news") == "6\n"
    with closing(open_made_index(ADDRESS)) as index:
        assert answers(index) == before


def test_a_reader_is_told_of_a_part_that_is_unreachable(three: Sequence[Server], engine: PostgresqlEngine) -> None:
    assert engine
    with closing(open_made_index(ADDRESS)) as index:
        before = answers(index)
        three[1].stop()
        with pytest.raises(IndexUnreachableError):
            find_refs(index, "okafor")
        three[1].start()
        until(lambda: is_answered(partial(find_refs, index, "okafor")))
        assert answers(index) == before


def test_a_reader_of_a_replica_finds_the_same(
    three: Sequence[Server],
    engine: PostgresqlEngine,
    postgresql: Servers,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert engine
    with closing(open_made_index(ADDRESS)) as index:
        before = answers(index)
    replica = postgresql.replica(three[0])
    use_files(tmp_path, replica.port, monkeypatch)
    with closing(open_made_index(ADDRESS)) as index:
        assert answers(index) == before
    with psycopg.connect(ADDRESS) as reader:
        assert reader.execute("SELECT pg_is_in_recovery()").fetchone() == (True,)
