"""Tests of commands while the server of the index does not answer: a clear message, and exit status 2."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from libraries import PORT_ARLEN
from unreachable_servers import Server, open_served

from dossier.cli.main import main
from dossier.library.index.reader import Index
from dossier.library.index.update import update_index

TOLD = "the index's server does not answer: 127.0.0.1: no answer; try again when it does\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    root = Path(shutil.copytree(PORT_ARLEN, tmp_path / "library"))
    update_index(root)
    return root


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Yield the server of every index that is opened. Nothing asks whether it answers afterwards."""
    made, opened = Server(), list[Index]()

    def open_one(root: Path) -> Index:
        opened.append(open_served(root, made))
        return opened[-1]

    monkeypatch.setattr(Index, "open", open_one)
    yield made
    for one in opened:
        one.close()


@pytest.mark.parametrize("answers", [0, 1, 5, 12])
@pytest.mark.parametrize(
    "words",
    [
        ["search", "quay"],
        ["search", "person:okafor", "--sort", "hits"],
        ["show", "person/okafor"],
        ["export", "--format", "jsonl"],
    ],
)
def test_a_server_that_does_not_answer_is_reported(
    root: Path, server: Server, capsys: pytest.CaptureFixture[str], words: list[str], answers: int
) -> None:
    server.refuse_after(answers)
    assert main([*words, str(root)]) == 2
    told = capsys.readouterr().err
    assert told.endswith(TOLD)
    assert told.count("does not answer") == 1
    assert "Traceback" not in told


def test_completion_offers_nothing(root: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    server.refuse()
    assert main(["__complete", "address", "hh-", "dossier", "show", str(root)]) == 1
    assert capsys.readouterr().out == ""
