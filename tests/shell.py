"""Where a command is tried: in the folder of kept output, with articles at hand, and with nothing of the reader's."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"
NATO = str(ROOT / "data" / "nato-seoul-2023.yaml")
ARLEN = str(ROOT / "data" / "port-arlen")

Output = pytest.CaptureFixture[str]


@pytest.fixture
def no_reader(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No library of whoever runs the tests, nor an index or a decision of his, and a folder in which `faulty` is
    found."""
    monkeypatch.delenv("DOSSIER_LIBRARY", raising=False)
    for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path_factory.mktemp("reader")))
    monkeypatch.chdir(GOLDEN)


def golden(name: str) -> str:
    """What is kept under this name."""
    return (GOLDEN / name).read_text("utf-8")


def write_article(folder: Path, name: str, **fields: str) -> None:
    """Write a small article file `name`.yaml."""
    lines = [f"{key}: {value}" for key, value in {"headline": "Ferry", "body": "A ferry.", **fields}.items()]
    (folder / f"{name}.yaml").write_text("\n".join(lines), "utf-8")


def settle(folder: Path) -> None:
    """Make the files of a folder old: one that was only just written might change again and not show it."""
    for file in folder.glob("*.yaml"):
        os.utime(file, (1, 1))
