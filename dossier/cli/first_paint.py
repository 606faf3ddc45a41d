"""The first picture does not wait for the toolkit: it is painted before that is imported, and is the same picture.

The terminal is taken here, once, with echo off, so that keys typed meanwhile are neither shown nor lost; whoever paints
next is given what the terminal shows now, and sends what differs.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from dossier.config.theme import style
from dossier.core.dataclasses import NamedTuple
from dossier.terminal import tty
from dossier.terminal.capabilities import Capabilities
from dossier.terminal.diff import difference
from dossier.terminal.frame import Frame, frame_of
from dossier.terminal.tty import Attributes, Painted, SizeChanges
from dossier.ui.commands import foot_keys
from dossier.ui.layout import fitted
from dossier.ui.options import DisplayOptions
from dossier.ui.state import Room
from dossier.ui.view import ScreenRenderer, View, eye

_PATIENCE = 1.0
"""Seconds that a line may take for the first picture before the toolkit is loaded all the same."""
_NOTHING = Frame(())
"""What is sent next is sent whole."""


class FirstPaint(NamedTuple):
    """The room, its panes as large as they are on the screen, and the cells that show it."""

    room: Room
    frame: Frame


def first(room: Room, manner: DisplayOptions, size: tuple[int, int]) -> FirstPaint:
    """The first picture of a room on a terminal of that size, in columns and rows."""
    screen = manner.screen(*size)
    room = fitted(room, screen)
    view = View(screen, foot_keys(room, manner.commands), say=manner.say)
    lines = ScreenRenderer().lines(room, view)
    runs = (((piece.text, style(manner.theme, piece.style)) for piece in manner.finished(line)) for line in lines)
    frame = frame_of(runs, *size)
    return FirstPaint(room, frame._replace(cursor=eye(room, view, lines) if screen.linear else None))


@contextmanager
def painting(frame: Frame, able: Capabilities) -> Iterator[Painted | None]:
    """Take the terminal and paint the first picture on it, for the driver to take over; give it back if that fails.

    None when there is no terminal that can be taken: the driver will say so.
    """
    try:
        before, descriptor = tty.take(), tty.own()
    except OSError:
        yield None
        return
    changes = SizeChanges()
    try:
        yield Painted(frame if _is_sent(descriptor, frame, able) else _NOTHING, before, is_resized=changes.is_new)
    except BaseException:
        leave(before, able)
        raise
    finally:
        tty.disown(descriptor)


def leave(before: Attributes, able: Capabilities) -> None:
    """Give the terminal back as it was before; nothing is raised."""
    with suppress(OSError):
        descriptor = tty.own()
        tty.send_last(descriptor, b"", tty.leaving(able).encode(), _PATIENCE)
        tty.disown(descriptor)
    tty.give_back(before)


def _is_sent(descriptor: int, frame: Frame, able: Capabilities) -> bool:
    """Whether the terminal took the picture, all of it."""
    text = tty.ENTER + difference(None, frame, able)
    with suppress(OSError):
        return not tty.send(descriptor, text.encode(able.encoding, "replace"), _PATIENCE)
    return False
