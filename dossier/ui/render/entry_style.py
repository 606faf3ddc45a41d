"""The visual state of an entry (cursor, highlight, hits, hints), kept apart from the entry so that drawing is pure."""

from collections.abc import Mapping

from dossier.core.dataclasses import dataclass, field
from dossier.core.entry import Entry
from dossier.core.ref import Ref
from dossier.ui.render.flow import Mark, Piece

CURSOR = "▌"
LIT = "•"


@dataclass(frozen=True)
class Look:
    """The visual state of one entry.

    highlighted    the entries and spans that are highlighted as linked to the one with the cursor
    cursor_line    the 0-based line of the entry with the cursor, or -1
    is_by_line     whether the cursor marks that line only, rather than all lines of the entry
    chosen_link    the number of the link with the cursor, if any
    hits           the spans of the entry's text that were found
    current_hit    the current one of these, if any
    hint_letters   the hint letters, by the number of the link; -1 for the entry itself
    problem_mark   the mark of what the checker found in this entry, or ""
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
        """Return a hash of the fields that differ most often, since drawn entries are cached by their state."""
        return hash((self.lit, self.cursor, self.chosen, self.hits))


PLAIN = Look()

NAMED = ("person", "org", "place")
_STYLES = {"quote": "quoted", "event": "dated", "term": "term", "document": "term", "media": "term"}


def marks(entry: Entry, look: Look) -> list[Mark]:
    """Return the styles laid over the entry's text: first its links, then the hits."""
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
    """Return whether the entry, or any link in its text, is highlighted."""
    if entry.ref in look.lit:
        return True
    return any(entry.ref.within(anchor.start, anchor.end) in look.lit for anchor in entry.anchors)


def marker(look: Look, line: int, lit: bool) -> Piece:
    """Return the first cell of a line: the cursor's bar, the dot of a highlighted entry, or the mark of a problem."""
    if look.cursor == line or (not look.by_line and look.cursor >= 0):
        return Piece(CURSOR, "cursor")
    if line == 0 and lit:
        return Piece(LIT, "lit")
    return Piece(look.fault, "flaw") if line == 0 and look.fault else Piece(" ")
