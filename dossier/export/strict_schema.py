"""The schema that strict structured output of language models takes, a subset of JSON Schema.

Every key is required, null where there is nothing to say; mappings have fixed keys, so that people are a list with ids;
there are no patterns, no bounds and no definitions, and no offsets, since models cannot count. Keys whose values are
not in the text of an article are left out. An answer in this form is an article file in JSON.
"""

from collections.abc import Mapping, Sequence
from typing import Any

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
)

_ID_KEY = FormatKey("id", ValueKind.ID, "A short id of lower-case letters, digits and hyphens, such as okafor.", True)
# What is said of a key whose value has another form here than in a file written by hand.
_ABOUT = {
    "body": "The paragraphs of the article, word for word, in order. Their ids are p1, p2 … in order.",
    "people": "The people in the article.",
    "orgs": "The organisations in the article.",
    "places": "The places in the article.",
    "quotes": "Who said what.",
    "timeline": "What happened when.",
    "glossary": "The terms that the article explains.",
    "text": "The words. In a direct quote they are verbatim; […] joins the parts of a quote that the article splits.",
    "at": "Where the evidence is; null if the words of a quote occur only once.",
}
_TEXTS_KINDS = (ValueKind.TEXTS, ValueKind.REFERENCES)
_LISTS: Mapping[ValueKind, Sequence[FormatKey]] = {
    ValueKind.PEOPLE: (_ID_KEY, *PERSON_KEYS),
    ValueKind.ORGS: (_ID_KEY, *ORG_KEYS),
    ValueKind.PLACES: (_ID_KEY, *PLACE_KEYS),
    ValueKind.QUOTES: QUOTE_KEYS,
    ValueKind.TIMELINE: EVENT_KEYS,
    ValueKind.GLOSSARY: TERM_KEYS,
    ValueKind.MEDIA: MEDIA_KEYS,
    ValueKind.DOCUMENTS: DOCUMENT_KEYS,
}
_WORDS = {ValueKind.FORM: QUOTE_FORMS, ValueKind.STATUS: EVENT_STATUSES}


def make_strict_schema() -> JsonObject:
    """Return the schema of an article for strict structured output."""
    return {"description": "A news article and what was extracted from it.", **_object(ARTICLE_KEYS)}


def fill_with_nulls(value: Any, schema: Mapping[str, Any]) -> Any:
    """Return a JSON value with null for every key that the strict schema requires and that is missing in it.

    The keys stand in the order of the schema; those that it does not have are left out.
    """
    if isinstance(value, list):
        return [fill_with_nulls(one, schema["items"]) for one in value]
    if isinstance(value, dict):
        whole = next((one for one in schema.get("anyOf", ()) if one["type"] == "object"), schema)
        return {name: fill_with_nulls(value.get(name), one) for name, one in whole["properties"].items()}
    return value


def _object(keys: Sequence[FormatKey]) -> JsonObject:
    properties = {key.name: _property(key) for key in keys if key.is_extracted}
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _property(key: FormatKey) -> JsonObject:
    about = _ABOUT.get(key.name, key.about)
    if key.kind is ValueKind.EVIDENCE:
        return {"description": about, "anyOf": [_object(SELECTOR_KEYS), {"type": "null"}]}
    if key.kind is ValueKind.BODY:
        return {"description": about, "type": "array", "items": {"type": "string"}}
    if key.kind in _LISTS:
        return {"description": about, "type": ["array", "null"], "items": _object(_LISTS[key.kind])}
    if key.kind in _TEXTS_KINDS:
        return {"description": about, "type": ["array", "null"], "items": {"type": "string"}}
    if words := _WORDS.get(key.kind):
        return {"description": about, "type": ["string", "null"], "enum": [*words, None]}
    return {"description": about, "type": "string" if key.is_required else ["string", "null"]}
