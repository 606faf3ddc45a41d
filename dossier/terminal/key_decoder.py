"""What is typed is cut into keys before the toolkit sees it: which byte ends a key is decided here, and by when.

An Esc is the key when nothing, or nothing that continues a sequence, comes after it within moments; a sequence that
arrives in pieces is one key all the same. What a terminal says unasked, and keys that nobody knows, are not typed as
letters. ECMA-48 (5.4, 5.6) says how sequences and strings end, xterm's control sequences how a paste is bracketed.
"""

import re
from codecs import getincrementaldecoder
from collections.abc import Container
from typing import Final

from dossier.core.dataclasses import NamedTuple

ESC: Final = "\x1b"

_LONG = 1.0
"""Seconds that the rest of what can be no typed Esc any more may take."""
_PASTING = 5.0
_MOST = 1 << 20
"""Characters of a paste, or of a string that a terminal sends, that are kept."""
_LONGEST = 12
"""Characters of a key's sequence."""
_PASTE, _PASTED = ESC + "[200~", ESC + "[201~"

_WHOLE = re.compile(r"\x1b\[(?!\[)([0-?]*)[ -/]*[@-~]")
_MOUSE = re.compile(r"\x1b\[<[0-9;-]+[Mm]")
_BEGUN = re.compile(r"\x1b(O|\[\[?|\[[0-?]*[ -/]*)?\Z")
_STRING = re.compile(r"\x1b(\][0-9]|P[0-9=>!+$|]|_G)")
_STRING_BEGUN = re.compile(r"\x1b[\]P_]\Z")
_STRING_END = re.compile(r"\x07|\x1b\\")
_PERHAPS_TYPED = re.compile(r"\x1b([O\]P_]|\[\[?)?\Z")


class Key(NamedTuple):
    """A character, or the sequence of a key that is known (or of the mouse); ESC alone is the key Esc."""

    text: str


class Pasted(NamedTuple):
    """What was pasted, as one."""

    text: str


class KeyDecoder:
    """Takes bytes as they arrive. `known`: the sequences that are keys; `delay`: the seconds that tell Esc from one."""

    def __init__(self, known: Container[str], encoding: str, delay: float) -> None:
        self._known, self._delay = known, delay
        self._decode = getincrementaldecoder(encoding)("replace").decode
        self._held = ""
        self._pasting: list[str] | None = None

    @property
    def patience(self) -> float | None:
        """Seconds without a byte after which `late` is to be called; None: nothing is held back."""
        if self._pasting is not None:
            return _PASTING
        if not self._held:
            return None
        return self._delay if _PERHAPS_TYPED.match(self._held) else _LONG

    def feed(self, data: bytes) -> list[Key | Pasted]:
        """What is whole now. Bytes that are not of the encoding are U+FFFD."""
        self._held += self._decode(data)
        return self._cut()

    def late(self) -> list[Key | Pasted]:
        """What is held back, since no more came: an Esc and what was typed after it, or a paste without its end."""
        if self._pasting is not None:
            self._held += _PASTED
            return self._cut()
        held, self._held = self._held, ""
        return [Key(one) for one in held] if _PERHAPS_TYPED.match(held) else []

    def _cut(self) -> list[Key | Pasted]:
        found: list[Key | Pasted] = []
        while self._held:
            if self._pasting is not None:
                if not self._paste(self._pasting):
                    break
                found.append(Pasted("".join(self._pasting).replace("\0", "")[:_MOST]))
                self._pasting = None
                continue
            taken, is_key = _first(self._held, self._known)
            if not taken:
                break
            text, self._held = self._held[:taken], self._held[taken:]
            if text == _PASTE:
                self._pasting = []
            elif is_key:
                found.append(Key(text))
        return found

    def _paste(self, pasting: list[str]) -> bool:
        """Take more of a paste; whether it has ended."""
        text, end, rest = self._held.partition(_PASTED)
        if not end:
            # The end may be cut in two.
            text, rest = text[: 1 - len(_PASTED)], text[1 - len(_PASTED) :]
        self._held = rest
        if sum(map(len, pasting)) < _MOST:
            pasting.append(text)
        return bool(end)


def _first(held: str, known: Container[str]) -> tuple[int, bool]:
    """How many characters are the first thing in it (0: it is not whole), and whether that is a key."""
    if held[0] != ESC:
        return 1, True
    for end in range(3, min(len(held), _LONGEST) + 1):
        if held[:end] in known and held[1] in "[O":
            return end, True
    if string := _STRING.match(held):
        last = _STRING_END.search(held, string.end())
        return (last.end() if last else len(held) if len(held) > _MOST else 0), False
    if _BEGUN.match(held) or _STRING_BEGUN.match(held):
        return 0, False
    if (whole := _WHOLE.match(held)) and (whole[1] or whole[0][-1] in "IO"):
        return whole.end(), bool(_MOUSE.match(whole[0]))
    return 1, True
