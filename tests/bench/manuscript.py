"""One long article, and the same words in the formats that the other programs read.

It is so long that no counted key reaches its end. All programs have the same paragraphs, except that a table has a row
for each line, since it scrolls by rows.
"""

import csv
import html
import textwrap
from collections import Counter
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import NamedTuple

from newsroom import Newsroom, Size

from dossier.core.model import Article
from dossier.loader.article import load_article

_SIZE = Size(160, 40, 90, 30, 60, 8)
_SEED, _NUMBER = 1, 2
_ROW = 68
"""Columns of a row of the table."""


class Manuscript(NamedTuple):
    """The article in all formats. `opening` is the beginning of its first paragraph, `found` frequent words of it."""

    dossier: Path
    text: Path
    html: Path
    markdown: Path
    feed: Path
    table: Path
    opening: str
    found: tuple[str, ...]


def written(folder: Path) -> Manuscript:
    """Write the article in all formats into this folder."""
    own = folder / "article.yaml"
    own.write_text(Newsroom(_SEED, _SIZE).article(_NUMBER), "utf-8")
    article, _ = load_article(own)
    assert article
    paragraphs = [paragraph.text for paragraph in article.body]
    linked = _linked(article, paragraphs)
    document = f"<html><head><title>{html.escape(article.headline)}</title></head><body>{linked}</body></html>\n"
    forms = {
        "txt": "\n\n".join((article.headline, *paragraphs)) + "\n",
        "html": document,
        "md": "\n\n".join((f"# {article.headline}", *paragraphs)) + "\n",
        "xml": _feed(article.headline, linked),
    }
    for ending, content in forms.items():
        (folder / f"article.{ending}").write_text(content, "utf-8")
    with (folder / "article.csv").open("w", encoding="utf-8", newline="") as file:
        rows = [(number, row) for number, words in enumerate(paragraphs, 1) for row in textwrap.wrap(words, _ROW)]
        csv.writer(file).writerows([("paragraph", "text"), *rows])
    text, page, markdown, feed, table = (folder / f"article.{ending}" for ending in (*forms, "csv"))
    return Manuscript(own, text, page, markdown, feed, table, opening(article), found(article))


def opening(article: Article) -> str:
    """Return the first words of the text, by which the first screen is recognised."""
    first = next(paragraph.text for paragraph in article.body if len(paragraph.text.split()) > 3)
    return " ".join(first.split()[:3])


def found(article: Article) -> tuple[str, ...]:
    """Return the most frequent words of the text that have some length."""
    words = Counter(
        word.lower()
        for paragraph in article.body
        for word in paragraph.text.split()
        if word.isalpha() and len(word) > 5
    )
    return tuple(word for word, _ in words.most_common(12))


def _linked(article: Article, paragraphs: list[str]) -> str:
    """Return the paragraphs, with a link to a later one on the first name of everybody in them."""
    shown = []
    for number, words in enumerate(paragraphs):
        content = html.escape(words)
        for place, person in enumerate(article.people):
            target = (number * 7 + place * 11) % len(paragraphs)
            content = content.replace(person.name, f'<a href="#p{target}">{person.name}</a>', 1)
        shown.append(f'<p id="p{number}">{content}</p>')
    return "\n".join(shown)


def _feed(headline: str, linked: str) -> str:
    title, address = html.escape(headline), "https://example.org/article"
    date = format_datetime(datetime(2024, 1, 1, tzinfo=UTC))
    item = (
        f"<item><title>{title}</title><link>{address}</link><guid>{address}</guid><pubDate>{date}</pubDate>"
        f"<description>{html.escape(linked)}</description></item>"
    )
    channel = f"<title>Articles</title><link>{address}</link><description>One article</description>{item}"
    return f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>{channel}</channel></rss>\n'
