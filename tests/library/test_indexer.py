"""The child process that keeps an index up to date: what it does, what is heard of it, and that it ends."""

import os
import signal
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest
from processes import beneath
from shell import write_article
from shelves import many
from waiting import until

from dossier.library.index.progress import Stage
from dossier.library.index.reader import Index
from dossier.library.indexer import Indexer, format_progress
from dossier.loader.limits import Limits


def children() -> set[int]:
    """Return the running processes that this one has started, directly or indirectly."""
    return beneath(os.getpid())


def listeners() -> list[threading.Thread]:
    """Return the threads that receive the progress of a child process."""
    return [one for one in threading.enumerate() if "_listen" in one.name]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"stage": "looking for changed files", "files": 0, "done": 0, "ended": False}, ""),
        ({"stage": "done", "files": 4, "done": 4, "ended": True}, ""),
        ({"stage": "waiting for another program", "files": 0, "done": 0}, "waiting for another program"),
        ({"stage": "reading", "files": 200, "done": 0, "rate": 0.0, "left": None}, "reading 0 %"),
        (
            {"stage": "reading", "files": 8, "done": 1, "rate": 1450.4, "left": 30.0},
            "reading 12 % · 1,450/s · 30 s left",
        ),
        (
            {"stage": "merging", "files": 8, "done": 8, "rate": 1450.4, "left": 0.0},
            "merging",
        ),
        ({}, ""),
    ],
)
def test_progress_in_words(told: dict[str, object], words: str) -> None:
    assert format_progress(told) == words


def test_every_stage_can_be_told() -> None:
    said = {stage: format_progress({"stage": str(stage), "ended": stage is Stage.ENDED}) for stage in Stage}
    assert [stage for stage, words in said.items() if not words] == [Stage.LOOKING, Stage.ENDED]


def test_the_child_makes_the_index_and_is_heard(tmp_path: Path) -> None:
    many(tmp_path, 300)
    indexer = Indexer(tmp_path, Limits())
    heard: list[str] = []
    indexer.on_progress = heard.append
    indexer.start()
    until(lambda: not indexer.is_running)
    until(lambda: heard[-1:] == [""])
    assert any(words.startswith("reading ") for words in heard)
    index = Index.open(tmp_path)
    assert index
    assert index.total() == 300


def test_what_changed_is_taken_in_when_it_is_started_anew(tmp_path: Path) -> None:
    many(tmp_path, 3)
    indexer = Indexer(tmp_path, Limits())
    for number in (3, 4):
        indexer.start()
        until(lambda: not indexer.is_running)
        index = Index.open(tmp_path)
        assert index
        assert index.total() == number
        write_article(tmp_path, "another")


def test_a_child_that_fails_is_told_and_one_that_is_stopped_is_not(tmp_path: Path) -> None:
    heard: list[str] = []
    indexer = Indexer(tmp_path / "none", Limits())
    indexer.on_progress = heard.append
    indexer.start()
    until(lambda: bool(heard))
    assert "dossier index says why" in heard[-1]
    heard.clear()
    many(tmp_path, 300)
    indexer = Indexer(tmp_path, Limits())
    indexer.on_progress = heard.append
    indexer.start()
    until(lambda: bool(heard))
    indexer.stop()
    until(lambda: not listeners())
    assert not any("could not" in words for words in heard)


def test_a_child_that_does_not_listen_is_ended_all_the_same(tmp_path: Path) -> None:
    many(tmp_path, 2_000)
    before = children()
    indexer = Indexer(tmp_path, Limits())
    indexer.start()
    until(lambda: len(children() - before) > 0)
    for child in children() - before:
        os.kill(child, signal.SIGSTOP)
    indexer.stop()
    until(lambda: not children() - before)


def test_a_child_may_end_just_when_it_would_be_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many(tmp_path, 3)
    indexer = Indexer(tmp_path, Limits())
    indexer.start()
    child = indexer._child
    assert child
    wait = child.wait

    def wait_too_long(seconds: float | None = None) -> int:
        status = wait()
        # The thread that listens waits without a limit, and gets the status.
        if seconds is None:
            return status
        raise subprocess.TimeoutExpired("dossier", seconds)

    monkeypatch.setattr(child, "wait", wait_too_long)
    indexer.stop()
    assert not indexer.is_running
    assert child.returncode is not None


def test_no_child_is_started_after_the_end(tmp_path: Path) -> None:
    many(tmp_path, 3)
    before = children()
    indexer = Indexer(tmp_path, Limits())
    indexer.stop()
    # As a timer does that was about to when the screen was closed.
    indexer.start()
    assert not indexer.is_running
    assert not children() - before


def test_of_two_threads_that_start_a_child_none_leaves_one_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(tmp_path, 2_000)
    before, begun, both = children(), list[subprocess.Popen[str]](), threading.Event()
    start_process = subprocess.Popen

    def start_slowly(*given: Any, **options: Any) -> subprocess.Popen[str]:
        child = start_process(*given, **options)
        os.kill(child.pid, signal.SIGSTOP)
        begun.append(child)
        if len(begun) == 1:
            # The other thread may come in between, but need not.
            both.wait(0.3)
        both.set()
        return child

    monkeypatch.setattr(subprocess, "Popen", start_slowly)
    indexer = Indexer(tmp_path, Limits())
    starting = [threading.Thread(target=indexer.start) for _ in range(2)]
    for one in starting:
        one.start()
    for one in starting:
        one.join()
    indexer.stop()
    left = {child.pid for child in begun if child.poll() is None}
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert not left
    until(lambda: not children() - before)
