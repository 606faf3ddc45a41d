"""A pool of processes that read files, one for each processor, each with a pipe of its own to this process.

A process that dies takes no other along, and leaves none behind. A worker ends when its pipe is closed, however the
program ended. A file that ends its worker costs a finding, and another worker takes over. No more is read ahead than
fits the pipes, so that memory stays flat however long writing takes.
"""

import gc
import marshal
import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, count
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from dossier.library.index.ingest import IngestedFile, found_in
from dossier.library.index.record import IndexRecord
from dossier.library.index.scan import ScannedFile, in_chunks
from dossier.loader.limits import Limits

FILES = 64
"""Files in a batch."""
_PATHS = 16_384
"""The most bytes of paths in a batch, which pass any pipe without waiting."""
_AHEAD = 2
"""Batches that are sent to a worker ahead, so that it never waits for the next."""
_UNWRITTEN = 6
"""Batches of files that may wait to be written."""
_IN_PROCESS = 200
"""The number of files below which they are read in this process, before another one would have started."""
_COLLECT = 16
"""Batches after which a worker collects cyclic garbage, of which reading makes next to none."""
_NAP = 0.1


def all_found(root: Path, looks: list[ScannedFile], limits: Limits) -> Generator[list[IngestedFile], None, None]:
    """Yield what these files are, in batches, roughly in their order. Empty batches come in between.

    The generator must be closed when it is not read to its end: the workers end with it.
    """
    if len(looks) < _IN_PROCESS:
        for look in looks:
            yield [found_in(root, look, limits)]
        return
    crew = _Crew(root, limits, in_chunks(looks, FILES, _PATHS))
    try:
        crew.start(min(os.cpu_count() or 1, len(looks) // FILES))
        yield from crew.hands()
    finally:
        crew.end()


class _Crew:
    """The workers, and the thread that sends files to them and receives what they are."""

    def __init__(self, root: Path, limits: Limits, chunks: Iterable[list[ScannedFile]]) -> None:
        self._root, self._limits, self._chunks = root, limits, iter(chunks)
        self._context = multiprocessing.get_context("spawn")
        self._readers: dict[Connection, tuple[Any, list[list[ScannedFile]]]] = {}
        self._read: queue.Queue[list[IngestedFile] | None] = queue.Queue(_UNWRITTEN)
        self._unread: Iterable[list[ScannedFile]] = ()
        self._has_read = False
        self._ended = threading.Event()
        self._dealer = threading.Thread(target=self._deal, daemon=True)

    def start(self, readers: int) -> None:
        """Start the workers."""
        # The tracker that comes with the first process lets signals through again: it must be there before.
        resource_tracker.ensure_running()
        for _ in range(max(1, readers)):
            self._hire()
        self._dealer.start()

    def hands(self) -> Iterator[list[IngestedFile]]:
        """Yield what the files are, in batches, until all are read."""
        while (found := self._next()) is not None:
            yield found
        for chunk in self._unread:
            for look in chunk:
                yield [found_in(self._root, look, self._limits)]

    def _next(self) -> list[IngestedFile] | None:
        """Return the next batch, an empty one when that takes long, None at the end."""
        try:
            return self._read.get(timeout=_NAP)
        except queue.Empty:
            return []

    def end(self) -> None:
        """End every worker, whatever it is doing."""
        self._ended.set()
        if self._dealer.is_alive():
            self._dealer.join()
        for line, (process, _) in self._readers.items():
            line.close()
            process.terminate()
            process.join()

    def _hire(self) -> None:
        """Start one worker."""
        here, there = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(there, self._root, self._limits), daemon=True)
        with _no_interrupts():
            process.start()
        there.close()
        self._readers[here] = (process, [])

    def _deal(self) -> None:
        """Send files to the workers, and receive what they are, until all are read. Runs on a thread of its own."""
        for line in list(self._readers):
            for _ in range(_AHEAD):
                self._hand_out(line)
        while any(chunks for _, chunks in self._readers.values()) and not self._ended.is_set():
            ready = set(wait(list(self._readers), _NAP))
            for line in [line for line in self._readers if line in ready]:
                self._take_in(line)
        self._put(None)

    def _take_in(self, line: Connection) -> None:
        """Receive a batch from the worker at the other end of a pipe, or find that it has died."""
        process, chunks = self._readers[line]
        try:
            found = marshal.loads(line.recv_bytes())
        except (EOFError, OSError):
            del self._readers[line]
            line.close()
            process.join()
            self._replace(chunks)
            return
        self._has_read = True
        chunks.pop(0)
        self._hand_out(line)
        self._put([_as_found(*one) for one in found])

    def _hand_out(self, line: Connection) -> None:
        """Send the next batch to a worker, if there is one."""
        if chunk := next(self._chunks, None):
            self._readers[line][1].append(chunk)
            try:
                line.send_bytes(marshal.dumps([tuple(look) for look in chunk]))
            except OSError:
                # He has just died: what he had is taken over when his line is next looked at.
                return

    def _replace(self, chunks: list[list[ScannedFile]]) -> None:
        """Start another worker for one that died over the first of its batches, whose files now come singly.

        Where no worker ever read anything no process can be started, and the files are read in this one.
        """
        if not chunks or self._ended.is_set():
            return
        if not self._has_read:
            self._unread = chain(chunks, self._unread, () if self._readers else self._chunks)
            return
        first, *others = chunks
        if len(first) == 1:
            fault = (1, 1, "cannot-read", "reading this file ended the process that read it")
            self._put([IngestedFile(first[0], None, fault)])
        else:
            others = [[look] for look in first] + others
        self._chunks = chain(others, self._chunks)
        self._hire()
        for line, (_, had) in self._readers.items():
            for _ in range(_AHEAD - len(had)):
                self._hand_out(line)

    def _put(self, found: list[IngestedFile] | None) -> None:
        """Queue a batch for writing (None: the last one), once there is room for it."""
        while not self._ended.is_set():
            try:
                self._read.put(found, timeout=_NAP)
            except queue.Full:
                continue
            return


def _as_found(look: tuple[bytes, int, int], record: tuple[Any, ...] | None, fault: Any) -> IngestedFile:
    """Return what a file is, from the tuples that a worker sent."""
    return IngestedFile(ScannedFile(*look), IndexRecord(*record) if record else None, fault)


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Return a context manager in which Ctrl-C waits.

    A process that is started in it begins so too, and never shows a traceback.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(line: Connection, root: Path, limits: Limits) -> None:
    """Read the files asked for until the pipe is closed. Ctrl-C is for the process at the other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.disable()
    try:
        for hands in count(1):
            looks = marshal.loads(line.recv_bytes())
            line.send_bytes(marshal.dumps([_as_tuples(found_in(root, ScannedFile(*look), limits)) for look in looks]))
            if hands % _COLLECT == 0:
                gc.collect()
    except (EOFError, OSError):
        return


def _as_tuples(found: IngestedFile) -> tuple[Any, ...]:
    """Return what a file is in tuples, for the pipe."""
    return tuple(found.look), tuple(found.record) if found.record else None, found.fault
