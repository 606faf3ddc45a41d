"""Where a command is tried: in the folder of kept output, with articles at hand, and with nothing of the reader's."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"
NATO = str(ROOT / "data" / "nato-seoul-2023.yaml")
ARLEN = str(ROOT / "data" / "port-arlen")

Output = pytest.CaptureFixture[str]


@pytest.fixture
def no_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """No library of whoever runs the tests, and a folder in which `faulty` is found."""
    monkeypatch.delenv("DOSSIER_LIBRARY", raising=False)
    monkeypatch.chdir(GOLDEN)


def golden(name: str) -> str:
    """What is kept under this name."""
    return (GOLDEN / name).read_text("utf-8")


def write_article(folder: Path, name: str, **fields: str) -> None:
    """Write a small article file `name`.yaml."""
    lines = [f"{key}: {value}" for key, value in {"headline": "Ferry", "body": "A ferry.", **fields}.items()]
    (folder / f"{name}.yaml").write_text("\n".join(lines), "utf-8")
