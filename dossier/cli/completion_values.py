"""What the scripts of `dossier completion` ask the program for: addresses and themes, a line each.

A line is a value, a tab, and what it is. It has to come at once, and nothing may be written: addresses come from the
index of a library as it is, or from one article, or from the few articles of a small folder that has no index.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from dossier.cli.completion_scripts import THEMES
from dossier.core.home_folder import expand_home
from dossier.core.ref import Ref

if TYPE_CHECKING:
    from dossier.library.index.location import ServerIndex
    from dossier.library.index.reader import Index

_MOST = 300
_MOST_FILES, _MOST_BYTES = 16, 256 * 1024
"""The most files of a folder without an index that are read, and the most bytes of one."""
_ABOUT_LENGTH = 60
_OF_A_LIBRARY = ("person", "org", "place")

Value = tuple[str, str]
"""A value, and what it is in a few words."""


def run(words: Sequence[str]) -> int:
    """Print the values that may stand for a word, and return the exit status: 0 when there are any, else 1.

    `words` are the kind of value, the word as far as it is typed, and all words of the command line.
    """
    from dossier.library.index.errors import IndexDamagedError, IndexRefusedError, IndexUnreachableError

    kind, word, *line = (*words, "", "")[: max(2, len(words))]
    word = word.replace("\\", "")
    try:
        found = _list_themes() if kind == THEMES else list_addresses(word, line)
        begun = dict(islice((one for one in found if one[0].startswith(word)), _MOST))
    except (OSError, KeyError, ImportError, IndexUnreachableError, IndexDamagedError, IndexRefusedError):
        # The index may be replaced at this moment or its server be away, or a file be gone: there is nothing to offer.
        return 1
    for value, about in begun.items():
        print(f"{value}\t{' '.join(about.split())[:_ABOUT_LENGTH]}")
    return 0 if begun else 1


def list_addresses(word: str, line: Sequence[str]) -> Iterable[Value]:
    """Return the addresses that may begin with `word`, in what the words of the command line name.

    These are the articles of a library; when one article is meant, also all that is in it. Raises OSError, KeyError and
    IndexDamagedError when what was there a moment ago is gone.
    """
    file, sign, _ = word.partition("#")
    if sign and Path(file).is_file():
        return ((f"{file}#{inside}", about) for inside, about in _entries_of_file(Path(file)))
    path = next((Path(one) for one in reversed(line) if one != word and Path(one).exists()), None)
    if path is None and (library := os.environ.get("DOSSIER_LIBRARY")):
        path = expand_home(library)
    if path and path.is_file():
        return _entries_of_file(path)
    from dossier.cli.server_location import OPTION, locate_server

    engine = next((line[at + 1] for at, one in enumerate(line[:-1]) if one == OPTION), "")
    if server := locate_server(engine, path):
        return _from_server(word, server)
    return _from_library(word, path or Path()) or _from_files(word, path)


def _from_server(word: str, server: "ServerIndex") -> list[Value]:
    """Return the addresses of a library on a server."""
    from dossier.library.index.postgresql.opening import open_server_index

    index = open_server_index(server.address)
    return _from_index(word, index) if index else []


def _from_library(word: str, root: Path) -> list[Value]:
    """Return the addresses of a library that has an index, else an empty list."""
    from dossier.core.paths import resolve_xdg_folder

    # To ask for the index makes its folder.
    if not resolve_xdg_folder("XDG_CACHE_HOME", "~/.cache", os.environ).is_dir():
        return []
    from dossier.cli.index_location import open_index

    index = open_index(root, lambda words: None).read
    return _from_index(word, index) if index else []


def _from_index(word: str, index: "Index") -> list[Value]:
    article, sign, _ = word.partition("#")
    rows = index.articles_beginning(unquote(article), _MOST)
    exact = [row for row in rows if str(row.ref) == article]
    made = [] if sign else [(str(row.ref), row.headline) for row in rows]
    for row in exact if sign else rows[:1] if len(rows) == 1 else ():
        made += [(str(one.entry.ref), one.entry.text) for one in index.entries.of_article(row)]
    for kind in _OF_A_LIBRARY if word else ():
        if kind.startswith(word.partition("/")[0]):
            made += [(f"{kind}/{id}", "in all articles") for id in sorted(index.persons.person_entry_ids(kind))]
    return made


def _from_files(word: str, root: Path | None) -> Iterator[Value]:
    """Yield the addresses of the articles in a folder, if these are few; of the article that comes with the program."""
    from dossier.loader.discovery import find_bundled_folder
    from dossier.loader.file_names import is_article_name

    files = [Path(one.path) for one in os.scandir(root or Path()) if one.is_file() and is_article_name(one.name)]
    if not files and root is None:
        files = [find_bundled_folder() / "nato-seoul-2023.yaml"]
    if len(files) == 1:
        yield from _entries_of_file(files[0])
    elif len(files) <= _MOST_FILES:
        for file in sorted(files):
            yield from _article_in_file(word, file)


def _article_in_file(word: str, file: Path) -> Iterator[Value]:
    """Yield the address of the article in a file, and all addresses in it when the word has the article's id."""
    article, sign, _ = word.partition("#")
    entries = _read_entries(file)
    for ref, text in entries[:1]:
        yield str(ref._replace(kind="", id="")), text
    if sign:
        yield from ((str(ref), text) for ref, text in entries if str(ref._replace(kind="", id="")) == article)


def _entries_of_file(file: Path) -> Iterator[Value]:
    return ((str(ref._replace(article="")).removeprefix("#"), text) for ref, text in _read_entries(file))


def _read_entries(file: Path) -> list[tuple[Ref, str]]:
    """Return the addresses and texts of an article's entries; none for a large file, or one that is no article."""
    from dossier.core.links import Links
    from dossier.core.views.panes import make_panes
    from dossier.loader.article import load_article

    article = load_article(file).article if file.stat().st_size <= _MOST_BYTES else None
    if article is None:
        return []
    return [(one.ref, one.text) for pane in make_panes(article, Links.of(article)).values() for one in pane]


def _list_themes() -> Iterator[Value]:
    from dossier.config.config_folder import config_folder
    from dossier.config.settings_file import THEMES_FOLDER
    from dossier.config.theme_file import list_themes

    return ((name, "") for name in list_themes(config_folder(os.environ) / THEMES_FOLDER))
