"""What the costliest files cost: seconds, memory, findings, and how long a key would wait meanwhile.

Each file is checked in a process of its own, by `load_article` in a thread as the open screen does it, while another
thread ticks every 5 ms: its longest gap is the time that a key would wait.

    python tests/bench/costs.py
    python tests/bench/costs.py --only unknown_speakers --share 0.1
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from costly_files import LARGEST, MAKERS, names_of, suffix_of
from ground import machine, table, tell

from dossier.loader.article import load_article

_TICK = 0.005
_PATIENCE = 60


def main() -> int:
    """Measure, and print the table."""
    asked = argparse.ArgumentParser(description="Measure what the costliest files cost.")
    asked.add_argument("--only", choices=names_of(MAKERS), action="append", help="only the file of this maker")
    asked.add_argument("--share", type=float, default=1.0, help="share of the largest file (1)")
    asked.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.file:
        print(*_measure(options.file))
        return 0
    tell(machine())
    rows = []
    for maker in MAKERS:
        if options.only and maker.__name__ not in options.only:
            continue
        data = maker(options.share)
        if len(data) > LARGEST:
            tell(f"{maker.__name__}: {len(data):,} bytes are too many")
        with tempfile.TemporaryDirectory(prefix="dossier-bench-") as folder:
            file = Path(folder) / f"costly{suffix_of(maker)}"
            file.write_bytes(data)
            rows.append((maker.__name__.replace("_", " "), len(data) / 2**20, *_in_own_process(file)))
        tell(str(rows[-1]))
    head = ("", "MiB", "s", "peak MB", "findings", "longest wait, ms", "opens")
    table("dossier check, the costliest files", head, rows)
    return 0


def _in_own_process(file: Path) -> tuple[object, ...]:
    command = (sys.executable, __file__, "--file", str(file))
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=_PATIENCE)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as trouble:
        return (float("nan"), float("nan"), str(trouble)[-40:], float("nan"), "")
    seconds, peak, findings, gap, opens = done.stdout.split()
    return float(seconds), float(peak), int(findings), float(gap), opens


def _measure(file: Path) -> tuple[object, ...]:
    """Return seconds, peak of memory in MB, number of findings, longest gap in ms, and whether there is an article."""
    gaps: list[float] = [0.0]
    stop = threading.Event()

    def tick() -> None:
        last = time.perf_counter()
        while not stop.is_set():
            time.sleep(_TICK)
            now = time.perf_counter()
            gaps.append(now - last - _TICK)
            last = now

    ticker = threading.Thread(target=tick)
    ticker.start()
    began = time.perf_counter()
    loaded = load_article(file)
    seconds = time.perf_counter() - began
    stop.set()
    ticker.join()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    opens = "yes" if loaded.article else "no"
    if os.environ.get("DOSSIER_BENCH_SHOW"):
        print(*(str(one)[:200] for one in loaded.problems[-4:]), sep="\n", file=sys.stderr)
    return round(seconds, 2), round(peak), len(loaded.problems), round(max(gaps) * 1000), opens


if __name__ == "__main__":
    sys.exit(main())
