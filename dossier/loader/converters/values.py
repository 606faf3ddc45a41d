"""What converters work on: values of JSON, the draft of an article, and the error that a source gives none."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from typing import Any, TypeAlias

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.date_bounds import DateError
from dossier.core.dates.edtf import parse_date

JsonValue: TypeAlias = Any
"""A value of JSON: a text, None, a list, or a dict. Numbers, true and false are texts as they were written."""
JsonFields: TypeAlias = dict[str, JsonValue]

_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?(?:[.,][0-9]+)?\s*(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_NOT_IN_ID = re.compile(r"[^a-z0-9]+")


class ConversionError(Exception):
    """No article can be made of a source; the message says why, and what to do."""


class DraftArticle(NamedTuple):
    """The fields of an article file, and how many things of the source, by their names, it does not have."""

    fields: JsonFields
    left_out: Counter[str]


def read_text(value: JsonValue) -> str:
    """Return a text without white space around it; "" for None and for any other value."""
    return value.strip() if isinstance(value, str) else ""


def read_list(value: JsonValue) -> list[JsonValue]:
    """Return a list; any other value is no list, and gives an empty one."""
    return value if isinstance(value, list) else []


def read_number(value: JsonValue) -> int | None:
    """Return a whole number above or equal to 0; None for any other value."""
    return int(value) if isinstance(value, str) and re.fullmatch("[0-9]{1,15}", value) else None


def list_objects(value: JsonValue) -> list[JsonFields]:
    """Return the objects of a list."""
    return [one for one in read_list(value) if isinstance(one, dict)]


def split_names(value: JsonValue, pattern: str = r"\s*;\s*") -> list[str]:
    """Return names that are given as a list, or as one text with separators between them."""
    texts = value if isinstance(value, list) else [value]
    return [name for text in texts for name in re.split(pattern, read_text(text)) if name]


def drop_empty(fields: Mapping[str, JsonValue]) -> JsonFields:
    """Return the fields that have a value."""
    return {key: value for key, value in fields.items() if value not in (None, "", [], {})}


def convert_date(written: str) -> str:
    """Return a date, with its time if it has one, as EDTF; "" if it cannot be understood."""
    if found := _MOMENT.fullmatch(written):
        day, minutes, seconds, zone = found.groups()
        zone = zone if not zone or zone == "Z" or ":" in zone else f"{zone[:3]}:{zone[3:]}"
        written = f"{day}T{minutes}{seconds or ''}{zone or ''}"
    for text in (written, _read_mail_date(written)):
        try:
            parse_date(text)
        except DateError:
            continue
        return text
    return ""


def _read_mail_date(written: str) -> str:
    """Return a date as it stands in a mail or a feed (RFC 5322, section 3.3) in ISO 8601; "" if it is none."""
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - few sources have such dates

    try:
        return parsedate_to_datetime(written).isoformat()
    except (ValueError, IndexError, TypeError):
        return ""


class UniqueNames:
    """Names that are given out once each: a repeated one gets a hyphen and a number."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def claim(self, base: str) -> str:
        """Return `base`, or with a number what was not given out yet."""
        made, number = base, self._last.get(base, 1)
        while made in self._last:
            number += 1
            made = f"{base}-{number}"
        self._last[base] = number
        self._last[made] = max(self._last.get(made, 1), 1)
        return made


def propose_id(name: str, otherwise: str) -> str:
    """Return an id for an entry: the last word of its name, or `otherwise` when that has no Latin letters."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = _NOT_IN_ID.sub(" ", ascii_name).split()
    return words[-1] if words else otherwise


def make_stem(fields: JsonFields, most: int = 60) -> str:
    """Return the name of a file for an article: its date and the words of its headline, in small letters."""
    day = re.match(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?(?![0-9X])", read_text(fields.get("published")))
    folded = unicodedata.normalize("NFKD", read_text(fields.get("headline"))).casefold()
    plain = unicodedata.normalize("NFC", "".join(char for char in folded if not unicodedata.combining(char)))
    words = re.sub(r"[\W_]+", " ", plain.replace("'", "").replace("\u2019", "")).split()
    made = day[0] if day else ""
    for word in words or ["article"]:
        longer = f"{made}-{word}" if made else word
        # File systems allow 255 bytes.
        if len(longer) > most or len(longer.encode()) > 3 * most:
            break
        made = longer
    return made or "article"
