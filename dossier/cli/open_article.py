"""Open a single article, on the screen or printed."""

from collections.abc import Callable
from pathlib import Path

from dossier.cli.known_roots import former_path_words
from dossier.cli.output import print_message, print_paged
from dossier.cli.parser import CommandError, DisplayArgs, StartPlace
from dossier.cli.sources import PAGE_CELLS, ArticleSource, article_of, articles_at, load_articles, text_cells
from dossier.core.note_search import parse_find
from dossier.core.paths import input_state_folder
from dossier.core.ref import Ref
from dossier.export.address import resolve_to_text
from dossier.library.state_folders import FoundState, find_state, remember_root
from dossier.loader.article import load_article
from dossier.loader.limits import Limits
from dossier.text.sanitize import sanitize_text


def open_article(path: Path, start: StartPlace, display: DisplayArgs, limits: Limits, notice: str = "") -> int:
    """Open the article at a path on the screen, with `notice` as the first message, and return the exit status.

    Raises CommandError when it cannot be opened.
    """
    from dossier.cli.startup import ScreenSetup, open_screen, restore_place
    from dossier.ui.navigation import find_text, place_cursor
    from dossier.ui.state import State, open_article_state

    source, at = _load(path, start.at, limits)
    article = source.article
    file = Path(article.path)
    found = find_state(file) if article.path else FoundState(input_state_folder(article.ref.article))
    folder = found.folder

    def open_state(grown: Callable[[], None]) -> State:
        state = restore_place(open_article_state(*source), folder, start)
        if at and at.kind:
            state = place_cursor(state, at)
        return find_text(state, parse_find(sanitize_text(start.find))) if start.find else state

    def remember() -> None:
        if article.path:
            remember_root(file, found)

    notice = notice or former_path_words(file, found)
    return open_screen(
        ScreenSetup(open_state, lambda file: load_article(file, limits), folder, display, notice, remember)
    )


def print_article(path: Path, start: StartPlace, limits: Limits, notice: str = "") -> int:
    """Print the article at a path, or what `start` addresses in it, and return the exit status.

    `notice` is printed on stderr. Raises CommandError when the article cannot be loaded or there is no such address.
    """
    source, at = _load(path, start.at, limits)
    if notice:
        print_message(notice)
    if start.find:
        print_message("--find needs a terminal; printing the whole article")
    print_paged([resolve_to_text(source.article, at or source.article.ref, text_cells())])
    return 0


def _load(path: Path, at: Ref | None, limits: Limits) -> tuple[ArticleSource, Ref | None]:
    """Load the article at a path, and return it with the address `at`, to which the article's id is added."""
    sources = load_articles(articles_at(path), limits)
    if at is None:
        return sources[0], None
    try:
        source = article_of(at, sources)
        at = at._replace(article=source.article.ref.article)
        # Raises LookupError for an address that nothing in the article has.
        resolve_to_text(source.article, at, PAGE_CELLS)
    except LookupError as error:
        raise CommandError(error.args[0]) from None
    return source, at
