"""Bytes that the program sends to a terminal, and the time that takes, compared with other programs.

Counted are the bytes from a key to the last one before the line is silent; the silence is not counted. Whether a key
moved the text by a line, a step or a page is told by what an emulator shows afterwards, not by the key. So a key that
did something else, or nothing, is in no figure. Every program starts with empty folders.

    python tests/bench/line.py --cache ~/.cache/dossier-bench
    python tests/bench/line.py --only dossier,empty,less --keys 15
"""

import argparse
import math
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, nullcontext
from pathlib import Path
from statistics import median
from typing import NamedTuple

from builds import BenchmarkError
from ground import machine, percentile, table, tell
from manuscript import found, opening, written
from relay import relay
from rivals import ACTS, CACHE, LINE, LINK, PAGE, STEP, Program, absent, dossier, empty, installed, rivals
from seat import Size, size_of
from sshd import Sshd, missing, sshd
from typist import MARK, Answer, Place, Start, started, typist

from dossier.loader.article import load_article

_BUNDLED = Path(__file__).parent.parent.parent / "data" / "nato-seoul-2023.yaml"
_NAMES = ("dossier", "bundled", "empty", "less", "newsboat", "w3m", "visidata", "frogmouth")
_LINES = ((0, 0), (100, 256_000), (300, 256_000))
"""Round trips in milliseconds and bits per second (0: unlimited) of the connections on which ssh is measured."""
_PACKET = 8_192
"""Bytes that ssh sends in one packet; none of them is shown before the last one has arrived."""
_FAR_ACTS, _FAR_KEYS = (STEP, LINE, PAGE, LINK), 10
_KEPT = ("DOSSIER_WIRE", "PYTHONPATH")
"""Environment variables that are passed on to the programs."""


_START_HEAD = ("", "own words: ms", "of empty", "ready for keys: ms", "of empty", "bytes", "MB after the walk")
_KEYS_HEAD = ("", "", "keys", "bytes: median", "of less", "ms: median", "95 %", "processor")
_FAR_HEAD = ("", "own words", *(cell for act in ("step", "line", "page", "link") for cell in (act, "95 %")))


class Started(NamedTuple):
    """The starts of one program, and those with a key typed ahead."""

    plain: list[Start]
    ahead: list[Start]


class Answered(NamedTuple):
    """The answers of one program by act, and its megabytes afterwards."""

    answers: dict[str, list[Answer]]
    memory: float


def main() -> int:
    """Measure, and print the tables."""
    asked = _asked()
    # When the benchmark is ended, so are the programs that it has started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dossier-bench-")))
        try:
            place = Place(environment_in(folder, asked.env), folder / "own")
            programs = _programs(asked, folder, place)
            if asked.ssh and (names := missing()):
                raise BenchmarkError(f"--ssh needs {names}: apt-get install openssh-server")
            tell(machine())
            programs = [program for program in programs if _can_start(program, place)]
            for size in (size_of(words) for words in asked.sizes.split(",")):
                _measure(programs, place, size, asked)
                if asked.ssh:
                    _measure_far(programs, place, size, asked, stack.enter_context(sshd(folder / f"sshd-{size[0]}")))
        except BenchmarkError as trouble:
            tell(str(trouble))
            return 2
    return 0


def _asked() -> argparse.Namespace:
    questions = argparse.ArgumentParser(description="Measure what goes down the line, of the program and of others.")
    questions.add_argument("--sizes", default="80x24,200x50", help="columns and lines (80x24,200x50)")
    questions.add_argument("--only", default=",".join(_NAMES), help=f"programs ({','.join(_NAMES)})")
    questions.add_argument("--keys", type=int, default=30, help="answers of each kind that are wanted (30)")
    questions.add_argument("--starts", type=int, default=3, help="how often each program is started (3)")
    questions.add_argument("--ssh", action="store_true", help="also through a real sshd, on lines of several lengths")
    questions.add_argument("--env", action="append", default=[], metavar="NAME=VALUE", help="for every program")
    questions.add_argument(
        CACHE, type=Path, metavar="FOLDER", help="where visidata and frogmouth are, or are installed"
    )
    return questions.parse_args()


def environment_in(folder: Path, more: Sequence[str] = ()) -> dict[str, str]:
    """Return the environment of every program: nothing of the user's, and all its folders below `folder`."""
    own = {f"XDG_{name}_HOME": str(folder / "own" / name) for name in ("CACHE", "CONFIG", "DATA", "STATE")}
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    if wrong := [words for words in more if "=" not in words]:
        raise BenchmarkError(f"{wrong[0]} is no NAME=VALUE")
    named = dict(words.split("=", 1) for words in more)
    terminal = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "LESSHISTFILE": "-"}
    return {"PATH": os.environ["PATH"], "HOME": str(folder / "own"), **terminal, **own, **kept, **named}


def _programs(asked: argparse.Namespace, folder: Path, place: Place) -> list[Program]:
    wanted = asked.only.split(",")
    if unknown := [name for name in wanted if name not in _NAMES]:
        raise BenchmarkError(f"{unknown[0]} is none of {', '.join(_NAMES)}")
    if asked.cache:
        installed(asked.cache, wanted)
    text = written(folder)
    article, _ = load_article(_BUNDLED)
    if not article:
        raise BenchmarkError(f"{_BUNDLED} is no article")
    (folder / "programs").mkdir()
    programs = [
        dossier("dossier", text.dossier, text.opening, text.found),
        dossier("bundled", _BUNDLED, opening(article), found(article)),
        empty(),
        *rivals(text, asked.cache, folder / "programs", place.environment),
    ]
    for words in absent(asked.cache, wanted):
        tell(words)
    return [program for program in programs if program.name in wanted]


def _can_start(program: Program, place: Place) -> bool:
    """Return whether the program shows its article, and print a message when it does not.

    This also compiles the program's modules before anything is measured.
    """
    try:
        started(program, place, (80, 24))
    except BenchmarkError as trouble:
        tell(f"{program.name} is left out: {trouble}")
        return False
    return True


def _measure(programs: Sequence[Program], place: Place, size: Size, asked: argparse.Namespace) -> None:
    called = f"{size[0]}x{size[1]}"
    starts = started_in_turns(programs, place, size, asked.starts)
    answered = answered_in_turns(programs, place, size, asked.keys, 1)
    table(f"Start at {called}, the median of {asked.starts}", _START_HEAD, _start_rows(starts, answered))
    table(f"Keys at {called}: bytes, and milliseconds to the last of them", _KEYS_HEAD, _key_rows(answered))


def started_in_turns(programs: Sequence[Program], place: Place, size: Size, times: int) -> dict[str, Started]:
    """Return the starts of each program. They take turns, so that other work of the machine affects all of them."""
    found = {program.name: Started([], []) for program in programs}
    for program in [*programs] * times:
        one = found[program.name]
        one.plain.append(started(program, place, size))
        if program.ready:
            one.ahead.append(started(program, place, size, program.ready, one.plain[-1].picture))
    return found


def answered_in_turns(
    programs: Sequence[Program], place: Place, size: Size, keys: int, turns: int
) -> dict[str, Answered]:
    """Return the answers of each program, at most `keys` of each act. Each is started `turns` times, in turns."""
    found = {program.name: Answered({act.name: [] for act in program.acts}, math.nan) for program in programs}
    for program in [*programs] * turns:
        began = time.monotonic()
        with typist(program, place, size) as at:
            answers = found[program.name].answers
            for act in program.acts:
                answers[act.name] += at.answers(act, math.ceil(keys / turns))
            found[program.name] = Answered(answers, at.memory())
        tell(f"{program.name} at {size[0]}x{size[1]} in {time.monotonic() - began:.0f} s")
    return found


def _start_rows(starts: Mapping[str, Started], answered: Mapping[str, Answered]) -> Iterator[tuple[object, ...]]:
    least = median(one.words for one in starts["empty"].plain) if "empty" in starts else math.nan
    for name, one in starts.items():
        words = median(start.words for start in one.plain)
        # A program that shows the same with the key as without it has lost the key.
        still = one.plain[-1].picture
        shown = [start.whole if start.picture != still else math.inf for start in one.ahead]
        ready = median(shown) if shown else words
        size = int(median(start.bytes for start in one.plain))
        yield name, words, words / least, ready, ready / least, size, answered[name].memory


def _key_rows(answered: Mapping[str, Answered]) -> Iterator[tuple[object, ...]]:
    for act in ACTS:
        done = {name: one.answers[act] for name, one in answered.items() if one.answers.get(act)}
        least = median(answer.bytes for answer in done["less"]) if "less" in done else math.nan
        for name, answers in done.items():
            middle = median(answer.bytes for answer in answers)
            first = act if name == next(iter(done)) else ""
            spent = [answer.milliseconds for answer in answers]
            used = median(answer.processor for answer in answers)
            yield first, name, len(answers), int(middle), middle / least, median(spent), percentile(spent, 95), used


def _measure_far(
    programs: Sequence[Program], place: Place, size: Size, asked: argparse.Namespace, server: Sshd
) -> None:
    for rtt, bits in _LINES:
        rows = []
        began = time.monotonic()
        with relay(server.port, rtt, bits) if rtt else nullcontext(server) as led:
            for program in programs:
                far = _far(program, server, place, led.port)
                own = {"PATH": os.environ["PATH"], "TERM": "xterm-256color"}
                here = Place(own, place.own, rtt / 1000, 8 * _PACKET / bits if bits else 0, True)
                words = [started(far, here, size).words for _ in range(min(3, asked.starts))]
                with typist(far, here, size) as at:
                    acts = (act for act in program.acts if act.name in _FAR_ACTS)
                    answers = {act.name: at.answers(act, min(_FAR_KEYS, asked.keys)) for act in acts}
                rows.append((program.name, median(words), *_far_figures(answers)))
        line = f"{rtt} ms there and back, {bits // 1000} kbit/s" if rtt else "no delay"
        tell(f"{line} at {size[0]}x{size[1]} in {time.monotonic() - began:.0f} s")
        table(f"Through ssh at {size[0]}x{size[1]}, {line}: milliseconds", _FAR_HEAD, rows)


def _far(program: Program, server: Sshd, place: Place, port: int) -> Program:
    """Return the same program at the remote end of the connection."""
    start = f'cd "$1"; shift; printf {MARK.decode()}; exec "$@"'
    words = ("sh", "-c", start, "sh", str(Path.cwd()), *program.command)
    return program._replace(command=tuple(server.command(words, place.environment, port)))


def _far_figures(answers: Mapping[str, Sequence[Answer]]) -> Iterator[float | None]:
    for act in _FAR_ACTS:
        spent = [answer.milliseconds for answer in answers.get(act, ())]
        yield median(spent) if spent else None
        yield percentile(spent, 95) if spent else None


if __name__ == "__main__":
    moment = time.monotonic()
    status = main()
    tell(f"in {time.monotonic() - moment:.0f} s")
    sys.exit(status)
