"""Split ids are the ids that were added, as long as their upper bits are the same."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.library.split_ids import SplitIds

BASE = 0xB << 48
IDS = st.integers(0, 3).map(lambda upper: upper << 32) | st.integers(0, (1 << 48) - 1)
ADDED = st.lists(st.lists(IDS.map(lambda id: BASE + id), max_size=6), max_size=6)


def split(added: list[list[int]]) -> SplitIds:
    ids = SplitIds()
    for some in added:
        ids.extend(some)
    return ids


@given(ADDED)
def test_they_are_the_sequence_of_what_was_added(added: list[list[int]]) -> None:
    ids, plain = split(added), [id for some in added for id in some]
    assert list(ids) == plain == list(array("q", ids))
    assert [ids[at] for at in range(-len(plain), len(plain))] == [*plain, *plain]
    assert ids[1:-1] == plain[1:-1]
    assert ids.count_bytes() == 6 * len(plain)
    for beyond in (len(plain), -len(plain) - 1):
        with pytest.raises(IndexError):
            ids[beyond]
    for id in plain:
        assert ids.index(id) == plain.index(id)


@given(ADDED, IDS, st.integers(0, 20), st.integers(0, 20))
def test_an_id_is_found_where_a_list_finds_it(added: list[list[int]], other: int, start: int, stop: int) -> None:
    ids, plain = split(added), [id for some in added for id in some]
    for id in {*plain, BASE + other, other}:
        try:
            expected = plain.index(id, start, stop)
        except ValueError:
            with pytest.raises(ValueError, match=f"{id}|not in array"):
                ids.index(id, start, stop)
        else:
            assert ids.index(id, start, stop) == expected


@pytest.mark.parametrize("other", [-1, 0, BASE - 1, BASE + (1 << 48), (1 << 63) - 1])
def test_ids_with_other_upper_bits_are_not_added(other: int) -> None:
    ids = split([[BASE + 5]])
    for added in ([BASE, other], [other]):
        with pytest.raises(OverflowError):
            ids.extend(added)
    with pytest.raises(OverflowError):
        ids.append(other)
    ids.append(BASE + 7)
    assert list(ids) == [BASE + 5, BASE + 7]


def test_a_negative_id_is_not_taken_for_a_high_one() -> None:
    ids = SplitIds()
    with pytest.raises(OverflowError):
        ids.append(-5)
    assert not ids


def test_the_last_id_is_read_as_a_whole_while_another_is_added() -> None:
    ids = split([[BASE + 5, BASE + (1 << 32) + 6]])
    # As it is between the two writes of another thread.
    ids._lower.append(7)
    assert [ids[-1], ids[-2]] == [BASE + (1 << 32) + 6, BASE + 5]
