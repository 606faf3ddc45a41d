"""Tell the notes that their articles are under another path now.

A note belongs to the article in its file, and to others only by their id or web address. So without this an article
without an id would lose its notes when its file is renamed, and another article in its old place might get them.
"""

import os
from pathlib import Path

from dossier.library.jsonl import StoredLine, change_lines, make_stored_line, read_lines


def move_notes(notes: Path, old: str, new: str) -> None:
    """Give the notes on the library or article file that was at `old` the path `new`, in the file `notes`.

    Nothing is written where there are no such notes. Raises OSError, with the file as it was, when it cannot be read or
    written.
    """
    if any(_moved(line, old, new) is not line for line in read_lines(notes).lines):
        change_lines(notes, lambda lines: [_moved(line, old, new) for line in lines])


def _moved(line: StoredLine, old: str, new: str) -> StoredLine:
    path = line.record.get("path")
    if not isinstance(path, str) or not (path == old or path.startswith(os.path.join(old, ""))):
        return line
    return make_stored_line({**line.record, "path": new + path.removeprefix(old)})
