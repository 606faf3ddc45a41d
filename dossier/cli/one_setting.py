"""Read one setting, for programs that need no other. Most settings files do not have it, which is found out quickly."""

import os
import re
from collections.abc import Callable
from pathlib import Path

from dossier.cli.output import print_message
from dossier.config.settings import FILE, config_folder
from dossier.core.regular_file import open_regular_file

_MOST_SETTINGS = 1_048_576

Tell = Callable[[str], None]
_told: set[str] = set()


def settings_path() -> Path:
    """Return the path of the reader's settings file, which need not exist."""
    return config_folder(os.environ) / FILE


def read_setting(name: str, tell: Tell) -> str:
    """Return the value of a text setting, "" if the settings file has none. Problems with the file are reported."""
    path = settings_path()
    data = read_beginning(path, _MOST_SETTINGS)
    if not re.search(rf"""^\s*["']?{name}["']?\s*=""".encode(), data, re.MULTILINE):
        return ""
    from dossier.config.settings_file import load_settings

    # What is wrong with the keys does not matter here.
    loaded = load_settings(path, {})
    value: str = getattr(loaded.settings, name)
    line = loaded.toml.find_position(name).line
    for problem in loaded.problems:
        if problem.line == line and not value:
            tell(str(problem))
    return value


def tell_once(words: str) -> None:
    """Print a message that was not printed before."""
    if words not in _told:
        _told.add(words)
        print_message(words)


def read_beginning(path: Path, most: int) -> bytes:
    """Return the first bytes of a file, none where it cannot be read."""
    try:
        with open_regular_file(path) as file:
            return file.read(most)
    except OSError:
        return b""
