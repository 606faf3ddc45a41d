"""The queue of background tasks of a library, which one thread does one after another."""

import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from queue import Empty, PriorityQueue

from dossier.library.free_memory import IDLE_SECONDS, give_back_free_memory
from dossier.library.growing_list import GONE
from dossier.library.tasks import BackgroundResult, Task, run_in_thread

_BREATH = 0.02
"""Seconds before each task, in which a key that asks for several of them is answered on the screen."""
_ORDER = ("quotes", "timeline", "people", "histogram", "facets")
"""The order in which tasks are done: first what takes little time and is looked at most."""


class TaskQueue:
    """Tasks that are done one after another, those that come first in _ORDER before the others."""

    def __init__(self) -> None:
        self._later: PriorityQueue[Task] = PriorityQueue()
        self._numbers = count()
        self.broken_off = False
        """Whether something wanted was not done to its end, and is to be asked for again."""
        run_in_thread(self._work)

    def put(self, name: str, made: BackgroundResult, work: Callable[[], None]) -> None:
        """Have a task done later, by its name in _ORDER. `made` is the result that `work` completes."""
        self._later.put(Task(_ORDER.index(name), next(self._numbers), made, work))

    def do(self, made: BackgroundResult, work: Callable[[], None]) -> None:
        """Do a task at once, and note whether it was done to its end."""
        try:
            with suppress(*GONE):
                if not made.is_stopped:
                    work()
        finally:
            if not made.is_done and not made.is_stopped:
                made.is_stopped = self.broken_off = True

    def _work(self) -> None:
        """Do the tasks, one after another, for ever."""
        try:
            while True:
                task = self._next()
                time.sleep(_BREATH)
                self.do(task.made, task.work)
        finally:
            # A task that fails must not keep the others from being done.
            run_in_thread(self._work)

    def _next(self) -> Task:
        """Return the next task, and give memory back if there is none for a while."""
        try:
            return self._later.get(timeout=IDLE_SECONDS)
        except Empty:
            give_back_free_memory()
            return self._later.get()
