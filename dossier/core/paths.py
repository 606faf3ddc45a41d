"""The folders of the program, by the XDG Base Directory Specification."""

import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from dossier.core.home_folder import expand_home

_LONGEST: Final = 40


def shorten_path(path: Path) -> Path:
    """Return a path without the `..` that leads back out of a folder named just before it, to be shown and used.

    After a link or a missing folder it stays: what it means there depends on where the link leads.
    """
    if ".." not in path.parts:
        return path
    found = Path()
    for part in path.parts:
        is_back = part == ".." and found.name not in ("", "..") and found.is_dir() and not found.is_symlink()
        found = found.parent if is_back else found / part
    return found


def resolve_xdg_folder(variable: str, default: str, environment: Mapping[str, str]) -> Path:
    """Return the program's folder below the base folder that `variable` of the environment names; nothing is created.

    `default` is the base folder, such as "~/.config", if the variable is not set or is not an absolute path.
    """
    given = Path(environment.get(variable, ""))
    # "If an implementation encounters a relative path … it should consider the path invalid and ignore it."
    return (given if given.is_absolute() else expand_home(default)) / "dossier"


def state_folder(root: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder for what the reader makes in the library or article file `root`; nothing is created.

    It is below $XDG_STATE_HOME. Its name is that of `root`, so that readers find it, and a checksum of the whole path,
    so that two libraries with one name have two folders. A cryptographic checksum would take as long to load as a short
    article takes to read.
    """
    path = root.resolve()
    return _folder(path.stem, os.fsencode(path), environment)


def input_state_folder(article: str, environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder for what the reader makes in the article of this id that standard input had, as above.

    No path has its checksum, since a path is absolute.
    """
    return _folder(article, os.fsencode(f"standard input {article}"), environment)


def index_state_folder(address: str, library: str, environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder for what the reader makes in a library that is only in the index at `address`, as above.

    `address` is that of the index, without user and password, and `library` what the index calls the library: a name,
    or the path of its folder on the machine that writes the index. No path has its checksum, since a path is absolute.
    """
    return _folder(library.rstrip("/").rpartition("/")[2], os.fsencode(f"index {address} {library}"), environment)


def _folder(name: str, key: bytes, environment: Mapping[str, str]) -> Path:
    called = "".join(c if c.isalnum() and c.isascii() else "-" for c in name).strip("-")[:_LONGEST]
    folder = resolve_xdg_folder("XDG_STATE_HOME", "~/.local/state", environment)
    return folder / f"{called or 'root'}-{zlib.crc32(key):08x}"
