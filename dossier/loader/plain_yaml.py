"""Read YAML of the forms that nearly all files are written in, line by line, without the events of a parser.

These are mappings and lists by indentation, mappings and lists in brackets, plain and quoted texts, and blocks.
Anything else, and anything that is wrong or doubtful, is left to the parser, which alone says what is wrong: the whole
file is then read by it. The nodes are the same as those made of the parser's events, and the parser is not even loaded
if no file needs it.
"""

import re

from dossier.loader.plain_brackets import FIRST, IN_QUOTES, LONGEST_KEY, REST, BracketReader, NotPlainError, join_lines
from dossier.loader.yaml_nodes import NULLS, MappingNode, ScalarNode, SequenceNode, YamlNode

_TEXT = rf"(?:({FIRST}{REST})|{IN_QUOTES} *+)"
# A key (groups 1 to 3) and its colon (4). Where the rest of the line is a text: that (5 to 7), and the blanks before
# the next line (8), which is neither empty nor a comment.
_PAIR = re.compile(rf"{_TEXT}(:)(?=[ \n])(?: ++{_TEXT}\n( *+)(?=[^ \n#]))?")
_PLAIN = re.compile(FIRST + REST)
# Another line of a plain text, with the blanks before it.
_MORE = re.compile(rf"\n++( *+)(?!- |#){REST}")
_QUOTED = re.compile(r"""(?:"((?:[^"\\]|\\["\\])*+)"|'((?:[^']|'')*+)')""")
_DASH = re.compile(r"- ++(?=[^ \n])")
# The marks of a block, the blank lines first in it, and its other lines, which have the blanks of the first of them.
_BLOCK = re.compile(r"([|>])(-?) *+\n(\n*+)(( ++)(?=[^ \n])[^\n]*+\n(?:(?:\5[^\n]*+)?\n)*+)")
_FOLDED_BREAK = re.compile(r"(?<=[^\n])\n(\n*)(?=[^\n])")
# Marks of documents, and what the parsers read in another way than it looks.
_UNUSUAL = ("\t", "\r", "\ufeff", "\n---", "\n...")
_BEGIN = "---\n"
_DEEPEST = 20


def read_plain_yaml(text: str, depth: int, most_values: int) -> YamlNode | None:
    """Return the document of a text; None if it has anything that is left to the parser.

    That includes more levels than `depth`, and values in such a number that there may be more than `most_values`.
    """
    if text.startswith("...") or any(one in text for one in _UNUSUAL):
        return None
    reader = _PlainReader(text, min(depth, _DEEPEST), most_values - _DEEPEST)
    try:
        return reader.read_document()
    except NotPlainError:
        return None


class _PlainReader(BracketReader):
    """A reader of one text."""

    def read_document(self) -> YamlNode:
        """Return the mapping that the text is; raise NotPlainError if it is anything else."""
        if self._text.startswith(_BEGIN):
            self._at, self._line = len(_BEGIN), 2
        self._go_on()
        if self._column:
            raise NotPlainError
        root = self._mapping(0)
        if self._column >= 0:
            raise NotPlainError
        return root

    def _mapping(self, column: int) -> MappingNode:
        """Return the mapping whose first key is at `_at`, in this column from 0."""
        self._enter()
        line, pairs = self._line, dict[str, tuple[ScalarNode, YamlNode]]()
        while self._column == column or not pairs:
            key, value = self._pair(column)
            if key.text in pairs:
                raise NotPlainError
            pairs[key.text] = key, value
        if self._column > column:
            raise NotPlainError
        self._leave(2 * len(pairs))
        return MappingNode(tuple(pairs.values()), line, column + 1)

    def _pair(self, column: int) -> tuple[ScalarNode, YamlNode]:
        """Return the key at `_at`, in a mapping in this column, and its value."""
        found = _PAIR.match(self._text, self._at)
        if not found or found.end(4) - self._at > LONGEST_KEY:
            raise NotPlainError
        key = self._text_in(found, 1)
        start, end = found.span(8)
        if start < 0 or end - start > column:
            # The text, if it is one, may go on in the next line.
            self._at = found.end(4)
            return key, self._value(column)
        value = self._text_in(found, 5)
        self._line += 1
        self._at, self._start, self._column = end, start, end - start
        return key, value

    def _value(self, column: int) -> YamlNode:
        """Return the value behind a key and its colon, in a mapping in this column."""
        text, colon = self._text, self._at
        if text[colon] == " ":
            while text[self._at] == " ":
                self._at += 1
            if text[self._at] not in "\n#":
                return self._inline(column)
        line, place = self._line, colon - self._start + 1
        self._end_line(self._at)
        if self._column >= column and text.startswith("- ", self._at):
            return self._sequence(self._column)
        if self._column > column:
            return self._inline(column) if text[self._at] in "{[" else self._mapping(self._column)
        return ScalarNode("", line, place)

    def _sequence(self, column: int) -> SequenceNode:
        """Return the list whose first hyphen is at `_at`, in this column from 0."""
        self._enter()
        line, items = self._line, list[YamlNode]()
        while self._column == column and (found := _DASH.match(self._text, self._at)):
            self._at = found.end()
            is_mapping = _PAIR.match(self._text, self._at)
            items.append(self._mapping(self._at - self._start) if is_mapping else self._inline(column))
        if self._column > column or not items:
            raise NotPlainError
        self._leave(len(items))
        return SequenceNode(tuple(items), line, column + 1)

    def _inline(self, column: int) -> YamlNode:
        """Return the value that begins at `_at`, behind a key or hyphen of a mapping or list in this column."""
        text, at = self._text, self._at
        sign = text[at]
        if sign in "|>":
            return self._block(column)
        if sign in "{[":
            node = self._in_brackets()
            self._end_line(self._at)
            return node
        if sign in "\"'":
            found = _QUOTED.match(text, at)
            if not found:
                raise NotPlainError
            quoted = self._quoted(found, 1)
            self._line += quoted.raw.count("\n")
            self._end_line(found.end())
            return quoted
        written = text[at : self._plain_end(column)]
        raw = written.rstrip(" \n")
        words = "" if raw in NULLS else raw
        plain = ScalarNode(join_lines(words), self._line, at - self._start + 1, "", raw)
        self._line += written.count("\n")
        self._end_line(at + len(written))
        return plain

    def _plain_end(self, column: int) -> int:
        """Return the end of the plain text at `_at`, whose other lines have more blanks before them than `column`."""
        found = _PLAIN.match(self._text, self._at)
        if not found:
            raise NotPlainError
        end = found.end()
        while (more := _MORE.match(self._text, end)) and len(more[1]) > column:
            end = more.end()
        return end

    def _block(self, column: int) -> ScalarNode:
        """Return the block whose mark is at `_at`, in a mapping or list in this column."""
        at, text = self._at, self._text
        found = _BLOCK.match(text, at)
        if not found or len(found[5]) <= column or (self._is_open and found.end() == len(text)):
            raise NotPlainError
        mark, is_stripped, blank, body, indent = found.groups()
        words = blank + body[len(indent) :].replace(f"\n{indent}", "\n").rstrip("\n")
        if mark == ">":
            if "\n " in words:
                raise NotPlainError
            words = _FOLDED_BREAK.sub(_fold_block, words)
        node = ScalarNode(words if is_stripped else f"{words}\n", self._line, at - self._start + 1, mark, found[0])
        self._line += node.raw.count("\n")
        self._at = found.end()
        self._go_on()
        return node


def _fold_block(breaks: re.Match[str]) -> str:
    return breaks[1] or " "
