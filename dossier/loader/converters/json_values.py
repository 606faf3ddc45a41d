"""Load JSON as texts: numbers, true and false as they are written, and no key twice."""

import json
from typing import NoReturn

from dossier.core.problem import Problem
from dossier.loader.converters.values import ConversionError, JsonFields, JsonValue
from dossier.loader.json_nodes import parse_json
from dossier.loader.limits import Limits

MAX_SOURCE_BYTES = 256 * 1024 * 1024
"""The most bytes of a source."""
SOURCE_LIMITS = Limits(size=MAX_SOURCE_BYTES)
"""The limits of a source that is read as articles are."""


class DuplicateKeyError(ValueError):
    """A key repeats in an object of JSON."""


def make_decoder() -> json.JSONDecoder:
    """Return a decoder that keeps numbers as they are written, and takes the line breaks that models leave in texts."""
    return json.JSONDecoder(object_pairs_hook=_object, parse_float=str, parse_int=str, parse_constant=str, strict=False)


def _object(pairs: list[tuple[str, JsonValue]]) -> JsonFields:
    made: JsonFields = {}
    for key, value in pairs:
        if key in made:
            raise DuplicateKeyError(key)
        made[key] = str(value).lower() if isinstance(value, bool) else value
    return made


def load_json(text: str) -> JsonValue:
    """Return a value of JSON. Raises JSONDecodeError for a text that is none, and ConversionError for one not taken."""
    try:
        return make_decoder().decode(text)
    except DuplicateKeyError as error:
        raise ConversionError(f"the key {str(error)!r} is in one object twice: remove one of them") from None
    except RecursionError:
        raise ConversionError("its lists and objects are nested too deep") from None


def is_json(text: str) -> bool:
    """Return whether a text is JSON."""
    try:
        load_json(text)
    except (json.JSONDecodeError, ConversionError):
        return False
    return True


def raise_json_error(text: str, first: int) -> NoReturn:
    """Raise ConversionError with what the reader of articles says of the JSON of a text."""
    problems = parse_json(text.encode("utf-8", "replace"), "", SOURCE_LIMITS)[1]
    one = problems[0] if problems else Problem("", 1, 1, "not-json", "it is not JSON")
    raise ConversionError(f"line {first + one.line - 1}, column {one.column}: {one.message}")
