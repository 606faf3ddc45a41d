"""Ten readers at once on one shared index, compared with one alone: processor time a key, and memory.

Each reader types the same keys on a pseudo-terminal of their own: moves, and searches letter by letter. In a round each
presses one key, and the round ends when all are idle. The processor time of a key is that of the reader's own threads.
What else the machine does at the same time makes it longer, as caches and cores are shared, so that the reader who is
alone is measured before and after the others, and their ratio counts.

The index is read, not mapped: its pages are in the cache of the system, once for all readers, and are counted there. Of
each reader's memory, what is mapped from files is shared with the others (`Pss`, proc_pid_smaps(5)).

    python tests/bench/readers.py --articles 20000
"""

import ctypes
import mmap
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from statistics import median

from builds import BenchmarkError
from ground import Ground, ground, parser, table, tell
from process_costs import own_milliseconds
from seat import Seat, seat

_SIZE = 120, 40
_PATIENCE = 60.0
_NAP, _CALM, _LITTLE = 0.03, 3, 0.5
"""Seconds between two looks at the readers, how many looks in turn find them idle, and milliseconds that are idle."""
_MEGABYTE = 1024 * 1024
_SEARCHES = ("minister", "bridge", "vote", "harbour", "election", "court")
_MOST_RATIO = 1.3
"""How many times as long a key may take among ten readers."""


def main() -> int:
    """Measure, and print the tables. The exit status is 1 where a key takes longer among others than it may."""
    questions = parser("Measure readers of one shared index.", 20_000)
    questions.add_argument("--readers", type=int, default=10, help="how many read at once (10)")
    questions.add_argument("--keys", type=int, default=200, help="how many keys each types (200)")
    asked = questions.parse_args()
    try:
        with ground(asked) as on:
            index = publish(on)
            (first,), one = _read(on, index, 1, asked.keys)
            together, many = _read(on, index, asked.readers, asked.keys)
            (second,), _ = _read(on, index, 1, asked.keys)
    except BenchmarkError as trouble:
        tell(str(trouble))
        return 2
    ratio = median(together) / median((first, second))
    rows = [("alone", median((first, second)), max(first, second))]
    rows += [(f"{asked.readers} at once", median(together), max(together))]
    table(f"{asked.keys} keys, {on.articles:,} articles", ("readers", "ms a key, median", "most"), rows)
    tell(f"ratio of the medians {ratio:.2f}, at most {_MOST_RATIO}")
    head = ("readers", "Rss MB", "Pss MB", "Pss of files MB", "index in the cache MB", "index mapped")
    table("memory of all readers together", head, [("1", *one), (str(asked.readers), *many)])
    return int(ratio > _MOST_RATIO)


def publish(on: Ground) -> Path:
    """Have the program publish the shared index, and return its file. Raises BenchmarkError when that fails."""
    index = on.library.parent / "place" / "index.sqlite"
    command, environment = on.program("index", str(on.library), "--shared"), _environment(on, index)
    done = subprocess.run(command, env=environment, capture_output=True, check=False, text=True)
    if done.returncode:
        raise BenchmarkError(f"dossier index --shared: {done.stderr.strip()}")
    tell(f"{done.stderr.strip()}; {index.stat().st_size / _MEGABYTE:,.0f} MB")
    return index


def _environment(on: Ground, index: Path) -> dict[str, str]:
    return {**on.environment, "DOSSIER_INDEX": str(index), "TERM": "xterm-256color"}


def typed_keys(number: int) -> Iterator[str]:
    """Yield so many keys: searches, letter by letter, and moves through what is found."""
    made = 0
    while True:
        for words in _SEARCHES:
            for key in ("s", *words, "\r", *"jjjjkkjjj", "\x1b"):
                if made == number:
                    return
                made += 1
                yield key


def _read(on: Ground, index: Path, readers: int, keys: int) -> tuple[list[float], tuple[float, ...]]:
    """Return the processor time a key of each of so many readers, in milliseconds, and what memory they have."""
    with _seats(on, index, readers) as seats:
        before = [own_milliseconds(one.process) for one in seats]
        for key in typed_keys(keys):
            for one in seats:
                one.press(key)
            _settle(seats)
        after = [own_milliseconds(one.process) for one in seats]
        tell(f"{readers} done")
        return [(end - begin) / keys for begin, end in zip(before, after, strict=True)], _memory(seats, index)


@contextmanager
def _seats(on: Ground, index: Path, number: int) -> Iterator[list[Seat]]:
    """Start so many programs, each with a state of its own, and wait until all show the library."""
    with ExitStack() as stack:
        found = []
        for reader in range(number):
            home = on.state / f"reader{reader}"
            home.mkdir(parents=True, exist_ok=True)
            environment = {**_environment(on, index), "XDG_STATE_HOME": str(home), "XDG_CACHE_HOME": str(home)}
            command = on.program("--fresh", str(on.library))
            found.append(stack.enter_context(seat(command, environment, _SIZE)))
        for one in found:
            one.look(one.bursts(2.0, _PATIENCE))
            if "library" not in one.text:
                raise BenchmarkError(f"the library did not come:\n{one.text}")
        yield found


def _settle(seats: Sequence[Seat]) -> None:
    """Wait until each reader has done all that a key asks for: no thread runs or is to run, and none has run lately."""
    end = time.monotonic() + _PATIENCE
    used, calm = list[float](), 0
    while calm < _CALM:
        if time.monotonic() > end:
            raise BenchmarkError(f"a reader is still at work {_PATIENCE:.0f} s after a key")
        for one in seats:
            one.bursts(_NAP / 10, 0.0)
        time.sleep(_NAP)
        before, used = used, [own_milliseconds(one.process) for one in seats]
        is_calm = before and all(now - then < _LITTLE for then, now in zip(before, used, strict=True))
        calm = calm + 1 if is_calm and not any(_runs(one.process) for one in seats) else 0


def _runs(process: int) -> bool:
    """Return whether a thread of a process runs, or would if there were a processor."""
    for path in Path(f"/proc/{process}/task").glob("*/stat"):
        # A thread may end meanwhile.
        with suppress(OSError):
            if path.read_text("ascii", "replace").rpartition(")")[2].split()[0] == "R":
                return True
    return False


def _memory(seats: Sequence[Seat], index: Path) -> tuple[float, ...]:
    """Return Rss, Pss and Pss of mapped files of all readers, and what of the index is in the cache, in megabytes.

    The last number is that of readers who have mapped the index.
    """
    sums = dict.fromkeys(("Rss", "Pss", "Pss_File"), 0)
    mapped = 0
    for one in seats:
        folder = Path(f"/proc/{one.process}")
        for line in (folder / "smaps_rollup").read_text("ascii").splitlines():
            name, _, rest = line.partition(":")
            if name in sums:
                sums[name] += int(rest.split()[0])
        mapped += str(index) in (folder / "maps").read_text("utf-8", "replace")
    return (*(kilobytes / 1024 for kilobytes in sums.values()), resident_megabytes(index), mapped)


def resident_megabytes(path: Path) -> float:
    """Return how much of a file is in the cache of the system (mincore(2))."""
    size = path.stat().st_size
    pages = -(-size // mmap.PAGESIZE)
    library = ctypes.CDLL(None, use_errno=True)
    found = (ctypes.c_ubyte * pages)()
    with (
        path.open("rb") as file,
        closing(mmap.mmap(file.fileno(), size, mmap.MAP_PRIVATE, mmap.PROT_READ | mmap.PROT_WRITE)) as view,
    ):
        start = ctypes.c_char.from_buffer(view)
        failed = library.mincore(ctypes.c_void_p(ctypes.addressof(start)), ctypes.c_size_t(size), found)
        del start
    if failed:
        raise BenchmarkError(f"mincore: {os.strerror(ctypes.get_errno())}")
    return sum(one & 1 for one in found) * mmap.PAGESIZE / _MEGABYTE


if __name__ == "__main__":
    sys.exit(main())
