"""Entries as JSON Lines, one object on each line.

Such an object has the fields of an entry in `json_objects`, and
    version    the version of these objects
    headline   the headline of the article
    published  the date of the article as written, or ""
    outlet     the outlet of the article, or ""
Later versions may add names. One that removes a name, or gives it another meaning, has another number.
"""

import json
from collections.abc import Iterator

from dossier.core.entry import Entry
from dossier.export.export import Export, ExportedArticle
from dossier.export.json_objects import make_entry_object
from dossier.export.json_types import JsonObject

VERSION = 1
"""The version of the objects."""


def format_entry_lines(export: Export) -> Iterator[str]:
    """Yield a line of JSON for each entry."""
    for exported in export.articles:
        for entry in exported.entries:
            yield f"{json.dumps(_line(entry, exported), ensure_ascii=False)}\n"


def _line(entry: Entry, exported: ExportedArticle) -> JsonObject:
    article = exported.article
    return {
        "version": VERSION,
        **make_entry_object(entry, exported.links),
        "headline": article.headline,
        "published": article.published.written if article.published else "",
        "outlet": article.outlet,
    }
