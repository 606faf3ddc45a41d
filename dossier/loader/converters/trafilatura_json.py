"""Convert the JSON that trafilatura writes.

It parts paragraphs by one line end, joins authors by "; " and tells the day of publication without the hour.
"""

import re
from collections import Counter

from dossier.loader.converters.values import (
    DraftArticle,
    JsonFields,
    JsonValue,
    convert_date,
    drop_empty,
    read_text,
    split_names,
)
from dossier.loader.source_text import LINE_BREAK

_MARKS = ("raw_text", "source-hostname", "fingerprint")
_CARRIED = (
    *("title", "author", "date", "text", "raw_text", "language", "image", "source", "source-hostname", "hostname"),
    *("excerpt", "categories", "tags", "license", "filedate"),
)
_HEADING = re.compile(r"#{1,6} +(.+)")


def is_trafilatura(value: JsonValue) -> bool:
    """Return whether a value is an article of trafilatura, with its metadata or without."""
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        return False
    return any(mark in value for mark in _MARKS) or value.keys() == {"text", "comments"}


def convert_trafilatura(value: JsonFields) -> DraftArticle:
    """Return the article."""
    lines = [" ".join(line.split()) for line in LINE_BREAK.split(value["text"]) if line.strip()]
    headline = read_text(value.get("title")) or (lines[0].lstrip("# ") if lines else "")
    if len(lines) > 1 and lines[0].lstrip("# ") == headline:
        del lines[0]
    image = read_text(value.get("image"))
    fields = {
        "headline": headline,
        "outlet": read_text(value.get("source-hostname")) or read_text(value.get("hostname")),
        "section": split_names(value.get("categories"), r"\s*[;,]\s*"),
        "byline": split_names(value.get("author")),
        "published": convert_date(read_text(value.get("date"))),
        "retrieved": convert_date(read_text(value.get("filedate"))),
        "url": read_text(value.get("source")),
        "lang": read_text(value.get("language")),
        "keywords": split_names(value.get("tags"), r"\s*[;,]\s*"),
        "rights": read_text(value.get("license")),
        "summary": read_text(value.get("excerpt")),
        "body": [{"heading": found[1]} if (found := _HEADING.fullmatch(line)) else line for line in lines],
        "media": [{"type": "photo", "url": image}] if image else [],
    }
    left_out = Counter(key for key, one in value.items() if key not in _CARRIED and read_text(one))
    return DraftArticle(drop_empty(fields), left_out)
