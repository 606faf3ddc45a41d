"""The place where the YAML parser stopped, and the lines around it, from which the mistake can be told."""

from bisect import bisect_right
from collections.abc import Iterator

from dossier.core.dataclasses import NamedTuple
from dossier.loader.format_keys import ARTICLE_KEYS, ENTRY_TABLES, list_key_names
from dossier.loader.source_text import LINE_BREAK, split_lines

HEAD_KEYS = frozenset(list_key_names(ARTICLE_KEYS))
"""The keys at the top of an article."""
KNOWN_KEYS = HEAD_KEYS.union(*map(list_key_names, ENTRY_TABLES))
"""The keys of an article and of its entries."""

# Patterns are compiled when they are first needed, which is never for a file that is YAML.
ITEM = r"[ ]*(?:-[ ]+)*"
KEY_LINE = rf"{ITEM}(?:[^\s:#'\"\[{{][^:#]*|'[^']*'|\"[^\"]*\"):(?:\s|$)"
HEAD_LINE = rf"(?:{'|'.join(sorted(HEAD_KEYS))}|title|text|content)[ ]*:(?:\s|$)"
"""Patterns: the items of lists that a line begins with, a line with a key, and one with a key of an article."""
CUT_OFF = "or was the file cut off here?"
"""The question that ends the message about a text or a list that the end of the file leaves open."""


class Cause(NamedTuple):
    """The place of a mistake, as a 0-based offset into the text, and what is wrong there with its cure."""

    offset: int
    message: str


class ParserStop(NamedTuple):
    """Where and why the parser stopped.

    `offset` is where it could not go on and `begun` where what it was reading begins, 0-based offsets into `text`;
    `begun` is -1 if the parser names no such place. `problem` and `context` are the parser's words. `last_start` is
    where the last text that was read as a whole begins, -1 if there is none. `levels` are the columns, from 0, of the
    lists and mappings that are open, and the innermost of these begins at `opened`, -1 if there is none.
    """

    text: str
    offset: int
    begun: int
    problem: str
    context: str
    last_start: int
    levels: tuple[int, ...]
    opened: int


class SourceScene:
    """The lines around the place where the parser stopped. Lines count from 0 here."""

    def __init__(self, stop: ParserStop) -> None:
        self.stop = stop
        self.lines = list(split_lines(stop.text))
        ends = [match.end() for match in LINE_BREAK.finditer(stop.text)]
        self.starts = [0, *ends]
        self.at = self.line_of(stop.offset)
        if self.at and not stop.text[stop.offset :].strip():
            # At the end of the file, the last line with something in it is the one to speak of.
            self.at = self.before(self.at + 1)
        self.line = self.lines[self.at]
        self.char = stop.text[stop.offset : stop.offset + 1]
        self.begun_line = self.line_of(stop.begun) if stop.begun >= 0 else self.at

    def line_of(self, index: int) -> int:
        """Return the line that an offset into the text is in."""
        return bisect_right(self.starts, index) - 1

    def before(self, line: int) -> int:
        """Return the nearest line above this one that is neither blank nor a comment; -1 if there is none."""
        return next((at for at in range(line - 1, -1, -1) if says_something(self.lines[at])), -1)

    def first(self) -> int:
        """Return the first line that is neither blank nor a comment nor a mark of a document."""
        return next((at for at, line in enumerate(self.lines) if says_something(line) and line != "---"), 0)

    def suspects(self) -> Iterator[int]:
        """Yield the lines that the parser may have read as one text with the place where it stopped, nearest last."""
        first = self.begun_line
        if self.stop.begun < 0 or self.stop.context.endswith("mapping"):
            first = at = self.at
            for _line in range(3):
                at = self.before(at)
                first = at if at >= 0 else first
        yield from (at for at in range(first, self.at + 1) if says_something(self.lines[at]))

    def is_in_flow(self) -> bool:
        """Return whether the parser was inside brackets."""
        return "flow" in self.stop.context

    def is_line_start(self) -> bool:
        """Return whether the parser stopped at the first character of a line."""
        return not self.stop.text[self.starts[self.at] : self.stop.offset].strip()


def says_something(line: str) -> bool:
    """Return whether a line is neither blank nor a comment."""
    bare = line.strip()
    return bool(bare) and not bare.startswith("#")


def indentation_of(line: str) -> int:
    """Return the number of spaces that a line begins with."""
    return len(line) - len(line.lstrip(" "))
