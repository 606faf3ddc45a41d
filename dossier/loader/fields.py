"""Read the fields of a mapping: texts, lists, mappings. Other shapes are reported, and read as far as possible.

Every text of a file passes through `clean_text`, so that all offsets refer to the text on the screen. A problem never
stops the reading, so that a checker reports all of them.
"""

import re
from itertools import islice
from pathlib import Path

from dossier.core.dataclasses import NamedTuple
from dossier.core.model import TextFields
from dossier.core.problem import Problem
from dossier.loader.key_typos import find_intended_key
from dossier.loader.limits import Limits
from dossier.loader.yaml_nodes import MappingNode, ScalarNode, SequenceNode, YamlNode
from dossier.text.sanitize import sanitize_text

_SHAPES = {ScalarNode: "a text", SequenceNode: "a list", MappingNode: "a mapping"}
# What programs write for no value (YAML 1.1, type null). In an article it is an ordinary text.
_NULLS = ("null", "Null", "NULL", "~")
# How to write a text that was read as another shape because of its punctuation.
_TEXT_CURES = {
    SequenceNode: "a text that begins with [ or a hyphen is put in quotes",
    MappingNode: "a text with a colon and a space in it is put in quotes",
}
_ID = re.compile("[a-z0-9][a-z0-9-]*")
# At most this many unknown keys of a mapping are compared with the known ones: nobody writes more by hand.
_MOST_UNKNOWN = 1_000


class ProblemLog:
    """The problems of one file, each once."""

    def __init__(self, path: str, found: tuple[Problem, ...], limits: Limits) -> None:
        self.limits = limits
        self._path = path
        self._found = dict.fromkeys(found)

    def report(self, code: str, where: YamlNode, message: str) -> None:
        """Add a problem of this file, at the node `where`; `code` names its kind, such as "bad-date"."""
        self._found[Problem(self._path, where.line, where.column, code, sanitize_text(message))] = None

    def report_shape(self, where: YamlNode, name: str, wanted: str, cure: str = "") -> None:
        """Report that `name` has another shape than `wanted`, and the cure if there is a usual one."""
        message = f"{name}: here is {_SHAPES[type(where)]}, where {wanted} belongs"
        cure = cure or (_TEXT_CURES.get(type(where), "") if wanted == "a text" else "")
        self.report("wrong-shape", where, f"{message}; {cure}" if cure else message)

    def sorted_problems(self) -> tuple[Problem, ...]:
        """Return all problems, sorted by their position in the file."""
        return tuple(sorted(self._found))


def read_file_bytes(path: Path, limits: Limits) -> bytes | Problem:
    """Return the bytes of a file, or the problem that it cannot be read.

    Of a file that is too large, only one byte more than allowed is read, which shows that it is.
    """
    try:
        with path.open("rb") as file:
            return file.read(limits.size + 1)
    except OSError as error:
        return Problem(str(path), 1, 1, "cannot-read", f"the file cannot be read: {error.strerror or error}")


def clean_text(text: str) -> str:
    """Return a text as the screen shows it: safe for a terminal, line breaks as spaces, stripped of white space."""
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
            pieces += [", ", item]
        return ["[", *pieces[1:], "]"]
    for key, value in node.pairs:
        pieces += [", ", key, ": ", value]
    return ["{", *pieces[1:], "}"]


class MappingFields:
    """A mapping of the file, whose fields are read by their keys. An empty field counts as missing."""

    def __init__(self, node: MappingNode, known: tuple[str, ...], log: ProblemLog) -> None:
        self.mapping_node = node
        self._known, self._log = known, log
        self._nodes = {key.text: value for key, value in node.pairs}
        self._misspelt: dict[str, ScalarNode] = {}
        self._knows_all = self._nodes.keys() <= {*known}
        if not self._knows_all:
            self._check_spelling()

    def _check_spelling(self) -> None:
        """Report the unknown keys that are probably misspelt ones of the known keys."""
        missing = [key for key in self._known if key not in self._nodes]
        unknown = (key for key, _value in self.mapping_node.pairs if key.text not in self._known)
        for key in islice(unknown, _MOST_UNKNOWN):
            if meant := find_intended_key(key.text, missing):
                message = f"the key {key.text!r} is not known here: is {meant!r} meant?"
                self._log.report("nearly-known-key", key, message)
                self._misspelt.setdefault(meant, key)

    def node(self, key: str) -> YamlNode | None:
        """Return the value of a key; None if it is missing or empty."""
        node = self._nodes.get(key)
        return None if node is None or _is_empty(node) else node

    def node_to_report(self, key: str) -> YamlNode:
        """Return the node to report a problem of a key at: its value, else the whole mapping."""
        return self._nodes.get(key, self.mapping_node)

    def misspelt_key(self, key: str) -> ScalarNode | None:
        """Return the unknown key that is probably a misspelling of this one; None if there is none."""
        return self._misspelt.get(key)

    def report_field_shape(self, key: str, wanted: str) -> None:
        """Report that the value of a key has another shape than `wanted`."""
        node = self.node_to_report(key)
        is_null = isinstance(node, ScalarNode) and not node.style and node.text in _NULLS
        self._log.report_shape(node, key, wanted, f"if there is none, leave {key}: out" if is_null else "")

    def text(self, key: str) -> str:
        """Return the text of a key; "" if it is missing."""
        node = self.node(key)
        return "" if node is None else read_node_text(node, key, self._log)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of a list; a single text counts as a list of one."""
        return tuple(clean_text(node.text) for node in self.scalars(key))

    def scalars(self, key: str) -> tuple[ScalarNode, ...]:
        """Return the text nodes of a list; a single text counts as a list of one."""
        node = self.node(key)
        items = node.items if isinstance(node, SequenceNode) else () if node is None else (node,)
        for item in items:
            if not isinstance(item, ScalarNode):
                self._log.report_shape(item, key, "a text")
        return tuple(item for item in items if isinstance(item, ScalarNode) and not _is_empty(item))

    def items(self, key: str) -> tuple[YamlNode, ...]:
        """Return the items of a list, up to the limit."""
        node = self.node(key)
        if isinstance(node, SequenceNode):
            return self.apply_limit(key, node.items)
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
                (clean_text(one.text), read_node_text(value, one.text, self._log)) for one, value in node.pairs
            )
        if node is not None:
            self.report_field_shape(key, "a mapping")
        return ()

    def unknown_fields(self) -> TextFields:
        """Return the keys and texts of unknown keys, in the order of the file."""
        unknown = () if self._knows_all else self.mapping_node.pairs
        return tuple(
            (clean_text(key.text), flatten_node(value)) for key, value in unknown if key.text not in self._known
        )


def read_node_text(node: YamlNode, name: str, log: ProblemLog) -> str:
    """Return the text of a node; for a list or mapping, which is reported, all its texts in one line."""
    if isinstance(node, ScalarNode):
        return clean_text(node.text)
    log.report_shape(node, name, "a text")
    return flatten_node(node)


class AssignedId(NamedTuple):
    """The id of an entry, unique within its kind, and the id as written in the file."""

    id: str
    written: str


def assign_ids(
    kind: str, letter: str, given: tuple[tuple[YamlNode, YamlNode | None], ...], log: ProblemLog
) -> tuple[AssignedId, ...]:
    """Return an id for each entry; `given` has the node of each entry and that of its id, None if it has no id.

    An entry without an id is called by `letter` and its position, from 1; for kinds that have to have an id, `letter`
    is "". A repeated id gets ~ and the position added, which no valid id contains, so that both entries can be shown.
    """
    claims: list[AssignedId] = []
    taken = {f"{letter}{at}" for at, (_entry, node) in enumerate(given, 1) if letter and node is None}
    for at, (entry, node) in enumerate(given, 1):
        if node is None and letter:
            claims.append(AssignedId(f"{letter}{at}", f"{letter}{at}"))
            continue
        written = "" if node is None else read_node_text(node, "id", log)
        if not _ID.fullmatch(written) and isinstance(node or entry, ScalarNode if node else MappingNode):
            rule = "small letters (a to z), digits and hyphens, and begins with no hyphen"
            what = f"{written!r} is no id" if node else f"this entry of {kind} has no id"
            log.report("bad-id", node or entry, f"{what}: an id is made of {rule}")
        elif written in taken:
            message = f"another entry of {kind} has the id {written!r}, too: give this one another"
            log.report("duplicate-id", node or entry, message)
        one = written if written and written not in taken else f"{written}~{at}"
        while one in taken:
            one += "~"
        claims.append(AssignedId(one, written or one))
        taken.add(one)
    return tuple(claims)


def find_id_node(item: YamlNode) -> YamlNode | None:
    """Return the node of the id in an entry of a list; None if there is none."""
    pairs = item.pairs if isinstance(item, MappingNode) else ()
    return next((value for key, value in pairs if key.text == "id" and not _is_empty(value)), None)


def _is_empty(node: YamlNode) -> bool:
    return isinstance(node, ScalarNode) and not node.text and not node.style
