"""Output in pieces that end between letters, each with its marks.

Some terminals break a character whose bytes come in two reads: the terminals of Vim 9.0 and Neovim 0.7, and xterm.js. A
Linux pseudo-terminal takes up to 2,048 bytes at once and gives up to 4,095 to a read, so the pieces have 2,047 and
2,048 bytes in turn: a reader that is quick gets them one by one, and one that is late gets two of them, not one and a
half. Where a letter with its marks does not fit, SI (shift in) fills the piece: it selects the character set that is
selected already, and curses sends it to all kinds of terminals. NUL would move the cursor of Vim's terminal.
"""

import time
from typing import Final

from dossier.terminal import tty
from dossier.text.width import find_inner_offsets, is_plain

_SIZES: Final = (2047, 2048)
_BOTH: Final = sum(_SIZES)
_LONGEST: Final = 4
"""Bytes that a character takes at most in an encoding of a terminal."""
_NEAR: Final = 32
"""Code points around the end of a piece in which the ends of characters are looked for."""
_PAD: Final = b"\x0f"


def encode_pieces(text: str, encoding: str, sent: int = 0) -> list[bytes]:
    """Return the bytes of `text` in pieces. Characters that the encoding lacks become question marks.

    `sent` is the number of bytes that were sent just before, whose last piece the first one completes.
    """
    made: list[bytes] = []
    start = 0
    while start < len(text):
        size = _SIZES[0] - sent % _BOTH if sent % _BOTH < _SIZES[0] else _BOTH - sent % _BOTH
        piece, start = _encode_start(text, start, size, encoding)
        made.append(piece if start >= len(text) else piece.ljust(size, _PAD))
        sent += size
    return made


def _encode_start(text: str, start: int, size: int, encoding: str) -> tuple[bytes, int]:
    """Return the bytes of as many characters from `start` on as fit into `size`, and the offset behind them."""
    end = start + size
    while True:
        piece = text[start:end].encode(encoding, "replace")
        excess = len(piece) - size
        if excess <= 0:
            edge = _find_edge(text, start, end)
            return (piece, end) if edge == end else (text[start:edge].encode(encoding, "replace"), edge)
        end = min(end, len(text)) - (excess + _LONGEST - 1) // _LONGEST


def _find_edge(text: str, start: int, end: int) -> int:
    """Return the last offset up to `end` that is not inside of a letter with its marks.

    Filling between the two would part them: xterm.js gives a mark behind a control character a cell of its own.
    """
    if end >= len(text) or text[end].isascii():
        return end
    before = text[end - 1]
    if is_plain(text[end]) and (before.isascii() or is_plain(before)):
        return end
    first = max(start, end - _NEAR)
    inner = find_inner_offsets(text[first : end + _NEAR])
    return next((edge for edge in range(end, first, -1) if edge - first not in inner), end)


def send_pieces(descriptor: int, pieces: list[bytes], seconds: float | None) -> list[bytes]:
    """Write pieces to the descriptor for at most `seconds`, and return what was not written. Raises OSError.

    `seconds` None means to wait until everything is written.
    """
    until = None if seconds is None else time.monotonic() + seconds
    for number, piece in enumerate(pieces):
        rest = tty.write_output(descriptor, piece, None if until is None else max(0.0, until - time.monotonic()))
        if rest:
            return [rest, *pieces[number + 1 :]]
    return []
