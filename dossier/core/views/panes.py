"""The panes of an article, as tuples of entries."""

from collections.abc import Mapping

from dossier.core.entry import PANES, Entry
from dossier.core.links import Links
from dossier.core.model import Article
from dossier.core.views.article_pane import make_foot_entries, make_text_entries
from dossier.core.views.people_pane import make_people_entries
from dossier.core.views.quotes_pane import make_quote_entries
from dossier.core.views.timeline_pane import make_timeline_entries
from dossier.core.views.wording import map_names

__all__ = ("PANES", "make_panes")


def make_panes(article: Article, links: Links) -> Mapping[str, tuple[Entry, ...]]:
    """Return the entries of every pane, by its name."""
    called = map_names(article)
    return {
        "article": (*make_text_entries(article, links), *make_foot_entries(article, links, called)),
        "people": tuple(make_people_entries(article, links, called)),
        "quotes": tuple(make_quote_entries(article, links, called)),
        "timeline": tuple(make_timeline_entries(article, links, called)),
    }
