"""What a period of a wide list is: a day, a month or a year of the timeline, as its span asks; else a heading's group.

In a list of millions the next period is found by doubling steps and halving them again, not row by row.
"""

from collections.abc import Callable

from dossier.core.entry import Entry
from dossier.ui.state import Room

_DAYS, _MONTHS = 62, 731
"""A timeline of at most so many days goes by days, or by months; a longer one by years."""


def period_of(entry: Entry, fine: int) -> str:
    """The period that the entry is in, as text; `fine`: how much of a date tells them apart."""
    if entry.ref.kind == "":
        return entry.parts[0].text[-4:]
    if entry.ref.kind != "event":
        return entry.group
    day = entry.date and (entry.date.earliest or entry.date.latest)
    written = day.isoformat() if day else ""
    return written[: len(written) - 10 + fine]


def precision(room: Room) -> int:
    """How much of a date as text (2023-01-29) tells the periods of the timeline apart: 10, 7 or 4 characters."""
    entries = room.panes["timeline"].entries
    dates = [entries[row].date for row in (0, len(entries) - 1)] if len(entries) else []
    days = [date.earliest or date.latest for date in dates if date]
    first, last = (days[0], days[-1]) if days else (None, None)
    if first is None or last is None:
        return 4
    span = abs(last.toordinal() - first.toordinal())
    return 10 if span <= _DAYS else 7 if span <= _MONTHS else 4


def leap(count: int, start: int, step: int, period: Callable[[int], str]) -> int | None:
    """The first row of the next period (`step` 1) or of the one before (-1), of `count` rows; None when there is none.

    Rows of one period stand together.
    """
    row = _end(count, start, step, period)
    if not 0 <= row < count:
        return None
    return row if step > 0 else _end(count, row, -1, period) + 1


def _end(count: int, start: int, step: int, period: Callable[[int], str]) -> int:
    """The row beyond the period of `start` in the direction of `step`: -1 or `count` where it goes on to the end."""
    here, inside, width = period(start), start, 1
    while 0 <= (probe := inside + step * width) < count and period(probe) == here:
        inside, width = probe, width * 2
    outside = min(max(probe, -1), count)
    while abs(outside - inside) > 1:
        middle = (inside + outside) // 2
        inside, outside = (middle, outside) if period(middle) == here else (inside, middle)
    return outside
