"""Find and filter in a list that ranges over many articles: the index finds the rows, and the cursor goes among them.

What is typed there is understood as a search of the library is; hits are counted by rows, and within the pane.
"""

import datetime

from dossier.core.dataclasses import replace
from dossier.library.growing_list import GrowingList
from dossier.ui.counts import number_words
from dossier.ui.library_scope import gathered, hits_afar
from dossier.ui.pane import Pane
from dossier.ui.state import Room, relit, with_pane


def searched_afar(origin: Room, typed: str, today: datetime.date) -> Room:
    """The room while it is typed: the cursor on the first row at or after its own that is known to be found."""
    query = origin.library.understood(typed, today) if origin.library else None
    room = replace(origin, query=query if query and query.root is not None else None)
    return moved_afar(room, 0) or room


def filtered_afar(origin: Room, typed: str, today: datetime.date) -> Room:
    """The room with only those rows in the pane that are found; all of them where nothing is typed."""
    query = origin.library.understood(typed, today) if origin.library else None
    others = {name: other for name, other in origin.filters.items() if name != origin.focus}
    filters = {**others, origin.focus: query} if query and query.root is not None else others
    return relit(gathered(replace(origin, filters=filters)))


def moved_afar(room: Room, count: int) -> Room | None:
    """The room with the cursor on the next row found (1), the one before (-1), or the one at hand (0); at the ends it
    begins again. None where none is known."""
    found, pane = hits_afar(room), room.pane
    if not found or not isinstance(pane.entries, GrowingList):
        return None
    at = _place(found, pane.entries, pane.cursor.row)
    is_on = found.ids[at % len(found)] == pane.entries.ids[pane.cursor.row]
    number = at + (count if is_on else min(count, 0)) if count else at
    row = pane.entries.find(found.ids[number % len(found)])
    return relit(with_pane(room, _on(pane, row))) if row is not None else None


def found_words_afar(room: Room) -> str:
    """Which row of how many that are found: `3 of 27`."""
    found, pane = hits_afar(room), room.pane
    if found is None or not isinstance(pane.entries, GrowingList) or not len(pane.entries):
        return ""
    if not len(found):
        return "no hit" if found.done else "looking …"
    at = found.find(pane.entries.ids[pane.cursor.row])
    words = number_words(found)
    noun = "hit" if words == "1" else "hits"
    return f"{words} {noun}" if at is None else f"{at + 1:,} of {words}"


def _place(found: GrowingList, all_rows: GrowingList, row: int) -> int:
    """The place of the first row found that stands at `row` or below it; their number when none does."""
    low, high = 0, len(found)
    while low < high:
        middle = (low + high) // 2
        stands = all_rows.find(found.ids[middle])
        low, high = (middle + 1, high) if stands is not None and stands < row else (low, middle)
    return low


def _on(pane: Pane, row: int) -> Pane:
    there = pane.step(row - pane.cursor.row)
    return there if there.top == pane.top else there.placed(row, pane.rows // 3)
