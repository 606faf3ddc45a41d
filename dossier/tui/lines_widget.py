"""Widget that paints the whole screen, and of that only changed rows.

Rows go to the driver as cells if it takes them: writing them with Textual, and reading that again, would take longer
than all else that follows a key. Textual asks for rows only where it paints the screen by itself, as after a change of
size, and with another driver. The theme defines how a style looks. This module only converts it to what is asked for.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import Protocol, runtime_checkable

from rich.color import Color
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from dossier.config.theme import Theme, resolve_style
from dossier.terminal.frame import Row, make_row
from dossier.terminal.style import BLINK, BOLD, DIM, ITALIC, REVERSE, STRIKE, UNDERLINE, Colour, Style
from dossier.tui.internals import get_driver
from dossier.ui.render.boxes import fill_line, slice_line
from dossier.ui.render.flow import Line

_PICTURE_SECONDS = 0.03
"""Seconds between two pictures of a transition."""
_STYLES_KEPT = 1024
_ROWS_KEPT = 256
"""Rows of cells that are kept: those of the last pictures, to some of which the reader soon comes back."""


@runtime_checkable
class RowDriver(Protocol):
    """A driver that can be given rows of cells."""

    @property
    def takes_rows(self) -> bool:
        """Whether it takes rows now."""

    def paint_rows(self, rows: Mapping[int, Row], cursor: tuple[int, int]) -> None:
        """Paint rows, by their 0-based numbers, and send the screen with its cursor at this row and column."""


class Lines(Widget, can_focus=False):
    """Widget that shows lines from the top; rows below the last line are blank."""

    class Pointed(Message):
        """Message that the mouse was pressed at a 0-based row and column, or its wheel turned by `lines` lines."""

        def __init__(self, row: int, column: int, lines: int = 0) -> None:
            super().__init__()
            self.row, self.column, self.lines = row, column, lines

    class Unsent(Message, bubble=False):
        """Message of the widget to itself that rows have changed."""

    def __init__(self, theme: Theme, finished: Callable[[Line], Line]) -> None:
        super().__init__()
        self._style_of, self._finished = _make_resolver(theme), finished
        self._row_of = lru_cache(_ROWS_KEPT)(self._make_row)
        self._shown: tuple[Line, ...] = ()
        self._coming: Timer | None = None
        # Rows that the driver is to be given in a moment.
        self._unsent: set[int] = set()

    @property
    def shown(self) -> tuple[Line, ...]:
        """The lines that are on the screen now."""
        return self._shown

    def use_theme(self, theme: Theme) -> None:
        """Show everything in another theme."""
        self._style_of = _make_resolver(theme)
        self.paint_all()

    def use_postprocess(self, finished: Callable[[Line], Line]) -> None:
        """Show everything as `finished` returns it."""
        self._finished = finished
        self.paint_all()

    def paint_all(self) -> None:
        """Paint every row afresh, since a row looks otherwise than before although its line is the same."""
        self._row_of.cache_clear()
        self._send(range(self.size.height))

    def repaint(self, row: int) -> None:
        """Paint a row, although it is as before, so that a picture goes out in which the terminal's cursor is there."""
        self._send((row,))

    def show(self, lines: tuple[Line, ...], through: Sequence[tuple[Line, ...]] = ()) -> None:
        """Show the lines, after the pictures in `through` one by one. Only rows that differ are repainted."""
        if self._coming:
            self._coming.stop()
        now, *rest = *through, lines
        self._coming = self.set_timer(_PICTURE_SECONDS, lambda: self.show(lines, rest[:-1])) if rest else None
        self._paint(now)

    def _paint(self, lines: tuple[Line, ...]) -> None:
        before, self._shown = self._shown, lines
        changed = [
            row
            for row in range(max(len(before), len(lines)))
            if (before[row] if row < len(before) else None) != (lines[row] if row < len(lines) else None)
        ]
        if changed:
            self._send(changed)

    def _send(self, rows: Sequence[int]) -> None:
        """Have rows painted, after the keys that are there already: these need no pictures of their own."""
        if self._row_driver is None:
            self.refresh(*(Region(0, row, self.size.width, 1) for row in rows))
            return
        if not self._unsent:
            self.post_message(self.Unsent())
        self._unsent.update(rows)

    def on_lines_unsent(self) -> None:
        """Give the driver the rows that have changed."""
        rows, self._unsent = self._unsent, set()
        at, cells = self.app.cursor_position, self.size.width
        lines = ((row, self._shown[row] if row < len(self._shown) else ()) for row in rows)
        if driver := self._row_driver:
            driver.paint_rows({row: self._row_of(line, cells) for row, line in lines}, (at.y, at.x))

    @property
    def _row_driver(self) -> RowDriver | None:
        driver = get_driver(self.app)
        return driver if isinstance(driver, RowDriver) and driver.takes_rows else None

    def _make_row(self, line: Line, cells: int) -> Row:
        runs = ((text, self._style_of(style)) for text, style, _ in self._finished(line))
        return make_row(runs, cells, self._style_of(""))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Post a message for a press."""
        self.post_message(self.Pointed(event.y, event.x))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Post a message for one line down."""
        self.post_message(self.Pointed(event.y, event.x, 1))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Post a message for one line up."""
        self.post_message(self.Pointed(event.y, event.x, -1))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return rows of the screen as they are now: Textual does not know which have changed since it last asked."""
        strips = [self.render_line(row).crop(*crop.column_span) for row in crop.line_range]
        for shade in self.get_line_filters():
            strips = [strip.apply_filter(shade, self.background_colors[1]) for strip in strips]
        return strips

    def render_line(self, y: int) -> Strip:
        """Return row `y` of the screen."""
        cells = self.size.width
        if y >= len(self._shown):
            return Strip.blank(cells, to_rich_style(self._style_of("")))
        line = fill_line(slice_line(self._finished(self._shown[y]), 0, cells), cells)
        segments = [Segment(piece.text, to_rich_style(self._style_of(piece.style))) for piece in line]
        # The toolkit has other widths of its own. It neither measures nor cuts a row that is as long as the screen.
        return Strip(segments, cells)


def _make_resolver(theme: Theme) -> Callable[[str], Style]:
    """Return a function that returns the style for style names in this theme."""
    return lru_cache(_STYLES_KEPT)(partial(resolve_style, theme))


@cache
def to_rich_style(look: Style) -> RichStyle:
    """Return the style as Rich, and so Textual, represents it."""
    return RichStyle(
        color=_colour(look.foreground),
        bgcolor=_colour(look.background),
        bold=bool(look.attributes & BOLD),
        dim=bool(look.attributes & DIM),
        italic=bool(look.attributes & ITALIC),
        underline=bool(look.attributes & UNDERLINE),
        blink=bool(look.attributes & BLINK),
        reverse=bool(look.attributes & REVERSE),
        strike=bool(look.attributes & STRIKE),
        link=look.link or None,
    )


def _colour(colour: Colour) -> Color:
    if colour is None:
        return Color.default()
    return Color.from_ansi(colour) if isinstance(colour, int) else Color.from_rgb(*colour)
