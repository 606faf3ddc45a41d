"""Convert articles that have the keys of an article file, or other words for them, as scrapers and language models do.

Everything is kept, unknown keys included; what this file's format calls otherwise gets its name there.
"""

import re
from collections import Counter
from collections.abc import Iterator

from dossier.loader.converters.offsets import CountedSpan, locate_spans
from dossier.loader.converters.values import (
    DraftArticle,
    JsonFields,
    JsonValue,
    UniqueNames,
    convert_date,
    drop_empty,
    list_objects,
    propose_id,
    read_list,
    read_text,
    split_names,
)

# Another's word for a key, in small letters and without _ and -, and the key.
_TOP = {
    **dict.fromkeys(("title", "head"), "headline"),
    **dict.fromkeys(("text", "content", "articlebody", "bodytext", "fulltext", "maintext", "paragraphs"), "body"),
    **dict.fromkeys(("source", "publisher", "sitename", "publication", "newspaper", "sourcename"), "outlet"),
    **dict.fromkeys(("date", "publishdate", "datepublished", "publishedat", "pubdate", "datepublish"), "published"),
    **dict.fromkeys(("author", "authors", "creator"), "byline"),
    **dict.fromkeys(("link", "sourceurl", "canonicalurl"), "url"),
    **dict.fromkeys(("language", "inlanguage"), "lang"),
    "tags": "keywords",
    **dict.fromkeys(("description", "excerpt", "abstract"), "summary"),
    **dict.fromkeys(("organizations", "organisations"), "orgs"),
    **dict.fromkeys(("locations",), "places"),
    "events": "timeline",
    **dict.fromkeys(("updatedat", "datemodified", "modified"), "updated"),
}
_QUOTE = {"quote": "text", "quotetext": "text", "content": "text", "author": "speaker", "saidby": "speaker"}
_EVENT = {"event": "what", "description": "what", "text": "what", "when": "date"}
_LISTED = {"quotes": _QUOTE, "timeline": _EVENT}
_ENTITIES = {"people": "person", "orgs": "org", "places": "place"}
_DATES = ("published", "updated", "retrieved")
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_SPAN = re.compile(r"p([0-9]{1,9}):([0-9]{1,9})-([0-9]{1,9})")


def is_plain_article(value: JsonValue) -> bool:
    """Return whether a value is an object with a headline or a text, under any of their names."""
    return isinstance(value, dict) and any(_known_key(key, _TOP) in ("headline", "body") for key in value)


def has_body(value: JsonValue) -> bool:
    """Return whether a value is an object with a text, under any of its names."""
    return isinstance(value, dict) and any(_known_key(key, _TOP) == "body" for key in value)


def convert_plain_article(value: JsonFields) -> DraftArticle:
    """Return the article. Raises OffsetError when the offsets in it do not yield their own words."""
    left_out: Counter[str] = Counter()
    is_own_body = "body" in value
    fields = _rename(value, _TOP, left_out)
    if "body" in fields:
        fields["body"] = _read_body(fields["body"], is_own_body)
    for key in ("byline", "keywords", "section"):
        if isinstance(fields.get(key), (dict, list)):
            fields[key] = [_name_of(one) for one in (fields[key] if isinstance(fields[key], list) else [fields[key]])]
    if isinstance(fields.get("byline"), str):
        fields["byline"] = split_names(fields["byline"])
    if isinstance(fields.get("outlet"), dict):
        fields["outlet"] = _name_of(fields["outlet"])
    for key in _DATES:
        if written := read_text(fields.get(key)):
            fields[key] = convert_date(written)
            left_out[f"{key}: {written[:40]!r}, which is not a date"] += not fields[key]
    for key, names in _LISTED.items():
        if isinstance(fields.get(key), list):
            fields[key] = [_rename(one, names, left_out) if isinstance(one, dict) else one for one in fields[key]]
    for key in _ENTITIES:
        _give_ids(fields, key)
    _name_speakers(fields)
    _settle_offsets(fields)
    return DraftArticle(drop_empty(fields), +left_out)


def _known_key(key: str, names: dict[str, str]) -> str:
    """Return the key that a key means; itself if it is no other word for one."""
    return names.get(key.lower().replace("_", "").replace("-", "").replace(" ", ""), key)


def _rename(value: JsonFields, names: dict[str, str], left_out: Counter[str]) -> JsonFields:
    """Return an object under the keys of an article file; a key that is there by its own name is not replaced."""
    made: JsonFields = {}
    for key, one in value.items():
        known = _known_key(key, names)
        if known != key and (known in value or known in made):
            # Under its own name it would be reported as another word for a key.
            left_out[f"{key}, beside {known}"] += one not in (None, "", [], {})
        elif one is not None:
            made[known] = one
    return made


def _read_body(value: JsonValue, is_own: bool) -> JsonValue:
    """Return the paragraphs of a body, which are parted by blank lines; those of another's text may be by line ends."""
    if isinstance(value, list):
        return [_read_paragraph(one) for one in value if one not in (None, "")]
    if not isinstance(value, str):
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    pieces = _BLANK_LINES.split(text) if is_own or _BLANK_LINES.search(text.strip("\n")) else text.split("\n")
    return [" ".join(piece.strip().split("\n")) for piece in pieces if piece.strip()]


def _read_paragraph(value: JsonValue) -> JsonValue:
    if isinstance(value, dict) and value.keys() != {"heading"}:
        texts = [one for key in ("text", "content", "paragraph") if (one := read_text(value.get(key)))]
        return texts[0] if texts else value
    return value.replace("\r\n", "\n").replace("\r", "\n").replace("\n", " ") if isinstance(value, str) else value


def _name_of(value: JsonValue) -> JsonValue:
    return value.get("name", value) if isinstance(value, dict) else value


def _give_ids(fields: JsonFields, key: str) -> None:
    """Give ids to entries in a list that have none: bare names, and objects without an id."""
    ids, entries = UniqueNames(), read_list(fields.get(key))
    given = {read_text(one.get("id")) for one in list_objects(entries)}
    for one in given:
        ids.claim(one)
    for number, entry in enumerate(entries):
        name = entry if isinstance(entry, str) else read_text(entry.get("name")) if isinstance(entry, dict) else ""
        if name and not (isinstance(entry, dict) and entry.get("id")):
            made = ids.claim(propose_id(name.partition("|")[0], _ENTITIES[key]))
            entries[number] = {"id": made, **(entry if isinstance(entry, dict) else {"name": name})}


def _name_speakers(fields: JsonFields) -> None:
    """Make a speaker who has no entry a `speaker_text`: a reference has to find something."""
    known = {name for key in ("people", "orgs") for name in _names_in(fields.get(key)) if name}
    for quote in list_objects(fields.get("quotes")):
        if len(quote) == 1 and not quote.keys() & {"text", "speaker", "speaker_text"}:
            ((speaker, text),) = quote.items()
            if speaker not in known:
                quote.clear()
                quote.update({"speaker": speaker, "text": text})
        speaker = read_text(quote.get("speaker"))
        if speaker and speaker not in known and speaker.partition("/")[2] not in known:
            del quote["speaker"]
            quote.setdefault("speaker_text", speaker)


def _names_in(value: JsonValue) -> Iterator[str]:
    """Yield the ids, names and aliases of the entries of a kind."""
    entries = (
        value.items() if isinstance(value, dict) else ((read_text(one.get("id")), one) for one in list_objects(value))
    )
    for name, one in entries:
        yield name
        if isinstance(one, dict):
            yield from map(read_text, (one.get("name"), one.get("native"), *read_list(one.get("aliases"))))
        else:
            yield read_text(one).partition("|")[0].strip()


def _settle_offsets(fields: JsonFields) -> None:
    """Rewrite all addresses with offsets in code points, if they were counted otherwise."""
    paragraphs = [
        one if isinstance(one, str) else "" for one in read_list(fields.get("body")) if not isinstance(one, dict)
    ]
    holders = list(_holders(fields))
    spans = [
        CountedSpan(name, int(found[2]), int(found[3]), words, int(found[1]) - 1)
        for name, holder, key, words in holders
        for found in [_SPAN.fullmatch(holder[key])]
        if found
    ]
    located = locate_spans(paragraphs, spans)
    for (_name, holder, key, _words), span, (start, end) in zip(holders, spans, located, strict=True):
        holder[key] = f"p{span.place + 1}:{start}-{end}"


def _holders(fields: JsonFields) -> Iterator[tuple[str, JsonValue, JsonValue, str | None]]:
    """Yield each address with offsets: whose it is, the object or list that has it, under which key, and the words."""
    for number, quote in enumerate(list_objects(fields.get("quotes")), 1):
        is_direct = read_text(quote.get("form")) in ("", "direct")
        said = read_text(quote.get("text"))
        words = said.strip("“”\"„«»‘’'") if is_direct and "[" not in said else None
        for holder, key in _addresses(quote, "at"):
            is_alone = not isinstance(quote["at"], list) or len(quote["at"]) == 1
            yield f"quote {number}", holder, key, (words or None) if is_alone else None
        for holder, key in _addresses(quote, "speaker_at"):
            yield f"the speaker of quote {number}", holder, key, None
    for number, event in enumerate(list_objects(fields.get("timeline")), 1):
        for holder, key in _addresses(event, "at"):
            yield f"event {number}", holder, key, None
    for kind in _ENTITIES:
        entries = fields.get(kind)
        values = entries.values() if isinstance(entries, dict) else read_list(entries)
        for entry in values:
            if isinstance(entry, dict):
                for holder, key in _addresses(entry, "mentions"):
                    yield f"a mention of {read_text(entry.get('name'))}", holder, key, None


def _addresses(value: JsonFields, key: str) -> Iterator[tuple[JsonValue, JsonValue]]:
    """Yield where addresses with offsets are under a key: the object and the key, or the list and the number."""
    given = value.get(key)
    if isinstance(given, str) and _SPAN.fullmatch(given):
        yield value, key
    for number, one in enumerate(read_list(given)):
        if isinstance(one, str) and _SPAN.fullmatch(one):
            yield given, number
