"""The time of a search from the command line, with the start of Python, compared with ripgrep over the same files.

Both are warm, and take turns. ripgrep runs in the two ways in which one would use it: for the lines, and for the files
only (which lets it stop reading a file at the first hit). The faster one counts. It reads all files each time, which
takes most of the time with a large library, so it runs less often.

    python tests/bench/searching.py --articles 5000
"""

import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from random import Random
from statistics import median
from typing import NamedTuple

from ground import BenchmarkError, Ground, ground, indexed, parser, percentile, program, table, tell
from newsroom import Newsroom

_LIMIT = 20
_PATIENCE = 60.0
_RIPGREP = 3
"""Maximum number of runs of ripgrep. Its times vary by less than those of a start of Python."""


class Asked(NamedTuple):
    """A search: its kind, and how it is written for the program and for ripgrep."""

    kind: str
    query: str
    words: str


def main() -> int:
    """Measure, and print the table."""
    questions = parser("Measure `dossier search` against ripgrep.", 5_000)
    questions.add_argument("--times", type=int, default=9, help="how often each is run (9)")
    asked = questions.parse_args()
    try:
        with ground(asked) as on:
            indexed(on)
            _measure(on, asked.times)
    except BenchmarkError as trouble:
        tell(str(trouble))
        return 2
    return 0


def _measure(on: Ground, times: int) -> None:
    ripgrep = shutil.which("rg")
    if ripgrep is None:
        tell("ripgrep (rg) is not installed, so that the program is measured alone: apt-get install ripgrep")
    bare = [_run([sys.executable, "-c", "pass"], on.environment)[0] for _ in range(times)]
    rows: list[tuple[object, ...]] = [("Python alone", "", median(bare), None, None, None, None, None)]
    for one in _questions(Newsroom(on.seed, on.size), on.articles):
        search = program("search", one.query, str(on.library), "--limit", str(_LIMIT))
        found = ["rg", "--no-config", "-i", "-F", one.words, str(on.library)] if ripgrep else []
        files = [*found, "-l"] if ripgrep else []
        tell(f"{one.kind}: {one.query}")
        own, lines, names = _in_turn((search, found, files), on.environment, times)
        fastest = min(median(each.times) for each in (lines, names)) if ripgrep else None
        ratio = fastest / median(own.times) if fastest else None
        both = (median(lines.times), median(names.times)) if ripgrep else (None, None)
        own_times = (median(own.times), percentile(own.times, 90))
        rows.append((one.kind, one.query, *own_times, own.lines, *both, ratio))
    head = ("", "words", "dossier ms", "90 %", "lines", "rg ms", "rg -l ms", "times as quick")
    table(f"dossier search --limit {_LIMIT}, {on.articles:,} articles, medians of {times}", head, rows)


def _questions(newsroom: Newsroom, articles: int) -> list[Asked]:
    """Return words that occur, from rare to frequent, in lower case, which both programs match in either case."""
    words, middle = newsroom.words, newsroom.article(articles // 2)
    rank = {word: place for place, word in enumerate(words)}
    own = [word.strip("“”,.").lower() for word in middle.split()]
    rarest = max((word for word in own if word in rank), key=rank.__getitem__, default=words[-1])
    first, second = own[1:3]
    people = [newsroom.person(number) for number in range(30)]
    korean = next(person for person in people if person.native)
    frequent, hangul = words[8], newsroom.hangul_words[2]
    some = Random(newsroom.seed).choice(words[4_000:5_000])
    return [
        Asked("rare word", rarest, rarest),
        Asked("word", some, some),
        Asked("frequent word", frequent, frequent),
        Asked("phrase", f'"{first} {second}"', f"{first} {second}"),
        Asked("name", f'"{people[3].name.lower()}"', people[3].name.lower()),
        Asked("Hangul word", hangul, hangul),
        Asked("Hangul name", korean.native, korean.native),
        Asked("one of Hangul", hangul[0], hangul[0]),
    ]


class _Runs(NamedTuple):
    times: list[float]
    lines: int


def _in_turn(commands: Sequence[list[str]], environment: Mapping[str, str], times: int) -> list[_Runs]:
    """Return the milliseconds of each command, and the lines of its last run, without empty ones.

    The first run of each is not counted. The first command runs `times` times, the others no more often than ripgrep
    does.
    """
    found = [_Runs([], 0) for _ in commands]
    for number in range(times + 1):
        for place, command in enumerate(commands):
            if command and (place == 0 or number <= _RIPGREP):
                milliseconds, lines = _run(command, environment)
                found[place] = _Runs([*found[place].times, milliseconds] if number else [], lines)
    return found


def _run(command: list[str], environment: Mapping[str, str]) -> tuple[float, int]:
    """Return the milliseconds and lines of one run. Raises BenchmarkError when it finds nothing."""
    began = time.perf_counter()
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, stdin=subprocess.DEVNULL, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise BenchmarkError(f"{' '.join(command)}: not done after {_PATIENCE:.0f} s") from error
    spent = time.perf_counter() - began
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise BenchmarkError(f"{' '.join(command)}: ended with {done.returncode}: {said or 'nothing found'}")
    return spent * 1000, done.stdout.count(b"\n")


if __name__ == "__main__":
    sys.exit(main())
