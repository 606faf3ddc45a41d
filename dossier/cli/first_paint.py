"""Draw the first picture, which is the one that the toolkit would draw, before the toolkit is imported.

The terminal is put into raw mode here, so that keys typed meanwhile are neither echoed nor lost. The pane that is read
is sent by itself, and what is around it is drawn meanwhile. The driver then takes the terminal over as it is, and sends
only what differs from the first picture.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial

from dossier.config.theme import resolve_style
from dossier.core.dataclasses import NamedTuple
from dossier.terminal import tty
from dossier.terminal.capabilities import Capabilities
from dossier.terminal.diff import encode_difference
from dossier.terminal.frame import Frame, Row, make_frame, make_row
from dossier.terminal.pieces import encode_pieces, send_pieces
from dossier.terminal.questions import QUESTIONS, can_be_asked, discard_answers
from dossier.terminal.style import Style
from dossier.terminal.tty import Attributes, PaintedTerminal, SizeWatch
from dossier.ui.commands import first_lessons, foot_keys
from dossier.ui.layout import fit_panes
from dossier.ui.options import DisplayOptions
from dossier.ui.render.flow import Line, measure_line
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


class Composer:
    """Draws pictures of a state on a terminal of a size, in columns and rows. `state` has its panes fitted to that."""

    def __init__(self, state: State, options: DisplayOptions, size: tuple[int, int]) -> None:
        self.size, self._options = size, options
        self._screen = options.screen(*size)
        self._renderer = ScreenRenderer()
        self._begun: dict[int, tuple[Line, Row]] = {}
        self._resolve = cache(partial(resolve_style, options.theme))
        self.state = fit_panes(state, self._screen)

    def compose(self) -> Frame:
        """Return the whole picture."""
        state, options = self.state, self._options
        keys, lessons = foot_keys(state, options.commands), first_lessons(state.focus, options.commands)
        view = View(self._screen, keys, message=options.notice, lessons=lessons)
        lines = self._renderer.lines(state, view)
        cursor = cursor_cell(state, view, lines) if self._screen.linear else None
        return Frame(tuple(self._make_row(number, line) for number, line in enumerate(lines)), cursor)

    def iterate_parts(self) -> Iterator[Frame]:
        """Yield the picture of the pane that is read, in its place at the top left, and then the whole one.

        The first has no more columns and rows than that takes. What is read aloud is one picture.
        """
        if not self._screen.linear:
            name = self.state.focus if self.state.library else "article"
            top, lines = self._renderer.lines_of_pane(self.state, View(self._screen), name)
            width = max(map(measure_line, lines), default=0)
            # With a column to spare: where a terminal's cursor is after the last one, is not known.
            shown = (*[()] * top, *map(self._options.postprocess, lines))[: self.size[1]]
            part = make_frame(map(self._style, shown), min(self.size[0], width + 1), len(shown))
            begun = enumerate(zip(lines, part.rows[top:], strict=False), top)
            self._begun = {number: (line, row[:width]) for number, (line, row) in begun}
            yield part
        yield self.compose()

    def _make_row(self, number: int, line: Line) -> Row:
        """Return the row of the whole picture with this number, which the part that was drawn before may begin."""
        shown = self._options.postprocess(line)
        begun, row = self._begun.get(number, ((), ()))
        if begun and shown is line and line[: len(begun)] == begun:
            return row + make_row(self._style(line[len(begun) :]), self.size[0] - len(row))
        return make_row(self._style(shown), self.size[0])

    def _style(self, line: Line) -> Iterator[tuple[str, Style]]:
        return ((piece.text, self._resolve(piece.style)) for piece in line)


def compose(state: State, options: DisplayOptions, size: tuple[int, int]) -> FirstPaint:
    """Return the picture of a state on a terminal of this size, in columns and rows."""
    composer = Composer(state, options, size)
    return FirstPaint(composer.state, composer.compose())


@contextmanager
def paint(composer: Composer, able: Capabilities, asks: bool = False) -> Iterator[PaintedTerminal | None]:
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
    questions = QUESTIONS if asks and can_be_asked(composer.size) else ""
    asked_at = time.monotonic() if questions else 0.0
    is_muted = tty.mute_messages()
    try:
        shown = _send_parts(descriptor, questions, composer, able)
        yield PaintedTerminal(shown, before, is_resized=changes.has_changed, asked_at=asked_at, mutes_messages=is_muted)
    except BaseException:
        leave(before, able, asked_at, is_muted)
        raise
    finally:
        tty.close_output(descriptor)


def leave(before: Attributes, able: Capabilities, asked_at: float = 0.0, mutes_messages: bool = False) -> None:
    """Give the terminal back as it was before. Raises nothing.

    `asked_at` is the time of questions that it has perhaps not answered yet, or 0. `mutes_messages` is what
    `tty.mute_messages` returned.
    """
    with suppress(OSError):
        descriptor = tty.open_output()
        tty.write_last(descriptor, b"", tty.make_exit_sequence(able).encode(), _PATIENCE)
        tty.close_output(descriptor)
    if asked_at and tty.is_foreground():
        discard_answers(asked_at)
    tty.restore_attributes(before)
    if mutes_messages:
        tty.unmute_messages()


def _send_parts(descriptor: int, questions: str, composer: Composer, able: Capabilities) -> Frame:
    """Send the questions and the parts of the picture, which cover them, and return what is shown.

    That is `_NOTHING` when the terminal does not accept all of it.
    """
    before, leading, sent = None, tty.ENTER + questions, 0
    for frame in composer.iterate_parts():
        pieces = encode_pieces(leading + encode_difference(before, frame, able), able.encoding, sent)
        try:
            left = send_pieces(descriptor, pieces, _PATIENCE)
        except OSError:
            return _NOTHING
        if left:
            return _NOTHING
        before, leading, sent = frame.extend(*composer.size), "", sent + sum(map(len, pieces))
        # What is new fills blanks: nothing has moved.
        able = able._replace(scrolls=False)
    return before or _NOTHING
