"""What `dossier index` says of every index: how much is in it, and which files cannot be opened."""

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

    What stands in file names and messages is not made safe for a terminal yet.
    """
    yield f"articles  {found.articles:,}"
    yield f"files     {found.files:,}, of which {found.others:,} are not articles and {found.faults:,} cannot be opened"
    yield from ("  {path}:{line}:{column}: {message} [{code}]".format(**one) for one in faults)
