"""The cache of results of a text is bounded by the length of the texts."""

import threading

import pytest

from dossier.text.length_cache import cache_by_length


def _counted(most: int) -> tuple[object, list[tuple[str, int]]]:
    asked: list[tuple[str, int]] = []

    @cache_by_length(most)
    def repeated(text: str, times: int) -> str | None:
        asked.append((text, times))
        return text * times or None

    return repeated, asked


def test_a_result_is_made_once() -> None:
    repeated, asked = _counted(10_000)
    assert [repeated("ab", 2), repeated("ab", 3), repeated("ab", 2)] == ["abab", "ababab", "abab"]  # type: ignore[operator]
    assert asked == [("ab", 2), ("ab", 3)]


def test_none_is_a_result_too() -> None:
    repeated, asked = _counted(10_000)
    assert [repeated("", 2), repeated("", 2)] == [None, None]  # type: ignore[operator]
    assert asked == [("", 2)]


@pytest.mark.parametrize(
    ("lengths", "again"),
    [
        ([500, 400], []),
        ([500, 500], []),
        ([500, 501], [500]),
        ([100, 200, 800], [100, 200]),
        ([100, 200, 1000], [100, 200]),
        ([400, 5000], [400]),
        # What is dropped makes room.
        ([600, 500, 400], [600]),
        # Each text counts for 64 at least, of which 15 fit into 1,000.
        ([*range(1, 16)], []),
        ([*range(1, 18)], [*range(1, 16)]),
    ],
)
def test_where_there_is_no_room_all_others_are_dropped(lengths: list[int], again: list[int]) -> None:
    repeated, asked = _counted(1_000)
    for length in lengths:
        repeated("x" * length, 1)  # type: ignore[operator]
    made = len(asked)
    # The last first: what is made again drops others.
    for length in reversed(lengths):
        if length not in again:
            repeated("x" * length, 1)  # type: ignore[operator]
    assert len(asked) == made
    for length in again:
        repeated("x" * length, 1)  # type: ignore[operator]
    assert [len(text) for text, _ in asked[made:]] == again


def test_the_last_result_is_kept_however_long_its_text_is() -> None:
    repeated, asked = _counted(10)
    for _ in range(3):
        repeated("x" * 1_000, 1)  # type: ignore[operator]
    assert len(asked) == 1


def test_several_threads_ask_at_once() -> None:
    repeated, _ = _counted(2_000)
    wrong: list[str] = []

    def ask(begin: int) -> None:
        for number in range(begin, begin + 400):
            text = f"{number % 90} words "
            if repeated(text, 3) != text * 3:  # type: ignore[operator]
                wrong.append(text)

    threads = [threading.Thread(target=ask, args=(at,)) for at in (0, 17, 40, 63)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_an_argument_by_name_is_refused() -> None:
    repeated, asked = _counted(10_000)
    with pytest.raises(TypeError):
        repeated("ab", times=2)  # type: ignore[operator]
    assert asked == []
