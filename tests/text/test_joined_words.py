import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.text.joined_words import MARKER, fold_joined, join_words, make_full_index_text

PIECES = (
    "U.S.",
    "a.b",
    "e-mail",
    "Seo\u2011jin",
    "O’Neil",
    "3.5",
    "2012-13",
    "F-16",
    "한-a",
    "é",
    " ",
    "\n",
    "-",
    ".",
    "ß",
)


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("U.S.", "US"),
        ("the U.S. and the U.K.", "the US and the UK"),
        ("J.D. Vance", "JD Vance"),
        ("a Ph.D. in", "a PhD in"),
        ("z.B. so", "zB so"),
        ("e-mail", "email"),
        ("Han Seo\u2011jin", "Han Seojin"),
        ("O’Neil's", "ONeils"),
        ("Hawaiʻi", "Hawaii"),
        ('בצה"ל', "בצהל"),
        ("F-16", "F16"),
        ("U.S.-led", "USled"),
    ],
)
def test_signs_inside_words_are_left_out(text: str, joined: str) -> None:
    found = join_words(text)
    assert found
    assert found.text == joined


@pytest.mark.parametrize("sign", "-\u058a־‐‑﹣－'`\"´ʹʻʼʽʾʿˈ՚׳״‘’‚‛“”′ꞌ＇")
def test_any_hyphen_and_any_apostrophe_is_left_out(sign: str) -> None:
    found = join_words(f"one {sign} O{sign}Neil")
    assert found
    assert found.text == f"one {sign} ONeil"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "arms",
        "2012-13",
        "3.5",
        "plan B. A man",
        "asp.net",
        "one - two",
        "toll—Holt",
        "“so” ‘it’",
        "end.",
        "한-한",
        "-a",
    ],
)
def test_other_signs_stay(text: str) -> None:
    assert join_words(text) is None


@pytest.mark.parametrize(("text", "is_at_end"), [("U.S.", True), ("U.S", True), ("U.S. aid", False), ("e-mail", False)])
def test_an_abbreviation_at_the_end_is_told(text: str, is_at_end: bool) -> None:
    found = join_words(text)
    assert found
    assert found.ends_with_abbreviation is is_at_end


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_every_place_is_that_of_the_text_as_written(text: str) -> None:
    joined = join_words(text)
    if joined is None:
        return
    assert [text[place] for place in joined.places[:-1]] == list(joined.text)
    form = fold_joined(text, joined, keep_accents=False, keep_case=False)
    assert len(form.offsets) == len(form.folded) + 1
    assert list(form.offsets) == sorted(form.offsets)
    assert form.offsets[-1] == len(text)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("the quay", "the quay"),
        ("an E-mail, sent", "an e mail sent Memail email"),
        ("U.S. ferry", "u s ferry Mus us"),
        ("O’Neil's 2012-13", "o neil s 2012 13 Moneils oneils"),
        ("Sana'a", "sana a Msanaa sanaa"),
        ('בצה"ל', "בצה ל צה Mבצהל בצהל Mצהל צהל"),
    ],
)
def test_joined_words_are_indexed_with_a_marker(text: str, tokens: str) -> None:
    made = make_full_index_text(text).replace(MARKER, "M").split()
    assert made[: len(tokens.split())] == tokens.split()


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("ete", "ete"),
        ("Été à", "ete a été à"),
        ("x\u0302\u0323y", "xy \u0323\u0302xy"),
        ("ᾳν άι", "αν αι α\u0345ν ά\u0345"),
        ("straße ﬁn", "strasse fin"),
        ("l'été", "l ete été \ue000lete lete lété"),
        ("한서진", "한서 서진 진"),
        ("“Été” — l’été…\xa0«à»", "ete l ete a été été à \ue000lete lete lété"),
        ("“Quay” — l’ete…\xa0«a»", "quay l ete a \ue000lete lete"),
        ("e\u0301te\u0301 “ＦＩＮ” ete", "ete fin ete été"),
    ],
)
def test_words_with_accents_stand_a_second_time_with_them(text: str, tokens: str) -> None:
    assert make_full_index_text(text).split() == tokens.split()
