"""What an update needs of the engine that it writes the index with."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from dossier.library.index.ingest import IngestedFile
from dossier.library.index.sessions import TextWriter, WriteSession
from dossier.loader.limits import Limits


class WriteEngine(Protocol):
    """Where the index of one library is written.

    `id_letters` is that of Placer. `keeps_sources` says that the contents of files are kept in the index.
    """

    @property
    def id_letters(self) -> int:
        """Return the code points of an id that are in the index of the order of articles; 0: all."""

    @property
    def keeps_sources(self) -> bool:
        """Return whether `write_sources` wants the contents of files."""

    def hold(self, waiting: Callable[[], None]) -> AbstractContextManager[bool]:
        """Return a context manager that holds the right to write the index, which one program has at a time.

        It tells whether the index is known to be damaged. While another program has the right, `waiting` is called
        several times a second; an exception that it raises ends the waiting. Raises IndexWriteError.
        """

    def delete(self) -> None:
        """Have the next update make the index anew. Raises IndexWriteError."""

    def updating(self, root: Path, limits: Limits) -> AbstractContextManager[WriteSession]:
        """Return a context manager for an update of the index of the library in the folder `root`.

        The index is made where there is none that can be used. Raises IndexDamagedError where the index turns out to
        be damaged, and IndexWriteError where it cannot be written.
        """

    def text_writer(self, many: bool) -> TextWriter:
        """Return what writes the full text. `many` says that much is to come, so that merging is left to the end."""

    def enter_entries(self, packed: Sequence[tuple[int, bytes]]) -> None:
        """Enter the packed entries of articles, each with the row id of the first one."""

    def remove_entries(self, first: int) -> None:
        """Remove the packed entries of an article, whose row ids are not used again for a while."""

    def write_sources(self, found: Collection[IngestedFile], gone: Collection[bytes]) -> None:
        """Keep the contents of these files, in place of what there was, and none of those that are gone.

        It is called in the transaction that replaces the files, while the index still has them as they were.
        """

    def note_growth(self, articles: int) -> None:
        """Do what readers need while the index grows. It has so many articles now, all of them written."""

    def finish(self, is_changed: bool) -> Iterator[None]:
        """Do what is left to do when all is written; `is_changed` says that something was. Yields after each step."""
