"""A phrase that stands in a text is never said not to stand there before the text is folded."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.core.query import Term, TermMatch, make_term
from dossier.core.query_parser import parse_search
from dossier.core.term_places import find_term, list_phrases, may_have_phrase, spell_phrase

SIGNS = (" ", " ", "-", "\u2019", ".", "\u201c", "\xa0", "\u2026", "\xad", "\u200b", "\n", "\u0301", "\u3099")
PIECES = (
    "arms",
    "Arms",
    "d",
    "deal",
    "U.S.",
    "us",
    "\xe9",
    "e",
    "s",
    "\xdf",
    "ss",
    "\xe6",
    "ae",
    "i",
    "\u0131",
    "\u0130",
)
RARE = ("\ufb01", "fi", "\xbd", "1", "2", "\xaa", "a", "\u0149", "\u02b0", "\ud55c", "\u0915\u093c", "\uff41")
TEXTS = st.lists(st.sampled_from((*PIECES, *RARE, *SIGNS, *SIGNS)), max_size=14).map("".join)
ANY_TEXTS = st.lists(st.characters() | st.sampled_from((*PIECES, " ")), max_size=8).map("".join)


@settings(max_examples=400)
@given(TEXTS | ANY_TEXTS, st.data(), st.sampled_from(TermMatch))
def test_no_phrase_is_missed(text: str, data: st.DataObject, how: TermMatch) -> None:
    asked = TEXTS
    if text:
        start = data.draw(st.integers(0, len(text) - 1))
        cut = text[start : start + data.draw(st.integers(1, 12))]
        asked = st.just("".join([char if char.isascii() else " " for char in cut])) | TEXTS
    term = make_term(" ".join(data.draw(asked).split()), how)
    if spelt := spell_phrase(term):
        assert may_have_phrase(spelt, text) or not find_term(term, text)


@pytest.mark.parametrize(
    ("typed", "text", "may"),
    [
        ("arms d", "Arms, a deal", False),
        ("arms d", "\u201cArms,\u201d \u2026 d\xe9j\xe0", True),
        ("ar-ms d", "arms deal", True),
        ("us d", "the U.S. deal", True),
        ("strasse a", "Stra\xdfe \xc6", True),
        ("strasse a", "Stra\xdfe o", False),
        ("arms d", "\ud55c", True),
        ("arms d", "armse\u0301 d", True),
    ],
)
def test_what_may_be_a_phrase(typed: str, text: str, may: bool) -> None:
    assert may_have_phrase(spell_phrase(make_term(typed)), text) is may


@pytest.mark.parametrize(
    ("typed", "spelt"), [("Arms d", "armsd"), ("u.s. a-b", "usab"), ("arms", ""), ("\xe9t\xe9 a", ""), ("- -", "")]
)
def test_the_letters_of_a_phrase(typed: str, spelt: str) -> None:
    assert spell_phrase(Term(typed, False, False)) == spelt


@pytest.mark.parametrize(
    ("typed", "spelt"),
    [
        ('"arms d', ("armsd",)),
        ('"arms d" OR "a b"', ("armsd", "ab")),
        ('"arms d" OR arms', ()),
        ('"arms d" OR in:quotes', ()),
        ('-"arms d"', ()),
        ("arms", ()),
    ],
)
def test_phrases_of_which_one_must_stand_in_the_text(typed: str, spelt: tuple[str, ...]) -> None:
    root = parse_search(typed, datetime.date(2026, 11, 23)).root
    assert root
    assert list_phrases(root) == spelt
