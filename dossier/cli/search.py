"""`dossier search`: print what a query finds in a library, or in one article, as it is found.

The index of a small library is updated first, since that is quick. The index of a large library is used as it is; when
files turn out to be newer than the index, a message says so. What only some searches need is imported when they need
it, since a quick search spends most of its time on its start.
"""

import datetime
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dossier.cli.arguments import (
    CommandError,
    decode_word,
    is_plain_count,
    is_plain_path,
    is_standard_input,
    naming_unreachable_server,
    read_plain_words,
)
from dossier.cli.index_location import open_index
from dossier.cli.output import can_print_bold, needs_ascii, print_message, print_query_warnings
from dossier.cli.searched_library import SearchedLibrary, open_searched_folder, open_searched_on_server
from dossier.cli.server_location import locate_server
from dossier.cli.special_files import refuse_special_file
from dossier.core.dataclasses import NamedTuple, replace
from dossier.core.home_folder import expand_home
from dossier.core.query import PaneCondition, Query, combine_conditions
from dossier.core.query_context import asks_for_notes, find_noted
from dossier.core.query_parser import parse_search
from dossier.library import results
from dossier.library.article_store import ArticleStore
from dossier.library.index.errors import IndexChangedError
from dossier.library.index.reader import ArticleRow, IndexDamagedError
from dossier.library.person_evidence import add_other_names
from dossier.library.results import ArticleHits, LimitedHits
from dossier.loader.limits import Limits

if TYPE_CHECKING:
    from dossier.library.results import SearchableArticle

_FORMATS = ("text", "json", "jsonl", "csv")
_PANES = ("body", "quotes", "people", "timeline", "headline", "notes")
_USAGE = """\
dossier search QUERY [PATH] [--format text|json|jsonl|csv] [--limit N] [--in KIND]
       [--sort ORDER] [--engine ADDRESS]"""
_ABOUT = """\
Print what QUERY finds in the articles at PATH, the newest article first. All of
a query must match within one entry: a paragraph, a quote, an event, a person.
Words beside speaker: may also stand in the paragraph that a quote stands in."""
_END = """\
  arms deal            both, each at the beginning of a word; also arms AND deal
  "reckless missile"   this phrase
  -missile  NOT tests  not this
  a OR b   (a b) OR c  either; brackets group
  arms NEAR Moscow     within ten words of one another
  speaker:park toll    who says it, about what; also about: for a quote alone
  person:park          linked to it; also org: place: form: status:
  outlet:herald        of the article; also byline: section: lang: keyword:
  date:2022-11..2023   when; published: of the article, event: of the event
  in:quotes            only in quotes; also body, people, timeline, headline
  in:notes toll        your marks and notes, with words and tags: in:notes #ask

Put QUERY in single quotes if it has characters that the shell treats specially,
and -- before a query that begins with a hyphen.

The texts in csv are unchanged. A spreadsheet takes a text that begins with =
for a formula, and 0044 for a number, unless its columns are imported as text.

Exit status: 0 found; 1 nothing found; 2 could not run."""
_ORDER = results.ORDERS[0]
_MOST_ON_TERMINAL = 1_000
"""The most entries printed as text on a terminal, unless --limit gives another number."""

Writer = Callable[[Iterable[ArticleHits]], Iterator[str]]
"""Formats search results, and yields the text in pieces as the results come in."""


class Args(NamedTuple):
    """The arguments of `dossier search`.

    `path` and `most` are None when they were not given. `within` is the only pane to search, or "" for all panes,
    and `order` one of `results.ORDERS`.
    """

    query: str
    path: Path | None
    format: str
    most: int | None
    within: str
    order: str
    limits: Limits
    engine: str = ""


def parse_args(words: Sequence[str]) -> Args:
    """Parse the words after `search`. Raises CommandError when the words are not valid."""
    return _plain_args(words) or _parse_all(words)


def _plain_args(words: Sequence[str]) -> Args | None:
    """Return the arguments of a search for words in a library, as most are; None for others, which need the parser."""
    given = read_plain_words(words, {"--limit": is_plain_count, "--format": _FORMATS.__contains__})
    match given and given.others:
        case [query, path] if given and is_plain_path(path):
            written, limit = given.options.get("--format", _FORMATS[0]), given.options.get("--limit")
            return Args(decode_word(query), Path(path), written, int(limit) if limit else None, "", _ORDER, Limits())
    return None


def _parse_all(words: Sequence[str]) -> Args:
    from dossier.cli.parser import Parser, limits_of, parse_count

    parser = Parser(_USAGE, _ABOUT, _END)
    parser.add_argument("query", metavar="QUERY", type=decode_word, help="what to search for (see below)")
    parser.add_path("a file or a folder; - is standard input (default: see dossier --help)")
    parser.add_format(*_FORMATS[2:])
    parser.add_argument(
        "--limit", metavar="N", type=parse_count, help="print at most N hits (text on a terminal: 1,000)"
    )
    parser.add_argument("--in", dest="within", choices=_PANES, default="", help="search only there")
    parser.add_argument(
        "--sort",
        dest="order",
        choices=results.ORDERS,
        default=_ORDER,
        help="sort articles by date or number of hits (default: newest)",
    )
    parser.add_engine("search the library on this PostgreSQL server (see dossier help library)")
    parser.add_limits()
    given = parser.parse_words(words)
    if given.path and not is_standard_input(given.path) and not os.path.exists(given.path):
        several = f"{given.query} {given.path}"
        raise CommandError(
            f"{given.path}: no such file or folder; a query of several words goes in quotes: dossier search '{several}'"
        )
    searched = (given.query, given.path, given.format, given.limit, given.within, given.order)
    return Args(*searched, limits_of(given), given.engine or "")


@naming_unreachable_server
def run(args: Args) -> int:
    """Print the results and return the exit status: 1 when there are none, else 0.

    Raises CommandError when the library or article cannot be searched.
    """
    query = parse_search(args.query, datetime.date.today())
    if query.query_warnings:
        print_query_warnings(query)
    if query.root is None:
        print_message("nothing to search for in this query: dossier search --help explains the query language")
        return 1
    if args.within:
        query = replace(query, root=combine_conditions((query.root, PaneCondition(args.within))))
    is_paged = args.format == "text" and sys.stdout is not None and sys.stdout.isatty()
    most = args.most or (_MOST_ON_TERMINAL if is_paged else None)
    write = _writer(args.format)
    if server := locate_server(args.engine, args.path):
        library = open_searched_on_server(server, args.path, args.limits)
        with closing(library.read):
            return _search_library(library, query, args.order, most, write)
    root = args.path or _root()
    if is_standard_input(root) or not os.path.isdir(root):
        return _search_file(root, _with_notes(query), args.limits, most, write)
    library = open_searched_folder(root, args.limits)
    return _search_library(library, query, args.order, most, write)


def _search_library(library: SearchedLibrary, query: Query, order: str, most: int | None, write: Writer) -> int:
    """Print what matches in a library, and return the exit status."""
    store, index, called, update = library
    query = _with_notes(add_other_names(query, index))
    found = results.LibrarySearch(store, index, query, partial(_load, store, query))
    try:
        exit_status = _print(LimitedHits(_by_note(found.hits(order), query), most), write)
        if exit_status:
            from dossier.library.empty_scopes import explain_empty_scope
            from dossier.library.scope import Scope

            print_message("".join(explain_empty_scope(index, Scope(query))))
    except IndexDamagedError:
        cure = f"{update} makes it anew" if index.is_shared else "the next search rebuilds it"
        raise CommandError(f"the index of {called} is damaged: {cure}") from None
    except IndexChangedError:
        raise CommandError(f"the index of {called} was updated during the search: search again") from None
    if not index.is_whole:
        print_message(f"the index of {called} is not finished, so there may be more: {update} finishes it")
    if found.is_stale:
        print_message(f"some files changed since they were indexed and were read again: {update} updates the index")
    return exit_status


def _writer(name: str) -> Writer:
    if name == "text":
        from dossier.export.excerpt_lines import format_excerpts

        return partial(format_excerpts, is_marked=can_print_bold())
    from dossier.export.export import Omissions
    from dossier.export.search_results import find_formatter

    def write(found: Iterable[ArticleHits]) -> Iterator[str]:
        omissions = Omissions()
        yield from find_formatter(name, needs_ascii(), omissions)(found)
        for message in omissions.messages():
            print_message(message)

    return write


def _print(hits: LimitedHits, write: Writer) -> int:
    for text in write(hits):
        print(text, end="", flush=True)
    if hits.has_more:
        print_message(f"showing the first {hits.count:,}; --limit N shows more")
    return 0 if hits.count else 1


def _search_file(path: Path, query: Query, limits: Limits, most: int | None, write: Writer) -> int:
    """Print what matches in a single article, which needs no index, and return the exit status."""
    from dossier.library.opened_articles import read_searchable

    try:
        if not is_standard_input(path):
            path.stat()
            refuse_special_file(path)
        article = _read_input(limits) if is_standard_input(path) else read_searchable(path, limits)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}; name an article file or a folder") from None
    if article is None:
        raise CommandError(f"{path} cannot be opened: dossier check {path} says why")
    _place_notes(article, query)
    exit_status = _print(LimitedHits(_by_note([results.hits_in(article, query)], query), most), write)
    if exit_status:
        from dossier.library.empty_scopes import explain_unmatched_article

        print_message(explain_unmatched_article(article, query))
    return exit_status


def _with_notes(query: Query) -> Query:
    """Return the query with the reader's notes, if it asks for them."""
    if not asks_for_notes(query):
        return query
    from dossier.core.note_search import ask_notes
    from dossier.library.notebook import Notebook
    from dossier.library.notes_file import notes_path

    return ask_notes(query, Notebook(notes_path()).to_search())


def _by_note(found: Iterable[ArticleHits], query: Query) -> Iterable[ArticleHits]:
    """Return the results of a search in the notes with one for each note; those of another search as they are."""
    if find_noted(query) is None:
        return found
    from dossier.library.note_results import list_hits_by_note

    return list_hits_by_note(found, query)


def _load(store: ArticleStore, query: Query, row: ArticleRow) -> "SearchableArticle | None":
    from dossier.library.opened_articles import load_searchable

    return _place_notes(load_searchable(store, row), query)


def _place_notes(article: "SearchableArticle | None", query: Query) -> "SearchableArticle | None":
    """Return the article, in which the notes that the query asks for are placed now."""
    if article and (noted := find_noted(query)):
        noted.notes.settle(article.head.ref.article, [stored.entry for stored in article.entries])
    return article


def _read_input(limits: Limits) -> "SearchableArticle":
    from dossier.cli.sources import load_articles
    from dossier.library.opened_articles import make_searchable
    from dossier.loader.discovery import ArticleFiles

    return make_searchable(load_articles(ArticleFiles((Path("-"),)), limits)[0].article)


def _root() -> Path:
    """Return the library that is searched by default, if possible without looking into the files of a folder.

    Nothing is said of a shared index here: the current folder may be no library.
    """
    if library := os.environ.get("DOSSIER_LIBRARY"):
        return expand_home(library)
    if (index := open_index(Path(), lambda words: None).read) and index.total():
        return Path()
    from dossier.cli.sources import default_path

    return default_path()
