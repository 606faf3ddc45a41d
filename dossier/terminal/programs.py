"""Programs of the reader's desktop, and the reader's editor: how they are called, and whether they can be.

Over SSH there is no desktop, whatever is installed. A program that is waited for is given a second at most, and no part
in the screen: it may be slow, or wait itself for a desktop that is gone.
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
    """Whether the program runs on the machine that the reader sits at, as far as the environment tells."""
    return not any(environ.get(name) for name in _REMOTE)


def ran(words: Sequence[str], data: bytes) -> bool:
    """Whether the program took `data` on its standard input and ended well within a second.

    Tools of the clipboard stay behind in the background with what they inherited: they are given no pipe to hold open,
    and a session of their own, so that they outlive the terminal.
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


def started(words: Sequence[str]) -> bool:
    """Whether the program could be started; it runs on beside this one, apart from its terminal."""
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


def browser(url: str, environ: Mapping[str, str], platform: str = sys.platform) -> Sequence[str] | None:
    """The words that open `url` in a browser on the reader's desktop; None where there is no desktop, or no such page.

    $BROWSER as others read it: alternatives with colons between them, of which the first is taken, each perhaps with
    `%s` for the address. The address comes from a file, so nothing but a page of the web is handed on.
    """
    has_desktop = platform == "darwin" or any(environ.get(name) for name in _DISPLAYS)
    if not is_local(environ) or not has_desktop or not url.lower().startswith(_WEB):
        return None
    wanted = _words(environ.get("BROWSER", "").partition(pathsep)[0])
    if any("%s" in word for word in wanted):
        return [word.replace("%s", url) for word in wanted]
    return [*(wanted or ["open" if platform == "darwin" else "xdg-open"]), url]


def _words(written: str) -> list[str]:
    try:
        return shlex.split(written)
    except ValueError:
        # A quote mark that is not closed is part of a file's name.
        return written.split()


_COLON = {"hx": (), "helix": (), "zed": ("--wait",), "subl": ("--wait",)}
_GOTO = {"code": ("--wait", "--goto"), "codium": ("--wait", "--goto"), "cursor": ("--wait", "--goto")}


def command(path: str, line: int, environment: Mapping[str, str] = os.environ) -> Sequence[str]:
    """The words that start the reader's editor on `path` at `line` (from 1): of $VISUAL, else $EDITOR, else `vi`."""
    words = _words(environment.get("VISUAL") or "") or _words(environment.get("EDITOR") or "") or ["vi"]
    name = Path(words[0]).stem
    if name in _COLON or name in _GOTO:
        return [*words, *_GOTO.get(name, _COLON.get(name, ())), f"{path}:{line}"]
    return [*words, f"+{line}", path]
