"""The messages that tell Textual and its app what the terminal sent: keys, pasted text and answers."""

from collections.abc import Iterator
from typing import Final

from textual import events
from textual.message import Message

from dossier.terminal.key_decoder import ESC, Key, PastedText
from dossier.tui.internals import KeyParser

_WORD_KEYS: Final = {
    **{f"{ESC}b": "alt+b", f"{ESC}f": "alt+f"},
    **{f"{ESC}[1;3D": "ctrl+left", f"{ESC}[1;3C": "ctrl+right"},
}
"""Keys of Alt that Textual takes for other keys, or for Esc and another key."""


class AmbiguousWidthFound(Message):
    """Message that the terminal has told how many cells an ambiguous character takes."""

    def __init__(self, cells: int) -> None:
        super().__init__()
        self.cells = cells


class PuttyFound(Message):
    """Message that the terminal has told that it is PuTTY."""


def make_messages(typed: Key | PastedText, keys: KeyParser) -> Iterator[Message]:
    """Yield the messages that tell Textual of a key or of pasted text; `keys` names the keys."""
    if isinstance(typed, PastedText):
        yield events.Paste(typed.text)
    elif typed.text == ESC:
        yield events.Key("escape", ESC)
    elif typed.text in _WORD_KEYS:
        yield events.Key(_WORD_KEYS[typed.text], None)
    else:
        yield from keys.feed(typed.text)
