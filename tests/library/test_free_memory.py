"""Memory that was freed goes back to the system once nothing is worked out in the background."""

import ctypes
import subprocess
import sys
import threading
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from waiting import until

from dossier.library import free_memory, task_queue
from dossier.library.free_memory import give_back_free_memory
from dossier.library.task_queue import TaskQueue
from dossier.library.tasks import FacetCounts

_ROOT = Path(__file__).parent.parent.parent
# What is freed lies between pieces that stay, so that the C library does not give it back by itself.
_PROGRAM = """
import re
from pathlib import Path
from dossier.library.free_memory import give_back_free_memory

def resident():
    return int(re.search(r"VmRSS:\\s*(\\d+) kB", Path("/proc/self/status").read_text())[1])

kept = [bytes([number % 256]) * 16_000 for number in range(4_000)]
before = resident()
del kept[1::2]
kept[0::2] = [piece for piece in kept[0::2]]
freed = resident()
give_back_free_memory()
print(before - freed, freed - resident())
"""


def has_trim() -> bool:
    return sys.platform == "linux" and hasattr(ctypes.CDLL(None), "malloc_trim")


@pytest.mark.skipif(not has_trim(), reason="the C library gives nothing back")
def test_what_was_freed_is_given_back() -> None:
    ran = subprocess.run([sys.executable, "-c", _PROGRAM], cwd=_ROOT, capture_output=True, text=True, check=True)
    freed, given_back = map(int, ran.stdout.split())
    assert freed < 16_000 < given_back, (freed, given_back)


@pytest.mark.parametrize("fault", [AttributeError, OSError])
def test_a_c_library_without_the_function_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    def refuse(_: object) -> None:
        raise fault

    monkeypatch.setattr(ctypes, "CDLL", refuse)
    free_memory._find_trim.cache_clear()
    give_back_free_memory()
    assert free_memory._find_trim() is None
    free_memory._find_trim.cache_clear()


def test_other_systems_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    free_memory._find_trim.cache_clear()
    assert free_memory._find_trim() is None
    free_memory._find_trim.cache_clear()


def test_memory_is_given_back_once_after_the_last_task(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, int]] = []
    given = threading.Semaphore(0)

    def note(what: str) -> None:
        told.append((what, threading.get_ident()))
        given.release()

    monkeypatch.setattr(task_queue, "give_back_free_memory", partial(note, "given back"))
    monkeypatch.setattr(task_queue, "IDLE_SECONDS", 0.05)
    queue = TaskQueue()
    for _ in range(2):
        made = FacetCounts()
        queue.put("facets", made, partial(note, "task"))
        until(lambda made=made: made.is_stopped)  # type: ignore[misc]
        until(lambda: told[-1][0] == "given back")
    # Queues of other tests may do the same.
    of_tasks = {thread for what, thread in told if what == "task"}
    done = [what for what, thread in told if thread in of_tasks]
    assert done[-2:] == ["task", "given back"]
    assert done.count("task") == 2
    assert ("given back", "given back") not in pairwise(done)
