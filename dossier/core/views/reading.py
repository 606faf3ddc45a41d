"""An article with the entries of its panes and its links.

It is a module of its own, so that opening a single article loads nothing of a library.
"""

from collections.abc import Mapping

from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import About, Entry
from dossier.core.links import Links
from dossier.core.model import Article
from dossier.core.problem import Problem
from dossier.core.ref import Ref
from dossier.core.views.panes import panes
from dossier.core.views.search_fields import abouts


class Reading(NamedTuple):
    """An article with its problems, its links, the entries of its panes by name, and their search fields by address."""

    article: Article
    problems: tuple[Problem, ...]
    links: Links
    entries: Mapping[str, tuple[Entry, ...]]
    abouts: Mapping[Ref, About]


def read_whole(article: Article, problems: tuple[Problem, ...]) -> Reading:
    """Return the article with its links and the entries of its panes."""
    links = Links.of(article)
    shown = panes(article, links)
    every = (entry for entries in shown.values() for entry in entries)
    return Reading(article, problems, links, shown, abouts(article, links, every))
