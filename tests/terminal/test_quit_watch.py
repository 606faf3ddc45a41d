"""Tests of the last way out: only a key that quits, typed last while the event loop is stuck, ends the process."""

import threading
from collections.abc import Callable

import pytest
from waiting import PATIENCE

from dossier.terminal import quit_watch
from dossier.terminal.quit_watch import QuitWatch


class Ending:
    """A watch whose loop is stuck once `is_stuck` is set, and what came of it."""

    def __init__(self) -> None:
        self.is_stuck = False
        self.ended = threading.Event()
        self.asked: list[Callable[[], None]] = []
        self.watch = QuitWatch(self._ask, lambda key: 0.01 if key == "q" else None, self.ended.set)

    def _ask(self, call: Callable[[], None]) -> None:
        self.asked.append(call)
        if not self.is_stuck:
            call()

    def wait_for_watches(self) -> None:
        for one in threading.enumerate():
            if one.name == "quit":
                one.join(PATIENCE)


@pytest.fixture
def ending(monkeypatch: pytest.MonkeyPatch) -> Ending:
    monkeypatch.setattr(quit_watch, "_LONG_PATIENCE", 0.02)
    monkeypatch.setattr(quit_watch, "_PAUSE", 0.001)
    return Ending()


def test_a_loop_that_is_stuck_is_not_waited_for(ending: Ending) -> None:
    ending.is_stuck = True
    ending.watch.hear("q")
    assert ending.ended.wait(PATIENCE)


def test_a_loop_that_was_stuck_before_the_key_is_waited_for_longer_but_not_for_ever(ending: Ending) -> None:
    ending.is_stuck = True
    ending.watch.hear("j")
    ending.watch.hear("q")
    assert ending.ended.wait(PATIENCE)


def test_a_loop_that_lives_ends_by_itself(ending: Ending) -> None:
    ending.watch.hear("q")
    ending.wait_for_watches()
    assert not ending.ended.is_set()
    assert len(ending.asked) > 2


@pytest.mark.parametrize("keys", [["j"], ["s"], ["q", "u"]])
def test_other_keys_end_nothing(ending: Ending, keys: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    ending.is_stuck = True
    for key in keys:
        ending.watch.hear(key)
    ending.wait_for_watches()
    assert not ending.ended.is_set()
