"""Read a file, decode its bytes to the text that a parser is given, and find lines and columns in a text."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from itertools import chain
from pathlib import Path

from dossier.core.problem import Problem
from dossier.core.regular_file import open_regular_file
from dossier.loader.limits import Limits
from dossier.text.late_patterns import compile_late

# Line breaks in YAML 1.1, which the parsers follow, but not in 1.2 (section 5.4). A text copied from a web page may
# have one inside a line, and would end there. They become spaces.
_NO_BREAKS = ("\x85", "\u2028", "\u2029")
_USUAL = bytes((ord("\n"), *range(0x20, 0x7F)))
_MARK = b"\xef\xbb\xbf"
"""The byte order mark of UTF-8."""

# The mark of UTF-32 in little-endian order begins with that of UTF-16.
_WIDE_MARKS = (
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_WIDE_BEGINNINGS = (
    (compile_late(rb"[\t\n\r -~]\0\0\0"), "utf-32-le"),
    (compile_late(rb"\0\0\0[\t\n\r -~]"), "utf-32-be"),
    (compile_late(rb"(?:[\t\n\r -~]\0){2}"), "utf-16-le"),
    (compile_late(rb"(?:\0[\t\n\r -~]){2}"), "utf-16-be"),
)


def read_file_bytes(path: Path, limits: Limits) -> bytes | Problem:
    """Return the bytes of a file, or the problem that it cannot be read.

    Of a file that is too large, only one byte more than allowed is read, which shows that it is.
    """
    try:
        with open_regular_file(path) as file:
            return file.read(limits.size + 1)
    except OSError as error:
        from dossier.loader.unreadable import describe_unreadable_file  # noqa: PLC0415 - most files can be read

        return describe_unreadable_file(str(path), error)


def decode_source(data: bytes, path: str, limits: Limits) -> str | Problem:
    """Return the text of a YAML file's bytes, which are UTF-8 with or without a byte order mark, or the first problem.

    Code points that are line breaks only in YAML 1.1 become spaces. Problems are those of `decode_utf8`, and control
    characters that YAML does not allow.
    """
    text = decode_utf8(data, path, limits)
    if isinstance(text, Problem):
        return text
    # Text that is printable for Python is printable for YAML, too, and Python's test is faster.
    if data.removeprefix(_MARK).translate(None, _USUAL).decode("utf-8").isprintable():
        return text
    for one in _NO_BREAKS:
        text = text.replace(one, " ")
    if stray := _not_printable().search(text):
        cure = f'remove it, or write it as "\\u{ord(stray[0]):04x}" in double quotes'
        message = f"U+{ord(stray[0]):04X} is a control character: {cure}"
        return Problem(path, *LineIndex(text).locate(stray.start()), "not-yaml", message)
    return text


@cache
def _not_printable() -> re.Pattern[str]:
    """Return what matches a code point that YAML 1.1 (production 1, c-printable) does not allow in a stream."""
    # It takes as long to compile as a short article to read, and few files need it.
    return re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def decode_utf8(data: bytes, path: str, limits: Limits) -> str | Problem:
    """Return the text of a file's bytes, or the problem: too many bytes, or bytes that are not UTF-8."""
    if len(data) > limits.size:
        message = f"the file is larger than {limits.size:,} bytes; --max-size raises the limit"
        return Problem(path, 1, 1, "too-large", message)
    if wide := find_wide_encoding(data):
        return Problem(path, 1, 1, "not-utf8", f"the file is in {wide[:6].upper()}: save it as UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf8(data, error, path)


def find_wide_encoding(data: bytes) -> str:
    """Return Python's name of UTF-16 or UTF-32 if these are the first bytes of a file in it, else "".

    The byte order mark tells; without one, the zero bytes of the first characters, as far as these are ASCII.
    """
    for mark, name in _WIDE_MARKS:
        if data.startswith(mark):
            return name
    if b"\0" not in data[:4]:
        return ""
    return next((name for begin, name in _WIDE_BEGINNINGS if begin().match(data)), "")


def _not_utf8(data: bytes, error: UnicodeDecodeError, path: str) -> Problem:
    # utf-8-sig counts offsets from the end of the byte order mark.
    body = data.removeprefix(_MARK)
    line, column = LineIndex(body[: error.start].decode("utf-8")).locate(None)
    byte = body[error.start]
    message = f"byte {byte:#04x} is not UTF-8 (the file may be in Windows-1252 or Latin-1): save it as UTF-8"
    return Problem(path, line, column, "not-utf8", message)


LINE_BREAK = re.compile(r"\r\n|\r|\n")
"""A line break of a file."""


def split_lines(text: str) -> Iterator[str]:
    """Yield the lines of a text, without their breaks, one by one: a list of millions would hold up every key."""
    start = 0
    for match in LINE_BREAK.finditer(text):
        yield text[start : match.start()]
        start = match.end()
    yield text[start:]


class LineIndex:
    """The offsets at which the lines of a text begin, found when a position is first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _starts(self) -> Sequence[int]:
        # An array: a file may have eight million lines.
        return array("I", chain((0,), (match.end() for match in LINE_BREAK.finditer(self._text))))

    def locate(self, index: int | None) -> tuple[int, int]:
        """Return line and column, both from 1, of the code point at `index`; None stands for the end of the text."""
        index = len(self._text) if index is None else index
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1

    def index(self, line: int, column: int) -> int:
        """Return the 0-based offset of a line and column, both from 1; that of the end for a line below the last."""
        return self._starts[line - 1] + column - 1 if line <= len(self._starts) else len(self._text)
