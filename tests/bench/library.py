"""Generator of a library from a seed: the articles of a newsroom in a folder, a thousand to a sub-folder.

A finished library records what it was made of, so that it need not be made again.

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
"""Name of the file that records what a finished library was made of; hidden, so that it is not taken for an article."""


def file_of(number: int) -> Path:
    """Return the path of this article below the folder of the library."""
    return Path(f"{number // _IN_FOLDER:04}", f"a{number:07}.yaml")


def made(folder: Path, articles: int, seed: int = 1, size: Size = LONG, processes: int = 0) -> None:
    """Make the library in `folder`, unless the same library is there already.

    `processes` 0 means as many as there are processors. Raises FileExistsError when the folder contains anything else.
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
