"""Draw the first picture, which is the one that the toolkit would draw, before the toolkit is imported.

The terminal is put into raw mode here, so that keys typed meanwhile are neither echoed nor lost. The driver then takes
the terminal over as it is, and sends only what differs from the first picture.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from dossier.config.theme import resolve_style
from dossier.core.dataclasses import NamedTuple
from dossier.terminal import tty
from dossier.terminal.capabilities import Capabilities
from dossier.terminal.diff import encode_difference
from dossier.terminal.frame import Frame, make_frame
from dossier.terminal.pieces import encode_pieces, send_pieces
from dossier.terminal.questions import QUESTIONS, can_be_asked, discard_answers
from dossier.terminal.tty import Attributes, PaintedTerminal, SizeWatch
from dossier.ui.commands import first_lessons, foot_keys
from dossier.ui.layout import fit_panes
from dossier.ui.options import DisplayOptions
from dossier.ui.state import State
from dossier.ui.view import ScreenRenderer, View, cursor_cell

_PATIENCE = 1.0
"""Seconds to wait for the terminal to accept the first picture, before the toolkit is loaded all the same."""
_NOTHING = Frame(())
"""Stands for an unknown picture, so that the next picture is sent whole."""


class FirstPaint(NamedTuple):
    """The state, with its panes fitted to the screen, and the cells that show it."""

    state: State
    frame: Frame


class EarlyQuitError(Exception):
    """The reader has quit while the toolkit was loading. `state` is what was shown."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self.state = state


def compose(state: State, options: DisplayOptions, size: tuple[int, int]) -> FirstPaint:
    """Return the picture of a state on a terminal of this size, in columns and rows."""
    screen = options.screen(*size)
    state = fit_panes(state, screen)
    keys, lessons = foot_keys(state, options.commands), first_lessons(state.focus, options.commands)
    view = View(screen, keys, message=options.notice, lessons=lessons)
    lines = ScreenRenderer().lines(state, view)
    runs = (
        ((piece.text, resolve_style(options.theme, piece.style)) for piece in options.postprocess(line))
        for line in lines
    )
    frame = make_frame(runs, *size)
    return FirstPaint(state, frame._replace(cursor=cursor_cell(state, view, lines) if screen.linear else None))


@contextmanager
def paint(frame: Frame, able: Capabilities, asks: bool = False) -> Iterator[PaintedTerminal | None]:
    """Take the terminal and draw the first picture on it, for the driver to take over in the `with` block.

    With `asks`, the terminal is asked the questions that there are, if it is large enough for them. Yields None
    when no terminal can be taken; the driver then says so. An exception in the block gives the terminal back.
    """
    try:
        before, descriptor = tty.enter_raw_mode(), tty.open_output()
    except OSError:
        yield None
        return
    changes = SizeWatch()
    questions = QUESTIONS if asks and can_be_asked(frame.size) else ""
    asked_at = time.monotonic() if questions else 0.0
    try:
        shown = frame if _is_sent(descriptor, questions, frame, able) else _NOTHING
        yield PaintedTerminal(shown, before, is_resized=changes.has_changed, asked_at=asked_at)
    except BaseException:
        leave(before, able, asked_at)
        raise
    finally:
        tty.close_output(descriptor)


def leave(before: Attributes, able: Capabilities, asked_at: float = 0.0) -> None:
    """Give the terminal back as it was before. Raises nothing.

    `asked_at` is the time of questions that it has perhaps not answered yet, or 0.
    """
    with suppress(OSError):
        descriptor = tty.open_output()
        tty.write_last(descriptor, b"", tty.make_exit_sequence(able).encode(), _PATIENCE)
        tty.close_output(descriptor)
    if asked_at and tty.is_foreground():
        discard_answers(asked_at)
    tty.restore_attributes(before)


def _is_sent(descriptor: int, questions: str, frame: Frame, able: Capabilities) -> bool:
    """Send the questions and the picture, which covers them; return whether the terminal accepted all of it."""
    text = tty.ENTER + questions + encode_difference(None, frame, able)
    with suppress(OSError):
        return not send_pieces(descriptor, encode_pieces(text, able.encoding), _PATIENCE)
    return False
