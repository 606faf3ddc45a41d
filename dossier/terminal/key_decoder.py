"""Splitting of the terminal's input into keys and pastes, before Textual sees it.

An Esc is the Esc key when nothing that continues a sequence follows within a short delay. A sequence that arrives in
several pieces is one key all the same. Reports of the terminal and sequences of unknown keys are dropped, so that they
are not taken for typed letters; only those of the cursor's position, of the secondary device attributes and of modes
are passed on. ECMA-48 (5.4, 5.6) defines where sequences and strings end, xterm's control sequences how a paste is
bracketed and what the mouse reports.
"""

import re
from codecs import getincrementaldecoder
from collections.abc import Container
from typing import Final

from dossier.core.dataclasses import NamedTuple

ESC: Final = "\x1b"

_SEQUENCE_TIMEOUT = 1.0
"""Seconds to wait for the rest of a sequence that cannot have been typed by hand."""
_PASTE_TIMEOUT = 1.0
_MAX_PASTE = 1 << 20
"""Characters that are kept of a paste, or of a string that the terminal sends."""
_MAX_KEY = 12
"""Maximum length of a key's sequence, in characters."""
_PASTE, _PASTED = ESC + "[200~", ESC + "[201~"

_ALT_KEYS = (f"{ESC}b", f"{ESC}f")
"""Alt with a letter, for the keys that move by words in a line that is typed."""

_WHOLE = re.compile(r"\x1b\[(?!\[)([0-?]*)[ -/]*[@-~]")
_MOUSE = re.compile(r"\x1b\[<[0-9]+;-?[0-9]+;-?[0-9]+[Mm]")
_REPORT = re.compile(r"\x1b\[([0-9]{1,4});([0-9]{1,4})R")
_ATTRIBUTES = re.compile(r"\x1b\[>([0-9;]*)c")
_MODE = re.compile(r"\x1b\[\?([0-9;]*)\$y")
_OLD_MOUSE = re.compile(r"\x1b\[M[^\x01-\x1f]{0,3}")
"""A report in xterm's first format: three bytes, or in its mode 1005 three characters; NUL is what has no number."""
_OLD_MOUSE_LENGTH = 6
_TORN = re.compile(r"\x1b\[(M|[<?>][0-9]|[0-9]+;[0-9])")
"""The beginning of a report, as nobody types it."""
_BEGUN = re.compile(r"\x1b(O|\[\[?|\[[0-?]*[ -/]*|\[<[0-9;-]*)?\Z")
_STRING = re.compile(r"\x1b(\][0-9]|\][lL](?=[^\x07\x1b]*(?:\x07|\x1b\\))|P[0-9=>!+$|]|_G)")
_STRING_BEGUN = re.compile(r"\x1b[\]P_]\Z")
_STRING_END = re.compile(r"\x07|\x1b\\")
_PERHAPS_TYPED = re.compile(r"\x1b([O\]P_]|\[\[?)?\Z")
_PASTED_BEGUN = re.compile(r"\x1b(\[(2(01?)?)?)?\Z")
_UNDECODED = re.compile("[\udc80-\udcff]")
"""Bytes that could not be decoded, which are kept one by one until it is known that they belong to no report."""


class Key(NamedTuple):
    """A typed character, or the sequence of a known key or of the mouse. ESC alone is the Esc key."""

    text: str


class PastedText(NamedTuple):
    """A pasted text."""

    text: str


class CursorReport(NamedTuple):
    """The terminal's answer to CSI 6 n: the row and column of its cursor, from 1."""

    row: int
    column: int


class AttributesReport(NamedTuple):
    """The terminal's answer to CSI > c: its numbers as it wrote them, such as "41;370;0"."""

    numbers: str


class ModeReport(NamedTuple):
    """The terminal's answer to CSI ? n $ p: its numbers as it wrote them, such as "69;2"."""

    numbers: str


TerminalReport = CursorReport | AttributesReport | ModeReport
TypedInput = Key | PastedText | TerminalReport


class KeyDecoder:
    """Decoder of the terminal's input.

    `known` has the sequences of keys. `delay` is the time in seconds after which an Esc is a key of its own. Reports of
    the mouse (in xterm's format SGR) are keys only when `takes_mouse` is true; otherwise another program has left them
    switched on.
    """

    def __init__(self, known: Container[str], encoding: str, delay: float, takes_mouse: bool = False) -> None:
        self._known, self._delay, self._takes_mouse = known, delay, takes_mouse
        self._decode = getincrementaldecoder(encoding)("surrogateescape").decode
        self._held = ""
        self._given_up = ""
        self._pasting: list[str] | None = None

    @property
    def held(self) -> bytes:
        """What has come of a sequence that is not complete."""
        return self._held.encode(errors="surrogateescape")

    @property
    def timeout(self) -> float | None:
        """Seconds without input after which `expire` has to be called, or None when nothing is held back."""
        if self._pasting is not None:
            return _PASTE_TIMEOUT
        if not self._held:
            return None
        is_soon_over = _PERHAPS_TYPED.match(self._held) or self._may_be_whole
        return self._delay if is_soon_over else _SEQUENCE_TIMEOUT

    @property
    def _may_be_whole(self) -> bool:
        """Whether an old report of the mouse is held whose three bytes may have been decoded as fewer characters."""
        return bool(_OLD_MOUSE.fullmatch(self._held)) and len(self.held) >= _OLD_MOUSE_LENGTH

    def feed(self, data: bytes) -> list[TypedInput]:
        """Return the keys and pastes that are complete with `data`. Bytes that cannot be decoded become U+FFFD."""
        self._held += self._decode(data)
        if self._given_up:
            self._rejoin()
        return self._cut()

    def expire(self) -> list[TypedInput]:
        """Return what was held back, after `timeout` seconds without input.

        That is an Esc and what was typed after it, or a paste whose end is missing.
        """
        if self._pasting is not None:
            begun = _PASTED_BEGUN.search(self._held)
            end = begun.start() if begun else len(self._held)
            # What is there of the end is no text, and the rest of it may still come.
            rest = "" if _PERHAPS_TYPED.match(self._held[end:]) else self._held[end:]
            self._held = self._held[:end] + _PASTED + rest
            return self._cut()
        held, self._held = self._held, ""
        self._given_up = held
        return [Key(one) for one in held] if _PERHAPS_TYPED.match(held) else []

    def _rejoin(self) -> None:
        """Put the rest of a report behind its beginning, which was taken for typed keys since the rest came late."""
        given_up, self._given_up = self._given_up, ""
        whole = given_up + self._held
        # A single character behind an Esc that was given up has been typed.
        is_torn = len(self._held) > 1 and _PERHAPS_TYPED.match(given_up) and _TORN.match(whole)
        if is_torn or _REPORT.match(whole):
            self._held = whole
        elif _PERHAPS_TYPED.match(whole):
            self._given_up = whole

    def _cut(self) -> list[TypedInput]:
        found: list[TypedInput] = []
        while self._held:
            if self._pasting is not None:
                if not self._paste(self._pasting):
                    break
                found.append(PastedText(_replace_undecoded("".join(self._pasting)).replace("\0", "")[:_MAX_PASTE]))
                self._pasting = None
                continue
            taken, is_key = _first(self._held, self._known)
            if not taken:
                break
            text, self._held = self._held[:taken], self._held[taken:]
            if text == _PASTE:
                self._pasting = []
            elif is_key and (self._takes_mouse or not _MOUSE.match(text)):
                found.append(Key(_replace_undecoded(text)))
            elif report := _REPORT.fullmatch(text):
                found.append(CursorReport(int(report[1]), int(report[2])))
            elif attributes := _ATTRIBUTES.fullmatch(text):
                found.append(AttributesReport(attributes[1]))
            elif mode := _MODE.fullmatch(text):
                found.append(ModeReport(mode[1]))
        return found

    def _paste(self, pasting: list[str]) -> bool:
        """Add input to the paste, and return whether it has ended."""
        text, end, rest = self._held.partition(_PASTED)
        if not end:
            # The end may be cut in two.
            text, rest = text[: 1 - len(_PASTED)], text[1 - len(_PASTED) :]
        self._held = rest
        if sum(map(len, pasting)) < _MAX_PASTE:
            pasting.append(text)
        return bool(end)


def _first(held: str, known: Container[str]) -> tuple[int, bool]:
    """Return the length of the first key or sequence in `held` (0 when it is incomplete), and whether it is a key."""
    if held[0] != ESC:
        return 1, True
    if held.startswith(_ALT_KEYS):
        return 2, True
    if mouse := _MOUSE.match(held):
        return mouse.end(), True
    if mouse := _OLD_MOUSE.match(held):
        is_begun = mouse.end() == len(held) < _OLD_MOUSE_LENGTH
        return 0 if is_begun else mouse.end(), False
    for end in range(3, min(len(held), _MAX_KEY) + 1):
        if held[:end] in known and held[1] in "[O":
            return end, True
    if string := _STRING.match(held):
        last = _STRING_END.search(held, string.end())
        return (last.end() if last else len(held) if len(held) > _MAX_PASTE else 0), False
    if _BEGUN.match(held) or _STRING_BEGUN.match(held):
        return 0, False
    if (whole := _WHOLE.match(held)) and (whole[1] or whole[0][-1] in "IO"):
        return whole.end(), False
    return 1, True


def _replace_undecoded(text: str) -> str:
    return _UNDECODED.sub("\ufffd", text)
