"""Ten readers at once on one shared index, each on a pseudo-terminal, with searches of their own."""

import os
import shutil
import subprocess
from contextlib import ExitStack
from pathlib import Path

import pytest
from libraries import PORT_ARLEN
from ptys import ROOT, Line, line, python
from shelves import article, written

READERS = 10
SEARCHES = ("toll", "quay", "ferry", "court", "council")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Return a library that names its shared index, which is there."""
    root = shutil.copytree(PORT_ARLEN, tmp_path / "news")
    with (root / "registry.yaml").open("a", encoding="utf-8") as registry:
        registry.write("\nindex: ../place\n")
    publish(root)
    return root


def publish(root: Path) -> None:
    """Update the shared index, as its owner."""
    home = str(root.parent / "owner")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": home, "XDG_STATE_HOME": home}
    subprocess.run(python("-m", "dossier", "index", str(root), "--shared"), env=environment, check=True)


def test_ten_readers_on_one_index(library: Path, tmp_path: Path) -> None:
    with ExitStack() as stack:
        readers = list[Line]()
        for number in range(READERS):
            home = tmp_path / f"reader{number}"
            home.mkdir()
            command = python("-m", "dossier", str(library))
            readers.append(stack.enter_context(line(command, 120, 30, HOME=str(home))))
        for reader in readers:
            reader.wait("library 11")
        before = sorted((library.parent / "place").iterdir())
        for number, reader in enumerate(readers):
            reader.type(f"s{SEARCHES[number % len(SEARCHES)]}\r")
        for number, reader in enumerate(readers):
            reader.wait(f"library 11 ▸ “{SEARCHES[number % len(SEARCHES)]}”")
        for reader in readers:
            reader.type("\x1b")
        written(library, "new.yaml", article("A new pier", published="2025-01-01"))
        publish(library)
        for reader in readers:
            reader.wait("library 12")
            reader.type("g")
            reader.wait("A new pier")
        for reader in readers:
            reader.type("q")
            assert reader.status() == 0
        assert sorted((library.parent / "place").iterdir()) == before
    assert not [one for number in range(READERS) for one in (tmp_path / f"reader{number}").rglob("*.sqlite")]
