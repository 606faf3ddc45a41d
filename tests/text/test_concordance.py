"""A concordance finds the same as searching the text; the texts here are long enough to need its table of words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.text import concordance
from dossier.text.concordance import Concordance
from dossier.text.verbatim import NormalizedText, find_verbatim, normalize_text

FILLING = "The council met on the quay and spoke of tolls. " * 1200
TEXT = f"{FILLING}Lena  Okafor said “no new toll” in week 12. {FILLING}In week 123 cafe\u0301s opened; no ‘new’ tolls."


@pytest.mark.parametrize(
    "needle",
    [
        *("Lena Okafor", "Okafor said", "no new toll", '"no new toll"', "in week 12", "week 12", "week 1", "eek 12"),
        *(
            "Okafor",
            "kafo",
            "",
            " ",
            "\u0301",
            "said “no",
            "caf",
            "123 cafe",
            "123 café",
            "123 cafés opened",
            "s opened",
        ),
        *(
            "nowhere at all",
            "Lena nowhere",
            "nowhere Okafor said",
            "the quay",
            "of tolls. The",
            "no 'new' tolls.",
            "a b",
        ),
    ],
)
def test_what_is_looked_up_is_what_reading_finds(needle: str) -> None:
    hay = normalize_text(TEXT)
    assert Concordance(hay).find(needle) == find_verbatim(needle, hay)


@given(
    st.lists(st.sampled_from(["a", "ab", "b", " ", "-", "e\u0301", "É", "’", "\u0301"]), min_size=3).map("".join),
    st.data(),
)
def test_every_piece_of_a_text_is_found(text: str, data: st.DataObject) -> None:
    hay = normalize_text(f"{text}{FILLING}{text} {text}")
    start = data.draw(st.integers(0, len(text)))
    needle = text[start : data.draw(st.integers(start, len(text)))]
    assert Concordance(hay).find(needle) == find_verbatim(needle, hay)


@pytest.mark.parametrize("end", [len(FILLING) + 500, len(TEXT)])
def test_between_two_places(end: int) -> None:
    hay = normalize_text(TEXT)
    words = Concordance(hay)
    for start in (0, len(FILLING), len(FILLING) + 8, len(TEXT) - 30):
        for needle in ("Okafor said", "week 12", "council met", "no 'new' tolls."):
            assert words.find(needle, start, end) == find_verbatim(needle, hay, start, end)
            assert all(start <= one[0] and one[1] <= end for one in find_verbatim(needle, hay, start, end))


def test_a_word_that_stands_everywhere_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def reading(
        needle: str, hay: NormalizedText, start: int, end: int | None, most: int | None
    ) -> tuple[tuple[int, int], ...]:
        read.append(needle)
        return find_verbatim(needle, hay, start, end, most)

    monkeypatch.setattr(concordance, "find_verbatim", reading)
    words = Concordance(normalize_text(TEXT))
    assert len(words.find("of tolls")) == 2400
    assert len(words.find("Lena Okafor said")) == 1
    assert read == ["of tolls"]
