"""One widget paints every part of the screen: lines of named styles become strips, and only changed rows are painted.

How a style looks stands in dossier.tcss and nowhere else; here it is a component class of the screen.
"""

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from dossier.drawing.flow import Line, Piece

STYLES = frozenset(
    (
        "ambiguous",
        "aside",
        "body",
        "caret",
        "chosen",
        "current",
        "cursor",
        "date",
        "dated",
        "flaw",
        "glyph",
        "group",
        "heading",
        "headline",
        "hint",
        "hit",
        "key",
        "label",
        "lit",
        "mention",
        "meta",
        "muted",
        "name",
        "native",
        "number",
        "open",
        "pin",
        "quoted",
        "rule",
        "said",
        "said-now",
        "subtitle",
        "tab",
        "term",
        "where",
    )
)
"""Every name that `drawing` and `reading` give to a style.

They are component classes of the screen, not of every widget: the toolkit looks all of them up anew for each widget
that has them, whenever the pane with the cursor changes.
"""


class Lines(Widget, can_focus=False):
    """Lines of pieces, from the top; what is missing below stays blank."""

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._shown: tuple[Line, ...] = ()
        self._styles_by_name: dict[str, Style] = {}

    @property
    def shown(self) -> tuple[Line, ...]:
        """The lines on the screen now."""
        return self._shown

    def show(self, lines: tuple[Line, ...]) -> None:
        """Show these lines; only rows that differ are painted anew."""
        before, self._shown = self._shown, lines
        changed = [
            row
            for row in range(max(len(before), len(lines)))
            if (before[row] if row < len(before) else None) != (lines[row] if row < len(lines) else None)
        ]
        if changed:
            self.refresh(*(Region(0, row, self.content_size.width, 1) for row in changed))

    def notify_style_update(self) -> None:
        """The style sheet changed: what was looked up is void."""
        self._styles_by_name.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """One row of the content."""
        ground = self.rich_style
        cells = self.content_size.width
        if y >= len(self._shown):
            return Strip.blank(cells, ground)
        segments = [Segment(piece.text, ground + self._style(piece)) for piece in self._shown[y]]
        return Strip(segments).adjust_cell_length(cells, ground)

    def _style(self, piece: Piece) -> Style:
        if piece.style not in self._styles_by_name:
            style = Style.null()
            for name in piece.style.split():
                style += self.screen.get_component_rich_style(name, partial=True)
            self._styles_by_name[piece.style] = style
        return self._styles_by_name[piece.style]
