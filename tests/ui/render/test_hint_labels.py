import pytest
from hypothesis import given
from hypothesis import strategies as st
from rooms import plain

from dossier.ui.render.flow import Line, Piece, measure_line
from dossier.ui.render.hint_labels import HINT_LETTERS, make_hint_labels, overlay_hint_labels


@pytest.mark.parametrize(("count", "length"), [(0, 0), (1, 1), (26, 1), (27, 2), (676, 2), (677, 3)])
def test_labels_are_all_different_and_of_one_length(count: int, length: int) -> None:
    found = list(make_hint_labels(count))
    assert len(set(found)) == len(found) == count
    assert {len(label) for label in found} == ({length} if count else set())
    assert set("".join(found)) <= set(HINT_LETTERS)


def test_letters_are_each_once() -> None:
    assert sorted(HINT_LETTERS) == sorted("abcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize(
    ("line", "letters", "shown"),
    [
        # over the blanks before the link
        ((Piece("to "), Piece("Han", "m", (0,))), {0: "a"}, "toaHan"),
        ((Piece("to  "), Piece("Han", "m", (0,))), {0: "a"}, "to aHan"),
        ((Piece("to  "), Piece("Han", "m", (0,))), {0: "as"}, "toasHan"),
        ((Piece("ist "), Piece("한서진", "m", (0,))), {0: "a"}, "ista한서진"),
        # inserted where there are too few, if possible at the cost of blanks further on
        ((Piece("to "), Piece("Han", "m", (0,))), {0: "as"}, "toasHan"),
        ((Piece("“"), Piece("Han", "m", (0,)), Piece("   ¶2")), {0: "a"}, "“aHan  ¶2"),
        ((Piece("“"), Piece("Han", "m", (0,)), Piece("   ¶2")), {0: "asd"}, "“asdHan ¶2"),
        ((Piece("x", "m", (0,)), Piece("y")), {0: "as"}, "asxy"),
        # a link within another: each has its label where it alone is meant
        ((Piece("Han", "m", (0, 1)), Piece(" said", "m", (0,))), {0: "a", 1: "s"}, "sHana said"),
        ((Piece("Han", "m", (0,)),), {1: "a"}, "Han"),
        # the row itself: before its words
        ((Piece("▌", "cursor"), Piece("  "), Piece("Han")), {-1: "a"}, "▌ aHan"),
        ((Piece("•", "lit"), Piece(" "), Piece("Han", "name")), {-1: "a"}, "•aHan"),
        ((Piece("•", "lit"), Piece("Han  1", "name")), {-1: "a"}, "•aHan 1"),
        ((Piece("  "),), {-1: "a"}, "  "),
    ],
)
def test_a_label_stands_before_its_link(line: Line, letters: dict[int, str], shown: str) -> None:
    (found,) = overlay_hint_labels((line,), letters)
    assert plain(found) == shown


def test_a_link_over_two_lines_has_one_label() -> None:
    lines = ((Piece("Seo-", "m", (0,)),), (Piece("jin", "m", (0,)),))
    assert [plain(line) for line in overlay_hint_labels(lines, {0: "a"})] == ["aSeo-", "jin"]


def test_a_label_is_a_hint_and_still_its_link() -> None:
    (line,) = overlay_hint_labels(((Piece("Han", "m", (0,)),),), {0: "a"})
    assert line == (Piece("a", "hint", (0,)), Piece("Han", "m", (0,)))


CHARACTERS = ("a", "b", " ", "한", "e\u0301", "👩\u200d🚀", "🇰🇷", "☝\ufe0f", "☝🏽", "-")


@given(
    st.lists(st.sampled_from(CHARACTERS), max_size=4).map("".join),
    st.lists(st.sampled_from(CHARACTERS), min_size=1, max_size=8).map("".join),
    st.sampled_from(["a", "as", "asd"]),
)
def test_a_label_hides_nothing_of_its_link(before: str, text: str, label: str) -> None:
    line = (Piece(before), Piece(text, "m", (0,)), Piece("     end"))
    (found,) = overlay_hint_labels((line,), {0: label})
    assert found[1:3] == (Piece(label, "hint", (0,)), line[1])
    assert found[0].text.rstrip() == before.rstrip()
    assert measure_line(found) == measure_line(line)
