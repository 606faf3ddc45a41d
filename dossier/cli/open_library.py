"""Open a library, on the screen or printed.

The screen shows what the index has while a child process updates the index; the process of the screen only reads it.
The child ends with the screen, and what it has written stays.
"""

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path

from dossier.cli.arguments import CommandError, DisplayArgs, StartPlace, naming_unreachable_server
from dossier.cli.index_location import open_index
from dossier.cli.known_roots import former_path_words
from dossier.cli.output import print_message, print_paged
from dossier.cli.registry_and_decisions import read_known
from dossier.cli.sources import OFFERED, PAGE_CELLS, ArticleSource, ambiguous_address, no_such_article, text_cells
from dossier.cli.temporary_index import use_temporary_index
from dossier.core.dataclasses import replace
from dossier.core.entry import Entry, Part
from dossier.core.ref import Ref
from dossier.export.address import resolve_to_text
from dossier.export.plain_text import format_article_list
from dossier.library.article_rows import split_index_date
from dossier.library.article_store import ArticleStore, FolderStore
from dossier.library.growing_list import FIRST, GrowingList
from dossier.library.index.errors import WRITE_FAILURE, IndexWriteError
from dossier.library.index.location import SharedIndex
from dossier.library.index.reader import ArticleRow, Index
from dossier.library.index.write_failure import check_writable
from dossier.library.indexer import Indexer, NoIndexer
from dossier.library.library import Library
from dossier.library.reuse import Reuse
from dossier.library.state_folders import find_state, remember_root
from dossier.library.tasks import run_in_thread
from dossier.library.user_data import UserData
from dossier.loader.article import load_article
from dossier.loader.limits import Limits
from dossier.text.sanitize import sanitize_text
from dossier.ui.library_scope import enter_article, open_library_state, refresh_facets, refresh_lists, search_library
from dossier.ui.navigation import go_to, history_entry, restore_cursors
from dossier.ui.session_file import read_session
from dossier.ui.state import State

_PATIENCE = 10.0
"""Seconds to wait until another program, which is writing the index, has begun it."""
_NAP = 0.02
_SOON = 0.08
"""Seconds that the first picture waits for the first articles of the list, which usually arrive sooner."""
_AFTER = 0.8
"""Seconds after which an existing index is updated, so that the first screen does not wait for that."""
_SWITCH = 0.0005
"""Seconds after which a thread lets another one go on (sys.setswitchinterval)."""
_MOST_SEARCHED = 5_000
"""The most articles, the newest, among which the nearest address is looked for."""


@naming_unreachable_server
def open_library(root: Path, start: StartPlace, display: DisplayArgs, limits: Limits) -> int:
    """Open the library in the folder `root` on the screen, and return the exit status.

    Raises CommandError when there is no index and none can be made, or nothing to open.
    """
    from dossier.cli.startup import ScreenSetup, open_screen

    found = find_state(root)
    reuse = Reuse(root, found)
    if start.first and not (start.at or start.find) and (start.fresh or read_session(found.folder) is None):
        start = start._replace(at=start.first)
    with opening(root, start, limits, reuse) as open_state:
        return open_screen(
            ScreenSetup(
                open_state,
                lambda file: load_article(file, limits),
                found.folder,
                display,
                former_path_words(root, found),
                lambda: remember_root(root, reuse.found),
            )
        )


@contextmanager
def opening(
    root: Path, start: StartPlace, limits: Limits, reuse: Reuse | None = None
) -> Iterator[Callable[[Callable[[], None]], State]]:
    """Provide the function that opens the library to a `with` block, and end all that it started after the block.

    `reuse` has the folder with what the reader made, if it was looked for already.
    The function takes a callback, which is called, on any thread, whenever a list of the library has grown.
    Raises CommandError as `open_library` does.
    """
    prepare_threads()
    opened = open_index(root)
    if isinstance(opened.location, SharedIndex) and opened.read:
        from dossier.cli.index_update import use_shared_index

        index, none = use_shared_index(root, opened.read, limits), NoIndexer()
        at = _address(root, index, none, start.at, limits)
        open_state = _opener(root, index, none, start._replace(at=at), limits, reuse or Reuse(root, find_state(root)))
        # Most libraries have no shared index.
        from dossier.cli.shared_index_watch import open_watched

        yield partial(open_watched, opened.location, index, open_state)
        return
    indexer = Indexer(root, limits)
    later = threading.Timer(_AFTER, indexer.start)
    later.daemon = True
    try:
        # An index without articles may be older than the articles.
        found = opened.read if not start.at and opened.read and opened.read.total() else None
        if found is None:
            try:
                check_writable(root)
            except IndexWriteError as error:
                if not ((kept := Index.open(root)) and kept.total()):
                    use_temporary_index(str(error))
            indexer.start()
            index = _index(root, indexer)
        else:
            index = found
            later.start()
        at = _address(root, index, indexer, start.at, limits)
        yield _opener(root, index, indexer, start._replace(at=at), limits, reuse or Reuse(root, find_state(root)))
    finally:
        later.cancel()
        indexer.stop()


def prepare_threads() -> None:
    """Have a thread that collects rows let the thread of the screen go on, so that no key waits for it."""
    sys.setswitchinterval(_SWITCH)


@naming_unreachable_server
def print_library(root: Path, start: StartPlace, limits: Limits) -> int:
    """Print the list of a library's articles, newest first, or the article that `start` names; return the status.

    Raises CommandError when there is no article.
    """
    from dossier.cli.index_update import updated_index

    index = updated_index(root, limits)
    return print_articles(FolderStore(root, index, limits), index, start)


def print_articles(store: ArticleStore, index: Index, start: StartPlace) -> int:
    """Print what `print_library` does, of a library that is open."""
    if start.find:
        print_message("--find needs a terminal; printing all articles (dossier search prints only what it finds)")
    if start.at:
        source, at = require_article(store, index, start.at)
        print_paged([resolve_to_text(source.article, at, text_cells())])
    else:
        print_paged(
            format_article_list([_row(index.articles.article(first))], text_cells())
            for first in index.articles.article_ids()
        )
    return 0


def find_article(store: ArticleStore, index: Index, ref: Ref) -> tuple[ArticleSource, Ref]:
    """Load the article of the library that an address is in.

    Returns the article, and the address with the article's id or path in it. Raises LookupError when nothing in the
    library has the address, and CommandError when several articles may be meant; the message offers the nearest
    addresses.
    """
    row = _article_row(index, ref)
    loaded = store.load(row)
    if loaded.article is None:
        for problem in loaded.problems:
            print_message(str(problem))
        raise CommandError("nothing to open: an article needs a headline and a body")
    ref = ref._replace(article=loaded.article.ref.article)
    resolve_to_text(loaded.article, ref, PAGE_CELLS)
    return ArticleSource(loaded.article, loaded.problems), ref


def require_article(store: ArticleStore, index: Index, ref: Ref) -> tuple[ArticleSource, Ref]:
    """Load an article as `find_article` does. Raises CommandError when nothing has the address, too."""
    try:
        return find_article(store, index, ref)
    except LookupError as error:
        raise CommandError(str(error.args[0])) from None


def _article_row(index: Index, ref: Ref) -> ArticleRow:
    if not ref.article:
        number = index.total()
        rows = [index.articles.article(first) for first in islice(index.articles.article_ids(), OFFERED)]
        if len(rows) == 1:
            return rows[0]
        raise ambiguous_address(ref, [row.ref.article for row in rows], number)
    if row := index.articles.find(ref.article):
        return row
    rows = [index.articles.article(first) for first in islice(index.articles.article_ids(), _MOST_SEARCHED)]
    if same := [str(ref._replace(article=row.ref.article)) for row in rows if row.id == ref.article]:
        raise CommandError(f"several articles have the id {Ref(ref.article)}: write {' or '.join(same)}")
    raise LookupError(no_such_article(ref, [row.ref.article for row in rows]))


def _index(root: Path, indexer: Indexer) -> Index:
    """Return the index as it is; when there is none yet, wait until the indexer has begun it."""
    until = time.monotonic() + _PATIENCE
    index = Index.open(root)
    while index is None:
        if not indexer.is_running and (index := Index.open(root)) is None:
            why = indexer.wait_for_failure()
            failed = f"the index of {root} cannot be built: dossier index {root} says why"
            raise CommandError(why if why.startswith(WRITE_FAILURE) else failed)
        if time.monotonic() > until:
            raise CommandError(f"another program is about to build the index of {root}: try again")
        time.sleep(_NAP)
        index = index or Index.open(root)
    return index


def _address(root: Path, index: Index, indexer: Indexer | NoIndexer, wanted: Ref | None, limits: Limits) -> Ref | None:
    """Wait until there is an article to open, and return the address to open at, with the article's id in it."""

    def is_there() -> bool:
        if wanted and wanted.article:
            return index.articles.find(wanted.article) is not None
        return index.total() > (1 if wanted else 0)

    until = time.monotonic() + _PATIENCE
    while not is_there() and indexer.is_running and time.monotonic() < until:
        time.sleep(_NAP)
    if not is_there() and indexer.is_running:
        if wanted:
            raise CommandError(
                f"the index of {root} is not finished, and {wanted} is not in it yet: dossier index {root} finishes it"
            )
    elif not index.total():
        if (why := indexer.wait_for_failure()).startswith(WRITE_FAILURE):
            raise CommandError(why)
        from dossier.cli.index_update import empty_library

        raise empty_library(root, index)
    return require_article(FolderStore(root, index, limits), index, wanted)[1] if wanted else None


def _opener(
    root: Path, index: Index, indexer: Indexer | NoIndexer, start: StartPlace, limits: Limits, reuse: Reuse
) -> Callable[[Callable[[], None]], State]:
    # Messages about the registry and the decisions have to be printed before the screen is taken.
    registry = read_known(root, limits, reuse.folder).registry

    def open_state(grown: Callable[[], None]) -> State:
        # An indexer that runs is ended first, which takes a while.
        rejoin = partial(run_in_thread, indexer.start)
        library = Library(FolderStore(root, index, limits), index, UserData(reuse.folder), registry, grown, rejoin)
        library.reuse = reuse
        indexer.on_progress = library.show_progress
        if isinstance(indexer, NoIndexer):
            library.decide_here()
        else:
            # On a thread of its own: to end a child that is at work takes a while.
            index.call_when_damaged(lambda: threading.Thread(target=indexer.start, daemon=True).start())
        return open_state_at(library, reuse.folder, start)

    return open_state


def open_state_at(library: Library, folder: Path, start: StartPlace) -> State:
    """Return the first state of the screen of a library; `folder` has the place where the reader left off."""
    from dossier.cli.startup import restore_place

    state = restore_place(open_library_state(library), folder, start)
    if start.find:
        state = search_library(state, library.parse_search_with_names(sanitize_text(start.find), date.today()))
    there = enter_article(state, start.at.article) if start.at else None
    if there is None or start.at is None:
        return _wait_for_list(state)
    return replace(go_to(there, start.at) or there, history=state.history.visit(history_entry(state)))


def _wait_for_list(state: State) -> State:
    """Wait, but not for long, until the list of articles fills the screen."""
    until = time.monotonic() + _SOON
    while not _fills(state.panes["library"].entries) and time.monotonic() < until:
        time.sleep(_NAP / 10)
    return restore_cursors(refresh_facets(refresh_lists(state)))


def _fills(rows: Sequence[Entry]) -> bool:
    return len(rows) >= FIRST or (isinstance(rows, GrowingList) and rows.is_done)


def _row(row: ArticleRow) -> Entry:
    date, time = split_index_date(row.published)
    title = " · ".join(filter(None, (row.headline, time, row.outlet)))
    return Entry(Ref(row.ref.article, "about", "0"), (Part("label", date), Part("text", title)), 0)
