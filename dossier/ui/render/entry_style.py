"""The visual state of an entry (cursor, highlight, hits, hints), kept apart from the entry so that drawing is pure."""

from collections.abc import Mapping

from dossier.core.dataclasses import dataclass, field
from dossier.core.entry import Entry
from dossier.core.ref import Ref
from dossier.ui.render.flow import Piece, StyleMark
from dossier.ui.render.narrow_signs import choose_one_cell_sign

CURSOR_SIGN = "▌"
HIGHLIGHT_SIGN = "•"
MARK_SIGN, NOTE_SIGN = "⚑", "✎"
"""The signs in the margin of what the reader has marked, or written a note on."""

NoteSigns = tuple[tuple[int, str], ...]
"""The signs of the notes on an entry, each with the 0-based offset of the words that the note is on, in order."""


@dataclass(frozen=True)
class EntryLook:
    """The visual state of one entry.

    highlighted    the entries and spans that are highlighted as linked to the one with the cursor
    cursor_line    the 0-based line of the entry with the cursor, or -1
    is_by_line     whether the cursor marks that line only, rather than all lines of the entry
    chosen_link    the number of the link with the cursor, if any
    hits           the spans of the entry's text that were found
    current_hit    the current one of these, if any
    hint_letters   the hint letters, by the number of the link; -1 for the entry itself
    problem_mark   the mark of what the checker found in this entry, or ""
    is_open        whether this is the row of the open article in a list of articles
    note_signs     the signs of the reader's notes on this entry
    selected       the span of the entry's text that is selected, if any
    selected_end   the end of it that the next key moves, as a span
    """

    highlighted: frozenset[Ref] = frozenset()
    cursor_line: int = -1
    is_by_line: bool = False
    chosen_link: int | None = None
    hits: tuple[tuple[int, int], ...] = ()
    current_hit: tuple[int, int] | None = None
    hint_letters: Mapping[int, str] = field(default_factory=dict)
    problem_mark: str = ""
    is_open: bool = False
    note_signs: NoteSigns = ()
    selected: tuple[int, int] | None = None
    selected_end: tuple[int, int] | None = None

    @property
    def note_sign(self) -> str:
        """The sign of the notes for an entry that has room for one: that of a note with text if there is one."""
        return max((sign for _, sign in self.note_signs), key=NOTE_SIGN.__eq__, default="")

    def __hash__(self) -> int:
        """Return a hash of the fields that differ most often, since drawn entries are cached by their state."""
        return hash((self.highlighted, self.cursor_line, self.chosen_link, self.hits, self.selected_end))


PLAIN_LOOK = EntryLook()

NAMED_KINDS = ("person", "org", "place")
_STYLES = {"quote": "quoted", "event": "dated", "term": "term", "document": "term", "media": "term"}


def make_marks(entry: Entry, look: EntryLook) -> list[StyleMark]:
    """Return the styles laid over the entry's text: first its links, then the hits, then what is selected."""
    laid = []
    for number, anchor in enumerate(entry.anchors):
        named = [target for target in anchor.targets if target.kind in NAMED_KINDS]
        style = "ambiguous" if len(named) > 1 else _STYLES.get(anchor.targets[0].kind, "mention")
        if entry.ref.with_span(anchor.start, anchor.end) in look.highlighted:
            style += " lit"
        if number == look.chosen_link:
            style += " chosen"
        laid.append(StyleMark(anchor.start, anchor.end, style, number))
    laid += [
        StyleMark(start, end, "hit current" if (start, end) == look.current_hit else "hit") for start, end in look.hits
    ]
    selected = ((look.selected, "selected"), (look.selected_end, "selected-end"))
    return laid + [StyleMark(*span, style) for span, style in selected if span]


def is_highlighted(entry: Entry, look: EntryLook) -> bool:
    """Return whether the entry, or any link in its text, is highlighted."""
    if entry.ref in look.highlighted:
        return True
    return any(entry.ref.with_span(anchor.start, anchor.end) in look.highlighted for anchor in entry.anchors)


def make_marker(look: EntryLook, line: int, lit: bool) -> Piece:
    """Return the first cell of a line: the cursor's bar, the dot of a highlighted entry, or the mark of a problem."""
    if look.cursor_line == line or (not look.is_by_line and look.cursor_line >= 0):
        return Piece(CURSOR_SIGN, "cursor")
    if line == 0 and lit:
        return Piece(choose_one_cell_sign(HIGHLIGHT_SIGN), "lit")
    return Piece(look.problem_mark, "flaw") if line == 0 and look.problem_mark else Piece(" ")


def make_note_sign(look: EntryLook) -> Piece:
    """Return the cell for the sign of the reader's notes on an entry; a blank when it has none."""
    return Piece(look.note_sign, "note") if look.note_sign else Piece(" ")
