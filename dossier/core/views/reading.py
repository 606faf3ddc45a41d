"""An article with everything that its panes show.

This module imports nothing of a library, so that opening a single article does not load one.
"""

from collections.abc import Mapping
from itertools import chain

from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import EntryFacts, Listing
from dossier.core.links import Links
from dossier.core.model import Article
from dossier.core.problem import Problem
from dossier.core.ref import Ref
from dossier.core.views.panes import make_panes
from dossier.core.views.problem_marks import group_by_entry
from dossier.core.views.search_fields import collect_entry_facts


class Reading(NamedTuple):
    """An article that was read from its file, with everything that its panes show.

    `entries` has every entry of each pane, by the pane's name; filters and pins may hide some of them. `entry_facts`
    has what a query's fields can ask of an entry, and `problems_by_entry` the problems of each entry that has some,
    both by the address of the entry.
    """

    article: Article
    problems: tuple[Problem, ...]
    links: Links
    entries: Mapping[str, Listing]
    entry_facts: Mapping[Ref, EntryFacts]
    problems_by_entry: Mapping[Ref, tuple[Problem, ...]]

    def with_problems(self, problems: tuple[Problem, ...]) -> "Reading":
        """Return the reading with other problems, each at the entry that it belongs to."""
        every = chain.from_iterable(self.entries.values())
        return self._replace(problems=problems, problems_by_entry=group_by_entry(every, problems))


def make_reading(article: Article, problems: tuple[Problem, ...]) -> Reading:
    """Return the article with its links, the entries of its panes, and its problems at their entries."""
    links = Links.of(article)
    entries = {name: Listing(found) for name, found in make_panes(article, links).items()}
    every = tuple(chain.from_iterable(entries.values()))
    return Reading(
        article, problems, links, entries, collect_entry_facts(article, links, every), group_by_entry(every, problems)
    )
