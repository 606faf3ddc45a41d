"""Files in JSON Lines that both the program and the user write, changed without losing anything of either.

JSON Lines (jsonlines.org) has one record on each line, so that versions compare line by line, anybody can edit it, and
a broken line harms no other. Lines that begin with # and empty lines are the user's. They stay where they are, and so
do records that the program does not know. A change is made under a lock on what the file holds at that moment, and is
written at once. A file with something in it that is no JSON is backed up before.
"""

import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from itertools import count
from pathlib import Path
from typing import Any

from dossier.core.dataclasses import NamedTuple, dataclass, field
from dossier.core.regular_file import open_regular_file
from dossier.core.whole_file import remove_abandoned_files, replace_whole_file
from dossier.library.lock import hold_lock

_PATIENCE, _NAP = 2.0, 0.01
"""Seconds to wait for another program's change, which takes milliseconds, and between two attempts."""


@dataclass(frozen=True)
class StoredLine:
    """A line as it stands in the file, without its end.

    `record` is the object on the line. It is empty for a comment, an empty line, or JSON that is no object.
    """

    text: str
    record: Mapping[str, Any] = field(default_factory=dict)


class ReadLines(NamedTuple):
    """The lines of a file that can be understood. `broken` says that there are others."""

    lines: tuple[StoredLine, ...] = ()
    broken: bool = False


class ChangedLines(NamedTuple):
    """The lines of a file after a change. `backup` is the backup of what it held before, if that was broken."""

    lines: tuple[StoredLine, ...]
    backup: Path | None


def make_stored_line(record: Mapping[str, Any]) -> StoredLine:
    """Return the line for a record."""
    text = json.dumps(record, ensure_ascii=False)
    # Half of a surrogate pair can be said in JSON by its escape alone.
    return StoredLine(text.encode("utf-8", "backslashreplace").decode(), record)


def read_lines(path: Path) -> ReadLines:
    """Return the lines of the file, none when there is no such file.

    Raises OSError when the file cannot be read.
    """
    return _understood(_bytes(path))


def change_lines(path: Path, make: Callable[[tuple[StoredLine, ...]], Sequence[StoredLine]]) -> ChangedLines:
    """Replace the lines of a file by what `make` makes of them, while no other program changes it.

    The folder is made where it is missing. Raises OSError, with the file as it was, when the change cannot be written,
    and TimeoutError, which is one, when another program keeps the file locked.
    """
    # Of a link the file behind it is changed.
    path = Path(os.path.realpath(path))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _locked(path):
        remove_abandoned_files(path)
        data = _bytes(path)
        lines, broken = _understood(data)
        made = tuple(make(lines))
        number = path.stat().st_ino if broken else 0
        aside = _set_aside(path, data) if broken else None
        try:
            if broken or made != lines:
                replace_whole_file(path, "".join(f"{line.text}\n" for line in made).encode())
        except BaseException:
            # The change may be tried again and again, and the backup is made anew each time.
            with suppress(OSError):
                if aside and path.stat().st_ino == number:
                    aside.unlink()
            raise
    return ChangedLines(made, aside)


def _bytes(path: Path) -> bytes:
    """Return what the file holds, nothing when there is no such file."""
    try:
        with open_regular_file(path) as file:
            return file.read()
    except FileNotFoundError:
        return b""


def _understood(data: bytes) -> ReadLines:
    """Return the lines of a file that holds `data`."""
    lines: list[StoredLine] = []
    broken = False
    for raw in data.removeprefix(b"\xef\xbb\xbf").removesuffix(b"\n").split(b"\n") if data else ():
        try:
            lines.append(_line(raw.decode().removesuffix("\r")))
        except (ValueError, RecursionError):
            broken = True
    return ReadLines(tuple(lines), broken)


def _line(text: str) -> StoredLine:
    """Return the line with this text. Raises ValueError, or RecursionError for deep nesting, when it is no JSON."""
    if not text.strip() or text.lstrip().startswith("#"):
        return StoredLine(text)
    record = json.loads(text)
    return StoredLine(text, record if isinstance(record, dict) else {})


def _set_aside(path: Path, data: bytes) -> Path:
    """Write `data` to a file beside `path`, under the first name that is free, and return its path.

    A backup with the same data is returned as it is: a program may have been killed after it had made that.
    """
    for number in count(1):
        aside = path.with_name(f"{path.name}.broken-{number}")
        if not os.path.lexists(aside):
            # The lock on `path` keeps others from this name.
            remove_abandoned_files(aside)
            replace_whole_file(aside, data)
            return aside
        if _has(aside, data):
            return aside
    raise AssertionError


def _has(path: Path, data: bytes) -> bool:
    """Return whether the file holds `data`."""
    try:
        return os.lstat(path).st_size == len(data) and _bytes(path) == data
    except OSError:
        return False


def _locked(path: Path) -> AbstractContextManager[None]:
    """Return a context manager: while it is open, no other program changes the file.

    It raises TimeoutError when another program does for too long.
    """
    until = time.monotonic() + _PATIENCE

    def waiting() -> None:
        if time.monotonic() > until:
            raise TimeoutError(0, "another program has locked it", str(path))

    return hold_lock(path.with_name(f".{path.name}.lock"), waiting, _NAP)
