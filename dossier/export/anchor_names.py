"""Names for the places of an exported document that links lead to, the same in Markdown, Obsidian and HTML.

A name consists of letters of ASCII, digits and hyphens, which all of them allow.
"""

import re
from collections.abc import Container, Iterable

from dossier.core.entry import Entry
from dossier.core.note import PlacedNote
from dossier.core.ref import Ref
from dossier.export.export import ExportedArticle

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")


def name_anchors(entries: Iterable[Entry], prefix: str = "", without: Container[str] = ()) -> dict[Ref, str]:
    """Return a name for each entry, by its address, such as `quote-q3`.

    Entries whose ids cannot stand in a name are numbered, as in `source--2`. `prefix` tells articles of one document
    apart. Entries of a kind in `without` get no name.
    """
    names: dict[Ref, str] = {}
    for entry in entries:
        kind, id = entry.ref.kind, entry.ref.id
        if entry.ref not in names and kind not in without:
            suffix = f"-{id}" if _SAFE.fullmatch(id) else f"--{len(names) + 1}" if id else ""
            names[entry.ref] = f"{prefix}{kind}{suffix}"
    return names


def name_span(name: str, ref: Ref) -> str:
    """Return the name of a span of the entry that is called `name`, such as `para-p2_12-40`."""
    return f"{name}_{ref.span[0]}-{ref.span[1]}" if ref.span else name


class EntryNotes:
    """The reader's notes on an article, by the exported entry that they are at, and those at none."""

    def __init__(self, exported: ExportedArticle) -> None:
        known = {entry.ref for entry in exported.entries}
        self._at: dict[Ref, list[PlacedNote]] = {}
        self.elsewhere: list[PlacedNote] = []
        """Notes whose place is not settled, or is in no exported entry."""
        for placed in exported.notes:
            at = self._at.setdefault(placed.ref.entry, []) if placed.ref and placed.ref.entry in known else None
            (self.elsewhere if at is None else at).append(placed)

    def on(self, ref: Ref) -> tuple[PlacedNote, ...]:
        """Return the notes on the entry with this address."""
        return tuple(self._at.get(ref, ()))


def label_note(placed: PlacedNote) -> tuple[str, str]:
    """Return the label of a note, such as `Reader’s note on`, and the words that it is on.

    The words of a note on a whole entry are "".
    """
    kind = "note" if placed.note.text else "mark"
    if placed.ref is None:
        return f"Reader’s {kind}, {placed.placement}, on", placed.note.words
    return (f"Reader’s {kind} on", placed.note.words) if placed.ref.span else (f"Reader’s {kind}", "")
