"""Find the files of a folder that have a second name in it: a symbolic link to a file beside it, or a hard link.

Each counts once. A name that is no symbolic link is kept before one that is, and else the first by the order of bytes.
"""

import os
import stat
from collections.abc import Container

from dossier.loader.file_names import is_article_name_in_bytes

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


class SecondNamesInOrder:
    """Tells second names in a walk through the article files below `root` in the order of the bytes of their paths.

    Hidden files and folders, and links to folders, are no part of the walk. Of the files with a single name, which are
    nearly all, nothing is kept.
    """

    def __init__(self, root: bytes) -> None:
        self._root = root
        self._files: set[_Identity] = set()
        self._linked: set[_Identity] = set()
        self._open: dict[bytes, _Identity] = {}

    def is_repeat(self, path: bytes, identity: _Identity, is_link: bool, has_hard_links: bool) -> bool | None:
        """Return whether another name of this file counts; None while that cannot be told.

        It cannot be told of a symbolic link to a file elsewhere that has a hard link, which may still come. `identity`
        is device and inode of the file itself, and `has_hard_links` says that it has several, not the symbolic link.
        """
        if not is_link:
            return has_hard_links and not _add_new(identity, self._files)
        if identity in self._files or self._leads_to_another(path) or not _add_new(identity, self._linked):
            return True
        if not has_hard_links:
            return False
        self._open[path] = identity
        return None

    def find_late_names(self) -> set[bytes]:
        """Return the names that count after all, at the end of the walk, of those of which it could not be told."""
        return {path for path, identity in self._open.items() if identity not in self._files}

    def _leads_to_another(self, path: bytes) -> bool:
        """Return whether a symbolic link leads to a file that is a part of the walk."""
        top = os.path.realpath(self._root)
        target = os.path.relpath(os.path.realpath(os.path.join(top, path)), top)
        *folders, name = target.split(b"/")
        if not is_article_name_in_bytes(name) or any(one.startswith(b".") for one in folders):
            return False
        above = (os.path.join(top, *folders[:number]) for number in range(len(folders) + 1))
        return all(os.access(folder, os.R_OK | os.X_OK) for folder in above)


def _add_new(identity: _Identity, seen: set[_Identity]) -> bool:
    """Add a file to those seen, and return whether it is none of them."""
    before = len(seen)
    seen.add(identity)
    return len(seen) > before
