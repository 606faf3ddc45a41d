"""Convert a UIMA CAS, as XMI or as JSON, through dkpro-cassis, which the extra dossier[cas] installs.

Names and quotes are known by what their types are called. In the files offsets are UTF-16 code units. dkpro-cassis
counts code points, so that its offsets are counted back before the law of offsets is applied to them.
"""

import re
import warnings
from collections import Counter
from importlib import import_module
from io import BytesIO
from itertools import accumulate
from typing import Any

from dossier.loader.converters.annotated_text import AnnotatedText, NameAnnotation, QuoteAnnotation, draft_annotated
from dossier.loader.converters.offsets import CountedSpan
from dossier.loader.converters.values import ConversionError, DraftArticle, JsonFields, JsonValue

_KINDS = {
    **dict.fromkeys(("PER", "PERSON", "PEOPLE"), "people"),
    **dict.fromkeys(("ORG", "ORGANIZATION", "ORGANISATION"), "orgs"),
    **dict.fromkeys(("LOC", "LOCATION", "GPE", "FAC", "CITY", "COUNTRY", "PLACE"), "places"),
}
_QUOTE = re.compile(r"(?:direct)?(?:quote|quotation|speech)", re.IGNORECASE)
_WIKIDATA = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/)?(Q[0-9]+)")
_DOCUMENT_TYPES = ("DocumentAnnotation", "DocumentMetaData")
_MISSING = "it is a UIMA CAS, and reading it needs dkpro-cassis: pip install 'dossier[cas]'"


def is_cas_json(value: JsonValue) -> bool:
    """Return whether a value is a CAS in JSON."""
    return isinstance(value, dict) and "%FEATURE_STRUCTURES" in value


def is_xmi(data: bytes) -> bool:
    """Return whether the bytes of a file are a CAS in XMI."""
    return b"http://www.omg.org/XMI" in data[:4096]


def is_type_system(data: bytes) -> bool:
    """Return whether the bytes of a file are the description of a type system."""
    return b"<typeSystemDescription" in data[:4096]


def convert_cas(data: bytes, type_system: bytes | None) -> DraftArticle:
    """Return the article of a CAS; `type_system` is the description of its types, which XMI needs.

    Raises ConversionError when dkpro-cassis is not installed or cannot read it, and OffsetError when its spans fit no
    counting.
    """
    text, structures = _load(data, type_system)
    if not isinstance(text, str):
        raise ConversionError("it has no text (only the first view of a CAS is read)")
    counted = list(accumulate((1 + (char > "\uffff") for char in text), initial=0))
    names: list[NameAnnotation] = []
    quotes: list[QuoteAnnotation] = []
    left_out: Counter[str] = Counter()
    fields: JsonFields = {}
    for one in structures:
        short = one.type.name.rpartition(".")[2]
        kind, begin, end = _kind(one, short), getattr(one, "begin", None), getattr(one, "end", None)
        if short in _DOCUMENT_TYPES:
            fields.update(_document_fields(one))
        elif not (isinstance(begin, int) and isinstance(end, int) and (kind or _QUOTE.fullmatch(short))):
            left_out[f"{short} annotations"] += 1
        elif kind:
            span = _span(f"{short} {len(names) + 1}", begin, end, counted)
            names.append(NameAnnotation(kind, span, _wikidata(one)))
        else:
            span = _span(f"{short} {len(quotes) + 1}", begin, end, counted)
            quotes.append(QuoteAnnotation(span, speaker_text=_speaker(one)))
    return draft_annotated(AnnotatedText(text, names, quotes, (), fields), left_out)


def _load(data: bytes, type_system: bytes | None) -> tuple[Any, list[Any]]:
    """Return the text of the first view of a CAS, and all its annotations."""
    try:
        cassis = import_module("cassis")
        faults = import_module("cassis.typesystem")
    except ImportError:
        raise ConversionError(_MISSING) from None
    is_json = not is_xmi(data)
    if not is_json and type_system is None:
        raise ConversionError(
            "an XMI file does not define its types: also name its type system file, such as TypeSystem.xml"
        )
    if any(b"<!DOCTYPE" in one or b"<!ENTITY" in one for one in (data, type_system or b"")):
        raise ConversionError("it declares XML entities, which are not supported: remove the <!DOCTYPE …>")
    with warnings.catch_warnings():
        # An offset that lies within a character stays as it is, and fails the law of offsets.
        warnings.simplefilter("ignore")
        try:
            types = cassis.load_typesystem(BytesIO(type_system)) if type_system else None
            if is_json:
                cas = cassis.load_cas_from_json(BytesIO(data), typesystem=types)
            else:
                cas = cassis.load_cas_from_xmi(BytesIO(data), typesystem=types, lenient=True)
            return cas.sofa_string, list(cas.select_all_fs())
        # A faulty file can raise any of these in dkpro-cassis. The error of lxml is a SyntaxError.
        except (
            *(ValueError, LookupError, TypeError, AttributeError, SyntaxError, RuntimeError, ArithmeticError),
            *(faults.TypeNotFoundError, faults.TypeCheckError, faults.AnnotationHasNoSofa),
        ) as error:
            raise ConversionError(f"dkpro-cassis cannot read it: {type(error).__name__}: {error}") from None


def _kind(annotation: Any, short: str) -> str:
    """Return the key of the kind of name that an annotation marks; "" if it marks none."""
    if short == "NamedEntity":
        return _KINDS.get(str(getattr(annotation, "value", "")).upper(), "")
    return _KINDS.get(short.upper(), "")


def _span(name: str, begin: int, end: int, counted: list[int]) -> CountedSpan:
    """Return a span with the offsets that the file has, in UTF-16 code units if it keeps to the standard."""
    start, stop = (counted[at] if 0 <= at < len(counted) else at for at in (begin, end))
    return CountedSpan(name, start, stop)


def _wikidata(annotation: Any) -> str:
    found = _WIKIDATA.fullmatch(str(getattr(annotation, "identifier", None) or ""))
    return found[1] if found else ""


def _speaker(annotation: Any) -> str:
    """Return who speaks, as the annotation says: a text, or another annotation whose words it is."""
    speaker = getattr(annotation, "speaker", None)
    if speaker is None or isinstance(speaker, str):
        return speaker or ""
    begin, end, sofa = (getattr(speaker, name, None) for name in ("begin", "end", "sofa"))
    is_span = isinstance(begin, int) and isinstance(end, int) and isinstance(getattr(sofa, "sofaString", None), str)
    return str(speaker.get_covered_text()) if is_span else ""


def _document_fields(annotation: Any) -> JsonFields:
    title, language = getattr(annotation, "documentTitle", None), getattr(annotation, "language", None)
    fields = {"headline": title, "lang": language if language != "x-unspecified" else None}
    return {key: value for key, value in fields.items() if value and isinstance(value, str)}
