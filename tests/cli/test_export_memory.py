"""Exporting 20,000 quotes takes little more memory than exporting one article, whatever leads to them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from shell import NATO, ROOT

from dossier.export.formats import FORMATS

ARTICLES, QUOTES, EVENTS = 200, 100, 5
WRITTEN = {
    **{form.name: ("quotes", ARTICLES * QUOTES) for form in FORMATS},
    **dict.fromkeys(("timelinejs", "icalendar"), ("timeline", ARTICLES * EVENTS)),
    **dict.fromkeys(("csl", "biblatex"), ("quotes", ARTICLES)),
}
"""What is exported in each format, and how many of them the file then has."""
MOST = 40 * 1024
"""KiB that an export may take beyond the start's."""
_PROGRAM = """
import re, sys
from pathlib import Path
from dossier.cli.main import main

def peak():
    return int(re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text())[1])

# The first export loads all modules.
article, target, *words = sys.argv[1:]
assert main(["export", article, "-o", f"{target}/first", *words[-2:]]) == 0
start = peak()
assert main(["export", *words, "-o", f"{target}/all"]) == 0
print(peak() - start)
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a library of 20,000 quotes of one person, and its index."""
    home = tmp_path_factory.mktemp("memory")
    (home / "library").mkdir()
    for number in range(ARTICLES):
        said = [f"We counted {number} boats on day {one} of the {one % 7} weeks" for one in range(QUOTES)]
        lines = [
            f"headline: Boats {number}",
            f"published: {1900 + number % 100}-04-12",
            "people: {okafor: Lena Okafor}",
        ]
        lines += ["body:", *(f"  - “{words},” said Okafor." for words in said)]
        lines += ["quotes:", *(f"  - okafor: {words}" for words in said)]
        lines += ["timeline:", *(f"  - {{date: {1900 + one}, what: Boats are counted}}" for one in range(EVENTS))]
        (home / "library" / f"a{number}.yaml").write_text("\n".join(lines), "utf-8")
    subprocess.run([sys.executable, "-m", "dossier", "index", home / "library"], check=True, cwd=ROOT, env=_at(home))
    return home


def _at(home: Path) -> dict[str, str]:
    return {**os.environ, "XDG_CACHE_HOME": str(home), "XDG_STATE_HOME": str(home)}


@pytest.mark.parametrize(
    "name",
    # Annotations are of notes alone.
    [one.name for one in FORMATS if not (one.is_single or one.missing or one.name == "webannotation")],
)
def test_a_library_of_quotes_streams(name: str, home: Path, tmp_path: Path) -> None:
    kind, number = WRITTEN[name]
    assert _peak(home, tmp_path, [str(home / "library"), "--in", kind, "--format", name]) < MOST
    assert (tmp_path / "all").stat().st_size > number * 40


@pytest.mark.parametrize("words", [["person/okafor"], ["--query", "speaker:okafor boats"]], ids=["person", "query"])
def test_a_person_and_a_query_stream(words: list[str], home: Path, tmp_path: Path) -> None:
    words = [*words, str(home / "library"), "--in", "quotes", "--format", "jsonl"]
    assert _peak(home, tmp_path, words) < MOST
    assert len((tmp_path / "all").read_bytes().splitlines()) == ARTICLES * QUOTES


def _peak(home: Path, target: Path, words: list[str]) -> int:
    """Return how many KiB the peak of memory rises by while an export runs, in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-c", _PROGRAM, NATO, str(target), *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=_at(home),
    )
    assert ran.returncode == 0, ran.stderr
    return int(ran.stdout)
