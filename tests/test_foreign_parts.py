"""Parts of tables on other servers: where their rows lie, and what is asked of each server."""

from collections.abc import Sequence

import psycopg
import pytest
from foreign_parts import spread_parts
from postgresql_servers import Database

_TABLES = """
CREATE SCHEMA dossier;
GRANT USAGE ON SCHEMA dossier TO reader;
CREATE TABLE dossier.words (row bigint NOT NULL, vector tsvector NOT NULL) PARTITION BY RANGE (row);
CREATE TABLE dossier.words_0 PARTITION OF dossier.words FOR VALUES FROM (MINVALUE) TO (100);
CREATE TABLE dossier.words_1 PARTITION OF dossier.words FOR VALUES FROM (100) TO (200);
CREATE TABLE dossier.words_2 PARTITION OF dossier.words FOR VALUES FROM (200) TO (MAXVALUE);
CREATE INDEX ON dossier.words (row);
CREATE INDEX ON dossier.words USING gin (vector);
INSERT INTO dossier.words SELECT row, ('ferry w' || row)::tsvector FROM generate_series(0, 299) row;
GRANT SELECT ON ALL TABLES IN SCHEMA dossier TO reader
"""


@pytest.fixture
def spread(databases: Sequence[Database]) -> Sequence[Database]:
    """Return a main server and two others, over which 300 rows are spread."""
    main, *others = databases
    with psycopg.connect(main.owner) as owner:
        owner.execute(_TABLES)
    spread_parts(main, others, "dossier")
    return databases


def test_each_server_has_its_rows_and_indexes(spread: Sequence[Database]) -> None:
    for number, one in enumerate(spread):
        rows = f"SELECT count(*), min(row), max(row) FROM dossier.words_{number}"
        assert one.run(rows) == f"100|{100 * number}|{100 * number + 99}\n"
        assert one.run(f"SELECT count(*) FROM pg_indexes WHERE tablename = 'words_{number}'") == "2\n"


def test_a_reader_sees_the_rows_of_all_servers_and_changes_none(spread: Sequence[Database]) -> None:
    with psycopg.connect(spread[0].reader, autocommit=True) as reader:
        found = "SELECT row FROM dossier.words WHERE vector @@ %s::tsquery ORDER BY row DESC LIMIT 150"
        assert [row for (row,) in reader.execute(found, ["ferry"])] == list(range(299, 149, -1))
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            reader.execute("DELETE FROM dossier.words")


def test_servers_are_asked_at_the_same_time_and_find_the_words_themselves(spread: Sequence[Database]) -> None:
    with psycopg.connect(spread[0].reader) as reader:
        query = (
            "EXPLAIN (VERBOSE, COSTS OFF) SELECT row FROM dossier.words WHERE vector @@ 'w7'::tsquery AND row <= 250"
        )
        plan = [line for (line,) in reader.execute(query)]
    assert sum("Async Foreign Scan" in line for line in plan) == 2
    remote = [line for line in plan if "Remote SQL" in line]
    assert all("vector @@ '''w7'''::tsquery" in line and '"row" <= 250' in line for line in remote)


def test_rows_of_many_lists_are_entered_on_their_servers(spread: Sequence[Database]) -> None:
    with psycopg.connect(spread[0].owner) as owner:
        rows = [1_000, 150, 50, -1]
        insert = "INSERT INTO dossier.words SELECT row, 'late'::tsvector FROM unnest(%s::bigint[]) row"
        owner.execute(insert, [rows])
    late = "SELECT row FROM dossier.words_{} WHERE vector @@ 'late' ORDER BY row"
    assert [one.run(late.format(number)) for number, one in enumerate(spread)] == ["-1\n50\n", "150\n", "1000\n"]
