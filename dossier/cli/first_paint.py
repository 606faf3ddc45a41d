"""Draw the first picture before the toolkit is imported; it is the same that the toolkit would draw.

The terminal is put into raw mode here, so that keys typed meanwhile are neither echoed nor lost. The driver then takes
the terminal over as it is, and sends only what differs from the first picture.
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
from dossier.ui.state import State
from dossier.ui.view import ScreenRenderer, View, eye

_PATIENCE = 1.0
"""Seconds to wait for the terminal to accept the first picture, before the toolkit is loaded all the same."""
_NOTHING = Frame(())
"""Stands for an unknown picture: the next is then sent whole."""


class FirstPaint(NamedTuple):
    """The state, with its panes fitted to the screen, and the cells that show it."""

    state: State
    frame: Frame


def compose(state: State, options: DisplayOptions, size: tuple[int, int]) -> FirstPaint:
    """Return the picture of a state on a terminal of this size, in columns and rows."""
    screen = options.screen(*size)
    state = fitted(state, screen)
    view = View(screen, foot_keys(state, options.commands), say=options.say)
    lines = ScreenRenderer().lines(state, view)
    runs = (((piece.text, style(options.theme, piece.style)) for piece in options.finished(line)) for line in lines)
    frame = frame_of(runs, *size)
    return FirstPaint(state, frame._replace(cursor=eye(state, view, lines) if screen.linear else None))


@contextmanager
def paint(frame: Frame, able: Capabilities) -> Iterator[Painted | None]:
    """Take the terminal and draw the first picture on it, for the driver to take over in the `with` block.

    Yields None when no terminal can be taken; the driver then says so. An exception in the block gives the terminal
    back.
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
    """Give the terminal back as it was before. Raises nothing."""
    with suppress(OSError):
        descriptor = tty.own()
        tty.send_last(descriptor, b"", tty.leaving(able).encode(), _PATIENCE)
        tty.disown(descriptor)
    tty.give_back(before)


def _is_sent(descriptor: int, frame: Frame, able: Capabilities) -> bool:
    """Send the picture; return whether the terminal accepted all of it."""
    text = tty.ENTER + difference(None, frame, able)
    with suppress(OSError):
        return not tty.send(descriptor, text.encode(able.encoding, "replace"), _PATIENCE)
    return False
