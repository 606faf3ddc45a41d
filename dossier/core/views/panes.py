"""An article with everything that its panes show.

This module imports nothing of a library, so that opening a single article does not load one.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain

from dossier.core.dataclasses import dataclass, replace
from dossier.core.entry import Entry, EntryFacts, Listing
from dossier.core.links import Links
from dossier.core.model import Article
from dossier.core.problem import Problem
from dossier.core.ref import Ref
from dossier.core.views.article_pane import make_foot_entries, make_text_entries
from dossier.core.views.labels import group_by_entry
from dossier.core.views.people_pane import make_people_entries
from dossier.core.views.quotes_pane import make_quote_entries
from dossier.core.views.timeline_pane import make_timeline_entries
from dossier.core.views.wording import map_names


def make_panes(article: Article, links: Links) -> Mapping[str, tuple[Entry, ...]]:
    """Return the entries of every pane, by its name."""
    called = map_names(article)
    return {
        "article": (*make_text_entries(article, links), *make_foot_entries(article, links, called)),
        "people": tuple(make_people_entries(article, links, called)),
        "quotes": tuple(make_quote_entries(article, links, called)),
        "timeline": tuple(make_timeline_entries(article, links, called)),
    }


@dataclass(frozen=True)
class Reading:
    """An article that was read from its file, with everything that its panes show.

    `entries` has every entry of each pane, by the pane's name; filters and pins may hide some of them.
    `problems_by_entry` has the problems of each entry that has some, by the address of the entry.
    """

    article: Article
    problems: tuple[Problem, ...]
    links: Links
    entries: Mapping[str, Listing]
    problems_by_entry: Mapping[Ref, tuple[Problem, ...]]

    @cached_property
    def entry_facts(self) -> Mapping[Ref, EntryFacts]:
        """What a query's fields can ask of each entry, by the address of the entry."""
        # To collect it takes long, and the first picture does not need it.
        from dossier.core.views.search_fields import collect_entry_facts  # noqa: PLC0415

        return collect_entry_facts(self.article, self.links, self._iterate_entries())

    def with_problems(self, problems: tuple[Problem, ...]) -> "Reading":
        """Return the reading with other problems, each at the entry that it belongs to."""
        by_entry = group_by_entry(self._iterate_entries(), problems)
        return replace(self, problems=problems, problems_by_entry=by_entry)

    def _iterate_entries(self) -> Iterator[Entry]:
        return chain.from_iterable(self.entries.values())


def make_reading(article: Article, problems: tuple[Problem, ...]) -> Reading:
    """Return the article with its links, the entries of its panes, and its problems at their entries."""
    links = Links.of(article)
    entries = {name: Listing(found) for name, found in make_panes(article, links).items()}
    every = chain.from_iterable(entries.values())
    return Reading(article, problems, links, entries, group_by_entry(every, problems))
