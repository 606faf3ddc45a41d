"""The registry of a library and the decisions of its reader, which say which entries are the same person.

A library has one registry: the first of its files, by path, that looks like a registry. Only the index knows which
files may be one, so the registry of a library that was never indexed is looked for again after its first update.
"""

from contextlib import closing, nullcontext, suppress
from pathlib import Path

from dossier.cli.index_location import open_index
from dossier.cli.known_roots import report_state_folder
from dossier.cli.one_setting import tell_once
from dossier.cli.output import print_message
from dossier.core.dataclasses import NamedTuple
from dossier.core.registry import Decisions, Registry
from dossier.core.regular_file import open_regular_file
from dossier.library.index.errors import IndexDamagedError
from dossier.library.index.reader import Index
from dossier.library.user_data import UserData
from dossier.loader.discovery import looks_like_registry
from dossier.loader.file_names import REGISTRY_NAMES
from dossier.loader.limits import Limits
from dossier.loader.registry_file import LoadedRegistry, load_registry

_NO_REGISTRY = LoadedRegistry(Registry(), ())


class Known(NamedTuple):
    """The registry of a library and the reader's own decisions, by which entries are joined to persons."""

    registry: Registry
    decisions: Decisions


class KnownFiles:
    """The registry of a library and the reader's decisions, which are in `folder` if that is known already.

    What was read is not read again as long as its file is the same.
    """

    def __init__(self, root: Path, limits: Limits, folder: Path | None = None) -> None:
        self._root, self._limits = root, limits
        self.memory = UserData(folder or report_state_folder(root))
        self._loaded: tuple[Path | None, bytes, LoadedRegistry] = None, b"", _NO_REGISTRY

    def read(self, index: Index | None) -> Known:
        """Read them with the help of an index, which is closed, and print messages about them."""
        self.memory.look()
        for message in self.memory.messages():
            print_message(message)
        loaded = self.load_registry(index)
        if loaded.loss:
            tell_once(loaded.loss)
        return Known(loaded.registry, self.memory.decisions)

    def load_registry(self, index: Index | None) -> LoadedRegistry:
        """Read the registry, and what is wrong with it, with the help of an index, which is closed."""
        with closing(index) if index else nullcontext():
            names = {*REGISTRY_NAMES, *(_non_article_paths(index) if index else ())}
        # The first of these files that is a registry is the one of the library.
        for path in sorted(self._root / name for name in names):
            try:
                with open_regular_file(path) as file:
                    data = file.read(self._limits.size + 1)
            except OSError:
                continue
            if looks_like_registry(data):
                if self._loaded[:2] != (path, data):
                    self._loaded = path, data, load_registry(path, self._limits)
                return self._loaded[2]
        return _NO_REGISTRY


def read_known(root: Path, limits: Limits, folder: Path | None = None) -> Known:
    """Read the registry of a library and the reader's decisions, which are in `folder` if that is known already."""
    return KnownFiles(root, limits, folder).read(open_index(root).read)


def _non_article_paths(index: Index) -> list[str]:
    """Return the paths of the files that may be a registry; none where the index is damaged."""
    with suppress(IndexDamagedError):
        return index.articles.non_article_paths()
    return []
