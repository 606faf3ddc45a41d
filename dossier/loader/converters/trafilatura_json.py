"""Convert the JSON that trafilatura writes.

It parts paragraphs by one line end, joins authors by "; " and tells the day of publication without the hour.
"""

import re
from collections import Counter

from dossier.loader.converters.values import (
    DraftArticle,
    Fields,
    Value,
    as_text,
    read_moment,
    split_names,
    without_empty,
)
from dossier.text.line_index import LINE_BREAK

_MARKS = ("raw_text", "source-hostname", "fingerprint")
_CARRIED = (
    *("title", "author", "date", "text", "raw_text", "language", "image", "source", "source-hostname", "hostname"),
    *("excerpt", "categories", "tags", "license", "filedate"),
)
_HEADING = re.compile(r"#{1,6} +(.+)")


def is_trafilatura(value: Value) -> bool:
    """Return whether a value is an article of trafilatura, with its metadata or without."""
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        return False
    return any(mark in value for mark in _MARKS) or value.keys() == {"text", "comments"}


def convert_trafilatura(value: Fields) -> DraftArticle:
    """Return the article."""
    lines = [" ".join(line.split()) for line in LINE_BREAK.split(value["text"]) if line.strip()]
    headline = as_text(value.get("title")) or (lines[0].lstrip("# ") if lines else "")
    if len(lines) > 1 and lines[0].lstrip("# ") == headline:
        del lines[0]
    image = as_text(value.get("image"))
    fields = {
        "headline": headline,
        "outlet": as_text(value.get("source-hostname")) or as_text(value.get("hostname")),
        "section": split_names(value.get("categories"), r"\s*[;,]\s*"),
        "byline": split_names(value.get("author")),
        "published": read_moment(as_text(value.get("date"))),
        "retrieved": read_moment(as_text(value.get("filedate"))),
        "url": as_text(value.get("source")),
        "lang": as_text(value.get("language")),
        "keywords": split_names(value.get("tags"), r"\s*[;,]\s*"),
        "rights": as_text(value.get("license")),
        "summary": as_text(value.get("excerpt")),
        "body": [{"heading": found[1]} if (found := _HEADING.fullmatch(line)) else line for line in lines],
        "media": [{"type": "photo", "url": image}] if image else [],
    }
    left_out = Counter(key for key, one in value.items() if key not in _CARRIED and as_text(one))
    return DraftArticle(without_empty(fields), left_out)
