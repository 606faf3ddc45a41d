import random
from string import ascii_lowercase

import pytest

from dossier.text.messages import suggest_name
from dossier.text.nearest_names import NearestNames

MANY = 10**9


@pytest.mark.parametrize("letters", ["abc ", "abcdeé-A ", ascii_lowercase])
def test_the_answers_are_those_of_comparing_with_every_name(letters: str) -> None:
    chance = random.Random(letters)
    for _round in range(60):
        names = ["".join(chance.choices(letters, k=chance.randint(0, 12))) for _ in range(40)]
        words = [*("".join(chance.choices(letters, k=chance.randint(1, 12))) for _ in range(4)), f"{names[0]}x"]
        nearest = NearestNames(names, MANY)
        assert [nearest.find(word) for word in words] == [suggest_name(word, names) for word in words]


def test_nothing_is_near_once_the_steps_are_used_up() -> None:
    nearest = NearestNames(["Ann Lee", "Anna Lee"], 550)
    assert nearest.find("Ann Le") == "Ann Lee"
    assert nearest.find("Ann Lea") == "Ann Lee"
    assert nearest.find("Ann Lea") == ""
    assert nearest.steps_left <= 0


def test_a_search_takes_few_comparisons() -> None:
    names = [f"{first}{second} lane" for first in ascii_lowercase for second in ascii_lowercase]
    nearest = NearestNames([*names, "harbour master"], MANY)
    assert nearest.find("harbor master") == "harbour master"
    assert MANY - nearest.steps_left < 600


def test_long_texts_are_no_names() -> None:
    assert NearestNames(["a" * 201], MANY).find("a" * 200) == ""
    assert NearestNames(["a" * 200], MANY).find("a" * 201) == ""
    assert NearestNames([], MANY).find("a") == ""
