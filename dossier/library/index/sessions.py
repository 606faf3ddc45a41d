"""What all engines of the index have in common: questions and their answers, and one dialect of SQL.

What is asked here is understood by SQLite and by PostgreSQL alike: `?` stands for a value, texts are compared by their
code points, and no column has the name of a reserved word. What the engines do each in a way of its own, full text and
transactions, are methods.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from dossier.library.index.full_text import FtsMatch, Row

EVERY = (1 << 62) - 1
"""Stands for no LIMIT."""


class Answer(Protocol):
    """The rows that a statement has found."""

    def fetchone(self) -> Any:
        """Return the next row, None when there is none."""

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""

    def __iter__(self) -> Iterator[Any]: ...


class StatementSession(Protocol):
    """A connection over which one statement after another is run."""

    def execute(self, sql: str, parameters: Sequence[object] = (), /) -> Answer:
        """Run one statement."""


class WriteSession(StatementSession, Protocol):
    """A connection over which the index is written, by one thread."""

    def iterate(self, sql: str, parameters: Sequence[object] = (), /) -> Generator[Any, None, None]:
        """Yield the rows of an answer, of which not all are in memory. To be closed."""

    def executemany(self, sql: str, parameters: Iterable[Sequence[object]], /) -> object:
        """Run a statement with each of many lists of values."""

    def transaction(self) -> AbstractContextManager[None]:
        """Return a context manager for a transaction, which is undone where an error comes out of the block."""


class TextWriter(Protocol):
    """What writes the full text. In a transaction, rows must come in ascending order to be fast."""

    def enter(self, rows: Sequence[Row]) -> None:
        """Enter rows."""

    def remove(self, rows: Sequence[Row]) -> None:
        """Remove rows, which must be what was entered."""


class ReadSessions(Protocol):
    """The index of one library as it is asked from any thread.

    `on_damage` is called, on any thread, when the index turns out to be damaged, and `on_away_change` when its server
    turns out to be away, or is back. `on_replacement` is called, on any thread, when another index has taken the place
    of the one that was read, and `replacements` is how often that has happened.
    """

    on_damage: Callable[[], None]
    on_away_change: Callable[[], None]
    on_replacement: Callable[[], None]
    replacements: int

    @property
    def away_words(self) -> str:
        """What the reader is told while the server does not answer, "" while it does, and where there is none."""

    def fetch_one(self, query: str, *values: object) -> tuple[Any, ...] | None:
        """Return the first row of the answer, None when it has no rows."""

    def fetch_recent(self, query: str, *values: object) -> tuple[Any, ...] | None:
        """Return the first row of the answer, as `fetch_one` does, to what is asked again and again.

        Where that takes a round trip, the thread that handles keys is told what any thread was a moment ago.
        """

    def fetch_all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return all rows of the answer."""

    def fetch_each(self, query: str, every: Sequence[Sequence[object]]) -> list[list[tuple[Any, ...]]]:
        """Return all rows of the answers to one question that is asked with each of these lists of values.

        Where each question takes a round trip, these take one together.
        """

    def iterate(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Return an iterator over the rows of the answer, as they are found."""

    def iterate_ids(self, query: str, *values: object) -> Iterator[int]:
        """Return an iterator over the first column of the answer, a number, as the rows are found."""

    def iterate_matches(self, match: FtsMatch, newest: bool, low: int | None, high: int | None) -> Iterator[int]:
        """Return an iterator over the row ids of the entries that meet `match`, as `EntryReader.row_ids` does."""

    def fetch_packed(self, first: int) -> bytes | None:
        """Return the packed entries of the article with this `first`, None where there is none."""

    def fetch_ahead(self, rows: Sequence[int], with_entries: bool) -> None:
        """Have the articles of entries at hand, and their packed entries if wanted, since they are asked for next.

        Where each question takes a round trip, these are fetched together.
        """

    def forget_fetched(self) -> None:
        """Forget what was fetched before the index changed."""

    def close(self) -> None:
        """Close the index."""

    def report_damage(self) -> None:
        """Have the index made anew."""


def sort_order(newest: bool) -> str:
    """Return the word of SQL for an order by row ids, the newest article first or last."""
    return "DESC" if newest else "ASC"


def range_condition(name: str, low: int | None, high: int | None, *also: str) -> tuple[str, tuple[int, ...]]:
    """Return a WHERE clause and its values: the column `name` lies from `low` to `high`, both included.

    None is no bound. `also` are further conditions, which come first. Without any condition the clause is "".
    """
    conditions, values = [*also], []
    for sign, bound in ((">=", low), ("<=", high)):
        if bound is not None:
            conditions.append(f"{name} {sign} ?")
            values.append(bound)
    return f"WHERE {' AND '.join(conditions)}" if conditions else "", tuple(values)
