import re

from hypothesis import given
from hypothesis import strategies as st

from dossier.text.code_points import CodePointRanges, find_foreign, leave_out


def test_both_ends_are_in_and_their_neighbours_are_not() -> None:
    ranges = CodePointRanges("bdxx\uac00\ud7a3")
    assert [char for char in "abcdewxy\uabff\uac00\ud7a3\ud7a4" if char in ranges] == [*"bcdx\uac00\ud7a3"]
    assert "a" not in CodePointRanges("")


def test_ranges_are_what_a_class_of_a_regular_expression_is() -> None:
    ranges, pattern = (
        CodePointRanges("\xad\xad\u0300\u036f\U0001f300\U0001faff"),
        re.compile("[\xad\u0300-\u036f\U0001f300-\U0001faff]"),
    )
    assert all((chr(code) in ranges) == bool(pattern.match(chr(code))) for code in range(0x20000))


@given(st.text(st.characters() | st.sampled_from("a\x00\x7f\x80\ud800\udc00\udfff\U0010ffff")))
def test_foreign_are_the_code_points_that_ascii_does_not_have(text: str) -> None:
    assert find_foreign(text) == {char for char in text if ord(char) > 127}


@given(st.text(st.characters() | st.sampled_from("a\x00\x7f\x80\ud800\udc00\udfff\U0010ffff")))
def test_only_the_code_points_of_ascii_that_are_named_are_left_out(text: str) -> None:
    assert leave_out(text, b"a\x00\x7f") == "".join(char for char in text if char not in "a\x00\x7f")
