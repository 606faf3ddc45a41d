"""Hints: letters on the links and rows on view. Typing the letters of a hint goes to what it leads to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dossier.core.dataclasses import NamedTuple
from dossier.core.ref import Ref
from dossier.ui.pane import Pane
from dossier.ui.render.flow import Line
from dossier.ui.render.hint_labels import make_hint_labels
from dossier.ui.state import State


class Hint(NamedTuple):
    """A label, where it is, and what it leads to.

    `row` is the row of the pane and `anchor` the number of the link in that row, both from 0. An `anchor` of -1 stands
    for the row itself.
    """

    label: str
    pane: str
    row: int
    anchor: int
    targets: tuple[Ref, ...]


def find_hints(state: State, shown: Sequence[str]) -> tuple[Hint, ...]:
    """Return a hint for everything on view in the panes `shown`, the pane with the cursor first."""
    order = sorted(shown, key=lambda name: name != state.focus)
    spots = [spot for name in order for spot in _spots(state.panes[name])]
    return tuple(
        Hint(label, name, row, anchor, targets)
        for label, (name, row, anchor, targets) in zip(make_hint_labels(len(spots)), spots, strict=True)
    )


def choose_hint(hints_shown: tuple[Hint, ...], typed: str) -> tuple[tuple[Hint, ...], tuple[Ref, ...]]:
    """Return the hints that are still shown after these letters, and the targets of the one that they choose, if any.

    Once a hint is chosen, or none has these letters, no hint is shown.
    """
    first = next((hint for hint in hints_shown if hint.label.startswith(typed)), None)
    if first is None:
        return (), ()
    return ((), first.targets) if first.label == typed else (hints_shown, ())


def labels_left(hints_shown: Sequence[Hint], pane: str, row: int, typed: str) -> Mapping[int, str]:
    """Return the labels on one entry, by the number of the link, without the letters that were typed already."""
    return {
        hint.anchor: hint.label[len(typed) :]
        for hint in hints_shown
        if hint.pane == pane and hint.row == row and hint.label.startswith(typed)
    }


def _spots(pane: Pane) -> Iterator[tuple[str, int, int, tuple[Ref, ...]]]:
    for position in pane.visible_positions():
        entry, drawn = pane.entries[position.row], pane.draw_row(position.row)
        line = position.line - len(drawn.head)
        if line == 0 and not pane.by_line:
            yield pane.name, position.row, -1, (entry.ref,)
        if line >= 0:
            # A label stands where its link begins, so a link that begins above the window has none.
            above = _numbers(drawn.lines[:line])
            for number in _numbers(drawn.lines[line : line + 1]):
                if number not in above:
                    yield pane.name, position.row, number, entry.anchors[number].targets


def _numbers(lines: Iterable[Line]) -> dict[int, None]:
    return dict.fromkeys(number for line in lines for piece in line for number in piece.anchors[-1:])
