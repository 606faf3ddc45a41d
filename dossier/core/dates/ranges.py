"""Ranges of days as readers type them: EDTF, two dates with `..` between them, or words such as last-month.

Words are counted from today. Weeks begin on Monday (ISO 8601). A month or season without a year is the latest one that
has begun. A range counted backwards ends today: last-30-days begins on the day 30 days ago.
"""

import datetime
import re

from dossier.core.dates.date_bounds import MONTHS, DateError
from dossier.core.dates.days import Day, Days, day_from_date, month_length
from dossier.core.dates.edtf import parse_date
from dossier.text.late_patterns import compile_late

_BETWEEN = compile_late(r"(.*?)\s*(?:\.\.|/)\s*(.*)", re.DOTALL)
_UNIT = compile_late(r"(this|last)-(week|month|year)")
_COUNTED = compile_late(r"last-([0-9]{1,7})-(day|week|month|year)s?")
_NAMED = compile_late(r"([a-z]{3,9})\.?(?:-([0-9]{4}))?")
_SEASONS = {"spring": "21", "summer": "22", "autumn": "23", "winter": "24"}
_NEARBY = {"yesterday": -1, "today": 0, "tomorrow": 1}


def parse_days(text: str, today: datetime.date) -> Days | None:
    """Return the earliest and latest day of the range that `text` means; None if it means none.

    `A..B` and `A/B` run from the earliest day of A to the latest day of B; one of the two may be left out. Words are
    separated by hyphens or spaces, and their case does not matter.
    """
    text = text.strip()
    if found := _parse_side(text, today):
        return found
    between = _BETWEEN().fullmatch(text)
    if between is None or not any(between.groups()):
        return None
    first, last = (_parse_side(side, today) if side else (None, None) for side in between.groups())
    if first is None or last is None:
        return None
    earliest, latest = first[0], last[1]
    return None if earliest and latest and earliest > latest else (earliest, latest)


def _parse_side(text: str, today: datetime.date) -> Days | None:
    try:
        date = parse_date(text)
    except DateError:
        return _words("-".join(re.split(r"[\s-]+", text.lower())), today)
    return date.earliest, date.latest


def _words(words: str, today: datetime.date) -> Days | None:
    if words in _NEARBY:
        day = day_from_date(_add_days(today, _NEARBY[words]))
        return day, day
    if match := _UNIT().fullmatch(words):
        return _unit(match[2], today, -1 if match[1] == "last" else 0)
    if match := _COUNTED().fullmatch(words):
        return day_from_date(_go_back(today, int(match[1]), match[2])), day_from_date(today)
    if match := _NAMED().fullmatch(words):
        return _named(match[1], match[2] or "", today)
    return None


def _unit(unit: str, today: datetime.date, by: int) -> Days:
    """Return the bounds of the week, month or year that contains today, shifted by `by` such units."""
    if unit == "week":
        monday = _add_days(today, 7 * by - today.weekday())
        return day_from_date(monday), day_from_date(_add_days(monday, 6))
    months = by * 12 if unit == "year" else by
    day = _add_months(today.replace(day=1), months)
    first, last = (day.month, day.month) if unit == "month" else (1, 12)
    return Day(day.year, first, 1), Day(day.year, last, month_length(day.year, last))


def _go_back(today: datetime.date, count: int, unit: str) -> datetime.date:
    """Return the day `count` units (day, week, month, year) before today."""
    if unit in ("day", "week"):
        return _add_days(today, -count * (7 if unit == "week" else 1))
    return _add_months(today, -count * (12 if unit == "year" else 1))


def _named(name: str, year: str, today: datetime.date) -> Days | None:
    """Return the bounds of the month or season of that name; months also by their first three or more letters."""
    codes = [f"{number:02}" for number, month in enumerate(MONTHS, 1) if month.lower().startswith(name)]
    code = _SEASONS.get(name) or "".join(codes[:1])
    years = (year,) if year else (f"{today.year:04}", f"{today.year - 1:04}")
    for one in years if code else ():
        try:
            date = parse_date(f"{one}-{code}")
        except DateError:
            continue
        if year or (date.earliest and date.earliest <= day_from_date(today)):
            return date.earliest, date.latest
    return None


def _add_days(day: datetime.date, days: int) -> datetime.date:
    """Return the day `days` days after `day`, within the limits of the calendar."""
    ordinal = min(max(day.toordinal() + days, 1), datetime.date.max.toordinal())
    return datetime.date.fromordinal(ordinal)


def _add_months(day: datetime.date, months: int) -> datetime.date:
    """Return the same day `months` months later, or the last day of that month; within the limits of the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year < datetime.MINYEAR:
        return datetime.date.min
    return datetime.date(year, month + 1, min(day.day, month_length(year, month + 1)))
