"""Articles that were fetched together are kept for a moment, and only those of the present state of the index."""

from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("psycopg")

# They need psycopg.
from dossier.library.index.postgresql import fetched_articles
from dossier.library.index.postgresql.fetched_articles import FetchedArticles

FIRST, SIZE = 100, 3
Asked = Callable[[FetchedArticles], object]


def article_columns(headline: str) -> tuple[Any, ...]:
    """Return the columns of an article, in the order of `SELECT_ARTICLES`."""
    return (FIRST, SIZE, "id", b"a.yaml", headline, "Herald", "2024-05-06", 1, 1, 1, 1, 1, 0, "", False)


class Server:
    """A server with one article. `on_its_way` is called once, between its answer and the return of that."""

    def __init__(self) -> None:
        self.headline, self.entries = "old", b"old"
        self.on_its_way: Callable[[], None] = lambda: None
        self.asked = 0

    def fetch_together(self, *questions: tuple[str, tuple[object, ...]]) -> list[list[tuple[Any, ...]]]:
        """Answer questions about the article and its packed entries."""
        self.asked += 1
        found = [
            [(FIRST, self.entries)] if "octet_length" in query else [article_columns(self.headline)]
            for query, _ in questions
        ]
        on_its_way, self.on_its_way = self.on_its_way, lambda: None
        on_its_way()
        return found


def ask_in_search(fetched: FetchedArticles) -> None:
    """Keep what a search finds, as it does: in one state, which it takes note of first."""
    state = fetched.state
    ranges = fetched.keep_articles(fetched._fetch_together(("article", ()))[0], state)
    fetched.keep_found([(FIRST, ranges[0])], state)


@pytest.mark.parametrize(
    "ask",
    [
        lambda fetched: fetched.article(FIRST),
        lambda fetched: fetched.packed(FIRST),
        lambda fetched: fetched.find_range(FIRST + 1),
        lambda fetched: fetched.fetch_ahead([FIRST], with_entries=True),
        lambda fetched: fetched.fetch_ahead([FIRST], with_entries=False),
        ask_in_search,
    ],
    ids=["article", "packed", "range", "ahead, with entries", "ahead", "search"],
)
def test_an_answer_that_was_on_its_way_when_the_index_changed_is_not_kept(
    ask: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetched_articles, "_MOMENT", 1e6)
    server = Server()
    fetched = FetchedArticles(server.fetch_together, lambda: False)

    def change() -> None:
        server.headline, server.entries = "new", b"new"
        fetched.forget()

    server.on_its_way = change
    ask(fetched)
    assert fetched.range_of(FIRST + 1) is None
    found = fetched.article(FIRST)
    assert found
    assert (found.headline, fetched.packed(FIRST)) == ("new", b"new")
    asked = server.asked
    # What is of the present state is kept.
    assert (fetched.article(FIRST), fetched.packed(FIRST)) == (found, b"new")
    assert server.asked == asked
