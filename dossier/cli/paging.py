"""What is too long for the screen goes through the reader's own $PAGER, where there is one and output is a terminal."""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence

from dossier.cli.output import tell


def paged(texts: Iterable[str], environ: Mapping[str, str] = os.environ) -> None:
    """Print the texts, each on lines of its own, through $PAGER; one that does not start is told of, and done without.

    Raises BrokenPipeError once the reader has left it.
    """
    try:
        words = shlex.split(environ.get("PAGER", ""))
        pager = _started(words) if words else None
    except (OSError, ValueError) as error:
        tell(f"$PAGER does not start ({error}): set it to a program such as less")
        pager = None
    if pager is None or pager.stdin is None:
        for text in texts:
            print(text)
        return
    try:
        for text in texts:
            pager.stdin.write(f"{text}\n")
        pager.stdin.close()
    finally:
        pager.wait()


def _started(words: Sequence[str]) -> subprocess.Popen[str]:
    # It passes on what it is given, to the same terminal.
    encoding = sys.stdout.encoding if sys.stdout is not None else "utf-8"
    return subprocess.Popen(words, stdin=subprocess.PIPE, text=True, encoding=encoding, errors="replace")
