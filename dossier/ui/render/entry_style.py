"""How an entry stands (cursor, lit, hits, hints) is one value, apart from the entry, so that drawing is pure."""

from collections.abc import Mapping

from dossier.core.dataclasses import dataclass, field
from dossier.core.entry import Entry
from dossier.core.ref import Ref
from dossier.ui.render.flow import Mark, Piece

CURSOR = "▌"
LIT = "•"


@dataclass(frozen=True)
class Look:
    """The state of one entry. `cursor`: the line that the cursor is on, from 0, or -1; `chosen`: the link it is on.

    `by_line`: the cursor is on that line alone; else it is on the whole row.
    `hits` and `hit` (the current one) are spans of the entry's text; `labels` the hint letters by the link's number, -1
    for the row itself. `fault` is the mark of what the checker found there, if anything.
    """

    lit: frozenset[Ref] = frozenset()
    cursor: int = -1
    by_line: bool = False
    chosen: int | None = None
    hits: tuple[tuple[int, int], ...] = ()
    hit: tuple[int, int] | None = None
    labels: Mapping[int, str] = field(default_factory=dict)
    fault: str = ""

    def __hash__(self) -> int:
        """By what differs most: what is drawn is kept by how it stands."""
        return hash((self.lit, self.cursor, self.chosen, self.hits))


PLAIN = Look()

NAMED = ("person", "org", "place")
_STYLES = {"quote": "quoted", "event": "dated", "term": "term", "document": "term", "media": "term"}


def marks(entry: Entry, look: Look) -> list[Mark]:
    """The styles laid over the entry's text: its links as they are lit or chosen, then the hits."""
    laid = []
    for number, anchor in enumerate(entry.anchors):
        named = [target for target in anchor.targets if target.kind in NAMED]
        style = "ambiguous" if len(named) > 1 else _STYLES.get(anchor.targets[0].kind, "mention")
        if entry.ref.within(anchor.start, anchor.end) in look.lit:
            style += " lit"
        if number == look.chosen:
            style += " chosen"
        laid.append(Mark(anchor.start, anchor.end, style, number))
    laid += [Mark(start, end, "hit current" if (start, end) == look.hit else "hit") for start, end in look.hits]
    return laid


def is_lit(entry: Entry, look: Look) -> bool:
    """Whether the entry, or any link in its text, is lit."""
    if entry.ref in look.lit:
        return True
    return any(entry.ref.within(anchor.start, anchor.end) in look.lit for anchor in entry.anchors)


def marker(look: Look, line: int, lit: bool) -> Piece:
    """The first cell of a line: the cursor's bar, the dot of what is lit, or the mark of a finding."""
    if look.cursor == line or (not look.by_line and look.cursor >= 0):
        return Piece(CURSOR, "cursor")
    if line == 0 and lit:
        return Piece(LIT, "lit")
    return Piece(look.fault, "flaw") if line == 0 and look.fault else Piece(" ")
