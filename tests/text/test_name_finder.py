from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.text.name_finder import NameFinder, normalize_name


def found(names: Sequence[str], text: str) -> list[str]:
    return [text[start:end] for start, end, _ in NameFinder((name, name) for name in names).find(text)]


@pytest.mark.parametrize(
    ("name", "text", "times"),
    [
        ("Yoon", "Yoon met Yoon.", 2),
        ("Yoon", "Yoonsun and MacYoon and Yoon7 and 7Yoon", 0),
        ("Yoon", "yoon YOON", 0),
        ("Yoon", "Yoon’s, Yoon's, “Yoon”, (Yoon), Yoon—Yoon", 6),
        ("Yoon", "Yoon̂ was", 0),
        ("NATO", "NATO-led, a US-NATO pact, NATO_, NATO/EU", 4),
        ("Yoon Suk Yeol", "Yoon Suk\u00a0Yeol and Yoon  Suk Yeol", 2),
        ("  Yoon  Suk ", "Yoon Suk", 1),
        ("O'Brien", "O’Brien and O'Brien", 2),
        ("Han Seo-jin", "Han Seo‑jin", 1),
        ("Inc.", "Arlen Inc. said", 1),
        ("Jos\u00e9", "Jose\u0301 and Jos\u00e9", 2),
        ("Jose", "Jose\u0301 and Jos\u00e9", 0),
        ("Łódź", "in Łódź, Łódźki", 1),
        ("", "nothing at all", 0),
        (" ", "nothing at all", 0),
    ],
)
def test_a_name_is_found_as_whole_words(name: str, text: str, times: int) -> None:
    assert len(found([name], text)) == times


@pytest.mark.parametrize(
    ("name", "text", "times"),
    [
        ("윤석열", "윤석열은 윤석열이 대통령윤석열", 3),
        ("岸田文雄", "日本の岸田文雄首相", 1),
        ("バイデン", "バイデン氏", 1),
        ("プラユット", "・プラユット・", 1),
        ("ประยุทธ์", "พลเอกประยุทธ์กล่าว", 1),
        ("NATO", "NATO는 나토(NATO)와 親NATO派", 3),
        ("김 Kim", "이김 Kimchi, 이김 Kim은", 1),
        ("กา", "กา่", 0),
    ],
)
def test_in_scripts_without_spaces_the_exact_string_is_found(name: str, text: str, times: int) -> None:
    assert len(found([name], text)) == times


@pytest.mark.parametrize(
    ("name", "text", "places"),
    [
        ("قاهرة", "القاهرة وبالقاهرة فالقاهرة قاهرة", [2, 12, 21, 27]),
        ("القاهرة", "القاهرة وبالقاهرة للقاهرة وللقاهرة", [0, 10, 18, 27]),
        ("أحمد", "وأحمد لأحمد محمد", [1, 7]),
        ("أحمد", "xأحمد سأحمد أحمدي", []),
        ("דוד", "דוד ודוד שבדוד לכשדוד", [0, 5, 11, 18]),
        ("דוד", "גדוד דודי", []),
        ("Dan", "וDan", []),
    ],
)
def test_in_arabic_and_hebrew_a_name_is_found_behind_attached_letters(name: str, text: str, places: list[int]) -> None:
    assert [start for start, _end, _values in NameFinder([(name, name)]).find(text)] == places


def test_offsets_are_code_points_of_the_text_as_it_stands() -> None:
    text = "𝔊 Jose\u0301  and\u00a0 Jose\u0301 Ruiz 🎈 Ruiz"
    assert found(["Jos\u00e9 Ruiz", "Ruiz"], text) == ["Jose\u0301 Ruiz", "Ruiz", "Ruiz"]


def test_where_a_name_begins_the_longest_is_found_and_it_may_overlap_the_next() -> None:
    assert found(["Port Arlen", "Port", "Arlen Council"], "Port Arlen Council") == ["Port Arlen", "Arlen Council"]
    assert found(["Port Arlen", "Port"], "Port Arlenish") == ["Port"]


def test_all_that_is_entered_under_a_name_comes_with_it_once() -> None:
    names = NameFinder([("Kim’s", 1), ("Park", 2), ("Kim's", 3), ("Kim’s", 1)])
    assert [one.values for one in names.find("Kim's Park")] == [(1, 3), (2,)]


def test_no_names_are_found_nowhere() -> None:
    assert list(NameFinder[int]([]).find("Kim")) == []


def test_equal_names_have_one_plain_form() -> None:
    assert (
        normalize_name(" O’Brien \u00a0– Jose\u0301")
        == normalize_name("O'Brien - Jos\u00e9")
        != normalize_name("o'Brien - Jos\u00e9")
    )


WORDS = st.text("aB é-'\u0301\u00a0한の7", max_size=12)


@given(names=st.lists(WORDS, max_size=6), before=WORDS, after=WORDS)
def test_what_is_found_is_the_name_that_was_entered(names: list[str], before: str, after: str) -> None:
    text = before + " ".join(names) + after
    for start, end, values in NameFinder((name, name) for name in names).find(text):
        assert 0 <= start < end <= len(text)
        assert {normalize_name(text[start:end])} == {normalize_name(name) for name in values}


@given(names=st.lists(st.text("abé한", min_size=1, max_size=5), min_size=1, max_size=6))
def test_every_name_that_stands_alone_is_found(names: list[str]) -> None:
    assert set(names) <= set(found(names, ", ".join(names)))
