"""Which files of a library have changed, by size and time of change alone, and in which order they are read.

No file is opened to find the changes. Hidden files and folders, and links to folders, are passed over, and a file with
several names counts once. A folder that cannot be listed counts as a file that cannot be read. What was published last
is read first, as far as the beginning of the file tells.
"""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from dossier.core.dataclasses import NamedTuple
from dossier.core.regular_file import open_regular_file
from dossier.loader.file_names import is_article_name_in_bytes
from dossier.loader.second_names import SecondNames

UNLISTED = -1
"""Stands for the size of a folder that cannot be listed."""
_PEEKED = 20_000
"""The most files whose beginning is read for their date, so that reading the first article can begin soon."""
_HEAD = 1024
_PUBLISHED = re.compile(
    rb"""(?:^published|(?:^[ \t]*|[{,]\s*)"published"\s*):[ \t]*["']?([0-9][0-9X-]{3,9}(?:[T ][0-9:]{5,8})?)""",
    re.MULTILINE,
)


class ScannedFile(NamedTuple):
    """A file as it was seen: its path below the root, its size in bytes, its time of change in nanoseconds."""

    path: bytes
    size: int
    mtime_ns: int


class LibraryFiles(NamedTuple):
    """The YAML and JSON files of a library.

    `files` has size and time of change of each file by its path below the root, `hidden` is the number of hidden
    folders, which were not entered.
    """

    files: dict[bytes, tuple[int, int]]
    hidden: int


def scan_library(root: Path) -> LibraryFiles:
    """List the YAML and JSON files of the library in the folder `root`. Raises OSError when that cannot be listed."""
    files: dict[bytes, tuple[int, int]] = {}
    hidden = 0
    folders: list[bytes] = [b""]
    top = os.fsencode(root)
    second_names = SecondNames(top)
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
                if is_article_name_in_bytes(one.name):
                    _add(files, folder, one, folders, second_names)
                elif one.is_dir(follow_symlinks=False):
                    if one.name.startswith(b"."):
                        hidden += 1
                    else:
                        folders.append(folder + one.name + b"/")
    for path in second_names.find_repeats(files):
        del files[path]
    return LibraryFiles(files, hidden)


def find_changes(
    looked: LibraryFiles, known: Iterable[tuple[bytes, int, int]]
) -> tuple[list[ScannedFile], list[bytes]]:
    """Return the files that are new or have changed, and the paths of those that are gone.

    `known` has path, size and time of change of each file as it was read.
    """
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


def order_newest_first(root: Path, changed: Iterable[ScannedFile]) -> list[ScannedFile]:
    """Return the files in the order in which to read them: those published last come first.

    That goes for files whose beginning tells the date. The others come by time of change, the latest first.
    """
    latest = sorted(changed, key=lambda look: (-look.mtime_ns, look.path))
    dated = [(_published(root, look), look) for look in latest[:_PEEKED]]
    # At one time in the order of their paths, which mostly is that of their row ids.
    dated.sort(key=lambda pair: pair[1].path)
    dated.sort(key=lambda pair: pair[0], reverse=True)
    return [look for _, look in dated] + latest[_PEEKED:]


def split_into_batches(looks: Iterable[ScannedFile], files: int, most: int) -> Iterator[list[ScannedFile]]:
    """Yield the files in lists of at most `files`, with at most `most` bytes of paths unless one alone has more."""
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


def _add(
    files: dict[bytes, tuple[int, int]],
    folder: bytes,
    one: os.DirEntry[bytes],
    folders: list[bytes],
    second_names: SecondNames,
) -> None:
    """Add a file with the name of an article file to `files`, or a folder with such a name to `folders`."""
    try:
        if one.is_file():
            found = one.stat()
            files[folder + one.name] = (found.st_size, found.st_mtime_ns)
            second_names.add(folder + one.name, one.is_symlink(), found)
        elif one.is_dir(follow_symlinks=False):
            folders.append(folder + one.name + b"/")
    except PermissionError:
        # The folder may be listed, but not entered: reading the file tells why it cannot be read.
        files[folder + one.name] = (0, 0)
    except OSError:
        # Gone since the folder was listed, or a link that leads round.
        return


def _published(root: Path, look: ScannedFile) -> bytes:
    """Return the date of publication that the beginning of a file has, b"" for none."""
    if look.size <= 0:
        return b""
    try:
        with open_regular_file(os.path.join(os.fsencode(root), look.path)) as file:
            found = _PUBLISHED.search(file.read(_HEAD))
    except OSError:
        return b""
    return found[1] if found else b""
