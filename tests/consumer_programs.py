"""Run the programs and libraries that exported files are for: those of PyPI and npm, and those on the path.

`.ci/consumers FOLDER` installs those of PyPI and npm, and $DOSSIER_CONSUMERS names that folder. Tests that need one are
skipped where it is missing, unless $DOSSIER_NEEDS names `consumers`.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

_NEEDED = "consumers" in os.environ.get("DOSSIER_NEEDS", "").split()
_FOLDER = Path(os.environ.get("DOSSIER_CONSUMERS", "/nonexistent"))
_PYTHON = _FOLDER / "python" / "bin" / "python"
NODE = _FOLDER / "node"
_SECONDS = 240


def needs_python() -> pytest.MarkDecorator:
    """Return the mark of tests that need the libraries of PyPI in `consumers/python.txt`."""
    return _needs(_PYTHON.exists(), "the libraries of PyPI: .ci/consumers FOLDER, then DOSSIER_CONSUMERS=FOLDER")


def needs_node() -> pytest.MarkDecorator:
    """Return the mark of tests that need the packages of npm in `consumers/package.json`."""
    there = (NODE / "node_modules").exists() and shutil.which("node") is not None
    return _needs(there, "the packages of npm: .ci/consumers FOLDER, then DOSSIER_CONSUMERS=FOLDER")


def needs_program(name: str) -> pytest.MarkDecorator:
    """Return the mark of tests that need a program on the path."""
    return _needs(shutil.which(name) is not None, name)


def run_python(script: str, *words: str | Path, text: str = "") -> str:
    """Run a Python script with the libraries of PyPI and return what it prints; `text` is its standard input."""
    return run_program(_PYTHON, "-c", script, *words, text=text)


def run_node(script: str, *words: str | Path, text: str = "") -> str:
    """Run a JavaScript module with the packages of npm and return what it prints; `text` is its standard input."""
    return run_program("node", "--input-type=commonjs", "-e", script, "--", *words, text=text, folder=NODE)


def run_program(*words: str | Path, text: str = "", folder: Path | None = None) -> str:
    """Run a program in `folder` and return what it prints. The test fails, with its messages, when it fails."""
    done = subprocess.run(
        [str(word) for word in words],
        input=text.encode(),
        capture_output=True,
        cwd=folder,
        timeout=_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout.decode()


def _needs(is_there: bool, what: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not is_there and not _NEEDED, reason=f"needs {what}")
