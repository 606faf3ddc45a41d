"""While the toolkit loads, the keys that only move are answered already: the first picture is there to be read.

The first key that is not one of them, and all that is typed after it, waits for the toolkit: a prompt, a sheet, an Esc
have one place where they are taken. Nothing that was typed is lost, or taken out of turn.
"""

import os
import select
from collections.abc import Callable, Mapping
from threading import Thread
from typing import Final

from dossier.cli.first_paint import FirstPaint, first, leave
from dossier.core.dataclasses import NamedTuple, replace
from dossier.terminal import tty
from dossier.terminal.capabilities import Capabilities
from dossier.terminal.diff import difference
from dossier.terminal.frame import Frame
from dossier.terminal.signals import ends_at_once
from dossier.terminal.tty import Painted
from dossier.ui.actions import MOVES
from dossier.ui.commands import key_words
from dossier.ui.options import DisplayOptions
from dossier.ui.state import Room

_MUCH: Final = 4096
_LOOK: Final = 0.004
"""Seconds between two looks at whether the toolkit is there."""
_PATIENCE: Final = 1.0
_NOTHING: Final = Frame(())
_ARROWS: Final = {
    **dict(zip(("up", "down", "right", "left", "end", "home"), "ABCDFH", strict=True)),
    "pageup": "5~",
    "pagedown": "6~",
}
"""What keys without a character send behind ESC [, or ESC O (xterm, "PC-Style Function Keys")."""


class TerminalLine(NamedTuple):
    """Where keys come from and pictures go to, what the terminal is able to, and whether its size has changed since
    that was last asked."""

    source: int
    sink: int
    able: Capabilities
    is_resized: Callable[[], bool]


class EarlyState(NamedTuple):
    """What is shown by now, what was `typed` and is not answered yet, and the last word to the reader."""

    shown: FirstPaint
    typed: bytes
    say: str


def answer(
    painted: Painted, shown: FirstPaint, manner: DisplayOptions, able: Capabilities, load: Callable[[], None]
) -> tuple[Painted, Room, DisplayOptions]:
    """Answer keys while `load` is at work on a thread of its own: what is on the terminal then, of which room, and the
    manner with the last word to the reader. What `load` raises is raised again by who calls it again."""
    # Until the driver has the terminal nobody else would give it back.
    ends_at_once(lambda: leave(painted.before, able))
    loading = Thread(target=load, daemon=True)
    loading.start()
    sink = tty.own()
    now = answered(
        shown, manner, TerminalLine(tty.INPUT, sink, able, painted.is_resized), lambda: not loading.is_alive()
    )
    tty.disown(sink)
    loading.join()
    room, frame = now.shown
    return painted._replace(frame=frame, typed=now.typed), room, manner._replace(say=now.say)


def answered(shown: FirstPaint, manner: DisplayOptions, line: TerminalLine, is_over: Callable[[], bool]) -> EarlyState:
    """Answer keys until `is_over`, or until one comes that is not a move; a change of size gets a whole picture.

    A line that is gone, or does not take a picture in time, is left to who comes after, with no picture on it.
    """
    moves = _moves(manner)
    typed, say, is_stale = b"", manner.say, False
    while not typed and not is_over():
        is_typed = bool(select.select([line.source], [], [], _LOOK)[0])
        if line.is_resized() or (not is_stale and tty.size(line.sink) != shown.frame.size):
            # Another change may follow at once, as when an edge is dragged.
            is_stale = True
            continue
        before = shown.frame
        try:
            if is_stale:
                before, shown = _NOTHING, first(shown.room, manner._replace(say=say), tty.size(line.sink))
            elif is_typed:
                typed = os.read(line.source, _MUCH)
                room = shown.room
                while (sent := next((one for one in moves if typed.startswith(one)), None)) is not None:
                    room, say = MOVES[moves[sent]](replace(room, awaited=()))
                    typed = typed[len(sent) :]
                shown = first(room, manner._replace(say=say), before.size)
            else:
                continue
            is_stale = not _is_sent(line, before, shown.frame)
        except OSError:
            break
        if is_stale:
            break
    return EarlyState(shown._replace(frame=_NOTHING) if is_stale else shown, typed, say)


def _is_sent(line: TerminalLine, before: Frame, frame: Frame) -> bool:
    """Whether the line took all that makes the one picture of the other."""
    text = difference(before, frame, line.able).encode(line.able.encoding, "replace")
    return not tty.send(line.sink, text, _PATIENCE)


def _moves(manner: DisplayOptions) -> Mapping[bytes, str]:
    """The moves by what their keys send."""
    found: dict[bytes, str] = {}
    for key, command in manner.by_key().items():
        if command not in MOVES:
            continue
        character = key_words(key)
        if len(character) == 1 and character.isascii():
            found[character.encode()] = command
        elif key in _ARROWS:
            found |= {f"\x1b{bracket}{_ARROWS[key]}".encode(): command for bracket in "[O"}
    return found
