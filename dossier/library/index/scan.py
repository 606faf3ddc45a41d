"""Find the files of a library that may have changed.

No file is opened for that: its size, times and inode are compared with those that it had when it was read. Hidden files
and folders, and links to folders, are passed over, and a file with several names counts once. A folder that cannot be
listed counts as a file that cannot be read, and the files in it count as unchanged.

Files are yielded in the order of the bytes of their paths, which is also the order in which the index is read. So only
the names in one folder and in those above it are in memory.
"""

import errno
import os
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dossier.core.dataclasses import NamedTuple
from dossier.loader.file_names import is_article_name_in_bytes
from dossier.loader.second_names import SecondNamesInOrder

UNLISTED = -1
"""Stands for the size of a folder that cannot be listed."""
UNSETTLED = -1
"""Replaces the time of the last change of the status of a file that has to be read again. No file has that time."""
_ABSENT = frozenset((errno.ENOENT, errno.ENOTDIR, errno.ELOOP))
"""The errors that say that there is no such file: it is gone since its folder was listed, or a link leads nowhere."""
_NAME_END = b"\0"
_FOLDER_END = b"/\0"
"""What follows the name of a file, and that of a folder. With them, names sort as the paths that begin with them do."""
_STAMP = struct.Struct("=qqqQ")
"""What follows that for a file: its stamp."""
_NAMES = struct.Struct("=Q??")
"""What follows that for a file that may have several names: its device, whether this name is a symbolic link, and
whether the file has several hard links.
"""


Stamp = tuple[int, int, int, int]
"""Size in bytes, time of the last change of the content and of the file's status in nanoseconds, and inode."""


class ScannedFile(NamedTuple):
    """A file as it was found: its path below the root, and its stamp.

    `digest` is that of the content that was indexed; b"" if none was.
    """

    path: bytes
    size: int
    mtime_ns: int
    ctime_ns: int = 0
    inode: int = 0
    digest: bytes = b""


class FileChange(NamedTuple):
    """A file that may have changed, as it was found, and as it was when it was read for the index.

    `now` is None for a file that is gone, `before` for a new one.
    """

    now: ScannedFile | None
    before: ScannedFile | None


class LibraryFiles:
    """The YAML and JSON files of the library in the folder `root`, to be iterated over once.

    Raises OSError when the folder cannot be listed. During the iteration, `hidden` is the number of hidden folders
    found so far, which are not entered, and `unlisted` are the folders that could not be listed, or not completely.
    `lost_links` is the number of links with names of article files that lead nowhere, and `first_lost` the first path.
    `late` are the links of which it is known only at the end whether they count as files; those that do come last.
    """

    def __init__(self, root: Path) -> None:
        self.hidden = self.lost_links = 0
        self.first_lost = b""
        self.unlisted: tuple[bytes, ...] = ()
        self.late: dict[bytes, Stamp] = {}
        self._top = os.fsencode(root)
        self._second_names = SecondNamesInOrder(self._top)
        self._folders = [(b"", self._list_folder(b""))]

    def __iter__(self) -> Iterator[tuple[bytes, Stamp]]:
        """Yield path and stamp of each file, in the order of the bytes of the paths; those in `late` come last."""
        while self._folders:
            folder, names = self._folders[-1]
            for entry in names:
                name, _, status = entry.partition(_NAME_END)
                path = folder + name
                if len(status) == _STAMP.size:
                    yield path, _STAMP.unpack(status)
                elif status:
                    stamp = _STAMP.unpack_from(status)
                    if not self._is_repeat(path, stamp, *_NAMES.unpack_from(status, _STAMP.size)):
                        yield path, stamp
                else:
                    self._folders.append((path, self._list_folder(path)))
                    if path in self.unlisted[-1:]:
                        yield path, (UNLISTED, 0, 0, 0)
                    break
            else:
                self._folders.pop()
        counting = self._second_names.find_late_names()
        self.late = {path: stamp for path, stamp in self.late.items() if path in counting}
        yield from self.late.items()

    def _is_repeat(self, path: bytes, stamp: Stamp, device: int, is_link: bool, has_hard_links: bool) -> bool:
        """Return whether the file counts under another name, or may do so, which `late` then keeps."""
        found = self._second_names.is_repeat(path, (device, stamp[3]), is_link, has_hard_links)
        if found is None:
            self.late[path] = stamp
        return found is not False

    def _list_folder(self, folder: bytes) -> Iterator[bytes]:
        """Return the names of the files and folders in a folder, in order, those of files with their status."""
        names: list[bytes] = []
        lost: list[bytes] = []
        is_whole = True
        try:
            with os.scandir(os.path.join(self._top, folder)) as found:
                for one in found:
                    if is_article_name_in_bytes(one.name):
                        is_whole &= _add(names, lost, one)
                    elif one.is_dir(follow_symlinks=False):
                        if one.name.startswith(b"."):
                            self.hidden += 1
                        else:
                            names.append(one.name + _FOLDER_END)
        except OSError as error:
            if not folder:
                raise
            is_whole &= error.errno in _ABSENT
        if not is_whole:
            self.unlisted += (folder,)
        if lost:
            self.lost_links += len(lost)
            first = folder + min(lost)
            self.first_lost = min(self.first_lost or first, first)
        names.sort()
        return iter(names)


def find_changes(
    files: LibraryFiles, known: Iterable[tuple[Any, ...]], has_inodes: bool = True
) -> Iterator[FileChange]:
    """Yield the files that are new, may have changed or are gone.

    `known` has path, stamp and digest of each file as it was read, in the order of the bytes of the paths. Without
    `has_inodes` the inodes are not compared. Files in a folder that cannot be listed now are neither changed nor gone.
    """
    rows = iter(known)
    row = next(rows, None)
    undecided = dict[bytes, tuple[Any, ...]]()
    for path, stamp in files:
        while row and row[0] < path:
            if row[0] in files.late:
                undecided[row[0]] = row
            elif not row[0].startswith(files.unlisted):
                yield FileChange(None, ScannedFile(*row))
            row = next(rows, None)
        if row and row[0] == path:
            before, row = row, next(rows, None)
        elif not (before := undecided.pop(path, ())):
            yield FileChange(ScannedFile(path, *stamp), None)
            continue
        if stamp != before[1:5] and (has_inodes or stamp[:3] != before[1:4]):
            yield FileChange(ScannedFile(path, *stamp, before[5]), ScannedFile(*before))
    while row:
        if not row[0].startswith(files.unlisted):
            yield FileChange(None, ScannedFile(*row))
        row = next(rows, None)
    for row in undecided.values():
        yield FileChange(None, ScannedFile(*row))


def split_into_batches(
    looks: Iterable[ScannedFile], files: int, paths: int, content: int
) -> Iterator[list[ScannedFile]]:
    """Yield the files in lists of at most `files`.

    The files of a list have at most `paths` bytes of paths and `content` bytes of contents, unless one alone has more.
    """
    chunk: list[ScannedFile] = []
    of_paths = of_contents = 0
    for look in looks:
        of_paths, of_contents = of_paths + len(look.path), of_contents + look.size
        if chunk and (len(chunk) == files or of_paths > paths or of_contents > content):
            yield chunk
            chunk, of_paths, of_contents = [], len(look.path), look.size
        chunk.append(look)
    if chunk:
        yield chunk


def _add(names: list[bytes], lost: list[bytes], one: os.DirEntry[bytes]) -> bool:
    """Add a file with the name of an article file to `names`, or a folder with such a name.

    Return False if the system does not tell what has this name. The name of a link that leads nowhere is added to
    `lost`.
    """
    try:
        if one.is_file():
            status, is_link = one.stat(), one.is_symlink()
            stamp = _STAMP.pack(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
            if is_link or status.st_nlink > 1:
                stamp += _NAMES.pack(status.st_dev, is_link, status.st_nlink > 1)
            names.append(one.name + _NAME_END + stamp)
        elif one.is_dir(follow_symlinks=False):
            names.append(one.name + _FOLDER_END)
        elif one.is_symlink():
            os.stat(one.path)
    except OSError as error:
        if error.errno not in _ABSENT:
            return False
        # Anything else was removed since its folder was listed.
        if one.is_symlink():
            lost.append(one.name)
    return True
