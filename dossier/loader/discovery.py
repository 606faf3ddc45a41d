"""Find the article files that a path means, and the articles that are installed with the program.

Whether a file in a folder is an article is decided by its top-level keys, read line by line. A file with a headline
that is not valid YAML is still an article, so that the checker can say what is wrong with it.
"""

import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from dossier.core.dataclasses import NamedTuple
from dossier.core.home_folder import expand_home
from dossier.core.problem import Problem
from dossier.core.regular_file import open_regular_file
from dossier.loader.file_names import SUFFIXES
from dossier.loader.limits import Limits
from dossier.loader.second_names import SecondNames
from dossier.loader.source_text import LINE_BREAK, find_wide_encoding
from dossier.loader.unreadable import describe_unreadable_file, describe_unreadable_folder, find_special_file

_KEYS = ("headline", "body")
_ARTICLE, _REGISTRY = "article", "registry"
_READ_BYTES = 1024 * 1024
"""This many bytes of a file are read: a file without a headline in them is not an article."""
_DEPTH = Limits().depth

_BEFORE = re.compile(r"\s*(?:[#%].*)?|---(?:\s.*)?")
_DOCUMENT_END = re.compile(r"(?:---|\.\.\.)(?:\s.*)?")
_FLOW = re.compile(r"(?:---\s+)?\{")
# A text, a sign or a run of other signs of JSON; or what JSON does not have.
_JSON_PIECE = re.compile(
    r"""(?P<text>"[^"\\]*+(?:\\.[^"\\]*+)*+")|(?P<sign>[{}\[\],])|[:\s]++|(?P<word>[\w.+-]++)|(?P<other>.)""", re.DOTALL
)
_KEY = re.compile(r"""(?P<mark>["']?)(?P<key>\w+)(?P=mark)\s*:(?:\s.*)?""")


TUTORIAL_START = "start-here"
"""The id of the article with the lessons, which the tutorial library is opened at the first time."""


class ArticleFiles(NamedTuple):
    """The article files of a path, sorted by name.

    `other_files` counts other YAML and JSON files, `hidden_folders` the folders that were not entered. `registries` are
    sorted by depth: the first, nearest to the root, is the one in use. `unread_files` says which names of articles are
    none of files, such as those of named pipes and of links that lead nowhere, and `unread_folders` which folders could
    not be listed.
    """

    files: tuple[Path, ...]
    other_files: int = 0
    hidden_folders: int = 0
    registries: tuple[Path, ...] = ()
    unread_files: tuple[Problem, ...] = ()
    unread_folders: tuple[Problem, ...] = ()

    @property
    def unread(self) -> tuple[Problem, ...]:
        """All that could not be looked into."""
        return (*self.unread_folders, *self.unread_files)


def find_articles(path: Path, recursive: bool, keys: Iterable[str] = _KEYS) -> ArticleFiles:
    """Return the article files and registries that `path` means.

    A file stands for itself: a registry if its keys say so, else an article. In a folder, files with one of `keys` are
    articles. With `recursive` its sub-folders are searched, too, except hidden ones and links. Hidden files are
    skipped, and a file with several names counts once. Raises OSError if the path does not exist or cannot be listed.
    """
    if not path.is_dir():
        path.stat()
        is_registry = path.is_file() and _kind_of_file(path, frozenset(_KEYS)) == _REGISTRY
        return ArticleFiles((), registries=(path,)) if is_registry else ArticleFiles((path,))
    return _FolderSearch(path, recursive).sort_files(frozenset(keys))


class _FolderSearch:
    """The names of article files below a folder, and what could not be looked into there."""

    def __init__(self, root: Path, recursive: bool) -> None:
        self._root = root
        self._second_names = SecondNames(os.fsencode(root))
        self._found: dict[bytes, Path] = {}
        self._others = self._hidden = 0
        self._unread_files: list[Problem] = []
        self._unread_folders: list[Problem] = []
        for folder, names, inside in os.walk(root, onerror=self._add_unread_folder):
            self._hidden += sum(name.startswith(".") for name in names) if recursive else 0
            names[:] = [name for name in names if recursive and not name.startswith(".")]
            for file in (Path(folder, name) for name in inside if name.lower().endswith(SUFFIXES)):
                if file.name.startswith("."):
                    self._others += 1
                else:
                    self._look_at(file)

    def sort_files(self, keys: frozenset[str]) -> ArticleFiles:
        """Return the files that were found, sorted by what their own keys say they are."""
        files: list[Path] = []
        registries: list[Path] = []
        repeats = self._second_names.find_repeats(self._found)
        for file in (file for path, file in self._found.items() if path not in repeats):
            kind = _kind_of_file(file, keys)
            if kind == _ARTICLE:
                files.append(file)
            elif kind == _REGISTRY:
                registries.append(file)
            else:
                self._others += 1
        registries.sort(key=lambda file: (len(file.parts), file))
        unread_files, unread_folders = tuple(sorted(self._unread_files)), tuple(sorted(self._unread_folders))
        found = tuple(sorted(files)), self._others, self._hidden, tuple(registries)
        return ArticleFiles(*found, unread_files, unread_folders)

    def _look_at(self, file: Path) -> None:
        path = os.fsencode(file.relative_to(self._root))
        try:
            status = os.lstat(file)
        except OSError:
            # The folder may be listed, but not entered: reading the file tells why it cannot be read.
            self._found[path] = file
            return
        is_link = stat.S_ISLNK(status.st_mode)
        try:
            status = os.stat(file) if is_link else status
        except OSError as error:
            self._unread_files.append(describe_unreadable_file(str(file), error))
            return
        if special := find_special_file(file, status):
            self._unread_files.append(special)
        else:
            self._found[path] = file
            self._second_names.add(path, is_link, status)

    def _add_unread_folder(self, error: OSError) -> None:
        if error.filename in (None, str(self._root)):
            raise error
        self._unread_folders.append(describe_unreadable_folder(str(Path(error.filename)), error))


def find_default_articles(environment: Mapping[str, str], folder: Path) -> ArticleFiles:
    """Return the articles to open when no path is given.

    These are the articles of $DOSSIER_LIBRARY; else those in `folder` itself that have a headline; else the article
    that is installed with the program. Raises OSError like `find_articles`.
    """
    if library := environment.get("DOSSIER_LIBRARY"):
        return find_articles(expand_home(library), recursive=True)
    here = find_articles(folder, recursive=False, keys=("headline",))
    return here if here.files else ArticleFiles((find_bundled_folder() / "nato-seoul-2023.yaml",))


def find_bundled_folder() -> Path:
    """Return the folder of the bundled articles: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "data"
    return inside if inside.is_dir() else package.parent / "data"


def find_tutorial_folder() -> Path:
    """Return the folder of the tutorial library, which has an article with the id TUTORIAL_START."""
    return find_bundled_folder() / "port-arlen"


def looks_like_article(data: bytes, keys: Iterable[str] = _KEYS) -> bool:
    """Return whether the top-level keys of a file with these bytes include one of `keys`, as far as it is read."""
    return _kind_of_bytes(data, frozenset(keys)) == _ARTICLE


def looks_like_registry(data: bytes) -> bool:
    """Return whether a file with these bytes is a registry and not an article, as far as it is read."""
    return _kind_of_bytes(data, frozenset(_KEYS)) == _REGISTRY


def _kind_of_file(file: Path, keys: frozenset[str]) -> str:
    """Return what the keys of the file say that it is. An unreadable file is an article: the checker reports why."""
    try:
        with open_regular_file(file) as opened:
            return _kind_of_bytes(opened.read(_READ_BYTES), keys)
    except OSError:
        return _ARTICLE


def _kind_of_bytes(data: bytes, keys: frozenset[str]) -> str:
    """Return "article" if the top-level keys include one of `keys`, "registry" if they say so, else ""."""
    data = data[:_READ_BYTES]
    text = data.decode(find_wide_encoding(data) or "utf-8-sig", errors="replace").removeprefix("\ufeff")
    shown = ""
    for key in _top_keys(text):
        if key in keys:
            return _ARTICLE
        shown = _REGISTRY if key == _REGISTRY else shown
    return shown


def _top_keys(text: str) -> Iterator[str]:
    """Yield the keys of the mapping in the first document of `text`, as far as they can be seen."""
    lines = iter(LINE_BREAK.split(text))
    first = next((line for line in lines if not _BEFORE.fullmatch(line) or _FLOW.match(line)), "")
    if first.lstrip().startswith("{"):
        keys, is_json = _json_keys(text)
        yield from keys
        if is_json:
            return
    if _FLOW.match(first.lstrip()):
        from dossier.loader.yaml_events import read_flow_keys  # noqa: PLC0415 - few files need it

        yield from read_flow_keys(text, _DEPTH)
        return
    indent = len(first) - len(first.lstrip(" "))
    for line in (first, *lines):
        if _DOCUMENT_END.fullmatch(line):
            return
        if line[:indent].strip(" ") == "" and (found := _KEY.fullmatch(line, indent)):
            yield found["key"]


def _json_keys(text: str) -> tuple[list[str], bool]:
    """Return the top-level keys of a JSON object, and whether it is one to its end, or to the end of `text`."""
    depth, is_key = 0, False
    keys: list[str] = []
    for piece in _JSON_PIECE.finditer(text):
        sign, is_top = piece["sign"], depth == 1
        if piece["other"] or (piece["word"] and is_key):
            return keys, False
        if sign:
            depth += (sign in "{[") - (sign in "}]")
            is_key = depth == 1 and (sign == "," or not keys)
            if not depth:
                break
        elif piece["text"] and is_key and is_top:
            keys.append(piece["text"][1:-1])
            is_key = False
    return keys, True
