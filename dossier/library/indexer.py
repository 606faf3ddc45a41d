"""A child process that keeps the index of a library up to date, so that the process with the screen only reads it.

The child runs `dossier index` and prints its progress. It is stopped with the screen; what it has written stays.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from dossier.core.dates.words import format_duration
from dossier.library.index.errors import WRITE_FAILURE
from dossier.library.index.progress import ANEW, Stage
from dossier.loader.limits import Limits

_INTERVAL = 60.0
"""Seconds from the end of one update to the beginning of the next."""
_FAILED = "the index could not be updated: dossier index says why"
_GRACE = 0.5
"""Seconds that a child has to end when it is asked to."""


class Indexer:
    """The child process that updates the index of the library in the folder `root`, again and again.

    `on_progress` is called with the progress in words, on a thread of the indexer; "" when there is nothing to tell.
    `failure` says why the last update failed, and is "" where it did not.
    """

    def __init__(self, root: Path, limits: Limits) -> None:
        self._command = [sys.executable, "-m", "dossier", "index", str(root), "--format", "json", *_options(limits)]
        self._child: subprocess.Popen[str] | None = None
        self._again: threading.Timer | None = None
        self._listener: threading.Thread | None = None
        # Many threads start children: two must not be started in place of one, nor one after the end.
        self._starting, self._lock = threading.Lock(), threading.Lock()
        self._is_ended = False
        self.on_progress: Callable[[str], None] = lambda words: None
        self.failure = ""

    def start(self) -> None:
        """Start a child, in place of the one that runs: there are changes that it has to take in. Not after `stop`."""
        with self._starting:
            _end(self._take_child())
            with self._lock:
                if not self._is_ended:
                    self._start_child()

    def _start_child(self) -> None:
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        # A group of its own: Ctrl-C and Ctrl-Z at the keyboard are for the screen.
        self._child = subprocess.Popen(self._command, text=True, start_new_session=True, **pipes)  # type: ignore[call-overload]
        self._listener = threading.Thread(target=self._listen, args=(self._child,), daemon=True)
        self._listener.start()

    def _take_child(self) -> "subprocess.Popen[str] | None":
        """Return the child, if there is one, and have no other started by itself in a while."""
        with self._lock:
            if self._again:
                self._again.cancel()
            child, self._child = self._child, None
        return child

    def wait_for_failure(self) -> str:
        """Return why the child that has ended failed, "" where it did not or was stopped."""
        if self._listener:
            self._listener.join(_GRACE)
        return self.failure

    @property
    def is_running(self) -> bool:
        """Whether a child is at work."""
        child = self._child
        return child is not None and child.poll() is None

    def stop(self) -> None:
        """End the child, and start no other."""
        self._is_ended = True
        _end(self._take_child())

    def _listen(self, child: "subprocess.Popen[str]") -> None:
        """Pass on what the child prints until it ends, and have the next one started in a while."""
        said = ""
        for line in child.stdout or ():
            if line.startswith("{"):
                told = json.loads(line)
                # What was wrong before holds until an update goes through.
                self.on_progress(format_progress(told) or ("" if told["ended"] else self.failure))
            else:
                said = line.strip().removeprefix("dossier: ")
        status = child.wait()
        with self._lock:
            if self._child is not child:
                return
            self.failure = (said if said.startswith(WRITE_FAILURE) else _FAILED) if status else ""
            # Articles come in while one reads, and a full disk may have room again.
            self._again = threading.Timer(_INTERVAL, self.start)
            self._again.daemon = True
            self._again.start()
        if self.failure:
            self.on_progress(self.failure)


def _end(child: "subprocess.Popen[str] | None") -> None:
    if child and child.poll() is None:
        child.terminate()
        try:
            child.wait(_GRACE)
        except subprocess.TimeoutExpired:
            # With all that it started. It may have ended just now, and another thread have taken its status.
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            with suppress(subprocess.TimeoutExpired):
                # A process that waits for a stalled disk ends only when that answers.
                child.wait(_GRACE)


class NoIndexer:
    """Stands for the indexer of a library whose index another program updates: it does nothing."""

    def __init__(self) -> None:
        self.on_progress: Callable[[str], None] = lambda words: None

    def start(self) -> None:
        """Do nothing."""

    def stop(self) -> None:
        """Do nothing."""

    def wait_for_failure(self) -> str:
        """Return that nothing failed."""
        return ""

    @property
    def is_running(self) -> bool:
        """Whether a child is at work: no."""
        return False


def format_progress(told: dict[str, object]) -> str:
    """Return the progress of an update for a title: `reading 12 % · 1,450/s · 30 s left`.

    `told` is one object that `dossier index --format json` prints. Returns "" for an update that is done, or that has
    found nothing to do so far.
    """
    stage, files, done, left = (told.get(key) for key in ("stage", "files", "done", "left"))
    if told.get("ended"):
        return ""
    if told.get("was_damaged"):
        rest = format_progress({**told, "was_damaged": False})
        return f"{ANEW} · {rest}" if rest else ANEW
    if stage == str(Stage.LOOKING):
        return ""
    if stage != str(Stage.READING) or not isinstance(files, int) or not isinstance(done, int) or not files:
        return str(stage or "")
    rate = told.get("rate")
    words = f"{stage} {done * 100 // files} %"
    words += f" · {rate:,.0f}/s" if isinstance(rate, float) and rate else ""
    return words + (f" · {format_duration(left)} left" if isinstance(left, float) else "")


def _options(limits: Limits) -> list[str]:
    """Return the options of the command line for those limits that are not the usual ones."""
    usual = Limits()
    names = ("size", "depth", "aliases", "entries")
    given = ((name, getattr(limits, name)) for name in names if getattr(limits, name) != getattr(usual, name))
    return [word for name, value in given for word in (f"--max-{name}", str(value))]
