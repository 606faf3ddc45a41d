"""Read the fields of a mapping: texts, lists, mappings. Other shapes are reported, and read as far as possible.

Every text of a file passes through `clean_text`, so that all offsets refer to the text on the screen.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from dossier.core.model import TextFields
from dossier.loader.cost_limits import LONGEST_TEXT, describe_long_text
from dossier.loader.problem_log import ProblemLog, says_nothing
from dossier.loader.yaml_nodes import MappingNode, ScalarNode, SequenceNode, YamlNode, is_absent
from dossier.text.code_points import LONG
from dossier.text.sanitize import sanitize_text

# In these fields the words are the article's own, or have checks of their own.
_MEANT_AS_WRITTEN = frozenset(
    ("text", "exact", "prefix", "suffix", "what", "date_text", "form", "status", "id", "dossier")
)
# Keys that tell a single entry from a mapping of several.
_ONE_ENTRY = ("id", "text", "speaker", "date", "what", "caption", "url", "title")


def clean_text(text: str) -> str:
    """Return a text as the screen shows it: safe for a terminal, line breaks as spaces, stripped of white space."""
    if text.isascii() and len(text) <= LONG and text.isprintable():
        return text.strip()
    return sanitize_text(text).strip()


def flatten_node(node: YamlNode) -> str:
    """Return any node as one line of text: lists with commas, mappings with colons, inner ones in brackets."""
    if isinstance(node, ScalarNode):
        return clean_text(node.text)
    made: list[str] = []
    # A stack instead of recursion: users can raise the limit of nesting.
    stack: list[YamlNode | str] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            made.append(item)
        elif isinstance(item, ScalarNode):
            made.append(clean_text(item.text))
        else:
            stack.extend(reversed(_pieces(item)))
    return "".join(made)[1:-1]


def _pieces(node: SequenceNode | MappingNode) -> list[YamlNode | str]:
    pieces: list[YamlNode | str] = []
    if isinstance(node, SequenceNode):
        for item in node.items:
            pieces += () if is_absent(item) else (", ", item)
        return ["[", *pieces[1:], "]"]
    for key, value in node.pairs:
        pieces += [", ", key, ": ", value]
    return ["{", *pieces[1:], "}"]


# The known keys of a mapping are those of one of a dozen kinds.
_as_set = lru_cache(maxsize=64)(frozenset[str])


class MappingFields:
    """A mapping of the file, whose fields are read by their keys. An absent value counts as missing."""

    def __init__(self, node: MappingNode, known: tuple[str, ...], log: ProblemLog) -> None:
        self.mapping_node = node
        self._known, self._log = known, log
        self._nodes = {key.text: value for key, value in node.pairs}
        self._read: dict[str, str] = {}
        self._knows_all = self._nodes.keys() <= _as_set(known)
        if not self._knows_all:
            from dossier.loader.unknown_keys import find_meant_keys  # noqa: PLC0415 - only unknown keys need it

            for written, (meant, value) in find_meant_keys(node, known, log).items():
                self._nodes[meant] = value
                self._read[written] = meant

    def node(self, key: str) -> YamlNode | None:
        """Return the value of a key; None if it is missing or empty."""
        node = self._nodes.get(key)
        return None if node is None or is_absent(node) else node

    def key_read_as(self, key: str) -> str:
        """Return the known key as which the value under this key is read: mostly the key itself."""
        return self._read.get(key, key)

    def node_to_report(self, key: str) -> YamlNode:
        """Return the node to report a problem of a key at: its value, else the whole mapping."""
        return self._nodes.get(key, self.mapping_node)

    def report_field_shape(self, key: str, wanted: str, cure: str = "") -> None:
        """Report that the value of a key has another shape than `wanted`, and the cure if there is one."""
        self._log.report_shape(self.node_to_report(key), key, wanted, cure)

    def text(self, key: str) -> str:
        """Return the text of a key; "" if it is missing."""
        node = self._nodes.get(key)
        if node is None:
            return ""
        text = read_node_text(node, key, self._log)
        if key not in _MEANT_AS_WRITTEN and says_nothing(text):
            self._log.check_meaning(node, key, text)
        return text

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of a list; a single text counts as a list of one."""
        nodes = self.scalars(key)
        texts = tuple(clean_text(node.text) for node in nodes)
        for node, text in zip(nodes, texts, strict=True):
            self._log.check_meaning(node, key, text)
        return texts

    def scalars(self, key: str) -> tuple[ScalarNode, ...]:
        """Return the text nodes of a list; a single text counts as a list of one."""
        node = self.node(key)
        if node is None:
            return ()
        items = node.items if isinstance(node, SequenceNode) else (node,)
        texts: list[ScalarNode] = []
        length = 0
        for item in items:
            if not isinstance(item, ScalarNode):
                self._log.report_shape(item, key, "text")
            elif item.text or item.style:
                texts.append(item)
                length += len(item.text)
        return tuple(texts if length <= LONGEST_TEXT else _cut_after_limit(texts, self._log))

    def items(self, key: str) -> tuple[YamlNode, ...]:
        """Return the items of a list but the absent ones, up to the limit; the pairs of a mapping, which it reports."""
        node = self.node(key)
        if isinstance(node, SequenceNode):
            return self.apply_limit(key, tuple(item for item in node.items if not is_absent(item)))
        if isinstance(node, MappingNode):
            self.report_field_shape(key, "a list", "put a hyphen and a space before each entry")
            is_one = any(isinstance(value, ScalarNode) and one.text in _ONE_ENTRY for one, value in node.pairs)
            entries = [node] if is_one else [MappingNode((pair,), pair[0].line, pair[0].column) for pair in node.pairs]
            return self.apply_limit(key, tuple(entries))
        if node is not None:
            self.report_field_shape(key, "a list")
        return ()

    def apply_limit(self, key: str, nodes: tuple[YamlNode, ...]) -> tuple[YamlNode, ...]:
        """Return the first nodes, as many as one list may have, and report a problem if there are more.

        `key` is the key that has the list; the message names it.
        """
        most = self._log.limits.entries
        if len(nodes) > most:
            message = f"{key}: {len(nodes):,} entries; only the first {most:,} are read; --max-entries raises the limit"
            self._log.report("too-many-entries", nodes[most], message)
        return nodes[:most]

    def text_fields(self, key: str) -> TextFields:
        """Return the keys and texts of the mapping under this key."""
        node = self.node(key)
        if isinstance(node, MappingNode):
            return tuple(
                (clean_text(one.text), read_node_text(value, one.text, self._log))
                for one, value in node.pairs
                if not is_absent(value)
            )
        if node is not None:
            self.report_field_shape(key, "a mapping")
        return ()

    def unknown_fields(self) -> TextFields:
        """Return the keys and texts of unknown keys, in the order of the file."""
        if self._knows_all:
            return ()
        known = {*self._known, *self._read}
        unknown = [pair for pair in self.mapping_node.pairs if pair[0].text not in known]
        most = self._log.limits.entries
        if len(unknown) > most:
            self._log.report_cut_short(
                unknown[most][0], f"{len(unknown):,} unknown keys: only {most:,} of them are read"
            )
        return tuple((clean_text(key.text), flatten_within_limit(value, self._log)) for key, value in unknown[:most])


def read_node_text(node: YamlNode, name: str, log: ProblemLog) -> str:
    """Return the text of a node; for a list or mapping, which is reported, all its texts in one line."""
    if isinstance(node, ScalarNode):
        return clean_text(node.text if len(node.text) <= LONGEST_TEXT else _cut_long(node, log).text)
    log.report_shape(node, name, "text")
    return flatten_within_limit(node, log)


def flatten_within_limit(node: YamlNode, log: ProblemLog) -> str:
    """Return any node as one line of text, as `flatten_node` does; of a very long one the beginning, and report it."""
    if isinstance(node, ScalarNode):
        return clean_text(node.text if len(node.text) <= LONGEST_TEXT else _cut_long(node, log).text)
    text = flatten_node(node)
    if len(text) > LONGEST_TEXT:
        log.report_cut_short(node, describe_long_text())
    return text[:LONGEST_TEXT]


def _cut_after_limit(nodes: Iterable[ScalarNode], log: ProblemLog) -> Iterator[ScalarNode]:
    """Yield the nodes of a list, until they have as much text as is read of one field."""
    length = 0
    for node in nodes:
        yield _cut_long(node, log)
        length += len(node.text)
        if length > LONGEST_TEXT:
            log.report_cut_short(node, describe_long_text())
            return


def _cut_long(node: ScalarNode, log: ProblemLog) -> ScalarNode:
    """Return a node with no more text than is read, which is reported if it had more."""
    if len(node.text) <= LONGEST_TEXT:
        return node
    log.report_cut_short(node, describe_long_text())
    return node._replace(text=node.text[:LONGEST_TEXT])
