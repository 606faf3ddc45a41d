"""The articles of a library come by the instant of publication, then by address, however their files were read."""

import os
import random
from pathlib import Path

import pytest
from shelves import article, written
from test_article_rows import TODAY

from dossier.core.dates.days import Day
from dossier.core.query_parser import parse_search
from dossier.library.facet_counts import count_facets
from dossier.library.growing_list import flatten_ids
from dossier.library.index.reader import Index
from dossier.library.index.update import update_index
from dossier.library.scope import Pin, Scope
from dossier.library.scope_panes import find_event_rows
from dossier.library.scope_search import find_scope_articles

NEWEST_FIRST = {
    "far": "Y20230",
    "after": "2023-04-14",
    "late": "2023-04-12T23:00-05:00",
    "next": "2023-04-13",
    "noon": "2023-04-12T12:00Z",
    "noon-again": "2023-04-12T14:00+02:00",
    "before-noon": "2023-04-12T11:59:59.5Z",
    "before-that": "2023-04-12 11:59:59Z",
    "unzoned": "2023-04-12T08:00",
    "a-day": "2023-04-12",
    "b-day": "2023-04-12",
    "new-year": "2023-01-01T00:30+09:00",
    "old-year": "2022-12-31T16:00-05:00",
    "antiquity": "-0044-03-15",
    "open": "../2023",
    "none": "",
}
"""Ids and dates of publication; old-year is later than new-year, and yet of the year before."""
ORDER = [one for one in NEWEST_FIRST if one not in ("old-year", "new-year", "late", "next")]


def write_all(root: Path, names: list[str]) -> None:
    for name in names:
        published = {"published": NEWEST_FIRST[name]} if NEWEST_FIRST[name] else {}
        written(root, f"{name}.yaml", article(f"Headline of {name}", "The quay.", **published))


def listed(root: Path, newest: bool = True) -> list[str]:
    index = Index.open(root)
    assert index
    found = [index.articles.article(first).id for first in index.articles.article_ids(newest=newest)]
    searched = [
        index.articles.article(one.first).id
        for one in find_scope_articles(index, Scope(parse_search("quay", TODAY)), oldest_first=not newest)
        if one
    ]
    index.close()
    assert found == searched
    return found


def expected() -> list[str]:
    names = list(NEWEST_FIRST)
    # In UTC: late is of 13 April, 04:00; new-year of 31 December, 15:30; old-year of 31 December, 21:00.
    names.remove("old-year")
    names.insert(names.index("new-year"), "old-year")
    return names


@pytest.mark.parametrize("seed", range(4))
def test_the_order_is_that_of_instants_then_of_addresses(tmp_path: Path, seed: int) -> None:
    names = random.Random(seed).sample(list(NEWEST_FIRST), len(NEWEST_FIRST))
    for one in (names[:5], names[5:6], names[6:]):
        write_all(tmp_path, one)
        update_index(tmp_path)
    assert listed(tmp_path) == expected()
    assert listed(tmp_path, newest=False) == expected()[::-1]


def test_it_is_the_same_after_a_touch_and_a_rebuild(tmp_path: Path) -> None:
    write_all(tmp_path, list(NEWEST_FIRST))
    update_index(tmp_path)
    for number, name in enumerate(("noon-again", "b-day", "noon", "a-day", "none")):
        os.utime(tmp_path / f"{name}.yaml", ns=(number, 1_000_000 * (5 - number)))
        update_index(tmp_path)
        assert listed(tmp_path) == expected()
    update_index(tmp_path, rebuild=True)
    assert listed(tmp_path) == expected()


def test_many_articles_of_one_day_that_come_in_one_by_one(tmp_path: Path) -> None:
    names = [f"n{number:03}" for number in range(40)]
    for name in ("a", "z", *names):
        written(tmp_path, f"{name}.yaml", article(published="2023-04-12"))
        update_index(tmp_path)
    assert listed_ids(tmp_path) == ["a", *names, "z"]


def listed_ids(root: Path) -> list[str]:
    index = Index.open(root)
    assert index
    found = [index.articles.article(first).id for first in index.articles.article_ids()]
    index.close()
    return found


def test_articles_with_one_id_come_by_their_paths(tmp_path: Path) -> None:
    for path in ("c.yaml", "a.yaml", "b.yaml"):
        written(tmp_path, path, article(published="2023-04-12", id="same"))
        update_index(tmp_path)
    index = Index.open(tmp_path)
    assert index
    assert [index.articles.article(first).path for first in index.articles.article_ids()] == [
        "a.yaml",
        "b.yaml",
        "c.yaml",
    ]
    index.close()


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("published:2023-04-12", [*NEWEST_FIRST][2:3] + [*NEWEST_FIRST][4:11]),
        ("published:2023-04-13", ["next"]),
        ("published:2023-01-01", ["new-year"]),
        ("published:2022", ["old-year"]),
        ("published:-0044", ["antiquity"]),
        ("published:..0000", ["antiquity"]),
        ("published:Y20230", ["far"]),
        ("published:9999..", ["far"]),
    ],
)
def test_a_search_for_days_takes_them_as_written(tmp_path: Path, typed: str, ids: list[str]) -> None:
    write_all(tmp_path, list(NEWEST_FIRST))
    update_index(tmp_path)
    index = Index.open(tmp_path)
    assert index
    found = [
        index.articles.article(one.first).id
        for one in find_scope_articles(index, Scope(parse_search(typed, TODAY)))
        if one
    ]
    index.close()
    assert [one for one in found if one != "open"] == ids


def test_a_year_is_that_of_the_day_as_written(tmp_path: Path) -> None:
    write_all(tmp_path, list(NEWEST_FIRST))
    update_index(tmp_path)
    index = Index.open(tmp_path)
    assert index
    *_, values = count_facets(index, Scope(), ())
    years = [(value.name, value.articles) for value in values if value.facet == "year"]
    assert years == [("20230", 1), ("2023", 11), ("2022", 1), ("-0044", 1)]
    for name, number in years:
        pinned = [one.first for one in find_scope_articles(index, Scope(None, (Pin("year", name),))) if one]
        assert len(pinned) == number
    index.close()


TIMES = {
    "2023-04-12T20:00-05:00": ["2023-04-13T09:00+09:00", "2023-04-12T11:40", "2023-04-12", "-0044-03-15", "../2022"],
    "2023-04-12": ["2023-04-12T16:40:01Z", "2023-04-12T16:39+00:00", "Y-17E7", "[1667, 1668]", "2023-04-13"],
}


def test_the_timeline_of_a_library_goes_by_instants(tmp_path: Path) -> None:
    for number, (published, dates) in enumerate(TIMES.items()):
        timeline = ", ".join(f"{{date: '{date}', what: Event}}" for date in dates)
        written(tmp_path, f"{number}.yaml", article(published=published, timeline=f"[{timeline}]"))
    update_index(tmp_path)
    index = Index.open(tmp_path)
    assert index
    expected = ["../2022", "Y-17E7", "-0044-03-15", "[1667, 1668]", "2023-04-12", "2023-04-12T16:39+00:00"]
    expected += ["2023-04-12T11:40", "2023-04-12T16:40:01Z", "2023-04-13", "2023-04-13T09:00+09:00"]
    for scope in (Scope(), Scope(parse_search("published:2023", TODAY))):
        found = flatten_ids(find_event_rows(index, scope, lambda: list(index.articles.article_ids())))
        entries = [index.entries.at(row).entry for row in found if row is not None]
        assert [entry.date and entry.date.edtf for entry in entries] == expected
    low, high = (Day(2023, 4, day).toordinal() for day in (13, 13))
    between = [index.entries.at(row).entry.date for row in index.entries.event_ids_between(low, high)]
    assert sorted(date.edtf for date in between if date) == ["2023-04-13", "2023-04-13T09:00+09:00"]
    counts = dict[int, int]()
    for day, number in index.entries.event_day_counts():
        counts[day] = counts.get(day, 0) + number
    assert sorted(counts.values()) == [1, 1, 1, 2, 4]
    index.close()
