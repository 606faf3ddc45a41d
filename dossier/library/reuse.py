"""Let a library reuse what the reader made in another one, of which it is a copy, or whose place it has taken.

Each answer can be given again after the program was ended in the middle of it: lines that were added are not added
again, and the question is open until all of them are.
"""

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from threading import Lock

from dossier.library.jsonl import StoredLine, change_lines, read_lines
from dossier.library.root_identity import has_content, is_same_node, make_known, read_node
from dossier.library.roots_file import read_roots, replace_roots
from dossier.library.state_folders import MADE_HERE, FoundState, Question


class Reused(StrEnum):
    """What a library reuses of another one: its own copy of all that was made there, the same folder, or nothing."""

    COPY = "copy"
    SHARED = "share"
    NOTHING = "nothing"


class ReuseError(Exception):
    """The answer could not be recorded, and the question is still open; the message says why."""


class Reuse:
    """The folder with what the reader made in the library `root`, and the question about it while it is open.

    Every method may be called on any thread.
    """

    def __init__(self, root: Path, found: FoundState) -> None:
        self._root, self._found = root, found
        self._lock = Lock()

    @property
    def folder(self) -> Path:
        """The folder, which may be another one after an answer."""
        return self._found.folder

    @property
    def found(self) -> FoundState:
        """The folder, with the question if it is still open."""
        return self._found

    @property
    def question(self) -> Question | None:
        """The open question; None when there is none."""
        return self._found.question

    def answer(self, reused: Reused) -> bool:
        """Do what the reader answers. Return False, with nothing done, when the question was answered before.

        If that was in another program, its answer holds here, too. Raises ReuseError where what is needed cannot be
        read or written.
        """
        with self._lock:
            question, answered = self._found.question, None
            if question:
                try:
                    answered = _find_answer(self._root, self._found.folder, question)
                    folder = answered or _reuse(self._root, self._found.folder, question, reused)
                except OSError as error:
                    where = error.filename or self._found.folder.parent
                    raise ReuseError(f"the answer was not kept: {where}: {error.strerror}") from None
                self._found = FoundState(folder)
        return question is not None and answered is None


def _find_answer(root: Path, own: Path, question: Question) -> Path | None:
    """Return the folder that the library uses by an answer to the question in another program; None without one."""
    node = read_node(str(root.resolve()))
    if node is None:
        return None
    known = [one for one in read_roots(own.parent).at(node.path) if is_same_node(node, one) and has_content(node, one)]
    if any(one.asked == question.folder for one in known):
        return None
    # Without an answer there may be no line either, where the question could not be recorded.
    return next((own.parent / one.folder for one in known[::-1] if one.folder in (own.name, question.folder)), None)


def _reuse(root: Path, own: Path, question: Question, reused: Reused) -> Path:
    """Do what the reader answers, and return the folder that the library uses from now on."""
    path = str(root.resolve())
    node = read_node(path)
    if node is None:
        raise FileNotFoundError(2, "no such folder", path)
    other = own.parent / question.folder
    folder = other if reused is Reused.SHARED else own
    if reused is not Reused.NOTHING:
        for name in MADE_HERE:
            _join(other / name, own / name, folder / name)
    known = make_known(node, folder.name)
    replace_roots(own.parent, lambda one: (one.path, one.asked) == (path, question.folder), [known])
    return folder


def _join(first: Path, then: Path, target: Path) -> None:
    """Write the lines of two files, each once, into the second of them or the first."""
    found = read_lines(then if target == first else first).lines
    if found:
        change_lines(target, lambda lines: _once((*lines, *found) if target == first else (*found, *lines)))


def _once(lines: Iterable[StoredLine]) -> list[StoredLine]:
    """Return the lines without those whose text was there before; empty ones stay."""
    known: set[str] = set()
    kept: list[StoredLine] = []
    for line in lines:
        if line.text not in known or not line.text.strip():
            kept.append(line)
        known.add(line.text)
    return kept
