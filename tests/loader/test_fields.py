import pytest

from dossier.core.dataclasses import replace
from dossier.loader.article import parse_article
from dossier.loader.fields import clean_text, flatten_node
from dossier.loader.limits import Limits
from dossier.loader.source_nodes import parse_yaml


@pytest.mark.parametrize(
    ("yaml", "text"),
    [
        ("a", "a"),
        ("[a, b]", "a, b"),
        ("[a, [b, c], {d: e}]", "a, [b, c], {d: e}"),
        ("{a: b, c: [d], e: {}}", "a: b, c: [d], e: {}"),
        ("[]", ""),
        ("|\n  a\n  b\n", "a b"),
        ('"\\e[0m"', "␛[0m"),
    ],
)
def test_flat(yaml: str, text: str) -> None:
    node, problems = parse_yaml(yaml.encode(), "a.yaml", Limits())
    assert node is not None
    assert (flatten_node(node), problems) == (text, ())


def test_shown_has_no_line_breaks_and_no_space_around_it() -> None:
    assert clean_text("\n a\nb\r\nc \n") == "a b  c"


@pytest.mark.parametrize("null", ["null", "~", "Null", "NULL"])
@pytest.mark.parametrize(
    "key", ["people", "orgs", "places", "quotes", "timeline", "media", "documents", "glossary", "provenance", "byline"]
)
def test_a_plain_null_is_an_absent_value(key: str, null: str) -> None:
    text = f"headline: a\nbody: b\noutlet: c\npublished: 2023\n{key}: {null}\n"
    without = parse_article(b"headline: a\nbody: b\noutlet: c\npublished: 2023\n", "a.yaml")
    loaded = parse_article(text.encode(), "a.yaml")
    assert loaded.article is not None
    assert without.article is not None
    assert replace(loaded.article, field_lines=()) == replace(without.article, field_lines=())
    assert loaded.problems == ()


@pytest.mark.parametrize("null", ["null", "~"])
def test_a_plain_null_is_absent_in_a_list_and_in_a_mapping_of_any_field(null: str) -> None:
    text = (
        f"headline: a\nbody: [Ada Moss waited.]\noutlet: c\npublished: 2023\nbyline: [{null}, Ada Moss]\n"
        f"people: [{null}, {{id: ada, name: Ada Moss, aliases: [{null}], same_as: {{wikidata: {null}}}}}]\n"
        f"quotes: [{null}, {{speaker: ada, form: indirect, text: [{null}, waited], at: [{null}, p1]}}]\n"
        f"timeline: [{{date: 2023, what: b, people: [{null}], quote: {null}}}]\n"
        f"topics: [{null}, quay]\n"
    )
    loaded = parse_article(text.encode(), "a.yaml")
    assert loaded.article is not None
    assert loaded.problems == ()
    (ada,), (quote,), (event,) = loaded.article.people, loaded.article.quotes, loaded.article.events
    assert (loaded.article.byline, ada.aliases, ada.same_as) == (("Ada Moss",), (), ())
    assert (quote.ref.id, quote.parts, event.people, event.quote) == ("q1", ("waited",), (), None)
    assert loaded.article.unknown_fields == (("topics", "quay"),)


def test_null_in_quotes_is_the_word() -> None:
    text = "headline: a\nbody: b\noutlet: 'null'\npublished: 2023\nsubtitle: \"~\"\nprovenance: 'null'\n"
    loaded = parse_article(text.encode(), "a.yaml")
    assert loaded.article is not None
    assert (loaded.article.outlet, loaded.article.subtitle) == ("null", "~")
    assert [found.message for found in loaded.problems] == ["provenance: expected a mapping, found text"]


@pytest.mark.parametrize(
    ("value", "cure"),
    [
        (
            "{Ferry: daily}",
            "subtitle: expected text, found a mapping; put text that has a colon followed by a space in",
        ),
        (
            "[Update] ",
            "subtitle: expected text, found a list; put text that begins with [ or a hyphen in",
        ),
    ],
)
def test_a_text_that_became_something_else_has_its_cure(value: str, cure: str) -> None:
    text = f"headline: a\nbody: b\noutlet: c\npublished: 2023\nsubtitle: {value}\n"
    (problem,) = parse_article(text.encode(), "a.yaml").problems
    assert problem.message.startswith(cure)
