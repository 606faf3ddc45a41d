"""Articles of a list found by headline and outlet: as the words of their rows say, in the order of the list."""

import datetime

import pytest
from waiting import until

from dossier.core.query import Query, parse_terms
from dossier.core.query_parser import parse_search
from dossier.library.growing_list import GrowingArticleList
from dossier.library.index.reader import Index
from dossier.library.library import Library
from dossier.library.listed_articles import find_listed
from dossier.library.scope import ORDERS, Scope

TODAY = datetime.date(2026, 11, 23)


def asked(typed: str) -> Query:
    return parse_search(typed, TODAY)


def headlines(index: Index, query: Query) -> list[str]:
    """Return the headlines of the articles that are found in the list of all."""
    listed = [first for one in index.articles.article_ids() for first in (None, one)]
    found = [one for one in find_listed(index, query, listed) if one]
    every = list(index.articles.article_ids())
    assert [every[one.place] for one in found] == [one.first for one in found]
    return [index.articles.article(one.first).headline for one in found]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ferry", ["Ferry pact signed in Port Arlen"]),
        ("fer pac", ["Ferry pact signed in Port Arlen"]),
        # one word in the headline, one in the outlet
        ("ferry herald", ["Ferry pact signed in Port Arlen"]),
        ("ferry courier", []),
        ("erry", []),
        ("sulen", ["Harbour List wins by a boatload", "Boat arrives, one summer late"]),
        ("boat -late", ["Harbour List wins by a boatload", "A yard in Minatsu lays down the island boat"]),
        ("(ferry OR slip) herald", ["Ferry pact signed in Port Arlen"]),
        ("outlet:light", ["Harbour List wins by a boatload", "Boat arrives, one summer late"]),
        ("published:2024-05", ["Harbour List wins by a boatload"]),
        ('"pact signed"', ["Ferry pact signed in Port Arlen"]),
        ("ferry NEAR signed", ["Ferry pact signed in Port Arlen"]),
        ("zeppelin", []),
    ],
)
def test_words_stand_in_the_headline_or_the_outlet(library: Library, typed: str, found: list[str]) -> None:
    assert headlines(library.index, asked(typed)) == found


def test_what_was_typed_in_an_article_is_found_by_the_beginning_of_a_word(library: Library) -> None:
    assert headlines(library.index, parse_terms("fer pact")) == ["Ferry pact signed in Port Arlen"]


def test_a_query_for_nothing_leaves_all(library: Library) -> None:
    assert len(headlines(library.index, Query("", None))) == 11


def known(rows: GrowingArticleList) -> GrowingArticleList:
    until(lambda: rows.is_done)
    return rows


@pytest.mark.parametrize("order", ORDERS)
def test_a_list_keeps_its_order_and_the_rows_of_the_one_it_is_from(library: Library, order: str) -> None:
    scope = Scope(asked("toll"))
    all_rows = known(library.lists.articles(scope, order))
    herald = known(library.lists.articles(scope, order, asked("herald")))
    assert 0 < len(herald) < len(all_rows)
    assert [all_rows.ids[place] for place in herald.places] == list(herald.ids)
    assert [entry.text for entry in herald] == [all_rows[place].text for place in herald.places]
    quay = known(library.lists.articles(scope, order, asked("quay"), asked("herald")))
    assert [herald.ids[place] for place in quay.places] == list(quay.ids)
    assert [entry.parts[1].text for entry in quay] == ["The long quay"]


def test_a_list_for_what_is_no_longer_typed_is_stopped(library: Library) -> None:
    letters = [library.lists.articles(Scope(), ORDERS[0], asked(typed)) for typed in ("f", "fe", "fer")]
    known(letters[-1])
    assert all(rows.is_done or rows.is_stopped for rows in letters)
    assert library.lists.articles(Scope(), ORDERS[0], asked("fer")) is letters[-1]
    assert not library.lists.articles(Scope()).is_stopped
