"""Read YAML of the forms that nearly all files are written in, line by line, without the events of a parser.

These are mappings and lists by indentation, mappings and lists in brackets, plain and quoted texts, and
blocks. Anything else, and anything that is wrong or doubtful, is left to the parser, which alone says what is wrong:
the whole file is then read by it. The nodes are the same as those made of the parser's events, in little more than half
the time, and the first article is read without loading the parser.
"""

import re
from functools import lru_cache

from dossier.loader.yaml_nodes import NULLS, MappingNode, ScalarNode, SequenceNode, YamlNode

# A plain text in one line: a colon before a blank ends a key, and a hash behind a blank begins a comment. A text that
# begins with << may be a merge key.
_FIRST = r"""(?:(?!<<)[^\s\-?:,\[\]{}#&*!|>'"%@`]|-(?=\w))"""
_REST = r"[^:#\n]*+(?::(?=[^ \n])[^:#\n]*+|(?<! )#[^:#\n]*+)*+"
_IN_QUOTES = r"""(?:"((?:[^"\\\n]|\\["\\])*+)"|'((?:[^'\n]|'')*+)')"""
# The three groups of a text, here and below: plain, in double quotes, in single ones.
_KEY = re.compile(rf"(?:({_FIRST}{_REST})|{_IN_QUOTES} *+):(?=[ \n])")
_QUOTED = re.compile(r"""(?:"((?:[^"\\]|\\["\\])*+)"|'((?:[^']|'')*+)')""")
# Between brackets, these end a plain text, too; libyaml and PyYAML's own parser differ about a question mark.
_FIRST_INSIDE = rf"(?!\?){_FIRST}"
_REST_INSIDE = r"[^:#\n,\[\]{}?]*+(?::(?=[^ \n,\[\]{}?])[^:#\n,\[\]{}?]*+|(?<! )#[^:#\n,\[\]{}?]*+)*+"
_TEXT_INSIDE = rf"(?:({_FIRST_INSIDE}{_REST_INSIDE})|{_IN_QUOTES} *+)"
_PAIR = re.compile(rf" *+{_TEXT_INSIDE}: ++(?:{_TEXT_INSIDE}([,}}]))?")
_ITEM = re.compile(rf" *+(?:{_TEXT_INSIDE}([,\]]))?")
_NEXT_SIGN = re.compile(r" *+([,\]}])")
# The rest of a line, blank lines and lines with a comment, before the next line with something else.
_LINE_END = re.compile(r" *+(?:(?<=  )#[^\n]*+)?\n(?:(?: *+#[^\n]*+)?\n)*+( *+)")
_DASH = re.compile(r"- ++(?=[^ \n])")
# The same at the beginning of a line.
_GAP = re.compile(r"(?:(?: *+#[^\n]*+)?\n)*+( *+)")
_BLOCK = re.compile(r"([|>])(-?) *+\n(\n*+)( ++)(?=[^ \n])")
_BREAKS = re.compile(r" *\n[ \n]*")
_FOLDED_BREAK = re.compile(r"(?<=[^\n])\n(\n*)(?=[^\n])")
_ESCAPE = re.compile(r"\\(.)")
# Marks of documents, and what the parsers read in another way than it looks.
_UNUSUAL = ("\t", "\r", "\ufeff", "\n---", "\n...")
_BEGIN = "---\n"
_DEEPEST = 20
_LONGEST_KEY = 1_000


class _NotPlainError(Exception):
    """The file has something that is left to the parser."""


def read_plain_yaml(text: str, depth: int, most_values: int) -> YamlNode | None:
    """Return the document of a text; None if it has anything that is left to the parser.

    That includes more levels than `depth`, and values in such a number that there may be more than `most_values`.
    """
    if text.startswith("...") or any(one in text for one in _UNUSUAL):
        return None
    reader = _PlainReader(text, min(depth, _DEEPEST), most_values)
    try:
        return reader.read_document()
    except _NotPlainError:
        return None


@lru_cache(maxsize=64)
def _plain_pattern(column: int) -> re.Pattern[str]:
    """Return the pattern of a plain text, the other lines of which have at least `column` blanks before them."""
    return re.compile(rf"{_FIRST}{_REST}(?:\n++ {{{column},}}+(?!- |#){_REST})*+")


@lru_cache(maxsize=64)
def _block_pattern(indent: int) -> re.Pattern[str]:
    """Return the pattern of the lines of a block that have at least `indent` blanks before them."""
    return re.compile(rf"(?:(?: {{{indent}}}[^\n]*+)?\n)++")


class _PlainReader:
    """One pass over a text.

    `_at` is the offset that is read next, in the line `_line`, which begins at the offset `_start`. When a value has
    been read, this is where the next line with something in it has something, `_column` blanks behind its beginning;
    `_column` is -1 at the end of the text.
    """

    def __init__(self, text: str, depth: int, most_values: int) -> None:
        self._is_open = not text.endswith("\n")
        self._text = f"{text}\n" if self._is_open else text
        self._left, self._depth = most_values - _DEEPEST, depth
        self._at = self._start = self._column = 0
        self._line = 1

    def read_document(self) -> YamlNode:
        """Return the mapping that the text is; raise _NotPlainError if it is anything else."""
        if self._text.startswith(_BEGIN):
            self._at, self._line = len(_BEGIN), 2
        self._go_on()
        if self._column:
            raise _NotPlainError
        root = self._mapping(0)
        if self._column >= 0:
            raise _NotPlainError
        return root

    def _go_on(self) -> None:
        """Go from the beginning of a line to the next thing that is neither a comment nor blank."""
        gap = _GAP.match(self._text, self._at)
        assert gap, "it matches the empty text"
        self._go_behind(gap)

    def _go_behind(self, gap: re.Match[str]) -> None:
        start, end = gap.span(1)
        self._line += gap[0].count("\n")
        self._at, self._start, self._column = end, start, end - start
        if end == len(self._text):
            self._column = -1
        if self._text.startswith("\n", end) or (self._column < 0 and start < end):
            # The parser tells whether a line of blanks belongs to the text above it.
            raise _NotPlainError

    def _end_line(self, end: int) -> None:
        """Go on behind a value that ends at the offset `end`, with nothing but a comment behind it in its line."""
        found = _LINE_END.match(self._text, end)
        if not found:
            raise _NotPlainError
        self._go_behind(found)

    def _enter(self) -> None:
        self._depth -= 1
        if self._depth < 0:
            raise _NotPlainError

    def _leave(self, values: int) -> None:
        self._depth += 1
        self._left -= values + 2
        if self._left < 0:
            raise _NotPlainError

    def _mapping(self, column: int) -> MappingNode:
        """Return the mapping whose first key is at `_at`, in this column from 0."""
        self._enter()
        line, pairs = self._line, dict[str, tuple[ScalarNode, YamlNode]]()
        while self._column == column or not pairs:
            found = _KEY.match(self._text, self._at)
            if not found or found.end() - self._at > _LONGEST_KEY:
                raise _NotPlainError
            key = self._text_in(found, 1)
            if key.text in pairs:
                raise _NotPlainError
            self._at = found.end()
            pairs[key.text] = key, self._value(column)
        if self._column > column:
            raise _NotPlainError
        self._leave(2 * len(pairs))
        return MappingNode(tuple(pairs.values()), line, column + 1)

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
            return self._mapping(self._column)
        return ScalarNode("", line, place)

    def _sequence(self, column: int) -> SequenceNode:
        """Return the list whose first hyphen is at `_at`, in this column from 0."""
        self._enter()
        line, items = self._line, list[YamlNode]()
        while self._column == column and (found := _DASH.match(self._text, self._at)):
            self._at = found.end()
            is_mapping = _KEY.match(self._text, self._at)
            items.append(self._mapping(self._at - self._start) if is_mapping else self._inline(column))
        if self._column > column or not items:
            raise _NotPlainError
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
                raise _NotPlainError
            quoted = self._quoted(found, 1)
            self._line += quoted.raw.count("\n")
            self._end_line(found.end())
            return quoted
        found = _plain_pattern(column + 1).match(text, at)
        if not found:
            raise _NotPlainError
        written = found[0]
        raw = written.rstrip(" \n")
        words = "" if raw in NULLS else raw
        plain = ScalarNode(_join_lines(words), self._line, at - self._start + 1, "", raw)
        self._line += written.count("\n")
        self._end_line(found.end())
        return plain

    def _quoted(self, found: re.Match[str], group: int) -> ScalarNode:
        """Return the text that matches this group, which is one in double quotes, or the next one, in single quotes."""
        if (written := found[group]) is not None:
            mark, words = '"', _join_lines(written)
            words = _ESCAPE.sub(r"\1", words) if "\\" in words else words
        else:
            group += 1
            mark, written = "'", found[group]
            words = _join_lines(written).replace("''", "'")
        column = found.start(group) - self._start
        return ScalarNode(words, self._line, column, mark, f"{mark}{written}{mark}")

    def _text_in(self, found: re.Match[str], group: int) -> ScalarNode:
        """Return the text that matches one of the three groups from this one on: plain, or in quotes."""
        if (written := found[group]) is None:
            return self._quoted(found, group + 1)
        raw = written.rstrip(" ")
        return ScalarNode("" if raw in NULLS else raw, self._line, found.start(group) - self._start + 1, "", raw)

    def _in_brackets(self) -> YamlNode:
        """Return the mapping or list whose opening bracket is at `_at`, and go behind the closing one."""
        self._enter()
        line, column = self._line, self._at - self._start + 1
        is_mapping = self._text[self._at] == "{"
        self._at += 1
        if is_mapping:
            pairs = self._pairs_inside()
            self._leave(2 * len(pairs))
            return MappingNode(pairs, line, column)
        items = self._items_inside()
        self._leave(len(items))
        return SequenceNode(items, line, column)

    def _pairs_inside(self) -> tuple[tuple[ScalarNode, YamlNode], ...]:
        pairs: dict[str, tuple[ScalarNode, YamlNode]] = {}
        sign = self._sign_if("}")
        while sign == ",":
            self._skip_break()
            found = _PAIR.match(self._text, self._at)
            if not found or found.end() - self._at > _LONGEST_KEY:
                raise _NotPlainError
            key = self._text_in(found, 1)
            if key.text in pairs:
                raise _NotPlainError
            sign, self._at = found[7], found.end()
            pairs[key.text] = key, self._text_in(found, 4) if sign else self._in_inner_brackets()
            sign = sign or self._sign_behind("}")
        return tuple(pairs.values())

    def _items_inside(self) -> tuple[YamlNode, ...]:
        items: list[YamlNode] = []
        sign = self._sign_if("]")
        while sign == ",":
            self._skip_break()
            found = _ITEM.match(self._text, self._at)
            assert found, "it matches the empty text"
            sign, self._at = found[4], found.end()
            items.append(self._text_in(found, 1) if sign else self._in_inner_brackets())
            sign = sign or self._sign_behind("]")
        return tuple(items)

    def _skip_break(self) -> None:
        """Go on in the next line if the line ends behind a comma or an opening bracket."""
        if self._text[self._at] == "\n":
            self._go_on()
            if self._column < 0:
                raise _NotPlainError

    def _in_inner_brackets(self) -> YamlNode:
        if self._text[self._at] not in "{[":
            raise _NotPlainError
        return self._in_brackets()

    def _sign_if(self, closing: str) -> str:
        """Return the closing bracket, and go behind it, if nothing stands before it; else a comma."""
        found = _NEXT_SIGN.match(self._text, self._at)
        return self._sign_behind(closing) if found and found[1] == closing else ","

    def _sign_behind(self, closing: str) -> str:
        """Return the comma or closing bracket behind a value in brackets, and go behind it."""
        found = _NEXT_SIGN.match(self._text, self._at)
        if not found or found[1] not in (",", closing):
            raise _NotPlainError
        self._at = found.end()
        return found[1]

    def _block(self, column: int) -> ScalarNode:
        """Return the block whose mark is at `_at`, in a mapping or list in this column."""
        at, text = self._at, self._text
        head = _BLOCK.match(text, at)
        body = _block_pattern(len(head[4])).match(text, head.start(4)) if head else None
        if not head or not body or len(head[4]) <= column or (self._is_open and body.end() == len(text)):
            raise _NotPlainError
        mark, is_stripped, blank, indent = head.groups()
        words = blank + body[0][len(indent) :].replace(f"\n{indent}", "\n").rstrip("\n")
        if mark == ">":
            if "\n " in words:
                raise _NotPlainError
            words = _FOLDED_BREAK.sub(_fold_block, words)
        node = ScalarNode(
            words if is_stripped else f"{words}\n", self._line, at - self._start + 1, mark, text[at : body.end()]
        )
        self._line += node.raw.count("\n")
        self._at = body.end()
        self._go_on()
        return node


def _join_lines(written: str) -> str:
    """Return the text that plain or quoted lines mean: a line break is a space, of several the first is left out."""
    return _BREAKS.sub(_fold, written) if "\n" in written else written


def _fold(breaks: re.Match[str]) -> str:
    return "\n" * (breaks[0].count("\n") - 1) or " "


def _fold_block(breaks: re.Match[str]) -> str:
    return breaks[1] or " "
