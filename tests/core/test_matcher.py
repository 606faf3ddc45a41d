import datetime
from collections.abc import Mapping
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.core.dates.days import Day, Days
from dossier.core.entry import Passage
from dossier.core.matcher import Hit, find_hits, match
from dossier.core.query import parse_terms
from dossier.core.query_parser import parse_search
from dossier.core.ref import Ref

REF = Ref("harbour", "para", "p1")


class Row(NamedTuple):
    text: str
    ref: Ref = REF


def found(typed: str, text: str) -> list[str] | None:
    """Return the words of `text` that a hit marks; None if there is no hit."""
    hit = match(parse_terms(typed), Row(text))
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
    assert match(parse_terms(typed), Row(text)) == Hit(REF, spans)


def test_find_keeps_the_order_of_the_entries() -> None:
    rows = [Row(text, Ref("harbour", "para", f"p{at}")) for at, text in enumerate(("boat", "crew", "a boat"))]
    assert find_hits(parse_terms("boat"), rows) == (Hit(rows[0].ref, ((0, 4),)), Hit(rows[2].ref, ((2, 6),)))
    assert find_hits(parse_terms("toll"), rows) == ()


@given(st.lists(st.sampled_from(["a", "b", "É", "e\u0301", "ß", "한", " ", "\n", "“", "ﬁ"])).map("".join), st.data())
def test_what_stands_in_a_text_is_found_there(text: str, data: st.DataObject) -> None:
    words = text.split()
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    hit = match(parse_terms(word), Row(text))
    assert hit
    assert all(start < end <= len(text) for start, end in hit.spans)
    assert list(hit.spans) == sorted(hit.spans)
    assert not any("\n" in text[start:end] for start, end in hit.spans)


TODAY = datetime.date(2023, 1, 29)
DAY, NEXT = Day(2023, 1, 10), Day(2023, 2, 10)


class About(NamedTuple):
    fields: Mapping[str, tuple[str, ...]]
    published: Days | None = None
    date: Days | None = None
    passages: tuple[Passage, ...] = ()


def asked(typed: str, text: str, kind: str = "para", about: About | None = None) -> list[str] | None:
    """Return the same as `found`, for a query in the language of a library."""
    hit = match(parse_search(typed, TODAY), Row(text, Ref("harbour", kind, "x1")), about)
    return [text[start:end] for start, end in hit.spans] if hit else None


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("arm", "Arms, disarm, army", ["Arm", "arm"]),
        ("rm", "Arms", None),
        ("seo", "Han Seo-jin", ["Seo"]),
        ("jin", "Han Seo-jin", ["jin"]),
        ("seo-j", "Han Seo‑jin", ["Seo‑j"]),
        ("s", "aß ßa", ["ß"]),
        ('"arms"', "armsmen, arms", ["arms"]),
        ('"missile test"', "missile tests", None),
        ('"missile te', "missile tests", ["missile te"]),
        ('"a a"', "a\na a", ["a a"]),
        ('"cafe"', "cafés, café", ["café"]),
        ("Seoul", "seoul Seoul", ["Seoul"]),
        ("éva", "Eva Éva", ["Éva"]),
        ("b", "a\u0301b b", ["b"]),
        ("석열", "윤석열은", ["석열"]),
        ('"석열"', "윤석열은", ["석열"]),
        ("倍", "安倍首相", ["倍"]),
        ("nato", "親NATO派", ["NATO"]),
        ('"nato"', "NATO는", ["NATO"]),
        ("กา", "มากา", ["กา"]),
        (".net", "asp.net", [".net"]),
        ("aa", "xaaa aa", ["aa"]),
        ("a b", "b", None),
        ("a OR b", "b a", ["b", "a"]),
        ("a OR b", "b", ["b"]),
        ("a OR b", "c", None),
        ("-a", "b", []),
        ("-a", "a", None),
        ("b -a", "a b", None),
        ("b -(a c)", "a b", ["b"]),
        ("", "anything", []),
    ],
)
def test_words_of_the_language(typed: str, text: str, expected: list[str] | None) -> None:
    assert asked(typed, text) == expected


TEN = " ".join("x" * 10)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b", ["a", "b"]),
        ("b, a", ["b", "a"]),
        (f"a {TEN} b", ["a", "b"]),
        (f"ab {TEN} b", ["a", "b"]),
        (f"a {TEN} x b", None),
        (f"a {TEN[:-1]}字字 b", None),
        (f"a {TEN[:-1]}字 b", ["a", "b"]),
        (f"a — {TEN} … b", ["a", "b"]),
        ("a\nb", None),
        (f"a b {TEN} x a", ["a", "b"]),
        (f"a {TEN} x b {TEN} a", ["b", "a"]),
        (f"b a a {TEN} b", ["b", "a", "a", "b"]),
        ("a", None),
    ],
)
def test_near(text: str, expected: list[str] | None) -> None:
    assert asked("a NEAR b", text) == expected


def test_near_itself_is_another_place() -> None:
    assert asked("a NEAR a", "a") is None
    assert asked("a NEAR ar", "arms") is None
    assert asked("a NEAR a", "a b a") == ["a", "a"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("speaker:yoon", []),
        ("speaker:석열", []),
        ("speaker:oon", None),
        ('speaker:"yoon suk"', []),
        ('speaker:"suk 윤석열"', None),
        ("person:yoon", None),
        ("yoon", None),
        ("arms speaker:yoon", ["arms"]),
        ("-speaker:yoon", None),
        ("speaker:han OR arms", ["arms"]),
    ],
)
def test_fields(typed: str, expected: list[str] | None) -> None:
    about = About({"speaker": ("Yoon Suk", "윤석열")})
    assert asked(typed, "arms", about=about) == expected
    assert asked("speaker:yoon", "arms") is None


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("in:body", ["headline", "subtitle", "para", "term", "media", "document", "about"]),
        ("in:headline", ["headline"]),
        ("in:people", ["person", "org", "place", "source"]),
        ("in:quotes", ["quote"]),
        ("in:timeline", ["event"]),
        ("outlet:herald", ["headline"]),
        ("outlet:herald -section:sport", ["headline"]),
        ("published:2023-01", ["headline"]),
        ("arms outlet:sport", []),
        ("event:2023-02", ["event"]),
        ("event:2023-01", []),
        ("date:2023-02", ["event"]),
    ],
)
def test_where_and_when(typed: str, kinds: list[str]) -> None:
    about = About({"outlet": ("Harbour Herald",)}, (DAY, DAY), (NEXT, NEXT))
    every = ["headline", "subtitle", "para", "person", "org", "place", "source", "quote", "event", "term", "media"]
    every += ["document", "about"]
    assert [kind for kind in every if asked(typed, "arms", kind, about) is not None] == kinds


@pytest.mark.parametrize(
    ("days", "met"),
    [
        ((DAY, DAY), True),
        ((None, DAY), True),
        ((DAY, None), True),
        ((None, None), True),
        ((Day(2022, 1, 1), Day(2023, 1, 1)), True),
        ((NEXT, NEXT), False),
        ((NEXT, None), False),
        ((None, Day(2022, 12, 31)), False),
        (None, False),
    ],
)
def test_days_overlap(days: Days | None, met: bool) -> None:
    assert (asked("arms published:2023-01", "arms", about=About({}, days)) is not None) is met
    assert (asked("event:2023-01", "arms", "event", About({}, None, days)) is not None) is met
    assert (asked("date:2023-01", "arms", "event", About({}, (DAY, DAY), days)) is not None) is met


def test_days_without_an_end() -> None:
    about = About({}, (DAY, DAY))
    assert [asked(f"arms published:{span}", "arms", about=about) for span in ("2023..", "..2022", "2024..")] == [
        ["arms"],
        None,
        None,
    ]
    assert asked("arms published:2023", "arms") is None


def test_what_runs_over_a_line_break_hides_nothing() -> None:
    assert found('"a a"', "a\na a") == ["a a"]


TOLL = Passage(Ref("harbour", "para", "p5"), "The toll, he said, was “set by contract”. He likes ferries.")
OPENING = Passage(Ref("harbour", "event", "e1"), "2023-05-01\nthe bridge opens")


def said(typed: str, text: str = "set by contract\nPer Holt") -> Hit | None:
    about = About(
        {"speaker": ("Per Holt",), "person": ("Per Holt", "Mira Reyes"), "org": ("Port Authority",)},
        passages=(TOLL, OPENING),
    )
    return match(parse_search(typed, TODAY), Row(text, Ref("harbour", "quote", "q1")), about)


@pytest.mark.parametrize(
    ("typed", "own", "around"),
    [
        ("speaker:holt toll", [], ["toll"]),
        ("speaker:holt contract", ["contract"], []),
        ("speaker:holt contract toll", ["contract"], ["toll"]),
        ("speaker:holt (toll OR ferry)", [], ["toll"]),
        ('speaker:holt "he said" NEAR toll', [], ["toll", "he said"]),
        ("speaker:holt about:toll", [], ["toll"]),
        ("about:toll", [], ["toll"]),
        ("about:contract", ["contract"], []),
        ("about:bridge", [], ["bridge"]),
        ("about:reyes", [], []),
        ('about:"port authority"', [], []),
    ],
)
def test_what_somebody_said_about_something(typed: str, own: list[str], around: list[str]) -> None:
    hit = said(typed)
    assert hit
    assert ["set by contract\nPer Holt"[start:end] for start, end in hit.spans] == own
    assert [one.text[start:end] for one in hit.passages for start, end in one.spans] == around


@pytest.mark.parametrize(
    "typed", ["speaker:holt bridge", "speaker:holt -toll", "toll", "speaker:reyes toll", "about:holt", "-about:toll"]
)
def test_other_words_are_not_reached(typed: str) -> None:
    assert said(typed) is None


def test_only_quotes_are_about_something() -> None:
    assert asked("about:toll", "the toll", about=About({})) is None
    assert asked("about:toll", "the toll") is None


@pytest.mark.parametrize(
    ("typed", "text", "langs", "expected"),
    [
        ("Bundesregierung", "siehe bundesregierung.de", ("de",), ["bundesregierung"]),
        ("Bundesregierung", "siehe bundesregierung.de", ("de-AT",), ["bundesregierung"]),
        ("Bundesregierung", "siehe bundesregierung.de", ("DE_CH",), ["bundesregierung"]),
        ("Bundesregierung", "siehe bundesregierung.de", ("en",), None),
        ("Bundesregierung", "siehe bundesregierung.de", ("deu",), None),
        ("Bundesregierung", "siehe bundesregierung.de", (), None),
        ("Öl", "öl und ol", ("de",), ["öl"]),
        ("speaker:Holt toll", "toll", ("de",), None),
    ],
)
def test_in_german_a_capital_is_no_wish(
    typed: str, text: str, langs: tuple[str, ...], expected: list[str] | None
) -> None:
    assert asked(typed, text, about=About({"lang": langs})) == expected


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("US", "U.S. troops", ["U.S"]),
        ("us", "U.S. and usual", ["U.S", "us"]),
        ("U.S.", "US troops", ["US"]),
        ("u.s.", "the US, as usual", ["US"]),
        ("JD", "J.D. Vance", ["J.D"]),
        ('"J.D. Vance"', "JD Vance", ["JD Vance"]),
        ('"jd vance"', "J.D. Vance", ["J.D. Vance"]),
        ("email", "an E-mail", ["E-mail"]),
        ("e-mail", "an email", ["email"]),
        ("e-mai", "an email", ["emai"]),
        ("seojin", "Han Seo\u2011jin", ["Seo\u2011jin"]),
        ("Seo-jin", "Han Seojin", ["Seojin"]),
        ("seo", "Han Seo-jin", ["Seo"]),
        ("oneil", "O’Neil’s", ["O’Neil"]),
        ("O'Neil", "ONeil", ["ONeil"]),
        ("U.S.-led", "the US-led talks", ["US-led"]),
        ("eojin", "Han Seo-jin", None),
        ("2012", "201-2", None),
        ("ığdır", "Iğdır", ["Iğdır"]),
        ("emailed NEAR seojin", "Seo-jin e-mailed", ["Seo-jin", "e-mailed"]),
    ],
)
def test_what_is_typed_finds_what_was_written(typed: str, text: str, expected: list[str] | None) -> None:
    assert asked(typed, text) == expected


def test_find_as_you_type_takes_joined_words_from_their_beginning() -> None:
    assert found("email", "an e-mail") == ["e-mail"]
    assert found("nj", "Seo-jin unjust") == ["nj"]
    assert found("nj", "Seo-jin") is None
