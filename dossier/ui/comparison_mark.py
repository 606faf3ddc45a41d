"""The article or event that the reader marked to be compared, and how the top line of the screen shows it."""

from dossier.core.dataclasses import NamedTuple
from dossier.core.ref import Ref
from dossier.text.messages import abbreviate
from dossier.text.width import cut, width
from dossier.ui.render.flow import Line, Piece

_LEAST_NAME = 12
"""With fewer cells than this for a name, the top line does without it."""
_NAME = 28


class ComparisonMark(NamedTuple):
    """What was marked: its address, and its headline or what happened. It will be on the left unless `is_right`."""

    ref: Ref
    name: str
    is_right: bool = False

    @property
    def noun(self) -> str:
        """What must be chosen next."""
        return "event" if self.ref.kind == "event" else "article"

    @property
    def prompt(self) -> str:
        """The message that says what is marked, and what to do next."""
        return f"comparing “{abbreviate(self.name, _NAME)}” with …: c on another {self.noun}"


def mark_line(mark: ComparisonMark | None, cells: int) -> Line:
    """Return the words at the right end of a top line of `cells` cells; empty when nothing is marked."""
    if mark is None:
        return ()
    room = cells // 3 - width(" comparing “” ")
    words = f" comparing “{cut(mark.name, room)}” " if room >= _LEAST_NAME else " comparing "
    return (Piece(words if cells >= 3 * width(words) else " c ", "pin"),)
