"""An article of the library is read whole, from its file, when it is opened: the index has only what lists need."""

from collections.abc import Mapping

from dossier.core.about import About
from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import Entry
from dossier.core.links import Links
from dossier.core.model import Article
from dossier.core.problem import Problem
from dossier.core.ref import Ref
from dossier.core.views.panes import panes
from dossier.core.views.search_fields import abouts


class Reading(NamedTuple):
    """An article read whole, with all that its panes show."""

    article: Article
    problems: tuple[Problem, ...]
    links: Links
    entries: Mapping[str, tuple[Entry, ...]]
    abouts: Mapping[Ref, About]


def read_whole(article: Article, problems: tuple[Problem, ...]) -> Reading:
    """The article with its links and the entries of its panes."""
    links = Links.of(article)
    shown = panes(article, links)
    every = (entry for entries in shown.values() for entry in entries)
    return Reading(article, problems, links, shown, abouts(article, links, every))
