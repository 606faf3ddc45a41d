"""Run the program so that it writes in one folder alone: python confined.py FOLDER ARGUMENTS.

The shell's commands and the files that a walk of random keys names are nobody's choice.
"""

import os
import sys
from pathlib import Path
from typing import Any

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.truncate")


def confine(folder: Path) -> None:
    """Let every change of a file outside of the folder fail as if the disk were read-only."""
    allowed = (f"{folder}/", str(folder), "/dev/", "/proc/self/")

    def refuse(event: str, given: tuple[Any, ...]) -> None:
        if event == "open":
            paths = given[:1] if isinstance(given[2], int) and given[2] & _WRITING else ()
        else:
            paths = given[:2] if event in _CHANGES else ()
        for path in paths:
            if isinstance(path, (str, bytes)) and not os.path.abspath(os.fsdecode(path)).startswith(allowed):
                raise PermissionError(13, "outside of the walk", os.fsdecode(path))

    sys.addaudithook(refuse)


if __name__ == "__main__":
    confine(Path(sys.argv[1]))
    sys.argv[:2] = ["dossier"]
    from dossier.cli.main import main

    sys.exit(main(sys.argv[1:]))
