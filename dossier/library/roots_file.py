"""The file of the libraries and articles that were opened: `roots.jsonl` in the program's state folder.

It is JSON Lines. Each line says where a library or an article file was, what tells it from others, and which folder
has what the reader made there. So a folder that was renamed or moved finds its searches, saved searches and decisions
again, and nothing has to be written into the library itself. All lines but the few that are asked for are searched as
bytes, since the file is read before the first picture.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from dossier.core.dataclasses import NamedTuple
from dossier.core.regular_file import open_regular_file

NAME: Final = "roots.jsonl"
MOST_ARTICLES: Final = 2_000
"""The most lines of article files that are kept, the newest ones. Those of libraries are all kept."""
_MOST_BYTES: Final = 16 << 20


class KnownRoot(NamedTuple):
    """A library or an article file as it was when it was last recorded.

    `folder` is the name of the folder with what the reader made there. `device` and `inode` are those of the file
    system. `sample` has some of the article files of a library, each with its size in bytes. `checksum` is that of an
    article file, and None for a library. `asked` is the folder of another library, as long as the reader has not
    answered whether this library is to use what was made in that one; else it is "".
    """

    path: str
    folder: str
    device: int
    inode: int
    sample: tuple[tuple[str, int], ...] = ()
    checksum: int | None = None
    asked: str = ""


class Roots:
    """The lines of the file, as they were read."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @property
    def is_empty(self) -> bool:
        """Whether there are none."""
        return not self._data

    def at(self, path: str) -> list[KnownRoot]:
        """Return what was at a path, the oldest first. After a swap several libraries may have been there."""
        return [root for root in self._having("path", path) if root.path == path]

    def with_inode(self, inode: int) -> list[KnownRoot]:
        """Return what had this number in its file system."""
        return [root for root in self._having("inode", inode) if root.inode == inode]

    def with_checksum(self, checksum: int) -> list[KnownRoot]:
        """Return the article files with this checksum."""
        return [root for root in self._having("checksum", checksum) if root.checksum == checksum]

    def using(self, folder: str) -> list[KnownRoot]:
        """Return what uses the folder of this name."""
        return [root for root in self._having("folder", folder) if root.folder == folder]

    def libraries(self) -> Iterator[KnownRoot]:
        """Yield the libraries, the newest first."""
        return (root for line in reversed(self._lines(b'"files": {"')) if (root := _root(line)))

    def _having(self, key: str, value: str | int) -> Iterator[KnownRoot]:
        return (root for line in self._lines(_encoded({key: value})[1:-1]) if (root := _root(line)))

    def _lines(self, words: bytes) -> list[bytes]:
        """Return the lines with these bytes in them."""
        found, at = [], self._data.find(words)
        while at >= 0:
            end = self._data.find(b"\n", at)
            end = len(self._data) if end < 0 else end
            found.append(self._data[self._data.rfind(b"\n", 0, at) + 1 : end])
            at = self._data.find(words, end)
        return found


def read_roots(base: Path) -> Roots:
    """Return what the file in the folder `base` has; nothing where it cannot be read."""
    try:
        with open_regular_file(base / NAME) as file:
            return Roots(file.read(_MOST_BYTES))
    except OSError:
        return Roots(b"")


def replace_roots(base: Path, is_replaced: Callable[[KnownRoot], bool], new: Sequence[KnownRoot]) -> None:
    """Take out of the file what `is_replaced` says, and add what is new at its end, in one step.

    What is in it already is not added again. Lines that are no roots stay where they are. Raises OSError, with the
    file as it was, when it cannot be written.
    """
    from dossier.library.jsonl import StoredLine, change_lines, make_stored_line  # noqa: PLC0415 - slow to load

    def make(lines: tuple[StoredLine, ...]) -> list[StoredLine]:
        known = ((line, _root_in(line.record)) for line in lines)
        kept = [line for line, root in known if root is None or not (root in new or is_replaced(root))]
        made = [*kept, *(make_stored_line(_record(root)) for root in new)]
        too_old = len([line for line in made if "checksum" in line.record]) - MOST_ARTICLES
        return [line for line in made if "checksum" not in line.record or (too_old := too_old - 1) < 0]

    change_lines(base / NAME, make)


def _encoded(record: dict[str, Any]) -> bytes:
    import json  # noqa: PLC0415 - slow to load, and not needed before something was recorded

    return json.dumps(record, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _record(root: KnownRoot) -> dict[str, Any]:
    content = {"files": dict(root.sample)} if root.checksum is None else {"checksum": root.checksum}
    asked = {"asked": root.asked} if root.asked else {}
    return {
        "path": root.path,
        "folder": root.folder,
        "device": root.device,
        "inode": root.inode,
        **asked,
        **content,
    }


def _root(line: bytes) -> KnownRoot | None:
    """Return what a line says; None when it says nothing that can be understood."""
    import json  # noqa: PLC0415 - see above

    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return _root_in(record) if isinstance(record, dict) else None


def _root_in(record: Any) -> KnownRoot | None:
    match record:
        case {"path": str(path), "folder": str(folder), "device": int(device), "inode": int(inode)}:
            pass
        case _:
            return None
    files, checksum, asked = record.get("files"), record.get("checksum"), record.get("asked", "")
    if not _is_name(folder) or not isinstance(asked, str) or (asked and not _is_name(asked)):
        return None
    sample = tuple(files.items()) if isinstance(files, dict) else ()
    if not all(isinstance(size, int) for _, size in sample):
        return None
    return KnownRoot(path, folder, device, inode, sample, checksum if isinstance(checksum, int) else None, asked)


def _is_name(folder: str) -> bool:
    """Return whether this can be the name of a folder: a line may be the user's own, and must not lead elsewhere."""
    return bool(folder) and "/" not in folder and "\0" not in folder and not folder.startswith(".")
