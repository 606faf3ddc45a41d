"""Where the articles of a library are read in full: from the files in its folder, or from the index itself.

The index has only what lists need. Articles are asked for by their rows in the index; no other module knows how and
where their texts are kept.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from dossier.library.index.reader import ArticleRow, Index
from dossier.loader.limits import Limits

if TYPE_CHECKING:
    # Only an article that is read needs the loader: a quick search mostly reads none.
    from dossier.core.problem import Problem
    from dossier.loader.article import LoadedArticle

Stamp = tuple[str, int, int, int]
"""The path of an article, the times of change of its content and status in nanoseconds, and its size in bytes.

An article with another stamp has changed.
"""


class ArticleStore(Protocol):
    """Reads the articles of one library. Every method may be called on any thread, and may take long.

    A store on a server raises IndexUnreachableError if the server does not answer, and IndexDamagedError as the index
    does.
    """

    @property
    def folder(self) -> Path | None:
        """The folder that has the articles as files; None if they are elsewhere."""

    def read_name(self) -> str:
        """Return the name of the library, for titles."""

    def locate(self, row: ArticleRow) -> str:
        """Return the path of an article: that of its file, or its address (see `core.model.is_file_path`)."""

    def load(self, row: ArticleRow) -> "LoadedArticle":
        """Load an article as it is now. Its problems name its path."""

    def read_source(self, row: ArticleRow) -> "bytes | Problem":
        """Return the text of an article as it was written, or the problem that it cannot be read."""

    def read_stamp(self, row: ArticleRow) -> Stamp | None:
        """Return the present stamp of an article; None when it is gone."""

    def is_as_indexed(self, row: ArticleRow) -> bool:
        """Return whether an article is as it was when it was indexed; True also if that cannot be found out."""


class FolderStore:
    """The article files below the folder `root`."""

    def __init__(self, root: Path, index: Index, limits: Limits | None = None) -> None:
        self._root, self._index, self._limits = root, index, limits or Limits()

    @property
    def folder(self) -> Path:
        """The folder of the library."""
        return self._root

    def read_name(self) -> str:
        """Return the name of the folder."""
        return self._root.resolve().name

    def locate(self, row: ArticleRow) -> str:
        """Return the path of an article's file."""
        return str(self._root / row.path)

    def load(self, row: ArticleRow) -> "LoadedArticle":
        """Load the file of an article."""
        from dossier.loader.article import load_article  # noqa: PLC0415

        return load_article(self._root / row.path, self._limits, address_of(row))

    def read_source(self, row: ArticleRow) -> "bytes | Problem":
        """Return the bytes of an article's file; of one that is too large, a byte more than allowed."""
        from dossier.loader.source_text import read_file_bytes  # noqa: PLC0415

        return read_file_bytes(self._root / row.path, self._limits)

    def read_stamp(self, row: ArticleRow) -> Stamp | None:
        """Return the present stamp of the file; None when there is no such file."""
        path = self._root / row.path
        try:
            status = path.stat()
        except OSError:
            return None
        return str(path), status.st_mtime_ns, status.st_ctime_ns, status.st_size

    def is_as_indexed(self, row: ArticleRow) -> bool:
        """Return whether the file of an article has the size and the times of change that it had when it was indexed.

        The result is also True for a file whose times cannot be read, and False for one that is missing. In a copy of
        the library that was indexed, the time of the last change of the file's status is not compared.
        """
        try:
            found = (self._root / row.path).stat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError:
            return True
        size, mtime_ns, ctime_ns = self._index.articles.indexed_stat(row)
        if (found.st_size, found.st_mtime_ns) != (size, mtime_ns):
            return False
        # A negative time, which no file has, says that the file has to be read again.
        return found.st_ctime_ns == ctime_ns or (ctime_ns >= 0 and not self._index.has_status_times)


def address_of(row: ArticleRow) -> str:
    """Return the address of an article if other articles have the same id, else ""."""
    return row.ref.article if row.repeats else ""
