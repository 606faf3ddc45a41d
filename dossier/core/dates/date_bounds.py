"""The earliest and latest day of a year, month or day in EDTF, with `X` for digits that are not known.

The forms are those of ISO 8601-2:2019, EDTF level 2: `X` may stand for any digit, `Y` begins a year of more than four
digits, `E` adds zeros to it, and `S` says how many of its digits are significant.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product

from dossier.core.dates.days import Day, format_year, month_length
from dossier.text.late_patterns import compile_late

# Number after the year -> the first month and the number of months; 21 to 28 are seasons of the northern hemisphere,
# 29 to 32 those of the southern.
PERIODS = {
    "21": (3, 3),
    "22": (6, 3),
    "23": (9, 3),
    "24": (12, 3),
    "25": (3, 3),
    "26": (6, 3),
    "27": (9, 3),
    "28": (12, 3),
    "29": (9, 3),
    "30": (12, 3),
    "31": (3, 3),
    "32": (6, 3),
    "33": (1, 3),
    "34": (4, 3),
    "35": (7, 3),
    "36": (10, 3),
    "37": (1, 4),
    "38": (5, 4),
    "39": (9, 4),
    "40": (1, 6),
    "41": (7, 6),
}
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
YEAR = r"-?[0-9X]{4}(?:S[0-9]{1,3})?|Y-?[0-9]+(?:E[0-9]+)?(?:S[0-9]{1,3})?"
"""A regular expression for a year."""
_LONG_YEAR = compile_late(r"Y?(-?)([0-9]+)(?:E([0-9]+))?(?:S([0-9]+))?")
_MOST_DIGITS = 15
"""The most digits of a year: their days can be counted in 64 bits. The universe has existed for 11 digits of years."""


class DateError(ValueError):
    """A text that is not a date; the message says what is wrong with it and how to correct it."""


def find_bounds(year: str, month: str, day: str) -> tuple[Day, Day]:
    """Return the earliest and the latest day that a date may mean; month and day are "" if they are left out.

    Of the years, months and days that X may stand for, only those count that exist together, such as leap years for
    29 February. Raises DateError if there are none.
    """
    if "S" in year or year[0] == "Y":
        low, high = _long_year_range(year)
        if month:
            raise DateError(f"year {year}: a year with Y or S takes no month or day")
        return Day(low, 1, 1), Day(high, 12, 31)
    if year == "-0000":
        raise DateError("year -0000: the year 0 is written 0000")
    _check(year, month, day)
    if month in PERIODS:
        number = int(year)
        first, count = PERIODS[month]
        years, last = divmod(first + count - 2, 12)
        return Day(number, first, 1), Day(number + years, last + 1, month_length(number + years, last + 1))
    months, days = find_fitting_numbers(month, 12), find_fitting_numbers(day, 31)
    if "X" not in year:
        # Most dates are such: nothing has to be tried.
        one = int(year)
        if not day:
            return Day(one, months[0], 1), Day(one, months[-1], month_length(one, months[-1]))
        if days[-1] <= 28:
            return Day(one, months[0], days[0]), Day(one, months[-1], days[-1])
    longest = max(29 if one == 2 and _has_leap_year(year) else month_length(1, one) for one in months)
    if days[0] > longest:
        raise DateError(_explain_missing_day(year, month, day, longest))
    earliest = next(_existing_days(_matching_years(year, False), months, days))
    return earliest, next(_existing_days(_matching_years(year, True), months[::-1], days[::-1]))


@lru_cache(maxsize=256)
def find_fitting_numbers(digits: str, most: int) -> tuple[int, ...]:
    """Return the numbers from 1 to `most` that two digits, with X for any digit, may stand for; all for ""."""
    if digits.isdigit():
        return (number,) if 1 <= (number := int(digits)) <= most else ()
    return tuple([n for n in range(1, most + 1) if all(c in ("X", d) for c, d in zip(digits, f"{n:02}", strict=False))])


def _long_year_range(year: str) -> tuple[int, int]:
    match = _LONG_YEAR().fullmatch(year)
    if match is None:
        raise DateError(f"year {year}: a year with S takes no X")
    sign, digits, exponent, significant = match.groups()
    digits = digits.lstrip("0") or "0"
    if len(exponent or "") > 3 or len(digits) + int(exponent or 0) > _MOST_DIGITS:
        raise DateError(f"year {year[:24]}…: years have at most {_MOST_DIGITS} digits")
    value = int(digits) * 10 ** int(exponent or 0)
    if year[0] == "Y" and value < 10_000:
        number = format_year(-value if sign else value)
        raise DateError(f"year {year}: Y is for years of more than four digits; write {number}")
    if significant and not int(significant):
        raise DateError(f"year {year}: S is followed by the number of significant digits, 1 or more")
    known = int(significant) if significant else len(str(value))
    unit = 10 ** max(len(str(value)) - known, 0)
    low = value // unit * unit
    high = low + unit - 1
    return (-high, -low) if sign else (low, high)


def _matching_years(year: str, falling: bool) -> Iterator[int]:
    """Yield the years that the digits may stand for, in order."""
    negative = year[0] == "-"
    choices = [("0123456789" if digit == "X" else digit) for digit in year[negative:]]
    if falling != negative:
        choices = [digits[::-1] for digits in choices]
    for digits in product(*choices):
        number = int("".join(digits))
        if number or not negative:
            yield -number if negative else number


@lru_cache(maxsize=1024)
def _has_leap_year(year: str) -> bool:
    """Return whether the digits may stand for a leap year."""
    return any(month_length(one, 2) == 29 for one in _matching_years(year, False))


def _existing_days(years: Iterable[int], months: Iterable[int], days: tuple[int, ...]) -> Iterator[Day]:
    """Yield the days that exist, in the order of the arguments."""
    for year in years:
        for month in months:
            length = month_length(year, month)
            for day in days:
                if day <= length:
                    yield Day(year, month, day)


def _check(year: str, month: str, day: str) -> None:
    if month in PERIODS:
        if "X" in year or day:
            raise DateError(f"{month} after the year is a season, quarter or half: it takes a full year and no day")
        return
    if not find_fitting_numbers(month, 12):
        if "X" in month:
            raise DateError(f"month {month}: no month from 01 to 12 has these digits")
        others = "; seasons are 21 to 32, quarters 33 to 36, thirds 37 to 39, halves 40 and 41"
        raise DateError(f"month {month}: months run 01 to 12{others if int(month) > 20 else ''}")
    if not find_fitting_numbers(day, 31):
        told = "no day from 01 to 31 has these digits" if "X" in day else "days run 01 to 31"
        raise DateError(f"day {day}: {told}")


def _explain_missing_day(year: str, month: str, day: str, longest: int) -> str:
    """Return the message for a day that does not exist in a month, whose last day is `longest`."""
    leap = f"{year} is not a leap year; " if (month, day) == ("02", "29") and "X" not in year else ""
    named = f"{int(day)}" if day.isdigit() else f"day {day} of"
    name = MONTHS[find_fitting_numbers(month, 12)[0] - 1]
    return f"{named} {name} {year} does not exist: {leap}the last day is {longest}"
