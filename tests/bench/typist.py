"""A user who presses the keys of a program one after the other, and records what follows each.

An answer ends with the last byte before a silence longer than any within a frame. Whether the text has moved is told
from the text alone, in a part of the screen where all measured programs show only text: right of the marks at its edge,
left of what is beside it, and clear of head and foot.
"""

import math
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from builds import BenchmarkError
from process_costs import megabytes, own_milliseconds
from rivals import Act, Program, Wanted
from seat import Burst, Emulator, Screening, Seat, Size, seat

_SILENCE, _REST = 0.06, 1.0
"""Seconds without a byte that end an answer, and a start.

A start takes longer, since a program that paints early may load for a while before it sends more.
"""
_PATIENCE, _SHORT, _OPENING, _LATE = 0.5, 0.18, 15.0, 4.0
"""Seconds to wait for four kinds of answers.

They are those to a key, to a key that is not measured, to a start (the article), and to a key typed ahead after a
start.
"""
_UNANSWERED = 6
"""Number of keys in succession without an answer which show that there is nothing left to do."""
_ENOUGH = 3
"""Maximum number of keys that are pressed for each answer that is wanted."""
_EDGE, _HEAD, _FOOT, _SHARE = 8, 3, 8, 0.4
"""Columns and rows that are ignored, and the part of the width that is compared, to see whether the text has moved."""


MARK = b"."
"""Byte that tells, at the remote end, that a program is about to be started."""


class Place(NamedTuple):
    """Where a program runs.

    It has its environment, the folder that is emptied before each start, the seconds of a round trip and those within
    which bytes that belong together arrive, and whether a mark precedes the program's own output when it is started.
    """

    environment: dict[str, str]
    own: Path
    way: float = 0.0
    gap: float = 0.0
    is_marked: bool = False


class Start(NamedTuple):
    """Milliseconds until the article's words were shown and until the last frame was (infinite: never).

    It also has the bytes until then, and that screen.
    """

    words: float
    whole: float
    bytes: int
    picture: object


class Answer(NamedTuple):
    """What followed a key: bytes, milliseconds to the last one (nan: none came), and whether the text moved.

    `processor` has the milliseconds of processor time until then and during the silence after it.
    """

    bytes: int
    milliseconds: float
    has_moved: bool
    processor: float


class Typist:
    """The user of a program that shows its article."""

    def __init__(self, at: Seat, place: Place) -> None:
        self._seat, self._place = at, place
        # Bytes not yet applied to the screen: this is done only where the screen is needed.
        self._unseen: list[Burst] = []

    def answers(self, act: Act, wanted: int) -> list[Answer]:
        """Return the answers of this act that count, at most as many as are wanted."""
        found: list[Answer] = []
        unanswered = pressed = 0
        for place, press in cycle(enumerate(act.round)):
            is_over = place == 0 and pressed and not found
            if len(found) == wanted or pressed == wanted * _ENOUGH or unanswered == _UNANSWERED or is_over:
                break
            keys = press.keys * (self._seat.screen.lines if press.is_to_edge else 1)
            tells_move = press.is_measured and act.wanted is not Wanted.ANY
            answer = self._answer(keys, act.rest, _PATIENCE if press.is_measured else _SHORT, tells_move)
            if press.is_measured:
                pressed += 1
                unanswered = 0 if answer.bytes else unanswered + 1
                if answer.bytes and (act.wanted is Wanted.ANY or (act.wanted is Wanted.MOVED) == answer.has_moved):
                    found.append(answer)
        return found

    def memory(self) -> float:
        """Return the memory of the program in megabytes (VmRSS)."""
        return megabytes(self._seat.process, "VmRSS")

    def _answer(self, keys: str, rest: float, patience: float, tells_move: bool) -> Answer:
        # Bytes that come late belong to no answer.
        self._unseen += self._seat.bursts(0, 0)
        before = self._text() if tells_move else []
        used = own_milliseconds(self._seat.process)
        began = self._seat.press(keys)
        bursts = self._seat.bursts(_SILENCE + self._place.gap + rest, patience + 2 * self._place.way)
        used = own_milliseconds(self._seat.process) - used
        self._unseen += bursts
        after = self._text() if tells_move else []
        changed = [old != new for old, new in zip(before, after, strict=True) if old or new]
        ended = 1000 * (bursts[-1].moment - began) if bursts else math.nan
        return Answer(sum(len(burst.data) for burst in bursts), ended, 2 * sum(changed) > len(changed), used)

    def _text(self) -> list[str]:
        self._seat.look(self._unseen)
        self._unseen.clear()
        return _text(self._seat.screen)


@contextmanager
def typist(program: Program, place: Place, size: Size) -> Iterator[Typist]:
    """Start the program and wait for its article. Raises BenchmarkError when that does not appear."""
    with _opened(program, place, size) as at:
        at.press(program.typed)
        _settled(at, program, place)
        yield Typist(at, place)


def started(program: Program, place: Place, size: Size, ahead: str = "", still: object = None) -> Start:
    """Start the program with these keys typed ahead, and time it.

    It is given time to show another screen than `still`. Raises BenchmarkError when its article does not appear.
    """
    with _opened(program, place, size) as at:
        if keys := program.typed + ahead:
            at.press(keys)
        bursts = _settled(at, program, place)
        while ahead and at.picture == still and (more := at.bursts(_REST, _LATE)):
            at.look(more)
            bursts += more
    began = at.began
    if place.is_marked:
        # Keys typed ahead may have been echoed before.
        mark = next(number for number, burst in enumerate(bursts) if MARK in burst.data)
        began, first = bursts[mark].moment, bursts[mark].data.partition(MARK)[2]
        bursts = [bursts[mark]._replace(data=first), *bursts[mark + 1 :]]
    return _timed(bursts, began, size, program.opening)


@contextmanager
def _opened(program: Program, place: Place, size: Size) -> Iterator[Seat]:
    shutil.rmtree(place.own, ignore_errors=True)
    place.own.mkdir(exist_ok=True)
    with seat(program.command, {**place.environment, **program.environment}, size, program.has_margins) as at:
        yield at


def _settled(at: Seat, program: Program, place: Place) -> list[Burst]:
    """Return what came until the program has shown its article and has settled."""
    found: list[Burst] = []
    while True:
        bursts = at.bursts(_REST + place.way + place.gap, _OPENING if not shows(at.screen, program.opening) else 0)
        found += bursts
        at.look(bursts)
        if shows(at.screen, program.opening):
            return found
        if not bursts:
            raise BenchmarkError(f"{program.name} does not show its article; its screen is:\n{at.text}")


def _timed(bursts: list[Burst], began: float, size: Size, opening: str) -> Start:
    again = Screening(size)
    words, pictures = math.inf, list[object]()
    for burst in bursts:
        again.look([burst])
        pictures.append(again.picture)
        if words == math.inf and shows(again.screen, opening):
            words = 1000 * (burst.moment - began)
    # Go backwards from the last screen to the first that is equal to it.
    last = next((at for at in range(len(pictures) - 1, 0, -1) if pictures[at - 1] != pictures[-1]), 0)
    whole = 1000 * (bursts[last].moment - began)
    return Start(words, whole, sum(len(burst.data) for burst in bursts), pictures[-1])


def shows(screen: Emulator, opening: str) -> bool:
    """Return whether these words are on the screen."""
    return opening in " ".join(" ".join(screen.display).split())


def _text(screen: Emulator) -> list[str]:
    rows = range(_HEAD, max(_HEAD + 1, screen.lines - _FOOT))
    columns = range(_EDGE, max(_EDGE + 1, int(screen.columns * _SHARE)))
    return ["".join(screen.buffer[row][column].data for column in columns).strip() for row in rows]
