"""Which files of a library may have changed, and in which order they are read.

No file is opened to find that out: its size, its times and its inode are compared with those that it had when it was
read. Hidden files and folders, and links to folders, are passed over, and a file with several names counts once. A
folder that cannot be listed counts as a file that cannot be read, and the files in it count as unchanged.
What was published last is read first, as far as the beginning of the file tells.
"""

import errno
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any

from dossier.core.dataclasses import NamedTuple
from dossier.core.regular_file import open_regular_file
from dossier.loader.file_names import is_article_name_in_bytes
from dossier.loader.second_names import SecondNames

UNLISTED = -1
"""Stands for the size of a folder that cannot be listed."""
UNSETTLED = -1
"""Stands for the time of the last change of the status of a file that is to be read again. No file has that time."""
_ABSENT = frozenset((errno.ENOENT, errno.ENOTDIR, errno.ELOOP))
"""The errors that say that there is no such file: it is gone since its folder was listed, or a link leads nowhere."""
_PEEKED = 20_000
"""The most files whose beginning is read for their date, so that reading the first article can begin soon."""
_HEAD = 1024
_stamp = attrgetter("st_size", "st_mtime_ns", "st_ctime_ns", "st_ino")
_PUBLISHED = re.compile(
    rb"""(?:^published|(?:^[ \t]*|[{,]\s*)"published"\s*):[ \t]*["']?([0-9][0-9X-]{3,9}(?:[T ][0-9:]{5,8})?)""",
    re.MULTILINE,
)


Stamp = tuple[int, int, int, int]
"""Size in bytes, time of the last change of the content and of the file's status in nanoseconds, and inode."""


class ScannedFile(NamedTuple):
    """A file as it was seen: its path below the root, and its stamp.

    `digest` is that of the content that the index has of it, b"" where it has none.
    """

    path: bytes
    size: int
    mtime_ns: int
    ctime_ns: int = 0
    inode: int = 0
    digest: bytes = b""


class LibraryFiles(NamedTuple):
    """The YAML and JSON files of a library.

    `files` has the stamp of each file by its path below the root, `hidden` is the number of hidden folders, which were
    not entered. `unlisted` are the folders that could not be listed, or not to their end.
    """

    files: dict[bytes, Stamp]
    hidden: int
    unlisted: tuple[bytes, ...] = ()


def scan_library(root: Path) -> LibraryFiles:
    """List the YAML and JSON files of the library in the folder `root`. Raises OSError when that cannot be listed."""
    files: dict[bytes, Stamp] = {}
    hidden = 0
    folders: list[bytes] = [b""]
    unlisted: set[bytes] = set()
    top = os.fsencode(root)
    second_names = SecondNames(top)
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(os.path.join(top, folder)) as found:
                for one in found:
                    if is_article_name_in_bytes(one.name):
                        if not _add(files, folder, one, folders, second_names):
                            unlisted.add(folder)
                    elif one.is_dir(follow_symlinks=False):
                        if one.name.startswith(b"."):
                            hidden += 1
                        else:
                            folders.append(folder + one.name + b"/")
        except OSError as error:
            if not folder:
                raise
            if error.errno not in _ABSENT:
                unlisted.add(folder)
    for path in second_names.find_repeats(files):
        del files[path]
    files.update(dict.fromkeys(unlisted, (UNLISTED, 0, 0, 0)))
    return LibraryFiles(files, hidden, tuple(sorted(unlisted)))


def find_changes(
    looked: LibraryFiles, known: Iterable[Sequence[Any]], has_inodes: bool = True
) -> tuple[list[ScannedFile], list[bytes]]:
    """Return the files that are new or may have changed, and the paths of those that are gone.

    `known` has path, stamp and digest of each file as it was read. Without `has_inodes` the inodes are not compared.
    What the index has of a folder that cannot be listed now is neither changed nor gone.
    """
    left = dict(looked.files)
    gone = []
    changed = []
    for path, size, mtime_ns, ctime_ns, inode, digest in known:
        found = left.pop(path, None)
        if found is None:
            if not path.startswith(looked.unlisted):
                gone.append(path)
        elif found != (size, mtime_ns, ctime_ns, inode) and (has_inodes or found[:3] != (size, mtime_ns, ctime_ns)):
            changed.append(ScannedFile(path, *found, digest))
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
    files: dict[bytes, Stamp],
    folder: bytes,
    one: os.DirEntry[bytes],
    folders: list[bytes],
    second_names: SecondNames,
) -> bool:
    """Add a file with the name of an article file to `files`, or a folder with such a name to `folders`.

    Return False where it cannot be told what there is under this name.
    """
    try:
        if one.is_file():
            status = one.stat()
            files[folder + one.name] = _stamp(status)
            second_names.add(folder + one.name, one.is_symlink(), status)
        elif one.is_dir(follow_symlinks=False):
            folders.append(folder + one.name + b"/")
    except OSError as error:
        return error.errno in _ABSENT
    return True


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
