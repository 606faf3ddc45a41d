"""Find the folder with what the reader made in a library or article file, also after it was renamed or moved.

Usually the file of all roots has the folder. Only a library that is not in that file under its path is compared with
others. If another one with the same content is certainly gone from its path, it was moved here, and its folder is used.
If that is not certain, as for a copy, the reader is asked, and an empty folder is used until the answer.
"""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from enum import Enum
from itertools import count, islice
from pathlib import Path
from threading import Thread
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.core.paths import index_state_folder, state_folder
from dossier.library.root_identity import Node, has_any_file, has_content, is_same_node, make_known, read_node
from dossier.library.roots_file import KnownRoot, Roots, read_roots, replace_roots

DECISIONS: Final = "decisions.jsonl"
"""The file of the user's decisions about who is the same person."""
MADE_HERE: Final = ("searches.jsonl", "saved.jsonl", DECISIONS)
"""The files that the reader is asked about. Without any of them there is no question."""
_MOST_COMPARED: Final = 200
"""The most libraries whose content is compared with one that has no folder yet, the newest ones."""
_PATIENCE: Final = 0.3
"""Seconds to wait for the disk of another library, which may be one that no longer answers."""


_SCHEMES: Final = {"postgres": "postgresql"}
_USUAL_PORT: Final = ":5432"
"""The default port, which an address need not have ("Connection URIs" in PostgreSQL's documentation)."""


class Question(NamedTuple):
    """A question to the reader: whether a library is to use what was made in another one.

    `path` is that of the other library, and `folder` the name of the folder with what was made there. `is_replaced`
    says that it was in the same place: this library has taken its place.
    """

    path: str
    folder: str
    is_replaced: bool = False


class FoundState(NamedTuple):
    """The folder with what the reader made in a library or article file; it may not be there yet.

    `moved_from` is the path that it had before, if it is found under a new one for the first time, else "".
    """

    folder: Path
    moved_from: str = ""
    question: Question | None = None


class _Now(Enum):
    """What is now at the path that another library had."""

    NOTHING = "nothing, or another library"
    SAME = "the same folder"
    COPY = "another folder with the same articles"
    UNKNOWN = "its disk does not answer"


def find_state(root: Path, environment: Mapping[str, str] = os.environ) -> FoundState:
    """Return the folder with what the reader made in the library or article file `root`.

    If it was moved, that is recorded. No folder is created. Raises no error of the file system.
    """
    own = state_folder(root, environment)
    roots = read_roots(own.parent)
    node = None if roots.is_empty else read_node(os.path.realpath(root))
    return FoundState(own) if node is None else _Search(own, roots, node).find()


def find_index_state(address: str, library: str, environment: Mapping[str, str] = os.environ) -> FoundState:
    """Return the folder with what the reader made in a library that is only in the index at `address`.

    For the arguments see `core.paths.index_state_folder`. User and password in the address make no difference, nor does
    the default port. Nothing is recorded, since such a library is never moved.
    """
    scheme, _, place = address.partition("://")
    hosts, slash, rest = place.partition("/")
    usual = ",".join(host.lower().removesuffix(_USUAL_PORT) for host in hosts.split(","))
    known = f"{_SCHEMES.get(scheme, scheme)}://{usual}{slash}{rest}"
    return FoundState(index_state_folder(known, library, environment))


def remember_root(root: Path, found: FoundState) -> None:
    """Record where a library or article file is, and what tells it from others. May take long on a slow disk.

    Nothing is written where that is recorded already, or cannot be written.
    """
    with suppress(OSError):
        _remember(os.path.realpath(root), found)


def _remember(path: str, found: FoundState) -> None:
    base, node = found.folder.parent, read_node(path)
    if node is None:
        return
    before = [known for known in read_roots(base).at(path) if _is_recorded(node, known)]
    asked = found.question.folder if found.question else ""
    if any(known.folder == found.folder.name and known.asked == asked for known in before):
        return
    if asked and any(not known.asked for known in before):
        # It was answered in another program.
        return
    known = make_known(node, found.folder.name, asked)
    replace_roots(base, lambda one: (one.path, one.folder) == (path, known.folder), [known])


def _is_recorded(node: Node, known: KnownRoot) -> bool:
    return is_same_node(node, known) and (not node.is_folder or bool(known.sample)) and has_content(node, known)


class _Search:
    """One search for the folder of the library or article file at `node`. `own` is the folder by its path alone."""

    def __init__(self, own: Path, roots: Roots, node: Node) -> None:
        self._own, self._base, self._roots, self._node = own, own.parent, roots, node
        self._here = roots.at(node.path)

    def find(self) -> FoundState:
        """Return the folder."""
        if known := self._find_here():
            return FoundState(self._base / known.folder, question=self._open_question(known))
        if found := self._find_by_inode():
            return found
        if known := self._find_restored():
            return FoundState(self._base / known.folder, question=self._open_question(known))
        if self._here and not self._node.is_folder:
            # Another file in its place is the article after an edit, or a new version of it.
            return FoundState(self._base / self._here[-1].folder)
        free = self._free_folder()
        if not self._here and free.is_dir():
            # It was made before roots were recorded.
            return FoundState(free)
        return self._find_by_content() or self._ask_about_former(free) or FoundState(free)

    def _find_here(self) -> KnownRoot | None:
        """Return what is recorded of this folder or file under its path."""
        same = (known for known in reversed(self._here) if is_same_node(self._node, known))
        return next((known for known in same if known.checksum is not None or has_any_file(self._node, known)), None)

    def _find_restored(self) -> KnownRoot | None:
        """Return what is recorded of a library that is another folder now, as after a backup was put back."""
        if not self._node.is_folder:
            return None
        return next((known for known in reversed(self._here) if has_content(self._node, known, is_searched=True)), None)

    def _find_by_inode(self) -> FoundState | None:
        for known in reversed(self._roots.with_inode(self._node.inode)):
            if known.path == self._node.path or not is_same_node(self._node, known):
                continue
            if not has_content(self._node, known, is_searched=True):
                # The number was given to a new folder after the old one had been deleted.
                continue
            now = _look_patiently(known, self._roots)
            if now is _Now.SAME:
                # One folder has two paths, as of a bind mount, or in a file system without case.
                self._record(known, [known, known._replace(path=self._node.path)])
                return FoundState(self._base / known.folder)
            if now is _Now.COPY:
                return self._ask(known) if self._node.is_folder else None
            return self._take_over(known)
        return None

    def _find_by_content(self) -> FoundState | None:
        """Return the folder of what has the same content, and was moved here from another disk or is still there."""
        alike = self._alike()
        looked = [(known, _look_patiently(known, self._roots)) for known in alike]
        if not self._node.is_folder:
            gone = [known for known, now in looked if now is _Now.NOTHING]
            return self._take_over(gone[0]) if len(gone) == len(alike) == 1 else None
        if len({known.folder for known in alike}) == 1 and all(now is _Now.NOTHING for _, now in looked):
            return self._take_over(alike[0])
        there = [known for known, now in looked if now is not _Now.NOTHING]
        return self._ask((there or alike)[0]) if alike else None

    def _alike(self) -> Sequence[KnownRoot]:
        """Return the others with the same content, the newest first."""
        if not self._node.is_folder:
            checksum = make_known(self._node, "").checksum
            others = self._roots.with_checksum(checksum)[::-1] if checksum is not None else []
            return [known for known in others if known.path != self._node.path]
        others = list(islice(self._roots.libraries(), _MOST_COMPARED))
        return [known for known in others if known.path != self._node.path and has_content(self._node, known)]

    def _ask_about_former(self, free: Path) -> FoundState | None:
        """Ask about the library that was in this place, unless it is elsewhere, too."""
        if not self._here:
            return None
        former = self._here[-1]
        if any(known.path != former.path for known in self._roots.using(former.folder)):
            return None
        return self._ask(former) if former.folder != free.name else None

    def _ask(self, known: KnownRoot) -> FoundState:
        """Return an empty folder, with the question whether what was made in another library is to be used."""
        found = FoundState(self._free_folder())
        question = self._question(known)
        if question is None:
            return found
        found = found._replace(question=question)
        with suppress(OSError):
            replace_roots(self._base, lambda one: False, [make_known(self._node, found.folder.name, known.folder)])
        return found

    def _open_question(self, known: KnownRoot) -> Question | None:
        """Return the question about this library that was not answered, if the other one's folder is still there."""
        others = self._roots.using(known.asked) if known.asked else []
        return self._question(others[-1]) if others else None

    def _question(self, known: KnownRoot) -> Question | None:
        """Return the question about another library; None when nothing was made there."""
        made = any((self._base / known.folder / name).exists() for name in MADE_HERE)
        return Question(known.path, known.folder, known.path == self._node.path) if made else None

    def _take_over(self, known: KnownRoot) -> FoundState:
        from dossier.library.moved_notes import move_notes  # noqa: PLC0415 - slow to load, and hardly ever needed

        now = known._replace(path=self._node.path, device=self._node.device, inode=self._node.inode)
        # Before the move is recorded: if the program is ended between the two, both are done the next time.
        with suppress(OSError):
            move_notes(self._base / "notes.jsonl", known.path, now.path)
        self._record(known, [now])
        return FoundState(self._base / known.folder, moved_from=known.path)

    def _record(self, old: KnownRoot, new: list[KnownRoot]) -> None:
        """Put new lines in the place of an old one. If that cannot be written, the next program finds the same."""
        with suppress(OSError):
            replace_roots(self._base, lambda one: one == old, new)

    def _free_folder(self) -> Path:
        """Return the first folder for this path that nothing else uses."""
        for number in count(1):
            name = self._own.name if number == 1 else f"{self._own.name}-{number}"
            if not self._roots.using(name):
                return self._base / name
        raise AssertionError


def _look_patiently(known: KnownRoot, roots: Roots) -> _Now:
    """Look at the path that something had, but wait only for a moment."""
    seen: list[_Now] = []
    looking = Thread(target=lambda: seen.append(_look(known, roots)), daemon=True)
    looking.start()
    looking.join(_PATIENCE)
    return seen[0] if seen else _Now.UNKNOWN


def _look(known: KnownRoot, roots: Roots) -> _Now:
    node = read_node(known.path)
    if node is None:
        return _Now.NOTHING
    others = [] if is_same_node(node, known) else roots.with_inode(node.inode)
    if any(is_same_node(node, other) and other.folder != known.folder for other in others):
        # It is a copy that was answered about, and then moved there.
        return _Now.NOTHING
    if not has_content(node, known, is_searched=is_same_node(node, known)):
        return _Now.NOTHING
    return _Now.SAME if is_same_node(node, known) else _Now.COPY
