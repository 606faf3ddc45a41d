"""Where only one pane fits, a few rows below it say what is lit in the others, best first."""

from collections.abc import Iterable

from dossier.core.entry import Entry
from dossier.core.views.labels import STATUS_GLYPHS, quote_glyph
from dossier.core.views.panes import PANES
from dossier.text.width import cut, width
from dossier.ui.chrome import facts
from dossier.ui.counts import found_words, scope_words
from dossier.ui.highlight import wide
from dossier.ui.library_scope import SHELF
from dossier.ui.pane import Pane
from dossier.ui.render.flow import Line, Piece, clipped
from dossier.ui.state import Room, lit, said_by

_RANKS = {"person": 0, "org": 0, "place": 0, "source": 0, "quote": 1, "event": 2}


def lit_elsewhere(room: Room) -> tuple[Entry, ...]:
    """The lit entries of the other panes: what the cursor names and its words, then persons, quotes, events, text."""
    shining = {ref.entry for ref in lit(room)}
    meant, own = set(room.meant), said_by(room)
    panes = [room.panes[name] for name in PANES if name != room.focus]
    # Of a pane that ranges over many articles only what is on view is lit.
    found = [
        entry
        for pane in panes
        for entry in ((pane.entries[row] for row in _rows_on_view(pane)) if wide(pane) else pane.entries)
        if entry.ref in shining
    ]
    return tuple(
        sorted(found, key=lambda entry: (entry.ref not in meant, entry.ref not in own, _RANKS.get(entry.ref.kind, 3)))
    )


def strip(room: Room, cells: int, rows: int) -> tuple[Line, ...]:
    """At most `rows` lines, one an entry; the last one says how many more there are where they do not fit."""
    found = lit_elsewhere(room)
    if not found:
        # What a wide screen has in its head line stands here while there is nothing better to show.
        told = (facts(room), "", "nothing is linked to what the cursor is on")[:rows]
        if room.focus in SHELF:
            told = (scope_words(room), found_words(room), facts(room))[:rows]
        return tuple(clipped((Piece(" "), Piece(words, "muted")), cells) for words in told)
    kept = found if len(found) <= rows else found[: max(0, rows - 1)]
    lines = [_row(entry, cells) for entry in kept]
    if len(kept) < len(found) and rows:
        lines.append((Piece(" "), Piece(f"… and {len(found) - len(kept)} more", "muted")))
    return tuple(clipped(line, cells) for line in lines)


def _rows_on_view(pane: Pane) -> Iterable[int]:
    return dict.fromkeys(position.row for position in pane.visible())


def _row(entry: Entry, cells: int) -> Line:
    glyph, first, second = _words(entry)
    room = max(1, cells - 4 - (width(entry.aside) + 2 if entry.aside else 0))
    head = cut(first, room)
    left = room - width(head) - 2
    tail = cut(second, left) if second and left > 3 else ""
    gap = " " * (room - width(head) - (width(tail) + 2 if tail else 0))
    pieces = (Piece(f" {glyph} ", "glyph"), Piece(head, "lit"), Piece("  ") if tail else Piece(""), Piece(tail, "meta"))
    return (*pieces, Piece(gap + "  "), Piece(entry.aside, "aside")) if entry.aside else pieces


def _words(entry: Entry) -> tuple[str, str, str]:
    fields = {part.name: part.text for part in reversed(entry.parts)}
    match entry.ref.kind:
        case "person" | "org" | "place" | "source":
            return "▪", fields["name"], fields.get("role", fields.get("org", fields.get("note", "")))
        case "quote":
            return quote_glyph(entry), fields.get("speaker", "no speaker"), fields["text"]
        case "event":
            when = " ".join(filter(None, (fields["date"], fields.get("time"))))
            return STATUS_GLYPHS.get(entry.status, "●"), when, fields["text"]
        case _:
            return "¶", str(entry.number) if entry.number else entry.ref.kind, fields.get("text", entry.parts[0].text)
