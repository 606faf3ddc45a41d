"""Read the notes in web annotations: those that this program writes, and those of others.

These are annotations of the W3C model (one, a list, a page, a collection), and what the API of Hypothesis exports
(`rows`). Only what stands in a TextQuoteSelector counts for where a note is: what the positions of others count, and in
which text, nobody says.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from urllib.parse import unquote

from dossier.core.dataclasses import NamedTuple, replace
from dossier.core.note import ARTICLE_URN, CONTEXT_LENGTH, NOTE_URN, Note, note_tags
from dossier.core.ref import Ref, RefError, parse_ref
from dossier.loader.converters.json_values import load_json, raise_json_error
from dossier.loader.converters.values import ConversionError, JsonFields, JsonValue, list_objects, read_list, read_text
from dossier.text.sanitize import sanitize_excerpt, sanitize_text

_NOT_IN_TAG = re.compile(r"\s+")
_INTEGER = re.compile(r"-1|[0-9]{1,6}")
_END_OF_DAY = re.compile(r"(?<=T)24(?=:00:00(?:\.0+)?(?:Z|[+-]|$))")
"""The hour of the end of a day ("dateTime" in XML Schema), which Python reads from 3.14 on."""
_CURE = "give a web annotation of the W3C, a list or collection of them, or an export of the API of Hypothesis"


class SourcedNote(NamedTuple):
    """A note that was read, and its source: the web address of the page, the id of the article, or "".

    `is_own` says that this program wrote it, so that nothing has to be found out.
    """

    note: Note
    source: str
    is_own: bool


class ReadAnnotations(NamedTuple):
    """The notes of a source, and a message for each item that is no annotation."""

    notes: tuple[SourcedNote, ...]
    faults: tuple[str, ...]


def read_annotations(text: str, now: datetime) -> ReadAnnotations:
    """Return the notes in a JSON text; one without a time was made `now`.

    Raises ConversionError when the text is no JSON, or has no annotations; the message says where, and what to do.
    """
    if text.lstrip()[:1] not in ("{", "["):
        raise ConversionError(f"it has no annotations: {_CURE}")
    try:
        value = load_json(text)
    except json.JSONDecodeError:
        raise_json_error(text, 1)
    items = _items(value)
    if items is None:
        raise ConversionError(f"it has no annotations: {_CURE}")
    notes: dict[str, SourcedNote] = {}
    faults: list[str] = []
    for number, item in enumerate(items, 1):
        found = list(_read(item, now)) if isinstance(item, dict) else []
        if not found:
            faults.append(f"item {number}: not an annotation, since it has no target with a source")
        notes |= {one.note.id: one for one in found}
    return ReadAnnotations(tuple(notes.values()), tuple(faults))


def _items(value: JsonValue) -> list[JsonValue] | None:
    """Return the annotations in a value, None when it can hold none."""
    if isinstance(value, dict) and isinstance(value.get("first"), dict):
        value = value["first"]
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return None
    lists = [value[key] for key in ("rows", "items") if isinstance(value.get(key), list)]
    return lists[0] if lists else [value] if "target" in value else None


def _read(item: JsonFields, now: datetime) -> Iterator[SourcedNote]:
    """Yield a note for each target of an annotation."""
    target = item.get("target")
    targets = target if isinstance(target, list) else [target]
    text = _read_text(item)
    for number, one in enumerate(targets, 1):
        place = one if isinstance(one, dict) else {"source": one}
        source = _source(place) or read_text(item.get("uri"))
        if not source:
            continue
        quoted = _quoted(place)
        id = _id(item, source, quoted, text) + (f"-{number}" if number > 1 else "")
        yield _make(item, id, source, quoted, text, now)


def _make(item: JsonFields, id: str, source: str, quoted: Mapping[str, str], text: str, now: datetime) -> SourcedNote:
    made = _time(item, now)
    own = _own_ref(item)
    article = _unquote_urn(source, ARTICLE_URN)
    words, before, after = quoted.get("exact", ""), quoted.get("prefix", ""), quoted.get("suffix", "")
    sides = before[-CONTEXT_LENGTH:], after[:CONTEXT_LENGTH]
    note = Note(id, own or Ref(article), words, made, "", *sides, text)
    return SourcedNote(_with_own_terms(note, item) if own else note, article, own is not None)


def _with_own_terms(note: Note, item: JsonFields) -> Note:
    """Return a note that this program wrote, with what it alone knows of it."""
    alike = [read_text(item.get(f"dossier:alike{side}")) for side in ("Before", "After")]
    return replace(
        note,
        digest=sanitize_text(read_text(item.get("dossier:digest"))),
        before=_read_excerpt(item.get("dossier:before")),
        after=_read_excerpt(item.get("dossier:after")),
        alike=(int(alike[0]), int(alike[1])) if all(map(_INTEGER.fullmatch, alike)) else note.alike,
    )


def _own_ref(item: JsonFields) -> Ref | None:
    try:
        ref = parse_ref(read_text(item.get("dossier:address")))
    except RefError:
        return None
    return ref._replace(article=sanitize_text(ref.article), id=sanitize_text(ref.id))


def _unquote_urn(text: str, prefix: str) -> str:
    """Return what a URN with this prefix names, fit for a terminal; any other text is returned as it is."""
    return sanitize_text(unquote(text.removeprefix(prefix))) if text.startswith(prefix) else text


def _source(target: JsonFields) -> str:
    source = target.get("source") or target.get("id")
    return sanitize_text(read_text(source.get("id") if isinstance(source, dict) else source))


def _quoted(target: JsonFields) -> Mapping[str, str]:
    """Return the texts of the TextQuoteSelector of a target; none when it has no such selector."""
    selector = target.get("selector")
    selectors = list_objects(selector if isinstance(selector, list) else [selector])
    for one in (*selectors, *list_objects([each.get("refinedBy") for each in selectors])):
        if one.get("type") == "TextQuoteSelector" and isinstance(one.get("exact"), str):
            return {key: sanitize_excerpt(text) for key, text in one.items() if isinstance(text, str)}
    return {}


def _read_text(item: JsonFields) -> str:
    """Return the text of an annotation, with those of its tags behind it that are not in it."""
    comments, tags = [], [read_text(tag) for tag in read_list(item.get("tags"))]
    comments += [text for key in ("text", "bodyValue") if (text := _whole_text(item.get(key)))]
    body = item.get("body")
    for one in body if isinstance(body, list) else [body]:
        if isinstance(one, dict) and (value := _whole_text(one.get("value"))):
            (tags if one.get("purpose") == "tagging" else comments).append(value)
    text = "\n".join(map(sanitize_text, "\n\n".join(comments).split("\n")))
    known = {tag.casefold() for tag in note_tags(text)}
    written = (_NOT_IN_TAG.sub("-", sanitize_text(tag).lstrip("#")) for tag in tags)
    more = [f"#{tag}" for tag in dict.fromkeys(written) if tag and tag.casefold() not in known]
    return " ".join([text, *more]) if text else " ".join(more)


def _whole_text(value: JsonValue) -> str:
    """Return a text with the white space around it; "" for one of nothing else, and for any other value."""
    return value if isinstance(value, str) and value.strip() else ""


def _read_excerpt(value: JsonValue) -> str:
    return sanitize_excerpt(value) if isinstance(value, str) else ""


def _id(item: JsonFields, source: str, quoted: Mapping[str, str], text: str) -> str:
    """Return the id of a note; of an annotation without an id, one that is the same each time it is read."""
    if given := sanitize_text(read_text(item.get("id"))):
        return _unquote_urn(given, NOTE_URN)
    told = json.dumps([source, quoted.get("exact", ""), quoted.get("prefix", ""), text])
    return sha256(told.encode()).hexdigest()[:16]


def _time(item: JsonFields, now: datetime) -> str:
    """Return when an annotation was made, in UTC."""
    written = read_text(item.get("created")) or read_text(item.get("modified")) or read_text(item.get("updated"))
    begun, days = _END_OF_DAY.subn("00", written)
    try:
        found = datetime.fromisoformat(begun) + timedelta(days)
        moment = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        moment = now
    # Until 3.13 strftime writes a year before 1000 with less than four digits.
    return f"{moment.replace(microsecond=0, tzinfo=None).isoformat()}Z"
