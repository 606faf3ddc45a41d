"""`dossier search`: what a query finds in a library, as it is found.

Decided here is how old an index may be. One of a small library is brought up to date first, since that is quick; that
of a large one is used as it is, and then it is told when it turns out to be older than the files. What is slow to
load and seldom needed is handed in, since nothing is worse for a quick search than a slow start.
"""

import datetime
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from dossier.cli.arguments import CommandError, Search
from dossier.cli.output import tell
from dossier.core.dataclasses import NamedTuple, replace
from dossier.core.query import Query, Within, together
from dossier.core.query_parser import understood
from dossier.library import results
from dossier.library.index.reader import Index, IndexDamagedError
from dossier.library.index.status import status
from dossier.library.person_evidence import with_names
from dossier.library.results import ArticleHits, Cut, Whole
from dossier.loader.limits import Limits

_SMALL = 2_000
"""An index of so many files is brought up to date before it is searched."""
_MOST_ON_TERMINAL = 1_000
"""So many entries are shown on a terminal, unless another number is asked for."""

Writer = Callable[[Iterable[ArticleHits]], Iterator[str]]
"""Makes text of what was found, in pieces that are printed as they come."""


class Seldom(NamedTuple):
    """What only some searches need.

    `default` returns the path that is read when none is given, `bring_up` the index brought up to date; both raise
    CommandError. `read` returns the article of a file, or None. `complain` says what is wrong with a query.
    """

    default: Callable[[], Path]
    bring_up: Callable[[Path, Limits], Index]
    read: Callable[[Path, Limits], Whole | None]
    complain: Callable[[Query], None]


def search(asked: Search, write: Writer, seldom: Seldom) -> int:
    """Print it; the exit status is 1 when nothing is found. Raises CommandError where nothing can be searched."""
    query = understood(asked.query, datetime.date.today())
    if query.complaints:
        seldom.complain(query)
    if query.root is None:
        tell("there is nothing to search for in this query: dossier search --help explains the language")
        return 1
    if asked.within:
        query = replace(query, root=together((query.root, Within(asked.within))))
    is_paged = asked.format == "text" and sys.stdout is not None and sys.stdout.isatty()
    most = asked.most or (_MOST_ON_TERMINAL if is_paged else None)
    root = asked.path or _default() or seldom.default()
    if not root.is_dir():
        return _print(Cut(_in_file(root, query, asked.limits, seldom), most), write)
    index = _index(root, asked.limits, seldom)
    through = results.LibrarySearch(root, index, with_names(query, index), lambda path: seldom.read(path, asked.limits))
    try:
        ended = _print(Cut(through.hits(), most), write)
    except IndexDamagedError:
        raise CommandError(f"the index of {root} is damaged: the next search makes it anew") from None
    if not index.is_whole:
        tell(f"the index of {root} is not whole yet, and there may be more: dossier index {root} finishes it")
    if through.is_stale:
        tell(f"some files changed since they were indexed, and were read anew: dossier index {root} takes them in")
    return ended


def _print(found: Cut, write: Writer) -> int:
    for text in write(found):
        print(text, end="", flush=True)
    if found.is_short:
        tell(f"the first {found.count:,}; more were found: --limit N shows more")
    return 0 if found.count else 1


def _in_file(path: Path, query: Query, limits: Limits, seldom: Seldom) -> Iterator[ArticleHits]:
    """What matches in a single article, which needs no index."""
    try:
        path.stat()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}; name an article file, or a folder of them") from None
    whole = seldom.read(path, limits)
    if whole is None:
        raise CommandError(f"{path} cannot be opened: dossier check {path} says why")
    yield results.hits_in(whole, query)


def _default() -> Path | None:
    """The library that is meant when none is named, as far as that can be told without looking into files."""
    if library := os.environ.get("DOSSIER_LIBRARY"):
        return Path(os.path.expanduser(library))
    index = Index.open(Path())
    return Path() if index and index.total() else None


def _index(root: Path, limits: Limits, seldom: Seldom) -> Index:
    """The index of the library, as new as it has to be."""
    index = Index.open(root)
    try:
        if index and index.total() and (_files(index) > _SMALL or status(root).is_up_to_date):
            return index
    except IndexDamagedError:
        # Whoever brings it up to date makes it anew.
        pass
    if index:
        index.close()
    return seldom.bring_up(root, limits)


def _files(index: Index) -> int:
    return sum(map(index.total, ("articles", "faults", "others")))
