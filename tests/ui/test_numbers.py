import pytest

from dossier.core.entry import Entry, Part
from dossier.core.ref import Ref
from dossier.library.growing_list import GrowingList
from dossier.ui.counts import MANY, number_words


@pytest.mark.parametrize(
    ("known", "done", "number", "words"),
    [
        (0, True, None, "0"),
        (0, False, None, "0…"),
        (7, False, None, "7…"),
        (1_204, True, None, "1,204"),
        (MANY - 1, False, None, "9,999…"),
        (MANY, False, None, "over 10,000"),
        (MANY + 5, False, None, "over 10,000"),
        (MANY + 5, True, None, "10,005"),
        (3, True, 57, "57"),
        (3, False, 20_000, "over 10,000"),
    ],
)
def test_no_more_is_said_than_is_known(known: int, done: bool, number: int | None, words: str) -> None:
    rows = GrowingList(range(known), lambda id: Entry(Ref("a"), (Part("text", ""),), 0), lambda ref: (), lambda: None)
    rows.gather()
    rows.is_done = done
    assert number_words(rows, number) == words
