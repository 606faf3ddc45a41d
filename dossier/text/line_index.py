"""Where the lines of a file end: as an editor counts them, so that a place that is told can be found there."""

import re
from bisect import bisect_right
from functools import cached_property

LINE_BREAK = re.compile(r"\r\n|\r|\n")
"""Where a line of a file ends."""


class LineIndex:
    """Where the lines of a text begin: found out when a place is first asked for, as in few files one is."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in LINE_BREAK.finditer(self._text))]

    def place(self, index: int | None) -> tuple[int, int]:
        """Line and column, both from 1, of a code point; None: of the text's end."""
        index = len(self._text) if index is None else index
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1
