"""One article with all its entries, for who asks of it what he would ask of an index."""

from itertools import chain
from pathlib import Path

from dossier.entries.fields import abouts
from dossier.entries.panes import panes
from dossier.index.packed import Stored
from dossier.library.results import Head, Whole
from dossier.limits import Limits
from dossier.links import Links
from dossier.loader.article import load


def whole(path: Path, limits: Limits) -> Whole | None:
    """The article in this file; None when there is none, or no file."""
    article = load(path, limits).article
    if article is None:
        return None
    links = Links.of(article)
    entries = tuple(chain.from_iterable(panes(article, links).values()))
    about = abouts(article, links, entries)
    published = article.published.written if article.published else ""
    head = Head(article.ref, article.headline, published, article.outlet)
    return Whole(head, [Stored(entry, about[entry.ref]) for entry in entries])
