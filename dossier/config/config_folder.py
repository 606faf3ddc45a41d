"""Where the files are by which the reader sets the program up."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from dossier.core.paths import resolve_xdg_folder

FILE: Final = "config.toml"
"""Name of the user's settings file, in the folder that `config_folder` returns."""


def config_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder of the user's `config.toml` and `themes` (XDG Base Directory Specification).

    The folder need not exist.
    """
    return resolve_xdg_folder("XDG_CONFIG_HOME", "~/.config", environ)
