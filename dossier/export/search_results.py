"""Search results as data: one object for each entry, the same in every format.

Such an object has
    ref        the address of the entry
    kind       its kind: para, person, quote, event …; note for a note, whose `ref` is the address of its place
    article    the address of its article
    headline   the headline of the article
    published  the date of the article, as written
    outlet     the outlet of the article
    text       the text of the entry
    spans      the hits in `text`: [start, end], 0-based in code points, the end excluded
    speaker    for quotes only: the name of the speaker, or null when nobody is named
    note       for notes only: what you wrote, or "" for a mark
    words      for notes only: the words that are marked; `text` has both, one a line
    context    only for a quote with hits in a paragraph that it stands in, or in an event that it is linked to:
               a list of objects with `ref`, `text` and `spans` of each
"""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from dossier.core.entry import Entry
from dossier.core.matcher import Hit
from dossier.core.ref import Ref
from dossier.export.export import Omissions
from dossier.export.formula_cells import format_csv_rows
from dossier.export.json_types import JsonObject
from dossier.library.results import ArticleHead, ArticleHits

CSV_COLUMNS = ("ref", "kind", "article", "headline", "published", "outlet", "text", "spans", "speaker", "context")
"""The columns of the CSV table. Spans are written as `12-28 40-44`; the speaker is empty when nobody is named. The
context is written as the addresses of the hits in it.
"""


def make_hit_objects(hits: ArticleHits) -> Iterator[JsonObject]:
    """Yield the object of every entry that was found in one article."""
    return (_object(hits.head, one.entry, hit) for one, hit in hits.entries)


def format_json_lines(found: Iterable[ArticleHits], to_ascii: bool) -> Iterator[str]:
    """Yield JSON Lines, one object per line, for one article at a time.

    With `to_ascii` all other characters are escaped.
    """
    written = partial(json.dumps, ensure_ascii=to_ascii)
    return ("".join(f"{written(one)}\n" for one in make_hit_objects(hits)) for hits in found)


def format_json_array(found: Iterable[ArticleHits], to_ascii: bool) -> Iterator[str]:
    """Yield the parts of one JSON array, with one object per line.

    With `to_ascii` all other characters are escaped.
    """
    written = partial(json.dumps, ensure_ascii=to_ascii)
    yield "["
    between = "\n"
    for hits in found:
        for one in make_hit_objects(hits):
            yield f"{between}{written(one)}"
            between = ",\n"
    yield "]\n" if between == "\n" else "\n]\n"


def format_csv(found: Iterable[ArticleHits], omissions: Omissions) -> Iterator[str]:
    """Yield comma-separated values with a header line (RFC 4180), for one article at a time.

    Cells that a spreadsheet may run as formulas are counted in `omissions`.
    """
    yield format_csv_rows([CSV_COLUMNS], omissions)
    for hits in found:
        yield format_csv_rows(_row(hits), omissions)


def _object(head: ArticleHead, entry: Entry, hit: Hit) -> JsonObject:
    said = {part.name: part.text for part in entry.parts}
    speaker = {"speaker": said.get("speaker")} if entry.ref.kind == "quote" else {}
    is_note = entry.ref.kind == "note"
    note = {"note": said.get("text", ""), "words": said.get("words", "")} if is_note else {}
    place = entry.anchors[0].targets[0] if is_note else entry.ref
    context: list[JsonObject] = [
        {"ref": _address(head, passage.ref), "text": passage.text, "spans": [list(span) for span in passage.spans]}
        for passage in hit.passages
    ]
    return {
        "ref": _address(head, place),
        "kind": entry.ref.kind,
        "article": str(head.ref),
        "headline": head.headline,
        "published": head.published,
        "outlet": head.outlet,
        "text": entry.text,
        "spans": [[start, end] for start, end in hit.spans],
        **speaker,
        **note,
        **({"context": context} if context else {}),
    }


def _address(head: ArticleHead, ref: Ref) -> str:
    """Return the address of an entry in the article as its library has it."""
    return str(ref._replace(article=head.ref.article))


def _row(hits: ArticleHits) -> Iterator[tuple[str, ...]]:
    """Yield the row of the table for every entry that was found in one article."""
    for one, hit in hits.entries:
        found = _object(hits.head, one.entry, hit)
        spans = " ".join(f"{start}-{end}" for start, end in hit.spans)
        around = (
            _address(hits.head, passage.ref.with_span(*span)) for passage in hit.passages for span in passage.spans
        )
        cells = found | {"spans": spans, "context": " ".join(around)}
        yield tuple([str(cells.get(name) or "") for name in CSV_COLUMNS])


def find_formatter(name: str, to_ascii: bool, omissions: Omissions) -> Callable[[Iterable[ArticleHits]], Iterator[str]]:
    """Return the function that writes search results in the format `name`: json, jsonl or csv."""
    return (
        partial(format_csv, omissions=omissions)
        if name == "csv"
        else partial(format_json_array if name == "json" else format_json_lines, to_ascii=to_ascii)
    )
