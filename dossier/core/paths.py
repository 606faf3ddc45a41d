"""What the reader makes is kept under the XDG state folder, in a folder for each library and each article file.

It has the name of what it is for, so that a reader finds it there, and a checksum of the whole path, so that two of one
name have two. A cryptographic one would take as long to load as a short article to read.
"""

import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_LONGEST: Final = 40


def state_folder(root: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """Where it is kept for the library in the folder `root`, or the article in that file (XDG Base Directory
    Specification); nothing is made."""
    given = Path(environment.get("XDG_STATE_HOME", ""))
    # "If an implementation encounters a relative path … it should consider the path invalid and ignore it."
    folder = given if given.is_absolute() else Path(os.path.expanduser("~/.local/state"))
    path = root.resolve()
    called = "".join(c if c.isalnum() and c.isascii() else "-" for c in path.stem).strip("-")[:_LONGEST]
    return folder / "dossier" / f"{called or 'root'}-{zlib.crc32(os.fsencode(path)):08x}"
