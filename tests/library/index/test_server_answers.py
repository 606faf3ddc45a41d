"""The index on a server is another user's: an answer with a value of another kind is refused, however it was asked."""

from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest
from postgresql_servers import Database
from shelves import article, dossier_of, written

from dossier.library.index.errors import IndexDamagedError
from dossier.library.index.expressions import Tokens
from dossier.library.index.full_text import FtsMatch
from dossier.library.index.reader import Index
from dossier.library.index.row_check import MOST_ENTRIES
from dossier.library.index.update import update_index

pytest.importorskip("psycopg")

# They need psycopg.
from served_indexes import open_made_index

from dossier.library.index.postgresql.engine import PostgresqlEngine

MATCH = FtsMatch(Tokens(("okafor",)))
Question = Callable[[Index], Iterator[object]]
NUMERIC = "ALTER TABLE {} ALTER COLUMN {} TYPE numeric USING CAST({} AS numeric) + 0.5"


@pytest.fixture
def served(tmp_path: Path, database: Database) -> Database:
    """Return a database with the index of two articles and a broken file."""
    written(tmp_path / "library", "a.yaml", dossier_of("okafor", "Lena Okafor", outlet="Herald", id="one"))
    written(tmp_path / "library", "b.yaml", article("Another", id="two", published="2021"))
    written(tmp_path / "library", "broken.yaml", "headline: [")
    update_index(tmp_path / "library", engine=PostgresqlEngine(database.owner))
    return database


def of_first(index: Index) -> Iterator[object]:
    """Yield the article with the first row id, which is fetched with those beside it."""
    yield index.articles.article(next(index.articles.article_ids()))


def dates_of_first(index: Index) -> Iterator[object]:
    """Yield the dates of the events of an article."""
    row = index.articles.find("one")
    assert row
    yield from index.entries.event_dates((row,))


def entries_of_first(index: Index) -> Iterator[object]:
    """Yield the entries of an article."""
    row = index.articles.find("one")
    assert row
    yield from index.entries.of_article(row)


@pytest.mark.parametrize(
    ("asked", "statement"),
    [
        (lambda index: index.entries.pane_ranges("quotes"), "UPDATE article SET first = -1000 WHERE id = 'one'"),
        (lambda index: index.entries.pane_ranges("quotes"), f"UPDATE article SET quotes_n = {MOST_ENTRIES + 1}"),
        (lambda index: index.entries.row_ids(None), f"UPDATE article SET count = {MOST_ENTRIES + 1}"),
        (lambda index: index.entries.row_ids(None), NUMERIC.format("article", "count", "count")),
        (lambda index: index.entries.row_ids(MATCH), NUMERIC.format("article", "count", "count")),
        (lambda index: index.entries.row_ids(MATCH, newest=False), NUMERIC.format("article", "count", "count")),
        (lambda index: index.entries.event_ids(), "UPDATE event SET row = -row"),
        (dates_of_first, NUMERIC.format("event", "begins", "begins")),
        (of_first, "UPDATE article SET headline = E'\\x1b]0;own\\x07' || headline"),
        (of_first, "UPDATE article SET headline = headline || U&'\\009b2J'"),
        (lambda index: index.articles.faults(), "UPDATE file SET message = E'\\x1b]0;own\\x07' WHERE message <> ''"),
        (lambda index: iter((index.articles.outlet_counts(),)), "UPDATE article SET outlet = E'\\x1b[2J'"),
        (lambda index: iter((index.total(),)), "UPDATE meta SET value = 'many' WHERE key = 'articles'"),
        (entries_of_first, "ALTER TABLE packed ALTER COLUMN entries TYPE text USING 'no bytes'"),
    ],
)
def test_a_value_of_another_kind_is_refused(served: Database, asked: Question, statement: str) -> None:
    with closing(open_made_index(served.reader)) as index:
        assert list(islice(asked(index), 9))
    served.run(f"SET search_path = dossier; {statement};")
    with closing(open_made_index(served.reader)) as index, pytest.raises(IndexDamagedError):
        list(islice(asked(index), 9))


@pytest.mark.parametrize("code", ["22012", "42601", "P0001"])
def test_an_error_that_the_index_was_made_to_have_is_told_without_its_escape_sequences(
    served: Database, code: str, capfd: pytest.CaptureFixture[str]
) -> None:
    served.run(
        "SET search_path = dossier; CREATE FUNCTION told() RETURNS boolean LANGUAGE plpgsql AS"
        " $$BEGIN RAISE WARNING E'\\x1b]0;own\\x07';"
        f" RAISE EXCEPTION E'it fails\\x1b]0;own\\x07' USING ERRCODE = '{code}'; END$$;"
        " ALTER TABLE article RENAME TO kept; CREATE VIEW article AS SELECT * FROM kept WHERE told();"
        " GRANT SELECT ON article TO reader;"
    )
    with closing(open_made_index(served.reader)) as index:
        for asked in (of_first, lambda index: index.entries.row_ids(MATCH), lambda index: index.entries.row_ids(None)):
            with pytest.raises(Exception, match="it fails\u241b\\]0;own\u2407") as caught:
                list(asked(index))
            assert type(caught.value).__module__ == IndexDamagedError.__module__
    told = capfd.readouterr()
    assert told.out + told.err == ""
