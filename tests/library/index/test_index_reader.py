"""Every question that can be put to the index."""

import gc
import sqlite3
import threading
from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from indexed_libraries import KINDS, IndexedLibrary, open_new_index
from shelves import article, dossier_of, written

from dossier.core.ref import Ref, parse_ref
from dossier.library.index.articles import RangeFinder
from dossier.library.index.connections import Connections
from dossier.library.index.expressions import AllOf, Tokens
from dossier.library.index.full_text import SIGNS, FtsMatch
from dossier.library.index.location import index_path, is_marked_damaged
from dossier.library.index.reader import Index, IndexDamagedError
from dossier.library.index.schema import begin_of_day
from dossier.library.index.sessions import ReadSessions
from dossier.library.index.status import read_status
from dossier.library.index.update import update_index

FILES = {
    "a.yaml": dossier_of("okafor", "Lena Okafor", "2023-04-12", outlet="Herald"),
    "b.yaml": dossier_of("lena", "Lena Okafor", "2021", outlet="Journal"),
    "c.yaml": dossier_of("yoon", "Yoon Suk Yeol", "2022-01-01/..", outlet="Herald", id="twice"),
    "sub/d.yaml": article("Ferry pact", outlet="Herald", id="twice"),
    "broken.yaml": "headline: [",
    "registry.yaml": "registry: 1\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = write_files(tmp_path / "library")
    update_index(root)
    return root


def write_files(root: Path) -> Path:
    for name, text in FILES.items():
        written(root, name, text)
    return root


@pytest.fixture(params=KINDS)
def made(request: pytest.FixtureRequest, root: Path) -> Iterator[IndexedLibrary]:
    with open_new_index(request.param, root, request) as made:
        yield made


@pytest.fixture(scope="module", params=KINDS)
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Yield an index of each kind for all tests that only read it."""
    folder = tmp_path_factory.mktemp("read")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        with open_new_index(request.param, write_files(folder / "library"), request) as made:
            yield made.index


def paths(index: Index, firsts: Iterator[int] | list[int]) -> list[str]:
    return [index.articles.article(first).path for first in firsts]


def test_there_is_none_before_it_is_made(tmp_path: Path) -> None:
    assert Index.open(tmp_path) is None


def test_totals(index: Index) -> None:
    kinds = ("articles", "people", "quotes", "timeline", "faults", "others", "hidden")
    assert [index.total(kind) for kind in kinds] == [4, 6, 3, 3, 1, 1, 0]


@pytest.mark.parametrize(
    ("prefix", "found"),
    [
        ("", ["a.yaml", "c.yaml", "b.yaml", "sub/d.yaml"]),
        ("a", ["a.yaml"]),
        ("twi", ["c.yaml", "sub/d.yaml"]),
        ("sub/", ["sub/d.yaml"]),
        ("b.yaml", ["b.yaml"]),
        ("B", []),
        ("\U0010ffff", []),
    ],
)
def test_articles_by_the_beginning_of_their_id_or_path_the_newest_first(
    prefix: str, found: list[str], index: Index
) -> None:
    assert [row.path for row in index.articles_beginning(prefix, 9)] == found
    assert [row.path for row in index.articles_beginning(prefix, 1)] == found[:1]


def test_an_abandoned_answer_closes_no_connection_that_others_are_lent(index: Index) -> None:
    cycle: list[object] = []
    rows = index.articles.article_ids()
    assert next(rows)
    cycle += [cycle, rows]
    del cycle, rows
    gc.collect()
    assert index.total("articles") == 4


def test_articles_newest_first(index: Index) -> None:
    newest = ["a.yaml", "c.yaml", "b.yaml", "sub/d.yaml"]
    assert paths(index, index.articles.article_ids()) == newest
    assert paths(index, index.articles.article_ids(newest=False)) == newest[::-1]
    low, high = (begin_of_day(date(year, 1, day).toordinal()) for year, day in ((2021, 1), (2022, 2)))
    assert paths(index, index.articles.article_ids(low=low, high=high)) == ["c.yaml", "b.yaml"]
    assert index.articles.longest_span() > 3_000_000


def test_an_article_and_what_it_is_called(index: Index) -> None:
    rows = {row.path: row for row in map(index.articles.article, index.articles.article_ids())}
    one = rows["a.yaml"]
    assert (one.id, one.headline, one.outlet, one.published) == ("a", "Lena Okafor speaks", "Herald", "2023-04-12")
    assert (one.people, one.quotes, one.timeline, one.repeats) == (2, 1, 1, False)
    assert {str(row.ref) for row in rows.values()} == {"a", "b", "c.yaml", "sub%2Fd.yaml"}
    assert index.articles.find("a") == one
    assert index.articles.find("sub/d.yaml") == rows["sub/d.yaml"]
    assert index.articles.find("twice") is None
    assert index.articles.indexed_stat(one)[0] == len(FILES["a.yaml"].encode())


def test_an_id_repeats_no_longer(made: IndexedLibrary) -> None:
    index = made.index
    before = index.generation
    kept = index.articles.find("c.yaml")
    assert kept
    assert index.entries.of_article(kept)[0].entry.ref == Ref("c.yaml", "headline")
    (made.root / "sub" / "d.yaml").unlink()
    made.update()
    assert index.generation != before
    now = index.articles.article(kept.first)
    assert index.entries.of_article(now)[0].entry.ref == Ref("twice", "headline")


def test_entries_by_row_and_by_address(index: Index) -> None:
    row = index.entries.row_id_of(parse_ref("a#quote/q1"))
    assert row is not None
    assert index.entries.at(row).entry.text.startswith("We will run every day")
    assert index.entries.at(row).about.fields["speaker"] == ("Lena Okafor",)
    assert index.articles.article_of(row).path == "a.yaml"
    assert row in index.articles.article_of(row).pane("quotes")
    assert index.entries.row_id_of(parse_ref("a#quote/q1:2-4")) == row
    assert index.entries.row_id_of(parse_ref("a")) == index.articles.article_of(row).first
    assert index.entries.row_id_of(parse_ref("a#quote/q9")) is None
    assert index.entries.row_id_of(parse_ref("nothing#quote/q1")) is None


def test_panes_of_an_article_have_all_its_rows(index: Index) -> None:
    for one in map(index.articles.article, index.articles.article_ids()):
        rows = [row for pane in ("article", "people", "quotes", "timeline") for row in one.pane(pane)]
        assert rows == list(range(one.first, one.first + one.size))
        assert index.articles.range_finder().around(rows[-1]) == (rows[0], rows[-1] + 1)


@pytest.mark.parametrize("row", [-1, 0, begin_of_day(5), 1 << 60])
def test_a_row_id_that_is_none(index: Index, row: int) -> None:
    taken = {
        row
        for one in map(index.articles.article, index.articles.article_ids())
        for row in range(one.first, one.first + one.size)
    }
    row = row if row not in taken else max(taken) + 1
    for ask in (
        index.articles.article_of,
        index.entries.at,
        index.articles.range_finder().around,
        index.articles.article,
    ):
        with pytest.raises(KeyError):
            ask(row)


RUN, QUOTES = Tokens(("run",)), Tokens((SIGNS["quotes"],))


@pytest.mark.parametrize(
    "match",
    [
        FtsMatch(AllOf((RUN, QUOTES))),
        FtsMatch(None, AllOf((RUN, QUOTES))),
        FtsMatch(RUN, QUOTES),
        FtsMatch(QUOTES, RUN),
    ],
)
def test_rows_of_an_expression(index: Index, match: FtsMatch) -> None:
    found = list(index.entries.row_ids(match))
    assert [index.articles.article_of(row).path for row in found] == ["a.yaml", "c.yaml", "b.yaml"]
    assert list(index.entries.row_ids(match, newest=False)) == found[::-1]
    assert list(index.entries.row_ids(match, low=found[1])) == found[:2]
    assert list(index.entries.row_ids(match, high=found[1])) == found[1:]


def test_all_rows(index: Index) -> None:
    rows = list(index.entries.row_ids(None))
    assert rows == sorted(rows, reverse=True)
    assert len(rows) == sum(index.articles.article(first).size for first in index.articles.article_ids())
    assert list(index.entries.row_ids(None, newest=False)) == rows[::-1]
    assert list(index.entries.row_ids(None, low=rows[-3], high=rows[3])) == rows[3:-2]


def test_events(index: Index) -> None:
    rows = list(index.entries.event_ids())
    assert len(rows) == 3
    articles = map(index.articles.article, index.articles.article_ids())
    keys = sorted(key for one in index.entries.event_dates(articles) for key in one)
    assert [key[2] for key in keys] == rows
    day = date(2022, 5, 31).toordinal()
    assert sorted(index.entries.event_ids_between(day, day)) == sorted(rows)
    assert list(index.entries.event_ids_between(day + 1, day + 1)) == []


def test_outlets(index: Index) -> None:
    assert index.articles.outlet_counts() == [("Herald", 3), ("Journal", 1)]
    assert index.articles.outlet_counts(1) == [("Herald", 3)]
    assert paths(index, index.articles.outlet_article_ids("Herald")) == ["a.yaml", "c.yaml", "sub/d.yaml"]


def test_persons(index: Index) -> None:
    lena, yoon = (index.persons.person(one) for one in index.persons.person_ids("person"))
    assert (lena.name, lena.articles, lena.quotes, lena.by_name) == ("Lena Okafor", 2, 2, True)
    assert (yoon.name, yoon.articles, yoon.quotes, yoon.by_name) == ("Yoon Suk Yeol", 1, 1, False)
    assert index.entries.at(lena.newest).entry.ref == parse_ref("a#person/okafor")
    assert [index.persons.person(one).kind for one in index.persons.person_ids()] == ["person", "person", "place"]
    assert index.persons.person_of(parse_ref("b#person/lena")) == lena.person
    assert index.persons.person_of(parse_ref("b#quote/q1")) is None
    assert index.persons.person_at(lena.newest) == lena.person
    assert paths(index, index.persons.article_ids_of_person(parse_ref("b#person/lena"))) == ["a.yaml", "b.yaml"]
    assert [
        (index.entries.at(row).entry.ref.id, quotes) for row, quotes in index.persons.entries_of_person(lena.person)
    ] == [
        ("okafor", 1),
        ("lena", 1),
    ]
    assert {bearer.id for bearer, _ in index.persons.spellings(lena.person)} == {"okafor", "lena"}
    assert index.persons.persons_named("LENA  OKAFOR".replace("  ", " ")) == (lena.person,)
    (seoul,) = index.persons.persons_named("서울")
    assert set(index.persons.names(seoul)) == {"Seoul", "서울"}
    first = next(index.articles.article_ids())
    (article,) = index.articles.fetch([first])
    assert index.persons.person_ids_in([article]) == [[lena.person, seoul]]
    assert index.persons.names_in([article]) == [[("person", "Lena Okafor", lena.person), ("place", "Seoul", seoul)]]
    with pytest.raises(KeyError):
        index.persons.person(10_000)


def test_faults(index: Index) -> None:
    (path, line, _, code, message), *more = index.articles.faults()
    assert (path, line, code, bool(message), more) == ("broken.yaml", 1, "not-yaml", True, [])


def test_who_reads_while_it_is_made_anew_goes_on_reading(made: IndexedLibrary) -> None:
    index = made.index
    before = index.generation
    rows = index.entries.row_ids(None)
    next(rows)
    made.update(rebuild=True)
    assert len(list(rows)) == len(list(index.entries.row_ids(None))) - 1
    assert index.generation != before
    assert index.total() == 4


def test_many_threads_may_ask(index: Index) -> None:
    wanted = [list(index.entries.row_ids(FtsMatch(Tokens(("okafor",))))), list(index.articles.article_ids())]
    found: list[list[list[int]]] = []

    def ask() -> None:
        found.append([list(index.entries.row_ids(FtsMatch(Tokens(("okafor",))))), list(index.articles.article_ids())])

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [wanted] * 8


def test_an_index_that_breaks_while_it_is_read_is_told_and_then_made_anew(root: Path) -> None:
    index = Index.open(root)
    assert index
    path = index_path(root)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE words_data SET block = x'ffffffff' WHERE id > 10")
    with pytest.raises(IndexDamagedError):
        list(index.entries.row_ids(FtsMatch(Tokens(("okafor",)))))
    assert is_marked_damaged(path)
    update_index(root)
    assert len(list(index.entries.row_ids(FtsMatch(Tokens(("okafor",)))))) > 0
    assert not is_marked_damaged(path)
    index.close()


def test_the_rest_of_an_answer_is_given_up_though_its_connection_is_closed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when an index and its answers are no longer referred to: what is closed first is the interpreter's choice."""
    monkeypatch.setattr("dossier.library.index.connections._BATCH", 2)
    connections = Connections.open(index_path(root), root)
    assert connections
    rest = connections._batches("SELECT id FROM article", ())
    assert isinstance(rest, Generator)
    assert next(rest)
    assert connections._lent
    for connection in connections._lent:
        connection.close()
    rest.close()
    assert not connections._lent


@pytest.mark.parametrize("batch", range(1, 6))
def test_an_answer_is_whole_whatever_is_fetched_together(
    root: Path, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dossier.library.index.connections._BATCH", batch)
    connections = Connections.open(index_path(root), root)
    assert connections
    assert list(connections.iterate("SELECT id FROM article")) == connections.fetch_all("SELECT id FROM article")
    connections.close()


def test_what_is_asked_about_the_rows_of_a_short_answer_takes_no_second_connection(root: Path) -> None:
    connections = Connections.open(index_path(root), root)
    assert connections
    rows = connections.iterate("SELECT id FROM article")
    assert next(rows)
    assert (len(connections._idle), connections._lent) == (1, {})
    connections.close()


def test_few_articles_are_fetched_around_the_few_entries_of_a_rare_word() -> None:
    fetched = []

    class Sparse:
        """An index with articles of 10 entries each."""

        def fetch_all(self, query: str, row: int, most: int) -> list[tuple[int, int]]:
            first = row // 10 * 10
            firsts = (
                [first - 10 * at for at in range(most)] if "<=" in query else range(first + 10, first + 10 * most, 10)
            )
            fetched.append(most)
            return [(one, one + 10) for one in firsts]

    finder = RangeFinder(cast(ReadSessions, Sparse()))
    rows = range(10_000_000, 0, -500_000)
    assert [finder.around(row) for row in rows] == [(row, row + 10) for row in rows]
    assert sum(fetched) < 20 * 2 * len(rows)
    del fetched[:]
    assert [finder.around(row) for row in range(9_999, 0, -10)] == [(row, row + 10) for row in range(9_990, -1, -10)]
    assert len(fetched) < 60


def test_status(root: Path, tmp_path: Path) -> None:
    now = read_status(root)
    assert (now.exists, now.articles, now.files, now.is_up_to_date) == (True, 4, 6, True)
    assert (now.faults, now.registries, now.others) == (1, 1, 0)
    assert now.size == index_path(root).stat().st_size
    written(root, "a.yaml", FILES["b.yaml"])
    (root / "b.yaml").unlink()
    assert read_status(root).changed == 2
    (tmp_path / "empty").mkdir()
    assert not read_status(tmp_path / "empty").exists
