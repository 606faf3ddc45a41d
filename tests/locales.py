"""Locales other than UTF-8, made in a folder for the tests that need them, since most machines lack them."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Locale = Callable[[str], dict[str, str]]

_NEEDED = "locales" in os.environ.get("DOSSIER_NEEDS", "").split()

with_locales = pytest.mark.skipif(
    (shutil.which("localedef") is None or not Path("/usr/share/i18n/charmaps").is_dir()) and not _NEEDED,
    reason="localedef and its character maps are not installed (Debian: locales)",
)
"""Mark of tests that make a locale.

They are skipped where the tools for that are missing, unless $DOSSIER_NEEDS names them.
"""


@pytest.fixture(scope="session")
def locale(tmp_path_factory: pytest.TempPathFactory) -> Locale:
    """Return a function that makes a locale by its name, such as ko_KR.EUC-KR, and returns the environment for it."""
    folder = tmp_path_factory.mktemp("locales")

    def made(name: str) -> dict[str, str]:
        if not (folder / name).exists():
            language, _, charset = name.partition(".")
            # It warns of characters that are not in the character map, and makes the locale all the same.
            command = ["localedef", "--no-archive", "-c", "-i", language, "-f", charset, str(folder / name)]
            subprocess.run(command, check=False, capture_output=True)
        assert (folder / name).is_dir()
        return {"LOCPATH": str(folder), "LC_ALL": name}

    return made
