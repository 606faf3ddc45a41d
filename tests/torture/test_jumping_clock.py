"""An index that is made while the clock of the machine jumps is as any other (libfaketime stands for the machine)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dossier.library.index.update import update_index
from torture.answers import answers, differences, write_library

_NEEDED = "faketime" in os.environ.get("DOSSIER_NEEDS", "").split()

pytestmark = pytest.mark.skipif(
    shutil.which("faketime") is None and not _NEEDED, reason="faketime is not installed (Debian: faketime)"
)

_RUN = """
import itertools, sys, time
from pathlib import Path
from dossier.library.index.update import update_index

clock, years = Path(sys.argv[2]), itertools.cycle(("+30y", "-30y", "+0y"))

def jump(*_):
    clock.write_text(next(years))
    print(time.localtime().tm_year)

update_index(Path(sys.argv[1]), report=jump)
(Path(sys.argv[1]) / "000" / "a00000.yaml").unlink()
update_index(Path(sys.argv[1]), report=jump)
"""
"""A program whose clock jumps with each report of progress."""


def _run_with_jumps(root: Path, clock: Path) -> set[int]:
    """Index a library with a clock that jumps, remove an article, index again; return the years that it has seen."""
    preloaded = subprocess.run(
        ["faketime", "-f", "+0y", "printenv", "LD_PRELOAD"], check=True, capture_output=True, text=True
    )
    clock.write_text("+0y")
    # The times of files and the seconds since the machine began stay right, as they do where somebody sets the clock.
    environment = {
        "LD_PRELOAD": preloaded.stdout.strip(),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "NO_FAKE_STAT": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    run = subprocess.run(
        [sys.executable, "-c", _RUN, root, clock],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    )
    return set(map(int, run.stdout.split()))


def test_a_clock_that_jumps_while_the_index_is_made(tmp_path: Path) -> None:
    root = tmp_path / "library"
    write_library(root, 12)
    years = _run_with_jumps(root, tmp_path / "clock")
    assert max(years) - min(years) == 60
    jumped = answers(root)
    assert not update_index(root).was_damaged
    after = answers(root)
    update_index(root, rebuild=True)
    right = answers(root)
    assert (differences(right, jumped), differences(right, after)) == ([], [])
    assert len(right["order"]) == 11  # type: ignore[arg-type]
