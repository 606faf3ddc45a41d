"""Where a reader was is one small file, `place.json`, in the state folder of what was read.

Decided here: it is written whole or not at all, under a name of its own that then takes the place of the old one, and
without waiting for the disk or for a lock, since a program that is told to go has no time. To lose one's place is no
trouble: a file that cannot be used is as good as none.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any, Final

from dossier.text.sanitize import sanitize_text

MOST_BYTES: Final = 4 << 20
"""What is larger was not written here."""
_NAME: Final = "place.json"


def write_session(folder: Path, record: Mapping[str, Any]) -> str:
    """Write the record into the folder, which is made where it is missing; why that cannot be done, else nothing.

    Two at once, of one program or of several, leave the record of one of them.
    """
    import json  # noqa: PLC0415 - as slow to load as a short article to read, and needed only when there is a place

    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    # Half of a surrogate pair can be said in JSON by its escape alone.
    data = text.encode("utf-8", "backslashreplace")
    if len(data) > MOST_BYTES:
        return f"your place is not kept: it would take {len(data) >> 20} MB"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(folder / _NAME, data)
    except OSError as error:
        return sanitize_text(f"{folder / _NAME} cannot be written, and your place is not kept: {error.strerror}")
    return ""


def read_session(folder: Path) -> Mapping[str, Any] | None:
    """The record in the folder; None where there is none that can be read."""
    try:
        with open(folder / _NAME, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        return None
    import json  # noqa: PLC0415 - see above

    try:
        record = json.loads(data) if len(data) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _write(path: Path, data: bytes) -> None:
    new, descriptor = _opened(path)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
        os.replace(new, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(new)
        raise


def _opened(path: Path) -> tuple[Path, int]:
    """A new file beside `path`. A signal may interrupt one writing with another, so each has its own."""
    for number in count():
        new = path.with_name(f".{path.name}.{os.getpid()}.{number}")
        with suppress(FileExistsError):
            return new, os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    raise AssertionError
