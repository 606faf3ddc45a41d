"""Relay of TCP on the loopback that simulates a connection of any latency and bandwidth.

The relay is a process of its own, so that it is delayed neither by the benchmark nor by the measured program. It needs
no privileges, unlike the traffic shaping of the kernel. Each direction has a clock and a limit: a packet is sent when
those before it have been sent, and arrives half a round trip later. A fast sender is no longer read from when as much
is waiting as a modem buffers. Delays are exact to about a millisecond, since the event loop rounds them up.
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
"""Bytes of data in a TCP packet on Ethernet, with the time stamp in its header (RFC 7323)."""
_KEPT = 32_768
"""Bytes that may wait to be sent before the sender is held back."""
_FLIGHT = 1_024
"""Maximum number of packets under way in one direction, however fast the connection is."""
_AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER without a delay: closing resets the connection."""


class Relay:
    """A running relay. Connections to `port` of the loopback go through it."""

    def __init__(self, port: int, orders: IO[str], answers: IO[str]) -> None:
        self.port, self._orders, self._answers = port, orders, answers

    def drop(self) -> None:
        """Cut all connections, as when the line fails. Later ones are relayed again, also if it was stalled."""
        self._order("drop")

    def stall(self) -> None:
        """Take and pass on no bytes, as when the server hangs. New connections are made, and hang, too."""
        self._order("stall")

    def resume(self) -> None:
        """Pass on what has come meanwhile, and all that comes."""
        self._order("resume")

    def _order(self, word: str) -> None:
        self._orders.write(f"{word}\n")
        self._orders.flush()
        self._answers.readline()


@contextmanager
def relay(port: int, rtt_ms: float, bits_per_second: float | None = None) -> Iterator[Relay]:
    """Relay connections to a port of the loopback, with a round trip of `rtt_ms` milliseconds.

    `bits_per_second` limits each direction; None means no limit.
    """
    words = [sys.executable, __file__, str(port), str(rtt_ms), str(bits_per_second or 0)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        try:
            yield Relay(int(process.stdout.readline()), process.stdin, process.stdout)
        finally:
            # The process ends when the other end of its pipe is closed.
            with suppress(OSError):
                process.stdin.close()


class _Line:
    """The relay itself, in its own process."""

    def __init__(self, port: int, delay: float, bits_per_second: float) -> None:
        self._port, self._delay, self._speed = port, delay, bits_per_second
        self._open: set[socket.socket] = set()
        self._passing = asyncio.Event()
        self._passing.set()

    async def lead(self) -> None:
        """Relay all connections until the pipe with orders is closed."""
        loop = asyncio.get_running_loop()
        ended = loop.create_future()
        loop.add_reader(sys.stdin, self._order, ended)
        with socket.create_server(("127.0.0.1", 0)) as server:
            # Buffers of the kernel are not part of the simulated connection.
            server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _KEPT)
            server.setblocking(False)
            print(server.getsockname()[1], flush=True)
            taking = loop.create_task(self._take(server))
            await ended
            taking.cancel()
        self._drop()

    def _order(self, ended: "asyncio.Future[None]") -> None:
        if word := sys.stdin.readline().strip():
            {"drop": self._drop, "stall": self._passing.clear, "resume": self._passing.set}[word]()
            print(word, flush=True)
        elif not ended.done():
            ended.set_result(None)

    def _drop(self) -> None:
        self._passing.set()
        for one in self._open:
            with suppress(OSError):
                one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
                # A socket is only closed once reading from it has ended.
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
                # The other direction has no receiver any more.
                pass
            finally:
                self._open -= ends

    async def _direction(self, source: socket.socket, target: socket.socket) -> None:
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(_FLIGHT)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._send(source, under_way))
            group.create_task(self._arrive(under_way, target))

    async def _send(self, source: socket.socket, under_way: "asyncio.Queue[tuple[float, bytes]]") -> None:
        loop = asyncio.get_running_loop()
        free = 0.0
        most = 8 * _KEPT / self._speed if self._speed else 0.0
        while True:
            await self._passing.wait()
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

    async def _arrive(self, under_way: "asyncio.Queue[tuple[float, bytes]]", target: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        is_there = True
        while True:
            moment, data = await under_way.get()
            await asyncio.sleep(moment - loop.time())
            await self._passing.wait()
            try:
                if not data:
                    target.shutdown(socket.SHUT_WR)
                elif is_there:
                    await loop.sock_sendall(target, data)
            except OSError:
                # The sender notices by itself.
                is_there = False
            if not data:
                return


if __name__ == "__main__":
    asyncio.run(_Line(int(sys.argv[1]), float(sys.argv[2]) / 2000, float(sys.argv[3])).lead())
