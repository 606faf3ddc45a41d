from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.query import parse
from dossier.ref import Ref
from dossier.search import Hit, find, match

REF = Ref("harbour", "para", "p1")


class Row(NamedTuple):
    text: str
    ref: Ref = REF


def found(typed: str, text: str) -> list[str] | None:
    """The words of `text` that a hit marks; None when there is no hit."""
    hit = match(parse(typed), Row(text))
    return [text[start:end] for start, end in hit.spans] if hit else None


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("arms", "The flow of arms, and armsmen", ["arms", "arms"]),
        ("flow arms", "The arms flow", ["arms", "flow"]),
        ("flow guns", "The arms flow", None),
        ("rm", "The arms flow", ["rm"]),
        ("nato", "NATO and Nato", ["NATO", "Nato"]),
        ("Nato", "NATO and Nato", ["Nato"]),
        ("Nato and", "NATO AND Nato", ["AND", "Nato"]),
        ("eva", "Éva met Eva", ["Éva", "Eva"]),
        ("éva", "Éva met Eva", ["Éva"]),
        ("eva", "E\u0301va", ["E\u0301va"]),
        ("éva", "E\u0301va", ["E\u0301va"]),
        ("Seoul éva", "in Seoul Eva", None),
        ("서", "한서진 says", ["서"]),
        ("安", "外務省の安倍", ["安"]),
        ("アベ", "これはアベノ", ["アベ"]),
        ('"missile tests"', "missile  \t tests", ["missile  \t tests"]),
        ('"missile tests"', "tests missile", None),
        ('"missile tests"', "missile\ntests", None),
        ('"missile te', "missile tests", ["missile te"]),
        ('"it\'s so"', "he said it’s so", ["it’s so"]),
        ("missiletests", "missile\ntests", None),
        ("", "anything", []),
    ],
)
def test_match(typed: str, text: str, expected: list[str] | None) -> None:
    assert found(typed, text) == expected


@pytest.mark.parametrize(
    ("typed", "text", "spans"),
    [
        ("arm arms", "arms", ((0, 4),)),
        ("rms arm", "arms", ((0, 4),)),
        ("ar ms", "arms", ((0, 2), (2, 4))),
        ("seoul a", "a seoul", ((0, 1), (2, 7))),
        ('"a b" b', "a b\nb", ((0, 3), (4, 5))),
        ("x", "😀x", ((1, 2),)),
    ],
)
def test_spans_are_sorted_and_merged_where_they_overlap(
    typed: str, text: str, spans: tuple[tuple[int, int], ...]
) -> None:
    assert match(parse(typed), Row(text)) == Hit(REF, spans)


def test_find_keeps_the_order_of_the_entries() -> None:
    rows = [Row(text, Ref("harbour", "para", f"p{at}")) for at, text in enumerate(("boat", "crew", "a boat"))]
    assert find(parse("boat"), rows) == (Hit(rows[0].ref, ((0, 4),)), Hit(rows[2].ref, ((2, 6),)))
    assert find(parse("toll"), rows) == ()


@given(st.lists(st.sampled_from(["a", "b", "É", "e\u0301", "ß", "한", " ", "\n", "“", "ﬁ"])).map("".join), st.data())
def test_what_stands_in_a_text_is_found_there(text: str, data: st.DataObject) -> None:
    words = text.split()
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    hit = match(parse(word), Row(text))
    assert hit
    assert all(start < end <= len(text) for start, end in hit.spans)
    assert list(hit.spans) == sorted(hit.spans)
    assert not any("\n" in text[start:end] for start, end in hit.spans)
