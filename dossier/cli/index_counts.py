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
        "registries": found.registries,
        "others": found.others,
        "faults": faults,
        "changed": found.changed + found.unsure,
    }


def count_lines(found: Status, faults: Iterable[JsonObject]) -> Iterator[str]:
    """Yield the lines on the articles and files of an index, and a line for each file that cannot be opened.

    The caller must make file names and messages in them safe for a terminal.
    """
    yield f"articles  {found.articles:,}"
    yield f"files     {_count_files(found)}"
    yield from ("  {path}:{line}:{column}: {message} [{code}]".format(**one) for one in faults)


def _count_files(found: Status) -> str:
    """Return the number of files in words, with the registry, those that are not articles, and broken ones, if any."""
    parts = []
    if found.registries:
        parts.append("1 is the registry" if found.registries == 1 else f"{found.registries} are registries")
    if found.others:
        parts.append(f"{found.others:,} {'is not an article' if found.others == 1 else 'are not articles'}")
    if found.faults:
        parts.append(f"{found.faults:,} cannot be opened")
    of_which = ", of which " if parts else ""
    return f"{found.files:,}{of_which}{', '.join(parts[:-1])}{' and ' if len(parts) > 1 else ''}{''.join(parts[-1:])}"
