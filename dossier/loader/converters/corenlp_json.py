"""Convert the JSON that Stanford CoreNLP writes (outputFormat json): its text, names, quotes and their speakers.

Its offsets are those of Java, UTF-16 code units; what it calls code point offsets is not used, since they are wrong in
some versions. A speaker "Unknown" is none. `speaker` is what the article calls who speaks, `canonicalSpeaker` their
name; both are kept.
"""

from collections import Counter

from dossier.loader.converters.annotated_text import AnnotatedText, NameAnnotation, QuoteAnnotation, draft_annotated
from dossier.loader.converters.offsets import CountedSpan
from dossier.loader.converters.values import (
    ConversionError,
    DraftArticle,
    JsonFields,
    JsonValue,
    convert_date,
    list_objects,
    read_number,
    read_text,
)

_KINDS = {
    "PERSON": "people",
    "ORGANIZATION": "orgs",
    **dict.fromkeys(("LOCATION", "CITY", "COUNTRY", "STATE_OR_PROVINCE"), "places"),
}
_UNKNOWN = ("", "Unknown")


def is_corenlp(value: JsonValue) -> bool:
    """Return whether a value is an annotated document of CoreNLP."""
    sentences = list_objects(value.get("sentences")) if isinstance(value, dict) else []
    return any("characterOffsetBegin" in token for one in sentences for token in list_objects(one.get("tokens"))[:1])


def convert_corenlp(value: JsonFields) -> DraftArticle:
    """Return the article of a document. Raises OffsetError when its spans fit no counting."""
    sentences = list_objects(value.get("sentences"))
    tokens = [token for one in sentences for token in list_objects(one.get("tokens"))]
    entities = [entity for one in sentences for entity in list_objects(one.get("entitymentions"))]
    given = value.get("text")
    text = given if isinstance(given, str) else _join_tokens(tokens)
    names = [
        NameAnnotation(_KINDS[kind], _span(one, "characterOffset", f"name {number}"))
        for number, one in enumerate(entities, 1)
        if (kind := read_text(one.get("ner"))) in _KINDS
    ]
    quotes = [_quote(one, number, tokens) for number, one in enumerate(list_objects(value.get("quotes")), 1)]
    left_out = Counter(f"{read_text(one.get('ner'))} names" for one in entities if one.get("ner") not in _KINDS)
    left_out["tokens"], left_out["sentences"] = len(tokens), len(sentences)
    left_out["coreference chains"] = len(chains) if isinstance(chains := value.get("corefs"), dict) else 0
    proofs = [
        _span(token, "characterOffset", f"token {number}", "originalText") for number, token in enumerate(tokens, 1)
    ]
    fields = {
        "byline": read_text(value.get("author")),
        "dateline": read_text(value.get("location")),
        "published": convert_date(read_text(value.get("docDate"))),
    }
    return draft_annotated(AnnotatedText(text, names, quotes, proofs, fields), left_out)


def _join_tokens(tokens: list[JsonFields]) -> str:
    """Return the text of a document that was written without it."""
    if not all(isinstance(token.get(key), str) for token in tokens for key in ("before", "originalText", "after")):
        raise ConversionError(
            "it has neither the text nor the white space between tokens: let CoreNLP include the text"
        )
    return "".join([tokens[0]["before"], *(token[key] for token in tokens for key in ("originalText", "after"))])


def _span(value: JsonFields, key: str, name: str, words: str = "text") -> CountedSpan:
    """Return a span with the words that it says it has."""
    start, end = read_number(value.get(f"{key}Begin")), read_number(value.get(f"{key}End"))
    if start is None or end is None:
        raise ConversionError(f"{name} has no offsets")
    return CountedSpan(name, start, end, value.get(words) if isinstance(value.get(words), str) else None)


def _quote(value: JsonFields, number: int, tokens: list[JsonFields]) -> QuoteAnnotation:
    start, end = read_number(value.get("beginIndex")), read_number(value.get("endIndex"))
    if start is None or end is None:
        raise ConversionError(f"quote {number} has no offsets")
    span = CountedSpan(f"quote {number}", start, end, read_text(value.get("text")))
    called, name = (read_text(value.get(key)) for key in ("speaker", "canonicalSpeaker"))
    return QuoteAnnotation(
        span,
        speaker="" if name in _UNKNOWN else name,
        speaker_text="" if called in (*_UNKNOWN, name) else called,
        mention=_mention(value, number, tokens),
    )


def _mention(value: JsonFields, number: int, tokens: list[JsonFields]) -> CountedSpan | None:
    """Return where the speaker is named, which is given by its first and its last token."""
    first, last = read_number(value.get("mentionBegin")), read_number(value.get("mentionEnd"))
    words = read_text(value.get("mention"))
    if first is None or last is None or not words or not first <= last < len(tokens):
        return None
    begin, end = (
        read_number(tokens[first].get("characterOffsetBegin")),
        read_number(tokens[last].get("characterOffsetEnd")),
    )
    return None if begin is None or end is None else CountedSpan(f"the speaker of quote {number}", begin, end, words)
