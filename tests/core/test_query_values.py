import pytest

from dossier.core.model import EVENT_STATUSES, QUOTE_FORMS
from dossier.core.query_values import FIELD_VALUES, describe_unusual_lang, find_impossible_value


def test_the_values_are_those_of_the_format() -> None:
    assert FIELD_VALUES["form"] == QUOTE_FORMS
    assert FIELD_VALUES["status"] == EVENT_STATUSES


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("form", "direct"),
        ("form", "DIR"),
        ("form", "free-indirect"),
        ("status", "p"),
        ("in", "Quotes"),
        ("outlet", "anything"),
    ],
)
def test_possible_values(field: str, value: str) -> None:
    assert find_impossible_value(field, value) == ""


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        (
            "form",
            "xyz",
            "form:xyz is ignored; it can be direct, mixed, indirect, reported or free-indirect",
        ),
        (
            "status",
            "hapened",
            "status:hapened is ignored; did you mean status:happened? It can be happened, planned, alleged or denied",
        ),
        (
            "in",
            "quote",
            "in:quote is ignored; did you mean in:quotes? It can be body, quotes, people, timeline, headline or notes",
        ),
    ],
)
def test_what_cannot_be_is_said_with_what_can(field: str, value: str, message: str) -> None:
    assert find_impossible_value(field, value) == message


@pytest.mark.parametrize("lang", ["d", "de", "de-AT", "zh-Hant-TW", "gsw"])
def test_codes_of_languages(lang: str) -> None:
    assert describe_unusual_lang(lang) == ""


@pytest.mark.parametrize(("lang", "code"), [("German", "de"), ("Englisch", "en"), ("türkçe", "tr")])
def test_the_name_of_a_language_is_answered_with_its_code(lang: str, code: str) -> None:
    assert describe_unusual_lang(lang).endswith(f"; did you mean lang:{code}?")


def test_a_language_that_is_not_known() -> None:
    assert describe_unusual_lang("xyzw") == "a language is usually a code, such as en or de-AT"
