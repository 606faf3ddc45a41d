"""The interface of the engines that an update can write an index with."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from dossier.library.index.ingest import IngestedFile
from dossier.library.index.sessions import TextWriter, WriteSession
from dossier.loader.limits import Limits


class WriteEngine(Protocol):
    """Writes the index of one library, to a file or to a server."""

    @property
    def id_letters(self) -> int:
        """The number of code points of an id in the database index that orders the articles; 0: all."""

    @property
    def reusable_before(self) -> int:
        """The Unix time before which row ids were retired that may be used again, RETIRED seconds ago or more.

        In an update it is a time as of which nothing is left in the tables that has these ids.
        """

    @property
    def keeps_sources(self) -> bool:
        """Whether the contents of the files are kept in the index, by `write_sources`."""

    def hold(self, waiting: Callable[[], None]) -> AbstractContextManager[bool]:
        """Return a context manager that holds the right to write the index, which one program has at a time.

        Its value is whether the index is known to be damaged. While another program has the right, `waiting` is called
        several times a second; an exception that it raises ends the waiting. Raises IndexWriteError.
        """

    def delete(self, is_damaged: bool) -> None:
        """Delete the index, so that the next update makes it anew. Raises IndexWriteError.

        Unless it is damaged, it may be kept for readers until the new one is whole.
        """

    def updating(self, root: Path, limits: Limits) -> AbstractContextManager[WriteSession]:
        """Return a context manager for an update of the index of the library in the folder `root`.

        The index is made where there is none that can be used. Raises IndexDamagedError where the index turns out to
        be damaged, and IndexWriteError where it cannot be written.
        """

    def text_writer(self, many: bool) -> TextWriter:
        """Return a writer of the full text. With `many`, for large updates, merging it is left to `finish`."""

    def enter_entries(self, packed: Sequence[tuple[int, bytes]]) -> None:
        """Enter the packed entries of articles, each with the row id of the article's first entry."""

    def remove_entries(self, first: int) -> None:
        """Remove the packed entries of the article with this `first`. Its row ids are not used again for an hour."""

    def write_sources(self, found: Collection[IngestedFile], gone: Collection[bytes]) -> None:
        """Store the contents of the files `found`, in place of earlier ones, and drop those of the files `gone`.

        To be called in the transaction that replaces the files, before their rows in the index are changed.
        """

    def note_growth(self, articles: int) -> None:
        """Do what readers need while the index grows. `articles` is how many are written and committed so far."""

    def finish(self, is_changed: bool) -> Iterator[None]:
        """Complete an update that has written everything, or nothing if not `is_changed`. Yields after each step."""
