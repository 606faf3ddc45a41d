"""What differs between two texts, word by word."""

import pytest

from dossier.text.word_differences import find_word_changes, keep_rising, match_in_order, split_tokens


def changed(left: str, right: str) -> list[tuple[str, str]]:
    """Return the words of each change on both sides."""
    return [(left[slice(*one.left)], right[slice(*one.right)]) for one in find_word_changes(left, right)]


@pytest.mark.parametrize(
    ("left", "right", "changes"),
    [
        ("", "", []),
        ("a pact", "a pact", []),
        ("a pact", "a new pact", [("", "new")]),
        ("a new pact", "a pact", [("new", "")]),
        ("on Tuesday: one boat", "on Wednesday: one boat", [("Tuesday", "Wednesday")]),
        ("no toll.", "no toll", [(".", "")]),
        ("a Boat", "a boat", [("Boat", "boat")]),
        ("caf\u00e9", "cafe\u0301", []),
        ("caf\u00e9", "cafe", [("caf\u00e9", "cafe")]),
        ("“yes” – no", '"yes" - no', []),
        ("a  pact\nsigned", "a pact signed", []),
        ("12.5 percent", "13.5 percent", [("12.5", "13.5")]),
        ("1,204 at 9:30", "1,205 at 9:30", [("1,204", "1,205")]),
        ("Han Seo-jin", "Han Seo-jun", [("Seo-jin", "Seo-jun")]),
        ("one, two and six", "red, blue and six", [("one, two", "red, blue")]),
        ("", "a pact", [("", "a pact")]),
        ("漢字漢字", "漢字漢子", [("字", "子")]),
        ("한서진 했다", "한서진은 했다", [("한서진", "한서진은")]),
        ("ค่าโดยสาร", "ค่าโดยสาน", [("ร", "น")]),
        ("👩‍🌾 yes", "👩‍🚀 yes", [("👩‍🌾", "👩‍🚀")]),
    ],
)
def test_changes(left: str, right: str, changes: list[tuple[str, str]]) -> None:
    assert changed(left, right) == changes
    assert changed(right, left) == [one[::-1] for one in changes]


def test_an_empty_stretch_stands_behind_the_word_before_it() -> None:
    (change,) = find_word_changes("a pact", "a new pact")
    assert (change.left, change.right) == ((1, 1), (2, 5))
    (change,) = find_word_changes("pact", "new pact")
    assert (change.left, change.right) == ((0, 0), (0, 3))


def test_few_words_between_two_longer_changes_count_as_changed() -> None:
    left, right = "the red old boat of our small town", "a very slow car of his large city"
    assert changed(left, right) == [(left, right)]


@pytest.mark.parametrize("text", ["He said: “No, 漢字 ค่า e\u0301.”", "9:30–10:00 o’clock Seo-jin's", "👨‍👩‍👧 family"])
def test_tokens_leave_out_white_space_alone(text: str) -> None:
    spans = split_tokens(text)
    assert all(start < end for start, end in spans)
    assert "".join(text[slice(*span)] for span in spans) == "".join(text.split())


def test_the_kept_pairs_rise_on_both_sides() -> None:
    assert keep_rising([(0, 3), (1, 0), (2, 1), (3, 2), (4, 5)]) == [(1, 0), (2, 1), (3, 2), (4, 5)]
    assert keep_rising([]) == []


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (["a"] * 3_000, ["b", "a"] * 1_500),
        ([f"{n % 7}" for n in range(3_000)], [f"{n % 5}" for n in range(3_000)]),
        ([f"{n}" for n in range(3_000)], [f"{n}" for n in range(2_999, -1, -1)]),
        ([f"{n}" for n in range(3_000)], [f"{n + n // 100}" for n in range(3_000)]),
    ],
)
def test_long_sequences_are_matched_in_order_and_item_by_item(left: list[str], right: list[str]) -> None:
    pairs = match_in_order(left, right)
    assert all(left[one] == right[other] for one, other in pairs)
    assert pairs == keep_rising(pairs)
    assert len({one for one, _ in pairs}) == len(pairs)


def test_a_long_text_is_matched_around_its_changes() -> None:
    left = [f"word{number}" for number in range(5_000)]
    right = ["changed" if number % 500 == 250 else word for number, word in enumerate(left)]
    assert len(match_in_order(left, right)) == 4_990
