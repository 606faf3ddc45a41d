"""One article with all its entries, for who asks of it what he would ask of an index."""

from itertools import chain
from pathlib import Path

from dossier.core.links import Links
from dossier.core.views.panes import panes
from dossier.core.views.search_fields import abouts
from dossier.library.index.entry_codec import Stored
from dossier.library.results import Head, Whole
from dossier.loader.article import load
from dossier.loader.limits import Limits


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
