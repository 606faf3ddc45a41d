"""A pane on the screen: a frame with a title, and the lines of the part of its entries that is on view."""

from collections.abc import Sequence

from textual.content import Content
from textual.message import Message

from dossier.reading.frame import empty, title
from dossier.reading.hinting import Hint, letters
from dossier.reading.room import Room, look
from dossier.reading.tallies import under_title
from dossier.ref import Ref
from dossier.tui.lines import Lines

_FEW = 500


class PaneView(Lines):
    """One pane of the room, drawn anew from the room whenever that changes."""

    class Resized(Message):
        """The pane has another size, in cells and rows of its content."""

        def __init__(self, name: str, cells: int, rows: int) -> None:
            super().__init__()
            self.pane, self.cells, self.rows = name, cells, rows

    def __init__(self, pane: str) -> None:
        super().__init__(id=pane, classes="pane")
        self.pane = pane
        self._heading = self._below = ""
        self._drawn: tuple[object, ...] = ()

    def on_resize(self) -> None:
        """Tell the screen the new size."""
        self.post_message(self.Resized(self.pane, self.content_size.width, self.content_size.height))

    def show_room(self, room: Room, shining: frozenset[Ref], hints: Sequence[Hint], typed: str) -> None:
        """Draw what the room says of this pane: what is lit (`shining`), and hints without what is `typed` of them."""
        heading = title(room, self.pane, max(1, self.size.width - 4))
        if heading != self._heading:
            # Setting a title paints the whole pane anew, even with the same words.
            self._heading = heading
            self.border_title = Content(heading)
        below = under_title(room, self.pane)
        if below != self._below:
            self._below = below
            self.border_subtitle = Content(below)
        pane = room.panes[self.pane]
        if not len(pane.entries):
            self._drawn = ()
            self.show((empty(room, self.pane),))
            return
        drawn = self._depends(room, shining, hints, typed)
        if len(drawn) == len(self._drawn) and all(map(same, drawn, self._drawn)):
            return
        self._drawn = drawn
        self.show(pane.lines(lambda row: look(room, pane, row, shining, letters(hints, self.pane, row, typed))))

    def _depends(self, room: Room, shining: frozenset[Ref], hints: Sequence[Hint], typed: str) -> tuple[object, ...]:
        """All that the lines of this pane depend on; what is not replaced but grows, as far as it is on view."""
        pane = room.panes[self.pane]
        known = min(len(pane.entries), pane.top.row + pane.rows + 1)
        state = (self.pane == room.focus, known, typed, self.content_size)
        return (pane, pane.entries, room.hits, room.query, room.hit, room.faults, hints, shining, state)


def same(one: object, other: object) -> bool:
    """Whether two things are one, or equal values that are quickly compared."""
    return one is other or (isinstance(one, tuple | frozenset) and len(one) < _FEW and one == other)
