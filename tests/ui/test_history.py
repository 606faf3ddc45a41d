import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.ui.history import LIMIT, History

steps = st.lists(st.integers(0, 3), max_size=6).map(tuple)
trails = st.builds(History[int], steps, steps)


def walk(actions: str) -> str:
    """Return the history after these steps, as `past [here] future`."""
    here, *rest = actions.split()
    trail: History[str] = History()
    for action in rest:
        if action in "<>":
            moved = trail.back(here) if action == "<" else trail.forward(here)
            if moved:
                trail, here = moved
        else:
            trail, here = trail.visit(here), action
    return " ".join([*trail.past, f"[{here}]", *trail.future])


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        ("a", "[a]"),
        ("a b", "a [b]"),
        ("a b c", "a b [c]"),
        ("a <", "[a]"),
        ("a >", "[a]"),
        ("a b <", "[a] b"),
        ("a b c < <", "[a] b c"),
        ("a b c < < <", "[a] b c"),
        ("a b c < >", "a b [c]"),
        ("a b c < < > > >", "a b [c]"),
        ("a b c < < d", "a [d]"),
        ("a b c < d <", "a [b] d"),
        ("a a b", "a [b]"),
        ("a b b b c", "a b [c]"),
        ("a b a c", "a b a [c]"),
        ("a b < a c", "a [c]"),
    ],
)
def test_walk(actions: str, expected: str) -> None:
    assert walk(actions) == expected


def test_back_and_forward_at_the_ends_are_none() -> None:
    assert History[str]().back("a") is None
    assert History[str]().forward("a") is None


def test_oldest_steps_fall_off() -> None:
    trail: History[int] = History()
    for step in range(LIMIT + 5):
        trail = trail.visit(step)
    assert trail.past == tuple(range(5, LIMIT + 5))


@given(trails, st.integers())
def test_back_then_forward_is_the_identity(trail: History[int], here: int) -> None:
    there = trail.back(here)
    assert (there is None) == (not trail.past)
    if there:
        assert there[0].forward(there[1]) == (trail, here)


@given(trails, st.integers())
def test_forward_then_back_is_the_identity(trail: History[int], here: int) -> None:
    there = trail.forward(here)
    assert (there is None) == (not trail.future)
    if there:
        assert there[0].back(there[1]) == (trail, here)
