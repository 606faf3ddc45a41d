"""How many events there are in each stretch of a timeline, as one line of bars between its first and last year."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from itertools import chain

from dossier.core.dates.days import count_years
from dossier.library.index.reader import Index
from dossier.library.index.schema import UNBOUNDED, UNBOUNDED_PAST
from dossier.library.scope_walk import take_together

MOST = 24
"""The most bars. In a longer span each bar stands for several years."""
_SHADES = "▁▂▃▄▅▆▇█"


def years_of_library(index: Index) -> Counter[int]:
    """Return how many events of the whole library begin in each year."""
    days: Counter[int] = Counter()
    for day, number in index.entries.event_day_counts():
        days[day] += number
    return count_years(days)


def count_event_years(index: Index, firsts: Iterable[int | None], rows: Container[int] | None) -> Counter[int]:
    """Return how many of the events with these row ids begin in each year; None: of all events of the articles.

    `firsts` are their articles, each by the row id of its headline; None is passed over.
    """
    days: Counter[int] = Counter()
    dates = (one for some in take_together(firsts) for one in index.entries.event_dates(index.articles.fetch(some)))
    for _, _, row, earliest in chain.from_iterable(dates):
        if (rows is None or row in rows) and UNBOUNDED_PAST < earliest < UNBOUNDED:
            days[earliest] += 1
    return count_years(days)


def histogram(years: Mapping[int, int], most: int = MOST) -> str:
    """Return a line such as `1957 ▁▂▁▅█▃ 2024`, with at most `most` bars; "" for fewer than two years.

    `years` has the number of events of each year. Every bar stands for the same number of years.
    """
    if len(years) < 2:
        return ""
    first, last = min(years), max(years)
    wide = -(-(last - first + 1) // most)
    bars = [0] * ((last - first) // wide + 1)
    for year, number in years.items():
        bars[(year - first) // wide] += number
    return f"{first} {_drawn(bars)} {last}"


def _drawn(counts: list[int]) -> str:
    """Return one bar for each count, its height relative to the highest count, and a space for none."""
    top = max(counts)
    return "".join(_SHADES[(count * len(_SHADES) - 1) // top] if count else " " for count in counts)
