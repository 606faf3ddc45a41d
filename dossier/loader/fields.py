"""Read the fields of a mapping: texts, lists, mappings. Other shapes are reported, and read as far as possible.

Every text of a file passes through `clean_text`, so that all offsets refer to the text on the screen. A problem never
stops the reading, so that a checker reports all of them.
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
# How to write a text that was read as another shape because of its punctuation.
_TEXT_CURES = {
    Sequence: "a text that begins with [ or a hyphen is put in quotes",
    Mapping: "a text with a colon and a space in it is put in quotes",
}
# What people, programs and language models write where they know nothing; case does not count.
_EMPTY_WORDS = frozenset(
    (
        *("none", "n/a", "n.a.", "#n/a", "nan", "unknown", "undefined", "unspecified"),
        *("-", "--", "\u2013", "\u2014", "?", "unbekannt", "inconnu", "desconocido", "sconosciuto"),
        *(f"not {word}" for word in ("available", "applicable", "given", "known", "mentioned", "provided")),
        *("not specified", "not stated"),
    )
)
_LONGEST_EMPTY = max(map(len, _EMPTY_WORDS))
# In these fields the words are the article's own, or have checks of their own.
_MEANT_AS_WRITTEN = frozenset(
    ("text", "exact", "prefix", "suffix", "what", "date_text", "form", "status", "id", "dossier")
)
_ID = re.compile("[a-z0-9][a-z0-9-]*")
# At most this many unknown keys of a mapping are compared with the known ones: nobody writes more by hand.
_MOST_UNKNOWN = 1_000


class ProblemLog:
    """The problems of one file, each once."""

    def __init__(self, path: str, found: tuple[Problem, ...], limits: Limits) -> None:
        self.limits = limits
        self._path = path
        self._found = dict.fromkeys(found)

    def tell(self, code: str, where: Node, message: str) -> None:
        """Add a problem at the position of the node `where`."""
        self._found[Problem(self._path, where.line, where.column, code, safe(message))] = None

    def wrong_shape(self, where: Node, name: str, wanted: str, cure: str = "") -> None:
        """Report that `name` has another shape than `wanted`, and the cure if there is a usual one."""
        message = f"{name}: here is {_SHAPES[type(where)]}, where {wanted} belongs"
        cure = cure or (_TEXT_CURES.get(type(where), "") if wanted == "a text" else "")
        self.tell("wrong-shape", where, f"{message}; {cure}" if cure else message)

    def check_meaning(self, where: Node, name: str, text: str) -> bool:
        """Report a text that says nothing, such as N/A, and return whether it does say something."""
        if not says_nothing(text):
            return True
        message = f"{name}: {text!r} says nothing: leave {name}: out if there is nothing to say"
        self.tell("says-nothing", where, message)
        return False

    def all(self) -> tuple[Problem, ...]:
        """Return all problems, sorted by their position in the file."""
        return tuple(sorted(self._found))


def file_bytes(path: Path, limits: Limits) -> bytes | Problem:
    """Return the bytes of a file, or the problem that it cannot be read.

    Of a file that is too large, only one byte more than allowed is read, which shows that it is.
    """
    try:
        with path.open("rb") as file:
            return file.read(limits.size + 1)
    except OSError as error:
        return Problem(str(path), 1, 1, "cannot-read", f"the file cannot be read: {error.strerror or error}")


def says_nothing(text: str) -> bool:
    """Return whether a text only says that nothing is known: None, N/A, unknown and the like."""
    return len(text) <= _LONGEST_EMPTY and text.casefold() in _EMPTY_WORDS


def shown_text(text: str) -> str:
    """Return a text as the screen shows it: safe for a terminal, line breaks as spaces, stripped of white space."""
    return safe(text).strip()


def flat(node: Node) -> str:
    """Return any node as one line of text: lists with commas, mappings with colons, inner ones in brackets."""
    if isinstance(node, Scalar):
        return shown_text(node.text)
    made: list[str] = []
    # A stack instead of recursion: users can raise the limit of nesting.
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
            pieces += () if is_absent(item) else (", ", item)
        return ["[", *pieces[1:], "]"]
    for key, value in node.pairs:
        pieces += [", ", key, ": ", value]
    return ["{", *pieces[1:], "}"]


class Record:
    """A mapping of the file, whose fields are read by their keys. An absent value counts as missing."""

    def __init__(self, node: Mapping, known: tuple[str, ...], log: ProblemLog) -> None:
        self.place = node
        self._known, self._log = known, log
        self._nodes = {key.text: value for key, value in node.pairs}
        self._misspelt: dict[str, Scalar] = {}
        self._knows_all = self._nodes.keys() <= {*known}
        if not self._knows_all:
            self._check_spelling()

    def _check_spelling(self) -> None:
        """Report the unknown keys that are probably misspelt ones of the known keys."""
        missing = [key for key in self._known if key not in self._nodes]
        unknown = (key for key, _value in self.place.pairs if key.text not in self._known)
        for key in islice(unknown, _MOST_UNKNOWN):
            if meant := nearly(key.text, missing):
                message = f"the key {key.text!r} is not known here: is {meant!r} meant?"
                self._log.tell("nearly-known-key", key, message)
                self._misspelt.setdefault(meant, key)

    def node(self, key: str) -> Node | None:
        """Return the value of a key; None if it is missing or empty."""
        node = self._nodes.get(key)
        return None if node is None or is_absent(node) else node

    def where(self, key: str) -> Node:
        """Return the node to report a problem of a key at: its value, else the whole mapping."""
        return self._nodes.get(key, self.place)

    def slip(self, key: str) -> Scalar | None:
        """Return the unknown key that is probably a misspelling of this one; None if there is none."""
        return self._misspelt.get(key)

    def wrong_shape(self, key: str, wanted: str) -> None:
        """Report that the value of a key has another shape than `wanted`."""
        self._log.wrong_shape(self.where(key), key, wanted)

    def text(self, key: str) -> str:
        """Return the text of a key; "" if it is missing."""
        node = self.node(key)
        if node is None:
            return ""
        text = text_of(node, key, self._log)
        if len(text) <= _LONGEST_EMPTY and key not in _MEANT_AS_WRITTEN:
            self._log.check_meaning(node, key, text)
        return text

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of a list; a single text counts as a list of one."""
        nodes = self.scalars(key)
        texts = tuple(shown_text(node.text) for node in nodes)
        for node, text in zip(nodes, texts, strict=True):
            self._log.check_meaning(node, key, text)
        return texts

    def scalars(self, key: str) -> tuple[Scalar, ...]:
        """Return the text nodes of a list; a single text counts as a list of one."""
        node = self.node(key)
        items = node.items if isinstance(node, Sequence) else () if node is None else (node,)
        for item in items:
            if not isinstance(item, Scalar):
                self._log.wrong_shape(item, key, "a text")
        return tuple(item for item in items if isinstance(item, Scalar) and not is_absent(item))

    def items(self, key: str) -> tuple[Node, ...]:
        """Return the items of a list that are not absent, up to the limit."""
        node = self.node(key)
        if isinstance(node, Sequence):
            return self.limited(key, tuple(item for item in node.items if not is_absent(item)))
        if node is not None:
            self.wrong_shape(key, "a list")
        return ()

    def limited(self, key: str, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        """Return the nodes up to the limit of entries of a kind, and report if there are more."""
        most = self._log.limits.entries
        if len(nodes) > most:
            message = f"{key}: {len(nodes):,} entries; only the first {most:,} are read; --max-entries raises the limit"
            self._log.tell("too-many-entries", nodes[most], message)
        return nodes[:most]

    def fields(self, key: str) -> Fields:
        """Return the keys and texts of the mapping under this key."""
        node = self.node(key)
        if isinstance(node, Mapping):
            return tuple(
                (shown_text(one.text), text_of(value, one.text, self._log))
                for one, value in node.pairs
                if not is_absent(value)
            )
        if node is not None:
            self.wrong_shape(key, "a mapping")
        return ()

    def other(self) -> Fields:
        """Return the keys and texts of unknown keys, in the order of the file."""
        unknown = () if self._knows_all else self.place.pairs
        return tuple((shown_text(key.text), flat(value)) for key, value in unknown if key.text not in self._known)


def text_of(node: Node, name: str, log: ProblemLog) -> str:
    """Return the text of a node; for a list or mapping, which is reported, all its texts in one line."""
    if isinstance(node, Scalar):
        return shown_text(node.text)
    log.wrong_shape(node, name, "a text")
    return flat(node)


class Claim(NamedTuple):
    """The id of an entry, unique within its kind, and the id as written in the file."""

    id: str
    written: str


def claim_ids(
    kind: str, letter: str, given: tuple[tuple[Node, Node | None], ...], log: ProblemLog
) -> tuple[Claim, ...]:
    """Return an id for each entry; `given` has the node of each entry and that of its id, None if it has no id.

    An entry without an id is called by `letter` and its position, from 1; for kinds that have to have an id, `letter`
    is "". A repeated id gets ~ and the position added, which no valid id contains, so that both entries can be shown.
    """
    claims: list[Claim] = []
    taken = {f"{letter}{at}" for at, (_entry, node) in enumerate(given, 1) if letter and node is None}
    for at, (entry, node) in enumerate(given, 1):
        if node is None and letter:
            claims.append(Claim(f"{letter}{at}", f"{letter}{at}"))
            continue
        written = "" if node is None else text_of(node, "id", log)
        if not _ID.fullmatch(written) and isinstance(node or entry, Scalar if node else Mapping):
            rule = "small letters (a to z), digits and hyphens, and begins with no hyphen"
            what = f"{written!r} is no id" if node and not is_absent(node) else f"this entry of {kind} has no id"
            log.tell("bad-id", node or entry, f"{what}: an id is made of {rule}")
        elif written in taken:
            message = f"another entry of {kind} has the id {written!r}, too: give this one another"
            log.tell("duplicate-id", node or entry, message)
        one = written if written and written not in taken else f"{written}~{at}"
        while one in taken:
            one += "~"
        claims.append(Claim(one, written or one))
        taken.add(one)
    return tuple(claims)


def id_node(item: Node) -> Node | None:
    """Return the node of the id in an entry of a list; None if there is none."""
    pairs = item.pairs if isinstance(item, Mapping) else ()
    return next((value for key, value in pairs if key.text == "id" and not is_absent(value)), None)


def is_absent(node: Node) -> bool:
    """Return whether a node is an absent value: left out, or a plain `null` or `~`. An empty text in quotes is none."""
    return isinstance(node, Scalar) and not node.text and not node.style
