"""Whether two articles mean one person is shown by what both have of him, side by side, and decided by the reader."""

from dossier.core.anchor import Anchor
from dossier.core.entry import Entry, Part
from dossier.core.ref import Ref
from dossier.library.article_rows import date_words
from dossier.ui.state import Room, thing

SHOWN = 40
"""So many articles are shown, the newest."""


def evidence(room: Room) -> tuple[Entry, ...]:
    """A row for each article that has whom the cursor is on, with name, role, outlet and a statement of his."""
    meant = thing(room)
    if room.library is None or meant is None:
        return ()
    rows = []
    for number, one in enumerate(room.library.bearers(meant, SHOWN)):
        named = " · ".join(
            part.text for part in one.entry.parts if part.name in ("name", "native", "role", "org", "note")
        )
        told = [named, f"{one.outlet}, {date_words(one.published)}", one.said, f"({one.why})"]
        text = " — ".join(filter(None, told))
        label = one.entry.ref.article
        anchors = (Anchor(len(label) + 1, len(label) + 1 + len(text), (one.entry.ref,)),)
        parts = (Part("label", label), Part("text", text, (one.entry.ref,)))
        rows.append(Entry(Ref("", "about", str(number)), parts, 0, anchors=anchors))
    return tuple(rows) if len(rows) > 1 else ()
