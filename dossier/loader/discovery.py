"""Find the article files that a path means, and the articles that are installed with the program.

Whether a file in a folder is an article is decided by its top-level keys, read line by line. A file with a headline
that is not valid YAML is still an article, so that the checker can say what is wrong with it.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import yaml

from dossier.core.dataclasses import NamedTuple
from dossier.core.regular_file import open_regular_file
from dossier.loader.file_names import SUFFIXES
from dossier.loader.limits import Limits
from dossier.loader.source_text import LINE_BREAK
from dossier.loader.yaml_nodes import LOADER

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
    sorted by depth: the first, nearest to the root, is the one in use.
    """

    files: tuple[Path, ...]
    other_files: int = 0
    hidden_folders: int = 0
    registries: tuple[Path, ...] = ()


def find_articles(path: Path, recursive: bool, keys: Iterable[str] = _KEYS) -> ArticleFiles:
    """Return the article files and registries that `path` means.

    A file stands for itself: a registry if its keys say so, else an article. In a folder, files with one of `keys` are
    articles. With `recursive` its sub-folders are searched, too, except hidden ones and links. Hidden files, and names
    that are not regular files, are skipped. Raises OSError if the path does not exist or a folder cannot be listed.
    """
    if not path.is_dir():
        path.stat()
        is_registry = path.is_file() and _kind_of_file(path, frozenset(_KEYS)) == _REGISTRY
        return ArticleFiles((), registries=(path,)) if is_registry else ArticleFiles((path,))
    files: list[Path] = []
    registries: list[Path] = []
    wanted = frozenset(keys)
    others = hidden = 0
    for folder, names, inside in os.walk(path, onerror=_raise):
        hidden += sum(name.startswith(".") for name in names)
        names[:] = [name for name in names if recursive and not name.startswith(".")]
        for file in (Path(folder, name) for name in inside if name.lower().endswith(SUFFIXES)):
            if file.name.startswith(".") or not file.is_file():
                others += 1
                continue
            kind = _kind_of_file(file, wanted)
            if kind == _ARTICLE:
                files.append(file)
            elif kind == _REGISTRY:
                registries.append(file)
            else:
                others += 1
    registries.sort(key=lambda file: (len(file.parts), file))
    return ArticleFiles(tuple(sorted(files)), others, hidden if recursive else 0, tuple(registries))


def find_default_articles(environment: Mapping[str, str], folder: Path) -> ArticleFiles:
    """Return the articles to open when no path is given.

    These are the articles of $DOSSIER_LIBRARY; else those in `folder` itself that have a headline; else the article
    that is installed with the program. Raises OSError like `find_articles`.
    """
    if library := environment.get("DOSSIER_LIBRARY"):
        return find_articles(Path(os.path.expanduser(library)), recursive=True)
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


def _raise(error: OSError) -> None:
    raise error


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
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = data.decode("utf-16" if utf16 else "utf-8-sig", errors="replace")
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
        yield from _flow_keys(text)
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


def _flow_keys(text: str) -> Iterator[str]:
    """Yield the top-level keys of a document in flow style, up to the first error."""
    depth, is_key = 0, True
    try:
        for event in yaml.parse(text, Loader=LOADER):
            if isinstance(event, yaml.DocumentEndEvent):
                return
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > _DEPTH:
                    return
                continue
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth == 1:
                if is_key and isinstance(event, yaml.ScalarEvent):
                    yield str(event.value)
                is_key = not is_key
    except (yaml.YAMLError, ValueError, OverflowError):
        # Keys before the error still count.
        return
