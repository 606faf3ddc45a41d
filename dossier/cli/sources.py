"""Articles are opened for `show` and for the screen alike, and which one is meant is decided here.

Of several articles an address without an id may mean any: then nothing is guessed, and the addresses are offered.
"""

import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from dossier.cli.arguments import CommandError
from dossier.cli.found import files_at, no_article
from dossier.cli.output import count_words, tell
from dossier.core.dataclasses import NamedTuple
from dossier.core.model import Article
from dossier.core.problem import Problem
from dossier.core.ref import Ref
from dossier.loader.article import load
from dossier.loader.discovery import ArticleFiles, default_articles
from dossier.loader.limits import Limits
from dossier.text.sanitize import safe

CELLS, _MOST_CELLS = 80, 100
NAMED = 20
"""So many articles are named when an address does not say which is meant."""


class ArticleSource(NamedTuple):
    """An article that could be opened, and what is wrong with it."""

    article: Article
    problems: tuple[Problem, ...]


def wanted(path: Path | None) -> ArticleFiles:
    """The article files at `path`; without one, those that are opened by default. Raises CommandError for none."""
    if path is None:
        try:
            found = default_articles(os.environ, Path())
        except OSError as error:
            where = "$DOSSIER_LIBRARY" if os.environ.get("DOSSIER_LIBRARY") else "the current folder"
            raise CommandError(f"{where}: {error.filename}: {error.strerror}; name a file or a folder") from None
    else:
        found = files_at(path)
    if not found.files:
        raise CommandError(no_article(str(path or "$DOSSIER_LIBRARY")))
    return found


def readings(found: ArticleFiles, limits: Limits) -> list[ArticleSource]:
    """The articles in these files that can be opened; of the others it is told that there are some. Raises CommandError
    where none can."""
    opened: list[ArticleSource] = []
    problems: list[Problem] = []
    closed = 0
    for file in found.files:
        loaded = load(file, limits)
        if loaded.article:
            opened.append(ArticleSource(loaded.article, loaded.problems))
        else:
            closed += 1
            problems += loaded.problems
    if not opened:
        for problem in problems:
            print(safe(str(problem)), file=sys.stderr)
        raise CommandError("nothing to open: without a headline and a body there is no article")
    if closed:
        tell(f"{count_words(closed, 'file')} cannot be opened; dossier check says why")
    return opened


def meant(among: Sequence[ArticleSource], ref: Ref) -> ArticleSource:
    """Return the article that `ref` is in.

    Raises LookupError when none has its id, and CommandError when several may be meant.
    """
    named = [one for one in among if ref.article in ("", one.article.ref.article)]
    if len(named) == 1:
        return named[0]
    ids = [one.article.ref.article for one in named or among]
    if not named:
        raise LookupError(nowhere(ref, ids))
    if ref.article:
        paths = ", ".join(one.article.path for one in named)
        raise CommandError(f"several articles bear the id {Ref(ref.article)}: name the file that is meant, of {paths}")
    raise unclear(ref, ids[:NAMED], len(ids))


def nowhere(ref: Ref, ids: Sequence[str]) -> str:
    """That no article bears the id of `ref`, with the nearest of those there are."""
    nearest = get_close_matches(ref.article, ids, n=1, cutoff=0)
    cure = f": is {ref._replace(article=nearest[0])} meant?" if nearest else ""
    return f"no article {ref.article!r} here{cure}"


def unclear(ref: Ref, ids: Sequence[str], number: int) -> CommandError:
    """That `ref` may be in any of so many articles, of which these are named."""
    named = [f"  {ref._replace(article=id)}" for id in ids]
    more = [f"  and {number - len(ids):,} more"] if number > len(ids) else []
    return CommandError("\n".join((f"there are {number:,} articles: say which is meant, as in", *named, *more)))


def cells() -> int:
    """How wide text is set: as wide as the terminal, within reason; elsewhere as wide as a page."""
    if sys.stdout is None or not sys.stdout.isatty():
        return CELLS
    given = os.environ.get("COLUMNS", "")
    try:
        columns = int(given) if given.isdecimal() else os.get_terminal_size(sys.stdout.fileno()).columns
    except OSError:
        columns = 0
    return min(columns or CELLS, _MOST_CELLS)
