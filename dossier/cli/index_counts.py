"""The part of a status that `dossier index` prints for every index: its counts, and files that cannot be opened."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from dossier.export.json_types import JsonObject
from dossier.library.index.reader import Index
from dossier.library.index.status import Status


def list_faults(opened: Index | None, root: Path | str) -> Iterator[JsonObject]:
    """Yield the files that cannot be opened as articles, each with its first problem."""
    for path, line, column, code, message in opened.articles.faults() if opened else ():
        yield {"path": os.path.join(root, path), "line": line, "column": column, "code": code, "message": message}


def counts_object(found: Status, faults: list[JsonObject]) -> JsonObject:
    """Return the part of a status that every index has, as a JSON object; `size` is in bytes.

    `faults` are the files that cannot be opened, as `list_faults` yields them.
    """
    return {
        "size": found.size,
        "articles": found.articles,
        "files": found.files,
        "others": found.others,
        "faults": faults,
        "changed": found.changed + found.unsure,
    }


def count_lines(found: Status, faults: Iterable[JsonObject]) -> Iterator[str]:
    """Yield the lines on the articles and files of an index, and a line for each file that cannot be opened.

    The caller must make file names and messages in them safe for a terminal.
    """
    yield f"articles  {found.articles:,}"
    yield f"files     {_count_files(found.files, found.others, found.faults)}"
    yield from ("  {path}:{line}:{column}: {message} [{code}]".format(**one) for one in faults)


def _count_files(files: int, others: int, faults: int) -> str:
    """Return the number of files in words, with those that are not articles and those that cannot be opened, if any."""
    parts = []
    if others:
        parts.append(f"{others:,} {'is not an article' if others == 1 else 'are not articles'}")
    if faults:
        parts.append(f"{faults:,} cannot be opened")
    return f"{files:,}{', of which ' if parts else ''}{' and '.join(parts)}"
