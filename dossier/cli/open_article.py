"""Open a single article, on the screen or printed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dossier.cli.arguments import CommandError, DisplayArgs, StartPlace, is_standard_input
from dossier.cli.known_roots import former_path_words
from dossier.cli.output import print_message, print_paged
from dossier.core.paths import input_state_folder
from dossier.core.ref import Ref
from dossier.library.kept_articles import ReadArticle, keep_article, mark_opened, read_content, read_kept_article
from dossier.library.state_folders import FoundState, find_state, remember_root
from dossier.loader.limits import Limits

if TYPE_CHECKING:
    from dossier.loader.article import LoadedArticle
    from dossier.ui.state import State


class _Opened:
    """An article that was opened, with what is to be done to open it quickly the next time."""

    def __init__(self, read: ReadArticle, keep: Callable[[], None] = lambda: None) -> None:
        self.read = read
        self._keep = [keep]

    def keep(self) -> None:
        """Do that, the first time that this is called. It may take long."""
        while self._keep:
            self._keep.pop()()


def open_article(path: Path, start: StartPlace, display: DisplayArgs, limits: Limits, notice: str = "") -> int:
    """Open the article at a path on the screen, with `notice` as the first message, and return the exit status.

    Raises CommandError when it cannot be opened.
    """
    from dossier.cli.startup import ScreenSetup, open_screen, restore_place
    from dossier.ui.state import open_article_state

    opened = _open(path, limits)
    article, problems = opened.read
    at = _address_in(opened.read, start.at) if start.at else None
    file = Path(article.path)
    found = find_state(file) if article.path else FoundState(input_state_folder(article.ref.article))
    folder = found.folder

    def open_state(grown: Callable[[], None]) -> "State":
        state = restore_place(open_article_state(article, problems), folder, start)
        return _go_to_start(state, at, start.find) if at or start.find else state

    def remember() -> None:
        if article.path:
            remember_root(file, found)
        opened.keep()

    notice = notice or former_path_words(file, found)
    return open_screen(ScreenSetup(open_state, partial(_read_again, limits), folder, display, notice, remember))


def _go_to_start(state: "State", at: Ref | None, find: str) -> "State":
    """Return the state with the cursor where the command line says."""
    from dossier.core.note_search import parse_find
    from dossier.text.sanitize import sanitize_text
    from dossier.ui.navigation import find_text, place_cursor

    if at and at.kind:
        state = place_cursor(state, at)
    return find_text(state, parse_find(sanitize_text(find))) if find else state


def _read_again(limits: Limits, file: Path) -> "LoadedArticle":
    from dossier.loader.article import load_article

    return load_article(file, limits)


def print_article(path: Path, start: StartPlace, limits: Limits, notice: str = "") -> int:
    """Print the article at a path, or what `start` addresses in it, and return the exit status.

    `notice` is printed on stderr. Raises CommandError when the article cannot be loaded or there is no such address.
    """
    from dossier.cli.sources import text_cells
    from dossier.export.address import resolve_to_text

    read = _load(path, limits)
    at = _address_in(read, start.at) if start.at else read[0].ref
    if notice:
        print_message(notice)
    if start.find:
        print_message("--find needs a terminal; printing the whole article")
    print_paged([resolve_to_text(read[0], at, text_cells())])
    return 0


def _open(path: Path, limits: Limits) -> "_Opened":
    """Return the article at a path as it was kept when it was last opened, or else as its file says."""
    content = None if is_standard_input(path) else read_content(path, limits)
    if content is None:
        return _Opened(_load(path, limits))
    if read := read_kept_article(path, content, limits):
        return _Opened(read, partial(mark_opened, path))
    read = _load(path, limits, content)
    return _Opened(read, partial(keep_article, path, content, limits, read))


def _load(path: Path, limits: Limits, content: bytes | None = None) -> ReadArticle:
    """Return the article at a path, which is a file with that content if it is given, and the problems of the file."""
    # A registry has that word among its keys.
    if content is not None and b"registry" not in content:
        from dossier.loader.article import parse_article

        article, problems = parse_article(content, str(path), limits)
        if article:
            return article, problems
    from dossier.cli.sources import articles_at, load_articles

    return load_articles(articles_at(path), limits)[0]


def _address_in(read: ReadArticle, at: Ref) -> Ref:
    """Return the address `at` with the article's id. Raises CommandError when the article has no such address."""
    from dossier.cli.sources import PAGE_CELLS, ArticleSource, article_of
    from dossier.export.address import resolve_to_text

    source = ArticleSource(*read)
    try:
        at = at._replace(article=article_of(at, [source]).article.ref.article)
        # Raises LookupError for an address that nothing in the article has.
        resolve_to_text(source.article, at, PAGE_CELLS)
    except LookupError as error:
        raise CommandError(error.args[0]) from None
    return at
