"""Answers of a server are given again for a moment, and not afterwards."""

import pytest

pytest.importorskip("psycopg")

# It needs psycopg.
from dossier.library.index.postgresql import fetched_answers
from dossier.library.index.postgresql.fetched_answers import FetchedAnswers

QUERY = "SELECT number FROM anything WHERE number = ?"


class Clock:
    """A clock that only moves when it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        monkeypatch.setattr("dossier.library.index.postgresql.fetched_answers.time.monotonic", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


class Server:
    """A server that answers each question with its first value, and `size` times, and keeps what it was asked."""

    def __init__(self, size: int = 1) -> None:
        self.size = size
        self.asked: list[list[object]] = []

    def fetch_together(self, *questions: tuple[str, tuple[object, ...]]) -> list[list[tuple[object, ...]]]:
        """Answer several questions."""
        self.asked.append([values[0] for _, values in questions])
        return [[(values[0],)] * self.size for _, values in questions]


@pytest.mark.usefixtures("clock")
def test_only_what_is_not_kept_is_asked_for_and_each_once() -> None:
    server = Server()
    answers = FetchedAnswers(server.fetch_together)
    assert answers.fetch_each(QUERY, [(1,), (2,), (1,)]) == [[(1,)], [(2,)], [(1,)]]
    assert answers.fetch_each(QUERY, [(3,), (2,)]) == [[(3,)], [(2,)]]
    assert answers.fetch_each(QUERY, [(3,), (1,)]) == [[(3,)], [(1,)]]
    assert server.asked == [[1, 2], [3]]


@pytest.mark.usefixtures("clock")
def test_another_question_with_the_same_values_has_another_answer() -> None:
    server = Server()
    answers = FetchedAnswers(server.fetch_together)
    answers.fetch_each(QUERY, [(1,)])
    answers.fetch_each(f"{QUERY} ORDER BY number", [(1,)])
    assert server.asked == [[1], [1]]


def test_an_answer_is_forgotten_after_a_moment(clock: Clock) -> None:
    server = Server()
    answers = FetchedAnswers(server.fetch_together)
    answers.fetch_each(QUERY, [(1,)])
    clock.now += fetched_answers._MOMENT
    answers.fetch_each(QUERY, [(1,)])
    assert server.asked == [[1]]
    clock.now += 0.001
    answers.fetch_each(QUERY, [(1,)])
    assert server.asked == [[1], [1]]


@pytest.mark.usefixtures("clock")
def test_an_answer_is_forgotten_when_the_index_has_changed() -> None:
    server = Server()
    answers = FetchedAnswers(server.fetch_together)
    answers.fetch_each(QUERY, [(1,)])
    answers.forget()
    answers.fetch_each(QUERY, [(1,)])
    assert server.asked == [[1], [1]]


@pytest.mark.usefixtures("clock")
def test_an_answer_that_comes_after_the_index_has_changed_is_not_kept() -> None:
    server = Server()

    def fetch_while_it_changes(*questions: tuple[str, tuple[object, ...]]) -> list[list[tuple[object, ...]]]:
        fetched = server.fetch_together(*questions)
        answers.forget()
        return fetched

    answers = FetchedAnswers(fetch_while_it_changes)
    assert answers.fetch_each(QUERY, [(1,)]) == [[(1,)]]
    assert answers.fetch_each(QUERY, [(1,)]) == [[(1,)]]
    assert server.asked == [[1], [1]]


@pytest.mark.usefixtures("clock")
def test_no_more_is_kept_than_the_limits_allow(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in (("_ANSWERS", 1), ("_ROWS", 6)):
        with monkeypatch.context() as patch:
            patch.setattr(fetched_answers, name, 3 if name == "_ANSWERS" else 3 * size)
            server = Server(size)
            answers = FetchedAnswers(server.fetch_together)
            answers.fetch_each(QUERY, [(1,), (2,), (3,)])
            answers.fetch_each(QUERY, [(4,)])
            answers.fetch_each(QUERY, [(4,), (3,)])
            assert server.asked == [[1, 2, 3], [4], [3]]
            # What is too much by itself is not kept.
            answers.fetch_each(QUERY, [(at,) for at in range(5, 9)])
            answers.fetch_each(QUERY, [(8,)])
            assert server.asked[-1] == [8]
