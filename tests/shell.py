"""Environment for tests of commands: the golden files as current folder, articles at hand, nothing of the user's."""

import os
from pathlib import Path

import pytest

from dossier.config.config_folder import config_folder

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"
NATO = str(ROOT / "data" / "nato-seoul-2023.yaml")
ARLEN = str(ROOT / "tests" / "port-arlen")
"""The tutorial library without its lessons."""

Output = pytest.CaptureFixture[str]


@pytest.fixture
def no_reader(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Hide the user's library, index and decisions, and change to the folder that contains `faulty`."""
    monkeypatch.delenv("DOSSIER_LIBRARY", raising=False)
    for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path_factory.mktemp("reader")))
    monkeypatch.chdir(GOLDEN)


def golden(name: str) -> str:
    """Return the content of a golden file."""
    return (GOLDEN / name).read_text("utf-8")


def write_article(folder: Path, name: str, **fields: str) -> None:
    """Write a small article file `name`.yaml."""
    lines = [f"{key}: {value}" for key, value in {"headline": "Ferry", "body": "A ferry.", **fields}.items()]
    (folder / f"{name}.yaml").write_text("\n".join(lines), "utf-8")


def write_settings(text: str) -> Path:
    """Write the settings file of the test, and return its path."""
    path = config_folder(os.environ) / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def settle(folder: Path) -> None:
    """Make the files of a folder old. A file that was just written might change again without a new time of change."""
    for file in folder.glob("*.yaml"):
        os.utime(file, (1, 1))
