"""While the server of an index does not answer, questions fail at once until it answers again."""

import threading
from collections.abc import Callable, Iterator

import pytest
from waiting import until

from dossier.library.index.availability import (
    KEY_SECONDS,
    OTHER_SECONDS,
    UNREACHABLE_WORDS,
    Availability,
    set_key_thread,
)
from dossier.library.index.errors import IndexUnreachableError


class Server:
    """A server that answers, stalls or refuses, and counts how often it was asked."""

    def __init__(self) -> None:
        self.is_there = threading.Event()
        self.is_there.set()
        self.allowed: list[float] = []
        self.probes = 0

    def answer(self, seconds: float) -> str:
        """Answer, or stall for as long as a question may take."""
        self.allowed.append(seconds)
        if not self.is_there.wait(seconds):
            raise IndexUnreachableError("late")
        return "yes"

    def refuse(self, seconds: float) -> str:
        """Refuse at once."""
        self.allowed.append(seconds)
        raise IndexUnreachableError("refused")

    def probe(self, seconds: float) -> None:
        """Answer a look whether the server is back; it is refused while it is not."""
        self.probes += 1
        if not self.is_there.is_set():
            raise IndexUnreachableError("refused")


@pytest.fixture
def on_key_thread() -> Iterator[None]:
    """Make the test's thread the one that handles keys."""
    set_key_thread(True)
    yield
    set_key_thread(False)


def count_changes(availability: Availability) -> Callable[[], int]:
    """Return a function that counts the calls of `on_change` so far."""
    told: list[str] = []
    availability.on_change = lambda: told.append(availability.words)
    return lambda: len(told)


def test_an_answer_is_passed_on() -> None:
    server = Server()
    availability = Availability(server.probe, "127.0.0.1")
    assert availability.ask(server.answer) == "yes"
    assert (server.allowed, availability.words) == ([OTHER_SECONDS], "")


@pytest.mark.usefixtures("on_key_thread")
def test_a_question_on_the_thread_of_keys_waits_a_moment_and_the_next_ones_not_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [100.0]
    monkeypatch.setattr("dossier.library.index.availability.time.monotonic", lambda: now[0])
    server = Server()
    availability = Availability(server.probe, "127.0.0.1")
    changes = count_changes(availability)
    server.is_there.clear()
    for _ in range(50):
        with pytest.raises(IndexUnreachableError):
            availability.ask(server.answer)
    assert server.allowed == [KEY_SECONDS]
    now[0] += 1
    until(lambda: availability.words == UNREACHABLE_WORDS)
    until(lambda: changes() == 1)
    server.is_there.set()
    until(lambda: availability.words == "" and changes() == 2)
    assert availability.ask(server.answer) == "yes"


@pytest.mark.usefixtures("on_key_thread")
def test_questions_of_one_moment_share_their_time_and_get_it_back_later(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("dossier.library.index.availability.time.monotonic", lambda: now[0])
    allowed: list[float] = []

    def take(seconds: float) -> str:
        allowed.append(seconds)
        now[0] += 0.1
        return "yes"

    availability = Availability(lambda seconds: None, "127.0.0.1")
    assert [availability.ask(take), availability.ask(take)] == ["yes", "yes"]
    now[0] += 10
    assert availability.ask(take) == "yes"
    assert allowed == pytest.approx([0.25, 0.15, 0.25])


@pytest.mark.usefixtures("on_key_thread")
def test_after_a_slow_answer_the_next_question_waits_for_a_look_at_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("dossier.library.index.availability.time.monotonic", lambda: now[0])
    server = Server()
    availability = Availability(server.probe, "127.0.0.1")
    changes = count_changes(availability)

    def use_all(seconds: float) -> str:
        now[0] += 2 * seconds
        return "slow"

    assert availability.ask(use_all) == "slow"
    with pytest.raises(IndexUnreachableError):
        availability.ask(server.answer)
    assert server.allowed == []
    until(lambda: changes() == 1)
    assert (availability.ask(server.answer), availability.words) == ("yes", "")


def test_a_server_that_refuses_is_reported_at_once_and_not_asked_until_it_is_back() -> None:
    server = Server()
    availability = Availability(server.probe, "db.example/news")
    changes = count_changes(availability)
    server.is_there.clear()
    with pytest.raises(IndexUnreachableError, match="refused"):
        availability.ask(server.refuse)
    assert (availability.words, changes()) == (UNREACHABLE_WORDS, 1)
    with pytest.raises(IndexUnreachableError, match=r"db\.example/news: no answer"):
        availability.ask(server.answer)
    assert len(server.allowed) == 1
    server.is_there.set()
    # The state changes before it is told.
    until(lambda: changes() == 2)
    assert availability.words == ""
    assert availability.ask(server.answer) == "yes"


def test_a_closed_index_looks_no_more() -> None:
    before = threading.enumerate()
    server = Server()
    availability = Availability(server.probe, "127.0.0.1")
    server.is_there.clear()
    with pytest.raises(IndexUnreachableError):
        availability.ask(server.refuse)
    until(lambda: server.probes > 0)
    availability.close()
    until(lambda: not any(one.name == "the index's server" for one in set(threading.enumerate()).difference(before)))
    assert availability.words == UNREACHABLE_WORDS
