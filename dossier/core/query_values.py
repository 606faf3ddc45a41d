"""Names and values that the fields of a query cannot have, what they are probably meant to be, and the messages."""

import re
from collections.abc import Set
from functools import lru_cache
from typing import Final

from dossier.text.late_patterns import compile_late
from dossier.text.messages import abbreviate, suggest_name

SEARCHABLE_PANES = ("body", "quotes", "people", "timeline", "headline", "notes")
"""The words that may follow `in:`."""
OTHER_FIELD_NAMES: Final = {
    **dict.fromkeys(("by", "said", "says", "who"), "speaker"),
    **dict.fromkeys(("author", "writer"), "byline"),
    **dict.fromkeys(("company", "organisation", "organization"), "org"),
    **dict.fromkeys(("newspaper", "paper", "source"), "outlet"),
    **dict.fromkeys(("location", "where"), "place"),
    **dict.fromkeys(("day", "when", "year"), "date"),
    **dict.fromkeys(("tag", "topic"), "keyword"),
    "language": "lang",
    "name": "person",
}
"""Names that a reader may guess, or know from other programs, each with the name of the field that it stands for."""
_LONGEST_NAME = 12
"""Longer words are not compared with the names."""
FIELD_VALUES: Final = {
    "in": SEARCHABLE_PANES,
    "form": ("direct", "mixed", "indirect", "reported", "free-indirect"),
    "status": ("happened", "planned", "alleged", "denied"),
}
"""The values of the fields that have only so many. Those of the format stand here again, since the model of an article
takes longer to load than a search may take.
"""
_LANG: Final = compile_late(r"[A-Za-z]{1,3}(-[A-Za-z0-9-]*)?")
"""A language tag (BCP 47), or the beginning of one."""
_LANGUAGES: Final = {
    **{"arabic": "ar", "chinese": "zh", "czech": "cs", "danish": "da", "dutch": "nl", "english": "en", "finnish": "fi"},
    **{"french": "fr", "german": "de", "greek": "el", "hebrew": "he", "hindi": "hi", "hungarian": "hu"},
    **{"indonesian": "id", "italian": "it", "japanese": "ja", "korean": "ko", "norwegian": "no", "persian": "fa"},
    **{"polish": "pl", "portuguese": "pt", "romanian": "ro", "russian": "ru", "spanish": "es", "swedish": "sv"},
    **{"thai": "th", "turkish": "tr", "ukrainian": "uk", "urdu": "ur", "vietnamese": "vi"},
    **{"deutsch": "de", "espa\u00f1ol": "es", "fran\u00e7ais": "fr", "italiano": "it", "t\u00fcrk\u00e7e": "tr"},
}
_LONGEST = 12
"""Longer words are not compared with the values."""


def find_impossible_value(field: str, typed: str) -> str:
    """Return why the field of a query cannot have the value `typed`; "" if it can.

    The beginning of a value is enough, except for `in`.
    """
    value = typed.lower()
    values = FIELD_VALUES.get(field, ())
    if not values or (value in values if field == "in" else any(one.startswith(value) for one in values)):
        return ""
    near = suggest_name(value[:_LONGEST], values)
    cure = f"did you mean {field}:{near}? It" if near else "it"
    every = f"{', '.join(values[:-1])} or {values[-1]}"
    return f"{field}:{abbreviate(value, 40)} is ignored; {cure} can be {every}"


def describe_unusual_lang(typed: str) -> str:
    """Return what is unusual in a language that is no language tag, or no beginning of one; "" if it is one.

    Such a language is still allowed in a file.
    """
    value = typed.lower()
    if _LANG().fullmatch(value):
        return ""
    near = _LANGUAGES.get(suggest_name(value[:_LONGEST], _LANGUAGES, 0.8), "")
    cure = f"; did you mean lang:{near}?" if near else ""
    return f"a language is usually a code, such as en or de-AT{cure}"


def describe_stray_notes(typed: str) -> tuple[int, int, str]:
    """Return where the last `in:notes` of a query begins and ends, and why it has no meaning there."""
    places = [found.span() for found in re.finditer(r'\bin:"?notes\b', typed, re.IGNORECASE)]
    start, end = places[-1] if places else (0, len(typed))
    return start, end, "in:notes is ignored here; write in:notes (toll OR fare)"


@lru_cache(maxsize=1024)
def suggest_field(name: str, known: Set[str]) -> str:
    """Return which of the `known` fields a name in small letters is probably meant to be; "" if there is none."""
    near = suggest_name(name, sorted(known), 0.75) if 2 < len(name) <= _LONGEST_NAME else ""
    return OTHER_FIELD_NAMES.get(name, near)
