"""Decisions laid over those of others: the upper ones win, and nothing is said twice."""

from collections.abc import Iterable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dossier.core.decisions import JoinedSets, overlay_decisions
from dossier.core.ref import Ref
from dossier.core.registry import Decisions


def decisions(text: str) -> Decisions:
    """Return decisions from letters: `ab` are the same, and `a-b` are not."""
    words = text.split()
    same = tuple(tuple(map(_ref, word)) for word in words if "-" not in word)
    return Decisions(same, tuple((_ref(word[0]), _ref(word[2])) for word in words if "-" in word))


def _ref(letter: str) -> Ref:
    return Ref(letter, "person", "x")


@pytest.mark.parametrize(
    ("lower", "upper", "held"),
    [
        ("", "", ""),
        ("ab c-d", "", "ab c-d"),
        ("", "ab c-d", "ab c-d"),
        # nothing twice, by way of others, or the other way round
        ("ab bc c-d", "ac d-c ba", "ab bc c-d"),
        ("ab", "bc", "ab bc"),
        # taken back: the first of the pair leaves what joins the two
        ("abc ad", "a-b", "bc ad a-b"),
        ("ab", "a-b", "a-b"),
        ("ab bc", "a-c", "bc a-c"),
        ("ab bc", "b-a", "bc b-a"),
        # and takes along what the upper ones say is the same
        ("ab cd", "bc a-d", "cd bc a-d"),
        ("cb", "ac a-b", "ac a-b"),
        # joined after all, also by way of others
        ("a-b c-d", "ab", "c-d ab"),
        ("bc a-c", "ab", "bc ab"),
        # what the lower ones contradict themselves in stays as it is
        ("ab a-b cd", "ce", "ab cd ce a-b"),
        ("a-b", "c-d", "a-b c-d"),
    ],
)
def test_overlaid(lower: str, upper: str, held: str) -> None:
    found, wanted = overlay_decisions(decisions(lower), decisions(upper)), decisions(held)
    assert found == wanted


REF = st.sampled_from([_ref(letter) for letter in "abcdef"])
SOME = st.builds(
    Decisions,
    st.lists(st.lists(REF, min_size=2, max_size=3, unique=True).map(tuple), max_size=3).map(tuple),
    st.lists(st.lists(REF, min_size=2, max_size=2, unique=True).map(tuple), max_size=3).map(tuple),
)


def contradicts_itself(one: Decisions) -> bool:
    joined = JoinedSets(one.same)
    return any(joined.are_joined(*pair) for pair in one.apart)


@given(SOME, SOME)
def test_the_upper_ones_hold(lower: Decisions, upper: Decisions) -> None:
    assume(not contradicts_itself(upper))
    held = overlay_decisions(lower, upper)
    joined = JoinedSets(held.same)
    assert all(joined.are_joined(group[0], ref) for group in upper.same for ref in group)
    assert not any(joined.are_joined(*pair) for pair in upper.apart)
    assert pairs(upper.apart) <= pairs(held.apart)
    assert contradicts_itself(lower) or not contradicts_itself(held)


@given(SOME, SOME)
def test_laid_over_twice_they_are_the_same(lower: Decisions, upper: Decisions) -> None:
    assume(not contradicts_itself(upper) and (lower.same or lower.apart))
    held = overlay_decisions(lower, upper)
    assert overlay_decisions(held, upper) == held


@given(SOME, SOME)
def test_nothing_else_comes_in(lower: Decisions, upper: Decisions) -> None:
    held = overlay_decisions(lower, upper)
    refs = {ref for refs in (*lower.same, *upper.same) for ref in refs}
    assert {ref for group in held.same for ref in group} <= refs
    assert pairs(held.apart) <= pairs(lower.apart) | pairs(upper.apart)


def pairs(some: Iterable[tuple[Ref, Ref]]) -> set[frozenset[Ref]]:
    return set(map(frozenset, some))
