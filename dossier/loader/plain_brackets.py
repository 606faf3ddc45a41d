"""Read the mappings and lists in brackets of plain YAML, such as `{name: Lena Okafor, aliases: [Lena]}`.

`plain_yaml` reads all else, and says what plain YAML is. The two share what is here: the forms of texts, and the cursor
that goes through a file.
"""

import re

from dossier.loader.yaml_nodes import NULLS, MappingNode, ScalarNode, SequenceNode, YamlNode

# A plain text in one line is FIRST and REST: a colon before a blank ends a key, and a hash behind a blank begins a
# comment. A text that begins with << may be a merge key.
FIRST = r"""(?:(?!<<)[^\s\-?:,\[\]{}#&*!|>'"%@`]|-(?=\w))"""
REST = r"[^:#\n]*+(?::(?=[^ \n])[^:#\n]*+|(?<! )#[^:#\n]*+)*+"
IN_QUOTES = r"""(?:"((?:[^"\\\n]|\\["\\])*+)"|'((?:[^'\n]|'')*+)')"""
"""Groups for a text in double quotes and for one in single quotes; a group for a plain text stands before them."""
# Between brackets, these end a plain text, too; libyaml and PyYAML's own parser differ about a question mark.
_FIRST_INSIDE = rf"(?!\?){FIRST}"
_REST_INSIDE = r"[^:#\n,\[\]{}?]*+(?::(?=[^ \n,\[\]{}?])[^:#\n,\[\]{}?]*+|(?<! )#[^:#\n,\[\]{}?]*+)*+"
_TEXT_INSIDE = rf"(?:({_FIRST_INSIDE}{_REST_INSIDE})|{IN_QUOTES} *+)"
# A key (groups 1 to 3) and its colon (4). Where its value is a text: that (5 to 7), and the sign behind it (8).
_PAIR = re.compile(rf" *+{_TEXT_INSIDE}(:) ++(?:{_TEXT_INSIDE}([,}}\]]))?")
# A text (groups 1 to 3) in a list, and the sign behind it (4).
_ITEM = re.compile(rf" *+{_TEXT_INSIDE}([,\]])")
_NEXT_SIGN = re.compile(r" *+([,\]}])")
# The rest of a line, blank lines and lines with a comment, before the next line with something else.
_LINE_END = re.compile(r" *+(?:(?<=  )#[^\n]*+)?\n(?:(?: *+#[^\n]*+)?\n)*+( *+)")
# The same at the beginning of a line.
_GAP = re.compile(r"(?:(?: *+#[^\n]*+)?\n)*+( *+)")
# The blanks begin where no blank is before them: looked for from each of them, a long run without a break would take
# time by the square of its length.
_BREAKS = re.compile(r"(?<! ) *+\n[ \n]*+")
_ESCAPE = re.compile(r"\\(.)")
LONGEST_KEY = 1_000
"""The parser takes no longer text for a key; this is a little less than its limit."""
_make_node = tuple.__new__
"""Makes a node in two thirds of the time: most nodes of a file are plain texts."""


class NotPlainError(Exception):
    """The file has something that is left to the parser."""


class PlainCursor:
    """Where a reader is in a text, with what it takes to go on; it reads the text once, from beginning to end.

    `_at` is the offset that is read next, in the line `_line`, which begins at the offset `_start`. When a value has
    been read, this is where the next line with something in it has something, `_column` blanks behind its beginning;
    `_column` is -1 at the end of the text.
    """

    def __init__(self, text: str, depth: int, most_values: int) -> None:
        self._is_open = not text.endswith("\n")
        self._text = f"{text}\n" if self._is_open else text
        self._left, self._depth = most_values, depth
        self._at = self._start = self._column = 0
        self._line = 1

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
            raise NotPlainError

    def _end_line(self, end: int) -> None:
        """Go on behind a value that ends at the offset `end`, with nothing but a comment behind it in its line."""
        found = _LINE_END.match(self._text, end)
        if not found:
            raise NotPlainError
        self._go_behind(found)

    def _enter(self) -> None:
        self._depth -= 1
        if self._depth < 0:
            raise NotPlainError

    def _leave(self, values: int) -> None:
        self._depth += 1
        self._left -= values + 2
        if self._left < 0:
            raise NotPlainError

    def _quoted(self, found: re.Match[str], group: int) -> ScalarNode:
        """Return the text that matches this group, which is one in double quotes, or the next one, in single quotes."""
        if (written := found[group]) is not None:
            mark, words = '"', join_lines(written)
            words = _ESCAPE.sub(r"\1", words) if "\\" in words else words
        else:
            group += 1
            mark, written = "'", found[group]
            words = join_lines(written).replace("''", "'")
        column = found.start(group) - self._start
        return ScalarNode(words, self._line, column, mark, f"{mark}{written}{mark}")

    def _text_in(self, found: re.Match[str], group: int) -> ScalarNode:
        """Return the text that matches one of the three groups from this one on: plain, or in quotes."""
        if (written := found[group]) is None:
            return self._quoted(found, group + 1)
        raw = written.rstrip(" ")
        column = found.start(group) - self._start + 1
        return _make_node(ScalarNode, ("" if raw in NULLS else raw, self._line, column, "", raw))


class BracketReader(PlainCursor):
    """A reader of the mappings and lists in brackets."""

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
            if self._text[self._at] == "\n":
                self._skip_break()
            found = _PAIR.match(self._text, self._at)
            if not found or found.end(4) - self._at > LONGEST_KEY:
                raise NotPlainError
            key = self._text_in(found, 1)
            self._at, sign = found.end(), found[8]
            if key.text in pairs or sign == "]":
                raise NotPlainError
            if sign:
                pairs[key.text] = key, self._text_in(found, 5)
            else:
                pairs[key.text] = key, self._in_inner_brackets()
                sign = self._sign_behind("}")
        return tuple(pairs.values())

    def _items_inside(self) -> tuple[YamlNode, ...]:
        items: list[YamlNode] = []
        sign = self._sign_if("]")
        while sign == ",":
            if self._text[self._at] == "\n":
                self._skip_break()
            if found := _ITEM.match(self._text, self._at):
                self._at, sign = found.end(), found[4]
                items.append(self._text_in(found, 1))
            else:
                items.append(self._in_inner_brackets())
                sign = self._sign_behind("]")
        return tuple(items)

    def _skip_break(self) -> None:
        """Go on in the next line, at a line's end behind a comma or an opening bracket."""
        self._go_on()
        if self._column < 0:
            raise NotPlainError

    def _in_inner_brackets(self) -> YamlNode:
        while self._text[self._at] == " ":
            self._at += 1
        if self._text[self._at] not in "{[":
            raise NotPlainError
        return self._in_brackets()

    def _sign_if(self, closing: str) -> str:
        """Return the closing bracket, and go behind it, if nothing stands before it; else a comma."""
        found = _NEXT_SIGN.match(self._text, self._at)
        return self._sign_behind(closing) if found and found[1] == closing else ","

    def _sign_behind(self, closing: str) -> str:
        """Return the comma or closing bracket behind a value in brackets, and go behind it."""
        found = _NEXT_SIGN.match(self._text, self._at)
        if not found or found[1] not in (",", closing):
            raise NotPlainError
        self._at = found.end()
        return found[1]


def join_lines(written: str) -> str:
    """Return the text that plain or quoted lines mean: a line break is a space, of several the first is left out."""
    return _BREAKS.sub(_fold, written) if "\n" in written else written


def _fold(breaks: re.Match[str]) -> str:
    return "\n" * (breaks[0].count("\n") - 1) or " "
