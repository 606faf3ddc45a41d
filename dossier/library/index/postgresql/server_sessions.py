"""The connections of one program to an index on a PostgreSQL server, for questions from any thread.

Connections are kept and lent. A question whose rows are all wanted at once takes one round trip. One whose rows are
fetched as they are found is a cursor in a transaction of its own, so that all its rows are of one state of the index.

While the server does not answer, every question fails at once, and a background thread tries to reach it again (see
`availability`). The thread that handles keys makes no connections: if there is none for it, its question fails, that
background thread makes one, and the question is asked again.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, count
from operator import itemgetter
from typing import Any, Final, TypeVar

from psycopg import Error, errors
from psycopg.pq import TransactionStatus

from dossier.library.index.availability import Availability, is_key_thread
from dossier.library.index.errors import (
    IndexAwayError,
    IndexDamagedError,
    IndexRefusedError,
    OtherVersionError,
    PartAwayError,
)
from dossier.library.index.full_text import FtsMatch
from dossier.library.index.postgresql.answers import Rows, read_rows
from dossier.library.index.postgresql.connecting import (
    ServerConnection,
    ServerTooSlowError,
    connect,
    is_of_part,
    reach_parts,
)
from dossier.library.index.postgresql.fetched_articles import FetchedArticles
from dossier.library.index.postgresql.found_index import OTHER_VERSION, explain_other, is_usable
from dossier.library.index.postgresql.matches import iterate_matches
from dossier.library.index.postgresql.refusals import make_away_error, make_question_error, make_refusal_error
from dossier.library.index.postgresql.server_address import printable_address
from dossier.library.index.postgresql.snapshots import Question, Snapshot, ask_about_one_state

_IDLE = 4
"""The most connections that are kept while they are not lent."""
_BATCHES: Final = (32, 128, 512, 2_048, 8_192)
"""Rows of the first batches of an answer whose rows come as they are found; all others are as large as the last."""
_SOON, _LONG = 5.0, 60.0
"""Seconds that a server has for an answer of few rows, and for a batch of many."""
_SETTINGS: Final = {
    "default_transaction_read_only": "on",
    "statement_timeout": "60s",
    "idle_in_transaction_session_timeout": "10min",
    "cursor_tuple_fraction": "0.1",
    # Queries are planned for the words in them: frequent and rare words need different plans.
    "plan_cache_mode": "force_custom_plan",
    "random_page_cost": "1.1",
    "work_mem": "32MB",
}
_MOMENT = 2.0
"""Seconds for which a key is given what was asked before. While a library is open, another thread asks twice a second.
"""
Value = TypeVar("Value")
_first = itemgetter(0)
_numbers = count()


class ServerSessions:
    """The connections to the index at `address`. `first` is one that is open already."""

    def __init__(self, address: str, first: ServerConnection) -> None:
        self._address = address
        # The collector of garbage may give a connection back at any moment, also while this thread holds the lock.
        self._lock = threading.RLock()
        self._idle = [first]
        self._availability = Availability(self._reach, printable_address(address))
        self._closed = threading.Event()
        self._recent: dict[Question, tuple[float, tuple[Any, ...] | None]] = {}
        self.fetched = FetchedArticles(self.fetch_together, lambda: self._availability.lacks_part)
        self.on_damage: Callable[[], None] = lambda: None
        self.on_replacement: Callable[[], None] = lambda: None
        self.replacements = 0

    @classmethod
    def open(cls, address: str) -> "ServerSessions | None":
        """Open the index at `address`. Return None where there is none that can be used.

        Raises IndexAwayError if the server cannot be reached, and IndexRefusedError if it refuses the connection, or
        has something else than an index of this version: OtherVersionError for an index of another one.
        """
        first = None
        try:
            first = connect(address, _SETTINGS, _SOON)
            if is_usable(first):
                return cls(address, first)
            if why := explain_other(first):
                kind = OtherVersionError if why == OTHER_VERSION else IndexRefusedError
                raise kind(f"{printable_address(address)}: {why}")
        except (Error, IndexRefusedError) as error:
            if first:
                first.close()
            raise (make_refusal_error(address, error) if isinstance(error, Error) else error) from None
        first.close()
        return None

    @property
    def away_words(self) -> str:
        """The message for the reader while the server does not answer; "" while it does."""
        return self._availability.words

    @property
    def on_away_change(self) -> Callable[[], None]:
        """Called, on any thread, when the server turns out not to answer, and when it answers again."""
        return self._availability.on_change

    @on_away_change.setter
    def on_away_change(self, on_change: Callable[[], None]) -> None:
        self._availability.on_change = on_change

    def fetch_one(self, query: str, *values: object) -> tuple[Any, ...] | None:
        """Return the first row of the answer, None when it has no rows."""
        return next(iter(self._ask(lambda connection: read_rows(connection.ask(query, values), 1))), None)

    def fetch_recent(self, query: str, *values: object) -> tuple[Any, ...] | None:
        """Return the first row of the answer; on the thread that handles keys that of a moment ago, if there was one.

        A list that grows has the screen look many times a second whether the index has changed.
        """
        asked = query, values
        at, found = self._recent.get(asked, (-_MOMENT, None))
        if not is_key_thread() or time.monotonic() - at > _MOMENT:
            found = self.fetch_one(query, *values)
            self._recent[asked] = time.monotonic(), found
        return found

    def fetch_all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return all rows of the answer."""
        return self._ask(lambda connection: read_rows(connection.ask(query, values)))

    def fetch_together(self, *questions: Question) -> list[Rows]:
        """Return all rows of the answers to several questions, about one state of the index, in one round trip."""
        return self._ask(lambda connection: ask_about_one_state(connection, questions))

    def fetch_each(self, query: str, every: Sequence[Sequence[object]]) -> list[Rows]:
        """Return all rows of the answers to one question that is asked with each of these lists of values."""
        return self.fetch_together(*[(query, values) for values in every]) if every else []

    def iterate(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Return an iterator over the rows of the answer, as they are found.

        The answer is that of the moment when the first row is asked for: later updates do not change it.
        """
        with self.snapshot() as snapshot:
            yield from chain.from_iterable(snapshot.iterate_batches(query, values, _BATCHES))

    def iterate_ids(self, query: str, *values: object) -> Iterator[int]:
        """Return an iterator over the first column of the answer, a number, as the rows are found."""
        return map(_first, self.iterate(query, *values))

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
        """Forget what was fetched before the index changed."""
        self.fetched.forget()

    def close(self) -> None:
        """Close every connection that is not lent, and the others when they come back."""
        self._closed.set()
        self._availability.close()
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def report_damage(self) -> None:
        """Report that the server has no usable index."""
        self.on_damage()

    def lend(self, question: Callable[[ServerConnection], Value]) -> tuple[ServerConnection, Value]:
        """Return the answer to a question that may take long, and the connection it was asked over.

        The connection has to be given to `take_back`.
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
                    raise make_away_error(self._address, error, PartAwayError) from None
                raise make_question_error(self._address, error) from None

        return self._availability.ask(ask)

    def take_back(self, connection: ServerConnection) -> None:
        """Take a connection back that was lent. Its transaction is ended on another thread, without waiting for it."""
        threading.Thread(target=self._end, args=(connection,), daemon=True, name="end of a snapshot").start()

    def _ask(self, question: Callable[[ServerConnection], Value]) -> Value:
        """Return the answer to a question over any connection."""
        connection, found = self._answer(question)
        self._give_back(connection)
        return found

    def _answer(
        self, question: Callable[[ServerConnection], Value], patience: float = _SOON
    ) -> tuple[ServerConnection, Value]:
        """Return the answer to a question, and the connection it was asked over, which the caller has to give back.

        `patience` is how many seconds it may take, except on the thread that handles keys.
        """
        return self._availability.ask(
            lambda seconds: self._answer_within(question, seconds if is_key_thread() else patience)
        )

    def _answer_within(
        self, question: Callable[[ServerConnection], Value], seconds: float
    ) -> tuple[ServerConnection, Value]:
        """Return the answer and its connection.

        A kept connection may have ended since it was last used: then the question is asked again over another one.
        """
        while True:
            connection, is_new = self._take()
            connection.patience = seconds
            try:
                return connection, question(connection)
            except Error as error:
                if is_of_part(error, connection):
                    self._take_back_failed(connection)
                    raise make_away_error(self._address, error, PartAwayError) from None
                is_stale = connection.is_broken and not is_new and not isinstance(error, ServerTooSlowError)
                self._drop(connection)
                if not is_stale:
                    raise make_question_error(self._address, error) from None
            except BaseException:
                self._drop(connection)
                raise

    def _take_back_failed(self, connection: ServerConnection) -> None:
        """Take a connection back that an error came over which says that a part is away."""
        try:
            # What psycopg took for prepared in a pipeline that failed is not known to the server. It has everything
            # prepared anew after a ROLLBACK, but looks only at the answers to statements that it has not seen before.
            connection.execute(f"ROLLBACK -- {next(_numbers)}".encode(), prepare=False)
        except Error:
            self._drop(connection)
        else:
            self._give_back(connection)

    def _end(self, connection: ServerConnection) -> None:
        """End the transaction of a connection, and give it back."""
        connection.patience = _SOON
        if connection.info.transaction_status == TransactionStatus.INERROR:
            self._take_back_failed(connection)
            return
        try:
            # After a ROLLBACK psycopg would prepare all statements anew.
            connection.execute("COMMIT", prepare=False)
        except Error:
            self._drop(connection)
        else:
            self._give_back(connection)

    def _take(self) -> tuple[ServerConnection, bool]:
        """Return a connection, and whether it is new. Raises IndexAwayError and IndexDamagedError."""
        with self._lock:
            if self._idle:
                return self._idle.pop(), False
        if is_key_thread():
            raise IndexAwayError(f"{printable_address(self._address)}: not connected")
        try:
            made = connect(self._address, _SETTINGS, _SOON)
            if is_usable(made):
                return made, True
        except Error as error:
            raise make_question_error(self._address, error) from None
        made.close()
        raise IndexDamagedError(f"{printable_address(self._address)} has another index now")

    def _give_back(self, connection: ServerConnection) -> None:
        with self._lock:
            if is_kept := len(self._idle) < _IDLE and not self._closed.is_set():
                self._idle.append(connection)
        if not is_kept:
            connection.close()

    def _drop(self, connection: ServerConnection) -> None:
        """Close a connection that had an error. If it has ended, close the idle ones, too: they have probably ended."""
        with self._lock:
            stale, self._idle = ([], self._idle) if not connection.is_broken else (self._idle, [])
        for one in (connection, *stale):
            one.close()

    def _reach(self, seconds: float) -> None:
        """Connect anew. Raises IndexAwayError if the server cannot be reached within so many seconds.

        Raises PartAwayError if it cannot reach another server with a part of the index.
        """
        try:
            connection = connect(self._address, _SETTINGS, seconds)
            is_of_us = is_usable(connection)
        except Error as error:
            raise make_away_error(self._address, error) from None
        if not is_of_us:
            connection.close()
            return
        try:
            reach_parts(connection)
        except errors.UndefinedTable:
            connection.close()
        except Error as error:
            if is_of_part(error, connection):
                self._give_back(connection)
            else:
                connection.close()
            raise make_away_error(self._address, error, PartAwayError) from None
        else:
            self._give_back(connection)
