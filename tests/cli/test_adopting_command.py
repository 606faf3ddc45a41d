"""Tests of what the commands use and say of a library that was moved or copied, and of the answer `index --adopt`."""

import json
import shutil
from pathlib import Path

import pytest

from dossier.cli.main import main
from dossier.core.paths import state_folder
from dossier.core.ref import parse_ref
from dossier.library.state_folders import find_state, remember_root
from dossier.library.user_data import UserData

Output = pytest.CaptureFixture[str]
PAIR = [parse_ref("one#person/okafor"), parse_ref("two#person/okafor")]


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Return a library with a saved search and a decision."""
    root = tmp_path / "news"
    root.mkdir()
    for name in ("one", "two"):
        people = "people: {okafor: {name: Lena Okafor}}"
        (root / f"{name}.yaml").write_text(f"headline: {name}\n{people}\nbody: [Lena Okafor sails.]\n", "utf-8")
    memory = UserData(find_state(root).folder)
    memory.save("toll", "okafor")
    memory.confirm(PAIR)
    remember_root(root, find_state(root))
    return root


def test_a_renamed_library_is_said_once(news: Path, tmp_path: Path, capsys: Output) -> None:
    there = news.rename(tmp_path / "archive")
    assert main(["export", "--saved", "toll", str(there)]) == 0
    told = capsys.readouterr()
    assert "Lena Okafor" in told.out
    said = f"the folder was {news}: its searches, names and decisions are used here"
    assert told.err.count(said) == 1
    assert main(["registry", str(there)]) == 0
    assert said not in capsys.readouterr().err


def test_a_copy_is_told_of_until_it_is_answered(news: Path, tmp_path: Path, capsys: Output) -> None:
    copy = Path(shutil.copytree(news, tmp_path / "copy"))
    for command in (["registry", str(copy)], ["index", str(copy), "--status"], ["index", str(copy)]):
        main(command)
        told = capsys.readouterr()
        assert told.err.count(f"{copy} has the same articles as {news}; its searches and decisions are not used") == 1
        assert f"dossier index {copy} --adopt copy" in told.err
    assert main(["registry", str(copy)]) == 1
    assert main(["index", str(copy), "--adopt", "copy"]) == 0
    assert f"what you make in {copy} is kept in {state_folder(copy)}" in capsys.readouterr().err
    assert main(["registry", str(copy)]) == 0
    told = capsys.readouterr()
    assert "Lena Okafor" in told.out
    assert "has the same articles" not in told.err


def test_the_status_says_where_it_is_kept(news: Path, tmp_path: Path, capsys: Output) -> None:
    there = news.rename(tmp_path / "archive")
    main(["index", str(there), "--status", "--format", "json"])
    assert json.loads(capsys.readouterr().out)["state_folder"] == str(state_folder(news))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--adopt", "share"], "nothing to adopt: PATH is not known as a copy of another library"),
        (["--adopt", "copy", "--status"], "--status changes nothing: use either --status or --adopt"),
        (["--adopt", "all"], "argument --adopt: invalid choice: 'all'"),
    ],
)
def test_an_answer_to_no_question(news: Path, options: list[str], message: str, capsys: Output) -> None:
    assert main(["index", str(news), *options]) == 2
    assert message.replace("PATH", str(news)) in capsys.readouterr().err


def test_another_library_in_its_place_is_told_of(news: Path, capsys: Output) -> None:
    shutil.rmtree(news)
    news.mkdir()
    for name in "abc":
        (news / f"{name}.yaml").write_text(f"headline: Part {name}\nbody: [It sinks.]\n", "utf-8")
    assert main(["registry", str(news)]) == 1
    assert f"another library was in {news} before; its searches and decisions are not used" in capsys.readouterr().err
    assert main(["index", str(news), "--adopt", "nothing"]) == 0
    assert main(["export", "--saved", "toll", str(news)]) == 2
    assert "no saved search 'toll'" in capsys.readouterr().err
