"""The time and the memory of exporting the quotes of a library, in each format that holds several articles.

With 1,400 articles a library has some 20,000 quotes.

    python tests/bench/exporting.py --articles 1400
"""

import os
import sys
import tempfile
import time
from pathlib import Path

from builds import BenchmarkError
from ground import Ground, ground, indexed, parser, table, tell

from dossier.export.formats import FORMATS

_MEBI = 1024.0
"""KiB in a MiB; the system counts the memory of a process in KiB."""


def main() -> int:
    """Measure, and print the table."""
    asked = parser("Measure `dossier export --in quotes`.", 1_400).parse_args()
    try:
        with ground(asked) as on:
            indexed(on)
            _measure(on)
    except BenchmarkError as trouble:
        tell(str(trouble))
        return 2
    return 0


def _measure(on: Ground) -> None:
    rows: list[tuple[object, ...]] = []
    first = next(iter(sorted(on.library.rglob("*.yaml"))))
    for form in FORMATS:
        if form.is_single or form.missing:
            tell(f"{form.name}: left out: {form.missing or 'one article in a file'}")
            continue
        tell(form.name)
        one = _run(on, first, form.name)
        every = _run(on, on.library, form.name)
        rows.append((form.name, every[0], every[1] / on.articles * 1000, every[2] / _MEBI, (every[2] - one[2]) / _MEBI))
    head = ("", "MB written", "ms an article", "peak MiB", "more than for one article, MiB")
    table(f"dossier export --in quotes, {on.articles:,} articles", head, rows)


def _run(on: Ground, path: Path, name: str) -> tuple[float, float, int]:
    """Return the megabytes written, the seconds, and the peak of memory in KiB."""
    with tempfile.TemporaryDirectory(prefix="dossier-bench-") as folder:
        target = Path(folder) / "out"
        command = on.program("export", str(path), "--in", "quotes", "--format", name, "-o", str(target))
        began = time.perf_counter()
        child = os.posix_spawn(command[0], command, on.environment)
        _, status, used = os.wait4(child, 0)
        spent = time.perf_counter() - began
        if status:
            raise BenchmarkError(f"{' '.join(command)}: ended with {os.waitstatus_to_exitcode(status)}")
        return target.stat().st_size / 1e6, spent, used.ru_maxrss


if __name__ == "__main__":
    sys.exit(main())
