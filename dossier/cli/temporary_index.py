"""An index in a temporary folder, for a program that cannot write one where it belongs.

The folder takes the place of the cache folder in the environment of the program and of its children, and is deleted
when the program ends.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator

from dossier.cli.arguments import CommandError
from dossier.cli.output import print_message

_IN_MEMORY = "/dev/shm"
"""A folder that Linux keeps in memory, for when every disk is full."""
_LEAST = 1_000_000
"""The least free bytes of a disk that is worth a try."""


def use_temporary_index(why: str) -> None:
    """Have the index made in a temporary folder, and say so. `why` is why it cannot be where it belongs.

    Raises CommandError with `why` where no temporary folder can be had.
    """
    for folder in _folders():
        try:
            made = tempfile.mkdtemp(prefix="dossier-index-", dir=folder)
        except OSError:
            continue
        atexit.register(shutil.rmtree, made, ignore_errors=True)
        os.environ["XDG_CACHE_HOME"] = made
        print_message(f"{why}\nuntil this program ends the index is in {made}")
        return
    raise CommandError(why)


def _folders() -> Iterator[str]:
    """Yield the folders in which a temporary one may be made, those whose disks have room."""
    here = os.getcwd()
    for name in (os.environ.get("TMPDIR", ""), "/tmp", "/var/tmp", _IN_MEMORY):
        try:
            disk = os.statvfs(name)
        except OSError:
            continue
        if os.path.isabs(name) and name != here and disk.f_bavail * disk.f_frsize >= _LEAST:
            yield name
