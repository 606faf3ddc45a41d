"""How an editor is told to open a file at a line: most take `+LINE FILE`, some `FILE:LINE`."""

import os
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

_COLON = {"hx": (), "helix": (), "zed": ("--wait",), "subl": ("--wait",)}
_GOTO = {"code": ("--wait", "--goto"), "codium": ("--wait", "--goto"), "cursor": ("--wait", "--goto")}


def command(path: str, line: int, environment: Mapping[str, str] = os.environ) -> Sequence[str]:
    """The words that start the reader's editor on `path` at `line` (from 1): of $VISUAL, else $EDITOR, else `vi`."""
    words = _words(environment.get("VISUAL") or "") or _words(environment.get("EDITOR") or "") or ["vi"]
    name = Path(words[0]).stem
    if name in _COLON or name in _GOTO:
        return [*words, *_GOTO.get(name, _COLON.get(name, ())), f"{path}:{line}"]
    return [*words, f"+{line}", path]


def _words(written: str) -> list[str]:
    try:
        return shlex.split(written)
    except ValueError:
        # A quote mark that is not closed is part of a file's name.
        return written.split()
