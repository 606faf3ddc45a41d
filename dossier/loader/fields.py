"""Read the fields of a mapping: texts, lists, mappings. Other shapes are reported, and read as far as possible.

Every text of a file passes through `clean_text`, so that all offsets refer to the text on the screen. A problem never
stops the reading, so that a checker reports all of them.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from dossier.core.model import TextFields
from dossier.core.problem import Fix, Problem
from dossier.core.regular_file import open_regular_file
from dossier.loader.cost_limits import (
    CUT_SHORT,
    LONGEST_TEXT,
    MOST_MISSPELT,
    FoundProblems,
    StepBudget,
    describe_long_text,
    shorten_message,
)
from dossier.loader.fixes import replace_scalar, separate_value
from dossier.loader.limits import Limits
from dossier.loader.unreadable import describe_unreadable_file
from dossier.loader.yaml_nodes import MappingNode, ScalarNode, SequenceNode, YamlNode
from dossier.text.code_points import LONG
from dossier.text.sanitize import sanitize_text

_SHAPES = {ScalarNode: "text", SequenceNode: "a list", MappingNode: "a mapping"}
# How to write a text that was read as another shape because of its punctuation.
_TEXT_CURES = {
    SequenceNode: "put text that begins with [ or a hyphen in quotes",
    MappingNode: "put text that has a colon followed by a space in quotes",
}
# A key and its value with no blank between them; an address of the web is something else.
_NO_BLANK = re.compile(r"[\w-]+:(?!//)[^\s\d]")
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
# What an entry says nothing without. Under a key that is nearly one of these or another's word for it, a value of one
# of these shapes is read as that of the missing key.
_READ_ANYWAY = {
    **dict.fromkeys(
        ("headline", "published", "outlet", "name", "speaker", "speaker_text", "date", "date_text", "what"),
        (ScalarNode,),
    ),
    **dict.fromkeys(("body", "text"), (ScalarNode, SequenceNode)),
}
# Keys that tell a single entry from a mapping of several.
_ONE_ENTRY = ("id", "text", "speaker", "date", "what", "caption", "url", "title")
# At most this many unknown keys of a mapping are compared with the known ones: nobody writes more by hand.
_MOST_UNKNOWN = 1_000


class ProblemLog:
    """The problems of one file, each once."""

    def __init__(self, path: str, found: tuple[Problem, ...], limits: Limits) -> None:
        self.limits = limits
        self.spelling = StepBudget(MOST_MISSPELT)
        self._path = path
        self._found = FoundProblems()
        self._cut_short: set[str] = set()
        for problem in found:
            self._found.add(problem)

    def report(self, code: str, where: YamlNode, message: str, fix: Fix | None = None) -> None:
        """Add a problem of this file, at the node `where`; `code` names its kind, such as "bad-date"."""
        shown = sanitize_text(shorten_message(message))
        self._found.add(Problem(self._path, where.line, where.column, code, shown, fix))

    def report_cut_short(self, where: YamlNode, message: str) -> None:
        """Report, the first time that it happens, that something is left out from here on because it costs too much."""
        if message not in self._cut_short:
            self._cut_short.add(message)
            self.report(CUT_SHORT, where, message)

    def report_shape(self, where: YamlNode, name: str, wanted: str, cure: str = "") -> None:
        """Report that `name` has another shape than `wanted`, and the cure if there is a usual one."""
        message = f"{name}: expected {wanted}, found {_SHAPES[type(where)]}"
        cure = cure or (_TEXT_CURES.get(type(where), "") if wanted == "text" else "")
        if isinstance(where, ScalarNode) and not where.style and _NO_BLANK.match(where.text):
            cure = "put a space after the colon"
        self.report("wrong-shape", where, f"{message}; {cure}" if cure else message)

    def has(self, message: str) -> bool:
        """Return whether there is a problem with this message."""
        return self._found.has(message)

    def forget(self, codes: tuple[str, ...]) -> None:
        """Take back the problems with these codes, because they follow from another."""
        self._found.forget(codes)

    def check_meaning(self, where: YamlNode, name: str, text: str) -> bool:
        """Report a text that says nothing, such as N/A, and return whether it does say something."""
        if not says_nothing(text):
            return True
        message = f"{name}: {text!r} says nothing: remove {name}: if there is no value"
        self.report("says-nothing", where, message)
        return False

    def sorted_problems(self) -> tuple[Problem, ...]:
        """Return all problems, sorted by their position in the file."""
        # Two that differ in nothing but the fix cannot be compared with each other.
        return tuple(sorted(self._found.list_all(), key=lambda problem: problem[:5]))


def read_file_bytes(path: Path, limits: Limits) -> bytes | Problem:
    """Return the bytes of a file, or the problem that it cannot be read.

    Of a file that is too large, only one byte more than allowed is read, which shows that it is.
    """
    try:
        with open_regular_file(path) as file:
            return file.read(limits.size + 1)
    except OSError as error:
        return describe_unreadable_file(str(path), error)


def says_nothing(text: str) -> bool:
    """Return whether a text only says that nothing is known: None, N/A, unknown and the like."""
    return len(text) <= _LONGEST_EMPTY and text.casefold() in _EMPTY_WORDS


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
            self._check_spelling()

    def _check_spelling(self) -> None:
        """Report the unknown keys that are misspelt, or other formats' words for the known keys."""
        has = {*self._nodes, *(key.removesuffix("_text") for key in self._nodes)}
        missing = [key for key in self._known if key not in has]
        unknown = (pair for pair in self.mapping_node.pairs if pair[0].text not in self._known)
        for key, value in islice(unknown, _MOST_UNKNOWN):
            if self._log.spelling.is_spent:
                words = f"more than {MOST_MISSPELT:,} unknown keys: the others are not compared with the known ones"
                self._log.report_cut_short(key, f"{words}; correct or remove some, and check again")
                return
            self._log.spelling.spend(1)
            self._check_key(key, value, [one for one in missing if one not in self._nodes])

    def _check_key(self, key: ScalarNode, value: YamlNode, missing: list[str]) -> None:
        """Report one unknown key that probably means one of those that are `missing`, and read its value as theirs."""
        name, colon, rest = key.text.partition(":")
        if colon and rest and name in missing and is_absent(value):
            message = f"missing space after the colon: write {name}: {rest}"
            self._log.report("nearly-known-key", key, message, separate_value(key, name))
            self._nodes[name] = key._replace(text=rest, column=key.column + len(name) + 1)
            self._read[key.text] = name
            return
        from dossier.loader.key_typos import find_intended_key  # noqa: PLC0415 - only unknown keys need it

        meant = find_intended_key(key.text, missing)
        cure = f"did you mean {meant!r}?"
        if not meant and (meant := _other_word(key, value, missing)):
            cure = f"it is called {meant!r} here"
        if not meant:
            return
        is_read = isinstance(value, _READ_ANYWAY.get(meant, ())) and not is_absent(value)
        if is_read:
            self._nodes[meant] = value
            self._read[key.text] = meant
            cure = f"write {meant!r}; it is read as that"
        message = f"unknown key {key.text!r}: {cure}"
        self._log.report("nearly-known-key", key, message, replace_scalar(key, meant))

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
        if node is None or is_absent(node):
            return ""
        text = read_node_text(node, key, self._log)
        if says_nothing(text) and key not in _MEANT_AS_WRITTEN:
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


def _other_word(key: ScalarNode, value: YamlNode, missing: list[str]) -> str:
    """Return the missing key that other formats call this one; a source that is an address is no name of an outlet."""
    is_address = isinstance(value, ScalarNode) and value.text.startswith(("http://", "https://"))
    from dossier.loader.key_typos import meant_by_other_word  # noqa: PLC0415 - only unknown keys need it

    return meant_by_other_word(key.text, [one for one in missing if one != "outlet" or not is_address])


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


def is_absent(node: YamlNode) -> bool:
    """Return whether a node is an absent value: left out, or a plain `null` or `~`. An empty text in quotes is none."""
    return isinstance(node, ScalarNode) and not node.text and not node.style
