"""The program that ends PostgreSQL servers once the process that started them has ended, in whatever way.

`server_remover.py FOLDER` waits for the end of its standard input, ends the servers whose clusters are in the folder,
and removes it.
"""

import os
import shutil
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from processes import beneath, state

_PATIENCE: Final = 120.0
_PAUSE: Final = 0.01


def _end_all(folder: Path) -> None:
    """End all servers whose clusters are in the folder, and remove it."""
    for told in folder.glob("*/data/postmaster.pid"):
        pid = int(told.read_text("utf-8").split()[0])
        # The number may be that of a process of another user by now.
        if Path(f"/proc/{pid}/cwd").resolve() != told.parent:
            continue
        # A server that sees one of its processes end starts others.
        os.kill(pid, signal.SIGSTOP)
        left = {pid, *beneath(pid)}
        for one in left:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        until = time.monotonic() + _PATIENCE
        while any(state(one) for one in left) and time.monotonic() < until:
            time.sleep(_PAUSE)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.stdin.read()
    _end_all(Path(sys.argv[1]))
