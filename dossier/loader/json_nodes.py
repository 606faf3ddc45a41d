"""Parse JSON into the nodes that YAML is parsed into, with their positions.

The grammar is that of RFC 8259, with the numbers that Python's `json` writes beyond it (NaN, Infinity, -Infinity). The
file is read token by token, with a stack and the limits of a YAML file. A null is an empty value, any other word or
number the text that was written, an escape the character that it means.
"""

import re
from functools import cache

from dossier.core.problem import Problem
from dossier.loader.cost_limits import MOST_VALUES, FoundProblems, describe_too_many_values
from dossier.loader.limits import Limits
from dossier.loader.source_text import LineIndex, decode_utf8
from dossier.loader.yaml_messages import describe_depth, describe_repeated_key
from dossier.loader.yaml_nodes import JSON_WORD, MappingNode, ScalarNode, SequenceNode, YamlNode
from dossier.text.messages import abbreviate
from dossier.text.sanitize import REPLACEMENT, sanitize_text

_ESCAPE = r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})'
_INSIDE = rf'[^"\\\x00-\x1f]*+(?:{_ESCAPE}[^"\\\x00-\x1f]*+)*+'
_NAMED_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_CLOSING = {"{": "}", "[": "]"}
_PYTHON_WORDS = {"None": "null", "True": "true", "False": "false"}

# What may stand next: any value; a value or the end of the list; a key; a key or the end of the object; a colon; a
# comma or the end of what is open.
_VALUE, _FIRST_ITEM, _KEY, _FIRST_KEY, _COLON, _NEXT = range(6)
_NEEDED = {
    _VALUE: "a value",
    _FIRST_ITEM: "a value or ]",
    _KEY: "a key in double quotes",
    _FIRST_KEY: "a key in double quotes, or }",
    _COLON: "a colon after the key",
}


# Most files are YAML, and do not wait until these patterns are compiled.
@cache
def _token_pattern() -> re.Pattern[str]:
    return re.compile(
        rf'[ \t\r\n]*+(?:(?P<sign>[{{}}\[\]:,])|(?P<text>"{_INSIDE}")|(?P<word>(?:true|false|null|NaN|-?Infinity'
        r"|-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?)(?![\w.+-]))|(?P<end>\Z))"
    )


@cache
def _escape_pattern() -> re.Pattern[str]:
    return re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")


def parse_json(data: bytes, path: str, limits: Limits) -> tuple[YamlNode | None, tuple[Problem, ...]]:
    """Return the value of a JSON file, and what is wrong with the file as JSON.

    The value is None if there is none, or if reading ended at an error.
    """
    text = decode_utf8(data, path, limits)
    if isinstance(text, Problem):
        return None, (text,)
    walk = _JsonWalk(text, path, limits)
    try:
        root = walk.read_document()
    except _JsonError as error:
        walk.report(error.code, *walk.place(error.index), str(error))
        root = None
    return root, walk.problems.list_all()


def unescape(written: str) -> str:
    """Return the text that a JSON string means, given without its quotes.

    A half of a surrogate pair that stands alone means no character, and becomes U+FFFD.
    """
    return _escape_pattern().sub(_character, written) if "\\" in written else written


def _character(found: re.Match[str]) -> str:
    escape = found[0]
    if escape[1] != "u":
        return _NAMED_ESCAPES.get(escape[1], escape[1])
    units = bytes.fromhex("".join(escape.split("\\u")))
    return units.decode("utf-16-be", "replace") if len(units) == 4 or not 0xD8 <= units[0] <= 0xDF else REPLACEMENT


class _JsonError(Exception):
    """Reading ends at the code point `index`, with a problem of this code and message."""

    def __init__(self, index: int, message: str, code: str = "not-json") -> None:
        super().__init__(message)
        self.index, self.code = index, code


class _OpenValue:
    """A list or an object that has begun; `nodes` are its items, or keys and values in turn."""

    __slots__ = ("index", "nodes", "sign")

    def __init__(self, sign: str, index: int) -> None:
        self.sign, self.index = sign, index
        self.nodes: list[YamlNode] = []


class _JsonWalk:
    """One pass over the tokens of a text."""

    def __init__(self, text: str, path: str, limits: Limits) -> None:
        self.problems = FoundProblems()
        self._text, self._path, self._limits = text, path, limits
        self._lines = LineIndex(text)
        self._stack: list[_OpenValue] = []
        self._made = 0

    def report(self, code: str, line: int, column: int, message: str) -> None:
        """Add a problem."""
        self.problems.add(Problem(self._path, line, column, code, sanitize_text(message)))

    def place(self, index: int) -> tuple[int, int]:
        """Return line and column, both from 1, of a code point."""
        return self._lines.locate(index)

    def read_document(self) -> YamlNode | None:
        """Return the value of the file; None for a file of white space."""
        at, needed, token_pattern = 0, _VALUE, _token_pattern()
        root: YamlNode | None = None
        while root is None:
            if self._made >= MOST_VALUES:
                return self._end_early(at)
            found = token_pattern.match(self._text, at)
            if found is None:
                raise _JsonError(*self._describe_bad_token(_skip_space(self._text, at), at))
            if found.lastgroup == "end" and not self._stack:
                return None
            needed, root = self._take(found, needed)
            at = found.end()
        rest = _skip_space(self._text, at)
        if rest < len(self._text):
            raise _JsonError(rest, *self._describe_rest(rest))
        return root

    def _end_early(self, index: int) -> YamlNode | None:
        """Report that there are too many values; return those before, with everything closed that is open."""
        self.report("too-many-values", *self.place(index), describe_too_many_values())
        root = None
        while self._stack:
            if self._stack[-1].sign == "{" and len(self._stack[-1].nodes) % 2:
                self._stack[-1].nodes.pop()
            root = self._close()
        return root

    def _take(self, token: re.Match[str], needed: int) -> tuple[int, YamlNode | None]:
        """Take a token; return what may stand next, and the value of the file when it is complete."""
        sign, top = token["sign"], self._stack[-1] if self._stack else None
        closes = top is not None and sign == _CLOSING[top.sign]
        if needed == _NEXT and top and sign == ",":
            return (_KEY if top.sign == "{" else _VALUE), None
        if needed == _COLON and sign == ":":
            return _VALUE, None
        if needed in (_KEY, _FIRST_KEY) and token["text"] is not None:
            self._made += 1
            self._stack[-1].nodes.append(self._scalar(token))
            return _COLON, None
        if needed in (_VALUE, _FIRST_ITEM) and sign and sign in _CLOSING:
            self._open(sign, token.start("sign"))
            return (_FIRST_KEY if sign == "{" else _FIRST_ITEM), None
        if needed in (_VALUE, _FIRST_ITEM) and token.lastgroup in ("text", "word"):
            return _NEXT, self._add(self._scalar(token))
        if closes and needed in (_NEXT, _FIRST_ITEM, _FIRST_KEY):
            return _NEXT, self._close()
        raise _JsonError(*self._describe_unexpected(token, needed))

    def _open(self, sign: str, index: int) -> None:
        if len(self._stack) >= self._limits.depth:
            raise _JsonError(index, describe_depth(self._limits.depth), "too-deep")
        self._stack.append(_OpenValue(sign, index))

    def _close(self) -> YamlNode | None:
        done = self._stack.pop()
        place = self.place(done.index)
        return self._add(MappingNode(self._pairs(done.nodes), *place) if done.sign == "{" else _sequence(done, place))

    def _add(self, node: YamlNode) -> YamlNode | None:
        """Add a node to what is open; return it when nothing is, since it is then the value of the file."""
        self._made += 1
        if not self._stack:
            return node
        self._stack[-1].nodes.append(node)
        return None

    def _scalar(self, token: re.Match[str]) -> ScalarNode:
        kind = token.lastgroup or ""
        raw, place = token[kind], self.place(token.start(kind))
        if kind == "text":
            text = unescape(raw[1:-1])
            if REPLACEMENT in text:
                self._report_halves(raw, token.start(kind))
            return ScalarNode(text, *place, '"', raw)
        return ScalarNode("", *place, "", raw) if raw == "null" else ScalarNode(raw, *place, JSON_WORD, raw)

    def _report_halves(self, raw: str, start: int) -> None:
        """Report the escapes in a text that are half of a character; `raw` is the text as written, at `start`."""
        for found in _escape_pattern().finditer(raw):
            escape = found[0]
            if _character(found) == REPLACEMENT and escape.lower() != "\\ufffd":
                message = f"{escape} is half of a character and the other half is missing: write the whole character"
                self.report("not-json", *self.place(start + found.start()), message)

    def _pairs(self, nodes: list[YamlNode]) -> tuple[tuple[ScalarNode, YamlNode], ...]:
        """Return keys with their values; repeated keys are reported and left out."""
        pairs: dict[str, tuple[ScalarNode, YamlNode]] = {}
        for key, value in zip(nodes[::2], nodes[1::2], strict=True):
            if not isinstance(key, ScalarNode):
                continue
            if key.text in pairs:
                message = describe_repeated_key(key.text, pairs[key.text][0].line)
                self.report("duplicate-key", key.line, key.column, message)
            else:
                pairs[key.text] = (key, value)
        return tuple(pairs.values())

    def _describe_rest(self, index: int) -> tuple[str, str]:
        """Return message and code for what stands behind the value of the file."""
        if self._text[index] in "{[":
            return (
                "another JSON value begins here: this is JSON Lines, but a file must be one article: use "
                "dossier import to split it"
            ), "not-mapping"
        return "text after the end of the JSON: delete it", "not-json"

    def _describe_unexpected(self, token: re.Match[str], needed: int) -> tuple[int, str]:
        """Return place and message for a token that cannot stand where it does."""
        kind = token.lastgroup or ""
        index, top = token.start(kind), self._stack[-1] if self._stack else None
        if kind == "end" and top:
            begun = self.place(top.index)[0]
            return index, f"the file ends but the {top.sign} in line {begun} is not closed: was the file cut off?"
        if token["sign"] and token["sign"] in "}]" and needed in (_VALUE, _KEY):
            comma = self._text.rfind(",", 0, index)
            if comma >= 0 and not self._text[comma + 1 : index].strip():
                return comma, f"there is a comma before {token['sign']}: delete it"
        if needed == _NEXT and top:
            return index, f'expected a comma or {_CLOSING[top.sign]}; write a quote mark inside text as \\"'
        return index, f"expected {_NEEDED.get(needed, 'nothing')}, found {abbreviate(token[kind], 20)!r}"

    def _describe_bad_token(self, index: int, before: int) -> tuple[int, str]:
        """Return place and message for what is no token of JSON."""
        found = self._text[index]
        if found == '"':
            return self._describe_bad_text(index)
        if found in "'\u201c\u201d\u201e":
            return index, f'JSON text goes between straight double quotes, not {found}: write "'
        if found in "/#":
            return index, "JSON has no comments: delete it, or name the file .yaml"
        word = re.compile(r"[\w.+-]+").match(self._text, index)
        if word and (known := _PYTHON_WORDS.get(word[0])):
            return index, f"{word[0]} is not a JSON word: write {known}"
        if word and before and self._text[before - 1] == '"':
            return index, 'missing comma, or the quote mark before it belongs to the text: then write \\"'
        what = abbreviate(word[0], 20) if word else found
        return index, f"{what!r} is not a JSON value: put text in double quotes"

    def _describe_bad_text(self, index: int) -> tuple[int, str]:
        """Return place and message for a text that begins at `index` and is not a text of JSON to its end."""
        begun = re.compile(f'"{_INSIDE}').match(self._text, index)
        stop = begun.end() if begun else index
        found = self._text[stop : stop + 1]
        if not found:
            return index, 'the text that begins here has no closing "'
        if found == "\\":
            return stop, f"a backslash before {self._text[stop + 1 : stop + 2]!r} is not a JSON escape: write \\\\"
        escape = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(found, f"\\u{ord(found):04x}")
        what = "a line break" if found in "\r\n" else "a tab" if found == "\t" else f"U+{ord(found):04X}"
        return stop, f"{what} is not allowed in JSON text: write {escape} instead"


def _sequence(done: _OpenValue, place: tuple[int, int]) -> SequenceNode:
    return SequenceNode(tuple(done.nodes), *place)


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at
