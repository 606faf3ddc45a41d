"""What is too long for the screen goes through the reader's own $PAGER, where there is one and output is a terminal."""

import os
import shlex
import subprocess
from collections.abc import Iterable, Mapping

from dossier.commands.printing import tell


def paged(texts: Iterable[str], environ: Mapping[str, str] = os.environ) -> None:
    """Print the texts, each on lines of its own, through $PAGER; one that does not start is told of, and done without.

    Raises BrokenPipeError once the reader has left it.
    """
    try:
        words = shlex.split(environ.get("PAGER", ""))
        pager = subprocess.Popen(words, stdin=subprocess.PIPE, text=True, encoding="utf-8") if words else None
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
