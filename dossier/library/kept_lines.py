"""A file of the reader's in JSON Lines, with the changes that are not on the disk yet.

A change holds in the program at once. It counts as kept only when the file with it is on the disk. Until then it is
pending: it is applied anew to whatever the file has when that is read again, and to what the file has when it can be
written, so that neither the reader's changes nor those of other programs are lost. Everything here may be used on any
thread. What does not read or write never waits for the disk, not even while another thread does.
"""

import errno
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from threading import Lock, RLock
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.core.regular_file import NotRegularFileError
from dossier.library.jsonl import StoredLine, change_lines, read_lines
from dossier.text.messages import count_noun
from dossier.text.sanitize import sanitize_text

Lines = tuple[StoredLine, ...]
Change = Callable[[Lines], Sequence[StoredLine]]
Stamp = tuple[int, int, int]

_CURES: Final = {
    errno.ENOSPC: "free some space",
    errno.EDQUOT: "remove some of your files",
    errno.EROFS: "make its disk writable",
    errno.EACCES: "make it writable",
    errno.EPERM: "make it writable",
    errno.ENOTDIR: "move away the file in the place of a folder",
    errno.EEXIST: "move away the file in the place of its folder",
    errno.EISDIR: "move away the folder in its place",
}
_OF_NAMED: Final = (errno.EACCES, errno.EPERM, errno.EISDIR, errno.EINVAL)
"""Errors of the very file or folder that they name."""
_UNREADABLE: Final = "a backup of the lines that are not JSON"


class PendingChange(NamedTuple):
    """A change that is not in the file yet.

    `words` say what it keeps, by a name for what is changed. A later change of what has the same name takes its place
    there.
    """

    make: Change
    words: Mapping[str, str]


class KeptLines:
    """The lines of the file at `path` as they were last read, with the changes that are pending."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.version = 0
        """A number that is another one whenever the lines have changed."""
        self.told = self.late_saves = 0
        """The numbers of messages, and of times that what could not be saved before was saved after all."""
        self._is_read = False
        self._lines: Lines = ()
        self._pending: tuple[PendingChange, ...] = ()
        self._stamp: Stamp | None = None
        self._messages: list[str] = []
        self._trouble = ""
        self._values, self._disk = RLock(), Lock()

    @property
    def lines(self) -> Lines:
        """The lines, with the changes that are pending."""
        return self._lines

    @property
    def is_kept(self) -> bool:
        """Whether all changes are on the disk."""
        return not self._pending

    @property
    def pending(self) -> tuple[PendingChange, ...]:
        """The changes that are not on the disk, in their order."""
        return self._pending

    @property
    def trouble(self) -> str:
        """Why the last attempt to write has failed, with the cure and the path; "" if it has not."""
        return self._trouble

    @property
    def unsaved(self) -> tuple[str, ...]:
        """What is not on the disk, in words, each thing once as it was changed last."""
        words: dict[str, str] = {}
        for change in self._pending:
            for name, text in change.words.items():
                words.pop(name, None)
                words[name] = text
        return tuple(words.values())

    def messages(self) -> tuple[str, ...]:
        """Return the messages for the reader since the last call, and forget them."""
        with self._values:
            told = tuple(self._messages)
            self._messages.clear()
        return told

    def change(self, make: Change, words: Mapping[str, str]) -> None:
        """Change the lines by `make`, which may be called again on other lines, and write what is pending."""
        with self._values:
            self._pending = (*self._pending, PendingChange(make, words))
            self._put(tuple(make(self._lines)))
        self._write(is_told=True)

    def retry(self) -> None:
        """Write what is pending. A message tells of it if that was not possible before, or fails in another way."""
        self._write(is_told=False)

    def refresh(self) -> None:
        """Read the file again, with what other programs added."""
        with self._disk:
            stamp = _stamp(self.path)
            try:
                lines, broken = read_lines(self.path)
            except OSError as error:
                # Who looks again and again is told once.
                if not self._is_read or stamp != self._stamp:
                    self._tell(f"cannot read {self.path}: {error.strerror}")
                self._stamp, self._is_read = stamp, True
                return
            with self._values:
                self._put(_applied(lines, self._pending))
                repairs = broken and not any(_UNREADABLE in change.words for change in self._pending)
            self._stamp, self._is_read = stamp, True
        if repairs:
            self.change(lambda found: found, {_UNREADABLE: _UNREADABLE})

    def refresh_if_changed(self) -> None:
        """Read the file again if it has changed since it was read, or was not read yet."""
        if not self._is_read or self._stamp != _stamp(self.path):
            self.refresh()

    def _write(self, is_told: bool) -> None:
        """Write the pending changes. Where that fails they stay pending, which a message tells if it is new."""
        with self._disk:
            pending = self._pending
            if not pending:
                return
            try:
                lines, aside = change_lines(self.path, lambda found: _applied(found, pending))
            except OSError as error:
                self._fail(error, is_told)
                return
            # Another program may have changed the file already: it is read again when it is looked at.
            self._stamp = None
            with self._values:
                self._pending = self._pending[len(pending) :]
                self._put(_applied(lines, self._pending))
                if self._trouble:
                    self.late_saves += 1
                    self._tell(f"now saved: {count_noun(len(pending), 'change')}")
                self._trouble = ""
        if aside:
            self._tell(f"{self.path} had lines that are not JSON: removed them, and saved the old file as {aside.name}")

    def _put(self, lines: Lines) -> None:
        if lines != self._lines:
            self._lines = lines
            self.version += 1

    def _fail(self, error: OSError, is_told: bool) -> None:
        reason = explain_save_error(error, self.path)
        with self._values:
            is_new, self._trouble = reason != self._trouble, reason
        if is_told or is_new:
            self._tell(f"not saved yet, still trying: {reason}")

    def _tell(self, message: str) -> None:
        with self._values:
            self._messages.append(sanitize_text(message))
            self.told += 1


def explain_save_error(error: OSError, path: Path) -> str:
    """Return why the file at `path` cannot be written, what to do about it, and the path of what is to be changed.

    That may be a folder, or a file beside it.
    """
    if isinstance(error, NotRegularFileError):
        cure = "move it away"
    elif isinstance(error, TimeoutError):
        cure = "end that program"
    else:
        cure = _CURES.get(error.errno or 0, "set XDG_STATE_HOME to another folder")
    return sanitize_text(f"{error.strerror or error}; {cure}: {_blamed(error, path)}")


def _blamed(error: OSError, path: Path) -> Path:
    """Return the path of what is in the way of writing the file at `path`."""
    if error.filename is None or error.errno not in _OF_NAMED:
        return path
    named = Path(os.fsdecode(error.filename))
    # What is not there cannot be created in its folder.
    return named if os.path.lexists(named) else named.parent


def report_saving(file: KeptLines, kept: str) -> str:
    """Return what the reader is to be told after a change of a file: `kept` only if all of it is on the disk."""
    told = " · ".join(file.messages())
    if file.is_kept:
        return told or kept
    return told or f"not saved yet, still trying: {file.trouble or f'the disk has not answered: {file.path}'}"


def list_unsaved(files: Iterable[KeptLines]) -> str:
    """Return a message of several lines with all that is not on the disk and why, "" if there is nothing."""
    parts: list[str] = []
    for file in files:
        if unsaved := file.unsaved:
            parts += [f"not saved: {file.trouble or f'the disk has not answered: {file.path}'}"]
            parts += [f"  {line}" for words in unsaved for line in words.split("\n")]
    return "\n".join(parts)


def _applied(lines: Lines, changes: Iterable[PendingChange]) -> Lines:
    """Return the lines after these changes, the first one first."""
    for change in changes:
        lines = tuple(change.make(lines))
    return lines


def _stamp(path: Path) -> Stamp | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
