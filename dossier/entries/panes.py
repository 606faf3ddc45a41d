"""A pane is a tuple of entries, and which panes an article has, and in which order, is said here."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain

from dossier.entries.article import foot, prose
from dossier.entries.entry import Entry
from dossier.entries.people import people
from dossier.entries.quotes import quotes
from dossier.entries.timeline import timeline
from dossier.links import Anchor, Links
from dossier.model import Article

PANES = ("article", "people", "quotes", "timeline")
"""The panes of one article, in the order in which they are read and numbered."""


def panes(article: Article, links: Links) -> Mapping[str, tuple[Entry, ...]]:
    """The entries of every pane, by its name."""
    made = {
        "article": chain(prose(article), foot(article, links)),
        "people": people(article, links),
        "quotes": quotes(article),
        "timeline": timeline(article),
    }
    return {name: tuple(_anchored(entry, links) for entry in made[name]) for name in PANES}


def _anchored(entry: Entry, links: Links) -> Entry:
    own = [Anchor(start, start + len(part.text), part.targets) for part, start in entry.offsets() if part.targets]
    inside = links.spans(entry.ref)
    return replace(entry, anchors=tuple(sorted((*own, *inside), key=lambda anchor: (anchor.start, -anchor.end))))
