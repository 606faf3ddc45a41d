"""Write what is exported to stdout, to a file or to a folder, and show how far the export is."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import TextIO

from dossier.cli.arguments import CommandError
from dossier.cli.output import print_message
from dossier.export.export import Export, ExportedArticle, Omissions
from dossier.export.export_file import ExportFileError, write_whole_file
from dossier.export.formats import ExportFormat, write_export
from dossier.text.messages import count_noun

_PATIENCE = 0.5
"""Seconds before the progress is shown: short exports need none."""
_PAUSE = 0.1
"""The least seconds between two updates."""
_BAR_CELLS = 20
_STEM_BYTES = 200
"""The most bytes of the name of a file without its number and ending: file systems allow 255."""


class ExportProgress:
    """A line on a terminal, rewritten in place, with the number of articles that were read.

    `total` is how many there are to read, 0 while that is not known.
    """

    def __init__(self, stream: TextIO | None, clock: Callable[[], float] = time.monotonic) -> None:
        self.total = 0
        self._stream = stream if stream is not None and stream.isatty() else None
        self._clock = clock
        self._due = clock() + _PATIENCE
        self._done = self._cells = 0

    def advance(self) -> None:
        """Count an article."""
        self._done += 1
        if self._stream and self._clock() >= self._due:
            self._due = self._clock() + _PAUSE
            text = self._words()
            print(f"\r{text.ljust(self._cells)}", end="", file=self._stream, flush=True)
            self._cells = len(text)

    def end(self) -> None:
        """Erase the line, and show no further ones."""
        if self._stream and self._cells:
            print(f"\r{' ' * self._cells}\r", end="", file=self._stream, flush=True)
        self._stream = None

    def _words(self) -> str:
        if self._done > self.total:
            return count_noun(self._done, "article")
        filled = _BAR_CELLS * self._done // self.total
        return f"[{'#' * filled}{'-' * (_BAR_CELLS - filled)}] {self._done:,} of {count_noun(self.total, 'article')}"


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Let signals that end the program raise SystemExit inside the `with` block, so that no half file is left."""

    def end(number: int, _frame: FrameType | None) -> None:
        # A shell gives this exit status to a program that was ended by a signal (POSIX, 2.8.2).
        raise SystemExit(128 + number)

    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    caught = [number for number, handler in before.items() if handler is not signal.SIG_IGN]
    try:
        for number in caught:
            signal.signal(number, end)
        yield
    finally:
        for number in caught:
            signal.signal(number, before[number])


def print_pieces(pieces: Iterable[bytes], form: ExportFormat) -> None:
    """Write pieces to stdout. Raises CommandError when they are not text and stdout is a terminal.

    A terminal gets text in the encoding of its locale; files and pipes get the bytes as they are.
    """
    if sys.stdout is None:
        for _ in pieces:
            pass
    elif sys.stdout.isatty():
        for piece in pieces:
            if b"\0" in piece:
                raise CommandError(f"{form.name} is not text: name a file, as in -o export.{form.ending}")
            print(piece.decode(), end="")
    else:
        sys.stdout.flush()
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()


def write_pieces(path: Path, pieces: Iterable[bytes], force: bool) -> None:
    """Write pieces to a file, which appears only when all of them are written.

    A file that exists is replaced only with `force`. A pipe or a device is written to directly. Raises CommandError
    when the file exists or cannot be written.
    """
    if not force and os.path.isfile(path):
        raise CommandError(f"{path} already exists: name another file, or replace it with --force")
    try:
        write_whole_file(path, pieces, force)
    except ExportFileError as error:
        raise CommandError(str(error)) from None


def write_folder(
    folder: Path,
    form: ExportFormat,
    articles: Iterable[ExportedArticle],
    omissions: Omissions,
    made: datetime,
    force: bool,
) -> None:
    """Write a file for each article to a folder, which is made if it is not there, and print how many there are.

    Raises CommandError, with the number of files that were written, when one exists or cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"{folder}: {error.strerror}; name a folder that can be written") from None
    name_file = make_namer(form.ending)
    number = 0
    try:
        for exported in articles:
            export = Export(exported.article.headline, [exported], omissions, made)
            write_pieces(folder / name_file(exported.article.ref.article), write_export(form, export), force)
            number += 1
    except CommandError as error:
        raise CommandError(f"{error} (written before that: {count_noun(number, 'file')})") from None
    print_message(f"wrote {count_noun(number, 'file')} to {folder}")


def make_namer(ending: str) -> Callable[[str], str]:
    """Return a function that returns a file name for the id of an article, a different one at each call.

    The names are safe in every folder: they have no slash and no leading dot, and no two differ only by case.
    """
    taken: set[str] = set()
    # The number that a stem had last: all below it are taken.
    last: dict[str, int] = {}

    def name_file(id: str) -> str:
        plain = "".join([char if char.isalnum() or char in "._-" else "-" for char in id]).lstrip(".-")
        stem = plain.encode()[:_STEM_BYTES].decode(errors="ignore") or "article"
        number = last.get(stem.casefold(), 1)
        while (name := f"{stem}{f'-{number}' if number > 1 else ''}.{ending}").casefold() in taken:
            number += 1
        taken.add(name.casefold())
        last[stem.casefold()] = number
        return name

    return name_file
