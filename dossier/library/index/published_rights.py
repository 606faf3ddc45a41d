"""Who may read a shared index.

Of the first one that is published, the umask of its owner decides, as with any file. What the owner then says with
chmod and chgrp holds for all that take its place.
"""

import os
import shlex
import stat
from contextlib import suppress
from pathlib import Path

_READ, _ENTER = 0o044, 0o011
"""The permission bits of which one lets another user read a file, or enter a folder."""


def copy_rights(path: Path, descriptor: int) -> None:
    """Give the open file, which takes the place of that at `path`, its group and its rights, if there is one.

    A group that the user cannot give gets no more rights than all users. Raises OSError.
    """
    try:
        found = path.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISREG(found.st_mode):
        return
    with suppress(PermissionError):
        os.fchown(descriptor, -1, found.st_gid)
    rights = stat.S_IMODE(found.st_mode) & 0o666 | 0o600
    if os.fstat(descriptor).st_gid != found.st_gid:
        rights &= ~0o060 | (rights & 0o006) << 3
    # Some file systems, such as FAT, refuse any other rights than all their files have.
    if os.fstat(descriptor).st_mode & 0o666 != rights:
        os.fchmod(descriptor, rights)


def explain_unreadable(path: Path) -> str:
    """Return that nobody but its owner can read the file at `path`, and the cure; "" if others can.

    It is told by the permission bits of the file and of the folders that it is in. Raises OSError.
    """
    whole = path.resolve()
    folders = [one for one in reversed(whole.parents) if not one.stat().st_mode & _ENTER]
    cures = [("a+x", one) for one in folders] + ([] if whole.stat().st_mode & _READ else [("a+r", whole)])
    commands = " && ".join([f"chmod {right} {shlex.quote(os.fspath(one))}" for right, one in cures])
    return f"only its owner can read it: {commands} lets others" if cures else ""
