import datetime

import pytest

from dossier.core.query_parser import parse_search
from dossier.core.ref import Ref
from dossier.library.scope import Pin, Scope

TODAY = datetime.date(2026, 11, 23)
ARMS = parse_search("arms", TODAY)
JENS = Pin("person", "Jens Stoltenberg", Ref("nato", "person", "stoltenberg"))
HERALD = Pin("outlet", "Harbour Herald")


def test_the_trail_names_each_step_the_search_first() -> None:
    scope = Scope(ARMS).with_toggled_pin(JENS).with_toggled_pin(Pin("outlet", "Harbour Herald", excluded=True))
    assert scope.steps == ("“arms”", "Jens Stoltenberg", "not Harbour Herald")


def test_each_step_is_undone_the_last_first() -> None:
    scope: Scope | None = Scope(ARMS, (JENS, HERALD))
    left = []
    while scope is not None:
        left.append(len(scope.steps))
        scope = scope.undone()
    assert left == [3, 2, 1, 0]


@pytest.mark.parametrize(
    ("pins", "then"),
    [
        ((), (JENS,)),
        ((JENS,), ()),
        ((HERALD, JENS), (HERALD,)),
        ((Pin(JENS.facet, JENS.name, JENS.ref, excluded=True), HERALD), (HERALD, JENS)),
    ],
)
def test_a_pin_is_toggled_and_takes_the_place_of_its_contrary(pins: tuple[Pin, ...], then: tuple[Pin, ...]) -> None:
    assert Scope(None, pins).with_toggled_pin(JENS).pins == then
