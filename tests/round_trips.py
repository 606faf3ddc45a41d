"""A relay to a server of a protocol of questions and answers, which counts the round trips."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_PACKET = 65_536


class RoundTrips:
    """A relay to a port of the loopback. Connections to `port` go through it.

    `number` counts how often a client sent something after the server had sent something, over all connections, but for
    what has `uncounted` in it: that for which nobody waits.
    """

    uncounted = b"ROLLBACK"

    def __init__(self, to: int) -> None:
        self._to, self.number = to, 0
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
                turn = _Turn()
                for source, target, asks in ((client, server, True), (server, client, False)):
                    source.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    threading.Thread(target=self._pass, args=(source, target, asks, turn), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, asks: bool, turn: "_Turn") -> None:
        with suppress(OSError):
            while data := source.recv(_PACKET):
                with self._lock:
                    self.number += asks and not turn.is_asked and self.uncounted not in data
                    turn.is_asked = asks
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)


class _Turn:
    """Whether the client of a connection was the last one to send something."""

    is_asked = False


@contextmanager
def count_round_trips(port: int) -> Iterator[RoundTrips]:
    """Yield a relay to a port of the loopback that counts the round trips."""
    relay = RoundTrips(port)
    try:
        yield relay
    finally:
        relay.close()
