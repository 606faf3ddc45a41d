"""A pool of processes that read files, one for each processor, each with a pipe of its own to this process.

A worker that dies ends no other, and another one takes over; the file that it died of is reported as one that cannot
be read. A worker ends when its pipe is closed, so that none is left behind however the program ends. Few files are read
ahead, and what was made of them is kept as the workers sent it until it is asked for, so that memory stays flat however
long writing takes.
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

from dossier.library.index.errors import IndexWriteError
from dossier.library.index.ingest import IngestedFile, ingest_file
from dossier.library.index.record import IndexRecord
from dossier.library.index.scan import ScannedFile, split_into_batches
from dossier.loader.limits import Limits

FILES = 64
"""Files in a batch."""
_PATHS = 16_384
"""The most bytes of paths in a batch, which pass any pipe without waiting."""
_CONTENT = 512 * 1024
"""The most bytes of the files in a batch: what is made of them waits in memory, twice as large."""
_AHEAD = 2
"""Batches that a worker is sent in advance, so that it never waits for the next one."""
_UNWRITTEN = 6
"""Batches of files that may wait to be written."""
_IN_PROCESS = 200
"""Fewer files than these are read in this process, sooner than another one starts."""
_COLLECT = 16
"""Batches after which a worker collects cyclic garbage, of which reading makes next to none."""
_NAP = 0.1


def ingest_files(
    root: Path, looks: Iterable[ScannedFile], number: int, limits: Limits, keep: bool = False
) -> Generator[list[IngestedFile], None, None]:
    """Read these `number` files and yield them in batches, roughly in their order, with empty batches in between.

    `keep` says that their contents are to be kept. `looks` may be iterated over on another thread; an IndexWriteError
    that it raises is raised here.

    The generator must be closed if it is not read to its end, to end the workers.
    """
    if number < _IN_PROCESS:
        for look in looks:
            yield [ingest_file(root, look, limits, keep)]
        return
    pool = _WorkerPool(root, limits, keep, split_into_batches(looks, FILES, _PATHS, _CONTENT))
    try:
        pool.start(min(os.cpu_count() or 1, number // FILES))
        yield from pool.batches()
    finally:
        pool.end()


class _WorkerPool:
    """The workers, and the thread that sends files to them and receives what they are."""

    def __init__(self, root: Path, limits: Limits, keep: bool, batches: Iterable[list[ScannedFile]]) -> None:
        self._root, self._limits, self._keep, self._batches = root, limits, keep, iter(batches)
        self._context = multiprocessing.get_context("spawn")
        self._workers: dict[Connection, tuple[Any, list[list[ScannedFile]]]] = {}
        self._results: queue.Queue[bytes | None] = queue.Queue(_UNWRITTEN)
        self._unsent: Iterable[list[ScannedFile]] = ()
        self._failure: IndexWriteError | None = None
        self._has_read = False
        self._tried_again: set[ScannedFile] = set()
        self._ended = threading.Event()
        self._dispatcher = threading.Thread(target=self._dispatch, daemon=True)

    def start(self, workers: int) -> None:
        """Start the workers."""
        # Starting the first process would start the tracker, which unblocks signals: it must run before that.
        resource_tracker.ensure_running()
        for _ in range(max(1, workers)):
            self._spawn()
        self._dispatcher.start()

    def batches(self) -> Iterator[list[IngestedFile]]:
        """Yield the files that were read, in batches, until all are."""
        while (found := self._next()) is not None:
            yield found
        if self._failure:
            raise self._failure
        for batch in self._unsent:
            for look in batch:
                yield [ingest_file(self._root, look, self._limits, self._keep)]

    def _next(self) -> list[IngestedFile] | None:
        """Return the next batch, an empty one if there is none yet, None at the end."""
        try:
            packed = self._results.get(timeout=_NAP)
        except queue.Empty:
            return []
        return None if packed is None else [_as_found(*one) for one in marshal.loads(packed)]

    def end(self) -> None:
        """End every worker, whatever it is doing."""
        self._ended.set()
        if self._dispatcher.is_alive():
            self._dispatcher.join()
        for pipe, (process, _) in self._workers.items():
            pipe.close()
            process.terminate()
            process.join()

    def _spawn(self) -> None:
        """Start one worker."""
        here, there = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(there, self._root, self._limits, self._keep), daemon=True)
        with _no_interrupts():
            process.start()
        there.close()
        self._workers[here] = (process, [])

    def _dispatch(self) -> None:
        """Send files to the workers, and receive what they read, until all are read. Runs on a thread of its own."""
        try:
            for pipe in list(self._workers):
                for _ in range(_AHEAD):
                    self._send(pipe)
            while any(batches for _, batches in self._workers.values()) and not self._ended.is_set():
                ready = set(wait(list(self._workers), _NAP))
                for pipe in [pipe for pipe in self._workers if pipe in ready]:
                    self._receive(pipe)
        except IndexWriteError as error:
            self._failure = error
        self._put(None)

    def _receive(self, pipe: Connection) -> None:
        """Receive a batch from the worker at the other end of a pipe, or find that it has died."""
        process, batches = self._workers[pipe]
        try:
            packed = pipe.recv_bytes()
        except (EOFError, OSError):
            del self._workers[pipe]
            pipe.close()
            process.join()
            self._replace_worker(batches)
            return
        self._has_read = True
        batches.pop(0)
        self._send(pipe)
        self._put(packed)

    def _send(self, pipe: Connection) -> None:
        """Send the next batch to a worker, if there is one."""
        if batch := next(self._batches, None):
            self._workers[pipe][1].append(batch)
            try:
                pipe.send_bytes(marshal.dumps([tuple(look) for look in batch]))
            except OSError:
                # The worker has just died: `_receive` finds that, and gives its batches to another worker.
                return

    def _replace_worker(self, batches: list[list[ScannedFile]]) -> None:
        """Replace a worker that died while it read the first of its batches, whose files are now sent one by one.

        If no worker has read anything yet, processes cannot be started, and the files are read in this one.
        """
        if not batches or self._ended.is_set():
            return
        if not self._has_read:
            self._unsent = chain(batches, self._unsent, () if self._workers else self._batches)
            return
        first, *others = batches
        if len(first) == 1 and first[0] not in self._tried_again:
            # The file need not be the cause: memory may have run out, or the user may have killed the worker.
            self._tried_again.add(first[0])
            others = [first, *others]
        elif len(first) == 1:
            fault = (1, 1, "cannot-read", "reading this file crashed the process")
            self._put(_pack([IngestedFile(first[0]._replace(digest=b""), None, fault)]))
        else:
            others = [[look] for look in first] + others
        self._batches = chain(others, self._batches)
        self._spawn()
        for pipe, (_, had) in self._workers.items():
            for _ in range(_AHEAD - len(had)):
                self._send(pipe)

    def _put(self, packed: bytes | None) -> None:
        """Queue a packed batch for writing (None: the last one), once there is room for it."""
        while not self._ended.is_set():
            try:
                self._results.put(packed, timeout=_NAP)
            except queue.Full:
                continue
            return


def _as_found(
    look: tuple[Any, ...], record: tuple[Any, ...] | None, fault: Any, is_same: bool, content: bytes | None
) -> IngestedFile:
    """Return the file that was read, from the tuples that a worker sent."""
    return IngestedFile(ScannedFile(*look), IndexRecord(*record) if record else None, fault, is_same, content)


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


def _serve(pipe: Connection, root: Path, limits: Limits, keep: bool) -> None:
    """Read the files asked for until the pipe is closed. Ctrl-C is for the process at the other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.disable()
    try:
        for number in count(1):
            looks = marshal.loads(pipe.recv_bytes())
            pipe.send_bytes(_pack(ingest_file(root, ScannedFile(*look), limits, keep) for look in looks))
            if number % _COLLECT == 0:
                gc.collect()
    except (EOFError, OSError):
        return


def _pack(found: Iterable[IngestedFile]) -> bytes:
    """Return files that were read as bytes, for the pipe."""
    return marshal.dumps(list(map(_as_tuples, found)))


def _as_tuples(found: IngestedFile) -> tuple[Any, ...]:
    """Return a file that was read as tuples."""
    return tuple(found.look), tuple(found.record) if found.record else None, found.fault, found.is_same, found.content
