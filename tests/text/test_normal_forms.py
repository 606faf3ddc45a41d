import sys
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.text import folding
from dossier.text.characters import continues_character, map_characters
from dossier.text.folding import fold, has_accent, has_upper
from dossier.text.verbatim import find_verbatim, normalize_text, strip_quotes

PIECES = (
    *"abE é İıßłØæÞςΣﬁｶﾞﾊかが한각漢字—-'”“ـسَلשָ",
    *(
        "e\u0301",
        "x\u0302",
        "\u1112\u1161\u11ab",
        "\u200d",
        "\u3099",
        "\u0301",
        "  ",
        "\xad",
        "👍🏽",
        "कि",
        "ᾳ",
        "\u2adc",
    ),
)
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join))


def apart(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def found(needle: str, hay: str, *, accents: bool = False, case: bool = False) -> list[str]:
    folded = fold(hay, keep_accents=accents, keep_case=case)
    return [hay[start:end] for start, end in folded.find(needle)]


@pytest.mark.parametrize(
    ("needle", "hay", "spans"),
    [
        ("toll", "no toll, toll", ((3, 7), (9, 13))),
        ("aa", "aaaa", ((0, 2), (2, 4))),
        ("Toll", "no toll", ()),
        ("", "abc", ()),
        (" \n", "a b", ()),
        (" would not rise ", "It would  not\n rise.", ((3, 19),)),
        ("a b", "a\xa0b a\u3000b", ((0, 3), (4, 7))),
        ("don't", "I don’t", ((2, 7),)),
        ('"x"', "„x“ «x» 「x」 ‘x’", ((0, 3), (4, 7), (8, 11), (12, 15))),
        ("2012-13", "2012–13 2012—13 2012−13", ((0, 7), (8, 15), (16, 23))),
        ("...", "…", ()),
        ("é", "e\u0301 é", ((0, 2), (3, 4))),
        ("e\u0301", "é", ((0, 1),)),
        ("e", "e\u0301", ()),
        ("caf", "cafe\u0301", ((0, 3),)),
        ("x", "x\u0302", ()),
        ("\u0301", "e\u0301", ()),
        ("한서진", apart("장관 한서진은"), ((7, 15),)),
        (apart("한서진"), "장관 한서진은", ((3, 6),)),
        ("하", apart("한"), ()),
        ("が", apart("ながい"), ((1, 3),)),
        ("か", apart("ながい"), ()),
        ("北京", "在北京说", ((1, 3),)),
        ("سلام", "قال: سلام", ((5, 9),)),
        ("Istanbul", "İstanbul", ()),
        ("ss", "ß", ()),
    ],
)
def test_find(needle: str, hay: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert find_verbatim(needle, normalize_text(hay)) == spans


@pytest.mark.parametrize(
    ("needle", "hay", "start", "end", "spans"),
    [
        ("toll", "toll toll toll", 1, 13, ((5, 9),)),
        ("toll", "toll toll", 0, None, ((0, 4), (5, 9))),
        ("a b", "a  b a  b", 3, 9, ((5, 9),)),
        ("a b", "a  b", 0, 3, ()),
        ("é", "e\u0301 é", 0, 1, ()),
        ("é", "e\u0301 é", 1, 4, ((3, 4),)),
    ],
)
def test_find_between_two_places(
    needle: str, hay: str, start: int, end: int | None, spans: tuple[tuple[int, int], ...]
) -> None:
    assert find_verbatim(needle, normalize_text(hay), start, end) == spans


@pytest.mark.parametrize("text", ["plain text", "“so” – “it’s”", "한서진 漢字"])
def test_text_in_normal_form_needs_no_list_of_offsets(text: str) -> None:
    assert normalize_text(text).offsets == range(len(text) + 1)


@given(TEXTS)
def test_a_prepared_text_maps_back_to_itself(text: str) -> None:
    for made, offsets in (
        (normalize_text(text).normalized, normalize_text(text).offsets),
        (fold(text).folded, fold(text).offsets),
    ):
        assert len(offsets) == len(made) + 1
        assert list(offsets) == sorted(offsets)
        assert offsets[len(made)] == len(text)


@given(TEXTS)
def test_the_normal_form_is_that_of_the_whole_text(text: str) -> None:
    normal = normalize_text(text).normalized
    assert unicodedata.normalize("NFC", normal) == normal
    assert normalize_text(normal).normalized == normal


@given(TEXTS, TEXTS)
def test_what_is_found_is_the_same_text(needle: str, hay: str) -> None:
    spans = find_verbatim(needle, normalize_text(hay + needle + hay))
    for start, end in spans:
        assert normalize_text((hay + needle + hay)[start:end]).normalized == normalize_text(needle).normalized.strip(
            " "
        )
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


@given(st.text("ab é—'", min_size=1), st.text("ab é—'"))
def test_composed_or_not_the_same_is_found(needle: str, hay: str) -> None:
    assert len(find_verbatim(apart(needle), normalize_text(apart(hay)))) == len(
        find_verbatim(needle, normalize_text(hay))
    )


def test_every_dash_and_no_other_kind_is_a_dash() -> None:
    dashes = {chr(code) for code in range(sys.maxunicode + 1) if normalize_text(chr(code)).normalized == "-"}
    of_unicode = {chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Pd"}
    assert of_unicode | {"\u2212"} <= dashes
    assert {unicodedata.category(char) for char in dashes - of_unicode} <= {"Sm", "Cn"}


def test_every_space_is_a_space() -> None:
    spaces = {chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()}
    assert {normalize_text(char).normalized for char in spaces} == {" "}


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("“Winter included.”", "Winter included."),
        (" « oui » ", "oui"),
        ("“half", "half"),
        ("「はい」", "はい"),
        ("it’s so", "it’s so"),
        ("“”", ""),
        ("", ""),
    ],
)
def test_strip_quotes(part: str, words: str) -> None:
    assert strip_quotes(part) == words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Plain 'Text'", 'plain "text"'),
        ("a \t b", "a b"),
        ("École ÉCOLE", "ecole ecole"),
        (apart("École"), "ecole"),
        ("Straße STRASSE", "strasse strasse"),
        ("İstanbul", "istanbul"),
        ("ΟΔΥΣΣΕΎΣ", "οδυσσευσ"),
        ("ᾳ", "α"),
        ("Ёлка", "елка"),
        ("ＮＡＴＯ ﬁn", "nato fin"),
        ("Wałęsa ŁÓDŹ Øverås Đilas Ħal Ŧ", "walesa lodz overas dilas hal t"),
        ("Ærø Œuvre ǽ Kılıç", "aero oeuvre ae kilic"),
        ("Guðni Þór", "gudni thor"),
        ("ｶﾞｷ", "ガキ"),
        (apart("がき"), "がき"),
        (apart("한서진"), "한서진"),
        ("שָׁלוֹם", "שלום"),
        ("سَلَامـــ", "سلام"),
        ("Ver\u2027fassung Ver\xadfassung", "verfassung verfassung"),
        ("می\u200cخواهم", "میخواهم"),
        ("“a” – b", '"a" - b'),
        ("कि", "कि"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text).folded == folded


@pytest.mark.parametrize(
    ("needle", "hay", "parts"),
    [
        ("ecole", "L’École", ["École"]),
        ("e", "e\u0301 é x", ["e\u0301", "é"]),
        ("sse", "Straße", ["ße"]),
        ("s", "aßb", ["ß"]),
        ("s", "ßß", ["ß", "ß"]),
        ("walesa", "Lech Wałęsa.", ["Wałęsa"]),
        ("OVERAS", "Kari Øverås", ["Øverås"]),
        ("aero", "på Ærø", ["Ærø"]),
        ("e", "Æx", ["Æ"]),
        ("ł", "l ł", ["l", "ł"]),
        ("f", "ﬁn", ["ﬁ"]),
        ("fin", "ﬁn", ["ﬁn"]),
        ("istan", "İstanbul", ["İstan"]),
        ("STAN", "İstanbul", ["stan"]),
        ("한서진", apart("장 한서진"), [apart("한서진")]),
        (apart("한서진"), "장 한서진", ["한서진"]),
        ("ガ", "ｶﾞ", ["ｶﾞ"]),
        ("か", "が", []),
        ("שלום", "אמר שָׁלוֹם", ["שָׁלוֹם"]),
        ("سلام", "قال سَـلَامٌ", ["سَـلَامٌ"]),
        ("nato", "ＮＡＴＯ", ["ＮＡＴＯ"]),
        ("don't", "DON’T", ["DON’T"]),
        ("a b", "a \n b", ["a \n b"]),
        ("👍", "ok 👍🏽", ["👍"]),
        ("", "a", []),
        ("\u200d", "a", []),
        ("北京", "在北京", ["北京"]),
    ],
)
def test_find_folded(needle: str, hay: str, parts: list[str]) -> None:
    assert found(needle, hay) == parts


def test_case_and_accents_are_kept_when_asked() -> None:
    assert found("Ö", "ö Ö o", case=True) == ["Ö"]
    assert found("É", "é E\u0301 e", accents=True) == ["é", "E\u0301"]
    assert found("x", "x\u0302 x", accents=True) == ["x"]
    assert found("o", "ö Ö O", case=True) == ["ö"]
    assert found("ł", "l ł Ł", accents=True) == ["ł", "Ł"]
    assert found("Walesa", "Wałęsa", accents=True) == []
    assert found("Overas", "Øverås øverås", case=True) == ["Øverås"]
    assert found("Aero Thor", "Ærø Þór", case=True) == ["Ærø Þór"]


@given(TEXTS, TEXTS, st.booleans(), st.booleans())
def test_what_is_found_folds_to_what_was_sought(needle: str, hay: str, accents: bool, case: bool) -> None:
    text = hay + needle + hay
    wanted = fold(needle, keep_accents=accents, keep_case=case).folded
    last = 0
    for start, end in fold(text, keep_accents=accents, keep_case=case).find(needle):
        assert last <= start < end
        last = end
        assert wanted in fold(text[start:end], keep_accents=accents, keep_case=case).folded


def test_a_long_ascii_text_has_no_list_of_offsets() -> None:
    assert fold("Port Arlen " * 1000).offsets == range(11001)


@pytest.mark.parametrize(("text", "upper", "accent"), [("abc", False, False), ("aB", True, False), ("é", False, True)])
def test_has_upper_and_has_accent(text: str, upper: bool, accent: bool) -> None:
    assert (has_upper(text), has_accent(text)) == (upper, accent)


@pytest.mark.parametrize(
    ("text", "accent"),
    [
        (apart("é"), True),
        ("한서진", False),
        ("שָ", True),
        ("が", False),
        ("ß", False),
    ],
)
def test_accents_of_scripts(text: str, accent: bool) -> None:
    assert has_accent(text) is accent


@pytest.mark.parametrize("letter", "łŁøØđĐħŧæÆœðþǿ")
def test_a_letter_that_is_spelt_otherwise_is_an_accent(letter: str) -> None:
    assert has_accent(letter)
    assert fold(letter).folded.isascii()


def test_nothing_composes_but_what_continues_a_character() -> None:
    for code in range(sys.maxunicode + 1):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            assert continues_character(chr(int(parts[1], 16))), hex(code)


@pytest.mark.parametrize("text", ["“so” – “it’s”\nand", "été à Seoul", "한서진 漢字", "Привет, мир", "a\tb"])
def test_what_folds_one_to_one_has_no_list_of_offsets(text: str) -> None:
    assert fold(text).offsets == range(len(text) + 1)


MOSTLY_LATIN = st.lists(st.sampled_from([*PIECES, *"abc XYZ…½´\n\t\x1f\x00№", "\u2028"])).map("".join)


@given(st.one_of(TEXTS, MOSTLY_LATIN), st.booleans(), st.booleans())
def test_the_quick_way_of_folding_gives_what_the_long_one_gives(text: str, accents: bool, case: bool) -> None:
    quick = fold(text, keep_accents=accents, keep_case=case)
    long, offsets = map_characters(text, lambda character: folding.fold_character(character, accents, case))
    assert (quick.folded, list(quick.offsets)) == (long, list(offsets))


def test_many_kinds_of_code_points_are_folded_alike() -> None:
    text = "".join(map(chr, range(0xC0, 0x250)))
    assert fold(text).folded == "".join(fold(char).folded for char in text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("ığdır", "Iğdır"),
        ("iğne", "İğne"),
        ("ıstanbul", "Istanbul"),
        ("istanbul", "İstanbul"),
        ("irak", "ırak"),
        ("Strasse", "Straße"),
        ("Straße", "Strasse"),
        ("STRASSE", "STRAẞE"),
        ("Hawai'i", "Hawaiʻi"),
        ("O'Neil", "O´Neil"),
        ("O'Neil", "O`Neil"),
        ("Sana’a", "Sanaʼa"),
    ],
)
def test_what_is_typed_finds_what_was_written(typed: str, text: str) -> None:
    assert found(typed, text, accents=has_accent(typed), case=has_upper(typed)) == [text]


def test_the_two_letters_i_of_turkish_differ_where_case_is_meant() -> None:
    assert not found("Iğdır", "iğdır", accents=True, case=True)
    assert not has_accent("ırak")
    assert has_accent("İzmir")
