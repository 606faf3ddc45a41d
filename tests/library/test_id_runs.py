"""Runs are the ids that were added, one by one or together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.library.id_runs import Runs

RANGES = st.builds(lambda start, length: range(start, start + length), st.integers(0, 60), st.integers(0, 5))
ADDED = st.lists(st.one_of(RANGES, st.lists(st.integers(0, 60), max_size=3), st.integers(0, 60)), max_size=8)


def both(added: list[range | list[int] | int]) -> tuple[Runs, list[int]]:
    runs, plain = Runs(), list[int]()
    for one in added:
        if isinstance(one, int):
            runs.append(one)
            plain.append(one)
        else:
            runs.extend(one)
            plain.extend(one)
    return runs, plain


@given(ADDED)
def test_they_are_the_sequence_of_what_was_added(added: list[range | list[int] | int]) -> None:
    runs, plain = both(added)
    assert list(runs) == plain
    assert len(runs) == len(plain)
    assert [runs[at] for at in range(-len(plain), len(plain))] == [*plain, *plain]
    assert runs[1:-1] == plain[1:-1]
    for id in plain:
        assert runs.index(id) == plain.index(id)


@given(ADDED, st.integers(0, 60), st.integers(0, 20), st.integers(0, 20))
def test_an_id_is_found_where_a_list_finds_it(
    added: list[range | list[int] | int], id: int, start: int, stop: int
) -> None:
    runs, plain = both(added)
    if id in plain[start:stop] and added == [plain]:
        assert runs.index(id, start, stop) == plain.index(id, start, stop)
    elif id not in plain:
        with pytest.raises(ValueError, match=str(id)):
            runs.index(id, start, stop)


@pytest.mark.parametrize("step", [-10, 10])
@given(lengths=st.lists(st.integers(1, 4), min_size=1, max_size=9), id=st.integers(0, 200))
def test_among_runs_that_fall_or_rise_an_id_is_found_as_among_others(lengths: list[int], id: int, step: int) -> None:
    ranges = [range(100 + step * number, 100 + step * number + length) for number, length in enumerate(lengths)]
    runs, plain = both([*ranges])
    if id in plain:
        assert runs.index(id) == plain.index(id)
    else:
        with pytest.raises(ValueError, match=str(id)):
            runs.index(id)


@pytest.mark.parametrize("at", [3, -4])
def test_beyond_the_end_there_is_nothing(at: int) -> None:
    runs, _ = both([range(5, 8)])
    with pytest.raises(IndexError):
        runs[at]
