"""Read one setting, for programs that need no other. Most settings files do not have it, which is found out quickly."""

import os
import re
from collections.abc import Callable
from pathlib import Path

from dossier.cli.output import print_message
from dossier.config.config_folder import FILE, config_folder
from dossier.core.regular_file import open_regular_file

_MOST_SETTINGS = 1_048_576

Tell = Callable[[str], None]
_told: set[str] = set()


def settings_path() -> Path:
    """Return the path of the reader's settings file, which need not exist."""
    return config_folder(os.environ) / FILE


def read_setting(name: str, tell: Tell, sign: bytes = b"") -> str:
    """Return the value of a text setting, "" if the settings file has none. Problems with the file are reported.

    The setting is also looked for when a line has `sign` in it, whatever name that line gives.
    """
    path = settings_path()
    data = read_beginning(path, _MOST_SETTINGS)
    is_signed = bool(sign) and sign in data
    if not data or (not is_signed and not re.search(rf"""^\s*["']?{name}["']?\s*=""".encode(), data, re.MULTILINE)):
        return ""
    from dossier.config.settings_file import load_settings

    # What is wrong with the keys does not matter here.
    loaded = load_settings(path, {})
    value: str = getattr(loaded.settings, name)
    lines, line = data.splitlines(), loaded.toml.find_position(name).line
    for problem in loaded.problems:
        is_of_it = problem.line == line or (is_signed and sign in lines[problem.line - 1])
        if not value and (is_of_it or problem.code == "not-toml"):
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
