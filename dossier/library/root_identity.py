"""What tells a library or an article file from others beyond its path, and how two of them compare.

Within a file system it is the number of the folder or file, the inode. But a number is given to a new folder when the
old one is deleted, and a copy on another disk has another one. So the content counts, too: for a library some of its
article files, with their sizes, and for an article file its checksum.
"""

import os
import stat
import zlib
from collections import deque
from collections.abc import Iterator
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.core.regular_file import open_regular_file
from dossier.library.roots_file import KnownRoot
from dossier.loader.file_names import is_article_name

_SAMPLE: Final = 24
"""The most files in a sample."""
_FIRST: Final = 4
"""If none of so many files of a sample are there, the others are not looked for."""
_MOST_NAMES: Final = 2_000
"""The most names that are seen for a sample."""
_MOST_WALKED: Final = 20_000
"""The most names that are seen when files of a sample are looked for in other folders."""
_MOST_BYTES: Final = 64 << 20


class Node(NamedTuple):
    """What the file system says of a path, which is absolute and has no link in it."""

    path: str
    device: int
    inode: int
    is_folder: bool


def read_node(path: str) -> Node | None:
    """Return what is at a path; None when it is not there, cannot be looked at, or is neither a folder nor a file."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    if not (stat.S_ISDIR(found.st_mode) or stat.S_ISREG(found.st_mode)):
        return None
    return Node(path, found.st_dev, found.st_ino, stat.S_ISDIR(found.st_mode))


def is_same_node(node: Node, known: KnownRoot) -> bool:
    """Return whether the file system says that this is the folder or file that is known."""
    is_folder = known.checksum is None
    return (node.device, node.inode, node.is_folder) == (known.device, known.inode, is_folder)


def has_content(node: Node, known: KnownRoot, is_searched: bool = False) -> bool:
    """Return whether a folder has at least half of the files that are known, or a file the checksum.

    With `is_searched`, files that were put into other folders of the library are found, too.
    """
    if not node.is_folder:
        return known.checksum is not None and read_checksum(node.path) == known.checksum
    if not known.sample:
        return False
    found = 0
    for number, (name, size) in enumerate(known.sample):
        if number == _FIRST and not found:
            break
        found += _has_file(os.path.join(node.path, name), size)
    return 2 * found >= len(known.sample) or (is_searched and 2 * _count_moved(node.path, known) >= len(known.sample))


def has_any_file(node: Node, known: KnownRoot) -> bool:
    """Return whether the folder has the first file that is known, or else at least half of them, or none is known."""
    if not known.sample or os.path.exists(os.path.join(node.path, known.sample[0][0])):
        return True
    return has_content(node, known, is_searched=True)


def make_known(node: Node, folder: str, asked: str = "") -> KnownRoot:
    """Return the line of the library or article file at a path."""
    sample = () if not node.is_folder else _take_sample(node.path)
    checksum = None if node.is_folder else read_checksum(node.path)
    # A file that cannot be read has a checksum that no file has, so that it is not taken for a library.
    checksum = -1 if checksum is None and not node.is_folder else checksum
    return KnownRoot(node.path, folder, node.device, node.inode, sample, checksum, asked)


def read_checksum(path: str) -> int | None:
    """Return the checksum of a file; None when it cannot be read."""
    try:
        with open_regular_file(path) as file:
            data = file.read(_MOST_BYTES)
    except (OSError, ValueError):
        return None
    return zlib.crc32(data)


def _has_file(path: str, size: int) -> bool:
    try:
        return os.stat(path).st_size == size
    except (OSError, ValueError):
        return False


def _take_sample(root: str) -> tuple[tuple[str, int], ...]:
    """Return some article files of a folder, by their paths below it.

    They are chosen by a checksum of the path, and so from all years and outlets where files are sorted into folders.
    """
    sizes: list[tuple[int, str, int]] = []
    for entry in _walk(root, _MOST_NAMES):
        name = os.path.relpath(entry.path, root)
        try:
            size = entry.stat().st_size
        except OSError:
            continue
        sizes.append((zlib.crc32(os.fsencode(name)), name, size))
    return tuple((name, size) for _, name, size in sorted(sizes)[:_SAMPLE])


def _count_moved(root: str, known: KnownRoot) -> int:
    """Return how many of the files that are known are anywhere in the folder."""
    sizes = {os.path.basename(name): size for name, size in known.sample}
    found = {
        entry.name
        for entry in _walk(root, _MOST_WALKED)
        if entry.name in sizes and _has_file(entry.path, sizes[entry.name])
    }
    return len(found)


def _walk(root: str, most: int) -> Iterator["os.DirEntry[str]"]:
    """Yield the files with the name of an article below a folder, those near to it first; `most` names are seen."""
    folders = deque([root])
    while folders and most > 0:
        try:
            with os.scandir(folders.popleft()) as entries:
                for entry in entries:
                    most -= 1
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    elif is_article_name(entry.name):
                        yield entry
                    if most <= 0:
                        return
        except OSError:
            continue
