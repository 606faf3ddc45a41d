"""The time of a search from the command line, with the start of Python, compared with ripgrep over the same files.

Both are warm, and take turns. ripgrep runs in the two ways in which one would use it: for the lines, and for the files
only (which lets it stop reading a file at the first hit). The faster one counts. It reads all files each time, which
takes most of the time with a large library, so it runs less often. Then searches for words with an accent are compared
with the same without: the beginnings of words that are rare with the accent and frequent without.

    python tests/bench/searching.py --articles 5000
"""

import shutil
import subprocess
import sys
import time
import unicodedata
from collections.abc import Container, Iterator, Mapping, Sequence
from random import Random
from statistics import median
from typing import NamedTuple

from builds import BenchmarkError
from ground import Ground, ground, indexed, parser, percentile, table, tell
from newsroom import Newsroom

_LIMIT = 20
_PATIENCE = 60.0
_RIPGREP = 3
"""Maximum number of runs of ripgrep. Its times vary by less than those of a start of Python."""
_ACCENTED, _BEGINNING, _WORDS = 3, 3, 3_000
"""How many beginnings of words with an accent are searched, their letters, and the words from which they are taken."""


_RARE, _FREQUENT, _PHRASE, _NAME = "rare word", "frequent word", "phrase", "name"
IN_SMALL = (_RARE, _FREQUENT, _PHRASE, _NAME)
"""The kinds of searches that find something in a small library, too."""
KINDS = (*IN_SMALL, "word", "Hangul word", "Hangul name", "one of Hangul")


class Asked(NamedTuple):
    """A search: its kind, and how it is written for the program and for ripgrep."""

    kind: str
    query: str
    words: str


class Command(NamedTuple):
    """A command line, its environment, and how often it is run."""

    words: list[str]
    environment: Mapping[str, str]
    times: int


class Runs(NamedTuple):
    """Milliseconds of the runs of a command, and the lines of the last one."""

    times: list[float]
    lines: int


class Searched(NamedTuple):
    """A search and its runs: of each build, and of ripgrep (for lines and for files, none when it is not installed)."""

    asked: Asked
    own: list[Runs]
    ripgrep: list[Runs]

    @property
    def ratios(self) -> list[float]:
        """How many times as quick as the faster ripgrep each build is."""
        fastest = min(median(runs.times) for runs in self.ripgrep)
        return [fastest / median(runs.times) for runs in self.own]


def main() -> int:
    """Measure, and print the tables."""
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
    bare = [_run([sys.executable, "-c", "pass"], on.environment)[0] for _ in range(times)]
    rows: list[tuple[object, ...]] = [("Python alone", "", median(bare), None, None, None, None, None)]
    for one in searched([on], times):
        (own,) = one.own
        both = [median(runs.times) for runs in one.ripgrep] or (None, None)
        ratio = one.ratios[0] if one.ripgrep else None
        own_times = (median(own.times), percentile(own.times, 90))
        rows.append((one.asked.kind, one.asked.query, *own_times, own.lines, *both, ratio))
    head = ("", "words", "dossier ms", "90 %", "lines", "rg ms", "rg -l ms", "times as quick")
    table(f"dossier search --limit {_LIMIT}, {on.articles:,} articles, medians of {times}", head, rows)
    accented = [
        (query, plain, *(median(runs[0].times) for runs in both), _ratio(both[0][0], both[1][0]))
        for query, plain, *both in searched_with_accents([on], times)
    ]
    table("dossier search, with an accent and without", ("", "without", "ms", "ms without", "ratio"), accented)


def searched(grounds: Sequence[Ground], times: int, kinds: Container[str] = KINDS) -> Iterator[Searched]:
    """Yield the searches of these kinds with the runs of each build on the same library, and of ripgrep, in turns."""
    on = grounds[0]
    ripgrep = shutil.which("rg")
    if ripgrep is None:
        tell("ripgrep (rg) is not installed, so that the program is measured alone: apt-get install ripgrep")
    for one in _questions(Newsroom(on.seed, on.size), on.articles):
        if one.kind not in kinds:
            continue
        tell(f"{one.kind}: {one.query}")
        search = [_search(build, one.query, times) for build in grounds]
        found = ["rg", "--no-config", "-i", "-F", one.words, str(on.library)]
        lines = [Command(words, on.environment, min(times, _RIPGREP)) for words in (found, [*found, "-l"])]
        runs = _in_turn([*search, *(lines if ripgrep else [])])
        yield Searched(one, runs[: len(search)], runs[len(search) :])


def searched_with_accents(
    grounds: Sequence[Ground], times: int
) -> Iterator[tuple[str, str, Sequence[Runs], Sequence[Runs]]]:
    """Yield searches with an accent, each with the same without, and the runs of both by each build, in turns."""
    for query, plain in accented_beginnings(Newsroom(grounds[0].seed, grounds[0].size)):
        runs = _in_turn([_search(build, words, times) for words in (query, plain) for build in grounds])
        yield query, plain, runs[: len(grounds)], runs[len(grounds) :]


def accent_ratios(grounds: Sequence[Ground], times: int) -> list[float]:
    """Return for each build how many times as long the search with an accent takes, at most."""
    found = list(searched_with_accents(grounds, times))
    return [max(_ratio(with_[place], plain[place]) for _, _, with_, plain in found) for place in range(len(grounds))]


def _ratio(one: Runs, other: Runs) -> float:
    return median(one.times) / median(other.times)


def _search(on: Ground, query: str, times: int) -> Command:
    return Command(on.program("search", query, str(on.library), "--limit", str(_LIMIT)), on.environment, times)


def accented_beginnings(newsroom: Newsroom) -> list[tuple[str, str]]:
    """Return beginnings of words with an accent, and without: those which most words have without it."""
    words = newsroom.words[:_WORDS]
    found = {}
    for word in words:
        begin = word[:_BEGINNING]
        plain = unicodedata.normalize("NFKD", begin).encode("ascii", "ignore").decode()
        if begin != plain:
            found[begin] = (sum(one.startswith(plain) for one in words), plain)
    best = sorted(found.items(), key=lambda item: item[1], reverse=True)[:_ACCENTED]
    return [(begin, plain) for begin, (_, plain) in best]


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
        Asked(_RARE, rarest, rarest),
        Asked("word", some, some),
        Asked(_FREQUENT, frequent, frequent),
        Asked(_PHRASE, f'"{first} {second}"', f"{first} {second}"),
        Asked(_NAME, f'"{people[3].name.lower()}"', people[3].name.lower()),
        Asked("Hangul word", hangul, hangul),
        Asked("Hangul name", korean.native, korean.native),
        Asked("one of Hangul", hangul[0], hangul[0]),
    ]


def _in_turn(commands: Sequence[Command]) -> list[Runs]:
    """Return the milliseconds of each command, and the lines of its last run, without the first run of each."""
    found = [Runs([], 0) for _ in commands]
    for number in range(max(command.times for command in commands) + 1):
        for place, command in enumerate(commands):
            if number <= command.times:
                milliseconds, lines = _run(command.words, command.environment)
                found[place] = Runs([*found[place].times, milliseconds] if number else [], lines)
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
