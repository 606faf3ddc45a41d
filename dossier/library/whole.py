"""An article of the library is read whole, from its file, when it is opened: the index has only what lists need."""

from collections.abc import Mapping

from dossier.entries.about import About
from dossier.entries.entry import Entry
from dossier.entries.fields import abouts
from dossier.entries.panes import panes
from dossier.frozen import NamedTuple
from dossier.links import Links
from dossier.model import Article
from dossier.problem import Problem
from dossier.ref import Ref


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
