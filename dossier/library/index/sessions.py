"""The interface that all engines of the index have in common: questions, answers, and one dialect of SQL.

SQLite and PostgreSQL both understand this dialect: `?` stands for a value, texts are compared by their code points, and
no column has the name of a reserved word. What each engine does in its own way, full text and transactions, is behind
methods.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from dossier.library.index.full_text import FtsMatch, Row

EVERY = (1 << 62) - 1
"""A LIMIT that is none: no table has as many rows."""


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
        """Yield the rows of an answer without having all of them in memory. To be closed after use."""

    def executemany(self, sql: str, parameters: Iterable[Sequence[object]], /) -> object:
        """Run a statement with each of many lists of values."""

    def transaction(self) -> AbstractContextManager[None]:
        """Return a context manager for a transaction, which is undone where an error comes out of the block."""


class TextWriter(Protocol):
    """Writes the full text. It is fast if the rows of a transaction come in ascending order."""

    def enter(self, rows: Sequence[Row]) -> None:
        """Enter rows."""

    def remove(self, rows: Sequence[Row]) -> None:
        """Remove rows, which must be given as they were entered."""


class ReadSessions(Protocol):
    """Asks questions about the index of one library. Safe to use from any thread.

    `on_damage` is called, on any thread, when the index turns out to be damaged, and `on_reachability_change` when its
    server turns out not to answer, and when it answers again. `on_change` is called, on any thread, when there may be
    another index in the place of the one that was read, or none, and `replacements` is how often that was so.
    """

    on_damage: Callable[[], None]
    on_reachability_change: Callable[[], None]
    on_change: Callable[[], None]
    replacements: int

    @property
    def unreachable_words(self) -> str:
        """The message for the reader while the server does not answer; "" while it does, or if there is none."""

    @property
    def is_replaced(self) -> bool:
        """Whether another index has taken the place of the one that is read, as far as that was noticed."""

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

        On a server, all of them take one round trip together, and those of a moment ago are given again.
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
        """Prepare for questions about the articles of the entries `rows`, and their packed entries if `with_entries`.

        On a server, all of them are fetched in one round trip.
        """

    def forget_fetched(self) -> None:
        """Forget what was fetched before the index changed."""

    def close(self) -> None:
        """Close the index."""

    def report_damage(self, replacements: int) -> None:
        """Report that the index is damaged, so that it is rebuilt.

        `replacements` is what the attribute of this name was when that was read which shows it, or before. It is passed
        over if another index, or another state of a shared one, has taken the place of the damaged one since.
        """


def sort_order(newest: bool) -> str:
    """Return DESC or ASC, for an order by row ids with the newest article first or last."""
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
