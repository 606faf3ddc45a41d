"""Find and load the articles that a command reads, and decide which of them an address means.

An address without the id of an article may mean any of several articles. The command then lists the addresses to choose
from, and does not guess.
"""

import os
import sys
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from dossier.cli.arguments import CommandError, is_standard_input
from dossier.cli.measuring import measure_printed_text
from dossier.cli.output import print_message
from dossier.cli.special_files import refuse_special_file, unreadable_words
from dossier.core.dataclasses import NamedTuple, replace
from dossier.core.home_folder import expand_home
from dossier.core.model import Article
from dossier.core.problem import Problem
from dossier.core.ref import Ref
from dossier.core.regular_file import open_regular_file
from dossier.loader.article import LoadedArticle, load_article, parse_article
from dossier.loader.discovery import ArticleFiles, find_articles, find_bundled_folder, find_default_articles
from dossier.loader.limits import Limits
from dossier.text.messages import count_noun, suggest_name
from dossier.text.sanitize import sanitize_text

PAGE_CELLS, _MOST_CELLS = 80, 100
"""The width, in cells, of text printed to a file or a pipe, and the greatest width on a terminal."""
OFFERED = 20
"""The most addresses that are offered when one does not say which article it means."""
_STANDARD_INPUT = "standard input"
_PATIENCE = 2.0
"""Seconds after which a message says that standard input has not ended."""


class ArticleSource(NamedTuple):
    """An article that could be loaded, and the problems found in its file."""

    article: Article
    problems: tuple[Problem, ...]


def default_path() -> Path:
    """Return the file or folder to read when the command line names none.

    That is $DOSSIER_LIBRARY, else the current folder if it contains articles, else the article that comes with the
    program. Raises CommandError when $DOSSIER_LIBRARY does not exist, or the current folder cannot be listed.
    """
    if library := os.environ.get("DOSSIER_LIBRARY"):
        path = expand_home(library)
        try:
            path.stat()
        except OSError as error:
            raise CommandError(f"$DOSSIER_LIBRARY: {path}: {error.strerror}; name a file or a folder") from None
        return path
    try:
        file = find_default_articles({}, Path()).files[0]
    except OSError as error:
        raise CommandError(f"the current folder: {error.strerror}; name a file or a folder") from None
    return file.parent if file.parent == Path() else file


def is_sample(path: Path) -> bool:
    """Return whether a path is that of the article that comes with the program, shown where there is no other."""
    return path.parent == find_bundled_folder()


def read_plain_text(path: Path) -> str:
    """Return the text of a file in UTF-8, of stdin when the path is `-`.

    Raises CommandError when it cannot be read, is larger than an article file may be, or has no text.
    """
    where, most = "standard input" if str(path) == "-" else str(path), Limits().size
    try:
        if str(path) == "-":
            data = b"" if sys.stdin is None else sys.stdin.buffer.read(most + 1)
        else:
            with open_regular_file(path) as file:
                data = file.read(most + 1)
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(f"{where} is not in UTF-8 (byte {error.start:,}): save it as UTF-8") from None
    except OSError as error:
        raise CommandError(unreadable_words(where, error, "name a file with the text of an article")) from None
    if len(data) > most:
        raise CommandError(f"{where} is larger than {most:,} bytes: name a file with a single article")
    if not text.strip():
        raise CommandError(f"{where} is empty: name a file with the text of an article")
    return text


def files_at(path: Path) -> ArticleFiles:
    """Return the article files and registries at a path, those in sub-folders among them.

    Standard input is a file, too. Raises CommandError when the path cannot be read, or is that of a named pipe or a
    device.
    """
    if is_standard_input(path):
        return ArticleFiles((path,))
    try:
        refuse_special_file(path)
        return find_articles(path, recursive=True)
    except OSError as error:
        raise CommandError(f"{error.filename}: {error.strerror}; name an article file or a folder") from None


def articles_at(path: Path | None) -> ArticleFiles:
    """Return the article files at a path or, for None, those read by default.

    Raises CommandError when there are none, or the path cannot be read.
    """
    if path is None:
        try:
            files = find_default_articles(os.environ, Path())
        except OSError as error:
            where = "$DOSSIER_LIBRARY" if os.environ.get("DOSSIER_LIBRARY") else "the current folder"
            raise CommandError(f"{where}: {error.filename}: {error.strerror}; name a file or a folder") from None
    else:
        files = files_at(path)
    if not files.files:
        for problem in files.unread:
            print_message(str(problem))
        raise CommandError(no_article(str(path or "$DOSSIER_LIBRARY")))
    return files


def load_articles(files: ArticleFiles, limits: Limits) -> list[ArticleSource]:
    """Load the articles of these files, and print a message when some of them cannot be.

    Raises CommandError, after printing all problems, when none of them can be loaded.
    """
    sources: list[ArticleSource] = []
    problems: list[Problem] = []
    failed = 0
    for file in files.files:
        loaded = load_standard_input(limits) if is_standard_input(file) else load_article(file, limits)
        if loaded.article:
            sources.append(ArticleSource(loaded.article, loaded.problems))
        else:
            failed += 1
            problems += loaded.problems
    if not sources:
        for problem in problems:
            print(sanitize_text(str(problem)), file=sys.stderr)
        raise CommandError("nothing to open: an article needs a headline and a body")
    if failed + len(files.unread_files):
        print_message(
            f"{count_noun(failed + len(files.unread_files), 'file')} cannot be opened; dossier check says why"
        )
    if files.unread_folders:
        print_message(f"{count_noun(len(files.unread_folders), 'folder')} cannot be listed; dossier check says why")
    return sources


def load_standard_input(limits: Limits) -> LoadedArticle:
    """Read the article that standard input has. The article has no path, since it cannot be read again.

    An article without an id gets one made from a checksum of its text, so that two of them do not share one place of
    the reader. Raises CommandError when there is nothing to read.
    """
    data = _read_standard_input(limits.size + 1)
    if not data.strip():
        raise CommandError(f"{_STANDARD_INPUT} is empty: it must be an article in YAML or JSON")
    # The reader of files knows standard input by this name.
    loaded = parse_article(data, "-", limits)
    if loaded.article and loaded.article.ref == Ref("-"):
        loaded = parse_article(data, "-", limits, f"stdin-{zlib.crc32(data):08x}")
    problems = tuple(problem._replace(path=_STANDARD_INPUT) for problem in loaded.problems)
    return LoadedArticle(loaded.article and replace(loaded.article, path=""), problems)


def _read_standard_input(most: int) -> bytes:
    """Return what standard input has until it ends, but at most so many bytes. A message says that it takes long."""
    from threading import Timer

    if sys.stdin is None:
        return b""
    cure = "Ctrl-D ends it" if sys.stdin.isatty() else "Ctrl-C quits"
    waiting = Timer(_PATIENCE, print_message, (f"waiting for the end of {_STANDARD_INPUT}; {cure}",))
    waiting.daemon = True
    waiting.start()
    try:
        return sys.stdin.buffer.read(most)
    except OSError as error:
        raise CommandError(f"{_STANDARD_INPUT}: {error.strerror}") from None
    finally:
        waiting.cancel()
        # The interpreter does not end well while another thread is printing.
        waiting.join(_PATIENCE)


def address_by_path(
    sources: Sequence[ArticleSource], root: Path, limits: Limits
) -> tuple[list[ArticleSource], dict[str, list[str]]]:
    """Address each article whose id repeats by its path below the folder `root`, as everywhere in a library.

    Returns the articles, and for each id that repeats the addresses of its articles.
    """
    count = Counter(one.article.ref.article for one in sources)
    made: list[ArticleSource] = []
    repeated: dict[str, list[str]] = {}
    for one in sources:
        id = one.article.ref.article
        if count[id] > 1:
            address = sanitize_text(os.path.relpath(one.article.path, root))
            loaded = load_article(Path(one.article.path), limits, address)
            repeated.setdefault(id, []).append(address)
            made.append(ArticleSource(loaded.article, loaded.problems) if loaded.article else one)
        else:
            made.append(one)
    return made, repeated


def article_of(ref: Ref, sources: Sequence[ArticleSource]) -> ArticleSource:
    """Return the article that an address is in.

    Raises LookupError when none of them has its id, and CommandError when several may be meant.
    """
    named = [one for one in sources if ref.article in ("", one.article.ref.article)]
    # The address of an article in a library where its id repeats holds for its file alone, too.
    named = named or [one for one in sources if f"/{one.article.path}".endswith(f"/{ref.article}")]
    if len(named) == 1:
        return named[0]
    ids = [one.article.ref.article for one in named or sources]
    if not named:
        raise LookupError(no_such_article(ref, ids))
    if ref.article:
        paths = ", ".join(one.article.path for one in named)
        raise CommandError(f"several articles have the id {Ref(ref.article)}: name one of the files {paths}")
    raise ambiguous_address(ref, ids[:OFFERED], len(ids))


def no_such_article(ref: Ref, ids: Sequence[str]) -> str:
    """Return a message that no article has the id in an address, with the nearest of `ids`."""
    nearest = suggest_name(ref.article, ids, cutoff=0)
    cure = f": did you mean {ref._replace(article=nearest)}?" if nearest else ""
    return f"no article {ref.article!r} here{cure}"


def ambiguous_address(ref: Ref, ids: Sequence[str], number: int) -> CommandError:
    """Return the error for an address that may be in any of `number` articles; it lists the address with each id."""
    offered = [f"  {ref._replace(article=id)}" for id in ids]
    more = [f"  and {number - len(ids):,} more"] if number > len(ids) else []
    return CommandError("\n".join((f"there are {number:,} articles: say which one, as in", *offered, *more)))


def no_article(where: str) -> str:
    """Return a message that there is no article at a place, and what an article is."""
    return f"no article in {where}: an article is a YAML or JSON file with headline: or body: at the top level"


def passed_over_words(libraries: Sequence[ArticleFiles]) -> str:
    """Return what was passed over in these libraries, as the end of a message; "" when nothing was."""
    files, folders = sum(one.other_files for one in libraries), sum(one.hidden_folders for one in libraries)
    parts = [count_noun(files, "other YAML or JSON file")] if files else []
    parts += [count_noun(folders, "hidden folder")] if folders else []
    return f"; skipped {' and '.join(parts)}" if parts else ""


def text_cells() -> int:
    """Return the width, in cells, to print text in: that of the terminal, but at most 100; elsewhere 80.

    From now on, text is measured as it is drawn there.
    """
    measure_printed_text(sys.stdout)
    if sys.stdout is None or not sys.stdout.isatty():
        return PAGE_CELLS
    given = os.environ.get("COLUMNS", "")
    try:
        columns = int(given) if given.isdecimal() else os.get_terminal_size(sys.stdout.fileno()).columns
    except OSError:
        columns = 0
    return min(columns or PAGE_CELLS, _MOST_CELLS)
