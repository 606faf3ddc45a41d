"""Processor time and memory of running processes, as Linux tells them in /proc (proc_pid_stat(5))."""

import ctypes
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_SYSTEM = ctypes.CDLL(None)
_TICKS = os.sysconf("SC_CLK_TCK")
_USER, _CHILDREN = 11, 15
"""Places of the times after the name of the process: its own, user and system, then those of children that ended."""


def processor_seconds(process: int) -> float:
    """Return the processor time of a process and of all that it has started, also of those that have ended."""
    return sum(_seconds(one) for one in (process, *_descendants(process)))


def largest_peak(process: int) -> float:
    """Return the peak memory in megabytes of the largest of a process and all that it has started and that run."""
    return max(megabytes(one, "VmHWM") for one in (process, *_descendants(process)))


def megabytes(process: int, field: str) -> float:
    """Return a field of the memory of a process, such as VmRSS, in megabytes; 0 when it has ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text("ascii", "replace").splitlines():
            if line.startswith(f"{field}:"):
                return int(line.split()[1]) / 1024
    return 0.0


def own_milliseconds(process: int) -> float:
    """Return the processor time of all threads of a process, also of those that have ended; 0 when it has ended.

    What it has started is not counted.
    """
    clock = ctypes.c_int()
    # The clock has nanoseconds (clock_getcpuclockid(3)), where proc_pid_stat(5) has hundredths of a second.
    if _SYSTEM.clock_getcpuclockid(process, ctypes.byref(clock)):
        return 0.0
    with suppress(OSError):
        return time.clock_gettime_ns(clock.value) / 1e6
    return 0.0


def has_ended(process: int) -> bool:
    """Return whether a child process has ended. It stays to be waited for, which tells what it has used."""
    return os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _seconds(process: int) -> float:
    with suppress(OSError):
        fields = Path(f"/proc/{process}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        return sum(map(int, fields[_USER:_CHILDREN])) / _TICKS
    return 0.0


def _descendants(process: int) -> Iterator[int]:
    tasks = Path(f"/proc/{process}/task")
    with suppress(OSError):
        for task in tasks.iterdir():
            for word in (task / "children").read_text("ascii").split():
                yield int(word)
                yield from _descendants(int(word))
