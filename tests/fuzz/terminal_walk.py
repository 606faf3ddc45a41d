"""Press random keys in the program in a real terminal, paste into it, point at it and change the size.

PYTHONPATH=tests:tests/fuzz python tests/fuzz/terminal_walk.py 1000 1 2

The first number is how many keys are pressed for each of the seeds that follow: odd ones walk through the bundled
article, even ones through the tutorial library. After every fifty keys the program has to run, and Ctrl+L, which sends
the whole screen again, must change nothing of what is shown. At the end `q` leaves the program, and the shell is as it
was. Commands that leave the screen start programs that do nothing; outside of the walk's folder nothing is written.
"""

import os
import random
import re
import sys
import tempfile
import termios
import time
from pathlib import Path

import confined
from key_walk import CHARACTERS, TYPED
from terminals import Screen, Terminal, terminal

from dossier.ui.commands import COMMANDS

_ROUND = 50
_NAMED = {
    **{"enter": "\r", "escape": "\x1b", "tab": "\t", "backspace": "\x7f", "space": " ", "shift+tab": "\x1b[Z"},
    **{"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F"},
    **{"pageup": "\x1b[5~", "pagedown": "\x1b[6~", "delete": "\x1b[3~"},
    **{"alt+b": "\x1bb", "alt+f": "\x1bf", "f1": "\x1bOP"},
}
_PASTED = ("toll", "two\rlines\r", "\x1b[31mred\x07", "a\u202eb\x08c", "x" * 3000, "👩\u200d🚀 한국", "")
_REPORTS = ("\x1b[<0;{x};{y}M", "\x1b[<0;{x};{y}m", "\x1b[<64;{x};{y}M", "\x1b[<35;{x};{y}M", "\x1b[M !!", "\x1b[I")
_SIZES = ((1, 1), (2, 1), (1, 50), (200, 1), (13, 5), (40, 12), (80, 24), (99, 30), (100, 30), (140, 40), (200, 50))
_ENDING = ("\x03", "q")
_LEFT_OUT = {*_ENDING, "Q", "Z"}
_SUSPENDS = "\x1a"
_ENDS, _STOPPED = re.compile(r"ended with (\d+)"), "148"
"""How the shell tells the exit status, and what it is for a program that is suspended."""
_STAND_INS = {"EDITOR": "true", "VISUAL": "true", "PAGER": "cat", "BROWSER": "true"}


def send_of(key: str) -> str:
    """Return what a terminal sends for a key, given by its name in the table of commands."""
    if key in _NAMED:
        return _NAMED[key]
    if key.startswith("ctrl+"):
        return chr(ord(key[-1]) & 31)
    return CHARACTERS.get(key, key)


def list_sent() -> tuple[str, ...]:
    """Return what is sent for every key of every command, for keys of the line editor, and for what can be typed."""
    keys = {send_of(key) for command in COMMANDS for key in (*command.keys, *command.also)}
    edited = map(send_of, ("delete", "alt+b", "alt+f", "ctrl+u", "ctrl+w", "ctrl+a", "ctrl+k"))
    return tuple(sorted({*keys, *edited, *CHARACTERS.values()} - _LEFT_OUT))


def is_read_in_lines(terminal: str) -> bool:
    """Return whether the terminal gives its program whole lines, as one does that no program has changed."""
    line = os.open(terminal, os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
    try:
        return bool(termios.tcgetattr(line)[3] & termios.ICANON)
    finally:
        os.close(line)


class TerminalWalk:
    """A walk through the program in a terminal.

    `trail` is what was sent, and `ends` how often the command to quit was found among the commands and run.
    """

    def __init__(self, desk: Terminal, seed: int, opened: str) -> None:
        self._desk, self._chance, self._sent, self._opened = desk, random.Random(seed), list_sent(), opened
        self._shell = desk.state("pane_current_command")
        self.pressed, self.ends = 0, 0
        self.trail: list[str] = []

    def go(self, number: int) -> None:
        """Press so many keys."""
        while self.pressed < number:
            goal = min(number, self.pressed + _ROUND)
            while self.pressed < goal:
                self._step()
            self._check()

    def _step(self) -> None:
        chance, dice = self._chance, self._chance.random()
        if dice < 0.05:
            size = chance.choice((*_SIZES, (chance.randint(1, 200), chance.randint(1, 50))))
            self.trail.append(f"size {size}")
            self._desk.resize(*size)
        elif dice < 0.08:
            self._send(f"\x1b[200~{chance.choice(_PASTED)}\x1b[201~")
        elif dice < 0.11:
            self._send(chance.choice(_REPORTS).format(x=chance.randint(1, 220), y=chance.randint(1, 60)))
        elif dice < 0.2:
            self._send(chance.choice(TYPED))
            self._send(chance.choice("\r\r\t\x1b\x7f"))
        else:
            keys = [chance.choice(self._sent)] * chance.choice((1, 1, 1, 1, 3))
            for key in (*chance.choice(("", "", "", "5", "12", "999")), *keys):
                self._send(key)

    def _send(self, text: str) -> None:
        self.trail.append(repr(text[:30]))
        self.pressed += 1 if text.startswith("\x1b[") else len(text)
        self._desk.type(f"{text[:-1]}\\;" if text.endswith(";") else text)
        if text == _SUSPENDS:
            self._come_back()

    def _come_back(self) -> None:
        """Return from the shell to the program, if the key that suspends it has done so."""
        self._desk.take()
        end = time.monotonic() + 1.0
        while time.monotonic() < end:
            if self.is_in_shell():
                self._leave_shell()
                return
            time.sleep(0.05)

    def _leave_shell(self) -> None:
        """Return to the program if it is suspended, and start it again if it has ended."""
        desk = self._desk
        desk.resize(80, 24)
        desk.type("\x15")
        screen = desk.wait(lambda screen: bool(_ENDS.findall(screen.text)))
        if _ENDS.findall(screen.text)[-1] == _STOPPED:
            desk.command("clear; fg; echo ended with $?")
            desk.wait(lambda screen: desk.state("alternate_on") == "1")
            return
        self.ends += 1
        self.trail.append("ended")
        self.expect_end()
        self.open()

    def _check(self) -> None:
        """Assert that the program runs, and that Ctrl+L changes nothing."""
        desk = self._desk
        self.settle()
        if self.is_in_shell():
            self._leave_shell()
        if is_read_in_lines(desk.state("pane_tty")):
            # What is to be copied by hand stands on a plain screen until Enter is pressed.
            desk.resize(80, 24)
            desk.type("\r")
        for _time in range(3):
            self.settle()
            # Ends what waits for another key, and a message that the next key takes away.
            desk.type("\x0c")
            before = self.settle()
            desk.type("\x0c")
            after = self.settle()
            if before.picture == after.picture:
                break
        else:
            rows = [(old, new) for old, new in zip(before.rows, after.rows, strict=True) if old != new]
            raise AssertionError(f"Ctrl+L changes what is shown: {rows}")
        assert "Traceback" not in after.text, after.text

    def is_in_shell(self) -> bool:
        """Return whether the shell has the terminal."""
        return self._desk.state("pane_current_command") == self._shell

    def open(self) -> None:
        """Start the program."""
        desk = self._desk
        desk.command("clear")
        desk.command(
            f"SHELL=/bin/true $PYTHON {confined.__file__} {desk.folder} {self._opened} 2>errors; echo ended with $?"
        )
        desk.wait(lambda screen: desk.state("alternate_on") == "1" and "1/" in screen.text)

    def expect_end(self) -> None:
        """Assert that the program has ended well, and that the terminal is the shell's again."""
        desk = self._desk
        screen = desk.wait(lambda screen: bool(_ENDS.findall(screen.text)))
        assert _ENDS.findall(screen.text)[-1] == "0", screen.text
        assert screen.text.rstrip().splitlines()[-1] == "ready>", screen.text
        assert (desk.state("cursor_flag"), desk.state("alternate_on")) == ("1", "0")
        assert (desk.state("mouse_any_flag"), desk.state("keypad_flag")) == ("0", "0")
        desk.command("echo as $((6 * 7)) before")
        desk.wait(lambda screen: "as 42 before" in screen.text)
        errors = (desk.folder / "errors").read_text(encoding="utf-8", errors="replace")
        assert "Traceback" not in errors, errors

    def settle(self) -> Screen:
        """Return the screen once all input is read and nothing has changed for some time."""
        self._desk.take()
        before, alike = self._desk.look(), 0
        while alike < 6:
            time.sleep(0.05)
            screen = self._desk.look()
            alike = alike + 1 if screen.captured == before.captured else 0
            before = screen
        return before


def walk(seed: int, number: int, folder: Path) -> tuple[int, int]:
    """Walk, then leave with `q` or Ctrl+C; return the numbers of keys and of ends on the way.

    An error says which keys were pressed last.
    """
    with terminal(folder, 80, 24, **_STAND_INS) as desk:
        path = TerminalWalk(desk, seed, "" if seed % 2 else "--demo")
        path.open()
        try:
            path.go(number)
            desk.resize(80, 24)
            for _time in range(12):
                desk.type("\x1b")
                path.settle()
            desk.type(_ENDING[seed % 3 == 0])
            path.expect_end()
        except BaseException as error:
            error.add_note(Path(folder, "errors").read_text(encoding="utf-8", errors="replace"))
            error.add_note(f"seed {seed}, {path.pressed} keys, the last of them: {' '.join(path.trail[-70:])}")
            raise
    return path.pressed, path.ends


if __name__ == "__main__":
    for one in map(int, sys.argv[2:]):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
            began = time.monotonic()
            pressed, ends = walk(one, int(sys.argv[1]), Path(home))
            print(f"seed {one}: {pressed:,} keys, {ends} ends, {time.monotonic() - began:.0f} s", flush=True)
