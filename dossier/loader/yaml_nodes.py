"""The nodes that a file is parsed into, with their positions; every scalar is the text as written."""

from typing import TypeAlias

from dossier.core.dataclasses import NamedTuple

# What programs write for no value (YAML 1.1, type null). In quotes, or with the tag of texts, it is the word.
NULLS = frozenset(("null", "Null", "NULL", "~"))

CUT = ","
"""The style of a text that commas had cut."""
JSON_WORD = "0"
"""The style of a number, true or false of a JSON file: what replaces it has to be in double quotes."""


class ScalarNode(NamedTuple):
    """A text. `style` is "" if it is plain, else its mark: ' " | or >. `raw` is its source in the file.

    A plain `null` or `~` stands for no value: it is an empty plain text, as a value that is left out. `style` is CUT if
    commas in a mapping in braces had cut the text, which is reported; `text` is then the whole of it again. It is
    JSON_WORD for a word of JSON but null.
    `line` and `column` count from 1, columns in code points, as in every node.
    """

    text: str
    line: int
    column: int
    style: str = ""
    raw: str = ""


class SequenceNode(NamedTuple):
    """A list."""

    items: tuple["YamlNode", ...]
    line: int
    column: int


class MappingNode(NamedTuple):
    """Keys with their values, in the order of the file; each key occurs once."""

    pairs: tuple[tuple[ScalarNode, "YamlNode"], ...]
    line: int
    column: int


YamlNode: TypeAlias = ScalarNode | SequenceNode | MappingNode


def is_absent(node: YamlNode) -> bool:
    """Return whether a node is an absent value: left out, or a plain `null` or `~`. An empty text in quotes is none."""
    return isinstance(node, ScalarNode) and not node.text and not node.style
