import pytest

from dossier.loader.source_text import LineIndex


@pytest.mark.parametrize(
    ("index", "place"),
    [(0, (1, 1)), (1, (1, 2)), (2, (2, 1)), (3, (2, 2)), (4, (2, 3)), (5, (3, 1)), (6, (4, 1)), (7, (4, 2))],
)
def test_places_count_from_one(index: int, place: tuple[int, int]) -> None:
    assert LineIndex("a\nb\r\n\rc").locate(index) == place


def test_the_end_of_a_text_is_a_place() -> None:
    assert LineIndex("a\n").locate(None) == (2, 1)
    assert LineIndex("").locate(None) == (1, 1)
