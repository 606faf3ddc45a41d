from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from libraries import library_at

from dossier.library.histogram import MOST, count_event_years, histogram, years_of_library
from dossier.library.index.schema import UNBOUNDED_PAST
from dossier.library.library import Library


@pytest.mark.parametrize(
    ("years", "line"),
    [
        ({}, ""),
        ({2021: 5}, ""),
        ({2021: 1, 2022: 8}, "2021 ▁█ 2022"),
        ({2021: 4, 2023: 4}, "2021 █ █ 2023"),
        ({2020: 1, 2021: 2, 2022: 4, 2023: 8}, "2020 ▁▂▄█ 2023"),
        ({1957: 1, 2024: 100}, f"1957 ▁{' ' * 21}█ 2024"),
        ({2000: 1, 2001: 1, 2047: 2}, f"2000 █{' ' * 22}█ 2047"),
    ],
)
def test_a_bar_for_each_year_or_for_some(years: Mapping[int, int], line: str) -> None:
    assert histogram(years) == line


@given(st.dictionaries(st.integers(1, 9_999), st.integers(1, 10_000), min_size=2), st.integers(2, 40))
def test_there_are_at_most_so_many_bars_and_the_highest_is_full(years: dict[int, int], most: int) -> None:
    first, last = str(min(years)), str(max(years))
    line = histogram(years, most)
    bars = line.removeprefix(first + " ").removesuffix(" " + last)
    assert line == f"{first} {bars} {last}"
    assert 1 <= len(bars) <= most
    assert "█" in bars
    assert bars[0] != " "
    assert bars[-1] != " "


def test_the_whole_library_is_counted_as_all_its_articles_are(library: Library) -> None:
    index = library.index
    every = frozenset(index.entries.event_ids())
    firsts = list(index.articles.article_ids())
    years = count_event_years(index, [None, *firsts], every)
    assert years == years_of_library(index) == count_event_years(index, firsts, None)
    assert sum(years.values()) <= len(every)
    assert years[2023] > 0
    assert count_event_years(index, firsts, frozenset()) == {}
    assert len(histogram(years)) <= MOST + 10


def test_an_event_without_a_beginning_is_in_no_year(library: Library) -> None:
    index = library.index
    found = map(index.articles.article, index.articles.article_ids())
    unbounded = [
        row for one in index.entries.event_dates(found) for _, _, row, earliest in one if earliest == UNBOUNDED_PAST
    ]
    assert unbounded
    assert count_event_years(index, index.articles.article_ids(), frozenset(unbounded)) == {}


def test_no_library_no_years(tmp_path: Path) -> None:
    with library_at(tmp_path, tmp_path) as empty:
        assert years_of_library(empty.index) == {}
