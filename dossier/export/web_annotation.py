"""The reader's notes as web annotations, in the model of the W3C (https://www.w3.org/TR/annotation-model/), in JSON-LD.

What is written is a collection with one page. An annotation is found again by its words (TextQuoteSelector), as in any
program, with what stands around them in the same paragraph: what is between two of them is not the same on every page.
A FragmentSelector with the address of the entry, refined by a position in code points of the text of that entry, says
the same more narrowly to programs that know these addresses. The source is the web address of the article or, without
one, a URN with its id. Nothing says who the reader is, or where the files are.

Under names of `urn:dossier:terms:` stands what makes the annotation the same note when it is imported again.
"""

import json
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from dossier.core.model import Article
from dossier.core.note import ARTICLE_URN, NOTE_URN, Note, note_tags
from dossier.export.export import Export
from dossier.export.json_types import JsonObject

_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"dossier": "urn:dossier:terms:"}]
_COLLECTION = "urn:dossier:notes"
_ADDRESSES = "urn:dossier:terms:address"
_UNIT = "code points of the text of the entry"


def format_web_annotations(export: Export) -> Iterator[str]:
    """Yield a collection of the notes of all articles; an article without notes is counted."""

    def notes() -> Iterator[tuple[Note, Article]]:
        for exported in export.articles:
            if not exported.notes:
                export.omissions.count("article", "left out: no notes on it")
            yield from ((placed.note, exported.article) for placed in exported.notes)

    return format_annotation_collection(export.title, notes())


def format_annotation_collection(title: str, notes: Iterable[tuple[Note, Article | None]]) -> Iterator[str]:
    """Yield a collection of notes, each with its article, or None where that is not at hand."""
    yield f'{{"@context": {json.dumps(_CONTEXT)},\n"id": "{_COLLECTION}", "type": "AnnotationCollection",\n'
    yield f'"label": {json.dumps(title, ensure_ascii=False)},\n'
    yield f'"first": {{"id": "{_COLLECTION}:1", "type": "AnnotationPage", "partOf": "{_COLLECTION}",\n'
    yield '"startIndex": 0, "items": ['
    total = 0
    for note, article in notes:
        written = json.dumps(make_annotation(note, article), ensure_ascii=False)
        yield f"{',' if total else ''}\n{written}"
        total += 1
    yield f'\n]}},\n"total": {total}}}\n'


def make_annotation(note: Note, article: Article | None) -> JsonObject:
    """Return the annotation of a note. `article` is the one that it is on, None if that is not at hand."""
    id = note.id if ":" in note.id else NOTE_URN + quote(note.id, safe="")
    made: JsonObject = {
        "id": id,
        "type": "Annotation",
        "created": note.made,
        "motivation": "commenting" if note.text else "highlighting",
    }
    if note.text:
        made["body"] = [_body(note.text, "commenting"), *(_body(tag, "tagging") for tag in note_tags(note.text))]
    made["target"] = _target(note, article)
    return {**made, **_own_terms(note)}


def _body(text: str, purpose: str) -> JsonObject:
    return {"type": "TextualBody", "value": text, "format": "text/plain", "purpose": purpose}


def _target(note: Note, article: Article | None) -> JsonObject:
    written = note.ref.article
    url = article.url if article else written if written.startswith(("http://", "https://")) else ""
    target: JsonObject = {"source": url or ARTICLE_URN + quote(written, safe="")}
    selectors: list[JsonObject] = []
    if note.words:
        prefix, suffix = _sides_in_entry(note, article)
        selectors.append({"type": "TextQuoteSelector", "exact": note.words, "prefix": prefix, "suffix": suffix})
    if note.ref.kind:
        entry = str(note.ref.entry._replace(article="")).removeprefix("#")
        selectors.append({"type": "FragmentSelector", "conformsTo": _ADDRESSES, "value": entry})
        if note.ref.span:
            start, end = note.ref.span
            position = {"type": "TextPositionSelector", "start": start, "end": end, "dossier:unit": _UNIT}
            selectors[-1]["refinedBy"] = position
    if selectors:
        target["selector"] = selectors
    return target


def _sides_in_entry(note: Note, article: Article | None) -> tuple[str, str]:
    """Return what stands before and behind the words in their entry, as far as that is known."""
    if note.ref.span is None:
        return ("", "") if note.ref.kind else (note.before, note.after)
    start, end = note.ref.span
    blocks = article.body if article else ()
    text = next((block.text for block in blocks if block.ref.kind == note.ref.kind and block.ref.id == note.ref.id), "")
    is_there = text[start:end] == note.words
    return note.before[-start:] if start else "", note.after[: len(text) - end] if is_there else note.after


def _own_terms(note: Note) -> JsonObject:
    """Return what only this program needs to know of a note."""
    before, after = note.alike
    return {
        "dossier:address": str(note.ref),
        "dossier:digest": note.digest,
        "dossier:before": note.before,
        "dossier:after": note.after,
        "dossier:alikeBefore": before,
        "dossier:alikeAfter": after,
    }
