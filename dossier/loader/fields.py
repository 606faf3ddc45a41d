"""What belongs under a key: a text, a list, a mapping; anything else is told, and read as far as it goes.

Every text of a file passes through `shown_text`, so that all offsets are those of the text on the screen. A fault never
stops the reading, so that a checker tells of all of them.
"""

import re
from itertools import islice
from pathlib import Path

from dossier.core.dataclasses import NamedTuple
from dossier.core.model import Fields
from dossier.core.problem import Problem
from dossier.loader.key_typos import nearly
from dossier.loader.limits import Limits
from dossier.loader.yaml_nodes import Mapping, Node, Scalar, Sequence
from dossier.text.sanitize import safe

_SHAPES = {Scalar: "a text", Sequence: "a list", Mapping: "a mapping"}
# What programs write for nothing (YAML 1.1, type null). Here it is a text like others.
_NULLS = ("null", "Null", "NULL", "~")
# How a text comes to be something else: by its sign.
_TEXT_CURES = {
    Sequence: "a text that begins with [ or a hyphen is put in quotes",
    Mapping: "a text with a colon and a space in it is put in quotes",
}
_ID = re.compile("[a-z0-9][a-z0-9-]*")
# So many unknown keys of one mapping are held against the known ones: no hand wrote more.
_MOST_UNKNOWN = 1_000


class ProblemLog:
    """The findings of one file, each once."""

    def __init__(self, path: str, found: tuple[Problem, ...], limits: Limits) -> None:
        self.limits = limits
        self._path = path
        self._found = dict.fromkeys(found)

    def tell(self, code: str, where: Node, message: str) -> None:
        """Add a finding at the place of `where`."""
        self._found[Problem(self._path, where.line, where.column, code, safe(message))] = None

    def wrong_shape(self, where: Node, name: str, wanted: str, cure: str = "") -> None:
        """Tell that something else stands where `wanted` belongs, and the cure where there is a usual one."""
        message = f"{name}: here is {_SHAPES[type(where)]}, where {wanted} belongs"
        cure = cure or (_TEXT_CURES.get(type(where), "") if wanted == "a text" else "")
        self.tell("wrong-shape", where, f"{message}; {cure}" if cure else message)

    def all(self) -> tuple[Problem, ...]:
        """Every finding, by its place in the file."""
        return tuple(sorted(self._found))


def file_bytes(path: Path, limits: Limits) -> bytes | Problem:
    """What a file holds, or why it cannot be read. Of one that is too large no more is read than shows that it is."""
    try:
        with path.open("rb") as file:
            # One byte more than allowed shows that there is more, without reading how much.
            return file.read(limits.size + 1)
    except OSError as error:
        return Problem(str(path), 1, 1, "cannot-read", f"the file cannot be read: {error.strerror or error}")


def shown_text(text: str) -> str:
    """A text as the screen shows it: line breaks are spaces, nothing in it acts on a terminal, no space around it."""
    return safe(text).strip()


def flat(node: Node) -> str:
    """Whatever stands there in one line: lists with commas, mappings with colons, brackets around inner ones."""
    if isinstance(node, Scalar):
        return shown_text(node.text)
    made: list[str] = []
    # A stack, no recursion: how deep a file may nest is a limit that the user can raise.
    stack: list[Node | str] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            made.append(item)
        elif isinstance(item, Scalar):
            made.append(shown_text(item.text))
        else:
            stack.extend(reversed(_pieces(item)))
    return "".join(made)[1:-1]


def _pieces(node: Sequence | Mapping) -> list[Node | str]:
    pieces: list[Node | str] = []
    if isinstance(node, Sequence):
        for item in node.items:
            pieces += [", ", item]
        return ["[", *pieces[1:], "]"]
    for key, value in node.pairs:
        pieces += [", ", key, ": ", value]
    return ["{", *pieces[1:], "}"]


class Record:
    """One mapping of the file, whose fields are asked for by their keys. An empty field counts as none."""

    def __init__(self, node: Mapping, known: tuple[str, ...], faults: ProblemLog) -> None:
        self.place = node
        self._known, self._faults = known, faults
        self._nodes = {key.text: value for key, value in node.pairs}
        self._slips: dict[str, Scalar] = {}
        self._knows_all = self._nodes.keys() <= {*known}
        if not self._knows_all:
            self._tell_of_slips()

    def _tell_of_slips(self) -> None:
        missing = [key for key in self._known if key not in self._nodes]
        unknown = (key for key, _value in self.place.pairs if key.text not in self._known)
        for key in islice(unknown, _MOST_UNKNOWN):
            if meant := nearly(key.text, missing):
                message = f"the key {key.text!r} is not known here: is {meant!r} meant?"
                self._faults.tell("nearly-known-key", key, message)
                self._slips.setdefault(meant, key)

    def node(self, key: str) -> Node | None:
        """The value of a key, None when it is missing or nothing stands behind it."""
        node = self._nodes.get(key)
        return None if node is None or _is_empty(node) else node

    def where(self, key: str) -> Node:
        """The place to speak of a key at: its value, else the whole mapping."""
        return self._nodes.get(key, self.place)

    def slip(self, key: str) -> Scalar | None:
        """The unknown key that is nearly this one, which is missing."""
        return self._slips.get(key)

    def wrong_shape(self, key: str, wanted: str) -> None:
        """Tell that something else stands under a key where `wanted` belongs."""
        node = self.where(key)
        is_null = isinstance(node, Scalar) and not node.style and node.text in _NULLS
        self._faults.wrong_shape(node, key, wanted, f"if there is none, leave {key}: out" if is_null else "")

    def text(self, key: str) -> str:
        """The text of a key, "" when there is none."""
        node = self.node(key)
        return "" if node is None else text_of(node, key, self._faults)

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a list; a text alone is a list of one."""
        return tuple(shown_text(node.text) for node in self.scalars(key))

    def scalars(self, key: str) -> tuple[Scalar, ...]:
        """The texts of a list with their places; a text alone is a list of one."""
        node = self.node(key)
        items = node.items if isinstance(node, Sequence) else () if node is None else (node,)
        for item in items:
            if not isinstance(item, Scalar):
                self._faults.wrong_shape(item, key, "a text")
        return tuple(item for item in items if isinstance(item, Scalar) and not _is_empty(item))

    def items(self, key: str) -> tuple[Node, ...]:
        """What a list holds, no more than the limit."""
        node = self.node(key)
        if isinstance(node, Sequence):
            return self.limited(key, node.items)
        if node is not None:
            self.wrong_shape(key, "a list")
        return ()

    def limited(self, key: str, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        """As many of the nodes as a file may have of a kind."""
        most = self._faults.limits.entries
        if len(nodes) > most:
            message = f"{key}: {len(nodes):,} entries; only the first {most:,} are read; --max-entries raises the limit"
            self._faults.tell("too-many-entries", nodes[most], message)
        return nodes[:most]

    def fields(self, key: str) -> Fields:
        """The keys and texts of a mapping below this key."""
        node = self.node(key)
        if isinstance(node, Mapping):
            return tuple((shown_text(one.text), text_of(value, one.text, self._faults)) for one, value in node.pairs)
        if node is not None:
            self.wrong_shape(key, "a mapping")
        return ()

    def other(self) -> Fields:
        """What stands under keys that are not known here, in the order of the file."""
        unknown = () if self._knows_all else self.place.pairs
        return tuple((shown_text(key.text), flat(value)) for key, value in unknown if key.text not in self._known)


def text_of(node: Node, name: str, faults: ProblemLog) -> str:
    """The text that stands there; of a list or mapping, which is told, all its texts in one line."""
    if isinstance(node, Scalar):
        return shown_text(node.text)
    faults.wrong_shape(node, name, "a text")
    return flat(node)


class Claim(NamedTuple):
    """The id of an entry, which no other of its kind has, and what it is called in the file."""

    id: str
    written: str


def claim_ids(
    kind: str, letter: str, given: tuple[tuple[Node, Node | None], ...], faults: ProblemLog
) -> tuple[Claim, ...]:
    """An id for each entry, given with its own node and that of its id.

    Without one, an entry is called by `letter` and its position; where the format knows no such name, `letter` is "".
    A repeated one is called by its id, ~ and its position, which no id may contain, so that both can be shown.
    """
    claims: list[Claim] = []
    taken = {f"{letter}{at}" for at, (_entry, node) in enumerate(given, 1) if letter and node is None}
    for at, (entry, node) in enumerate(given, 1):
        if node is None and letter:
            claims.append(Claim(f"{letter}{at}", f"{letter}{at}"))
            continue
        written = "" if node is None else text_of(node, "id", faults)
        if not _ID.fullmatch(written) and isinstance(node or entry, Scalar if node else Mapping):
            rule = "small letters (a to z), digits and hyphens, and begins with no hyphen"
            what = f"{written!r} is no id" if node else f"this entry of {kind} has no id"
            faults.tell("bad-id", node or entry, f"{what}: an id is made of {rule}")
        elif written in taken:
            message = f"another entry of {kind} has the id {written!r}, too: give this one another"
            faults.tell("duplicate-id", node or entry, message)
        one = written if written and written not in taken else f"{written}~{at}"
        while one in taken:
            one += "~"
        claims.append(Claim(one, written or one))
        taken.add(one)
    return tuple(claims)


def id_node(item: Node) -> Node | None:
    """The id that an entry of a list gives itself."""
    pairs = item.pairs if isinstance(item, Mapping) else ()
    return next((value for key, value in pairs if key.text == "id" and not _is_empty(value)), None)


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text and not node.style
