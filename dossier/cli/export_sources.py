"""Gather what `dossier export` writes: from a file, from standard input, or from a library, article by article."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from dossier.cli.arguments import CommandError
from dossier.cli.export_output import ExportProgress
from dossier.cli.output import print_message
from dossier.cli.sources import ArticleSource, article_of, articles_at, load_articles
from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.days import Day
from dossier.core.note import Note
from dossier.core.query import Query
from dossier.core.ref import Ref
from dossier.core.views.panes import Reading, make_reading
from dossier.export.export import ExportedArticle, Omissions
from dossier.export.export_selection import (
    EntryChoice,
    choose_entries,
    find_last_day,
    find_rows,
    find_rows_of_persons,
    find_rows_with_notes,
    has_any,
    is_since,
    select_address,
    select_articles,
    select_person,
)
from dossier.library.article_store import ArticleStore
from dossier.library.index.reader import ArticleRow, Index
from dossier.library.person_dossier import find_persons
from dossier.library.scope import Scope
from dossier.loader.limits import Limits
from dossier.text.messages import count_noun, suggest_name

Found = TypeVar("Found")
_OF_A_LIBRARY = ("person", "org", "place")


class Asked(NamedTuple):
    """What is to be exported.

    `ref` is an address, None for all articles. `query`, `kind` and `notes` are those of `choose_entries`. `since` is
    the first day of publication that is wanted, None without one.
    """

    ref: Ref | None
    query: Query | None
    kind: str
    notes: tuple[Note, ...] | None
    since: Day | None

    @property
    def choice(self) -> EntryChoice:
        """Which entries of each article are exported."""
        return choose_entries(self.query, self.kind, self.notes)


class Gathered(NamedTuple):
    """The articles to export, each read only when it is needed, and a title for the export."""

    title: str
    articles: Iterator[ExportedArticle]


def gather_from_file(path: Path, asked: Asked, limits: Limits, omissions: Omissions) -> Gathered:
    """Return what is exported of the article in a file, or on stdin when the path is `-`.

    Raises CommandError when there is no article, or it has no such address.
    """
    source = load_articles(articles_at(path), limits)[0]
    try:
        article = article_of(asked.ref, [source]).article if asked.ref else source.article
        found = _select_one(source, (asked.ref or article.ref)._replace(article=article.ref.article), asked)
    except LookupError as error:
        raise CommandError(str(error.args[0])) from None
    if asked.since and not is_since(find_last_day(article), asked.since, omissions):
        found = []
    return Gathered(article.headline, iter(found))


class LibraryExport:
    """Gathers what is exported of a library: its articles are in `store`, and its index is up to date.

    `called` names it in messages.
    """

    def __init__(self, store: ArticleStore, index: Index, called: str, progress: ExportProgress) -> None:
        self._store, self._index, self._called, self._progress = store, index, called, progress
        self.unopened = index.total("faults")
        """The number of files that cannot be opened as articles, as far as that is known."""

    def gather(self, asked: Asked, title: str, omissions: Omissions) -> Gathered:
        """Return what is exported. `title` names it, unless it is one article or one person.

        Raises CommandError when the library has no such address.
        """
        ref = asked.ref
        if ref is None:
            rows = (
                row for row in self._while_unchanged(self._find_rows(asked)) if self._is_wanted(row, asked, omissions)
            )
            return Gathered(title, select_articles(rows, self._read, asked.choice))
        if ref.kind in _OF_A_LIBRARY and ref.id and not ref.article and self._index.total() > 1:
            return self._gather_person(ref, asked, omissions)
        from dossier.cli.open_library import require_article

        source, ref = require_article(self._store, self._index, ref)
        is_wanted = not asked.since or is_since(find_last_day(source.article), asked.since, omissions)
        return Gathered(source.article.headline, iter(_select_one(source, ref, asked) if is_wanted else []))

    def _find_rows(self, asked: Asked) -> Iterator[ArticleRow]:
        if asked.choice.only_noted:
            return find_rows_with_notes(self._store, self._index, asked.notes or ())
        if asked.query is None:
            self._progress.total = self._index.total()
        return find_rows(self._index, Scope(asked.choice.query))

    def _gather_person(self, ref: Ref, asked: Asked, omissions: Omissions) -> Gathered:
        persons = find_persons(self._index, ref.kind, ref.id)
        if not persons:
            near = suggest_name(ref.id, self._index.persons.person_entry_ids(ref.kind))
            cure = f": did you mean {ref.kind}/{near}?" if near else ""
            raise CommandError(f"no {ref.kind}/{ref.id} in {self._called}{cure}")
        if len(persons) > 1:
            number = count_noun(len(persons), ref.kind)
            print_message(f"{number} have the id {ref.id} and may be different: all are exported")

        def read_articles() -> Iterator[ExportedArticle]:
            for row, refs in self._while_unchanged(find_rows_of_persons(self._index, persons)):
                if self._is_wanted(row, asked, omissions) and (reading := self._read(row)):
                    found = select_person(reading, refs, asked.choice)
                    if has_any(found):
                        yield found

        return Gathered(self._index.persons.person(persons[0]).name, read_articles())

    def _while_unchanged(self, found: Iterable[Found]) -> Iterator[Found]:
        """Yield what is found. Raises CommandError where the index was updated meanwhile, and something is gone."""
        try:
            yield from found
        except KeyError:
            raise CommandError(f"the index of {self._called} was updated during the export: export again") from None

    def _is_wanted(self, row: ArticleRow, asked: Asked, omissions: Omissions) -> bool:
        is_wanted = not asked.since or is_since(row.latest, asked.since, omissions)
        if not is_wanted:
            self._progress.advance()
        return is_wanted

    def _read(self, row: ArticleRow) -> Reading | None:
        loaded = self._store.load(row)
        self._progress.advance()
        if loaded.article is None:
            self.unopened += 1
            return None
        return make_reading(loaded.article, loaded.problems)


def _select_one(source: ArticleSource, ref: Ref, asked: Asked) -> list[ExportedArticle]:
    """Return what `ref` addresses in an article; nothing when none of it is asked for."""
    found = select_address(make_reading(*source), ref, asked.choice)
    return [found] if has_any(found) else []
