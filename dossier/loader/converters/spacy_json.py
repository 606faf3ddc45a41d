"""Convert the JSON of spaCy's `Doc.to_json`: its text, its entities, and the spans that are labelled as quotes.

An entity has offsets and no words. The tokens tell how they count: between two of them stands nothing or one blank, and
the last one ends where the text ends.
"""

from collections import Counter
from itertools import pairwise

from dossier.loader.converters.annotated_text import AnnotatedText, NameAnnotation, QuoteAnnotation, draft_annotated
from dossier.loader.converters.offsets import CountedSpan
from dossier.loader.converters.values import (
    ConversionError,
    DraftArticle,
    JsonFields,
    JsonValue,
    list_objects,
    read_list,
    read_number,
    read_text,
)

_KINDS = {
    **dict.fromkeys(("PERSON", "PER"), "people"),
    "ORG": "orgs",
    **dict.fromkeys(("GPE", "LOC", "FAC"), "places"),
}
_QUOTES = ("QUOTE", "QUOTATION", "DIRECT_QUOTE")


def is_spacy(value: JsonValue) -> bool:
    """Return whether a value is a document of spaCy."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("text"), str)
        and (isinstance(value.get("ents"), list) or isinstance(value.get("tokens"), list))
        and all(
            "start" in one and "end" in one for key in ("ents", "tokens") for one in list_objects(value.get(key))[:1]
        )
    )


def convert_spacy(value: JsonFields) -> DraftArticle:
    """Return the article of a document. Raises OffsetError when its spans fit no counting."""
    entities, text = list_objects(value.get("ents")), value["text"]
    groups = value.get("spans")
    spans = [one for group in groups.values() for one in list_objects(group)] if isinstance(groups, dict) else []
    names = [
        NameAnnotation(_KINDS[label], _span(one, f"entity {number}"), _wikidata(one))
        for number, one in enumerate(entities, 1)
        if (label := read_text(one.get("label"))) in _KINDS
    ]
    quotes = [
        QuoteAnnotation(_span(one, f"span {number}"))
        for number, one in enumerate(spans, 1)
        if read_text(one.get("label")).upper() in _QUOTES
    ]
    left_out = Counter(f"{read_text(one.get('label'))} entities" for one in entities if one.get("label") not in _KINDS)
    left_out.update(
        f"{read_text(one.get('label'))} spans" for one in spans if read_text(one.get("label")).upper() not in _QUOTES
    )
    left_out.update({"tokens": len(read_list(value.get("tokens"))), "sentences": len(read_list(value.get("sents")))})
    proofs = _proofs(text, list_objects(value.get("tokens")))
    return draft_annotated(AnnotatedText(text, names, quotes, proofs, {}), left_out)


def _span(value: JsonFields, name: str) -> CountedSpan:
    start, end = read_number(value.get("start")), read_number(value.get("end"))
    if start is None or end is None:
        raise ConversionError(f"{name} has no offsets")
    return CountedSpan(f"{name} {read_text(value.get('label'))}".strip(), start, end)


def _wikidata(value: JsonFields) -> str:
    """Return the Wikidata id that an entity was linked to; "" if it was not, or to another knowledge base."""
    name = read_text(value.get("kb_id"))
    return name if name[:1] == "Q" and name[1:].isdecimal() else ""


def _proofs(text: str, tokens: list[JsonFields]) -> list[CountedSpan]:
    """Return the blanks between the tokens, and the whole text up to the end of the last one."""
    spans = [_span(token, f"token {number}") for number, token in enumerate(tokens, 1)]
    blanks = [
        CountedSpan(f"the space after {one.name}", one.end, two.start, " ")
        for one, two in pairwise(spans)
        if one.end < two.start
    ]
    return [*blanks, CountedSpan("the whole text", 0, spans[-1].end, text)] if spans else []
