"""Find the files of a folder that have a second name in it: a symbolic link to a file beside it, or a hard link.

Each counts once. A name that is no symbolic link is kept before one that is, and else the first by the order of bytes.
"""

import os
import stat
from collections.abc import Container

_Identity = tuple[int, int]


class SecondNames:
    """Collects the names of files below the folder `root`, whose paths are given relative to it.

    Of the files with a single name, which are nearly all, nothing is kept.
    """

    def __init__(self, root: bytes) -> None:
        self._root = root
        self._links: list[tuple[bytes, _Identity]] = []
        self._first: dict[_Identity, bytes] = {}
        self._repeats: set[bytes] = set()

    def add(self, path: bytes, is_link: bool, status: os.stat_result) -> None:
        """Add a file; `status` is that of the file itself, not that of a symbolic link to it."""
        identity = status.st_dev, status.st_ino
        if is_link:
            self._links.append((path, identity))
        elif status.st_nlink > 1 and stat.S_ISREG(status.st_mode):
            first = self._first.setdefault(identity, path)
            if first != path:
                self._first[identity] = min(first, path)
                self._repeats.add(max(first, path))

    def find_repeats(self, files: Container[bytes]) -> set[bytes]:
        """Return the paths of all names but one of each file. `files` has the paths of all files that were found."""
        repeats, seen = set(self._repeats), set(self._first)
        top = os.path.realpath(self._root)
        links = {path for path, _ in self._links}
        for path, identity in sorted(self._links):
            target = os.path.relpath(os.path.realpath(os.path.join(top, path)), top)
            if identity in seen or (target in files and target not in links):
                repeats.add(path)
            seen.add(identity)
        return repeats
