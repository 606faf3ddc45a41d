"""Entries as JSON Lines, one object on each line.

Such an object has the fields of an entry in `json_objects`, and
    version    the version of these objects
    headline   the headline of the article
    published  the date of the article as written, or ""
    outlet     the outlet of the article, or ""
A note of the reader, or a mark, follows the entry that it is on, or the last entry of its article. It has the kind
`note`, the text of the note ("" for a mark), no parts, no links, and
    id         the note's own id
    words      the words that it is on
    before     what stood before these words
    after      what stood behind them
    made       the time in UTC when it was made
    placement  how its place was found: `as it was`, `found again`, and so on
    offered    where else it may be: addresses
Its `ref` is where the words are now or, if they have no place in the article, where they were. Later versions may add
names. One that removes a name, or gives it another meaning, has another number.
"""

import json
from collections.abc import Iterator

from dossier.core.note import PlacedNote
from dossier.export.export import EntryNotes, Export, ExportedArticle
from dossier.export.json_objects import make_entry_object
from dossier.export.json_types import JsonObject

VERSION = 1
"""The version of the objects."""


def format_entry_lines(export: Export) -> Iterator[str]:
    """Yield a line of JSON for each entry and each note."""
    for exported in export.articles:
        notes = EntryNotes(exported)
        for entry in exported.entries:
            yield _line(make_entry_object(entry, exported.links), exported)
            yield from (_line(_make_note_object(one), exported) for one in notes.on(entry.ref))
        yield from (_line(_make_note_object(one), exported) for one in notes.elsewhere)


def _line(made: JsonObject, exported: ExportedArticle) -> str:
    article = exported.article
    about = {
        "headline": article.headline,
        "published": article.published.written if article.published else "",
        "outlet": article.outlet,
    }
    return f"{json.dumps({'version': VERSION, **made, **about}, ensure_ascii=False)}\n"


def _make_note_object(placed: PlacedNote) -> JsonObject:
    note = placed.note
    return {
        "ref": str(placed.ref or note.ref),
        "kind": "note",
        "text": note.text,
        "parts": [],
        "links": [],
        "id": note.id,
        "words": note.words,
        "before": note.before,
        "after": note.after,
        "made": note.made,
        "placement": str(placed.placement),
        "offered": [str(ref) for ref in placed.offered],
    }
