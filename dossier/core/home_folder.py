"""The home folder of the user, also where $HOME does not say it.

`os.path.expanduser` takes an empty or a relative $HOME as it is, and leaves the ~ where it finds no folder: files would
be written below / or below the current folder.
"""

import os
from pathlib import Path
from typing import Final

_NOWHERE: Final = Path("/nonexistent")
"""Stands for the home folder of a user who has none; nothing can be kept there."""


def find_home_folder() -> Path:
    """Return $HOME; where that is no absolute path, the folder that the system has for the user.

    The folder may not exist. Where the system knows no folder for the user, as in a container that runs under a number
    without a name, none of that name exists: nothing can be kept, and whoever writes is told so.
    """
    given = os.environ.get("HOME", "")
    if os.path.isabs(given):
        return Path(given)
    import pwd  # noqa: PLC0415 - hardly ever needed

    try:
        entered = pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:
        return _NOWHERE
    return Path(entered) if os.path.isabs(entered) else _NOWHERE


def expand_home(text: str) -> Path:
    """Return the path that `text` means, with the home folder in place of a ~ at its beginning.

    `~name` means the home folder of another user, and stays as it is if the system knows none.
    """
    if text == "~" or text.startswith("~/"):
        return find_home_folder() / text[2:]
    return Path(os.path.expanduser(text))
