import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.core.query import (
    All,
    During,
    Field,
    How,
    Near,
    Node,
    Not,
    Query,
    Some,
    Term,
    Within,
    expanded,
    lists_articles,
    parse,
    term,
    together,
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
    query = parse(typed)
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
    assert parse(typed).terms == (term,)


def test_each_word_decides_for_itself() -> None:
    assert [(term.keep_case, term.keep_accents) for term in parse("Seoul été arms").terms] == [
        (True, False),
        (False, True),
        (False, False),
    ]


@given(st.text())
def test_any_text_is_a_query_of_terms_with_text(typed: str) -> None:
    for one in parse(typed).terms:
        assert one.text
        assert one.text == " ".join(one.text.split())


A, B, C = (term(text, How.BEGINNING) for text in "abc")
OUTLET, SPEAKER = Field("outlet", (A,)), Field("speaker", (B,))
PUBLISHED, EVENT = During("published", None, None), During("event", None, None)


def test_what_was_typed_after_a_slash_is_found_anywhere() -> None:
    assert parse("a").root == Term("a", False, False, How.ANYWHERE)
    assert parse("a b").root == All((term("a"), term("b")))
    assert parse(" ").root is None
    assert together(()) is None


@pytest.mark.parametrize(
    ("root", "terms"),
    [
        (None, ()),
        (A, (A,)),
        (All((B, A, B)), (B, A)),
        (Some((A, Near(B, C))), (A, B, C)),
        (All((A, Not(B), Not(All((C,))))), (A,)),
        (All((SPEAKER, EVENT, Within("body"))), ()),
    ],
)
def test_the_terms_of_a_query(root: Node | None, terms: tuple[Term, ...]) -> None:
    assert Query("", root).terms == terms


@pytest.mark.parametrize(
    ("root", "lists"),
    [
        (None, False),
        (A, False),
        (OUTLET, True),
        (PUBLISHED, True),
        (All((OUTLET, Not(PUBLISHED))), True),
        (Some((OUTLET, A)), False),
        (Not(A), False),
        (SPEAKER, False),
        (EVENT, False),
        (During("date", None, None), False),
        (Within("headline"), False),
        (All((OUTLET, Within("headline"))), False),
    ],
)
def test_what_asks_of_articles_alone(root: Node | None, lists: bool) -> None:
    assert lists_articles(Query("", root)) is lists


def test_other_names_are_asked_for_as_well() -> None:
    def also(name: str, text: str) -> list[str]:
        return ["Yoon  Suk Yeol", "b", ""] if (name, text) == ("speaker", "b") else ["nobody"] * (name == "outlet")

    other = (Term("Yoon Suk Yeol", False, False, How.WHOLE), Term("b", False, False, How.WHOLE))
    query = Query("typed", All((Some((Not(SPEAKER), A)), OUTLET)))
    found = expanded(query, also)
    assert found.root == All((Some((Not(Field("speaker", (B, *other))), A)), OUTLET))
    assert found.typed == "typed"
    assert expanded(Query("", None), also) == Query("", None)
