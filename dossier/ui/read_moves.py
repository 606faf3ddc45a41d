"""What is said with --linear where no line changes: a move within the line, and the links to choose from.

Letters over the links would break the words of the line, and only those on the line at the cursor could be heard. So
the links of this line, or in a list of this entry, are named in a message instead.
"""

from collections.abc import Iterable
from typing import Final

from dossier.core.entry import Entry
from dossier.text.messages import join_fields
from dossier.text.width import cut
from dossier.ui.hints import Hint
from dossier.ui.pane import Pane
from dossier.ui.render.hint_labels import make_hint_labels
from dossier.ui.selection import Selection
from dossier.ui.state import State

_WORDS_CELLS: Final = 40
"""The most cells of text that are said of what is selected, and from a hit on."""


def moved_words(before: State, after: State) -> str:
    """Return what the cursor has come to within its line: the words of a link, the text from a hit on, a selected word.

    After any other move the result is "": then another line is said.
    """
    was, now = before.pane, after.pane
    entry = now.entry
    if entry is None or before.focus != after.focus or was.entry != entry or was.cursor != now.cursor:
        return ""
    if before.selection or after.selection:
        return _selected_words(entry, before.selection, after.selection)
    if now.link_number is not None and now.link_number != was.link_number:
        return _link_words(entry, now.link_number)
    hit = after.find.hit
    if hit is None or hit[0] != entry.ref or before.find.query != after.find.query or before.find.hit == hit:
        return ""
    return _cut_words(entry, hit[1][0], len(entry.text))


def find_spoken_hints(state: State) -> tuple[Hint, ...]:
    """Return a hint for each link of the line at the cursor, in a list for each of the entry at the cursor."""
    pane, entry = state.pane, state.pane.entry
    if entry is None:
        return ()
    numbers = list(dict.fromkeys(_numbers_at_cursor(pane)))
    labels = zip(make_hint_labels(len(numbers)), numbers, strict=True)
    row = pane.cursor.row
    return tuple(Hint(label, pane.name, row, number, entry.anchors[number].targets) for label, number in labels)


def hint_words(state: State, hints: Iterable[Hint]) -> str:
    """Return what is said of the hints on the entry at the cursor: the letters of each, and the words of its link."""
    entry = state.pane.entry
    named = [f"{hint.label}: {_link_words(entry, hint.anchor)}" for hint in hints] if entry else []
    return " · ".join([*named, "Esc cancels"]) if named else "no links here"


def _numbers_at_cursor(pane: Pane) -> Iterable[int]:
    lines = pane.draw_row(pane.cursor.row).lines
    for line in lines[pane.line : pane.line + 1] if pane.by_line else lines:
        for piece in line:
            yield from piece.anchors[-1:]


def _selected_words(entry: Entry, before: Selection | None, after: Selection | None) -> str:
    if after is None:
        return "nothing selected"
    if before is None:
        return f"selecting: {_cut_words(entry, *after.span)}"
    return _cut_words(entry, *after.head) if before.head != after.head else ""


def _cut_words(entry: Entry, start: int, end: int) -> str:
    return cut(join_fields(entry.text[start:end]), _WORDS_CELLS)


def _link_words(entry: Entry, number: int) -> str:
    anchor = entry.anchors[number]
    return " ".join(entry.text[anchor.start : anchor.end].split())
