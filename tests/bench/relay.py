"""A line between two programs that is as long and as narrow as one likes: a relay of TCP on the loopback.

Decided here: the relay is a process of its own, so that neither who measures nor what is measured delays it, and it
needs no rights, which the shaping of the kernel would. A direction of the line is a clock and a bound: a packet leaves
when those before it have left, arrives half a round trip after, and whoever sends faster is no longer read from once
as much waits as a modem keeps. Delays are exact to about a millisecond, by which the event loop rounds them up.
"""

import asyncio
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

_PACKET = 1448
"""Bytes that an Ethernet's packet of TCP carries, with the time in its header (RFC 7323)."""
_KEPT = 32_768
"""Bytes that wait for the line before the sender is held back."""
_FLIGHT = 1_024
"""Packets under way at most in one direction, however fast the line is."""
_AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER with no time: closing resets the connection."""


class Relay:
    """A relay that is running: what connects to `port` of the loopback is led over the line."""

    def __init__(self, port: int, orders: IO[str]) -> None:
        self.port, self._orders = port, orders

    def drop(self) -> None:
        """Cut every connection, as a line does that fails; later ones are led again."""
        self._orders.write("drop\n")
        self._orders.flush()


@contextmanager
def relay(port: int, rtt_ms: float, bits_per_second: float | None = None) -> Iterator[Relay]:
    """A line to a port of the loopback, with this round trip in milliseconds, and so narrow in each direction
    (None: as wide as the machine's own)."""
    words = [sys.executable, __file__, str(port), str(rtt_ms), str(bits_per_second or 0)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        try:
            yield Relay(int(process.stdout.readline()), process.stdin)
        finally:
            # It ends when nobody can give it orders any longer.
            with suppress(OSError):
                process.stdin.close()


class _Line:
    """The relay itself, in its own process."""

    def __init__(self, port: int, delay: float, bits_per_second: float) -> None:
        self._port, self._delay, self._speed = port, delay, bits_per_second
        self._open: set[socket.socket] = set()

    async def lead(self) -> None:
        """Lead whatever connects, until there is no more to read from the orders."""
        loop = asyncio.get_running_loop()
        ended = loop.create_future()
        loop.add_reader(sys.stdin, self._order, ended)
        with socket.create_server(("127.0.0.1", 0)) as server:
            # What the kernel would keep is no part of the line.
            server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _KEPT)
            server.setblocking(False)
            print(server.getsockname()[1], flush=True)
            taking = loop.create_task(self._take(server))
            await ended
            taking.cancel()
        self._drop()

    def _order(self, ended: "asyncio.Future[None]") -> None:
        if sys.stdin.readline():
            self._drop()
        elif not ended.done():
            ended.set_result(None)

    def _drop(self) -> None:
        for one in self._open:
            with suppress(OSError):
                one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
                # A socket that is being read from is only given up once that has come to an end.
                one.shutdown(socket.SHUT_RDWR)

    async def _take(self, server: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as group:
            while True:
                near, _ = await loop.sock_accept(server)
                group.create_task(self._connect(near))

    async def _connect(self, near: socket.socket) -> None:
        with near, socket.socket() as far:
            far.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _KEPT)
            ends = {near, far}
            for one in ends:
                one.setblocking(False)
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._open |= ends
            try:
                await asyncio.get_running_loop().sock_connect(far, ("127.0.0.1", self._port))
                await asyncio.gather(self._direction(near, far), self._direction(far, near))
            except OSError:
                # The other direction has no one left to talk to.
                pass
            finally:
                self._open -= ends

    async def _direction(self, source: socket.socket, target: socket.socket) -> None:
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(_FLIGHT)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._send(source, under_way))
            group.create_task(_arrive(under_way, target))

    async def _send(self, source: socket.socket, under_way: "asyncio.Queue[tuple[float, bytes]]") -> None:
        loop = asyncio.get_running_loop()
        free = 0.0
        most = 8 * _KEPT / self._speed if self._speed else 0.0
        while True:
            try:
                data = await loop.sock_recv(source, _PACKET)
            except OSError:
                data = b""
            free = max(free, loop.time()) + (8 * len(data) / self._speed if self._speed else 0)
            await under_way.put((free + self._delay, data))
            if not data:
                return
            if (waiting := free - loop.time()) > most:
                await asyncio.sleep(waiting - most)


async def _arrive(under_way: "asyncio.Queue[tuple[float, bytes]]", target: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    is_there = True
    while True:
        moment, data = await under_way.get()
        await asyncio.sleep(moment - loop.time())
        try:
            if not data:
                target.shutdown(socket.SHUT_WR)
            elif is_there:
                await loop.sock_sendall(target, data)
        except OSError:
            # Who sends finds out by itself.
            is_there = False
        if not data:
            return


if __name__ == "__main__":
    asyncio.run(_Line(int(sys.argv[1]), float(sys.argv[2]) / 2000, float(sys.argv[3])).lead())
