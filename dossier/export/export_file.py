"""Exported files: their typed names, and how they are written, either completely or not at all."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from dossier.text.sanitize import sanitize_text


class ExportFileError(Exception):
    """A file that cannot be written; the message says why, and what to do."""


def resolve_export_path(typed: str) -> Path:
    """Return the path that was typed for a file; `~` is the home folder.

    Raises ExportFileError when no file can have this path.
    """
    text = typed.strip()
    if text in ("", "-"):
        raise ExportFileError("type the name of a file" if not text else "- is not a file: type a name")
    try:
        path = Path(os.path.realpath(Path(text).expanduser()))
        is_folder = text.endswith(os.sep) or path.is_dir()
        if not is_folder and not path.parent.is_dir():
            raise ExportFileError(f"no folder {sanitize_text(str(path.parent))}: create it first, or choose another")
        if path.exists() and not is_folder and not stat.S_ISREG(path.stat().st_mode):
            raise ExportFileError(f"{sanitize_text(text)} is not a regular file: choose another name")
    except (OSError, RuntimeError, ValueError) as error:
        raise ExportFileError(f"{sanitize_text(text)} cannot be written: {_reason(error)}") from None
    if is_folder:
        raise ExportFileError(f"{sanitize_text(text)} is a folder: add the name of a file")
    return path


def write_whole_file(path: Path, pieces: Iterable[bytes], may_replace: bool) -> None:
    """Write a file. It is created or replaced only when all pieces are written.

    Raises ExportFileError when it cannot be written, or is there already and may not be replaced. Whatever `pieces`
    raises is passed on.
    """
    beside = path.with_name(f".{path.name[:60]}.{os.getpid()}.part")
    try:
        file = beside.open("wb")
    except OSError as error:
        raise ExportFileError(f"cannot write in {sanitize_text(str(path.parent))}: {_reason(error)}") from None
    try:
        with file:
            for piece in pieces:
                file.write(piece)
        if path.exists():
            if not may_replace:
                raise ExportFileError(f"{sanitize_text(path.name)} has been created meanwhile: nothing was written")
            beside.chmod(stat.S_IMODE(path.stat().st_mode))
        beside.replace(path)
    except OSError as error:
        raise ExportFileError(f"cannot write {sanitize_text(str(path))}: {_reason(error)}") from None
    finally:
        beside.unlink(missing_ok=True)


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else "") or str(error)
