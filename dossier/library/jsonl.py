"""How a file that the program and its reader both write is changed without losing anything of either.

It is JSON Lines (jsonlines.org): a record a line, so that versions compare line by line, anybody can edit it, and what
is broken harms its own line alone. Lines with # before them and empty ones are the reader's; they and whatever is not
understood stay where they are, as they are. Decided here: a change is made on what the file holds at that moment, under
a lock, and takes its place at once; a file with something in it that is no JSON is set aside before.
"""

import json
import os
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any

from dossier.core.dataclasses import NamedTuple, dataclass, field
from dossier.library.lock import locked

_PATIENCE, _NAP = 2.0, 0.01
"""Seconds to wait for another program's change, which takes milliseconds, and between two looks."""


@dataclass(frozen=True)
class StoredLine:
    """A line as it stands in the file, without its end; `record` is the object on it, empty when it is none."""

    text: str
    record: Mapping[str, Any] = field(default_factory=dict)


class Held(NamedTuple):
    """What a file holds, as far as it can be understood; `broken` when that is not all of it."""

    lines: tuple[StoredLine, ...] = ()
    broken: bool = False


class Changed(NamedTuple):
    """What a file holds after a change; `aside` is where it was set aside before, when it was broken."""

    lines: tuple[StoredLine, ...]
    aside: Path | None


def line_of(record: Mapping[str, Any]) -> StoredLine:
    """The line for a record."""
    text = json.dumps(record, ensure_ascii=False)
    # Half of a surrogate pair can be said in JSON by its escape alone.
    return StoredLine(text.encode("utf-8", "backslashreplace").decode(), record)


def held(path: Path) -> Held:
    """What the file holds; nothing when it is not there. Raises OSError when it cannot be read."""
    return _understood(_bytes(path))


def change_lines(path: Path, make: Callable[[tuple[StoredLine, ...]], Sequence[StoredLine]]) -> Changed:
    """Put what `make` makes of the lines of a file in their place, while no other program changes it.

    The folder is made where it is missing. Raises OSError, with the file as it was, when that cannot be done.
    """
    # Of a link the file behind it is changed.
    path = Path(os.path.realpath(path))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _locked(path):
        data = _bytes(path)
        lines, broken = _understood(data)
        aside = _set_aside(path, data) if broken else None
        made = tuple(make(lines))
        if broken or made != lines:
            _write(path, "".join(f"{line.text}\n" for line in made).encode())
    return Changed(made, aside)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _understood(data: bytes) -> Held:
    lines: list[StoredLine] = []
    broken = False
    for raw in data.removeprefix(b"\xef\xbb\xbf").removesuffix(b"\n").split(b"\n") if data else ():
        try:
            lines.append(_line(raw.decode().removesuffix("\r")))
        except (ValueError, RecursionError):
            broken = True
    return Held(tuple(lines), broken)


def _line(text: str) -> StoredLine:
    if not text.strip() or text.lstrip().startswith("#"):
        return StoredLine(text)
    record = json.loads(text)
    return StoredLine(text, record if isinstance(record, dict) else {})


def _set_aside(path: Path, data: bytes) -> Path:
    """Write what a file held beside it, under the first name that is free."""
    number = 1
    while True:
        aside = path.with_name(f"{path.name}.broken-{number}")
        try:
            descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            number += 1
            continue
        with open(descriptor, "wb") as file:
            _write_out(file.fileno(), data)
        return aside


def _write(path: Path, data: bytes) -> None:
    """Put a whole file in the place of another, or leave that as it was."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with open(descriptor, "wb") as file:
            _write_out(file.fileno(), data)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
    # The new name of the file is safe on the disk only when its folder is.
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(folder)
    finally:
        os.close(folder)


def _write_out(descriptor: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]
    os.fsync(descriptor)


def _locked(path: Path) -> AbstractContextManager[None]:
    """A stretch in which no other program changes the file. Raises TimeoutError when one does for too long."""
    until = time.monotonic() + _PATIENCE

    def waiting() -> None:
        if time.monotonic() > until:
            raise TimeoutError(0, "another program keeps it locked", str(path))

    return locked(path.with_name(f".{path.name}.lock"), waiting, _NAP)
