import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.text.folding import fold
from dossier.text.tokens import (
    _unspaced_run,
    find_word_starts,
    has_word,
    is_behind_attached,
    is_inside_word,
    is_mark,
    is_single_token,
    is_unspaced,
    is_word_character,
    make_index_text,
    tokenize_phrase,
)

PIECES = (
    *"ولاب قשהמ",
    *"ab1 é—'\"_.*\n漢字한각がキไทยกिк",
    "\u0301",
    "\u3099",
    "่",
    "👍",
    "\x00",
    "\ud800",
    "・",
    "฿",
    "½",
)
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join))


@pytest.mark.parametrize(
    ("char", "word", "unspaced", "mark"),
    [
        ("a", True, False, False),
        ("7", True, False, False),
        ("_", False, False, False),
        ("é", True, False, False),
        ("\u0301", True, False, True),
        ("\ua673", True, False, True),
        ("한", False, True, False),
        ("漢", False, True, False),
        ("ก", False, True, False),
        ("่", False, True, True),
        ("क", True, False, False),
        ("—", False, False, False),
        ("👍", False, False, False),
    ],
)
def test_kinds(char: str, word: bool, unspaced: bool, mark: bool) -> None:
    assert (is_word_character(char), is_unspaced(char), is_mark(char)) == (word, unspaced, mark)


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("arms", [1, 2, 3]),
        ("a b", []),
        ("a.b", []),
        ("漢字", []),
        ("nato는 ab", [1, 2, 3, 7]),
        ("", []),
    ],
)
def test_within_a_word(text: str, within: list[int]) -> None:
    assert [at for at in range(len(text) + 1) if is_inside_word(text, at)] == within


def test_words_are_indexed_without_the_letters_attached_to_them() -> None:
    assert make_index_text("وبالقاهرة دار").split() == ["وبالقاهرة", "دار", "بالقاهرة", "القاهرة", "قاهرة"]
    assert make_index_text("ושבבית").split() == ["ושבבית", "שבבית", "בבית", "בית"]
    assert tokenize_phrase("قاهرة دار", whole=True) == (("دار",), False)
    assert [at for at in range(1, 9) if is_behind_attached("وبالقاهرة", at)] == [1, 2, 4]


@pytest.mark.parametrize(
    ("folded", "tokens"),
    [
        ("", ""),
        ("the quay", "the quay"),
        ('"the" - quay_7.5', "the quay 7 5"),
        ("привет, мир", "привет мир"),
        ("漢", "漢"),
        ("漢字", "漢字 字"),
        ("한서진은 nato와", "한서 서진 진은 은 nato 와"),
        ("親nato派", "親 nato 派"),
        ("漢・字", "漢 字"),
        ("कि क", "कि क"),
        ("กา่", "กา า่ ่"),
        ("100฿ 👍 a\x00b \ud800", "100 a b"),
    ],
)
def test_indexed(folded: str, tokens: str) -> None:
    assert make_index_text(folded).split() == tokens.split()


@pytest.mark.parametrize(
    ("folded", "whole", "tokens"),
    [
        ("arms", False, ("arms *",)),
        ("arms", True, ("arms",)),
        ("seo-jin", False, ("seo", "jin *")),
        ("c++", False, ("c",)),
        (".net", True, ("net",)),
        ("漢", True, ("漢 *",)),
        ("漢字", True, ("漢字",)),
        ("漢字は", False, ("漢字", "字は")),
        ("a漢", True, ("a", "漢 *")),
        ("漢字a", False, ("漢字", "字", "a *")),
        ("漢字。", False, ("漢字", "字")),
        ("%", False, ()),
        ("", False, ()),
    ],
)
def test_sought(folded: str, whole: bool, tokens: tuple[str, ...]) -> None:
    found, is_open = tokenize_phrase(folded, whole=whole)
    assert (*found[:-1], *(f"{token} *" if is_open else token for token in found[-1:])) == tokens


@pytest.mark.parametrize(
    ("folded", "one"), [("arms", True), ("漢字", True), ("a b", False), ("a漢", False), ("฿", False), ("", False)]
)
def test_one_run(folded: str, one: bool) -> None:
    assert is_single_token(folded) is one


@given(TEXTS)
def test_every_beginning_of_a_word_is_a_token(text: str) -> None:
    tokens, places = make_index_text(text).split(), find_word_starts(text)
    words, stems = tokens[: len(places)], tokens[len(places) :]
    assert len(words) == len(places)
    assert all(text.startswith(token, at) for token, at in zip(words, places, strict=True))
    assert bool(tokens) is has_word(text)
    assert all(any(word.endswith(stem) for word in words) for stem in stems)


@given(TEXTS)
def test_nothing_but_words_is_indexed(text: str) -> None:
    found = make_index_text(fold(text).folded)
    assert all(char == " " or is_word_character(char) or is_unspaced(char) for char in found)
    found.encode()


def test_a_text_of_many_signs() -> None:
    text = " ".join(map(chr, range(0x2190, 0x2300)))
    assert make_index_text(f"é {text} é").split() == ["é", "é"]


def test_a_phrase_is_tokenized_without_the_pattern_that_takes_long_to_compile() -> None:
    _unspaced_run.cache_clear()
    assert tokenize_phrase("오미미 said 京都", whole=False) == (("오미", "미미", "미", "said", "京都"), False)
    assert _unspaced_run.cache_info().currsize == 0
