"""Tell what a source is, and convert every article in it.

A source is recognised by what it holds, not by its name: JSON of one article or of several, JSON Lines, XMI, YAML, or
an answer of a language model, with talk before, between and behind its fenced parts.
"""

import json
import re
from collections.abc import Callable, Iterator

from dossier.core.dataclasses import NamedTuple
from dossier.core.problem import Problem, Severity
from dossier.loader.body import read_body
from dossier.loader.converters.corenlp_json import convert_corenlp, is_corenlp
from dossier.loader.converters.json_values import (
    SOURCE_LIMITS,
    DuplicateKeyError,
    is_json,
    load_json,
    make_decoder,
    raise_json_error,
)
from dossier.loader.converters.plain_articles import convert_plain_article, has_body, is_plain_article
from dossier.loader.converters.spacy_json import convert_spacy, is_spacy
from dossier.loader.converters.trafilatura_json import convert_trafilatura, is_trafilatura
from dossier.loader.converters.uima_cas import convert_cas, is_cas_json, is_xmi
from dossier.loader.converters.values import ConversionError, DraftArticle, JsonFields, JsonValue, list_objects
from dossier.loader.problem_log import ProblemLog
from dossier.loader.source_nodes import parse_yaml
from dossier.loader.source_text import decode_utf8
from dossier.loader.yaml_nodes import MappingNode, ScalarNode, YamlNode

_FENCE = re.compile(r" {0,3}(?P<mark>`{3,}|~{3,})[ \t]*(?P<language>[^`\s]*)[^`]*")
_OF_ARTICLES = ("", "json", "yaml", "yml", "jsonl", "ndjson", "json5", "jsonc")
_OBJECT_LINE = re.compile(r"^[ \t]*[{\[]", re.MULTILINE)
_ABSENT = ("", "null", "Null", "NULL", "~")
_LISTS_OF_ARTICLES = ("articles", "items", "data", "results", "documents", "docs", "entries", "news")
_MOST_TRIED = 20
_NO_ARTICLE = (
    "this is not an article: dossier import reads articles (one, a list, JSON Lines or between Markdown fences) and "
    "the JSON of trafilatura, CoreNLP, spaCy and UIMA"
)


class SourcePart(NamedTuple):
    """An article of a source: where it is in it, "" if it is the only one, and its draft, or why there is none."""

    where: str
    draft: DraftArticle | ConversionError


class _CasFile(NamedTuple):
    """What the reader of a CAS needs: its text as it stands in the file, "" if it is part of a list, and its types."""

    text: str
    type_system: bytes | None


def convert_source(data: bytes, type_system: bytes | None = None) -> list[SourcePart]:
    """Return the articles of a source, in its order; at least one.

    `type_system` is the description of the types of a CAS. Raises ConversionError when the source is nothing that can
    be read; an article that cannot be converted does not keep the others from it.
    """
    parts = _convert_parts(data, type_system)
    if not parts:
        raise ConversionError(_NO_ARTICLE)
    return parts


def _convert_parts(data: bytes, type_system: bytes | None) -> list[SourcePart]:
    if is_xmi(data):
        return [SourcePart("", convert_cas(data, type_system))]
    text = decode_utf8(data, "", SOURCE_LIMITS)
    if isinstance(text, Problem):
        raise ConversionError(text.message)
    if not text.strip():
        raise ConversionError("it is empty")
    fences = list(_fenced_blocks(text))
    if text.lstrip()[0] in "{[":
        try:
            return _convert_values(text, 1, type_system)
        except ConversionError:
            is_flow = not fences and parse_yaml(data, "", SOURCE_LIMITS)[1] == ()
            if not fences and not is_flow:
                raise
    return _convert_fences(fences, type_system) if fences else _convert_yaml(text, type_system)


def _convert_values(text: str, first: int, type_system: bytes | None) -> list[SourcePart]:
    """Convert a text of one or several values of JSON, which begins in the line `first`.

    Raises ConversionError when it is no JSON at all.
    """
    lines = [(number, line) for number, line in enumerate(text.split("\n"), first) if line.strip()]
    try:
        return _convert_value(load_json(text), "", _CasFile(text, type_system))
    except json.JSONDecodeError as error:
        is_several = error.msg == "Extra data" and text[error.pos] in "{["
        if not is_several:
            raise_json_error(text, first)
    if is_json(lines[0][1]):
        return [part for number, line in lines for part in _convert_line(line, number, type_system)]
    parts: list[SourcePart] = []
    for value, at in _values(text, first):
        parts += _convert_value(value, f"line {at}", _CasFile("", type_system))
    return parts


def _convert_line(line: str, number: int, type_system: bytes | None) -> list[SourcePart]:
    """Convert a line of JSON Lines; what is wrong with one line is no matter of the others."""
    try:
        return _convert_value(load_json(line), f"line {number}", _CasFile(line, type_system))
    except json.JSONDecodeError as error:
        return [SourcePart(f"line {number}", ConversionError(f"it is not JSON: {error.msg}, in column {error.colno}"))]
    except ConversionError as error:
        return [SourcePart(f"line {number}", error)]


def _values(text: str, first: int) -> Iterator[tuple[JsonValue, int]]:
    """Yield the values of JSON that follow one another, each with its line."""
    at, line, counted = 0, first, 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        line, counted = line + text.count("\n", counted, at), at
        try:
            value, at = make_decoder().raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise ConversionError(f"line {first + error.lineno - 1}: {error.msg}, in column {error.colno}") from None
        yield value, line


def _convert_value(value: JsonValue, where: str, cas: _CasFile) -> list[SourcePart]:
    """Convert one value of JSON, which is an article, or a list of articles."""
    if isinstance(value, list):
        return [
            part
            for number, one in enumerate(value, 1)
            for part in _convert_item(
                one, f"{where}, article {number}" if where else f"article {number}", cas._replace(text="")
            )
        ]
    return _convert_item(value, where, cas)


def _convert_item(value: JsonValue, where: str, cas: _CasFile) -> list[SourcePart]:
    if isinstance(value, dict) and not has_body(value):
        packed = [value[key] for key in _LISTS_OF_ARTICLES if any(map(_converter, list_objects(value.get(key))))]
        if len(packed) == 1:
            return _convert_value(packed[0], where, cas)
    try:
        if is_cas_json(value):
            if not cas.text:
                raise ConversionError("this is a UIMA CAS among other things: put each in its own file or line")
            return [SourcePart(where, convert_cas(cas.text.encode("utf-8", "replace"), cas.type_system))]
        if convert := _converter(value):
            return [SourcePart(where, convert(value))]
    except ConversionError as error:
        return [SourcePart(where, error)]
    return [SourcePart(where, ConversionError(_NO_ARTICLE))]


def _converter(value: JsonValue) -> Callable[[JsonFields], DraftArticle] | None:
    """Return the converter for a value of JSON; None if it is nothing that is known."""
    if is_corenlp(value):
        return convert_corenlp
    if is_spacy(value):
        return convert_spacy
    if is_trafilatura(value):
        return convert_trafilatura
    return convert_plain_article if is_plain_article(value) else None


def _fenced_blocks(text: str) -> Iterator[tuple[str, int]]:
    """Yield each block between Markdown fences that may be an article, with its first line; the last may be open."""
    mark, language, begun, inside = "", "", 0, list[str]()
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        found = _FENCE.fullmatch(line)
        if not mark and found:
            mark, language, begun, inside = found["mark"], found["language"].lower(), number + 1, []
        elif mark and found and not found["language"] and found["mark"].startswith(mark):
            if language in _OF_ARTICLES:
                yield "\n".join(inside), begun
            mark = ""
        elif mark:
            inside.append(line)
    if mark and language in _OF_ARTICLES:
        yield "\n".join(inside), begun


def _convert_fences(blocks: list[tuple[str, int]], type_system: bytes | None) -> list[SourcePart]:
    parts: list[SourcePart] = []
    for block, first in blocks:
        where = f"the block of line {first}"
        try:
            begins_json = block.lstrip()[:1] in ("{", "[")
            made = _convert_values(block, first, type_system) if begins_json else _convert_documents(block, first)
        except ConversionError as error:
            made = [SourcePart("", error)]
        parts += [part._replace(where=f"{where}, {part.where}" if part.where else where) for part in made]
    return parts


def _convert_yaml(text: str, type_system: bytes | None) -> list[SourcePart]:
    """Convert YAML, or an answer without fences that has an object of JSON among its talk."""
    try:
        parts = _convert_documents(text, 1)
    except ConversionError as error:
        parts = [SourcePart("", error)]
    if any(isinstance(part.draft, DraftArticle) for part in parts):
        return parts
    for found, _ in zip(_OBJECT_LINE.finditer(text), range(_MOST_TRIED), strict=False):
        try:
            value, _end = make_decoder().raw_decode(text, found.end() - 1)
        except (json.JSONDecodeError, DuplicateKeyError, RecursionError):
            continue
        made = _convert_value(value, "", _CasFile("", type_system))
        if any(isinstance(part.draft, DraftArticle) for part in made):
            return made
    return parts


def _convert_documents(text: str, first: int) -> list[SourcePart]:
    """Convert YAML that begins in the line `first`: one document, or several with --- between them."""
    pieces = re.split(r"^---(?:[ \t].*)?\n", text, flags=re.MULTILINE)
    parts: list[SourcePart] = []
    for piece in pieces:
        if piece.strip():
            parts += _convert_document(piece, first)
        first += piece.count("\n") + 1
    return parts


def _convert_document(text: str, first: int) -> list[SourcePart]:
    root, problems = parse_yaml(text.encode("utf-8", "replace"), "", SOURCE_LIMITS)
    told = [(one.severity, f"line {first + one.line - 1}, column {one.column}: {one.message}") for one in problems]
    for severity, message in told:
        if severity is Severity.ERROR:
            raise ConversionError(message)
    value = _to_value(root)
    if isinstance(value, str) or value is None:
        raise ConversionError(_NO_ARTICLE)
    parts = _convert_value(value, "", _CasFile("", None))
    for part in parts:
        if isinstance(part.draft, DraftArticle):
            # A warning of the parser says that some text was left out.
            part.draft.left_out.update(message for _severity, message in told)
    return parts


def _to_value(root: YamlNode | None) -> JsonValue:
    """Return a document of YAML as a value of JSON. The body of an article is split as an article file is."""
    if root is None or isinstance(root, ScalarNode):
        return root.text if root and (root.style or root.text not in _ABSENT) else None
    if isinstance(root, MappingNode):
        return {key.text: _body(one) if key.text == "body" else _to_value(one) for key, one in root.pairs}
    return [_to_value(item) for item in root.items]


def _body(node: YamlNode) -> JsonValue:
    if not isinstance(node, ScalarNode):
        return _to_value(node)
    return [block.text for block in read_body("", node, ProblemLog("", (), SOURCE_LIMITS))]
