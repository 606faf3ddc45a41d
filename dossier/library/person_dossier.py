"""Everything that the articles of a library have of one person, organisation or place: statements, events, outlets.

These are the rows that the panes have when the person is pinned, each with its citation, so that a list can be taken
elsewhere.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.edtf import Date
from dossier.core.dates.instants import make_event_sort_key
from dossier.core.links import LinkKind, Links
from dossier.core.model import Article, Event, Quote
from dossier.core.ref import Ref
from dossier.core.views.citation import attribute_quote, cite_words, format_citation, quote_remarks
from dossier.core.views.wording import format_written_date
from dossier.library.index.articles import ArticleRow
from dossier.library.index.reader import Index

_TOGETHER = 100
"""Entries that are looked up together."""
LoadArticle = Callable[[ArticleRow], Article | None]
"""Loads the article of a row; None when its file can no longer be read."""


class Statement(NamedTuple):
    """A quote of the person, or one that is said to them or speaks of them, with its citation."""

    quote: Quote
    article: Article
    is_own: bool

    @property
    def cited(self) -> str:
        """The words with who said them, what must be said of them, and their source."""
        source = format_citation(self.article, self.quote.evidence, self.quote.ref)
        return cite_words(attribute_quote(self.article, self.quote), quote_remarks(self.quote), source)


class Occasion(NamedTuple):
    """An event that the person is involved in, with the article that has it."""

    event: Event
    article: Article

    @property
    def date(self) -> Date | None:
        """The date of the event, None if it has none that can be read."""
        return self.event.date.date if self.event.date else None

    @property
    def cited(self) -> str:
        """The date and what happened, with the source."""
        event = self.event
        when = format_written_date(event.date) or event.date_text or "undated"
        status = f" ({event.status})" if event.status != "happened" else ""
        return cite_words(f"{when}: {event.what}{status}", (), format_citation(self.article, event.evidence, event.ref))


class PersonDossier(NamedTuple):
    """What a library has of one person.

    `names` are all their names, the first as the newest article has it. `roles` are those that the articles give, each
    once, the newest first. `entries` are the addresses of the person in the articles. `statements` come by the date of
    their article, the newest first, `events` by their own date, `outlets` by the number of articles. `by_name` says
    that some entries are joined by the same full name alone.
    """

    kind: str
    names: tuple[str, ...]
    roles: tuple[str, ...]
    entries: tuple[Ref, ...]
    statements: tuple[Statement, ...]
    events: tuple[Occasion, ...]
    outlets: tuple[tuple[str, int], ...]
    by_name: bool


def find_persons(index: Index, kind: str, id: str) -> tuple[int, ...]:
    """Return the numbers of the persons of a kind that some article has under this id or, if none has, this name."""
    named = (one for one in index.persons.persons_named(id) if index.persons.person(one).kind == kind)
    return index.persons.persons_with_id(kind, id) or tuple(named)


def collect_dossier(index: Index, person: int, load_article: LoadArticle) -> PersonDossier:
    """Collect what the articles have of the person with this number, article by article."""
    about = index.persons.person(person)
    entries: dict[Ref, None] = {}
    # An article may have the person twice.
    statements: dict[Ref, Statement] = {}
    events: dict[Ref, Occasion] = {}
    roles: dict[str, None] = {}
    outlets: Counter[str] = Counter()
    rows = (row for row, _quotes in index.persons.entries_of_person(person))
    for article_row, ref in _find_entries(index, rows):
        article = load_article(article_row)
        if article is None:
            continue
        entries[ref] = None
        roles.update(dict.fromkeys(one.role for one in article.people if one.ref == ref and one.role))
        outlets[article.outlet or "no outlet"] += 1
        linked = _linked_kinds(article, ref)
        for quote in (one for one in article.quotes if one.ref in linked):
            before = statements.get(quote.ref)
            is_own = LinkKind.SAYS in linked[quote.ref] or bool(before and before.is_own)
            statements[quote.ref] = Statement(quote, article, is_own)
        events.update((event.ref, Occasion(event, article)) for event in article.events if event.ref in linked)
    found = list(events.values())
    order = sorted(range(len(found)), key=lambda at: make_event_sort_key(found[at].date, at))
    names = dict.fromkeys((about.name, *index.persons.names(person)))
    return PersonDossier(
        about.kind,
        tuple(names),
        tuple(roles),
        tuple(entries),
        tuple(statements.values()),
        tuple(found[at] for at in order),
        tuple(sorted(outlets.items(), key=lambda one: (-one[1], one[0]))),
        about.by_name,
    )


def _find_entries(index: Index, rows: Iterable[int]) -> Iterator[tuple[ArticleRow, Ref]]:
    """Yield the article and the address of each of the entries with these row ids."""
    left = iter(rows)
    while some := list(islice(left, _TOGETHER)):
        index.entries.fetch_ahead(some)
        # At once: what is at hand is so for a moment only, and to load an article may take longer.
        articles = [index.articles.article_of(row) for row in some]
        yield from [(one, index.entries.at(row, one).entry.ref) for row, one in zip(some, articles, strict=True)]


def _linked_kinds(article: Article, ref: Ref) -> dict[Ref, set[LinkKind]]:
    """Return the entries that are linked to a person, from either end, with the kinds of the links."""
    kinds: dict[Ref, set[LinkKind]] = {}
    for link in Links.of(article, spans=False).links_at(ref):
        for end in (link.start, link.end):
            kinds.setdefault(end.entry, set()).add(link.kind)
    return kinds
