"""The reader's notes as web annotations, in the model of the W3C (https://www.w3.org/TR/annotation-model/), in JSON-LD.

The output is a collection with one page. Any program can find an annotation by its words (TextQuoteSelector) and the
text around them in the same paragraph; what separates two paragraphs differs from page to page. For programs that know
the addresses of entries, a FragmentSelector has such an address, refined by a position in code points of the entry.
The source is the web address of the article or, without one, a URN with its id. The output does not say who the reader
is, or where the files are.

The keys that begin with `dossier:` have what is needed to import the annotation as the same note.
"""

import json
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from dossier.core.model import Article
from dossier.core.note import ARTICLE_URN, NOTE_URN, Note, note_tags
from dossier.export.entry_remarks import WEB
from dossier.export.export import Export
from dossier.export.json_types import JsonObject

_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"dossier": "urn:dossier:terms:"}]
_COLLECTION = "urn:dossier:notes"
_ADDRESSES = "urn:dossier:terms:address"
_UNIT = "code points of the text of the entry"


def format_web_annotations(export: Export) -> Iterator[str]:
    """Yield a collection of the notes on all articles. Articles without notes are counted as left out."""

    def notes() -> Iterator[tuple[Note, Article]]:
        for exported in export.articles:
            if not exported.notes:
                export.omissions.count("article", "left out: without notes")
            yield from ((placed.note, exported.article) for placed in exported.notes)

    return format_annotation_collection(export.title, notes())


def format_annotation_collection(title: str, notes: Iterable[tuple[Note, Article | None]]) -> Iterator[str]:
    """Yield a collection of notes, each with its article, or with None if its article cannot be read."""
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
    """Return the annotation of a note on an article, which is None if it cannot be read."""
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
    url = article.url if article else written if written.startswith(WEB) else ""
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
    """Return the text before and after the words in their entry, as far as it is known."""
    if note.ref.span is None:
        return ("", "") if note.ref.kind else (note.before, note.after)
    start, end = note.ref.span
    blocks = article.body if article else ()
    text = next((block.text for block in blocks if block.ref.kind == note.ref.kind and block.ref.id == note.ref.id), "")
    is_there = text[start:end] == note.words
    return note.before[-start:] if start else "", note.after[: len(text) - end] if is_there else note.after


def _own_terms(note: Note) -> JsonObject:
    """Return the parts of a note that only this program reads."""
    before, after = note.alike
    return {
        "dossier:address": str(note.ref),
        "dossier:digest": note.digest,
        "dossier:before": note.before,
        "dossier:after": note.after,
        "dossier:alikeBefore": before,
        "dossier:alikeAfter": after,
    }
