"""Ask several questions about one state of an index on a PostgreSQL server, over one connection.

Questions that are asked together take one round trip. The answers to all questions are of the state at the first one
("Repeatable Read Isolation Level" in PostgreSQL's documentation), also if parts of the tables are on other servers.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, pairwise, repeat
from types import TracebackType
from typing import Final, Protocol, Self, TypeVar

from dossier.library.index.postgresql.answers import Rows, read_rows
from dossier.library.index.postgresql.connecting import ServerConnection

Question = tuple[str, Sequence[object]]
"""A query of the common dialect and its values."""
Value = TypeVar("Value")
_BEGIN: Final = ("BEGIN ISOLATION LEVEL REPEATABLE READ", ())
_COMMIT: Final = ("COMMIT", ())
_CLOSE: Final = ("CLOSE found", ())


class Lender(Protocol):
    """Lends connections, and takes them back."""

    def lend(self, question: Callable[[ServerConnection], Value]) -> tuple[ServerConnection, Value]:
        """Return the answer to a question, and the connection it was asked over, which has to be given back."""

    def ask_more(self, connection: ServerConnection, question: Callable[[ServerConnection], Value]) -> Value:
        """Return the answer to a further question over a connection that was lent."""

    def take_back(self, connection: ServerConnection) -> None:
        """Take a connection back that was lent, and end its transaction."""


class Snapshot:
    """The state of the index at the first question. As a context manager, it holds a connection from then on."""

    def __init__(self, lender: Lender) -> None:
        self._lender = lender
        self._connection: ServerConnection | None = None
        self._has_cursor = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection:
            self._lender.take_back(self._connection)

    def ask(self, *questions: Question) -> list[Rows]:
        """Return the rows of the answers to questions that are asked together."""
        if self._connection:
            return self._lender.ask_more(self._connection, lambda lent: _ask_together(lent, questions))
        self._connection, found = self._lender.lend(lambda lent: _ask_together(lent, (_BEGIN, *questions)))
        return found[1:]

    def iterate_batches(self, query: str, values: Sequence[object], sizes: Sequence[int]) -> Iterator[Rows]:
        """Yield the rows of an answer in lists of these sizes; further lists have the last size.

        A snapshot has one such answer at a time: a new one ends the one before.
        """
        before = (_CLOSE,) if self._has_cursor else ()
        self._has_cursor = True
        *_, rows = self.ask(*before, (f"DECLARE found NO SCROLL CURSOR FOR {query}", values), _fetch(sizes[0]))
        for asked, number in pairwise(chain(sizes, repeat(sizes[-1]))):
            if rows:
                yield rows
            if len(rows) < asked:
                return
            (rows,) = self.ask(_fetch(number))


def ask_about_one_state(connection: ServerConnection, questions: Sequence[Question]) -> list[Rows]:
    """Return the rows of the answers, all of one state, with their transaction in one round trip."""
    return _ask_together(connection, (_BEGIN, *questions, _COMMIT))[1:-1]


def _fetch(number: int) -> Question:
    return f"FETCH {number} FROM found", ()


def _ask_together(connection: ServerConnection, questions: Sequence[Question]) -> list[Rows]:
    """Return the rows of the answers, none for statements without an answer, in one round trip."""
    with connection.pipeline():
        cursors = [connection.ask(query, values) for query, values in questions]
    return list(map(read_rows, cursors))
