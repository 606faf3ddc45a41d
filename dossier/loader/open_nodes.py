"""The lists and mappings of a YAML file that have begun and not ended, with the texts in them that commas cut."""

import re

from dossier.loader.yaml_nodes import CUT, ScalarNode, YamlNode
from dossier.text.messages import abbreviate

_COMMENT = re.compile(r"#[^\r\n]*")


class OpenNode:
    """A list or mapping that has begun.

    `nodes` are its items, or for a mapping keys and values in turn. `beneath` counts the nodes inside these.
    `letters` counts the code points of the texts inside these, with all aliases followed.
    """

    __slots__ = (
        *("_cut_texts", "anchor", "beneath", "column", "height", "is_flow_mapping", "letters", "line", "mapping"),
        "nodes",
    )

    def __init__(self, mapping: bool, line: int, column: int, anchor: str | None, is_flow: bool = False) -> None:
        self.mapping, self.line, self.column, self.anchor = mapping, line, column, anchor
        self.is_flow_mapping = mapping and is_flow
        # The pieces of each value that commas cut, by its position in `nodes`.
        self._cut_texts: dict[int, list[str]] = {}
        self.nodes: list[YamlNode] = []
        self.beneath, self.height, self.letters = 0, 1, 0

    def find_cutting_comma(self, source: str, key_span: tuple[int, int], end: int) -> int | None:
        """Return the offset of the comma that made a key without a colon of a part of the text before it, else None.

        The last node is the key, which has the offsets `key_span` in `source`; its empty value ends at `end`.
        """
        if len(self.nodes) < 3 or len(self.nodes) % 2 == 0:
            return None
        cut, key = self.nodes[-2:]
        if not (isinstance(key, ScalarNode) and isinstance(cut, ScalarNode)) or not cut.text or not key.text:
            return None
        start, key_end = key_span
        return None if ":" in _COMMENT.sub("", source[key_end:end]) else source.rfind(",", 0, start)

    def join_cut_text(self, source: str, comma: int) -> str:
        """Add the last key to the text before it, which the comma at this offset cut.

        Return what is wrong with that text and how to correct it, or "" if it was cut before.
        """
        cut, key = self.nodes[-2:]
        assert isinstance(cut, ScalarNode)
        assert isinstance(key, ScalarNode)
        at, message = len(self.nodes) - 2, ""
        if at not in self._cut_texts:
            self._cut_texts[at] = [cut.text]
            shown = abbreviate(f"{cut.text.rpartition(' ')[2]}, {key.text}", 40)
            message = f"inside {{ }}, the comma in {shown!r} ends the text: put the whole text in quotes"
        self._cut_texts[at] += (", " if source[comma + 1 : comma + 2].isspace() else ",", key.text)
        self.nodes.pop()
        return message

    def mend_cut_texts(self) -> None:
        """Replace each text that commas cut by the whole text."""
        for at, pieces in self._cut_texts.items():
            cut = self.nodes[at]
            if isinstance(cut, ScalarNode):
                self.nodes[at] = cut._replace(text="".join(pieces), style=CUT)
