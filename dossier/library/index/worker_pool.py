"""Files are read by as many processes as there are processors, each of which has a line of its own to this one.

Decided here: who dies takes nobody along, and leaves nobody behind. A reader ends when its line ends, however the
program ended; a file that ends its reader costs a finding, and another reader takes over. No more is read ahead than
fits the lines, so that memory stays flat however long the writing takes.
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
"""So many files are handed out together."""
_PATHS = 16_384
"""So many bytes of paths at most, which pass any line without waiting."""
_AHEAD = 2
"""So many hands of files a reader has before him, so that he never waits for the next."""
_UNWRITTEN = 6
"""So many hands of read files may wait for the writer."""
_IN_PROCESS = 200
"""Fewer files are read sooner than another process starts."""
_COLLECT = 16
"""After so many hands a reader looks for cyclic garbage, of which reading makes next to none."""
_NAP = 0.1


def all_found(root: Path, looks: list[ScannedFile], limits: Limits) -> Generator[list[IngestedFile], None, None]:
    """What all these files are, a hand of them at a time, about in their order.

    To be closed when it is not read to its end: the readers end with it.
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
    """The readers, and the thread that deals out files to them and takes in what they found."""

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
        """Set the readers to work."""
        # The tracker that comes with the first process lets signals through again: it must be there before.
        resource_tracker.ensure_running()
        for _ in range(max(1, readers)):
            self._hire()
        self._dealer.start()

    def hands(self) -> Iterator[list[IngestedFile]]:
        """What was found, until everything is read."""
        while (found := self._next()) is not None:
            yield found
        for chunk in self._unread:
            for look in chunk:
                yield [found_in(self._root, look, self._limits)]

    def _next(self) -> list[IngestedFile] | None:
        """What was found next; nothing, as a sign of life, when that takes long; None at the end."""
        try:
            return self._read.get(timeout=_NAP)
        except queue.Empty:
            return []

    def end(self) -> None:
        """Let every reader go, whatever he is at."""
        self._ended.set()
        if self._dealer.is_alive():
            self._dealer.join()
        for line, (process, _) in self._readers.items():
            line.close()
            process.terminate()
            process.join()

    def _hire(self) -> None:
        here, there = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(there, self._root, self._limits), daemon=True)
        with _no_interrupts():
            process.start()
        there.close()
        self._readers[here] = (process, [])

    def _deal(self) -> None:
        for line in list(self._readers):
            for _ in range(_AHEAD):
                self._hand_out(line)
        while any(chunks for _, chunks in self._readers.values()) and not self._ended.is_set():
            ready = set(wait(list(self._readers), _NAP))
            for line in [line for line in self._readers if line in ready]:
                self._take_in(line)
        self._put(None)

    def _take_in(self, line: Connection) -> None:
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
        if chunk := next(self._chunks, None):
            self._readers[line][1].append(chunk)
            try:
                line.send_bytes(marshal.dumps([tuple(look) for look in chunk]))
            except OSError:
                # He has just died: what he had is taken over when his line is next looked at.
                return

    def _replace(self, chunks: list[list[ScannedFile]]) -> None:
        """Another reader for one who died over the first of his chunks, whose files come singly now.

        Where none ever read anything no process can be had, and the files are read in this one."""
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
        while not self._ended.is_set():
            try:
                self._read.put(found, timeout=_NAP)
            except queue.Full:
                continue
            return


def _as_found(look: tuple[bytes, int, int], record: tuple[Any, ...] | None, fault: Any) -> IngestedFile:
    return IngestedFile(ScannedFile(*look), IndexRecord(*record) if record else None, fault)


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """A stretch in which Ctrl-C waits. A process that is started in it starts so, too, and never shows a traceback."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(line: Connection, root: Path, limits: Limits) -> None:
    """Read what the line asks for, until it ends. Ctrl-C is for the process at the other end."""
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
    return tuple(found.look), tuple(found.record) if found.record else None, found.fault
