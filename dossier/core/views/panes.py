"""The panes of an article, as tuples of entries."""

from collections.abc import Mapping

from dossier.core.entry import PANES, Entry
from dossier.core.links import Links
from dossier.core.model import Article
from dossier.core.views.article_pane import foot, prose
from dossier.core.views.people_pane import people
from dossier.core.views.quotes_pane import quotes
from dossier.core.views.timeline_pane import timeline
from dossier.core.views.wording import names

__all__ = ("PANES", "panes")


def panes(article: Article, links: Links) -> Mapping[str, tuple[Entry, ...]]:
    """Return the entries of every pane, by its name."""
    called = names(article)
    return {
        "article": (*prose(article, links), *foot(article, links, called)),
        "people": tuple(people(article, links, called)),
        "quotes": tuple(quotes(article, links, called)),
        "timeline": tuple(timeline(article, links, called)),
    }
