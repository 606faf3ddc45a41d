"""A popup over the panes (a card, a choice, findings, help) as an immutable value: a list to choose an entry from."""

from collections.abc import Sequence

from dossier.core.dataclasses import dataclass, replace
from dossier.core.entry import Entry
from dossier.core.matcher import Spans, match
from dossier.core.query import parse_terms
from dossier.core.views.card import SENTENCE
from dossier.ui.entry_list import as_listing
from dossier.ui.line_edit import LineEdit, edit_line, insert_text
from dossier.ui.pane import Pane
from dossier.ui.render.entry_style import EntryLook
from dossier.ui.render.flow import Line, Piece

SHEET_CELLS = 90
_STEPS = {"j": 1, "down": 1, "tab": 1, "k": -1, "up": -1, "shift+tab": -1}
_PAGES = {"d": 1, "pagedown": 1, "ctrl+f": 1, "u": -1, "pageup": -1, "ctrl+b": -1}
_EDGES = {"g": False, "home": False, "G": True, "end": True}


@dataclass(frozen=True)
class Popup:
    """A list of entries to choose from.

    `purpose` says what is done with the chosen entry. With `narrows` only the entries that match the typed `line` are
    shown, and letters do not move the cursor. `keys` has a key for each entry that chooses it at once; Enter chooses
    the entry that the cursor is on.
    """

    purpose: str
    title: str
    entries: tuple[Entry, ...]
    pane: Pane
    narrows: bool = False
    line: LineEdit = LineEdit()
    keys: tuple[str, ...] = ()

    @property
    def chosen(self) -> Entry | None:
        """The entry that Enter chooses; None when no entry is shown."""
        return self.pane.entry


def open_popup(
    purpose: str,
    title: str,
    entries: Sequence[Entry],
    narrows: bool = False,
    at: int = 0,
    keys: tuple[str, ...] = (),
) -> Popup:
    """Return a popup with these entries, and the cursor on the entry in row `at`, from 0."""
    pane = Pane("sheet", as_listing(entries)).move_to_edge(last=False).move(at)
    return Popup(purpose, title, tuple(entries), pane, narrows, keys=keys)


def entry_for_key(sheet: Popup, key: str) -> Entry | None:
    """Return the entry that the key chooses; None when it chooses none."""
    if key in sheet.keys:
        return sheet.entries[sheet.keys.index(key)]
    return sheet.chosen if key == "enter" else None


def closes_popup(sheet: Popup, key: str) -> bool:
    """Return whether the key closes the popup without a choice."""
    if key in sheet.keys:
        return False
    return key in ("escape", "ctrl+c") or (not sheet.narrows and key in ("q", "space", "backspace"))


def press_popup_key(sheet: Popup, key: str, character: str) -> Popup:
    """Return the popup after a key that neither chooses an entry nor closes the popup.

    `character` is the character that the key types, or "".
    """
    if sheet.narrows and key in ("down", "up", "pagedown", "pageup", "tab", "shift+tab"):
        pass
    elif sheet.narrows:
        line = edit_line(sheet.line, key) or (
            insert_text(sheet.line, character) if character.isprintable() else sheet.line
        )
        return _narrowed(replace(sheet, line=line))
    pane = sheet.pane
    if key in _STEPS:
        pane = pane.move(_STEPS[key])
    elif key in _PAGES:
        pane = pane.move_page(_PAGES[key] * max(1, pane.rows - 1))
    elif key in _EDGES:
        pane = pane.move_to_edge(_EDGES[key])
    return replace(sheet, pane=pane)


def fit_popup(sheet: Popup, cells: int, rows: int, around: int = 4) -> Popup:
    """Return the popup in a size that fits a screen of `cells` columns and `rows` rows.

    It is as wide as is easy to read and as high as its entries need, but leaves at least `around` rows free.
    """
    pane = sheet.pane.resize(max(1, min(cells - 5, SHEET_CELLS)), max(1, rows - around))
    wanted = 0
    for row in range(len(pane.entries)):
        wanted += pane.row_height(row)
        if wanted >= pane.rows:
            break
    return replace(sheet, pane=pane.resize(pane.cells, min(max(wanted, 1), pane.rows)))


def popup_lines(sheet: Popup) -> tuple[Line, ...]:
    """Return the lines of the popup that are on view."""
    pane, query = sheet.pane, parse_terms(sheet.line.text)

    def look(row: int) -> EntryLook:
        entry = pane.entries[row]
        hit = match(query, entry) if query.terms else None
        hits = hit.spans if hit else _evidence_spans(entry)
        return EntryLook(cursor_line=pane.line if row == pane.cursor.row else -1, hits=hits)

    return pane.lines(look) if len(pane.entries) else ((Piece(" nothing matches", "muted"),),)


def _evidence_spans(entry: Entry) -> Spans:
    """Return the spans of the words that prove something in a sentence of a card; none where that is all of it."""
    if not any(part.name == SENTENCE for part in entry.parts):
        return ()
    whole = len(entry.parts[0].text) + 1, len(entry.text)
    return tuple((one.start, one.end) for one in entry.anchors if (one.start, one.end) != whole)


def _narrowed(sheet: Popup) -> Popup:
    query = parse_terms(sheet.line.text)
    kept = tuple(entry for entry in sheet.entries if match(query, entry))
    return replace(sheet, pane=replace(sheet.pane, entries=()).with_entries(kept))
