"""Search results as data: one object for each entry, the same in every format.

Such an object has
    ref        the address of the entry
    kind       its kind: para, person, quote, event …
    article    the address of its article
    headline   the headline of the article
    published  the date of the article, as written
    outlet     the outlet of the article
    text       the text of the entry
    spans      the hits in `text`: [start, end], 0-based in code points, the end excluded
    speaker    for quotes only: the name of the speaker, or null when nobody is named
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from dossier.core.entry import Entry
from dossier.core.matcher import Spans
from dossier.export.json_types import JsonObject
from dossier.library.results import ArticleHead, ArticleHits

CSV_COLUMNS = ("ref", "kind", "article", "headline", "published", "outlet", "text", "spans", "speaker")
"""The columns of the CSV table. Spans are written as `12-28 40-44`; the speaker is empty when nobody is named."""


def make_hit_objects(hits: ArticleHits) -> Iterator[JsonObject]:
    """Yield the object of every entry that was found in one article."""
    return (_object(hits.head, one.entry, spans) for one, spans in hits.entries)


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


def format_csv(found: Iterable[ArticleHits]) -> Iterator[str]:
    """Yield comma-separated values with a header line (RFC 4180), for one article at a time."""
    yield _rows([CSV_COLUMNS])
    for hits in found:
        yield _rows(tuple(map(_cell, map(one.get, CSV_COLUMNS))) for one in make_hit_objects(hits))


def _object(head: ArticleHead, entry: Entry, spans: Spans) -> JsonObject:
    said = {part.name: part.text for part in entry.parts}
    speaker = {"speaker": said.get("speaker")} if entry.ref.kind == "quote" else {}
    return {
        "ref": str(entry.ref._replace(article=head.ref.article)),
        "kind": entry.ref.kind,
        "article": str(head.ref),
        "headline": head.headline,
        "published": head.published,
        "outlet": head.outlet,
        "text": entry.text,
        "spans": [[start, end] for start, end in spans],
        **speaker,
    }


def _cell(value: str | Sequence[Sequence[int]] | None) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return " ".join(f"{start}-{end}" for start, end in value)


def _rows(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def find_formatter(name: str, to_ascii: bool) -> Callable[[Iterable[ArticleHits]], Iterator[str]]:
    """Return the function that writes search results in the format `name`: json, jsonl or csv."""
    return (
        format_csv
        if name == "csv"
        else partial(format_json_array if name == "json" else format_json_lines, to_ascii=to_ascii)
    )
