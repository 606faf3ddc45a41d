"""Which article files a path means, and where the articles are that come with the program.

Whether a file of a folder is an article is told by the keys at its top, line by line: a file that the parser would
refuse is an article all the same when it has a headline, so that the checker can say what is wrong with it.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import yaml

from dossier.core.dataclasses import NamedTuple
from dossier.loader.limits import Limits
from dossier.loader.yaml_nodes import LOADER
from dossier.text.line_index import LINE_BREAK

_KEYS = ("headline", "body")
_ARTICLE, _REGISTRY = "article", "registry"
_LOOK = 1024 * 1024
"""So many bytes of a file are looked at: a file that has shown no headline by then is no article."""
_DEPTH = Limits().depth

_BEFORE = re.compile(r"\s*(?:[#%].*)?|---(?:\s.*)?")
_DOCUMENT_END = re.compile(r"(?:---|\.\.\.)(?:\s.*)?")
_FLOW = re.compile(r"(?:---\s+)?\{")
_KEY = re.compile(r"""(?P<mark>["']?)(?P<key>\w+)(?P=mark)\s*:(?:\s.*)?""")


class ArticleFiles(NamedTuple):
    """Article files, by name, and registries, the one nearest the root, which counts, first; `passed_over` other YAML
    files; `hidden` folders that were not entered."""

    files: tuple[Path, ...]
    passed_over: int = 0
    hidden: int = 0
    registries: tuple[Path, ...] = ()


def articles_in(path: Path, recursive: bool, keys: Iterable[str] = _KEYS) -> ArticleFiles:
    """The article files that `path` means: a file is itself, unless it shows that it is a registry; of a folder those
    with one of `keys`, and the registries.

    With `recursive` those in its sub-folders, too, but for hidden ones and links to folders. Hidden files and what is
    no plain file are passed over. Raises OSError for a path that is not there and a folder that cannot be listed.
    """
    if not path.is_dir():
        path.stat()
        is_registry = path.is_file() and _kind(path, frozenset(_KEYS)) == _REGISTRY
        return ArticleFiles((), registries=(path,)) if is_registry else ArticleFiles((path,))
    files: list[Path] = []
    registries: list[Path] = []
    wanted = frozenset(keys)
    others = hidden = 0
    for folder, names, inside in os.walk(path, onerror=_raised):
        hidden += sum(name.startswith(".") for name in names)
        names[:] = [name for name in names if recursive and not name.startswith(".")]
        for file in (Path(folder, name) for name in inside if name.endswith((".yaml", ".yml"))):
            if file.name.startswith(".") or not file.is_file():
                others += 1
                continue
            kind = _kind(file, wanted)
            if kind == _ARTICLE:
                files.append(file)
            elif kind == _REGISTRY:
                registries.append(file)
            else:
                others += 1
    registries.sort(key=lambda file: (len(file.parts), file))
    return ArticleFiles(tuple(sorted(files)), others, hidden if recursive else 0, tuple(registries))


def default_articles(environment: Mapping[str, str], folder: Path) -> ArticleFiles:
    """What is opened when no path is given: $DOSSIER_LIBRARY, else the articles with a headline in `folder` itself,
    else the article that comes with the program. Raises OSError as `articles_in` does."""
    if library := environment.get("DOSSIER_LIBRARY"):
        return articles_in(Path(os.path.expanduser(library)), recursive=True)
    here = articles_in(folder, recursive=False, keys=("headline",))
    return here if here.files else ArticleFiles((bundled() / "nato-seoul-2023.yaml",))


def bundled() -> Path:
    """The folder of the articles that come with the program: in an installed package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "data"
    return inside if inside.is_dir() else package.parent / "data"


def demo() -> Path:
    """The folder of the tutorial library."""
    return bundled() / "port-arlen"


def shows_article(data: bytes, keys: Iterable[str] = _KEYS) -> bool:
    """Whether a file with these bytes shows one of `keys` at its top, as far as it is looked at."""
    return _shown(data, frozenset(keys)) == _ARTICLE


def shows_registry(data: bytes) -> bool:
    """Whether a file with these bytes shows that it is a registry, and no article, as far as it is looked at."""
    return _shown(data, frozenset(_KEYS)) == _REGISTRY


def _raised(error: OSError) -> None:
    raise error


def _kind(file: Path, keys: frozenset[str]) -> str:
    """What the file shows that it is. One that cannot be read passes for an article: the checker then says so."""
    try:
        with file.open("rb") as opened:
            return _shown(opened.read(_LOOK), keys)
    except OSError:
        return _ARTICLE


def _shown(data: bytes, keys: frozenset[str]) -> str:
    """What the keys at the top of a file show that it is: an article by one of `keys`, a registry, or nothing."""
    data = data[:_LOOK]
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = data.decode("utf-16" if utf16 else "utf-8-sig", errors="replace")
    shown = ""
    for key in _top_keys(text):
        if key in keys:
            return _ARTICLE
        shown = _REGISTRY if key == _REGISTRY else shown
    return shown


def _top_keys(text: str) -> Iterator[str]:
    """The keys of the mapping that the first document of `text` is, as far as they can be seen."""
    lines = iter(LINE_BREAK.split(text))
    first = next((line for line in lines if not _BEFORE.fullmatch(line) or _FLOW.match(line)), "")
    if _FLOW.match(first.lstrip()):
        yield from _flow_keys(text)
        return
    indent = len(first) - len(first.lstrip(" "))
    for line in (first, *lines):
        if _DOCUMENT_END.fullmatch(line):
            return
        if line[:indent].strip(" ") == "" and (found := _KEY.fullmatch(line, indent)):
            yield found["key"]


def _flow_keys(text: str) -> Iterator[str]:
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
        # What is broken shows no more keys; those before it count.
        return
