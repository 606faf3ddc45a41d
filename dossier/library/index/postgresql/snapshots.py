"""Ask several questions about one state of an index on a PostgreSQL server, over one connection.

Questions that are asked together take one round trip. The answers to all questions are of the state at the first one
("Repeatable Read Isolation Level" in PostgreSQL's documentation), also if parts of the tables are on other servers. The
names of tables are not of that state: `read_schema` has the same ones found each time.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, pairwise, repeat
from types import TracebackType
from typing import Final, Protocol, Self, TypeVar

from dossier.library.index.postgresql.answers import Rows
from dossier.library.index.postgresql.connecting import ServerConnection
from dossier.library.index.postgresql.read_schema import Question, ReadSchema, ask_together

Value = TypeVar("Value")
_BEGIN: Final = ("BEGIN ISOLATION LEVEL REPEATABLE READ", ())
_COMMIT: Final = ("COMMIT", ())
_CLOSE: Final = ("CLOSE found", ())


class Lender(Protocol):
    """Lends connections, and takes them back."""

    def lend(self, question: Callable[[ServerConnection, ReadSchema], Value]) -> tuple[ServerConnection, Value]:
        """Return the answer to a question, and the connection it was asked over, which has to be given back.

        The question is given the schema that is read, too.
        """

    def ask_more(self, connection: ServerConnection, question: Callable[[ServerConnection], Value]) -> Value:
        """Return the answer to a further question over a connection that was lent."""

    def take_back(self, connection: ServerConnection) -> None:
        """Take a connection back that was lent, and end its transaction."""


class Snapshot:
    """The state of the index at the first question. As a context manager, it holds a connection from then on."""

    def __init__(self, lender: Lender) -> None:
        self._lender = lender
        self._connection: ServerConnection | None = None
        self._schema = ReadSchema(0)
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
        return self._ask(questions)

    def iterate_batches(self, query: str, values: Sequence[object], sizes: Sequence[int]) -> Iterator[Rows]:
        """Yield the rows of an answer in lists of these sizes; further lists have the last size.

        A snapshot has one such answer at a time: a new one ends the one before.
        """
        before = (_CLOSE,) if self._has_cursor else ()
        self._has_cursor = True
        declared = f"DECLARE found NO SCROLL CURSOR FOR {query}", values
        *_, rows = self._ask((declared, _fetch(sizes[0])), before, (_CLOSE,))
        for asked, number in pairwise(chain(sizes, repeat(sizes[-1]))):
            if rows:
                yield rows
            if len(rows) < asked:
                return
            rows = self._fetch_more(number)

    def _fetch_more(self, number: int) -> Rows:
        """Return the next rows of the answer that is open, which is from the right schema whatever that is called."""
        assert self._connection
        return self._lender.ask_more(self._connection, lambda lent: ask_together(lent, (_fetch(number),)))[0]

    def _ask(
        self, questions: Sequence[Question], before: Sequence[Question] = (), again: Sequence[Question] = ()
    ) -> list[Rows]:
        """Return the rows of the answers. `before` is asked first, `again` where the schema was not the right one."""

        def begin(lent: ServerConnection, schema: ReadSchema) -> list[Rows]:
            self._schema = schema
            return schema.ask(lent, questions, (_BEGIN, *before), again)

        if self._connection:
            return self._lender.ask_more(
                self._connection, lambda lent: self._schema.ask(lent, questions, before, again)
            )
        self._connection, found = self._lender.lend(begin)
        return found


def about_one_state(questions: Sequence[Question]) -> tuple[Question, ...]:
    """Return questions whose answers are of one state, with their transaction: the first and last has no answer."""
    return (_BEGIN, *questions, _COMMIT)


def _fetch(number: int) -> Question:
    return f"FETCH {number} FROM found", ()
