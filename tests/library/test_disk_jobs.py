"""Tests of work that a disk may not answer: it is waited for only a moment, and is done only once."""

import threading
from functools import partial

import pytest
from waiting import PATIENCE

from dossier.library.disk_jobs import DiskJob, DiskPendingError, DiskThread, RetriedCall, ask_disk, do_once


def test_outside_of_an_attempt_work_is_done_in_place() -> None:
    here = threading.current_thread()
    assert ask_disk("thread", threading.current_thread) is here
    assert do_once("thread", threading.current_thread) is here


def test_an_attempt_is_made_again_with_the_answers_that_came() -> None:
    gate = threading.Event()
    done: list[str] = []

    def note(name: str) -> str:
        done.append(name)
        return name

    def slow() -> str:
        gate.wait()
        return note("slow")

    answers: list[tuple[str, ...]] = []

    def call() -> None:
        answers.append((do_once("first", lambda: note("first")), ask_disk("slow", slow), ask_disk("last", lambda: "")))

    attempt = RetriedCall(call)
    with pytest.raises(DiskPendingError) as pending:
        attempt.make()
    assert not answers
    gate.set()
    assert pending.value.job.wait(PATIENCE)
    while not answers:
        try:
            attempt.make()
        except DiskPendingError as other:
            other.job.wait(PATIENCE)
    assert answers == [("first", "slow", "")]
    assert done == ["first", "slow"]


def test_an_error_is_raised_where_the_answer_is_asked_for() -> None:
    def fail() -> None:
        raise FileNotFoundError("gone")

    job = DiskJob("file", fail)
    job.start()
    assert job.wait(PATIENCE)
    with pytest.raises(FileNotFoundError, match="gone"):
        job.result()


def test_a_listener_is_called_once_whether_it_comes_before_or_after_the_end() -> None:
    gate, heard = threading.Event(), threading.Semaphore(0)
    job = DiskJob("file", gate.wait)
    job.when_done(heard.release)
    job.start()
    gate.set()
    assert heard.acquire(timeout=PATIENCE)
    job.when_done(heard.release)
    assert heard.acquire(blocking=False)
    assert not heard.acquire(blocking=False)


def test_answers_to_other_questions_are_not_given_again() -> None:
    names = iter(("one", "two", "three"))
    answers: list[str] = []

    def call() -> None:
        name = next(names)
        answers.append(do_once(name, lambda: name))

    attempt = RetriedCall(call)
    attempt.make()
    attempt.make()
    assert answers == ["one", "two"]


def test_jobs_of_one_thread_are_done_in_their_order() -> None:
    thread = DiskThread("file")
    done: list[tuple[int, int | None]] = []
    jobs = [
        DiskJob("file", partial(lambda number: done.append((number, threading.get_ident())), at)) for at in range(4)
    ]
    for job in jobs:
        thread.do(job)
    assert jobs[-1].wait(PATIENCE)
    assert [number for number, _ in done] == [0, 1, 2, 3]
    assert len({ident for _, ident in done}) == 1
    assert done[0][1] != threading.get_ident()


def test_a_thread_goes_on_after_a_job_that_fails() -> None:
    thread = DiskThread("file")
    broken, whole = DiskJob("file", lambda: 1 // 0), DiskJob("file", lambda: "read")
    thread.do(broken)
    thread.do(whole)
    assert whole.wait(PATIENCE)
    assert whole.result() == "read"
    with pytest.raises(ZeroDivisionError):
        broken.result()


def test_a_thread_that_was_ended_is_not_waited_for() -> None:
    thread, gate = DiskThread("file"), threading.Event()
    stuck, next_one = DiskJob("file", gate.wait), DiskJob("file", threading.current_thread)
    thread.do(stuck)
    thread.end()
    thread.do(next_one)
    assert next_one.wait(PATIENCE)
    assert not stuck.is_done
    gate.set()
    assert stuck.wait(PATIENCE)
    thread.end()
    next_one.result().join(PATIENCE)
    assert not next_one.result().is_alive()
