import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.core.query import (
    AllConditions,
    AnyCondition,
    Condition,
    DaysCondition,
    FieldCondition,
    NearTerms,
    NotCondition,
    PaneCondition,
    Query,
    Term,
    TermMatch,
    asks_for_articles,
    combine_conditions,
    expand_names,
    make_term,
    narrow_query,
    parse_terms,
)


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("", []),
        ("  \t ", []),
        ('"', []),
        ('""', []),
        ('"  "', []),
        ("arms", ["arms"]),
        ("  arms \t seoul\u00a0visit ", ["arms", "seoul", "visit"]),
        ("arms arms", ["arms"]),
        ('"missile tests"', ["missile tests"]),
        ('"missile tests', ["missile tests"]),
        ('  "  missile \t tests "  arms', ["missile tests", "arms"]),
        ('arms "missile tests" "in seoul', ["arms", "missile tests", "in seoul"]),
        ('"missile tests"arms', ["missile tests", "arms"]),
        ('arms arms"', ["arms", 'arms"']),
        ('five"inch pipe', ['five"inch', "pipe"]),
        ('arms "arms"', ["arms"]),
        ("“reckless tests”", ["“reckless", "tests”"]),
        ("said: or not -x", ["said:", "or", "not", "-x"]),
        ("한", ["한"]),
    ],
)
def test_terms(typed: str, terms: list[str]) -> None:
    query = parse_terms(typed)
    assert query.typed == typed
    assert [term.text for term in query.terms] == terms


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("nato", Term("nato", False, False)),
        ("Nato", Term("Nato", True, False)),
        ("naTo", Term("naTo", True, False)),
        ("Éva", Term("Éva", True, True)),
        ("éva", Term("éva", False, True)),
        ("e\u0301va", Term("e\u0301va", False, True)),
        ("wałęsa", Term("wałęsa", False, True)),
        ("øre", Term("øre", False, True)),
        ("한서진", Term("한서진", False, False)),
        ("2023", Term("2023", False, False)),
        ('"missile Tests"', Term("missile Tests", True, False)),
        ('"été à seoul', Term("été à seoul", False, True)),
    ],
)
def test_a_term_is_as_exact_as_it_was_typed(typed: str, term: Term) -> None:
    assert parse_terms(typed).terms == (term,)


def test_each_word_decides_for_itself() -> None:
    assert [(term.keep_case, term.keep_accents) for term in parse_terms("Seoul été arms").terms] == [
        (True, False),
        (False, True),
        (False, False),
    ]


@given(st.text())
def test_any_text_is_a_query_of_terms_with_text(typed: str) -> None:
    for one in parse_terms(typed).terms:
        assert one.text
        assert one.text == " ".join(one.text.split())


A, B, C = (make_term(text, TermMatch.WORD_START) for text in "abc")
OUTLET, SPEAKER = FieldCondition("outlet", (A,)), FieldCondition("speaker", (B,))
PUBLISHED, EVENT = DaysCondition("published", None, None), DaysCondition("event", None, None)


def test_what_was_typed_after_a_slash_is_found_anywhere() -> None:
    assert parse_terms("a").root == Term("a", False, False, TermMatch.ANYWHERE)
    assert parse_terms("a b").root == AllConditions((make_term("a"), make_term("b")))
    assert parse_terms(" ").root is None
    assert combine_conditions(()) is None


@pytest.mark.parametrize(
    ("root", "terms"),
    [
        (None, ()),
        (A, (A,)),
        (AllConditions((B, A, B)), (B, A)),
        (AnyCondition((A, NearTerms(B, C))), (A, B, C)),
        (AllConditions((A, NotCondition(B), NotCondition(AllConditions((C,))))), (A,)),
        (AllConditions((SPEAKER, EVENT, PaneCondition("body"))), ()),
    ],
)
def test_the_terms_of_a_query(root: Condition | None, terms: tuple[Term, ...]) -> None:
    assert Query("", root).terms == terms


@pytest.mark.parametrize(
    ("root", "lists"),
    [
        (None, False),
        (A, False),
        (OUTLET, True),
        (PUBLISHED, True),
        (AllConditions((OUTLET, NotCondition(PUBLISHED))), True),
        (AnyCondition((OUTLET, A)), False),
        (NotCondition(A), False),
        (SPEAKER, False),
        (EVENT, False),
        (DaysCondition("date", None, None), False),
        (PaneCondition("headline"), False),
        (AllConditions((OUTLET, PaneCondition("headline"))), False),
    ],
)
def test_what_asks_of_articles_alone(root: Condition | None, lists: bool) -> None:
    assert asks_for_articles(Query("", root)) is lists


def test_other_names_are_asked_for_as_well() -> None:
    def also(name: str, text: str) -> list[str]:
        return ["Yoon  Suk Yeol", "b", ""] if (name, text) == ("speaker", "b") else ["nobody"] * (name == "outlet")

    other = (Term("Yoon Suk Yeol", False, False, TermMatch.WHOLE_WORDS), Term("b", False, False, TermMatch.WHOLE_WORDS))
    query = Query("typed", AllConditions((AnyCondition((NotCondition(SPEAKER), A)), OUTLET)))
    found = expand_names(query, also)
    assert found.root == AllConditions(
        (AnyCondition((NotCondition(FieldCondition("speaker", (B, *other))), A)), OUTLET)
    )
    assert found.typed == "typed"
    assert expand_names(Query("", None), also) == Query("", None)


FERRY, TOLL = parse_terms("ferry"), parse_terms("toll pact")


@pytest.mark.parametrize(
    ("query", "also", "typed", "root"),
    [
        (FERRY, None, "ferry", FERRY.root),
        (None, TOLL, "toll pact", TOLL.root),
        (FERRY, Query("", None), "ferry", FERRY.root),
        (FERRY, TOLL, "ferry toll pact", AllConditions(tuple(one.root for one in (FERRY, TOLL) if one.root))),
    ],
)
def test_what_two_queries_find(query: Query | None, also: Query | None, typed: str, root: Condition | None) -> None:
    assert narrow_query(query, also) == Query(typed, root)
    assert narrow_query(None, None) is None
    assert narrow_query(Query("", None), None) is None
