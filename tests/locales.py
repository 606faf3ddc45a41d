"""Locales that are no UTF-8, made in a folder for the tests that need one: most machines lack them."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

_NEEDED = "locales" in os.environ.get("DOSSIER_NEEDS", "").split()

with_locales = pytest.mark.skipif(
    (shutil.which("localedef") is None or not Path("/usr/share/i18n/charmaps").is_dir()) and not _NEEDED,
    reason="localedef and its character maps are not installed (Debian: locales)",
)
"""The mark of every test that makes a locale: without what that takes it is skipped, unless $DOSSIER_NEEDS names it."""


def locale(folder: Path, name: str) -> dict[str, str]:
    """Make the locale `name`, such as ko_KR.EUC-KR, in `folder`, and give the environment that it is in force in."""
    language, _, charset = name.partition(".")
    folder.mkdir(exist_ok=True)
    # It warns of what is not in the character map, and makes the locale all the same.
    subprocess.run(
        ["localedef", "--no-archive", "-c", "-i", language, "-f", charset, folder / name],
        check=False,
        capture_output=True,
    )
    assert (folder / name).is_dir()
    return {"LOCPATH": str(folder), "LC_ALL": name}
