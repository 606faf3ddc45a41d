"""A pane is a tuple of entries, and which panes an article has, and in which order, is said here."""

from collections.abc import Mapping

from dossier.entries.article import foot, prose
from dossier.entries.entry import Entry
from dossier.entries.people import people
from dossier.entries.quotes import quotes
from dossier.entries.timeline import timeline
from dossier.entries.wording import names
from dossier.links import Links
from dossier.model import Article

PANES = ("article", "people", "quotes", "timeline")
"""The panes of one article, in the order in which they are read and numbered."""


def panes(article: Article, links: Links) -> Mapping[str, tuple[Entry, ...]]:
    """The entries of every pane, by its name."""
    called = names(article)
    return {
        "article": (*prose(article, links), *foot(article, links, called)),
        "people": tuple(people(article, links, called)),
        "quotes": tuple(quotes(article, links, called)),
        "timeline": tuple(timeline(article, links, called)),
    }
