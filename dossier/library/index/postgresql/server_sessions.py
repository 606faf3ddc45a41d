"""The connections of one program to an index on a PostgreSQL server, for questions from any thread.

Connections are kept and lent. A question whose rows are all wanted at once takes one round trip. One whose rows are
fetched as they are found is a cursor in a transaction of its own, so that all its rows are of one state of the index.

While the server does not answer, every question fails at once, and a background thread tries to reach it again (see
`availability`). The thread that handles keys makes no connections: if there is none for it, its question fails, that
background thread makes one, and the question is asked again.
"""

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any, Final, TypeVar

from psycopg import Error, errors

from dossier.library.index.availability import Availability, is_key_thread
from dossier.library.index.errors import IndexDamagedError, IndexRefusedError, OtherVersionError
from dossier.library.index.full_text import FtsMatch
from dossier.library.index.postgresql.answer_bounds import MOST_TOGETHER
from dossier.library.index.postgresql.answers import Rows
from dossier.library.index.postgresql.connecting import (
    ServerConnection,
    ServerTooSlowError,
    connect,
    is_of_part,
    reach_parts,
)
from dossier.library.index.postgresql.fetched_answers import FetchedAnswers
from dossier.library.index.postgresql.fetched_articles import FetchedArticles
from dossier.library.index.postgresql.found_index import OTHER_VERSION, connect_usable, explain_other, is_usable
from dossier.library.index.postgresql.kept_connections import SETTINGS, SOON, KeptConnections
from dossier.library.index.postgresql.matches import iterate_matches
from dossier.library.index.postgresql.read_schema import Question, ReadSchema, SchemaGoneError, look_at_present
from dossier.library.index.postgresql.refusals import make_question_error, make_refusal_error, make_unreachable_error
from dossier.library.index.postgresql.server_address import printable_address
from dossier.library.index.postgresql.snapshots import Snapshot, about_one_state

_BATCHES: Final = (32, 128, 512, 2_048, MOST_TOGETHER)
"""Rows of the first batches of an answer whose rows come as they are found; all others are as large as the last."""
_LONG = 60.0
"""Seconds that a server has for a batch of many rows."""
_MOMENT = 2.0
"""Seconds for which a key is given what was asked before. Another thread of an open library asks twice a second."""
Value = TypeVar("Value")


class ServerSessions:
    """The connections to the index at `address`. `first` is one that is open already."""

    def __init__(self, address: str, first: ServerConnection) -> None:
        self._address = address
        self._present = look_at_present(first)[1]
        """The number of the schema that had the name of the index when it was last looked for changes."""
        self._schema = ReadSchema(self._present)
        self._kept = KeptConnections(address, first)
        self._availability = Availability(self._reach, printable_address(address))
        self._recent: dict[Question, tuple[float, tuple[Any, ...] | None]] = {}
        self.fetched = FetchedArticles(self.fetch_together, lambda: self._availability.lacks_part)
        self._answers = FetchedAnswers(self.fetch_together)
        self.on_damage: Callable[[], None] = lambda: None
        self._is_damaged = False
        self.on_change: Callable[[], None] = lambda: None
        self.replacements = 0

    @classmethod
    def open(cls, address: str) -> "ServerSessions | None":
        """Open the index at `address`. Return None where there is none that can be used.

        Raises IndexUnreachableError if the server cannot be reached, and IndexRefusedError if it refuses the
        connection, or has something else than an index of this version: OtherVersionError for an index of another one.
        """
        first = None
        try:
            first = connect(address, SETTINGS, SOON)
            if is_usable(first):
                return cls(address, first)
            if why := explain_other(first):
                kind = OtherVersionError if why == OTHER_VERSION else IndexRefusedError
                raise kind(f"{printable_address(address)}: {why}")
        except (Error, IndexDamagedError, IndexRefusedError) as error:
            if first:
                first.close()
            raise (make_refusal_error(address, error) if isinstance(error, Error) else error) from None
        first.close()
        return None

    @property
    def unreachable_words(self) -> str:
        """The message for the reader while the server does not answer; "" while it does."""
        return self._availability.words

    @property
    def on_reachability_change(self) -> Callable[[], None]:
        """Called, on any thread, when the server turns out not to answer, and when it answers again."""
        return self._availability.on_change

    @on_reachability_change.setter
    def on_reachability_change(self, on_change: Callable[[], None]) -> None:
        self._availability.on_change = on_change

    @property
    def is_replaced(self) -> bool:
        """Whether another index had taken the place of the one that is read when it was last looked for changes."""
        return self._present != self._schema.number

    def fetch_one(self, query: str, *values: object) -> tuple[Any, ...] | None:
        """Return the first row of the answer, None when it has no rows."""
        return next(iter(self._ask(((query, values),), most=1)[0]), None)

    def fetch_recent(self, query: str, *values: object) -> tuple[Any, ...] | None:
        """Return the first row of the answer; on the thread that handles keys that of a moment ago, if there was one.

        A list that grows has the screen look many times a second whether the index has changed. Unlike other questions,
        it is about the index that is in its place now.
        """
        asked = query, values
        at, found = self._recent.get(asked, (-_MOMENT, None))
        if not is_key_thread() or time.monotonic() - at > _MOMENT:
            connection, ((rows,), self._present) = self._answer(lambda lent, _: look_at_present(lent, asked))
            self._kept.give_back(connection)
            found = next(iter(rows), None)
            self._recent[asked] = time.monotonic(), found
        return found

    def fetch_all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return all rows of the answer."""
        return self._ask(((query, values),))[0]

    def fetch_together(self, *questions: Question) -> list[Rows]:
        """Return all rows of the answers to several questions, about one state of the index, in one round trip."""
        return self._ask(about_one_state(questions))[1:-1]

    def fetch_each(self, query: str, every: Sequence[Sequence[object]]) -> list[Rows]:
        """Return all rows of the answers to one question that is asked with each of these lists of values.

        What was fetched a moment ago is not asked for again.
        """
        return self._answers.fetch_each(query, every)

    def iterate(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Return an iterator over the rows of the answer, as they are found.

        The answer is that of the moment when the first row is asked for: later updates do not change it.
        """
        with self.snapshot() as snapshot:
            yield from chain.from_iterable(snapshot.iterate_batches(query, values, _BATCHES))

    def iterate_ids(self, query: str, *values: object) -> Iterator[int]:
        """Return an iterator over the first column of the answer, a number, as the rows are found."""
        return map(itemgetter(0), self.iterate(query, *values))

    def snapshot(self) -> Snapshot:
        """Return a new snapshot of the index."""
        return Snapshot(self)

    def iterate_matches(self, match: FtsMatch, newest: bool, low: int | None, high: int | None) -> Iterator[int]:
        """Return an iterator over the row ids of the entries that meet `match`, as `EntryReader.row_ids` does."""
        return iterate_matches(self, match, newest, low, high)

    def fetch_packed(self, first: int) -> bytes | None:
        """Return the packed entries of the article with this `first`, None where there is none."""
        return self.fetched.packed(first)

    def fetch_ahead(self, rows: Sequence[int], with_entries: bool) -> None:
        """Fetch the articles of entries together, and their packed entries if wanted."""
        self.fetched.fetch_ahead(rows, with_entries)

    def forget_fetched(self) -> None:
        """Forget what was fetched before the index changed, and read the one that is in its place now."""
        if self.is_replaced:
            self._schema = ReadSchema(self._present)
        self.fetched.forget()
        self._answers.forget()
        if self._is_damaged:
            self._is_damaged = False
            self.on_change()

    def close(self) -> None:
        """Close every connection that is not lent, and the others when they come back."""
        self._availability.close()
        self._kept.close()

    def report_damage(self, replacements: int) -> None:
        """Report that the server has no usable index. With the next change, that is no longer known."""
        self._is_damaged = True
        self.on_damage()

    def lend(self, question: Callable[[ServerConnection, ReadSchema], Value]) -> tuple[ServerConnection, Value]:
        """Return the answer to a question that may take long, and the connection it was asked over.

        The question is given the schema that is read. The connection has to be given to `take_back`.
        """
        return self._answer(question, _LONG)

    def ask_more(self, connection: ServerConnection, question: Callable[[ServerConnection], Value]) -> Value:
        """Return the answer to a further question over a connection that was lent."""

        def ask(seconds: float) -> Value:
            connection.patience = seconds if is_key_thread() else _LONG
            try:
                return question(connection)
            except Error as error:
                if is_of_part(error, connection):
                    raise make_unreachable_error(self._address, error, is_of_part=True) from None
                raise make_question_error(self._address, error) from None

        return self._availability.ask(ask)

    def take_back(self, connection: ServerConnection) -> None:
        """Take a connection back that was lent. Its transaction is ended on another thread, without waiting for it."""
        # An answer that was not read to its end is closed as late as here. No thread runs any longer, and to start one
        # would be to wait for ever. The server ends the transaction with the connection.
        if sys.is_finalizing():
            return
        threading.Thread(
            target=self._kept.end_transaction, args=(connection,), daemon=True, name="end of a snapshot"
        ).start()

    def _ask(self, questions: Sequence[Question], most: int | None = None) -> list[Rows]:
        """Return the rows of the answers to questions over any connection, at most `most` of each."""
        connection, found = self._answer(lambda connection, schema: schema.ask(connection, questions, most=most))
        self._kept.give_back(connection)
        return found

    def _answer(
        self, question: Callable[[ServerConnection, ReadSchema], Value], patience: float = SOON
    ) -> tuple[ServerConnection, Value]:
        """Return the answer to a question, and the connection it was asked over, which the caller has to give back.

        `patience` is how many seconds it may take, except on the thread that handles keys.
        """
        return self._availability.ask(
            lambda seconds: self._answer_within(question, seconds if is_key_thread() else patience)
        )

    def _answer_within(
        self, question: Callable[[ServerConnection, ReadSchema], Value], seconds: float
    ) -> tuple[ServerConnection, Value]:
        """Return the answer and its connection.

        A kept connection may have ended since it was last used: then the question is asked again over another one. If
        the index that was read is gone, the one in its place is asked.
        """
        while True:
            connection, is_new = self._kept.take()
            connection.patience = seconds
            try:
                return connection, question(connection, self._schema)
            except IndexDamagedError:
                self._kept.end_transaction(connection)
                raise
            except SchemaGoneError as error:
                self._kept.end_transaction(connection)
                self._present = error.present
                self.replacements += 1
                self.forget_fetched()
            except Error as error:
                if is_of_part(error, connection):
                    self._kept.give_back_failed(connection)
                    raise make_unreachable_error(self._address, error, is_of_part=True) from None
                if isinstance(error, errors.UndefinedTable) and connection.schema:
                    # The index may have been dropped since. It has to be found first when this is taken again.
                    self._kept.give_back_failed(connection)
                    continue
                is_stale = connection.is_broken and not is_new and not isinstance(error, ServerTooSlowError)
                self._kept.drop(connection)
                if not is_stale:
                    raise make_question_error(self._address, error) from None
            except BaseException:
                self._kept.drop(connection)
                raise

    def _reach(self, seconds: float) -> None:
        """Connect anew. Raises IndexUnreachableError if the server cannot be reached within so many seconds.

        Raises PartUnreachableError if it cannot reach another server with a part of the index, or a right is missing.
        """
        try:
            connection = connect_usable(self._address, SETTINGS, seconds)
        except Error as error:
            raise make_unreachable_error(self._address, error) from None
        if connection is None:
            return
        try:
            reach_parts(connection)
        except errors.UndefinedTable:
            connection.close()
        except Error as error:
            if is_of_part(error, connection):
                self._kept.give_back(connection)
            else:
                connection.close()
            raise make_unreachable_error(self._address, error, is_of_part=True) from None
        else:
            self._kept.give_back(connection)
