"""The articles that were opened last, as they were read, so that they open again without their YAML being parsed.

Each is kept below the cache folder in a file that only this user can read, named by the path of the article's file. It
begins with all that the reading depended on, and the whole content of the article's file is part of that: what is kept
is used only where all of it is the same, and so never differs from what the article's file says. What is damaged, or
was kept by another version of the program or of Python, counts as missing, and is replaced.
"""

import marshal
import os
import sys
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from time import time_ns
from typing import Final

from dossier.core.model import Article
from dossier.core.paths import resolve_xdg_folder
from dossier.core.problem import Problem
from dossier.core.regular_file import open_regular_file
from dossier.library.article_codec import MARSHAL, pack_article, unpack_article
from dossier.loader.limits import Limits

ReadArticle = tuple[Article, tuple[Problem, ...]]
"""An article, and the problems of its file."""
MOST_BYTES: Final = 1 << 20
"""The most bytes of a kept article: its file's content and what was read of it, together."""
MOST_KEPT: Final = 50
"""The most articles that are kept."""
_READERS: Final = ("dossier.core.", "dossier.library.article_codec", "dossier.loader.", "dossier.text.", "yaml")
"""How the names of the modules begin that decide how an article is read."""
_CHECKSUM: Final = 4
_STARTED: Final = time_ns()


def read_content(path: Path, limits: Limits) -> bytes | None:
    """Return the bytes of an article's file; None if it is too large to be kept, or cannot be read."""
    most = min(limits.size, MOST_BYTES)
    try:
        with open_regular_file(path) as file:
            data = file.read(most + 1)
    except (OSError, ValueError):
        return None
    return data if len(data) <= most else None


def read_kept_article(
    path: Path, content: bytes, limits: Limits, environment: Mapping[str, str] = os.environ
) -> ReadArticle | None:
    """Return the article of the file at `path`, which has this content, and the problems of that file.

    None if it is not kept. Raises nothing.
    """
    head = _head(path, content, limits)
    with suppress(OSError, EOFError, LookupError, RecursionError, TypeError, ValueError):
        with open_regular_file(_kept_path(path, environment)) as file:
            status = os.fstat(file.fileno())
            data = file.read(MOST_BYTES)
        packed = data[len(head) + _CHECKSUM :]
        if not _is_own(status) or data[: len(head) + _CHECKSUM] != head + _sum(packed):
            return None
        files, article = marshal.loads(packed)
        if all(_stamp(file) == (size, time) for file, size, time in files):
            return unpack_article(article, str(path))
    return None


def keep_article(
    path: Path, content: bytes, limits: Limits, read: ReadArticle, environment: Mapping[str, str] = os.environ
) -> None:
    """Keep what was read from the file at `path`, which has this content; the oldest of too many kept ones go.

    Nothing is kept where that cannot be written. May take long on a slow disk.
    """
    with suppress(OSError, ValueError):
        kept = _kept_path(path, environment)
        packed = marshal.dumps((_list_readers(), pack_article(*read)), MARSHAL)
        data = _head(path, content, limits) + _sum(packed) + packed
        if len(data) > MOST_BYTES:
            return
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # In a folder of others, the name may be a link to any file of this user.
        if _is_own(os.stat(kept.parent)):
            from dossier.core.whole_file import replace_whole_file  # noqa: PLC0415 - only once the first screen is shown

            replace_whole_file(kept, data)
            _remove_oldest(kept.parent)


def mark_opened(path: Path, environment: Mapping[str, str] = os.environ) -> None:
    """Count the kept article of the file at `path` among those opened last, which stay the longest."""
    with suppress(OSError, ValueError):
        os.utime(_kept_path(path, environment))


def _remove_oldest(folder: Path) -> None:
    with os.scandir(folder) as files:
        ages = sorted(((file.stat(follow_symlinks=False).st_mtime_ns, file.path) for file in files), reverse=True)
    for _, path in ages[MOST_KEPT:]:
        with suppress(OSError):
            os.unlink(path)


def _is_own(status: os.stat_result) -> bool:
    """Return whether only this user can have written to the file or folder of this status."""
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022


def _kept_path(path: Path, environment: Mapping[str, str]) -> Path:
    """Return the file that the article of the file at `path` is kept in."""
    number = zlib.crc32(os.fsencode(os.path.abspath(path)))
    return resolve_xdg_folder("XDG_CACHE_HOME", "~/.cache", environment) / "articles" / f"{number:08x}"


def _head(path: Path, content: bytes, limits: Limits) -> bytes:
    """Return how the file of a kept article begins: what decides how the article is read, except for the program."""
    # Later versions of the format tell of a value in how many places it stands, which differs from run to run.
    return marshal.dumps((sys.version, __file__, os.fspath(path), tuple(limits), content), 2)


def _list_readers() -> list[tuple[str, int, int]]:
    """Return the files of the program that decide how an article is read, each with its size and time of change.

    They tell this version of the program, and of the parser of YAML, from others. Raises OSError when they are not
    those that were loaded, since the program was replaced meanwhile, or is not in files.
    """
    modules = [module for name, module in sys.modules.items() if name.startswith(_READERS)]
    stamps = [(file, *_stamp(file)) for module in modules if (file := module.__file__)]
    if any(time >= _STARTED for _, _, time in stamps):
        raise OSError("the program was replaced")
    return stamps


def _stamp(file: str) -> tuple[int, int]:
    status = os.stat(file)
    return status.st_size, status.st_ctime_ns


def _sum(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(_CHECKSUM, "big")
