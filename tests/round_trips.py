"""A relay to a PostgreSQL server that counts how often its clients wait for it.

A client waits after each Sync message ("Extended Query" in PostgreSQL's documentation), however many statements it has
sent before. What it takes to connect is not counted.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

import pytest

_PACKET: Final = 65_536
_REQUESTS: Final = (80_877_103, 80_877_104)
"""The codes of requests for encryption, after which the message that begins a session is sent."""
_HEAD: Final = 4
_NAME_AT: Final = 5
_KEPT_SECONDS: Final = ("fetched_articles._MOMENT", "fetched_articles._RANGES_MOMENT", "fetched_answers._MOMENT")
"""For how long a reader of an index on a server uses again what it has fetched."""


class RoundTrips:
    """A relay to a port of the loopback. Connections to `port` go through it.

    `number` counts the Sync messages of all connections. A statement that is sent as text alone has none: the COMMIT
    that ends a snapshot, for which nobody waits. `prepared` counts the statements that were prepared, `prepared_again`
    those that had been prepared on the same connection before, `executed` those that were executed, and `received` the
    bytes that the server has sent.
    """

    def __init__(self, to: int) -> None:
        self._to, self.number, self.prepared, self.executed, self.received = to, 0, 0, 0, 0
        self.prepared_again = 0
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._taking = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._taking.getsockname()[1]
        threading.Thread(target=self._take, daemon=True).start()

    def close(self) -> None:
        """End all connections, and take no others."""
        with self._lock:
            for one in (self._taking, *self._open):
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
                one.close()

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._taking.accept()
                server = socket.create_connection(("127.0.0.1", self._to))
                with self._lock:
                    self._open += [client, server]
                for source, target, questions in ((client, server, _Questions()), (server, client, None)):
                    threading.Thread(target=self._pass, args=(source, target, questions), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, questions: "_Questions | None") -> None:
        target.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with suppress(OSError):
            while data := source.recv(_PACKET):
                with self._lock:
                    if questions is None:
                        self.received += len(data)
                    else:
                        number, prepared, again, executed = questions.read(data)
                        self.number += number
                        self.prepared += prepared
                        self.prepared_again += again
                        self.executed += executed
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)


class _Questions:
    """Reads the messages that a client sends."""

    def __init__(self) -> None:
        self._data = b""
        self._is_begun = False
        self._prepared = set[bytes]()

    def read(self, data: bytes) -> tuple[int, int, int, int]:
        """Return how many messages of some kinds end with this data.

        These are Sync messages, Parse messages with a name, those of them whose statement was prepared before, and
        Execute messages.
        """
        self._data += data
        found = prepared = again = executed = 0
        while message := self._take_message():
            found += message[:1] == b"S"
            executed += message[:1] == b"E"
            if message[:1] == b"P" and message[_NAME_AT] != 0:
                # The statement and the types of its values follow the name.
                statement = message[message.index(0, _NAME_AT) :]
                prepared += 1
                again += statement in self._prepared
                self._prepared.add(statement)
        return found, prepared, again, executed

    def _take_message(self) -> bytes:
        """Return the next message, "" as long as it is not whole."""
        begin = int(self._is_begun)
        size = begin + int.from_bytes(self._data[begin : begin + _HEAD], "big")
        if len(self._data) < begin + _HEAD or len(self._data) < size:
            return b""
        message, self._data = self._data[:size], self._data[size:]
        if not self._is_begun:
            self._is_begun = int.from_bytes(message[_HEAD : 2 * _HEAD], "big") not in _REQUESTS
            return b"\0" + message
        return message


@contextmanager
def count_round_trips(port: int) -> Iterator[RoundTrips]:
    """Yield a relay to a port of the loopback that counts the round trips."""
    relay = RoundTrips(port)
    try:
        yield relay
    finally:
        relay.close()


def set_kept_seconds(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Have all that a reader fetches from a server used again for so many seconds: none below 0."""
    for name in _KEPT_SECONDS:
        monkeypatch.setattr(f"dossier.library.index.postgresql.{name}", seconds)


def ask_unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the number of questions to a server independent of how long anything takes."""
    monkeypatch.setattr("dossier.library.growing_list.SOON", 60.0)
    set_kept_seconds(monkeypatch, 600.0)
    # On a thread of its own it may take so long that meanwhile another connection is made.
    monkeypatch.setattr(
        "dossier.library.index.postgresql.server_sessions.ServerSessions.take_back",
        lambda sessions, connection: sessions._kept.end_transaction(connection),
    )
