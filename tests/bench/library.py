"""A library from a seed, in a folder: the articles of a newsroom, a thousand to a sub-folder.

A finished library says what it was made of, so that one that is there already need not be made again.

    python tests/bench/library.py FOLDER --articles 100000
"""

import argparse
import multiprocessing
import os
import sys
import time
from functools import cache
from pathlib import Path

from newsroom import LONG, SHORT, Newsroom, Size

_IN_FOLDER = 1_000
_MADE = ".newsroom"
"""The file that says what a finished library was made of; hidden, so that no library counts it."""


def file_of(number: int) -> Path:
    """Where this article lies below the folder of the library."""
    return Path(f"{number // _IN_FOLDER:04}", f"a{number:07}.yaml")


def made(folder: Path, articles: int, seed: int = 1, size: Size = LONG, processes: int = 0) -> None:
    """Make the library in `folder`; one that lies there already, made of the same, is left as it is.

    `processes`: 0 for as many as there are processors. Raises FileExistsError for a folder with anything else in it.
    """
    wanted = f"{articles} articles, seed {seed}, {size}\n"
    mark = folder / _MADE
    if mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        return
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} holds something else than {wanted.strip()}: name another folder")
    tasks = [(folder, seed, size, first, min(first + _IN_FOLDER, articles)) for first in range(0, articles, _IN_FOLDER)]
    folder.mkdir(parents=True, exist_ok=True)
    with multiprocessing.get_context("spawn").Pool(min(processes or os.cpu_count() or 1, len(tasks))) as pool:
        for _ in pool.imap_unordered(_make_folder, tasks):
            pass
    mark.write_text(wanted, encoding="utf-8")


@cache
def _newsroom(seed: int, size: Size) -> Newsroom:
    return Newsroom(seed, size)


def _make_folder(task: tuple[Path, int, Size, int, int]) -> None:
    folder, seed, size, first, end = task
    newsroom = _newsroom(seed, size)
    (folder / file_of(first)).parent.mkdir(parents=True, exist_ok=True)
    for number in range(first, end):
        (folder / file_of(number)).write_text(newsroom.article(number), encoding="utf-8")


def main() -> int:
    """Make a library."""
    parser = argparse.ArgumentParser(description="Make a library of articles from a seed.")
    parser.add_argument("folder", type=Path, help="where to make it: a folder that is empty, or not there yet")
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--short", action="store_true", help="articles of 1.4 KB instead of 7.4")
    parser.add_argument("--processes", type=int, default=0, help="0: as many as there are processors")
    asked = parser.parse_args()
    began = time.perf_counter()
    try:
        made(asked.folder, asked.articles, asked.seed, SHORT if asked.short else LONG, asked.processes)
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{asked.articles:,} articles in {time.perf_counter() - began:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
