"""The JSON Schema (draft 2020-12) of article files, made from the table of keys that the loader reads.

It accepts what the loader reads without an error, as far as a schema can tell, so that unknown keys pass, numbers and
booleans count as texts, and nulls as missing. Nothing is factored out into definitions: editors show the description
that stands beside a type.
"""

from collections.abc import Callable, Sequence

from dossier.core.model import EVENT_STATUSES, QUOTE_FORMS
from dossier.export.json_types import JsonObject
from dossier.loader.format_keys import (
    ARTICLE_KEYS,
    DOCUMENT_KEYS,
    EVENT_KEYS,
    MEDIA_KEYS,
    ORG_KEYS,
    PERSON_KEYS,
    PLACE_KEYS,
    QUOTE_KEYS,
    SELECTOR_KEYS,
    TERM_KEYS,
    FormatKey,
    ValueKind,
    list_key_names,
)
from dossier.loader.limits import FORMAT_VERSION

_TEXT_TYPES = ("string", "number", "boolean")
_NOT_BLANK = r"\S"
_ID = r"^\s*[a-z0-9][a-z0-9-]*\s*$"
_AT = r"^\s*(headline|subtitle|p[0-9]+|media:[^\s:]+)(:[0-9]{1,9}-[0-9]{1,9})?\s*$"
# Every form of EDTF has a digit or an X, and no other letters than these. What the lookahead refuses is in no calendar:
# the months 00, 13 to 20 and 42 to 99, and the 30 February and 31 April.
_DATE = (
    r"^(?!.*(^|[^0-9Y])[0-9]{4}-(00|1[3-9]|20|4[2-9]|[5-9][0-9]|02-3[0-9]|(04|06|09|11)-31)([^0-9]|$))"
    r"(?=.*[0-9X])[-+0-9XYESTZ:/.,~?%\[\]{} ]*$"
)
_ARTICLE_ID = r"^\s*\S+\s*$"
# What editors say instead of the pattern; other programs pass the keyword over.
_PATTERN_MESSAGES = {
    _ARTICLE_ID: "The id of an article must be text without white space.",
    _ID: "An id consists of lower-case letters (a to z), digits and hyphens.",
    _AT: "Write p3, p3:12-48, headline, subtitle, media:m1, or {p: p3, exact: the words}.",
    _DATE: "Write a date in EDTF, such as 2023-04-11, 2023-04, 2006, 2022-12~ or 2017-11/.., or words in date_text.",
}
_ID_KEY = FormatKey(
    "id", ValueKind.ID, "The id that references use for this entry: lower-case letters, digits and hyphens.", True
)


def make_article_schema() -> JsonObject:
    """Return the schema of an article file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "dossier article",
        "description": f"A news article and what was extracted from it, in version {FORMAT_VERSION} of the format.",
        **_mapping(ARTICLE_KEYS),
    }


def _mapping(keys: Sequence[FormatKey], *needed: str) -> JsonObject:
    """Return the schema of a mapping with these keys; `needed` are required beside those that always are."""
    required = [*(key.name for key in keys if key.is_required), *needed]
    made: JsonObject = {"type": "object", "properties": {key.name: _property(key) for key in keys}}
    return {**made, "required": required} if required else made


def _property(key: FormatKey) -> JsonObject:
    value = _VALUES[key.kind]()
    if key.is_required:
        types = [one for one in _as_list(value["type"]) if one != "null"]
        value = {"pattern": _NOT_BLANK, **value, "type": types}
    return {"description": key.about, **value}


def _as_list(types: str | Sequence[str]) -> list[str]:
    return [types] if isinstance(types, str) else list(types)


def _pattern(pattern: str) -> JsonObject:
    return {"pattern": pattern, "patternErrorMessage": _PATTERN_MESSAGES[pattern]}


def _text(**more: object) -> JsonObject:
    return {"type": [*_TEXT_TYPES, "null"], **more}


def _texts() -> JsonObject:
    return {"type": [*_TEXT_TYPES, "array", "null"], "items": _text()}


def _evidence() -> JsonObject:
    selector = _mapping(SELECTOR_KEYS)
    selector["properties"]["p"] |= _pattern(_AT)
    # An item has no description of its own: an editor would show it in place of the one of the key.
    one = {**_pattern(_AT), **selector, "type": [*_TEXT_TYPES, "object", "null"]}
    return {**one, "type": [*one["type"], "array"], "items": one}


def _body() -> JsonObject:
    heading = {"type": list(_TEXT_TYPES), "description": "A sub-heading; it has no number.", "pattern": _NOT_BLANK}
    item = {
        "type": [*_TEXT_TYPES, "object", "null"],
        "pattern": _NOT_BLANK,
        "properties": {"heading": heading},
        "required": ["heading"],
        "additionalProperties": False,
    }
    return {"type": [*_TEXT_TYPES, "array"], "pattern": _NOT_BLANK, "items": item, "minItems": 1}


def _entities(keys: Sequence[FormatKey]) -> JsonObject:
    """Return the schema of people, organisations or places: by id, or as a list."""
    entry = _mapping(keys)
    short = {"pattern": r"^\s*[^\s|]"}
    return {
        "type": ["object", "array", "null"],
        "propertyNames": _pattern(_ID),
        "additionalProperties": {**short, **entry, "type": [*_TEXT_TYPES, "object"]},
        "items": _mapping((_ID_KEY, *keys)),
    }


def _list(item: JsonObject) -> JsonObject:
    return {"type": ["array", "null"], "items": item}


def _with_short_form(keys: Sequence[FormatKey], short: JsonObject, long: JsonObject) -> JsonObject:
    """Return the schema of a list of entries with these keys, or with one other key (`short`)."""
    names = list(list_key_names(tuple(keys)))
    long_form = _mapping(keys)
    required = long_form.pop("required", [])
    entry = {
        **long_form,
        "minProperties": 1,
        "if": {"maxProperties": 1, "propertyNames": {"not": {"enum": names}}},
        "then": short,
        "else": {"required": required, **long} if required else long,
    }
    return _list(entry)


def _quotes() -> JsonObject:
    short = {"additionalProperties": _without_null(_quote_text())}
    reported = {"properties": {"form": {"const": "reported"}}, "required": ["form"]}
    has_text = {"required": ["text"], "properties": {"text": _without_null(_quote_text())}}
    return _with_short_form(QUOTE_KEYS, short, {"if": reported, "else": has_text})


def _quote_text() -> JsonObject:
    return {
        "type": [*_TEXT_TYPES, "array", "null"],
        "items": _text(),
    }


def _without_null(schema: JsonObject) -> JsonObject:
    types = [one for one in schema["type"] if one != "null"]
    return {**schema, "type": types, "pattern": _NOT_BLANK, "minItems": 1}


def _timeline() -> JsonObject:
    short = {
        "propertyNames": _pattern(_DATE),
        "additionalProperties": {"type": list(_TEXT_TYPES), "pattern": _NOT_BLANK},
    }
    return _with_short_form(EVENT_KEYS, short, _any_given("date", "date_text"))


def _glossary() -> JsonObject:
    short: JsonObject = {"additionalProperties": _text()}
    as_list = _with_short_form(TERM_KEYS, short, {})
    return {"type": ["object", "array", "null"], "additionalProperties": _text(), "items": as_list["items"]}


def _documents() -> JsonObject:
    document = _mapping(DOCUMENT_KEYS)
    return _list({**document, **_any_given("title", "url")})


def _any_given(*names: str) -> JsonObject:
    """Return the schema of a mapping that has one of these keys, with a text."""
    return {"anyOf": [{"required": [name], "properties": {name: {"type": list(_TEXT_TYPES)}}} for name in names]}


_VALUES: dict[ValueKind, Callable[[], JsonObject]] = {
    ValueKind.VERSION: lambda: {"enum": [int(FORMAT_VERSION), FORMAT_VERSION, None]},
    ValueKind.ARTICLE_ID: lambda: _text(**_pattern(_ARTICLE_ID)),
    ValueKind.ID: lambda: _text(**_pattern(_ID)),
    ValueKind.TEXT: _text,
    ValueKind.TEXTS: _texts,
    ValueKind.DATE: lambda: _text(**_pattern(_DATE)),
    ValueKind.FORM: lambda: {"enum": [*QUOTE_FORMS, None]},
    ValueKind.STATUS: lambda: {"enum": [*EVENT_STATUSES, None]},
    ValueKind.REFERENCE: _text,
    ValueKind.REFERENCES: _texts,
    ValueKind.EVIDENCE: _evidence,
    ValueKind.QUOTE_TEXT: _quote_text,
    ValueKind.FIELDS: lambda: {"type": ["object", "null"], "additionalProperties": _text()},
    # Coordinates are kept as they are written, whatever their shape.
    ValueKind.COORDINATES: dict,
    ValueKind.BODY: _body,
    ValueKind.PEOPLE: lambda: _entities(PERSON_KEYS),
    ValueKind.ORGS: lambda: _entities(ORG_KEYS),
    ValueKind.PLACES: lambda: _entities(PLACE_KEYS),
    ValueKind.QUOTES: _quotes,
    ValueKind.TIMELINE: _timeline,
    ValueKind.GLOSSARY: _glossary,
    ValueKind.MEDIA: lambda: _list(_mapping(MEDIA_KEYS)),
    ValueKind.DOCUMENTS: _documents,
}
