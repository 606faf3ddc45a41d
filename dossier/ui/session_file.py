"""The file that records where a reader was: `place.json`, in the state folder of what was read.

The record is written to a new file, which then replaces the old one, so that it is never incomplete. Writing waits for
no lock: when two programs end at once, the place of one of them remains. A file that cannot be read counts as missing:
the reader then begins at the top.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Thread
from typing import Any, Final

from dossier.core.regular_file import open_regular_file
from dossier.text.sanitize import sanitize_text

MOST_BYTES: Final = 4 << 20
"""The most bytes in the file; a larger file was not written by this module."""
_NAME: Final = "place.json"
_SECONDS: Final = 0.4
"""Seconds that saving the place may take when the program ends."""


def write_session(folder: Path, record: Mapping[str, Any]) -> str:
    """Write the record into the folder, which is created if it is missing.

    Returns a message when the record cannot be written, else "". When two calls write at once, in one program or in
    several, the record of one of them remains.
    """
    # To load them takes as long as to read a short article, and the first screen writes nothing.
    import json  # noqa: PLC0415

    from dossier.core.whole_file import remove_abandoned_files, replace_whole_file  # noqa: PLC0415

    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    # UTF-8 cannot encode a lone surrogate; its escape is valid JSON.
    data = text.encode("utf-8", "backslashreplace")
    if len(data) > MOST_BYTES:
        return f"your place was not saved: it would take {len(data) >> 20} MB"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        remove_abandoned_files(folder / _NAME)
        replace_whole_file(folder / _NAME, data)
    except OSError as error:
        return sanitize_text(f"your place was not saved: cannot write {folder / _NAME}: {error.strerror}")
    return ""


def save_within(save: Callable[[], str]) -> str:
    """Call `save` on another thread, and return its message, or one that the disk has not answered in time.

    The thread that calls this may hold a lock that `save` needs, or the disk may stall.
    """
    said: list[str] = []
    keeper = Thread(target=lambda: said.append(save()), daemon=True)
    keeper.start()
    keeper.join(_SECONDS)
    return "your place was not saved: the disk does not answer" if keeper.is_alive() else "".join(said)


def read_session(folder: Path) -> Mapping[str, Any] | None:
    """Return the record in the folder; None when there is none that can be read."""
    try:
        with open_regular_file(folder / _NAME) as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        return None
    import json  # noqa: PLC0415 - see above

    try:
        record = json.loads(data) if len(data) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None
