"""Work on files off the thread that handles keys, since a disk may answer late or never.

`ask_disk` does its work in place wherever nobody waits for a key. A key is handled as a `RetriedCall`: within that, it
does it on a thread of its own and waits a moment. If there is no answer by then, it raises DiskPendingError: the
attempt is given up, and made again once the answer is there. Then all answers that were there before are given again,
to the first question of a name the first one and so on, so that nothing is read, written or started twice: not even if
what happened meanwhile has led elsewhere.
"""

import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Final, TypeVar

_PATIENCE: Final = 0.05
"""Seconds that one attempt waits for the disk in all."""
_Answer = TypeVar("_Answer")
_this_thread = threading.local()


class DiskPendingError(Exception):
    """A disk has not answered yet. `job` is what it was asked for."""

    def __init__(self, job: "DiskJob") -> None:
        super().__init__(job.name)
        self.job = job


class DiskJob:
    """Work whose result, or exception, is kept. `start` begins it on a thread that never keeps the program alive."""

    def __init__(self, name: str, work: Callable[[], Any]) -> None:
        self.name, self._work = name, work
        self._done = threading.Event()
        self._lock = threading.Lock()
        self._listeners: list[Callable[[], None]] = []
        self._value: Any = None
        self._error: BaseException | None = None

    def start(self) -> None:
        """Do the work on a thread of its own."""
        threading.Thread(target=self.run, name=self.name, daemon=True).start()

    def run(self) -> None:
        """Do the work in place."""
        with self:
            self._value = self._work()

    def __enter__(self) -> None:
        """Begin to watch for an exception."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        """Keep the exception for those who ask for the result, and tell them that the work is done."""
        self._error = error
        with self._lock:
            self._done.set()
        for listener in self._listeners:
            listener()
        return True

    @property
    def is_done(self) -> bool:
        """Whether the work is done."""
        return self._done.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait for at most `seconds`, and return whether the work is done."""
        return self._done.wait(seconds)

    def result(self) -> Any:
        """Return what the work returned, or raise what it raised. It has to be done."""
        if self._error:
            raise self._error
        return self._value

    def when_done(self, listener: Callable[[], None]) -> None:
        """Call `listener` on the thread of the work when that is done, or at once if it is done already."""
        with self._lock:
            if not self._done.is_set():
                self._listeners.append(listener)
                return
        listener()


class DiskThread:
    """A thread that does one job after another, and never keeps the program alive. It starts with the first job.

    For what is done again and again, where a thread of its own for each job would cost more than the job.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._jobs: SimpleQueue[DiskJob | None] | None = None

    def do(self, job: DiskJob) -> None:
        """Do a job when those before it are done."""
        if self._jobs is None:
            self._jobs = SimpleQueue()
            threading.Thread(target=_do_jobs, args=(self._jobs,), name=self._name, daemon=True).start()
        self._jobs.put(job)

    def end(self) -> None:
        """Let the thread end when its jobs are done. The next job starts another one, which does not wait for them."""
        if self._jobs is not None:
            self._jobs.put(None)
            self._jobs = None


def _do_jobs(jobs: SimpleQueue[DiskJob | None]) -> None:
    while job := jobs.get():
        job.run()
        # What it has found is not kept until the next one.
        del job


class RetriedCall:
    """A call that is made again until the disk has answered all that it asks for, with the answers so far."""

    def __init__(self, call: Callable[[], None]) -> None:
        self._call = call
        self._jobs: dict[tuple[str, int], DiskJob] = {}
        self._asked: dict[str, int] = {}
        self._until = 0.0

    def make(self) -> None:
        """Call the function. Raises DiskPendingError if the disk does not answer soon."""
        self._asked, self._until = {}, time.monotonic() + _PATIENCE
        outer, _this_thread.attempt = getattr(_this_thread, "attempt", None), self
        try:
            self._call()
        finally:
            _this_thread.attempt = outer

    def ask(self, name: str, work: Callable[[], Any], in_place: bool) -> Any:
        """Return the next answer of this name, which is that of an earlier attempt if there was one."""
        number = self._asked[name] = self._asked.get(name, 0) + 1
        job = self._jobs.get((name, number))
        if job is None:
            job = self._jobs[name, number] = DiskJob(name, work)
            if in_place:
                job.run()
            else:
                job.start()
        if not job.wait(max(0.0, self._until - time.monotonic())):
            raise DiskPendingError(job)
        return job.result()


def ask_disk(name: str, work: Callable[[], _Answer]) -> _Answer:
    """Return what `work` returns. Within an attempt it is done on another thread, and may be pending.

    Calls within one attempt have the same `name` only where they ask for the same.
    """
    attempt: RetriedCall | None = getattr(_this_thread, "attempt", None)
    if attempt is None:
        return work()
    answer: _Answer = attempt.ask(name, work, in_place=False)
    return answer


def do_once(name: str, work: Callable[[], _Answer]) -> _Answer:
    """Return what `work` returns. It is done in place, but within an attempt only the first time."""
    attempt: RetriedCall | None = getattr(_this_thread, "attempt", None)
    if attempt is None:
        return work()
    answer: _Answer = attempt.ask(name, work, in_place=True)
    return answer
