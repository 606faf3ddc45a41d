"""What is written as YAML reads back as the same texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.loader.article import parse_article
from dossier.loader.converters.values import JsonFields, JsonValue
from dossier.loader.converters.yaml_text import write_scalar, write_yaml
from dossier.loader.limits import Limits
from dossier.loader.source_nodes import parse_yaml
from dossier.loader.yaml_nodes import MappingNode, ScalarNode, YamlNode

TEXTS = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    [
        "null",
        "~",
        "No",
        "- a",
        "a: b",
        "a #b",
        "'",
        '"',
        "\\",
        "[x]",
        "{y}",
        "&a",
        "*a",
        "!t",
        "%a",
        "@a",
        "`",
        "---",
        "",
    ]
)
VALUES = st.recursive(
    TEXTS | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=10,
)


def value_of(node: YamlNode) -> JsonValue:
    if isinstance(node, ScalarNode):
        return node.text if node.style or node.text else None
    if isinstance(node, MappingNode):
        return {key.text: value_of(value) for key, value in node.pairs}
    return [value_of(item) for item in node.items]


@given(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4))
def test_everything_reads_back(fields: dict[str, JsonValue]) -> None:
    written = write_yaml(fields)
    root, problems = parse_yaml(written.encode(), "a.yaml", Limits())
    assert problems == ()
    assert root is not None
    assert value_of(root) == fields


@pytest.mark.parametrize("length", [998, 999, 1022, 1023, 5000])
@pytest.mark.parametrize("value", ["b", None, ["c", {"d": "e"}], {"f": {"g": None}}])
def test_a_key_of_any_length_is_read_back(length: int, value: JsonValue) -> None:
    """YAML looks for the colon behind a key no further than 1,024 characters."""
    for key in ("a" * length, "é " * (length // 2), "-" * length):
        fields: dict[str, JsonValue] = {"list": [{key: value, "after": "x"}], "map": {"first": "y", key: value}}
        root, problems = parse_yaml(write_yaml(fields).encode(), "a.yaml", Limits())
        assert (problems, root and value_of(root)) == ((), fields)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Harbour Herald", "Harbour Herald"),
        ("2023-04-12T09:30+02:00", "2023-04-12T09:30+02:00"),
        ("p1:3-9", "p1:3-9"),
        ("null", '"null"'),
        ("a: b", '"a: b"'),
        ("a\u2028b\x85c\ufeff\x7f", '"a\\u2028b\\u0085c\\ufeff\\u007f"'),
        ("\ud83d", '"\ufffd"'),
        ("😀", '"😀"'),
    ],
)
def test_a_text_is_plain_where_it_can_be(text: str, written: str) -> None:
    assert write_scalar(text) == written


@pytest.mark.parametrize("key", ["note", "Remarks", "what they say of it in town", "a\nb: c", "x" * 2000])
def test_a_key_that_the_format_does_not_know_is_not_taken_for_talk_about_the_yaml(key: str) -> None:
    talk: JsonFields = {key: "four words and more"}
    for fields in (talk | {"headline": "a", "body": "b"}, {"headline": "a", "body": "b"} | talk):
        problems = parse_article(write_yaml(fields).encode(), "a.yaml").problems
        assert "not-yaml" not in {one.code for one in problems}
