"""The measurements of an open article for the table of figures: its first words, and the keys."""

import math
import tempfile
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from builds import Build
from figure_rows import Figure, Peer, Target
from ground import percentile, tell
from instructions import bundled, count_first, count_next, missing
from line import Answered, answered_in_turns, environment_in
from manuscript import written
from measurements import Measured, pair
from rivals import (
    ENTRY,
    FIRST_LETTER,
    JUMP,
    LETTER,
    LINE,
    LINK,
    LISTED,
    MARGINS,
    NEW_PAGE,
    PAGE,
    PANE,
    Program,
    dossier,
    empty,
    rivals,
)
from seat import Size, size_of
from typist import Place

_WORDS = Target(0.40)
_TIMED = (PAGE, NEW_PAGE, LINK, JUMP, PANE, FIRST_LETTER, LETTER)
_ACTS = (LINE, MARGINS, *_TIMED, ENTRY)
_WIDE, _NARROW = (200, 50), (80, 24)
_MEDIAN, _LATE = Target(8), Target(20)
_BYTES = {
    (LINE, _WIDE): Target(2_500),
    (MARGINS, _WIDE): Target(2_500),
    (ENTRY, _NARROW): Target(250),
    (ENTRY, _WIDE): Target(750),
}
_PEERS = ("less", "newsboat")
_TURNS = 2
"""How often each program is started for its keys."""


def measure_words(builds: Sequence[Build], asked: Namespace) -> Measured:
    """Measure the start to an article's first words, as a share of that of an empty Textual program."""
    figures = list[Figure]()
    with tempfile.TemporaryDirectory(prefix="dossier-bench-") as temporary:
        folder = Path(temporary)
        place = Place(environment_in(folder), folder / "own")
        own = [bundled(build) for build in builds]
        for words in asked.sizes.split(","):
            figures += _counted(own, place, size_of(words), words)
    return Measured(figures, [])


def _counted(own: Sequence[Program], place: Place, size: Size, words: str) -> Iterator[Figure]:
    why = missing()
    bare = math.nan if why else count_first(empty(), place, size)
    for opening, count in (("first opening", count_first), ("next opening", count_next)):
        tell(f"instructions of the {opening} at {words}")
        shares = [math.nan if why else count(program, place, size) / bare for program in own]
        yield Figure(f"first words, {words}, {opening}", "instructions, of empty", *pair(shares), _WORDS, why)


def measure_keys(builds: Sequence[Build], asked: Namespace) -> Measured:
    """Measure time and bytes of the answers to keys, and those of pagers."""
    figures, peers = list[Figure](), list[Peer]()
    with tempfile.TemporaryDirectory(prefix="dossier-bench-") as temporary:
        folder = Path(temporary)
        place = Place(environment_in(folder), folder / "own")
        text = written(folder)
        (folder / "programs").mkdir()
        # Lists are those of an ordinary article, in which each step does not lead to quite another page of the text.
        whole = [dossier(build.name, text.dossier, text.opening, text.found, build) for build in builds]
        own = [_with_acts(program, tuple(act.name for act in program.acts if act.name != ENTRY)) for program in whole]
        lists = [_with_acts(bundled(build), (ENTRY,)) for build in builds]
        within = [_with_acts(program, (LINE,))._replace(has_margins=True) for program in whole]
        others = rivals(text, None, folder / "programs", place.environment)
        programs = [*own, *(other for other in others if other.name in _PEERS)]
        for words in asked.sizes.split(","):
            size = size_of(words)
            answered = answered_in_turns(programs, place, size, asked.keys, _TURNS)
            for name, one in answered_in_turns(lists, place, size, max(asked.keys, _TURNS * LISTED), _TURNS).items():
                answered[name].answers.update(one.answers)
            for name, one in answered_in_turns(within, place, size, asked.keys, _TURNS).items():
                answered[name].answers[MARGINS] = one.answers[LINE]
            figures += key_figures([answered[program.name] for program in own], size)
            peers += key_peers(
                answered[own[-1].name], {name: answered[name] for name in _PEERS if name in answered}, size
            )
    return Measured(figures, peers)


def _with_acts(program: Program, names: Sequence[str]) -> Program:
    return program._replace(acts=tuple(act for act in program.acts if act.name in names))


def key_figures(answered: Sequence[Answered], size: Size) -> Iterator[Figure]:
    """Yield the figures of the keys of each build at a size."""
    for act in _ACTS:
        every = [one.answers[act] for one in answered]
        called = f"{act}, {size[0]}x{size[1]}"
        times = [[answer.milliseconds for answer in answers] for answers in every]
        is_limited = size == _WIDE and act in _TIMED
        middle, late = (_MEDIAN, _LATE) if is_limited else (None, None)
        yield Figure(f"{called}, median", "ms", *pair([percentile(each, 50) for each in times]), middle)
        yield Figure(f"{called}, 95 %", "ms", *pair([percentile(each, 95) for each in times]), late)
        used = [percentile((answer.processor for answer in answers), 50) for answers in every]
        yield Figure(f"{called}, median", "processor ms", *pair(used))
        sent = [percentile((answer.bytes for answer in answers), 50) for answers in every]
        yield Figure(f"{called}, median", "bytes", *pair(sent), _BYTES.get((act, size)))


def key_peers(now: Answered, others: Mapping[str, Answered], size: Size) -> Iterator[Peer]:
    """Yield the figures of the keys that other programs have, too."""
    for name, other in others.items():
        for act in (LINE, PAGE, LETTER):
            if not (now.answers.get(act) and other.answers.get(act)):
                continue
            called, left_out = f"{act}, {size[0]}x{size[1]}, median", "other panes, lighting"
            for unit, value in (("bytes", "bytes"), ("ms", "milliseconds")):
                own, its = (median(getattr(answer, value) for answer in one.answers[act]) for one in (now, other))
                yield Peer(called, unit, own, name, its, left_out)
