"""One date without a slash in words, long and short, as far as it is known."""

from collections.abc import Iterable, Sequence

from dossier.core.dates.date_bounds import MONTHS, PERIODS, find_fitting_numbers
from dossier.core.dates.days import format_year
from dossier.core.dates.edtf import DatePoint

_DASH = "\N{EN DASH}"

# Number after the year -> words, and names for a narrow column from best to narrowest.
PERIOD_NAMES: dict[str, tuple[str, tuple[str, ...]]] = {
    "21": ("spring", ("spring", "spr")),
    "22": ("summer", ("summer", "sum")),
    "23": ("autumn", ("autumn", "aut")),
    "24": ("winter", ("wtr",)),
    "25": ("spring", ("N spring", "N spr")),
    "26": ("summer", ("N summer", "N sum")),
    "27": ("autumn", ("N autumn", "N aut")),
    "28": ("winter", ("N wtr",)),
    "29": ("spring", ("S spring", "S spr")),
    "30": ("summer", ("S sum",)),
    "31": ("autumn", ("S autumn", "S aut")),
    "32": ("winter", ("S winter", "S wtr")),
    "33": ("first quarter of", ("Q1",)),
    "34": ("second quarter of", ("Q2",)),
    "35": ("third quarter of", ("Q3",)),
    "36": ("fourth quarter of", ("Q4",)),
    "37": ("first third of", (f"Jan{_DASH}Apr",)),
    "38": ("second third of", (f"May{_DASH}Aug",)),
    "39": ("last third of", (f"Sep{_DASH}Dec",)),
    "40": ("first half of", ("H1",)),
    "41": ("second half of", ("H2",)),
}


def format_any_year(year: int) -> str:
    """Return a year in digits, one of more than four digits with commas."""
    return format_year(year) if abs(year) < 10_000 else f"{year:,}"


def join_alternatives(words: Sequence[str], between: str) -> str:
    """Return the words with commas between them, and `between` before the last."""
    return f" {between} ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def describe_point(point: DatePoint) -> str:
    """Return one date in words, without its marks and time."""
    year = _year_words(point)
    if point.month in PERIODS:
        return _period_words(point)
    if not point.month:
        era = _era(point)
        return era if era.startswith("the ") or (point.approximate and "X" in point.year) else year
    of = " of" if "X" in point.year else ""
    month = "some month of" if point.month == "XX" else f"{_numbers_words(point.month, 12, MONTHS)}{of}"
    if point.day == "XX":
        return f"some day of {year}" if point.month == "XX" else f"some day of {month} {year}"
    day = _numbers_words(point.day, 31, range(1, 32)) if point.day else ""
    return " ".join([f"day {day} of" if point.month == "XX" else day] * bool(day) + [month, year])


def _numbers_words(digits: str, most: int, names: Sequence[object]) -> str:
    """Return what two digits, with X for any digit, may stand for, by its names."""
    numbers = find_fitting_numbers(digits, most)
    if len(numbers) > 4:
        return f"one of {names[numbers[0] - 1]}{_DASH}{names[numbers[-1] - 1]}"
    return join_alternatives([str(names[number - 1]) for number in numbers], "or")


def _period_words(point: DatePoint) -> str:
    """Return a season, a quarter, a third or a half of a year in words."""
    hemisphere = "northern" if "25" <= point.month <= "28" else "southern" if "29" <= point.month <= "32" else ""
    aside = f" ({hemisphere} hemisphere)" if hemisphere else ""
    turn = point.latest.year if _is_over_years(point) and point.latest.year % 100 == 0 else None
    year = _era(point) if turn is None else f"{point.year}{_DASH}{format_any_year(turn)}"
    return f"{PERIOD_NAMES[point.month][0]} {year}{aside}"


def find_month_name(point: DatePoint) -> str:
    """Return the name of the month, "" if there is none or it is not known."""
    return MONTHS[int(point.month) - 1] if point.month.isdigit() and point.month not in PERIODS else ""


def _is_over_years(point: DatePoint) -> bool:
    """Return whether a season ends in the year after the one it begins in."""
    return point.month in PERIODS and point.latest.year > point.earliest.year


def _year_words(point: DatePoint) -> str:
    """Return the year in words, as far as it is known."""
    year = point.year
    if year == "XXXX":
        return "an unknown year"
    if "X" in year:
        return f"some year in {_era(point)}" if _has_era(year) else f"some year {year}"
    if "S" in year and point.earliest.year < point.latest.year:
        number = year.partition("S")[0].removeprefix("Y")
        digits, _, zeros = number.partition("E")
        return f"some year in {_era(point)}, perhaps {format_any_year(int(digits) * 10 ** int(zeros or 0))}"
    return f"the year {format_any_year(point.earliest.year)}" if year[0] == "Y" else year.partition("S")[0]


def _has_era(year: str) -> bool:
    """Return whether the years that X may stand for follow one another."""
    return year.rstrip("X").lstrip("-").isdigit()


def _era(point: DatePoint) -> str:
    """Return the year, the years of a winter, or the years that X may stand for.

    A decade such as 200X is given by its years, since "the 2000s" could be a century.
    """
    year = point.year
    if _is_over_years(point):
        return f"{year}{_DASH}{point.latest.year % 100:02}"
    if "X" not in year and point.earliest.year == point.latest.year:
        return format_any_year(point.earliest.year) if year[0] == "Y" else year
    if "X" in year and not _has_era(year):
        return year
    if year.count("X") == 1 and year[2] != "0" and year[0] != "-":
        return f"the {year[:3]}0s"
    dash = _DASH if point.earliest.year >= 0 else " to "
    return f"{format_any_year(point.earliest.year)}{dash}{format_any_year(point.latest.year)}"


def is_kept_as_written(point: DatePoint) -> bool:
    """Return whether a date is shown as written where there is little room.

    That goes for years before 0 and after 9999, and for unknown digits that stand beside known ones.
    """
    year, month, day = point.year, point.month, point.day
    if year[0] in "-Y" or "S" in year or (month and "X" in year):
        return True
    known = month.isdigit() or not month
    return not _has_era(year) or not (known or month == "XX") or (not known and day not in ("", "XX")) or _partly(day)


def _partly(digits: str) -> bool:
    return digits.count("X") == 1


def write_point(point: DatePoint) -> str:
    """Return the date as written, without its marks and time."""
    return "-".join(filter(None, (point.year, point.month, point.day)))


def abbreviate_point(point: DatePoint) -> Iterable[str]:
    """Return forms for a narrow column from best to narrowest; the last leaves room for all marks."""
    era, month = _era(point).removeprefix("the "), find_month_name(point)[:3]
    if is_kept_as_written(point):
        far = "long ago" if point.latest.year < 0 else "far ahead"
        return (write_point(point), era, point.year, "any year" if point.year == "XXXX" else far)
    if point.month in PERIODS:
        return (*(f"{name} {era}" for name in PERIOD_NAMES[point.month][1]), era)
    if "X" in point.year or not month:
        return (era, point.year)
    days = (f"{int(point.day)} {month} {point.year}",) if point.day.isdigit() else ()
    return (*days, f"{month} {point.year}")
