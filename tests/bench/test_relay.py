"""The relay that stands between a program and a server that is slow, hangs or goes away."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from relay import Relay, relay
from waiting import PATIENCE


def _echo(server: socket.socket) -> None:
    """Send back what comes on each connection, until the server is closed."""
    with suppress(OSError):
        while True:
            one, _ = server.accept()
            threading.Thread(target=_answer, args=[one], daemon=True).start()


def _answer(one: socket.socket) -> None:
    with one, suppress(OSError):
        while said := one.recv(1024):
            one.sendall(said)


@pytest.fixture
def line() -> Iterator[Relay]:
    """Yield a relay to a server that sends back what it gets."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_echo, args=[server], daemon=True).start()
        with relay(server.getsockname()[1], 1) as led:
            yield led
        server.shutdown(socket.SHUT_RDWR)


def _connect(line: Relay) -> socket.socket:
    return socket.create_connection(("127.0.0.1", line.port), timeout=PATIENCE)


def _is_silent(one: socket.socket) -> bool:
    """Return whether nothing comes while another connection would have been answered many times."""
    one.settimeout(0.2)
    try:
        one.recv(1024)
    except TimeoutError:
        return True
    finally:
        one.settimeout(PATIENCE)
    return False


def _has_ended(one: socket.socket) -> bool:
    try:
        return one.recv(1024) == b""
    except ConnectionResetError:
        return True


def test_what_is_sent_while_it_stalls_arrives_when_it_goes_on(line: Relay) -> None:
    with _connect(line) as one:
        one.sendall(b"first")
        assert one.recv(1024) == b"first"
        line.stall()
        one.sendall(b"second")
        assert _is_silent(one)
        line.resume()
        assert one.recv(1024) == b"second"


def test_a_new_connection_hangs_while_it_stalls(line: Relay) -> None:
    line.stall()
    with _connect(line) as one:
        one.sendall(b"first")
        assert _is_silent(one)
        line.resume()
        assert one.recv(1024) == b"first"


@pytest.mark.parametrize("is_stalled", [False, True])
def test_connections_end_and_later_ones_relayed(line: Relay, is_stalled: bool) -> None:
    with _connect(line) as one:
        one.sendall(b"first")
        assert one.recv(1024) == b"first"
        if is_stalled:
            line.stall()
        line.drop()
        assert _has_ended(one)
    with _connect(line) as one:
        one.sendall(b"second")
        assert one.recv(1024) == b"second"
