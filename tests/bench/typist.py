"""Somebody who presses the keys of a program one after the other, and notes what follows each.

Decided here: an answer ends with the last byte before so long a silence as no picture has within it. Whether the text
has moved is told by the text alone, in a part of the screen where every program that is measured has text and nothing
else: right of the marks at its edge, left of what stands beside it, and clear of head and foot.
"""

import math
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from ground import BenchmarkError
from rivals import Act, Program, Wanted
from seat import Burst, Emulator, Screening, Seat, Size, seat

_SILENCE, _REST = 0.06, 1.0
"""Seconds without a byte that end an answer; that end a start, since who paints early may load for a while before it
has more to say."""
_PATIENCE, _SHORT, _OPENING, _LATE = 0.5, 0.18, 15.0, 4.0
"""Seconds in which a key is answered, where it is; in which one is that is not measured; in which a program shows its
article; and in which a key that was typed ahead is answered after that."""
_UNANSWERED = 6
"""Keys without an answer, one after the other, that show that there is nothing left to do."""
_ENOUGH = 3
"""How many keys are pressed at most, for each answer that is wanted."""
_EDGE, _HEAD, _FOOT, _SHARE = 8, 3, 8, 0.4
"""Columns and rows that are not looked at, and how much of the width is, to see whether the text has moved."""


MARK = b"."
"""What tells, at the far end of a line, that a program is about to be started."""


class Place(NamedTuple):
    """Where a program runs: its environment, the folder that is emptied before each start, seconds that the way there
    and back takes and those by which bytes that belong together may come apart on it; whether a mark comes ahead of the
    program's own bytes when it is started."""

    environment: dict[str, str]
    own: Path
    way: float = 0.0
    gap: float = 0.0
    is_marked: bool = False


class Start(NamedTuple):
    """Milliseconds till the article's words were there and till the last picture was (infinite: never), the bytes till
    then, and that picture."""

    words: float
    whole: float
    bytes: int
    picture: object


class Answer(NamedTuple):
    """Bytes that followed a key, milliseconds to the last one (nan: there was none), and whether the text moved, where
    that is asked."""

    bytes: int
    milliseconds: float
    has_moved: bool


class Typist:
    """At a program that shows its article."""

    def __init__(self, at: Seat, place: Place) -> None:
        self._seat, self._place = at, place
        # What the screen has not taken in yet: it is only looked at where that tells something.
        self._unseen: list[Burst] = []

    def answers(self, act: Act, wanted: int) -> list[Answer]:
        """The answers that count of this act: as many as are wanted, or as many as there are."""
        found: list[Answer] = []
        unanswered = pressed = 0
        for place, press in cycle(enumerate(act.round)):
            is_over = place == 0 and pressed and not found
            if len(found) == wanted or pressed == wanted * _ENOUGH or unanswered == _UNANSWERED or is_over:
                break
            keys = press.keys * (self._seat.screen.lines if press.is_to_edge else 1)
            tells_move = press.is_measured and act.wanted is not Wanted.ANY
            answer = self._answer(keys, _PATIENCE if press.is_measured else _SHORT, tells_move)
            if press.is_measured:
                pressed += 1
                unanswered = 0 if answer.bytes else unanswered + 1
                if answer.bytes and (act.wanted is Wanted.ANY or (act.wanted is Wanted.MOVED) == answer.has_moved):
                    found.append(answer)
        return found

    def memory(self) -> float:
        """Megabytes of the program that are in memory (VmRSS); nan where the system does not tell."""
        with suppress(OSError):
            for line in Path(f"/proc/{self._seat.process}/status").read_text("ascii", "replace").splitlines():
                if line.startswith("VmRSS:"):
                    return int(line.split()[1]) / 1024
        return math.nan

    def _answer(self, keys: str, patience: float, tells_move: bool) -> Answer:
        # What comes late is of no answer.
        self._unseen += self._seat.bursts(0, 0)
        before = self._text() if tells_move else []
        began = self._seat.press(keys)
        bursts = self._seat.bursts(_SILENCE + self._place.gap, patience + 2 * self._place.way)
        self._unseen += bursts
        after = self._text() if tells_move else []
        changed = [old != new for old, new in zip(before, after, strict=True) if old or new]
        ended = 1000 * (bursts[-1].moment - began) if bursts else math.nan
        return Answer(sum(len(burst.data) for burst in bursts), ended, 2 * sum(changed) > len(changed))

    def _text(self) -> list[str]:
        self._seat.look(self._unseen)
        self._unseen.clear()
        return _text(self._seat.screen)


@contextmanager
def typist(program: Program, place: Place, size: Size) -> Iterator[Typist]:
    """Start the program and wait for its article. Raises BenchmarkError where that does not come."""
    with _opened(program, place, size) as at:
        at.press(program.typed)
        _settled(at, program, place)
        yield Typist(at, place)


def started(program: Program, place: Place, size: Size, ahead: str = "", still: object = None) -> Start:
    """Start the program with these keys typed ahead, and time it; it has time to show another picture than `still`.
    Raises BenchmarkError where its article does not come."""
    with _opened(program, place, size) as at:
        if keys := program.typed + ahead:
            at.press(keys)
        bursts = _settled(at, program, place)
        while ahead and at.picture == still and (more := at.bursts(_REST, _LATE)):
            at.look(more)
            bursts += more
    began = at.began
    if place.is_marked:
        # What was typed ahead may have been echoed before.
        mark = next(number for number, burst in enumerate(bursts) if MARK in burst.data)
        began, first = bursts[mark].moment, bursts[mark].data.partition(MARK)[2]
        bursts = [bursts[mark]._replace(data=first), *bursts[mark + 1 :]]
    return _timed(bursts, began, size, program.opening)


@contextmanager
def _opened(program: Program, place: Place, size: Size) -> Iterator[Seat]:
    shutil.rmtree(place.own, ignore_errors=True)
    place.own.mkdir(exist_ok=True)
    with seat(program.command, place.environment, size) as at:
        yield at


def _settled(at: Seat, program: Program, place: Place) -> list[Burst]:
    """What came until the program shows its article and has come to rest."""
    found: list[Burst] = []
    while True:
        bursts = at.bursts(_REST + place.way + place.gap, _OPENING if not _shows(at.screen, program.opening) else 0)
        found += bursts
        at.look(bursts)
        if _shows(at.screen, program.opening):
            return found
        if not bursts:
            raise BenchmarkError(f"{program.name} does not show its article; its screen is:\n{at.text}")


def _timed(bursts: list[Burst], began: float, size: Size, opening: str) -> Start:
    again = Screening(size)
    words, pictures = math.inf, list[object]()
    for burst in bursts:
        again.look([burst])
        pictures.append(again.picture)
        if words == math.inf and _shows(again.screen, opening):
            words = 1000 * (burst.moment - began)
    # From the last picture backwards to the first that is like it.
    last = next((at for at in range(len(pictures) - 1, 0, -1) if pictures[at - 1] != pictures[-1]), 0)
    whole = 1000 * (bursts[last].moment - began)
    return Start(words, whole, sum(len(burst.data) for burst in bursts), pictures[-1])


def _shows(screen: Emulator, opening: str) -> bool:
    return opening in " ".join(" ".join(screen.display).split())


def _text(screen: Emulator) -> list[str]:
    rows = range(_HEAD, max(_HEAD + 1, screen.lines - _FOOT))
    columns = range(_EDGE, max(_EDGE + 1, int(screen.columns * _SHARE)))
    return ["".join(screen.buffer[row][column].data for column in columns).strip() for row in rows]
