"""Starting of other programs: clipboard tools, the web browser and the user's editor.

Over SSH there is no desktop, whatever is installed. A program whose end is waited for has one second, and no access to
the screen: it may be slow, or wait itself for a desktop that is gone.
"""

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from os import pathsep
from pathlib import Path

_PATIENCE = 1.0
_REMOTE = ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT")
_DISPLAYS = ("WAYLAND_DISPLAY", "DISPLAY")
_WEB = ("http://", "https://")


def is_local(environ: Mapping[str, str]) -> bool:
    """Return whether the program runs on the machine at which the user sits, as far as the environment tells."""
    return not any(environ.get(name) for name in _REMOTE)


def run_program(words: Sequence[str], data: bytes) -> bool:
    """Run a program with `data` as its standard input, and return whether it succeeded within a second.

    Clipboard tools stay in the background and keep what they inherited. So they get no pipe that they would keep open,
    and a session of their own, which lets them outlive the terminal.
    """
    try:
        done = subprocess.run(
            words,
            input=data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            start_new_session=True,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def start_program(words: Sequence[str]) -> bool:
    """Start a program that runs on by itself, apart from the terminal, and return whether it could be started."""
    try:
        subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    return True


def browser_command(url: str, environ: Mapping[str, str], platform: str = sys.platform) -> Sequence[str] | None:
    """Return the command line that opens `url` in a browser, or None when there is no desktop or it is no web address.

    $BROWSER is read as other programs read it: alternatives separated by colons, of which the first is used; `%s`
    stands for the address. Since the address comes from a file, only http and https are accepted.
    """
    has_desktop = platform == "darwin" or any(environ.get(name) for name in _DISPLAYS)
    if not is_local(environ) or not has_desktop or not url.lower().startswith(_WEB):
        return None
    wanted = _split_words(environ.get("BROWSER", "").partition(pathsep)[0])
    if any("%s" in word for word in wanted):
        return [word.replace("%s", url) for word in wanted]
    return [*(wanted or ["open" if platform == "darwin" else "xdg-open"]), url]


def _split_words(written: str) -> list[str]:
    try:
        return shlex.split(written)
    except ValueError:
        # A quote mark that is not closed is part of a file's name.
        return written.split()


_COLON = {"hx": (), "helix": (), "zed": ("--wait",), "subl": ("--wait",)}
_GOTO = {"code": ("--wait", "--goto"), "codium": ("--wait", "--goto"), "cursor": ("--wait", "--goto")}


def editor_command(path: str, line: int, environment: Mapping[str, str] = os.environ) -> Sequence[str]:
    """Return the command line that opens `path` at `line` (1-based) in the user's editor.

    The editor is that of $VISUAL, else of $EDITOR, else `vi`.
    """
    words = _split_words(environment.get("VISUAL") or "") or _split_words(environment.get("EDITOR") or "") or ["vi"]
    name = Path(words[0]).stem
    if name in _COLON or name in _GOTO:
        return [*words, *_GOTO.get(name, _COLON.get(name, ())), f"{path}:{line}"]
    return [*words, f"+{line}", path]
