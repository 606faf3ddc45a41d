"""Output in pieces that end between characters.

Some terminals break a character whose bytes come in two reads: the terminals of Vim 9.0 and Neovim 0.7, and xterm.js. A
Linux pseudo-terminal takes up to 2,048 bytes at once and gives up to 4,095 to a read, so the pieces have 2,047 and
2,048 bytes in turn: a reader that is quick gets them one by one, and one that is late gets two of them, not one and a
half. Where a character does not fit, SI (shift in) fills the piece: it selects the character set that is selected
already, and curses sends it to all kinds of terminals. NUL would move the cursor of Vim's terminal.
"""

import time
from itertools import cycle
from typing import Final

from dossier.terminal import tty

_SIZES: Final = (2047, 2048)
_LONGEST: Final = 4
"""Bytes that a character takes at most in an encoding of a terminal."""
_PAD: Final = b"\x0f"


def encode_pieces(text: str, encoding: str) -> list[bytes]:
    """Return the bytes of `text` in pieces. Characters that the encoding lacks become question marks."""
    made: list[bytes] = []
    sizes, start = cycle(_SIZES), 0
    while start < len(text):
        size = next(sizes)
        piece, start = _encode_start(text, start, size, encoding)
        made.append(piece if start >= len(text) else piece.ljust(size, _PAD))
    return made


def _encode_start(text: str, start: int, size: int, encoding: str) -> tuple[bytes, int]:
    """Return the bytes of as many characters from `start` on as fit into `size`, and the offset behind them."""
    end = start + size
    while True:
        piece = text[start:end].encode(encoding, "replace")
        excess = len(piece) - size
        if excess <= 0:
            return piece, end
        end = min(end, len(text)) - (excess + _LONGEST - 1) // _LONGEST


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
