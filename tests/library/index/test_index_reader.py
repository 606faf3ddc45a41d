"""Every question that can be put to the index."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from shelves import article, dossier_of, written

from dossier.core.ref import Ref, parse
from dossier.library.index.location import index_path, is_told_damaged
from dossier.library.index.reader import Index, IndexDamagedError, QueryInterruptedError
from dossier.library.index.status import status
from dossier.library.index.update import bring_up

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
    for name, text in FILES.items():
        written(tmp_path / "library", name, text)
    bring_up(tmp_path / "library")
    return tmp_path / "library"


@pytest.fixture
def index(root: Path) -> Iterator[Index]:
    index = Index.open(root)
    assert index
    yield index
    index.close()


def paths(index: Index, firsts: Iterator[int] | list[int]) -> list[str]:
    return [index.article(first).path for first in firsts]


def test_there_is_none_before_it_is_made(tmp_path: Path) -> None:
    assert Index.open(tmp_path) is None


def test_totals(index: Index) -> None:
    kinds = ("articles", "people", "quotes", "timeline", "faults", "others", "hidden")
    assert [index.total(kind) for kind in kinds] == [4, 6, 3, 3, 1, 1, 0]


def test_articles_newest_first(index: Index) -> None:
    newest = ["a.yaml", "c.yaml", "b.yaml", "sub/d.yaml"]
    assert paths(index, index.firsts()) == newest
    assert paths(index, index.firsts(newest=False)) == newest[::-1]
    low, high = (date(year, 1, 1).toordinal() << 30 for year in (2021, 2022))
    assert paths(index, index.firsts(low=low, high=high)) == ["c.yaml", "b.yaml"]
    assert index.longest() > 3_000_000


def test_an_article_and_what_it_is_called(index: Index) -> None:
    rows = {row.path: row for row in map(index.article, index.firsts())}
    one = rows["a.yaml"]
    assert (one.id, one.headline, one.outlet, one.published) == ("a", "Lena Okafor speaks", "Herald", "2023-04-12")
    assert (one.people, one.quotes, one.timeline, one.repeats) == (2, 1, 1, False)
    assert {str(row.ref) for row in rows.values()} == {"a", "b", "c.yaml", "sub%2Fd.yaml"}
    assert index.find("a") == one
    assert index.find("sub/d.yaml") == rows["sub/d.yaml"]
    assert index.find("twice") is None
    assert index.looked(one)[0] == len(FILES["a.yaml"].encode())


def test_an_id_repeats_no_longer(index: Index, root: Path) -> None:
    before = index.generation
    kept = index.find("c.yaml")
    assert kept
    assert index.entries(kept.first)[0].entry.ref == Ref("c.yaml", "headline")
    (root / "sub" / "d.yaml").unlink()
    bring_up(root)
    assert index.generation != before
    assert index.entries(kept.first)[0].entry.ref == Ref("twice", "headline")


def test_entries_by_row_and_by_address(index: Index) -> None:
    row = index.row_of(parse("a#quote/q1"))
    assert row is not None
    assert index.at(row).entry.text.startswith("We will run every day")
    assert index.at(row).about.fields["speaker"] == ("Lena Okafor",)
    assert index.article_of(row).path == "a.yaml"
    assert row in index.article_of(row).pane("quotes")
    assert index.row_of(parse("a#quote/q1:2-4")) == row
    assert index.row_of(parse("a")) == index.article_of(row).first
    assert index.row_of(parse("a#quote/q9")) is None
    assert index.row_of(parse("nothing#quote/q1")) is None


def test_panes_of_an_article_have_all_its_rows(index: Index) -> None:
    for one in map(index.article, index.firsts()):
        rows = [row for pane in ("article", "people", "quotes", "timeline") for row in one.pane(pane)]
        assert rows == list(range(one.first, one.first + one.size))
        assert index.blocks().around(rows[-1]) == (rows[0], rows[-1] + 1)


@pytest.mark.parametrize("row", [-1, 0, 5 << 30, 1 << 60])
def test_a_row_id_that_is_none(index: Index, row: int) -> None:
    taken = {row for one in map(index.article, index.firsts()) for row in range(one.first, one.first + one.size)}
    row = row if row not in taken else max(taken) + 1
    for ask in (index.article_of, index.at, index.blocks().around, index.article):
        with pytest.raises(KeyError):
            ask(row)


def test_rows_of_an_expression(index: Index) -> None:
    found = list(index.rows("quotes: run"))
    assert [index.article_of(row).path for row in found] == ["a.yaml", "c.yaml", "b.yaml"]
    assert list(index.rows("quotes: run", newest=False)) == found[::-1]
    assert list(index.rows("quotes: run", low=found[1])) == found[:2]
    assert list(index.rows("quotes: run", high=found[1])) == found[1:]
    assert (index.count("quotes: run"), index.count("quotes: run", 2)) == (3, 2)


def test_all_rows(index: Index) -> None:
    rows = list(index.rows(None))
    assert rows == sorted(rows, reverse=True)
    assert len(rows) == index.count(None) == sum(index.article(first).size for first in index.firsts())
    assert list(index.rows(None, newest=False)) == rows[::-1]
    assert list(index.rows(None, low=rows[-3], high=rows[3])) == rows[3:-2]


def test_events(index: Index) -> None:
    rows = list(index.events())
    assert len(rows) == 3
    keys = sorted(key for first in index.firsts() for key in index.events_of(first))
    assert [key[2] for key in keys] == rows
    assert list(index.events(keys[1])) == rows[1:]
    day = date(2022, 5, 31).toordinal()
    assert sorted(index.events_during(day, day)) == sorted(rows)
    assert list(index.events_during(day + 1, day + 1)) == []


def test_outlets(index: Index) -> None:
    assert index.outlets() == [("Herald", 3), ("Journal", 1)]
    assert index.outlets(1) == [("Herald", 3)]
    assert paths(index, index.firsts_of_outlet("Herald")) == ["a.yaml", "c.yaml", "sub/d.yaml"]


def test_persons(index: Index) -> None:
    lena, yoon = (index.person(one) for one in index.persons("person"))
    assert (lena.name, lena.articles, lena.quotes, lena.by_name) == ("Lena Okafor", 2, 2, True)
    assert (yoon.name, yoon.articles, yoon.quotes, yoon.by_name) == ("Yoon Suk Yeol", 1, 1, False)
    assert index.at(lena.newest).entry.ref == parse("a#person/okafor")
    assert [index.person(one).kind for one in index.persons()] == ["person", "person", "place"]
    assert index.person_of(parse("b#person/lena")) == lena.person
    assert index.person_of(parse("b#quote/q1")) is None
    assert index.person_at(lena.newest) == lena.person
    assert paths(index, index.firsts_of_person(parse("b#person/lena"))) == ["a.yaml", "b.yaml"]
    assert [(index.at(row).entry.ref.id, quotes) for row, quotes in index.borne_by(lena.person)] == [
        ("okafor", 1),
        ("lena", 1),
    ]
    assert {bearer.id for bearer, _ in index.spellings(lena.person)} == {"okafor", "lena"}
    assert index.called("LENA  OKAFOR".replace("  ", " ")) == (lena.person,)
    (seoul,) = index.called("서울")
    assert set(index.names(seoul)) == {"Seoul", "서울"}
    first = next(index.firsts())
    assert index.persons_of(first) == [lena.person, seoul]
    assert index.bearers_in(first) == [("person", "Lena Okafor", lena.person), ("place", "Seoul", seoul)]
    with pytest.raises(KeyError):
        index.person(10_000)


def test_faults(index: Index) -> None:
    (path, line, _, code, message), *more = index.faults()
    assert (path, line, code, bool(message), more) == ("broken.yaml", 1, "not-yaml", True, [])


def test_who_reads_while_it_is_made_anew_goes_on_reading(index: Index, root: Path) -> None:
    before = index.generation
    rows = index.rows(None)
    next(rows)
    bring_up(root, rebuild=True)
    assert len(list(rows)) == index.count(None) - 1
    assert index.generation > before
    assert index.total() == 4


def test_an_answer_is_interrupted_from_another_thread(index: Index) -> None:
    rows = index.rows("run", newest=True)
    endless = index._from.each("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n")
    next(endless)
    timer = threading.Timer(0.05, index.interrupt)
    timer.start()
    with pytest.raises(QueryInterruptedError):
        for _ in endless:
            pass
    timer.join()
    assert len(list(rows)) > 0


def test_many_threads_may_ask(index: Index) -> None:
    wanted = [list(index.rows("okafor")), list(index.firsts())]
    found: list[list[list[int]]] = []

    def ask() -> None:
        found.append([list(index.rows("okafor")), list(index.firsts())])

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [wanted] * 8


def test_an_index_that_breaks_while_it_is_read_is_told_and_then_made_anew(index: Index, root: Path) -> None:
    path = index_path(root)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE words_data SET block = x'ffffffff' WHERE id > 10")
    with pytest.raises(IndexDamagedError):
        list(index.rows("okafor"))
    assert is_told_damaged(path)
    bring_up(root)
    assert len(list(index.rows("okafor"))) > 0
    assert not is_told_damaged(path)


def test_status(root: Path, tmp_path: Path) -> None:
    now = status(root)
    assert (now.exists, now.articles, now.files, now.faults, now.others, now.is_up_to_date) == (True, 4, 6, 1, 1, True)
    assert now.size == index_path(root).stat().st_size
    written(root, "a.yaml", FILES["b.yaml"])
    (root / "b.yaml").unlink()
    assert status(root).changed == 2
    (tmp_path / "empty").mkdir()
    assert not status(tmp_path / "empty").exists
