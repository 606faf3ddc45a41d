"""Exported files: their typed names, and how they are written, either completely or not at all."""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import FileIO
from pathlib import Path

from dossier.core.whole_file import sync_folder
from dossier.text.sanitize import sanitize_text

_WRITTEN_BYTES = 1 << 16


class ExportFileError(Exception):
    """A file that cannot be written; the message says why, and what to do."""


def resolve_export_path(typed: str) -> Path:
    """Return the path that was typed for a file; `~` is the home folder.

    Raises ExportFileError when no file can have this path.
    """
    text = typed.strip()
    if text in ("", "-"):
        raise ExportFileError("type the name of a file" if not text else "- is not a file: type a name")
    if "\0" in text:
        raise ExportFileError(f"{sanitize_text(text)} cannot be written: it has a null character")
    try:
        path = Path(os.path.realpath(Path(text).expanduser()))
        mode = _find_mode(path)
        is_folder = text.endswith(os.sep) or stat.S_ISDIR(mode)
        if not is_folder and not path.parent.is_dir():
            raise ExportFileError(f"no folder {sanitize_text(str(path.parent))}: create it first, or choose another")
        if mode and not is_folder and not stat.S_ISREG(mode):
            raise ExportFileError(f"{sanitize_text(text)} is not a regular file: choose another name")
    except (OSError, RuntimeError, ValueError) as error:
        raise ExportFileError(f"{sanitize_text(text)} cannot be written: {_reason(error)}") from None
    if is_folder:
        raise ExportFileError(f"{sanitize_text(text)} is a folder: add the name of a file")
    return path


def _find_mode(path: Path) -> int:
    """Return the type and mode of a file; 0 when there is none. Raises OSError when that cannot be found out."""
    # Path.exists passes over a name that is too long, since Python 3.14.
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0


def write_whole_file(path: Path, pieces: Iterable[bytes], may_replace: bool) -> None:
    """Write a file. It is created or replaced only when all pieces are written.

    If the path is a link, the file that it points to is written. A pipe or a device is written to directly. Raises
    ExportFileError when the file cannot be written, or exists and may not be replaced. All exceptions of `pieces` but
    OSError are passed on.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("wb", buffering=0) as device:
                _write_all(device, pieces)
        else:
            _write_beside(Path(os.path.realpath(path)), pieces, may_replace)
    except OSError as error:
        told = f"{sanitize_text(str(path))}: {_reason(error)}; name a file that can be written"
        raise ExportFileError(told) from None


def _write_beside(path: Path, pieces: Iterable[bytes], may_replace: bool) -> None:
    """Write a file under another name beside its place, and then give it its own."""
    # Random, since several exports may be written in one folder.
    beside = path.with_name(f".dossier-{os.urandom(4).hex()}.part")
    try:
        with beside.open("xb", buffering=0) as file:
            _write_all(file, pieces)
            os.fsync(file.fileno())
        if path.exists():
            if not may_replace:
                raise ExportFileError(f"{sanitize_text(path.name)} has been created meanwhile: nothing was written")
            beside.chmod(stat.S_IMODE(path.stat().st_mode))
        beside.replace(path)
        sync_folder(path.parent)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _write_all(file: FileIO, pieces: Iterable[bytes]) -> None:
    # Without a buffer, a full disk raises the error here, and not when the file is closed.
    for part in _join_pieces(pieces):
        left = memoryview(part)
        while left:
            left = left[file.write(left) :]


def _join_pieces(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the pieces joined to longer ones, to write less often."""
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _WRITTEN_BYTES:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else "") or str(error)
