"""Tests of the commands by which the README installs `dossier`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
NEEDED = os.environ.get("DOSSIER_NEEDS", "").split()


@pytest.mark.installs
@pytest.mark.parametrize("command", ["pipx install .", "uv tool install ."])
def test_a_tool_puts_the_program_on_the_path(command: str, tmp_path: Path) -> None:
    tool = command.partition(" ")[0]
    if shutil.which(tool) is None and tool not in NEEDED:
        pytest.skip(f"{tool} is not installed")
    assert f"`{command}`" in README
    folders = {
        "PIPX_HOME": "pipx",
        "PIPX_BIN_DIR": "bin",
        "PIPX_MAN_DIR": "man",
        "UV_TOOL_DIR": "uv",
        "UV_TOOL_BIN_DIR": "bin",
    }
    given = {**os.environ, **{name: str(tmp_path / folder) for name, folder in folders.items()}}
    given |= {"PIPX_DEFAULT_PYTHON": sys.executable, "UV_PYTHON": sys.executable}
    done = subprocess.run(command.split(), cwd=ROOT, env=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    assert shutil.which("dossier", path=path) == str(tmp_path / "bin" / "dossier")
    pages = {path.name for path in tmp_path.rglob("share/man/man*/*")}
    assert pages == {path.name for path in (ROOT / "dossier" / "help" / "man").iterdir()}
    shown = subprocess.run(
        ["dossier", "show", "headline"], cwd=tmp_path, env={**os.environ, "PATH": path}, capture_output=True, check=True
    )
    assert "NATO" in shown.stdout.decode()


def test_the_environment_of_the_first_command_has_the_program() -> None:
    program = Path(sys.executable).parent / "dossier"
    assert "`.venv/bin/dossier`" in README
    assert subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.startswith(
        "dossier"
    )
