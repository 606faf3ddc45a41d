import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.query import Term, parse


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
    for term in parse(typed).terms:
        assert term.text
        assert term.text == " ".join(term.text.split())
