"""The screen readers Fenrir and brltty, each with the program in a terminal that it reads.

`.ci/consumers FOLDER` installs Fenrir, and $DOSSIER_CONSUMERS names that folder; brltty is on the path. It needs its
screen driver for tmux, which version 6.7 brought. Tests that need one are skipped where it is missing, unless
$DOSSIER_NEEDS names it (`fenrir`, `brltty`).
"""

import fcntl
import os
import pty
import re
import select
import shlex
import shutil
import struct
import subprocess
import termios
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyte
import pytest
from ptys import Line, line
from terminals import Terminal, terminal

_NEEDED = os.environ.get("DOSSIER_NEEDS", "").split()
_FENRIR = Path(os.environ.get("DOSSIER_CONSUMERS", "/nonexistent")) / "fenrir"
_TMUX_DRIVERS = ("/usr/lib/brltty/libbrlttyxtx.so", "/lib/brltty/libbrlttyxtx.so")
_BRLTTY = shutil.which("brltty", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")

needs_fenrir = pytest.mark.skipif(
    not _FENRIR.exists() and "fenrir" not in _NEEDED,
    reason="needs Fenrir: .ci/consumers FOLDER, then DOSSIER_CONSUMERS=FOLDER",
)
needs_brltty = pytest.mark.skipif(
    not (_BRLTTY and any(map(os.path.exists, _TMUX_DRIVERS))) and "brltty" not in _NEEDED,
    reason="needs brltty with its driver for tmux",
)

_SETTINGS = {
    "sound": {"enabled": "False", "driver": "dummyDriver"},
    "speech": {"driver": "genericDriver"},
    "remote": {"enable": "False", "enabled": "False"},
    "general": {"punctuationLevel": "none", "autoSpellCheck": "False"},
}
"""What differs from the settings that Fenrir comes with: it speaks into a file, and names no punctuation."""


def find_words(text: str) -> list[str]:
    """Return the words of what is said. Of punctuation each voice makes something else."""
    return re.findall(r"\w+", text)


class Fenrir:
    """Fenrir with a command in its terminal. `said` has all that it said so far."""

    def __init__(self, running: Line, speech: Path) -> None:
        self.running, self._speech = running, speech

    @property
    def said(self) -> str:
        self.running.read(0)
        return self._speech.read_text("utf-8") if self._speech.exists() else ""


@contextmanager
def run_fenrir(folder: Path, command: Sequence[str]) -> Iterator[Fenrir]:
    """Run a command in Fenrir's own terminal, with `folder` as the home folder."""
    speech, voice, shell = folder / "speech", folder / "voice", folder / "shell"
    _write_script(voice, f'printf "%s\\n" "$1" >>{shlex.quote(str(speech))}')
    _write_script(shell, f"exec {shlex.join(command)}")
    settings = folder / "fenrir.conf"
    changed = {name: dict(section) for name, section in _SETTINGS.items()}
    changed["speech"]["genericSpeechCommand"] = f'{voice} "fenrirText"'
    changed["general"]["shell"] = str(shell)
    given = (_FENRIR / "source" / "config" / "settings" / "settings.conf").read_text("utf-8")
    settings.write_text(_change_settings(given, changed), "utf-8")
    source = _FENRIR / "source" / "src"
    words = [str(_FENRIR / "python" / "bin" / "python"), str(source / "fenrir"), "-e", "-s", str(settings)]
    with line(words, HOME=str(folder), PYTHONPATH=f"{source}:{Path(__file__).parent.parent}") as running:
        yield Fenrir(running, speech)


def _write_script(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)


def _change_settings(text: str, changed: dict[str, dict[str, str]]) -> str:
    lines, section = [], ""
    for row in text.splitlines():
        if row.startswith("["):
            section = row.strip("[]")
        name = row.partition("=")[0]
        lines.append(f"{name}={changed[section].pop(name)}" if name in changed.get(section, {}) else row)
        if row.startswith("["):
            # A setting that is not in the file yet would be missing at its end.
            lines += [f"{key}={value}" for key, value in changed.get(section, {}).items() if f"\n{key}=" not in text]
    return "\n".join(lines) + "\n"


class Brltty:
    """brltty with a display of forty cells, drawn by its driver `tt`. `window` is the program's own terminal."""

    def __init__(self, window: Terminal, display: int) -> None:
        self.window, self._display = window, display
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)

    @property
    def cells(self) -> str:
        """What stands on the display now."""
        while select.select([self._display], [], [], 0)[0]:
            self._stream.feed(os.read(self._display, 65536))
        return self._screen.display[0].rstrip()


@contextmanager
def run_brltty(folder: Path, words_shown: str, *arguments: str) -> Iterator[Brltty]:
    """Run the program in a terminal of tmux and, once it shows these words, brltty; `folder` is the home folder."""
    near, far = pty.openpty()
    fcntl.ioctl(near, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    with terminal(folder) as window:
        window.run(*arguments)
        window.wait(lambda screen: words_shown in screen.text)
        device = ["-b", "tt", "-d", f"serial:{os.ttyname(far)}", "-B", "columns=40,lines=1,term=vt100,charset=UTF-8"]
        own = ["-f", os.devnull, "-P", str(folder / "pid"), "-U", str(folder), "-W", str(folder)]
        words = [str(_BRLTTY), "-n", "-e", "-q", "-N", *device, "-x", "tx", "-s", "no", "-A", "no", *own]
        kept = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}
        reader = subprocess.Popen(
            words, env={**kept, "TMUX": window.address}, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            yield Brltty(window, near)
        finally:
            reader.terminate()
            reader.wait()
            os.close(near)
            os.close(far)
