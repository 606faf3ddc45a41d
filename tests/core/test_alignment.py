"""Which paragraphs of two articles belong together, and in which order they are shown."""

import pytest

from dossier.core.alignment import align_blocks, pair_alike

TOLL = "The toll on the north bridge has been charged since November 2017."
TOLL_NOW = "The toll on the north bridge was charged from November 2017."
BOAT = "One boat with two crews will cross the sound every day of the year."
BOAT_NOW = "Two boats with two crews will cross the sound on every day of the year."
QUAY = "Reporters were shown the drawings of a quay which nobody has built."
RAIN = "It rained."


def aligned(left: list[str], right: list[str]) -> list[tuple[int | None, int | None]]:
    """Return the pairs; one that is moved has its numbers negated and less one."""
    found = align_blocks([("para", text) for text in left], [("para", text) for text in right])
    return [
        (~one.left, ~one.right) if one.is_moved and one.right is not None and one.left is not None else one[:2]
        for one in found
    ]


@pytest.mark.parametrize(
    ("left", "right", "pairs"),
    [
        ([], [], []),
        ([TOLL], [], [(0, None)]),
        ([], [TOLL], [(None, 0)]),
        ([TOLL, BOAT], [TOLL, BOAT], [(0, 0), (1, 1)]),
        ([TOLL, BOAT], [TOLL_NOW, BOAT_NOW], [(0, 0), (1, 1)]),
        ([TOLL, QUAY, BOAT], [TOLL, BOAT], [(0, 0), (1, None), (2, 1)]),
        ([TOLL, BOAT], [TOLL, RAIN, BOAT], [(0, 0), (None, 1), (1, 2)]),
        ([TOLL, QUAY], [RAIN, TOLL_NOW], [(None, 0), (0, 1), (1, None)]),
        ([QUAY], [RAIN], [(0, None), (None, 0)]),
        ([TOLL, BOAT, QUAY], [QUAY, TOLL, BOAT], [(0, 1), (1, 2), (~2, ~0)]),
        ([TOLL, BOAT, QUAY], [BOAT_NOW, QUAY, TOLL], [(~0, ~2), (1, 0), (2, 1)]),
        ([RAIN, TOLL, RAIN], [RAIN, TOLL, RAIN], [(0, 0), (1, 1), (2, 2)]),
    ],
)
def test_paragraphs(left: list[str], right: list[str], pairs: list[tuple[int | None, int | None]]) -> None:
    assert aligned(left, right) == pairs


def test_a_sub_heading_is_no_paragraph() -> None:
    found = align_blocks([("heading", TOLL)], [("para", TOLL)])
    assert [one[:2] for one in found] == [(0, None), (None, 0)]


def test_every_block_is_there_once() -> None:
    left = [f"{word} {TOLL}" for word in "abcdefgh"]
    right = [f"{word} {TOLL}" for word in "hbxafeyc"]
    found = aligned(left, right)
    assert sorted(one if one >= 0 else ~one for one, _ in found if one is not None) == list(range(8))
    assert sorted(one if one >= 0 else ~one for _, one in found if one is not None) == list(range(8))


def test_texts_are_paired_best_first_and_once() -> None:
    pairs = pair_alike([TOLL, TOLL_NOW, QUAY], [TOLL_NOW, RAIN], 0.3, lambda one, other, alike: alike)
    assert pairs == [(1, 0)]


def test_a_word_that_everything_has_leads_nowhere() -> None:
    same = ["toll"] * 200
    assert pair_alike(same, same, 0, lambda one, other, alike: alike) == []
