"""Which files of a library have changed, by size and time of change alone, and in which order they are read.

Decided here: no file is opened to find that out. Hidden files and folders, and links to folders, are passed over. A
folder that cannot be listed counts as a file that cannot be read. What is newest is read first, as far as that is
cheaply known.
"""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from dossier.core.dataclasses import NamedTuple

UNLISTED = -1
"""The size of a folder that cannot be listed."""
_ENDINGS = (".yaml", ".yml")
_PEEKED = 20_000
"""So many files are looked into for their date, so that the first article is not kept waiting for the last."""
_HEAD = 1024
_PUBLISHED = re.compile(rb"^published:[ \t]*[\"']?([0-9][0-9X-]{3,9})", re.MULTILINE)


class ScannedFile(NamedTuple):
    """A file as it lay there: its path below the root, its bytes, and when it was changed, in nanoseconds."""

    path: bytes
    size: int
    mtime_ns: int


class Looked(NamedTuple):
    """Every YAML file of a library, and how many hidden folders were not entered."""

    files: dict[bytes, tuple[int, int]]
    hidden: int


def looked_at(root: Path) -> Looked:
    """Every file of the library, with size and time of change. Raises OSError for a root that cannot be listed."""
    files: dict[bytes, tuple[int, int]] = {}
    hidden = 0
    folders: list[bytes] = [b""]
    top = os.fsencode(root)
    while folders:
        folder = folders.pop()
        try:
            found = os.scandir(os.path.join(top, folder))
        except OSError:
            if not folder:
                raise
            files[folder] = (UNLISTED, 0)
            continue
        with found:
            for one in found:
                if one.name.endswith((b".yaml", b".yml")) and not one.name.startswith(b"."):
                    _add(files, folder, one, folders)
                elif one.is_dir(follow_symlinks=False):
                    if one.name.startswith(b"."):
                        hidden += 1
                    else:
                        folders.append(folder + one.name + b"/")
    return Looked(files, hidden)


def changes(looked: Looked, known: Iterable[tuple[bytes, int, int]]) -> tuple[list[ScannedFile], list[bytes]]:
    """What is new or other than what is `known` (path, size, time of change), and the paths of what is gone."""
    left = dict(looked.files)
    gone = []
    changed = []
    for path, size, mtime_ns in known:
        found = left.pop(path, None)
        if found is None:
            gone.append(path)
        elif found != (size, mtime_ns):
            changed.append(ScannedFile(path, *found))
    changed += [ScannedFile(path, *found) for path, found in left.items()]
    return changed, gone


def in_order(root: Path, changed: Iterable[ScannedFile]) -> list[ScannedFile]:
    """The files with what was published last first, where the head of the file says when; then by time of change."""
    latest = sorted(changed, key=lambda look: -look.mtime_ns)
    dated = [(_published(root, look), look) for look in latest[:_PEEKED]]
    dated.sort(key=lambda pair: pair[0], reverse=True)
    return [look for _, look in dated] + latest[_PEEKED:]


def in_chunks(looks: Iterable[ScannedFile], files: int, most: int) -> Iterator[list[ScannedFile]]:
    """Up to `files` of them together, with no more than `most` bytes of paths unless one alone has more."""
    chunk: list[ScannedFile] = []
    size = 0
    for look in looks:
        if chunk and (len(chunk) == files or size + len(look.path) > most):
            yield chunk
            chunk, size = [], 0
        chunk.append(look)
        size += len(look.path)
    if chunk:
        yield chunk


def _add(files: dict[bytes, tuple[int, int]], folder: bytes, one: os.DirEntry[bytes], folders: list[bytes]) -> None:
    """Enter what bears the name of a YAML file, if it is one; a folder may have such a name, too."""
    try:
        if one.is_file():
            found = one.stat()
            files[folder + one.name] = (found.st_size, found.st_mtime_ns)
        elif one.is_dir(follow_symlinks=False):
            folders.append(folder + one.name + b"/")
    except OSError:
        # Gone since the folder was listed, or a link that leads round.
        return


def _published(root: Path, look: ScannedFile) -> bytes:
    if look.size <= 0:
        return b""
    try:
        with open(os.path.join(os.fsencode(root), look.path), "rb", buffering=0) as file:
            found = _PUBLISHED.search(file.read(_HEAD))
    except OSError:
        return b""
    return found[1] if found else b""
