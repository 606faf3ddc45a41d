import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.core.dates.days import day_from_date
from dossier.core.query import (
    AllConditions,
    AnyCondition,
    Condition,
    ContextCondition,
    DaysCondition,
    FieldCondition,
    NearTerms,
    NotCondition,
    PaneCondition,
    Query,
    Term,
    TermMatch,
    make_term,
)
from dossier.core.query_parser import ALL_FIELD_NAMES, DATE_FIELD_NAMES, TEXT_FIELD_NAMES, parse_search
from dossier.core.query_values import OTHER_FIELD_NAMES

TODAY = datetime.date(2023, 1, 29)


def told(node: Condition | None) -> str:
    """Return the meaning of a query in one line: * after a word that may continue, quote marks around a phrase."""
    match node:
        case Term():
            return f"{node.text}*" if node.match_mode is TermMatch.WORD_START else f'"{node.text}"'
        case NearTerms():
            return f"near({told(node.left)} {told(node.right)})"
        case ContextCondition():
            return f"around({told(node.node)})"
        case FieldCondition():
            return f"{node.name}={'|'.join(map(told, node.terms))}"
        case DaysCondition():
            return f"{node.name}={node.earliest}..{node.latest}"
        case PaneCondition():
            return f"in={node.pane}"
        case NotCondition():
            return f"not({told(node.node)})"
        case AllConditions():
            return f"all({' '.join(map(told, node.nodes))})"
        case AnyCondition():
            return f"some({' '.join(map(told, node.nodes))})"
    return ""


def read(typed: str) -> Query:
    return parse_search(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("", ""),
        ("  ", ""),
        ("arms", "arms*"),
        ("arms seoul", "all(arms* seoul*)"),
        ('"missile  tests" x', 'all("missile tests" x*)'),
        ("-seoul", "not(seoul*)"),
        ("NOT seoul", "not(seoul*)"),
        ("NOT NOT seoul", "seoul*"),
        ("NOT -seoul", "seoul*"),
        ('arms -"a b" -(c d)', 'all(arms* not("a b") not(all(c* d*)))'),
        ("(-a) b", "all(not(a*) b*)"),
        ("seo-jin a- --x", "all(seo-jin* a-* --x*)"),
        ("a OR b", "some(a* b*)"),
        ("a b OR c d", "some(all(a* b*) all(c* d*))"),
        ("a (b OR c)", "all(a* some(b* c*))"),
        ("a or not near b", "all(a* or* not* near* b*)"),
        ("a NEAR b", "near(a* b*)"),
        ("a NEAR b NEAR c", "all(near(a* b*) near(b* c*))"),
        ('-"a b" NEAR c d', 'all(not(near("a b" c*)) d*)'),
        ("speaker:yoon", "speaker=yoon*"),
        ("SPEAKER:Yoon", "speaker=Yoon*"),
        ('speaker:"jens stol"', 'speaker="jens stol"'),
        ("-outlet:herald", "not(outlet=herald*)"),
        ("in:quotes a", "all(in=quotes a*)"),
        ("in:Headline", "in=headline"),
        ("date:2022-11..2023-01", "date=2022-11-01..2023-01-31"),
        ("published:last-month", "published=2022-12-01..2022-12-31"),
        ('published:"last month"', "published=2022-12-01..2022-12-31"),
        ("event:2017..", "event=2017-01-01..None"),
        ("foo:bar", "foo:bar*"),
        ("http://arlen.org 12:30 said:", "all(http://arlen.org* 12:30* said:*)"),
        ("f(x)", "all(f* x*)"),
        ('five"inch', 'five"inch*'),
        ("“so”", "“so”*"),
        # Incomplete at the very end.
        ('"missile te', "missile te*"),
        ('speaker:"jens st', "speaker=jens st*"),
        ('a "', "a*"),
        ("a speaker:", "a*"),
        ('a speaker:"', "a*"),
        ("a date: ", "a*"),
        ("a in:", "a*"),
        ("(a", "a*"),
        ("a (", "a*"),
        ("a (b OR", "all(a* b*)"),
        ("a OR", "a*"),
        ("a NOT ", "a*"),
        ("a NEAR", "a*"),
        ("a -", "a*"),
        ("NOT", ""),
        ("a AND b", "all(a* b*)"),
        ("a AND NOT b", "all(a* not(b*))"),
        ("a AND (b OR c) AND d", "all(a* some(b* c*) d*)"),
        ("a AND", "a*"),
        ("a and b", "all(a* and* b*)"),
        ('a "AND" b', 'all(a* "AND" b*)'),
        ("toll* road", "all(toll* road*)"),
        ("speaker:holt*", "speaker=holt*"),
        ('"toll road*" a', "all(toll road* a*)"),
        ('"toll road"* a', "all(toll road* a*)"),
        ("about:toll", "about=toll*"),
        ("speaker:a b", "all(speaker=a* around(b*))"),
        ('speaker:a "b c" d NEAR e', 'all(speaker=a* around("b c") around(near(d* e*)))'),
        ("speaker:a (b OR -c)", "all(speaker=a* some(around(b*) not(around(c*))))"),
        ("(speaker:a OR speaker:b) c", "all(some(speaker=a* speaker=b*) around(c*))"),
        ("(speaker:a OR b) c", "all(some(speaker=a* b*) c*)"),
        ("speaker:a OR b", "some(speaker=a* b*)"),
        ("-speaker:a b", "all(not(speaker=a*) b*)"),
        ("a (speaker:b c)", "all(around(a*) all(speaker=b* around(c*)))"),
        ("speaker:a form:direct in:quotes", "all(speaker=a* form=direct* in=quotes)"),
        ("form:d", "form=d*"),
        ("form:indirect", "form=indirect*"),
        ("lang:de-AT", "lang=de-AT*"),
    ],
)
def test_what_is_understood(typed: str, meaning: str) -> None:
    query = read(typed)
    assert (query.typed, told(query.root), query.query_warnings) == (typed, meaning, ())


@pytest.mark.parametrize(
    ("typed", "meaning", "place", "message"),
    [
        ("speakr:yoon a", "all(speakr:yoon* a*)", "speakr:", "did you mean speaker:?"),
        ("said:yoon a", "all(said:yoon* a*)", "said:", "did you mean speaker:?"),
        ("By:yoon", "By:yoon*", "By:", "did you mean speaker:?"),
        ('organ:"a b"', '"organ:a b"', "organ:", "did you mean org:?"),
        ("speaker: yoon", "yoon*", "speaker:", "needs a word after it"),
        ('speaker:"" yoon', "yoon*", 'speaker:""', "needs a word after it"),
        ("speaker:— yoon", "yoon*", "—", "no letter or digit"),
        ("in:quote a", "a*", "quote", "did you mean in:quotes?"),
        ("in:xyz a", "a*", "xyz", "it can be body, quotes, people, timeline, headline or notes"),
        ("date:2022-13 a", "a*", "2022-13", "is not a date or range of dates"),
        ("a published:soon", "a*", "soon", "is not a date or range of dates"),
        ("a % b", "all(a* b*)", "%", "no letter or digit"),
        ("(a NEAR) b", "all(a* b*)", "NEAR", "NEAR goes between"),
        ("NEAR a", "a*", "NEAR", "NEAR goes between"),
        ("a NEAR speaker:b", "all(around(a*) speaker=b*)", "NEAR", "NEAR goes between"),
        ("a NEAR b NEAR (c d)", "all(near(a* b*) all(c* d*))", "NEAR", "NEAR goes between"),
        ("OR a", "a*", "OR", "OR needs something on both sides"),
        ("(a OR) b", "all(a* b*)", "OR", "OR needs something on both sides"),
        ("a OR OR b", "some(a* b*)", "OR", "OR needs something on both sides"),
        ("(a NOT) b", "all(a* b*)", "NOT", "NOT needs something after it"),
        ("a NOT OR b", "some(a* b*)", "NOT", "NOT needs something after it"),
        ("a )b", "all(a* b*)", ")", "no opening bracket for this one"),
        ("() a", "a*", "()", "these brackets are empty"),
        ("AND a", "a*", "AND", "AND goes between"),
        ("(a AND) b", "all(a* b*)", "AND", "AND goes between"),
        ("a AND OR b", "some(a* b*)", "AND", "AND goes between"),
        ("a AND AND b", "all(a* b*)", "AND", "AND goes between"),
        ("form:xyz a", "a*", "xyz", "it can be direct, mixed, indirect, reported or free-indirect"),
        ("form:indirekt a", "a*", "indirekt", "did you mean form:indirect?"),
        ("a status:plannd", "a*", "plannd", "did you mean status:planned?"),
        ("status:xyz", "", "xyz", "it can be happened, planned, alleged or denied"),
        ("lang:german a", "all(lang=german* a*)", "german", "did you mean lang:de?"),
        ('lang:"u u" a', 'all(lang="u u" a*)', "u u", "such as en or de-AT"),
    ],
)
def test_what_is_not_understood_is_said_and_the_rest_is_searched(
    typed: str, meaning: str, place: str, message: str
) -> None:
    query = read(typed)
    assert told(query.root) == meaning
    (complaint,) = query.query_warnings
    assert typed[complaint.start : complaint.end] == place
    assert message in complaint.message


@pytest.mark.parametrize("name", TEXT_FIELD_NAMES)
def test_every_field_is_known(name: str) -> None:
    value = {"form": "direct", "status": "planned", "lang": "en"}.get(name, "a")
    assert read(f"{name}:{value}").root == FieldCondition(name, (make_term(value, TermMatch.WORD_START),))


@pytest.mark.parametrize("name", DATE_FIELD_NAMES)
def test_every_date_is_known(name: str) -> None:
    assert read(f"{name}:today").root == DaysCondition(name, day_from_date(TODAY), day_from_date(TODAY))


def test_a_word_is_as_exact_as_it_was_typed() -> None:
    assert read("Éva").root == Term("Éva", True, True, TermMatch.WORD_START)
    assert read('speaker:"Jens"').root == FieldCondition("speaker", (Term("Jens", True, False, TermMatch.WHOLE_WORDS),))


def test_complaints_come_in_the_order_of_their_places() -> None:
    complaints = read("OR a in:x % )").query_warnings
    assert len(complaints) == 4
    assert list(complaints) == sorted(complaints, key=lambda one: one.start)


@pytest.mark.parametrize("typed", ["(" * 100_000 + "a", "(a " * 50_000, "()" * 50_000, "NOT " * 50_000, "-(" * 50_000])
def test_deep_nesting_ends_nothing(typed: str) -> None:
    query = read(typed)
    assert hash(query) == hash(read(typed))
    assert "a" in typed or query.root is None
    assert len(query.terms) == min(typed.count("a"), 1)


PIECES = (
    *("a", "b", "OR", "NEAR", "NOT", "AND", "(", ")", "-", '"', " ", "  ", "speaker:", "in:", "date:", "speakr:"),
    *("foo:", "2022", "..", "quotes", "last-month", "%", "—", "한", "é", "\n", ":", "\ud800"),
)
SOME_PIECES = st.lists(st.sampled_from(PIECES))
TYPED = st.one_of(st.text(), SOME_PIECES.map(" ".join), SOME_PIECES.map("".join))


@given(TYPED)
def test_whatever_is_typed_is_understood_or_complained_of(typed: str) -> None:
    query = read(typed)
    assert query.typed == typed
    for complaint in query.query_warnings:
        assert 0 <= complaint.start < complaint.end <= len(typed)
        assert complaint.message
    assert list(query.query_warnings) == sorted(query.query_warnings, key=lambda one: (one.start, one.end))
    assert all(
        one.match_mode is not TermMatch.ANYWHERE and one.text == " ".join(one.text.split()) for one in query.terms
    )


@given(st.lists(st.sampled_from(["a", "b", "c", "(", ")", "OR", "NOT", "NEAR"])))
def test_no_word_is_lost(pieces: list[str]) -> None:
    meaning = told(read(" ".join(pieces)).root)
    assert all(f"{word}*" in meaning for word in ("a", "b", "c") if word in pieces)


def test_names_that_a_reader_may_guess_are_those_of_no_field_and_stand_for_one() -> None:
    assert not ALL_FIELD_NAMES & set(OTHER_FIELD_NAMES)
    assert set(OTHER_FIELD_NAMES.values()) <= ALL_FIELD_NAMES
