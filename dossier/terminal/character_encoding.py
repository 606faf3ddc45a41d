"""What is sent to the terminal for one character of the text.

The cells of a frame keep the code points of the article, so that offsets stay right. Some of them must not reach every
terminal: letters that macOS writes in parts are taken apart by some, invisible characters are drawn as a space or as
their number, and a sequence of emoji moves the rest of the row in a terminal that does not join it.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from dossier.terminal.capabilities import Capabilities

_JOINER: Final = "\u200d"
_NO_BREAK_SPACE: Final = "\xa0"

# Soft hyphen, combining grapheme joiner, zero width space, word joiner, invisible operators, byte order mark and such:
# nothing is drawn for them in any terminal that knows them.
_INVISIBLE: Final = r"\xad\u034f\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0001"
_MARKS_OF_DIRECTION: Final = r"\u061c\u070f\u200c-\u200f\u202a-\u202e\u2066-\u2069"
_TAGS: Final = r"\U000e0020-\U000e007f"
_AFFECTED: Final = re.compile(f"[{_INVISIBLE}{_MARKS_OF_DIRECTION}{_TAGS}]")
_NEVER_SENT: Final = re.compile(f"[{_INVISIBLE}]")
_NUMBERED: Final = re.compile(f"[{_MARKS_OF_DIRECTION}]")
_EMOJI: Final = re.compile(
    "[\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u25aa-\u27bf\u2934-\u2935\u2b05-\u2b55"
    "\U0001f000-\U0001faff]"
)
_TAGS_BEHIND: Final = re.compile(f"[{_TAGS}]+")
# Vowels and final consonants of decomposed Hangul, which terminals add to the character before.
_LATER_JAMO: Final = re.compile("[\u1160-\u11ff\ud7b0-\ud7fb]")


def is_sent_unchanged(text: str) -> bool:
    """Return whether every character of `text` is sent as it is to every terminal, if none begins with a mark."""
    return text.isascii() or (_AFFECTED.search(text) is None and unicodedata.is_normalized("NFC", text))


def encode_character(character: str, abilities: Capabilities) -> str:
    """Return what is sent for one character, which may be "" when it has no shape of its own.

    It is composed (NFC) where that is shorter: some letters, such as Devanagari QA, are only taken apart by NFC. A mark
    without a letter stands on a no-break space, because it would be added to whatever is in the cell before.
    """
    return _encode(character, abilities.direction_marks, abilities.joins_emoji)


@lru_cache(maxsize=8192)
def _encode(character: str, direction_marks: bool, joins_emoji: bool) -> str:
    text = _NEVER_SENT.sub("", character)
    if _EMOJI.match(text):
        if not joins_emoji:
            # A skin tone would be drawn as a sign of its own in most of the terminals that do not join.
            text = text[0] if _JOINER in text else _TAGS_BEHIND.sub("", text)
    elif not direction_marks:
        text = _NUMBERED.sub("", text)
    # In some terminals a joiner at the end would add the next character, whatever that is.
    text = text.rstrip(_JOINER)
    composed = unicodedata.normalize("NFC", text)
    if len(composed) < len(text):
        text = composed
    return _NO_BREAK_SPACE + text if begins_with_mark(text) else text


def begins_with_mark(text: str) -> bool:
    """Return whether terminals may add the start of `text` to the character before."""
    return bool(text) and (unicodedata.category(text[0])[0] == "M" or _LATER_JAMO.match(text) is not None)
