"""The connections to a server that are kept while nobody uses them, and how they are made and ended."""

import threading
from itertools import count
from typing import Final

from psycopg import Error
from psycopg.pq import TransactionStatus

from dossier.library.index.availability import is_key_thread
from dossier.library.index.errors import IndexDamagedError, IndexUnreachableError
from dossier.library.index.postgresql.connecting import ServerConnection
from dossier.library.index.postgresql.found_index import connect_usable
from dossier.library.index.postgresql.refusals import make_question_error
from dossier.library.index.postgresql.server_address import printable_address

SETTINGS: Final = {
    "default_transaction_read_only": "on",
    "statement_timeout": "60s",
    "idle_in_transaction_session_timeout": "10min",
    "cursor_tuple_fraction": "0.1",
    # Queries are planned for the words in them: frequent and rare words need different plans.
    "plan_cache_mode": "force_custom_plan",
    "random_page_cost": "1.1",
    "work_mem": "32MB",
}
"""The settings of a session that reads."""
SOON: Final = 5.0
"""Seconds that a server has to connect, and for an answer of few rows."""
_MOST = 4
"""The most connections that are kept."""
_numbers = count()


class KeptConnections:
    """The connections to the index at `address`. `first` is one that is open already. Safe to use from any thread."""

    def __init__(self, address: str, first: ServerConnection) -> None:
        self._address = address
        # The collector of garbage may give a connection back at any moment, also while this thread holds the lock.
        self._lock = threading.RLock()
        self._idle = [first]
        self._is_closed = False

    def take(self) -> tuple[ServerConnection, bool]:
        """Return a connection, and whether it is new.

        Raises IndexUnreachableError if the server cannot be reached, or if the thread that handles keys would have to
        make a connection; IndexDamagedError if the server has another index now.
        """
        with self._lock:
            if self._idle:
                return self._idle.pop(), False
        if is_key_thread():
            raise IndexUnreachableError(f"{printable_address(self._address)}: not connected")
        try:
            if made := connect_usable(self._address, SETTINGS, SOON):
                return made, True
        except Error as error:
            raise make_question_error(self._address, error) from None
        raise IndexDamagedError(f"{printable_address(self._address)} has another index now")

    def give_back(self, connection: ServerConnection) -> None:
        """Keep a connection that nobody uses any longer, or close it if there are enough."""
        with self._lock:
            if is_kept := len(self._idle) < _MOST and not self._is_closed:
                self._idle.append(connection)
        if not is_kept:
            connection.close()

    def give_back_failed(self, connection: ServerConnection) -> None:
        """Keep a connection that an error came over which says that another server, with a part, does not answer."""
        try:
            # What psycopg took for prepared in a pipeline that failed is not known to the server. It has everything
            # prepared anew after a ROLLBACK, but looks only at the answers to statements that it has not seen before.
            connection.execute(f"ROLLBACK -- {next(_numbers)}".encode(), prepare=False)
            # That may have set the search path back.
            connection.schema = 0
        except Error:
            self.drop(connection)
        else:
            self.give_back(connection)

    def end_transaction(self, connection: ServerConnection) -> None:
        """End the transaction of a connection, and keep it."""
        connection.patience = SOON
        if connection.info.transaction_status == TransactionStatus.INERROR:
            self.give_back_failed(connection)
            return
        try:
            # After a ROLLBACK psycopg would prepare all statements anew.
            connection.execute("COMMIT", prepare=False)
        except Error:
            self.drop(connection)
        else:
            self.give_back(connection)

    def drop(self, connection: ServerConnection) -> None:
        """Close a connection that had an error. If it has ended, close the idle ones, too: they have probably ended."""
        with self._lock:
            stale, self._idle = ([], self._idle) if not connection.is_broken else (self._idle, [])
        for one in (connection, *stale):
            one.close()

    def close(self) -> None:
        """Close every connection that is kept, and the others when they are given back."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
