"""The bytes of a file as the text that a YAML parser is given, or why they are none."""

import re

from dossier.core.problem import Problem
from dossier.loader.limits import Limits
from dossier.text.line_index import LineIndex

# YAML 1.1, production 1: what a stream may hold.
_NOT_PRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Line breaks for YAML 1.1, which the parsers know, but no longer for 1.2 (5.4): a text copied from a page may have one
# inside a line, and would end there. What is shown for them is a space.
_NO_BREAKS = ("\x85", "\u2028", "\u2029")


def text_of(data: bytes, path: str, limits: Limits) -> str | Problem:
    """Return the text of a file's bytes, which are UTF-8 with or without a byte order mark.

    A space stands for every code point that only YAML 1.1 takes for a line break. The problem, where the bytes are no
    text that YAML may hold, is the first: they are too many, they are not UTF-8, or there is a control character.
    """
    if len(data) > limits.size:
        message = f"the file is larger than {limits.size:,} bytes; --max-size raises the limit"
        return Problem(path, 1, 1, "too-large", message)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf8(data, error, path)
    for one in _NO_BREAKS:
        text = text.replace(one, " ")
    # What Python calls printable is less than what YAML does, and sooner told.
    is_printable = text.replace("\n", " ").isprintable()
    if not is_printable and (stray := _NOT_PRINTABLE.search(text)):
        cure = f'remove it, or write it as "\\u{ord(stray[0]):04x}" in double quotes'
        message = f"U+{ord(stray[0]):04X} is a control character: {cure}"
        return Problem(path, *LineIndex(text).place(stray.start()), "not-yaml", message)
    return text


def _not_utf8(data: bytes, error: UnicodeDecodeError, path: str) -> Problem:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Problem(path, 1, 1, "not-utf8", "the file is in UTF-16: save it as UTF-8")
    # utf-8-sig counts its offsets from behind the mark.
    body = data.removeprefix(b"\xef\xbb\xbf")
    line, column = LineIndex(body[: error.start].decode("utf-8")).place(None)
    byte = body[error.start]
    message = f"byte {byte:#04x} is not UTF-8 (the file may be in Windows-1252 or Latin-1): save it as UTF-8"
    return Problem(path, line, column, "not-utf8", message)
