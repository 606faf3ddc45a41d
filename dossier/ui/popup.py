"""A popup over the panes (a card, a choice, findings, help) as an immutable value: a list to choose an entry from."""

from collections.abc import Sequence

from dossier.core.dataclasses import dataclass, replace
from dossier.core.entry import Entry
from dossier.core.matcher import match
from dossier.core.query import parse_terms
from dossier.core.ref import Ref
from dossier.core.term_places import Spans
from dossier.core.views.card import SENTENCE
from dossier.text.width import width
from dossier.ui.entry_list import as_listing
from dossier.ui.line_edit import LineEdit, edit_line, insert_text, types_text
from dossier.ui.pane import Pane
from dossier.ui.render.entry_style import EntryLook
from dossier.ui.render.flow import Line, Piece
from dossier.ui.render.rows import LABEL_CELLS
from dossier.ui.viewport import Position

POPUP_CELLS = 90
GO = "go"
"""The purpose of a list of places, and of a card."""
NOTES = "go or edit"
"""The purpose of the list of notes."""
DECIDE = "go or decide"
"""The purpose of the entries of which a reader decides whether they are the same person."""
SET_APART = "Set apart"
"""The heading above those who were set apart."""
PROBLEMS = "go or correct"
"""The purpose of the list of problems."""
_STEPS = {
    **dict.fromkeys(("j", "down", "tab", "ctrl+n"), 1),
    **dict.fromkeys(("k", "up", "shift+tab", "ctrl+p"), -1),
}
_PAGES = {
    **dict.fromkeys(("d", "ctrl+d", "pagedown", "ctrl+f"), 1),
    **dict.fromkeys(("u", "ctrl+u", "pageup", "ctrl+b"), -1),
}
_WHILE_TYPING = ("down", "up", "ctrl+n", "ctrl+p", "pagedown", "pageup", "tab", "shift+tab")
"""The keys that move the cursor while a filter is typed."""
_EDGES = {"g": False, "home": False, "G": True, "end": True}


@dataclass(frozen=True)
class Popup:
    """A list of entries to choose from.

    `purpose` says what is done with the chosen entry. Only the entries that match the filter `line` are shown; while
    `is_filtering`, it is being typed, and letters do not move the cursor. `keys` has a key for each entry that chooses
    it at once; Enter chooses the entry that the cursor is on. `asked` is the id of the row that a second press of the
    same key deletes, or "". `below` is the popup that is there again when this one is closed.
    """

    purpose: str
    title: str
    entries: tuple[Entry, ...]
    pane: Pane
    is_filtering: bool = False
    line: LineEdit = LineEdit()
    keys: tuple[str, ...] = ()
    asked: str = ""
    below: "Popup | None" = None

    @property
    def chosen(self) -> Entry | None:
        """The entry that Enter chooses; None when no entry is shown."""
        return self.pane.entry


def open_popup(
    purpose: str,
    title: str,
    entries: Sequence[Entry],
    at: int = 0,
    keys: tuple[str, ...] = (),
) -> Popup:
    """Return a popup with these entries, and the cursor on the entry in row `at`, from 0."""
    entries = _align_labels(entries)
    pane = Pane("popup", as_listing(entries)).move_to_edge(last=False).move(at)
    return Popup(purpose, title, tuple(entries), pane, keys=keys)


def entry_for_key(popup: Popup, key: str) -> Entry | None:
    """Return the entry that the key chooses; None when it chooses none."""
    if key in popup.keys:
        return popup.entries[popup.keys.index(key)]
    return popup.chosen if key == "enter" else None


def closes_popup(popup: Popup, key: str) -> bool:
    """Return whether the key closes the popup without a choice. A filter is taken away first."""
    if key in popup.keys or popup.is_filtering or (popup.line.text and key == "escape"):
        return False
    if key == "space":
        return popup.purpose != PROBLEMS
    return key in ("escape", "ctrl+c", "q", "backspace") or (key == "question_mark" and is_help(popup))


def chooses_entry(popup: Popup, key: str) -> bool:
    """Return whether the key chooses the entry that the cursor is on. While a filter is typed, none does."""
    return key == "enter" and not popup.is_filtering


def takes_filter(popup: Popup) -> bool:
    """Return whether the entries can be filtered: not where entries have keys, or all of them are decided about."""
    return not popup.keys and popup.purpose != DECIDE


def is_help(popup: Popup) -> bool:
    """Return whether the popup is the help."""
    return popup.purpose == "run"


def press_popup_key(popup: Popup, key: str, character: str, by_row: bool = False) -> Popup:
    """Return the popup after a key that neither chooses an entry nor closes the popup.

    The same object is returned for a key that does nothing in a popup.
    `character` is the character that the key types, or "". With `by_row` no row is passed over, as where rows are read
    aloud.
    """
    if popup.is_filtering and key not in _WHILE_TYPING:
        return _typed(popup, key, character)
    if key == "slash" and takes_filter(popup):
        return replace(popup, is_filtering=True)
    if key == "escape":
        return filter_popup(popup, "")
    pane = popup.pane
    if key in _STEPS:
        passes = popup.purpose == GO and not by_row
        pane = _step_to_place(pane, _STEPS[key]) if passes else pane.move(_STEPS[key])
    elif key in _PAGES:
        pane = pane.move_page(_PAGES[key] * max(1, pane.rows - 1))
    elif key in _EDGES:
        pane = pane.move_to_edge(_EDGES[key])
    else:
        return popup
    return replace(popup, pane=pane)


def _step_to_place(pane: Pane, count: int) -> Pane:
    """Return the pane with the cursor on the next row that leads somewhere (`count` 1), or on the one before (-1).

    Only rows that are wholly on view are passed over; where there are others, it is moved by one row.
    """
    seen, row = frozenset(pane.visible_positions()), pane.cursor.row + count
    while 0 <= row < len(pane.entries) and all(Position(row, line) in seen for line in range(pane.row_height(row))):
        entry = pane.entries[row]
        if entry.ref.article or entry.anchors:
            return pane.move(row - pane.cursor.row)
        row += count
    return pane.move(count) if 0 <= row < len(pane.entries) else pane


def change_rows(popup: Popup, entries: Sequence[Entry], at: Ref | None = None) -> Popup:
    """Return the popup with other entries, and the cursor on the entry at `at`; without it, on the same entry."""
    pane = popup.pane.with_entries(as_listing(entries))
    return replace(popup, entries=tuple(entries), pane=pane.move_to(at) if at else pane)


def renew_popup(popup: Popup, title: str, entries: Sequence[Entry], at: int) -> Popup:
    """Return the popup with another title and other entries, under the same filter.

    The cursor is on the entry in row `at`, or on the next one that the filter shows.
    """
    query, made = parse_terms(popup.line.text), open_popup(popup.purpose, title, entries, keys=popup.keys)
    kept = [row for row, entry in enumerate(made.entries) if match(query, entry)]
    pane = replace(popup.pane, entries=()).with_entries(tuple([made.entries[row] for row in kept]))
    here = next((number for number, row in enumerate(kept) if row >= at), len(kept) - 1)
    return replace(popup, title=title, entries=made.entries, pane=pane.move(here - pane.cursor.row) if kept else pane)


def filter_popup(popup: Popup, text: str) -> Popup:
    """Return the popup with only the entries that match `text`; with all of them for ""."""
    return _narrowed(replace(popup, line=insert_text(LineEdit(), text), is_filtering=False))


def paste_in_popup(popup: Popup, text: str) -> Popup:
    """Return the popup with `text` inserted into its filter; unchanged while no filter is typed."""
    return _narrowed(replace(popup, line=insert_text(popup.line, text))) if popup.is_filtering else popup


def _typed(popup: Popup, key: str, character: str) -> Popup:
    """Return the popup after a key while its filter is typed."""
    if key == "enter":
        return replace(popup, is_filtering=False)
    if key in ("escape", "ctrl+c") or (key in ("backspace", "ctrl+h") and not popup.line.text):
        return filter_popup(popup, "")
    line = edit_line(popup.line, key) or (insert_text(popup.line, character) if types_text(character) else None)
    return _narrowed(replace(popup, line=line)) if line else popup


def fit_popup(popup: Popup, cells: int, rows: int, around: int = 4) -> Popup:
    """Return the popup in a size that fits a screen of `cells` columns and `rows` rows.

    It is as wide as is easy to read and as high as its entries need, but leaves at least `around` rows free.
    """
    pane = popup.pane.resize(max(1, min(cells - 5, POPUP_CELLS)), max(1, rows - around))
    wanted = 0
    for row in range(len(pane.entries)):
        wanted += pane.row_height(row)
        if wanted >= pane.rows:
            break
    return replace(popup, pane=pane.resize(pane.cells, min(max(wanted, 1), pane.rows)))


def popup_lines(popup: Popup) -> tuple[Line, ...]:
    """Return the lines of the popup that are on view."""
    pane, query = popup.pane, parse_terms(popup.line.text)

    def look(row: int) -> EntryLook:
        entry = pane.entries[row]
        hit = match(query, entry) if query.terms else None
        hits = hit.spans if hit else _evidence_spans(entry)
        return EntryLook(cursor_line=pane.line if row == pane.cursor.row else -1, hits=hits)

    return pane.lines(look) if len(pane.entries) else ((Piece(" no match", "muted"),),)


def _evidence_spans(entry: Entry) -> Spans:
    """Return the spans of the words that prove something in a sentence of a card; none where that is all of it."""
    if not any(part.name == SENTENCE for part in entry.parts):
        return ()
    whole = len(entry.parts[0].text) + 1, len(entry.text)
    return tuple((one.start, one.end) for one in entry.anchors if (one.start, one.end) != whole)


def _align_labels(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Return the entries so that their texts begin in one column.

    Beside a label that fills the column, which has its text a cell further on, the others are filled up to its width.
    """
    labels = [entry.parts[0] for entry in entries if entry.parts[0].name == "label"]
    if not any(width(label.text) == LABEL_CELLS for label in labels):
        return entries
    return [_fill_label(entry) if entry.parts[0].name == "label" else entry for entry in entries]


def _fill_label(entry: Entry) -> Entry:
    label, *rest = entry.parts
    missing = max(0, LABEL_CELLS - width(label.text))
    parts = (label._replace(text=label.text + " " * missing), *rest)
    anchors = [one._replace(start=one.start + missing, end=one.end + missing) for one in entry.anchors]
    return replace(entry, parts=parts, anchors=tuple(anchors))


def _narrowed(popup: Popup) -> Popup:
    query = parse_terms(popup.line.text)
    kept = tuple(entry for entry in popup.entries if match(query, entry))
    return replace(popup, pane=replace(popup.pane, entries=()).with_entries(kept))
