import pytest

from dossier.text.messages import abbreviate, count_noun, pluralize, quote_typed, split_fields, suggest_name


@pytest.mark.parametrize(
    ("count", "words", "text"),
    [
        (0, ("quote",), "0 quotes"),
        (1, ("quote",), "1 quote"),
        (2, ("quote",), "2 quotes"),
        (1, ("registry", "registries"), "1 registry"),
        (1200, ("registry", "registries"), "1,200 registries"),
    ],
)
def test_a_count_has_its_noun(count: int, words: tuple[str, ...], text: str) -> None:
    assert count_noun(count, *words) == text
    assert pluralize(count, *words) == text.partition(" ")[2]


@pytest.mark.parametrize(
    ("word", "cutoff", "name"),
    [("qoute", 0.6, "quote"), ("quote", 0.6, "quote"), ("zebra", 0.6, ""), ("qoute", 0.9, ""), ("zebra", 0, "para")],
)
def test_the_most_similar_name_is_suggested(word: str, cutoff: float, name: str) -> None:
    assert suggest_name(word, iter(("para", "quote", "event")), cutoff) == name
    assert suggest_name(word, ()) == ""


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("new york", "“new york”"),
        ('"new york"', '"new york"'),
        ("“new york” pact", "“new york” pact"),
        ("d'Or", "“d'Or”"),
    ],
)
def test_what_was_typed_has_no_second_quote_marks(typed: str, shown: str) -> None:
    assert quote_typed(typed) == shown


def test_a_long_text_is_cut_off() -> None:
    assert [abbreviate("abcd", length) for length in (5, 4, 3)] == ["abcd", "abcd", "ab…"]


@pytest.mark.parametrize(
    ("words", "length", "split"),
    [
        ("a toll", 80, ("a toll", "")),
        ("a  toll\nLena Okafor\n\nsaid\n", 80, ("a toll", " · Lena Okafor · said")),
        ("a toll\nLena Okafor", 12, ("a toll", " · Le…")),
        ("a toll\nLena Okafor", 6, ("a tol…", "")),
        ("\n", 6, ("", "")),
    ],
)
def test_the_first_field_is_apart_from_those_behind_it(words: str, length: int, split: tuple[str, str]) -> None:
    assert split_fields(words, length) == split
