"""What is wrong with a text that is not a date, and how to write the date that is probably meant."""

import re
from collections.abc import Callable, Iterator

from dossier.core.dates.date_bounds import MONTHS
from dossier.text.messages import abbreviate

_NUMBERS = {name.lower(): f"{number:02}" for number, name in enumerate(MONTHS, 1)}
_NUMBERS |= {"spring": "21", "summer": "22", "autumn": "23", "winter": "24"}


def explain_error(text: str, is_date: Callable[[str], bool]) -> str:
    """Return what is wrong with a text that is not a date, and the dates that it probably means.

    `is_date` tells whether a text is a date, so that no date is advised that is none.
    """
    shown = f"'{abbreviate(text, 40)}'"
    if not text.strip("./"):
        return "the date is missing: write one like 2023-04-12, 2023-04 or 2023, with .. at the open end of an interval"
    if year := re.match(r"(-[0-9]{5,15}|[0-9]{5})(?![0-9])", text):
        return f"year {year[1]}: a year of more than four digits is written Y{year[1]}, and takes no month or day"
    cures = dict.fromkeys(cure for cure in _guesses(text) if is_date(cure)) if len(text) <= 40 else {}
    if not cures and text.count("/") == 1:
        ends = [end for end in text.split("/") if end not in ("", "..") and not is_date(end)]
        if not ends:
            return f"{shown} is no interval: both ends must be dates, and what is in [ ] or {{ }} is a set of dates"
        return explain_error(ends[0], is_date)
    write = " or ".join(cures) or "it like 2023-04-12, 2023-04 or 2023"
    which = ", whichever is meant" if len(cures) > 1 else ""
    return f"{shown} is not EDTF: write {write}{which}, or put the words in date_text"


def _guesses(text: str) -> Iterator[str]:
    """Yield EDTF dates that a text in another notation may mean.

    Day and month are tried in both orders; only the calendar decides between them.
    """
    text = re.sub("[\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}]", "-", text)
    joined = re.sub(r"(?<=[0-9])[ t](?=[0-9])", "T", re.sub(r" (?=[+-][0-9]{2}:?[0-9]{2}$)", "", text))
    yield re.sub(r"([:.][0-9]+[+-][0-9]{2})([0-9]{2})$", r"\1:\2", joined).upper()
    yield re.sub(r"\s", "", text)
    if match := re.fullmatch(r"([0-9]{4})([-./]?)(0?[1-9]|1[0-2])(?:\2([0-9]{1,2}))?", text):
        yield "-".join([match[1], *(part.zfill(2) for part in match.group(3, 4) if part)])
    if match := re.fullmatch(r"([0-9]{4}(?:-[0-9]{2}){0,2})/([0-9]{2}(?:-[0-9]{2})?)", text):
        yield f"{match[1]}/{match[1][: -len(match[2])]}{match[2]}"
    if match := re.fullmatch(r"([0-9]{4}(?:-[0-9]{2}){0,2})\s*(?:-|to)\s*([0-9]{4}(?:-[0-9]{2}){0,2})", text):
        yield f"{match[1]}/{match[2]}"
    if match := re.fullmatch(r"([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]{4})", text):
        yield f"{match[4]}-{match[3]:0>2}-{match[1]:0>2}"
        yield f"{match[4]}-{match[1]:0>2}-{match[3]:0>2}"
    if match := re.fullmatch(r"([0-9]{3})0s", text):
        yield f"{match[1]}X"
    if match := re.fullmatch(r"(?:ca?\.|circa|about)\s*([0-9-]+)", text.lower()):
        yield f"{match[1]}~"
    day = r"(?:([0-9]{1,2})(?:st|nd|rd|th)?,?\s+)?"
    if match := re.fullmatch(rf"{day}([A-Za-z]{{3,}})\.?,?\s+{day}([0-9]{{4}})", text):
        month = next((number for name, number in _NUMBERS.items() if name.startswith(match[2].lower())), "")
        yield "-".join([match[4], month, *(part.zfill(2) for part in match.group(1, 3) if part)])
