"""What is sent to the terminal for one character of the text.

The cells of a frame keep the code points of the article, so that offsets stay right. Some of them must not reach every
terminal: letters that macOS writes in parts are taken apart by some, invisible characters are drawn as a space or as
their number, and a sequence of emoji moves the rest of the row in a terminal that does not join it.
"""

import unicodedata
from collections.abc import Container
from functools import lru_cache
from typing import Final

from dossier.terminal.capabilities import Capabilities
from dossier.text.code_points import CodePointRanges

_JOINER: Final = "\u200d"
_NO_BREAK_SPACE: Final = "\xa0"

NEVER_SENT: Final = frozenset(
    "\xad\u034f\u180e\u200b\u2060\u2061\u2062\u2063\u2064\u206a\u206b\u206c\u206d\u206e\u206f\ufeff\ufff9\ufffa\ufffb"
    "\U000e0001"
)
"""Characters without a picture in every terminal that knows them, which are measured as no cell.

These are the soft hyphen, the combining grapheme joiner, the zero width space, the word joiner, invisible operators,
the byte order mark and such. Some terminals give them a cell, or a picture.
"""
_MARKS_OF_DIRECTION: Final = frozenset(
    "\u061c\u070f\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_TAGS: Final = frozenset(map(chr, range(0xE0020, 0xE0080)))
_AFFECTED: Final = NEVER_SENT | _MARKS_OF_DIRECTION | _TAGS
_EMOJI: Final = CodePointRanges(
    "\xa9\xa9\xae\xae\u203c\u203c\u2049\u2049\u2122\u2122\u2139\u2139\u2190\u21ff\u2300\u23ff\u25aa\u27bf\u2934\u2935"
    "\u2b05\u2b55\U0001f000\U0001faff"
)
# Vowels and final consonants of decomposed Hangul, which terminals add to the character before.
_LATER_JAMO: Final = CodePointRanges("\u1160\u11ff\ud7b0\ud7fb")


def is_sent_unchanged(text: str) -> bool:
    """Return whether every character of `text` is sent as it is to every terminal, if none begins with a mark."""
    return text.isascii() or (_AFFECTED.isdisjoint(text) and unicodedata.is_normalized("NFC", text))


def encode_character(character: str, abilities: Capabilities) -> str:
    """Return what is sent for one character, which may be "" when it has no shape of its own.

    It is composed (NFC) where that is shorter: some letters, such as Devanagari QA, are only taken apart by NFC. A mark
    without a letter stands on a no-break space, because it would be added to whatever is in the cell before.
    """
    return _encode(character, abilities.direction_marks, abilities.joins_emoji)


@lru_cache(maxsize=8192)
def _encode(character: str, direction_marks: bool, joins_emoji: bool) -> str:
    text = _leave_out(NEVER_SENT, character)
    if text and text[0] in _EMOJI:
        if not joins_emoji:
            # A skin tone would be drawn as a sign of its own in most of the terminals that do not join.
            text = text[0] if _JOINER in text else _leave_out(_TAGS, text)
    elif not direction_marks:
        text = _leave_out(_MARKS_OF_DIRECTION, text)
    # In some terminals a joiner at the end would add the next character, whatever that is.
    text = text.rstrip(_JOINER)
    composed = unicodedata.normalize("NFC", text)
    if len(composed) < len(text):
        text = composed
    return _NO_BREAK_SPACE + text if begins_with_mark(text) else text


def _leave_out(signs: Container[str], text: str) -> str:
    return "".join([char for char in text if char not in signs])


def begins_with_mark(text: str) -> bool:
    """Return whether terminals may add the start of `text` to the character before."""
    return bool(text) and (unicodedata.category(text[0])[0] == "M" or text[0] in _LATER_JAMO)
