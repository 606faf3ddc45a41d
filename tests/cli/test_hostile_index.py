"""A shared index is another user's file: whatever stands in a column, a reader is told, and nothing else happens.

The wrong values are made from the tables of the index itself: each column of each gets each of them in turn.
"""

import os
import re
import resource
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date
from itertools import cycle, islice
from pathlib import Path

import pytest
from shell import Output
from shelves import article, dossier_of, written
from waiting import until

from dossier.cli import main, open_library
from dossier.cli.arguments import CommandError, StartPlace
from dossier.cli.open_library import opening
from dossier.core.entry import PANES
from dossier.core.ref import Ref
from dossier.core.registry import Decisions
from dossier.library import growing_list
from dossier.library.growing_list import GONE, GrowingList
from dossier.library.index.errors import IndexDamagedError, RowGoneError, SharedIndexError
from dossier.library.index.expressions import Tokens
from dossier.library.index.full_text import FtsMatch
from dossier.library.index.location import SharedIndex
from dossier.library.index.reader import Index
from dossier.library.index.shared_file import HEAD, SECOND, read_head
from dossier.library.index.status import read_shared_status
from dossier.loader.limits import Limits
from dossier.ui.library_scope import enter_article, refresh_facets, refresh_lists, request_lists, search_library
from dossier.ui.state import State

pytestmark = pytest.mark.usefixtures("no_reader")

WRONG = (
    None,
    -1,
    1 << 40,
    1 << 62,
    -(1 << 63),
    0.5,
    "[" * 100_000,
    "\x1b]0;own\x07\x9b2J",
    b"../../\x1b[2J\x00",
)
_MEMORY = 3 << 30
_SOME = 40
_ESCAPES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def tables(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Return the columns of each table that is stored in the file, in order."""
    query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    names = [name for (name,) in connection.execute(query)]
    return {name: [row[1] for row in connection.execute(f"PRAGMA table_info('{name}')")] for name in names}


def put(path: Path, table: str, column: str, value: object, row: int) -> bool:
    """Put a value in a column of a row of a table, as who publishes an index might; False: SQLite refuses it."""
    with closing(sqlite3.connect(path)) as connection:
        # Nobody waits for a disk: the file is read by this process alone.
        connection.execute("PRAGMA synchronous = off")
        key = ", ".join([one[1] for one in connection.execute(f"PRAGMA table_info('{table}')") if one[5]]) or "rowid"
        where = f" WHERE ({key}) IN (SELECT {key} FROM '{table}' LIMIT 1 OFFSET {row})"
        try:
            number = connection.execute(f"UPDATE '{table}' SET {column} = ?{where}", (value,)).rowcount
            connection.commit()
        except sqlite3.Error:
            return False
    head = read_head(path.read_bytes()[:HEAD])
    assert head
    os.utime(path, ns=(head.published * SECOND,) * 2)
    return bool(number)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> Path:
    """Return a library with a shared index of all that an index can have, as its readers have it."""
    folder = tmp_path / "news"
    written(folder, "a.yaml", dossier_of("okafor", "Lena Okafor", outlet="Herald", id="one", lang="en"))
    written(folder, "b.yaml", dossier_of("okafor", "Lena Okafor", "2024", outlet="Herald", id="two"))
    written(folder, "c.yaml", dossier_of("brandt", "Ida Brandt", "2022-01-05T10:00Z", outlet="Post", id="two"))
    written(folder, "d.yaml", article(orgs="{nato: {name: NATO, same_as: {wikidata: Q7184}}}"))
    written(folder, "broken.yaml", "headline: [\n")
    registry = "registry: 1\nindex: ../place/news.sqlite\npeople: {okafor: {name: Lena Okafor, aliases: [L. Okafor]}}\n"
    written(folder, "registry.yaml", registry)
    assert main.main(["index", str(folder), "--shared"]) == 0
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "reader"))
    monkeypatch.setattr(open_library, "_SOON", 0.5)
    monkeypatch.setattr(growing_list, "_WHILE_PAINTED", 0.0)
    capsys.readouterr()
    return folder


@pytest.fixture(autouse=True)
def limited_memory() -> Iterator[None]:
    """Have the program run out of memory before the machine does."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


def commands(root: Path) -> Iterator[list[str]]:
    """Yield the commands that read the index."""
    for query in ("every", "-person:okafor", "outlet:herald date:2022..2024"):
        yield ["search", query, str(root), "--format", "json"]
    yield [str(root)]
    yield ["show", "person/okafor", str(root)]
    yield ["show", "one", str(root)]
    yield ["show", "two#quote/q1", str(root)]
    yield ["index", str(root), "--status"]
    yield ["export", str(root), "--format", "jsonl"]
    yield ["export", "person/okafor", str(root)]
    yield ["export", str(root), "--query", "outlet:herald"]
    yield ["registry", str(root)]


def read_on_screen(root: Path) -> None:
    """Look at what the screen looks at: lists, rows, facets, searches, articles and persons."""
    with opening(root, StartPlace(), Limits()) as enter:
        state = enter(lambda: None)
        look(state)
        library = state.library
        assert library
        for typed in ("every -person:okafor", "outlet:herald date:2022..2024"):
            look(search_library(state, library.parse_search_with_names(typed, date(2026, 1, 1))))
        for id in ("one", "two", "a.yaml"):
            if entered := enter_article(state, id):
                look(entered)
        library.index.close()


def look(state: State) -> None:
    """Wait until all lists of a state are known, and look at their rows."""
    library = state.library
    assert library
    state = refresh_facets(request_lists(state))
    lists = [pane.entries for pane in state.panes.values() if isinstance(pane.entries, GrowingList)]
    facets = library.lists.facets(state.library_view.scope)

    def is_known() -> bool:
        return all(one.is_done or one.is_stopped for one in lists) and (facets.is_done or facets.is_stopped)

    until(is_known)
    state = refresh_facets(refresh_lists(state))
    assert not _ESCAPES.search("".join(str(value) for value in facets.values))
    for rows in lists:
        for number in range(min(_SOME, len(rows))):
            entry = rows[number]
            assert not _ESCAPES.search("".join(part.text for part in entry.parts))
            library.evidence_of_person(entry.ref, 5)
            library.persons.quotes_of(entry.ref)
            library.persons.linked_to(entry.ref)
            library.entry(entry.ref)
    for name in ("people", "quotes", "timeline"):
        for row in islice(library.index.entries.pane_ranges(name), 3) if not library.progress else ():
            library.facts_of_row(name, row.start)
            library.persons.of_row(name, row.start)
    library.article_ids_beginning("o", 5)


def cases(path: Path) -> Iterator[tuple[str, str, int]]:
    """Yield each column of each table that has rows, with the row to change: each of the facts, the first of others."""
    with closing(sqlite3.connect(path)) as connection:
        for table, columns in tables(connection).items():
            (number,) = connection.execute(f"SELECT count(*) FROM '{table}'").fetchone()
            for row in range(number if table == "meta" else min(number, 1)):
                yield from ((table, column, row) for column in columns)


def ask_everything(index: Index) -> Iterator[object]:
    """Yield what the readers of an index answer, each question as a function."""
    articles, entries, persons = index.articles, index.entries, index.persons
    firsts = list(islice(articles.article_ids(), _SOME))
    rows = list(islice(entries.row_ids(None), _SOME))
    numbers = list(islice(persons.person_ids(), _SOME))
    yield from (index.total(), index.is_whole, index.limits, index.generation)
    for first in firsts:
        row = articles.article(first)
        yield from (row, row.ref, articles.indexed_stat(row), entries.event_dates((row,)), persons.names_in((row,)))
        yield [(one.entry, one.about) for one in entries.of_article(row)]
        yield from (articles.find(row.id), articles.find(row.path), index.articles_beginning(row.id[:1], 5))
        yield from map(row.pane, PANES)
    for at in rows:
        yield from (articles.article_of(at), entries.at(at), articles.range_finder().around(at), persons.person_at(at))
    for person in numbers:
        yield from (persons.person(person), persons.names(person), list(islice(persons.entries_of_person(person), 9)))
    yield from (persons.first_by_name(numbers, 5), persons.person_of(Ref("one", "person", "okafor")))
    yield list(persons.article_ids_of_person(Ref("one", "person", "okafor")))
    yield from (articles.outlet_counts(), articles.form_counts(), articles.longest_span(), articles.non_article_paths())
    yield from (
        articles.ids_beginning("o", 5),
        persons.persons_named("lena okafor"),
        persons.person_entry_ids("person"),
    )
    yield from (persons.persons_with_id("person", "okafor"), persons.names_beginning("person", "l", 5))
    for found in (
        *(articles.article_ranges(), articles.article_facets(), articles.publication_days(), articles.faults()),
        *(entries.event_ids(), entries.event_ids_between(0, 1 << 40), entries.event_day_counts()),
        *(persons.person_articles(), persons.frequent_names("person", 5), *map(entries.pane_ranges, PANES)),
        entries.row_ids(FtsMatch(Tokens(("okafor",)))),
    ):
        yield list(islice(found, _SOME))
    index.decide(Decisions(apart=((Ref("one", "person", "okafor"), Ref("b.yaml", "person", "okafor")),)))
    yield list(index.persons.person_ids())


def test_every_question_about_any_column_is_answered_or_refused(root: Path) -> None:
    place = root.parent / "place" / "news.sqlite"
    sound, shared = place.with_name("sound"), SharedIndex(root, place, "the test")
    shutil.copyfile(place, sound)
    answers = refused = 0
    for table, column, row in cases(sound):
        for value in WRONG:
            shutil.copyfile(sound, place)
            if not put(place, table, column, value, row):
                continue
            try:
                index = Index.open_shared(shared)
            except SharedIndexError:
                refused += 1
                continue
            try:
                for answer in ask_everything(index):
                    assert not _ESCAPES.search(str(answer)), (table, column, value)
                    answers += 1
                read_shared_status(shared)
            except (IndexDamagedError, RowGoneError, SharedIndexError):
                refused += 1
            except Exception as error:
                error.add_note(f"{table}.{column} of row {row}: {value!r:.40}")
                raise
            finally:
                index.close()
    assert answers > 1_000
    assert refused > 200


@pytest.mark.parametrize("value", ["[", b"", 0.5])
def test_answers_that_are_asked_for_together_are_looked_through(root: Path, value: object) -> None:
    place = root.parent / "place" / "news.sqlite"
    assert put(place, "event", "begins", value, 0)
    index = Index.open_shared(SharedIndex(root, place, "the test"))
    rows = [index.articles.article(first) for first in index.articles.article_ids()]
    with pytest.raises(IndexDamagedError):
        index.entries.event_dates(rows)
    index.close()


def test_a_value_that_is_longer_than_any_of_a_real_index_is_not_read(root: Path) -> None:
    place = root.parent / "place" / "news.sqlite"
    assert put(place, "packed", "entries", bytes((1 << 26) + 1), 0)
    index = Index.open_shared(SharedIndex(root, place, "the test"))
    oldest = index.articles.article(min(index.articles.article_ids()))
    with pytest.raises(IndexDamagedError, match="too big"):
        index.entries.of_article(oldest)
    index.close()


def test_no_command_and_no_screen_fails_over_a_wrong_column(
    root: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = list[object]()
    monkeypatch.setattr(threading, "excepthook", failed.append)
    place = root.parent / "place" / "news.sqlite"
    sound, shared = place.with_name("sound"), SharedIndex(root, place, "the test")
    shutil.copyfile(place, sound)
    for (table, column, row), value in zip(cases(sound), cycle(WRONG), strict=False):
        shutil.copyfile(sound, place)
        if not put(place, table, column, value, row):
            continue
        try:
            Index.open_shared(shared).close()
        except SharedIndexError:
            # The reader's own is used: tested where that is.
            continue
        try:
            for words in commands(root):
                assert main.main(words) in (0, 1, 2)
                told = capsys.readouterr()
                assert not _ESCAPES.search(told.out + told.err)
            with suppress(CommandError, *GONE):
                read_on_screen(root)
        except Exception as error:
            error.add_note(f"{table}.{column} of row {row}: {value!r:.40}")
            raise
        assert not failed
