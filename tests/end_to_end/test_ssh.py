"""Tests of the program over a real SSH connection: a session, also with a slow connection, and a lost connection.

An emulator shows what ssh outputs. A screen counts once its frame has arrived completely.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import cached_property
from pathlib import Path

import pyte
import pytest
from processes import at_home
from reader import NATO
from relay import Relay, relay
from rooms import DATA
from seat import Seat, Size, seat
from sshd import Sshd, missing, sshd
from terminals import Screen, is_chosen
from test_walk_in_terminal import (
    EVIDENCE,
    LINKS,
    PARK,
    check_hits,
    check_panes,
    check_strip,
    counts_hits,
    cursor_row,
)
from waiting import PATIENCE, until

_NEEDED = "sshd" in os.environ.get("DOSSIER_NEEDS", "").split()
_ABSENT = missing()

pytestmark = [
    pytest.mark.sshd,
    pytest.mark.skipif(bool(_ABSENT) and not _NEEDED, reason=f"missing: {_ABSENT}"),
]
tells_processes = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="no /proc that tells of processes")

BEGUN, ENDED = b"\x1b[?2026h", b"\x1b[?2026l"
"""The sequences around every frame that the program sends."""
NARROW, WIDE = (80, 24), (200, 50)
KILOBITS = 256_000


class Picture(Screen):
    """The present screen of the emulator."""

    def __init__(self, shown: pyte.Screen) -> None:
        self._screen = shown
        self.captured = ""
        self.rows = tuple(row.rstrip() for row in shown.display)

    @cached_property
    def picture(self) -> tuple[tuple[pyte.screens.Char, ...], ...]:  # type: ignore[override]
        shown = self._screen
        return tuple(tuple(self.cell(row, at) for at in range(shown.columns)) for row in range(shown.lines))

    @property
    def chosen(self) -> str:
        """The text under the cursor, without blanks."""
        rows = range(1, len(self.rows))
        return "".join(cell.data for row in rows for cell in self.cells(row) if is_chosen(cell))


class Desk:
    """A user at this end of the connection."""

    def __init__(self, at: Seat) -> None:
        self.seat, self._sent = at, b""

    def type(self, keys: str) -> None:
        self.seat.press(keys)

    def wait(self, expected: Callable[[Picture], bool]) -> Picture:
        """Return the screen once it is as expected and no part of a frame is still to come."""

        def is_there() -> bool:
            bursts = self.seat.bursts(0, 0.1)
            self.seat.look(bursts)
            self._sent += b"".join(burst.data for burst in bursts)
            return self._sent.rfind(BEGUN) <= self._sent.rfind(ENDED) and expected(Picture(self.seat.screen))

        until(is_there, lambda: f"the screen is now:\n{self.seat.text}")
        return Picture(self.seat.screen)


class House:
    """The remote machine: its sshd, and the environment in which the program runs there."""

    def __init__(self, server: Sshd, folder: Path) -> None:
        self._server, self._folder = server, folder
        own = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CACHE", "CONFIG", "DATA", "STATE")}
        terminal = {"TERM": "xterm-256color", "LANG": "C.UTF-8"}
        self._environment = {"PATH": os.environ["PATH"], "HOME": str(folder), **terminal, **own}

    @property
    def port(self) -> int:
        return self._server.port

    @contextmanager
    def desk(self, *arguments: str, size: Size = NARROW, line: Relay | None = None) -> Iterator[Desk]:
        """Open a terminal with the program on it, which prints its exit status at the end."""
        ended = 'cd "$HOME"; "$@"; echo "ended with $?"'
        words = ["sh", "-c", ended, "sh", sys.executable, "-m", "dossier", *arguments]
        command = self._server.command(words, self._environment, line.port if line else 0)
        here = {"PATH": os.environ["PATH"], "TERM": "xterm-256color"}
        with seat(command, here, size) as taken:
            yield Desk(taken)

    def processes(self) -> Mapping[int, str]:
        """Return the command lines of the program on the remote side, and of all processes that it has started."""
        return at_home(self._folder)

    def empties(self) -> None:
        """Wait until none of its processes runs any longer."""
        until(lambda: not self.processes(), lambda: str(self.processes()))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    with sshd(tmp_path_factory.mktemp("ssh") / "sshd") as started:
        yield started


@pytest.fixture
def house(server: Sshd, tmp_path: Path) -> House:
    return House(server, tmp_path)


@contextmanager
def line(house: House, rtt: int) -> Iterator[Relay | None]:
    """Open a narrow line with this round trip in milliseconds, or none when it is 0."""
    with relay(house.port, rtt, KILOBITS) if rtt else nullcontext() as led:
        yield led


@pytest.mark.parametrize("size", [NARROW, WIDE])
@pytest.mark.parametrize("rtt", [0, 100, 300])
def test_the_walk(house: House, size: Size, rtt: int) -> None:
    with line(house, rtt) as led, house.desk(size=size, line=led) as desk:
        screen = desk.wait(lambda screen: "1/27" in screen.text)
        assert "NATO takes up" in screen.rows[cursor_row(screen)]
        a_person_lights_what_is_linked_to_him(desk, is_wide=size == WIDE)
        a_quote_leads_to_its_words_and_back(desk)
        find_marks_every_hit(desk, range(1, size[1] - 1 if size == WIDE else size[1] - 6))
        desk.type("q")
        screen = desk.wait(lambda screen: "ended with 0" in screen.text)
        assert screen.text.split() == ["ended", "with", "0"]
        assert not desk.seat.screen.cursor.hidden


def a_person_lights_what_is_linked_to_him(desk: Desk, is_wide: bool) -> None:
    desk.type("\tj")
    screen = desk.wait(lambda screen: "2/30" in screen.text)
    assert "Park Jin" in screen.rows[cursor_row(screen)]
    (check_panes if is_wide else check_strip)(screen, LINKS.find_highlighted((PARK,)))


def a_quote_leads_to_its_words_and_back(desk: Desk) -> None:
    desk.type("\t7j")
    before = desk.wait(lambda screen: "8/9" in screen.text)
    desk.type("\r")
    screen = desk.wait(lambda screen: "¶12" in screen.rows[-1])
    assert EVIDENCE in screen.rows[cursor_row(screen)]
    assert screen.chosen == EVIDENCE.replace(" ", "")
    desk.type("\x7f")
    assert desk.wait(lambda screen: "8/9" in screen.text).picture == before.picture


def find_marks_every_hit(desk: Desk, rows: range) -> None:
    before = desk.wait(lambda screen: "8/9" in screen.text)
    desk.type("/missiles")
    check_hits(desk.wait(counts_hits), rows)
    desk.type("\x1b")
    assert desk.wait(lambda screen: "missiles" not in screen.rows[-1]).picture == before.picture


def at_the_evidence(desk: Desk) -> Picture:
    """Follow a quote to its words in the bundled article."""
    desk.wait(lambda screen: "1/27" in screen.text)
    desk.type("\t\t7j\r")
    return desk.wait(lambda screen: screen.chosen == EVIDENCE.replace(" ", ""))


Cut = Callable[[Desk, Relay], None]


def end_ssh(desk: Desk, led: Relay) -> None:
    os.kill(desk.seat.process, signal.SIGKILL)


def drop_line(desk: Desk, led: Relay) -> None:
    led.drop()


@tells_processes
@pytest.mark.parametrize("cut", [end_ssh, drop_line])
def test_a_line_that_is_cut_leaves_nothing_running(house: House, cut: Cut) -> None:
    with relay(house.port, 0) as led, house.desk(str(NATO), line=led) as desk:
        at_the_evidence(desk)
        assert any("dossier" in words for words in house.processes().values())
        cut(desk, led)
        house.empties()


@tells_processes
@pytest.mark.parametrize("cut", [end_ssh, drop_line])
def test_nor_does_a_library_whose_index_is_being_made(house: House, cut: Cut) -> None:
    with relay(house.port, 0) as led, house.desk(str(DATA / "port-arlen"), line=led) as desk:
        desk.wait(lambda screen: "Library" in screen.text)
        assert house.processes()
        cut(desk, led)
        house.empties()


@tells_processes
def test_a_line_that_is_cut_while_the_first_picture_is_on_its_way(house: House) -> None:
    with relay(house.port, 300, KILOBITS) as led, house.desk(str(DATA / "port-arlen"), size=WIDE, line=led) as desk:
        assert desk.seat.bursts(0, PATIENCE)
        led.drop()
        house.empties()


@tells_processes
@pytest.mark.parametrize("cut", [end_ssh, drop_line])
def test_opened_again_it_is_where_it_was_left(house: House, cut: Cut) -> None:
    with relay(house.port, 0) as led, house.desk(line=led) as desk:
        left = at_the_evidence(desk)
        cut(desk, led)
        house.empties()
    with house.desk() as desk:
        # The last line has the first message, and comes last.
        screen = desk.wait(lambda screen: screen.rows[-1].startswith(" sample: "))
        assert screen.chosen == EVIDENCE.replace(" ", "")
        assert screen.picture[:-1] == left.picture[:-1]
        desk.type("\x7f")
        desk.wait(lambda screen: "8/9" in screen.text)


@tells_processes
def test_a_find_goes_on_where_the_line_was_cut(house: House) -> None:
    with relay(house.port, 0) as led, house.desk(line=led) as desk:
        desk.wait(lambda screen: "1/27" in screen.text)
        desk.type("/missiles\r")
        desk.wait(lambda screen: "1 of" in screen.rows[-1])
        led.drop()
        house.empties()
    with house.desk() as desk:
        desk.wait(lambda screen: "NATO" in screen.text)
        desk.type("n")
        desk.wait(lambda screen: "2 of" in screen.rows[-1])


@tells_processes
def test_and_afresh_when_asked_for(house: House) -> None:
    with relay(house.port, 0) as led, house.desk(line=led) as desk:
        at_the_evidence(desk)
        led.drop()
        house.empties()
    with house.desk("--fresh") as desk:
        screen = desk.wait(lambda screen: "1/27" in screen.text)
        assert "NATO takes up" in screen.rows[cursor_row(screen)]
