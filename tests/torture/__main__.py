"""Try for long what an index withstands, and print a table.

PYTHONPATH=tests:tests/bench python -m torture kills 300 --articles 3000
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from torture.harms import harm_indexes
from torture.kills import kill_indexers, rows_of


def main() -> int:
    """Run one kind of trial; the exit status is 1 where an answer was wrong."""
    parser = argparse.ArgumentParser(description="Try what the index of a library withstands.")
    parser.add_argument("kind", choices=("kills", "harms"), help="kill its writers, or harm its files")
    parser.add_argument("rounds", type=int, nargs="?", default=300)
    parser.add_argument("--articles", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="torture-") as folder:
        for name in ("CACHE", "STATE", "CONFIG"):
            os.environ[f"XDG_{name}_HOME"] = os.path.join(folder, name.lower())
        root = Path(folder, "library")
        if asked.kind == "kills":
            found = kill_indexers(root, asked.articles, asked.rounds, asked.seed, partial(print, flush=True))
            rows, is_right = list(rows_of(found)), not found.wrong
        else:
            harmed = list(harm_indexes(root, asked.articles, asked.seed))
            rows = [(name, "; ".join(wrong) or "as new") for name, wrong in harmed]
            is_right = not any(wrong for _, wrong in harmed)
    _print_table([*rows, ("minutes", f"{(time.monotonic() - began) / 60:.1f}")])
    return 0 if is_right else 1


def _print_table(rows: Iterable[tuple[str, str]]) -> None:
    table = list(rows)
    width = max(len(name) for name, _ in table)
    for name, said in table:
        print(f"{name.ljust(width)}  {said}")


if __name__ == "__main__":
    sys.exit(main())
