"""What a server sends in an answer is bounded, however much others have put into the index there."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from postgresql_servers import Database
from round_trips import RoundTrips, count_round_trips
from shelves import dossier_of, written

from dossier.library.index.errors import IndexDamagedError
from dossier.library.index.reader import Index
from dossier.library.index.row_check import LONG_COLUMNS
from dossier.library.index.update import update_index

pytest.importorskip("psycopg")

# They need psycopg.
from served_indexes import open_made_index

from dossier.library.index.postgresql.answer_bounds import bound_answer
from dossier.library.index.postgresql.engine import PostgresqlEngine
from dossier.library.index.schema import LONGEST

ARTICLES = 12
LONG = f"repeat('x', {LONGEST + 1})"
THIRD = f"repeat('x', {LONGEST // 3})"


@pytest.fixture
def served(tmp_path: Path, database: Database) -> Database:
    """Return a database with the index of some articles and a broken file."""
    for number in range(ARTICLES):
        text = dossier_of("okafor", "Lena Okafor", f"20{number + 10}-04-12", outlet="Herald", id=f"n{number}")
        written(tmp_path / "library", f"{number}.yaml", text)
    written(tmp_path / "library", "broken.yaml", "headline: [")
    update_index(tmp_path / "library", engine=PostgresqlEngine(database.owner))
    return database


@contextmanager
def relayed(served: Database) -> Iterator[tuple[Index, RoundTrips]]:
    """Yield the index as it is read through a relay that counts what is received."""
    port = served.server.port
    with (
        count_round_trips(port) as relay,
        closing(open_made_index(served.reader.replace(f":{port}/", f":{relay.port}/"))) as index,
    ):
        yield index, relay


def first_article(index: Index) -> object:
    return index.articles.article(next(index.articles.article_ids()))


def first_entries(index: Index) -> object:
    return index.entries.of_article(index.articles.article(next(index.articles.article_ids())))


@pytest.mark.parametrize(
    ("asked", "statement"),
    [
        pytest.param(first_entries, f"UPDATE packed SET entries = convert_to({LONG}, 'UTF8')", id="packed entries"),
        pytest.param(first_article, f"UPDATE article SET headline = {LONG}", id="a headline"),
        pytest.param(first_article, f"UPDATE article SET path = convert_to({LONG}, 'UTF8')", id="a path"),
        pytest.param(first_article, f"UPDATE article SET headline = {THIRD}", id="several headlines"),
        pytest.param(
            lambda index: list(index.articles.article_facets()), f"UPDATE article SET outlet = {THIRD}", id="a cursor"
        ),
        pytest.param(lambda index: list(index.articles.faults()), f"UPDATE file SET message = {LONG}", id="a message"),
        pytest.param(
            lambda index: index.persons.first_by_name(list(index.persons.person_ids()), 9),
            f"UPDATE person SET name = {LONG}",
            id="a name",
        ),
        pytest.param(
            lambda index: index.total(), f"UPDATE meta SET value = {LONG} WHERE key = 'articles'", id="a fact"
        ),
    ],
)
def test_a_value_that_is_too_long_does_not_travel(
    served: Database, asked: Callable[[Index], object], statement: str
) -> None:
    with relayed(served) as (index, _):
        asked(index)
    served.run(f"SET search_path = dossier; {statement};")
    with relayed(served) as (index, relay):
        before = relay.received
        with pytest.raises(IndexDamagedError, match="too long"):
            asked(index)
        assert relay.received - before < LONGEST + 100_000


def test_entries_that_are_fetched_ahead_are_no_more_than_are_kept(served: Database) -> None:
    served.run(f"SET search_path = dossier; UPDATE packed SET entries = convert_to(repeat('x', {1 << 20}), 'UTF8');")
    with relayed(served) as (index, relay):
        rows = list(index.articles.article_ids())
        before = relay.received
        index.entries.fetch_ahead(rows)
        assert 1 << 20 < relay.received - before < 5 << 20


def test_the_only_entries_that_are_wanted_come_however_long(served: Database) -> None:
    served.run(f"SET search_path = dossier; UPDATE packed SET entries = convert_to(repeat('x', {9 << 20}), 'UTF8');")
    with relayed(served) as (index, relay):
        rows = list(index.articles.article_ids())
        index.entries.fetch_ahead(rows)
        before = relay.received
        with pytest.raises(IndexDamagedError, match="packed entries"):
            index.entries.at(rows[3])
        assert 9 << 20 < relay.received - before < 10 << 20


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("SELECT first, count(*), headline FROM article WHERE id = ?", ["headline"]),
        ("SELECT DISTINCT person.id FROM person", ["id"]),
        ("WITH a AS (SELECT name FROM b) SELECT (SELECT c, d FROM a) AS names, x AS edge FROM a", ["names"]),
        ("(SELECT id, EXISTS (SELECT name FROM b) AS repeats FROM a LIMIT 1) UNION ALL (SELECT id FROM b)", ["id"]),
        ("DECLARE found NO SCROLL CURSOR FOR SELECT path FROM a ORDER BY path", ["path"]),
    ],
)
def test_the_texts_of_a_question_are_found(query: str, names: list[str]) -> None:
    bound = bound_answer(query)
    assert re.findall(r" END AS (\w+)", bound) == names
    assert LONG_COLUMNS.issuperset(names)
    assert bound.startswith("DECLARE") == query.startswith("DECLARE")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT first FROM article WHERE id = ?",
        "FETCH 32 FROM found",
        "DELETE FROM a RETURNING id",
        "INSERT INTO a SELECT id FROM b",
    ],
)
def test_what_has_no_texts_is_asked_as_it_is(query: str) -> None:
    assert bound_answer(query) == query
