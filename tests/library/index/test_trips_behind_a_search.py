"""The round trips to a PostgreSQL server that the panes, the bars and the facets of a search take in the background."""

from collections.abc import Iterator
from datetime import date

import pytest
from postgresql_servers import Servers
from round_trips import ask_unhurried
from shelves import article, written
from waiting import until

from dossier.core.query_parser import parse_search
from dossier.library.list_cache import ListCache
from dossier.library.scope import ORDERS, Scope

pytest.importorskip("psycopg")

# They need psycopg.
from served_indexes import Reader, connect, counted_reader

ARTICLES = 90
TODAY = date(2026, 11, 29)


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    ask_unhurried(monkeypatch)


@pytest.fixture(scope="module")
def reader(
    postgresql: Servers, postgresql_server: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Reader]:
    root = tmp_path_factory.mktemp("library")
    for number in range(ARTICLES):
        name = f"Ada Okafor{number % 40:02}"
        fields = {
            "published": f"{1995 + number // 3}-0{number % 3 + 1}-01",
            "people": [{"id": "p", "name": name, "role": "keeper of the ferry"}],
            "orgs": [{"id": "o", "name": f"Ferry Board {number % 7}"}],
            "places": [{"id": "l", "name": f"Port {number % 5}"}],
            "quotes": [{"id": "q", "text": "The ferry waits.", "speaker": "p", "para": 0}],
            "timeline": [{"date": f"{1990 + number // 3}", "what": f"{name} has the ferry at the harbour"}],
        }
        body = "The harbour is closed." if number % 3 == 0 else "The ferry is late."
        written(root, f"{number}.yaml", article(f"Pact {number}", f"{body} The ferry waits.", **fields))
    with counted_reader(root, postgresql.database(postgresql.start())) as made:
        yield made


@pytest.mark.parametrize(
    ("typed", "found", "most"),
    [
        # The articles that are not on view; their dates; their persons, those that match, and the first screen of them;
        # the persons of the facets with their entries.
        pytest.param("ferry", (90, 90, 90, 47), 8, id="a word of every entry"),
        pytest.param("harbour", (90, 0, 90, 0), 7, id="a word of many articles"),
        pytest.param("okafor07", (3, 3, 3, 1), 6, id="a word of few articles"),
        pytest.param("qxyz", (0, 0, 0, 0), 0, id="a word that occurs nowhere"),
        pytest.param('"ferry waits"', (90, 90, 0, 0), 4, id="a phrase"),
        pytest.param("speaker:okafor07", (3, 3, 0, 0), 5, id="a field"),
    ],
)
def test_what_follows_a_search(reader: Reader, typed: str, found: tuple[int, ...], most: int) -> None:
    """The search is not repeated for each pane, and what two of them ask of its articles is fetched once."""
    relay, index, sessions = reader
    connect(index, sessions)
    lists = ListCache(index, lambda: None)
    scope = Scope(parse_search(typed, TODAY))
    articles = lists.articles(scope)
    until(lambda: articles.is_done)
    before = relay.number
    panes = [lists.pane(name, scope, scope.query, ORDERS[0]) for name in ("quotes", "timeline", "people")]
    lists.histogram(scope, scope.query)
    facets = lists.facets(scope)
    # They come last.
    until(lambda: facets.is_done)
    assert tuple(map(len, (articles, *panes))) == found
    assert relay.number - before <= most
