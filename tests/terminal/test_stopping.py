"""Tests of what happens between a job that is continued and the terminal that it takes again."""

import os
import signal
import threading
import time
from collections.abc import Callable
from contextvars import Context, copy_context
from types import FrameType

import pytest

from dossier.terminal import tty
from dossier.terminal.signals import JobControl, TerminalOwner


class Loop:
    """An event loop that calls at once what it is told to call."""

    def call_soon_threadsafe(self, call: Callable[[], None], context: Context) -> None:
        context.run(call)


def give_to_another_thread(_seconds: float) -> None:
    other = threading.Thread(target=lambda: signal.pthread_kill(threading.get_ident(), signal.SIGTERM))
    other.start()
    other.join()


def test_a_signal_that_another_thread_was_given_is_handled_before_the_terminal_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[str] = []

    def on_end(_number: int, _frame: FrameType | None) -> None:
        heard.append("told to end")

    owner = TerminalOwner(
        has_terminal=lambda: True,
        suspend=lambda: heard.append("given back"),
        resume=lambda: heard.append("taken"),
        resize=lambda: None,
        retake=lambda: None,
    )
    monkeypatch.setattr(os, "kill", lambda _process, number: heard.append(signal.Signals(number).name))
    monkeypatch.setattr(time, "sleep", give_to_another_thread)
    monkeypatch.setattr(tty, "is_foreground", lambda: False)
    before = signal.signal(signal.SIGTERM, on_end)
    control = JobControl(Loop(), copy_context(), owner)  # type: ignore[arg-type]
    control.start()
    try:
        signal.raise_signal(signal.SIGTSTP)
    finally:
        control.stop()
        signal.signal(signal.SIGTERM, before)
    assert heard == ["given back", "SIGTSTP", "told to end", "taken"]
