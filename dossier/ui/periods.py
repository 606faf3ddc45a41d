"""The periods of a list over many articles: days, months or years of the timeline, else the groups under a heading.

The next period is found by doubling steps and then halving them, so that a list of millions is not read row by row.
"""

from collections.abc import Callable

from dossier.core.entry import Entry
from dossier.ui.state import State

_DAYS, _MONTHS = 62, 731
"""The most days in a timeline whose periods are days, and whose periods are months; else they are years."""


def period_of(entry: Entry, fine: int) -> str:
    """Return the period of the entry as text; `fine` is how many characters of its date (see `precision`) are used."""
    if entry.ref.kind == "":
        return entry.parts[0].text[-4:]
    if entry.ref.kind != "event":
        return entry.group
    day = entry.date and (entry.date.earliest or entry.date.latest)
    written = day.isoformat() if day else ""
    return written[: len(written) - 10 + fine]


def precision(state: State) -> int:
    """Return how many characters of a date (2023-01-29) tell the periods of the timeline apart: 10, 7 or 4."""
    entries = state.panes["timeline"].entries
    dates = [entries[row].date for row in (0, len(entries) - 1)] if len(entries) else []
    days = [date.earliest or date.latest for date in dates if date]
    first, last = (days[0], days[-1]) if days else (None, None)
    if first is None or last is None:
        return 4
    span = abs(last.toordinal() - first.toordinal())
    return 10 if span <= _DAYS else 7 if span <= _MONTHS else 4


def next_period(count: int, start: int, step: int, period: Callable[[int], str]) -> int | None:
    """Return the first row of the next period (`step` 1) or of the one before (-1); None when there is none.

    `count` is the number of rows, and `start` the row to begin at, from 0. `period` returns the period of a row; the
    rows of one period must be adjacent.
    """
    row = _end(count, start, step, period)
    if not 0 <= row < count:
        return None
    return row if step > 0 else _end(count, row, -1, period) + 1


def _end(count: int, start: int, step: int, period: Callable[[int], str]) -> int:
    """Return the row beyond the period of `start` in the direction of `step`; -1 or `count` where there is none."""
    here, inside, width = period(start), start, 1
    while 0 <= (probe := inside + step * width) < count and period(probe) == here:
        inside, width = probe, width * 2
    outside = min(max(probe, -1), count)
    while abs(outside - inside) > 1:
        middle = (inside + outside) // 2
        inside, outside = (middle, outside) if period(middle) == here else (inside, middle)
    return outside
