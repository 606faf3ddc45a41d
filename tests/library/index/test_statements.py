"""No text of an article, a query or an address is ever in a statement, and readers send only statements that read."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from postgresql_servers import Database, Servers
from shelves import article, written
from waiting import until

from dossier.core.query_parser import parse_search
from dossier.core.ref import Ref
from dossier.core.registry import Decisions
from dossier.library.facet_counts import count_facets
from dossier.library.index.errors import IndexWriteError
from dossier.library.index.reader import Index
from dossier.library.index.update import update_index
from dossier.library.scope import Pin, Scope
from dossier.library.scope_search import find_matches, find_scope_articles

psycopg = pytest.importorskip("psycopg")

# They need psycopg.
from dossier.library.index.postgresql.engine import PostgresqlEngine  # noqa: E402
from dossier.library.index.postgresql.opening import open_server_index  # noqa: E402
from dossier.library.stored_library import open_stored_library  # noqa: E402

MARK = "zqjx"
"""A word that is in all texts, paths and questions, and in no program."""
READING = re.compile(
    r"\(?SELECT |WITH |BEGIN( ISOLATION LEVEL REPEATABLE READ)?$|(ROLLBACK|COMMIT)$|FETCH \d+ FROM found$"
    r"|DECLARE found NO SCROLL CURSOR FOR \(?(SELECT|WITH) ",
    re.ASCII,
)
WRITING = re.compile(r"\b(INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|TRUNCATE|GRANT|COPY|LOCK|FOR SHARE|nextval)\b")


def write_articles(root: Path, numbers: range, words: str = "runs") -> None:
    for number in numbers:
        fields = {
            "id": f"{MARK}{number}",
            "outlet": f"{MARK} Herald",
            "published": f"20{number:02}-04-12",
            "keywords": f"[{MARK}]",
            "people": f"{{{MARK}: {{name: Lena {MARK}, aliases: [{MARK}]}}}}",
            "quotes": f"[{{speaker: {MARK}, text: Every {MARK} runs, form: direct}}]",
            "timeline": f"[{{date: 2021-03-1{number % 9}, what: A {MARK} ran}}]",
        }
        written(root, f"{MARK}/{number}.yaml", article(f"Headline {MARK}", f"Every {MARK} {words}.", **fields))


@contextmanager
def recorded() -> Iterator[list[str]]:
    """Yield the list to which every statement is added that is sent to any server."""
    found: list[str] = []

    def recording(name: str) -> Any:
        run = getattr(psycopg.RawCursor, name)

        def execute(cursor: Any, query: Any, *given: Any, **named: Any) -> Any:
            is_made = isinstance(query, psycopg.sql.Composable)
            found.append(query.as_string(cursor) if is_made else query.decode() if isinstance(query, bytes) else query)
            return run(cursor, query, *given, **named)

        return execute

    with pytest.MonkeyPatch.context() as patch:
        for name in ("execute", "executemany"):
            patch.setattr(psycopg.RawCursor, name, recording(name), raising=False)
        yield found


def ask_everything(index: Index) -> int:
    """Put questions with the mark of every kind to the index, and return how much was found."""
    found = 0
    index.decide(Decisions())
    persons, ref = index.persons, Ref(f"{MARK}1", "person", MARK)
    for typed in (MARK, f'"every {MARK}"', f"speaker:{MARK} {MARK}", f"about:{MARK}", f"-{MARK}", f"outlet:{MARK}"):
        query = parse_search(typed, date(2026, 11, 23))
        found += sum(len(one[1]) for one in find_matches(index, query) if one)
        for pins in ((), (Pin("outlet", f"{MARK} Herald"),), (Pin("person", f"Lena {MARK}", ref),)):
            scope = Scope(query, pins)
            firsts = [one.first for one in find_scope_articles(index, scope) if one]
            found += len(list(count_facets(index, scope, firsts)))
    for decided in (Decisions(), Decisions(apart=((ref, Ref(f"{MARK}2", "person", MARK)),))):
        index.decide(decided)
        found += len(list(index.persons.person_ids())) + len(index.persons.persons_named(MARK))
        found += len(index.persons.names_beginning("person", MARK, 9)) + len(persons.persons_with_id("person", MARK))
        for number in index.persons.person_ids():
            found += len(list(index.persons.entries_of_person(number))) + len(index.persons.spellings(number))
        found += len(list(index.persons.article_ids_of_person(ref)))
    found += len(index.articles.ids_beginning(MARK, 9)) + len(index.articles_beginning(MARK, 9))
    found += len(list(index.articles.outlet_article_ids(f"{MARK} Herald"))) + len(index.articles.outlet_counts())
    found += len(list(index.entries.event_ids())) + bool(index.articles.find(f"{MARK}1"))
    return found + bool(index.entries.row_id_of(ref))


def test_nothing_of_an_article_or_an_address_is_in_a_statement_that_writes(tmp_path: Path, database: Database) -> None:
    root = tmp_path / MARK
    with recorded() as statements:
        write_articles(root, range(1, 9))
        update_index(root, engine=PostgresqlEngine(database.owner))
        write_articles(root, range(5, 12), "ran")
        (root / MARK / "1.yaml").unlink()
        update_index(root, engine=PostgresqlEngine(database.owner))
        update_index(root, engine=PostgresqlEngine(database.owner), rebuild=True)
    assert len(statements) > 100
    assert [one for one in statements if MARK in one or "word" in one.replace("words", "")] == []


def test_readers_only_read_and_nothing_of_a_question_is_in_their_statements(tmp_path: Path, database: Database) -> None:
    root = tmp_path / MARK
    write_articles(root, range(1, 9))
    update_index(root, engine=PostgresqlEngine(database.owner))
    with recorded() as statements:
        stored = open_stored_library(database.reader)
        assert stored
        with closing(stored.index) as index:
            assert ask_everything(index) > 100
            row = index.articles.find(f"{MARK}1")
            assert row
            assert stored.store.load(row).article
        other = open_server_index(database.reader)
        assert other
        assert ask_everything(other) > 100
        other.close()
    assert len(set(statements)) > 30
    assert [one for one in statements if MARK in one or "reader" in one] == []
    assert [one for one in set(statements) if not READING.match(one) or WRITING.search(one)] == []


def test_an_index_is_read_on_a_standby(tmp_path: Path, postgresql: Servers) -> None:
    """A standby repeats what the primary server does, and cannot be written to."""
    root, main = tmp_path / MARK, postgresql.database(postgresql.start())
    write_articles(root, range(1, 9))
    update_index(root, engine=PostgresqlEngine(main.owner))
    standby = Database(postgresql.replica(main.server), main.name)
    index, of_main = open_server_index(standby.reader), open_server_index(main.reader)
    assert index
    assert of_main
    assert ask_everything(index) == ask_everything(of_main) > 100
    write_articles(root, range(7, 12), "ran")
    with pytest.raises(IndexWriteError, match="read replica"):
        update_index(root, engine=PostgresqlEngine(standby.owner))
    assert index.total() == 8
    update_index(root, engine=PostgresqlEngine(main.owner))
    until(lambda: index.generation == of_main.generation and index.is_whole)
    assert index.total() == 11
    assert ask_everything(index) == ask_everything(of_main)
    main.server.kill()
    assert ask_everything(index) > 100
    index.close()
    of_main.close()
