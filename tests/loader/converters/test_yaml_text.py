"""What is written as YAML reads back as the same texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.loader.converters.values import JsonValue
from dossier.loader.converters.yaml_text import write_scalar, write_yaml
from dossier.loader.limits import Limits
from dossier.loader.yaml_nodes import MappingNode, ScalarNode, YamlNode, parse_yaml

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
