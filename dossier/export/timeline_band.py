"""The timeline as a drawing: a bar for each event, as wide as the days that its date may mean.

The scale is not even. The stretch between two dates has the logarithm of its length, so that an hour of last week and a
year of long ago are both seen. Labels never overlap: each event is put in the first row that has room for it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import accumulate, pairwise
from math import log1p

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.days import Day, day_from_ordinal
from dossier.core.dates.edtf import Date, IntervalShape
from dossier.core.dates.point_words import format_any_year
from dossier.core.dates.words import format_day
from dossier.core.entry import Entry
from dossier.core.ref import Ref
from dossier.core.views.labels import STATUS_GLYPHS
from dossier.export.entry_remarks import collect_words
from dossier.text.messages import count_noun
from dossier.text.width import cut, width

WIDTH = 1000
_EDGE = 14
_ROW = 22
_BAR = 10
_HEAD = 26
_CELL = 6.9
"""The width of a terminal cell of text at 12 px: more than letters have on average, in any font."""
_GAP = 6
_MOST_CELLS = 46
_LEAST_CELLS = 10
"""The least room for a label beside its bar; where there is less, it is written over the bar."""
_MOST_ROWS = 80
_LEAST_BAR = 3
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STATUSES = {
    "planned": "planned events are hollow",
    "alleged": "alleged ones hatched",
    "denied": "denied ones dashed and struck through",
}


class PlacedEvent(NamedTuple):
    """An event in the drawing: its row, its bar, and its label; `anchor` is the end of the label at `label_x`."""

    entry: Entry
    row: int
    left: float
    right: float
    label: str
    label_x: float
    anchor: str

    @property
    def extent(self) -> tuple[float, float]:
        """The left and the right end of bar and label together."""
        wide = width(self.label) * _CELL
        ends = (self.label_x, self.label_x + wide) if self.anchor == "start" else (self.label_x - wide, self.label_x)
        return min(self.left, ends[0]), max(self.right, ends[1])


class TimeScale:
    """Positions of days in the drawing. `edges` are ordinals of days, at least two different ones."""

    def __init__(self, edges: Iterable[int]) -> None:
        self.edges = sorted(set(edges))
        lengths = [log1p(after - before) for before, after in pairwise(self.edges)]
        factor = (WIDTH - 2 * _EDGE) / sum(lengths)
        self._places = [_EDGE + factor * length for length in accumulate(lengths, initial=0.0)]

    def place(self, ordinal: int) -> float:
        """Return the position of the beginning of a day."""
        at = min(max(bisect_right(self.edges, ordinal) - 1, 0), len(self.edges) - 2)
        before, after = self.edges[at : at + 2]
        part = (ordinal - before) / (after - before)
        return self._places[at] + part * (self._places[at + 1] - self._places[at])


def draw_band(entries: Sequence[Entry], names: Mapping[Ref, str], prefix: str) -> Iterator[str]:
    """Yield the drawing as a figure of HTML; nothing when no event has a date.

    `names` are those of the entries that links lead to, `prefix` goes before the ids of the drawing.
    """
    dated = [entry for entry in entries if entry.date and _edges(entry.date)]
    if not dated:
        return
    scale = TimeScale(edge for entry in dated for edge in _edges(entry.date))
    placed = place_events(dated, scale)
    height = _HEAD + _ROW * (1 + max(one.row for one in placed))
    yield '<figure class="band"><div class="drawing" tabindex="0" role="group" aria-label="Drawing of the timeline">'
    yield f'<svg viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" xmlns="http://www.w3.org/2000/svg">'
    yield (
        f'<defs><pattern id="{prefix}hatch" width="5" height="5" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect class="hatch" width="2.5" height="5"/></pattern></defs>'
    )
    yield from _axis(scale, height)
    for one in placed:
        yield from _event(one, scale, names.get(one.entry.ref, ""), prefix)
    yield f"</svg></div><figcaption>{escape(_caption(entries, placed))}</figcaption></figure>\n"


def place_events(dated: Sequence[Entry], scale: TimeScale) -> list[PlacedEvent]:
    """Return the events with bars and labels that do not overlap; those that no row has room for are left out."""
    ends: list[float] = []
    placed = []
    for entry in sorted(dated, key=lambda one: _edges(one.date)):
        one = _place_event(entry, scale)
        left, right = one.extent
        row = next((row for row, end in enumerate(ends) if end + 2 * _GAP <= left), len(ends))
        if row == _MOST_ROWS:
            continue
        ends[row : row + 1] = [right]
        placed.append(one._replace(row=row))
    return placed


def _place_event(entry: Entry, scale: TimeScale) -> PlacedEvent:
    left, right = _ends(entry.date, scale)
    glyph = STATUS_GLYPHS.get(entry.status, "")
    sign = f"{glyph} " if entry.status in ("alleged", "denied") else ""
    label = sign + cut(collect_words(entry).get("text", ""), _MOST_CELLS)
    room_after, room_before = (int((room - _GAP) / _CELL) for room in (WIDTH - right, left))
    wide = width(label)
    if wide <= room_after or room_after >= max(room_before, _LEAST_CELLS):
        return PlacedEvent(entry, 0, left, right, cut(label, room_after), right + _GAP, "start")
    if room_before >= _LEAST_CELLS:
        return PlacedEvent(entry, 0, left, right, cut(label, room_before), left - _GAP, "end")
    inside = cut(label, int((WIDTH - left - _GAP) / _CELL))
    return PlacedEvent(entry, 0, left, right, inside, left + _GAP, "start")


def _ends(date: Date | None, scale: TimeScale) -> tuple[float, float]:
    """Return the ends of the bar of a date; without a first or a last day it reaches the end of the drawing."""
    left = scale.place(date.earliest.toordinal()) if date and date.earliest else 0.0
    right = scale.place(date.latest.toordinal() + 1) if date and date.latest else float(WIDTH)
    return left, max(right, left + _LEAST_BAR)


def _edges(date: Date | None) -> tuple[int, ...]:
    """Return the first day of a date and the day after its last, as far as there are any, as ordinals."""
    if date is None:
        return ()
    first = () if date.earliest is None else (date.earliest.toordinal(),)
    last = () if date.latest is None else (date.latest.toordinal() + 1,)
    if first and last:
        return first + last
    return (first[0], first[0] + 1) if first else (last[0] - 1, last[0]) if last else ()


def _event(one: PlacedEvent, scale: TimeScale, name: str, prefix: str) -> Iterator[str]:
    top = _HEAD + _ROW * one.row + (_ROW - _BAR) / 2
    middle = top + _BAR / 2
    words = " ".join(collect_words(one.entry).values())
    status = one.entry.status if one.entry.status in STATUS_GLYPHS else "happened"
    yield f'<a href="#{name}">' if name else "<g>"
    yield f"<title>{escape(words)}</title>"
    fill = f' fill="url(#{prefix}hatch)"' if status == "alleged" else ""
    date = one.entry.date
    is_open = bool(date and (date.earliest is None or date.latest is None))
    status += " unbounded" if is_open else ""
    for left, right in _bars(one, scale):
        place = f'x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{_BAR}"'
        yield f'<rect class="bar {status}" {place}{fill}/>'
    if date and date.members:
        yield f'<path class="join" d="M{one.left:.1f} {middle:.1f}H{one.right:.1f}"/>'
    if one.entry.status == "denied":
        yield f'<path class="strike" d="M{one.left - 3:.1f} {middle:.1f}H{one.right + 3:.1f}"/>'
    if date and is_open:
        is_known = date.shape in (IntervalShape.OPEN_BEGINNING, IntervalShape.OPEN_END)
        sign = ("◂" if date.earliest is None else "▸") if is_known else "?"
        x, anchor = (2, "start") if date.earliest is None else (WIDTH - 2, "end")
        yield f'<text class="open" x="{x}" y="{middle + 4:.1f}" text-anchor="{anchor}">{sign}</text>'
    yield (
        f'<text x="{one.label_x:.1f}" y="{middle + 4:.1f}" text-anchor="{one.anchor}">'
        f"<tspan>{escape(one.label)}</tspan></text>"
    )
    yield "</a>" if name else "</g>"


def _bars(one: PlacedEvent, scale: TimeScale) -> Iterator[tuple[float, float]]:
    """Yield the ends of the bars of an event: several for a set of dates."""
    if one.entry.date and one.entry.date.members:
        yield from (_ends(member, scale) for member in one.entry.date.members)
    else:
        yield one.left, one.right


def _axis(scale: TimeScale, height: int) -> Iterator[str]:
    """Yield lines with the dates that have room side by side: the first, then years, then months."""
    taken: list[tuple[float, float]] = []
    for day in _ticks(scale.edges):
        x, label = scale.place(day.toordinal()), _tick_label(day)
        wide = len(label) * _CELL
        left = min(x, WIDTH - wide)
        if all(left > end + _GAP or left + wide < begin - _GAP for begin, end in taken):
            taken.append((left, left + wide))
            yield f'<path class="tick" d="M{x:.1f} 16V{height}"/>'
            yield f'<text class="date" x="{left:.1f}" y="12">{label}</text>'


def _ticks(edges: Sequence[int]) -> Iterator[Day]:
    days = [day_from_ordinal(edge) for edge in edges]
    yield days[0]
    yield from dict.fromkeys(day for day in (Day(one.year, 1, 1) for one in days) if day > days[0])
    yield from dict.fromkeys(day for day in (Day(one.year, one.month, 1) for one in days) if day > days[0])


def _tick_label(day: Day) -> str:
    if day.day != 1:
        return format_day(day)
    return format_any_year(day.year) if day.month == 1 else f"{_MONTHS[day.month - 1]} {format_any_year(day.year)}"


def _caption(entries: Sequence[Entry], placed: Sequence[PlacedEvent]) -> str:
    statuses = {one.entry.status for one in placed}
    said = ["A bar covers the days that the date may mean", *(_STATUSES[one] for one in _STATUSES if one in statuses)]
    sentences = [", ".join(said) + ".", "Long stretches are shortened."]
    undated = sum(1 for entry in entries if not _edges(entry.date))
    if undated:
        sentences.append(f"{count_noun(undated, 'event')} without a date to draw: only in the list.")
    if more := len(entries) - undated - len(placed):
        sentences.append(f"{count_noun(more, 'event')} without room here: only in the list.")
    return " ".join(sentences)
