"""Tests of what the commands use and say of a library that was moved or copied, and of the answer `index --reuse`."""

import json
import shutil
from pathlib import Path
from threading import Event

import pytest
from waiting import PATIENCE

from dossier.cli import browse, known_roots, startup
from dossier.cli.main import main
from dossier.cli.startup import ScreenSetup
from dossier.core.paths import state_folder
from dossier.core.ref import parse_ref
from dossier.library.reuse import Reused
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
        assert (
            told.err.count(
                f"{copy} seems to be a copy of the library in {news}; its searches and decisions are not used"
            )
            == 1
        )
        assert f"dossier index {copy} --reuse copy" in told.err
    assert main(["registry", str(copy)]) == 1
    assert main(["index", str(copy), "--reuse", "copy"]) == 0
    assert f"what you make in {copy} is kept in {state_folder(copy)}" in capsys.readouterr().err
    assert main(["registry", str(copy)]) == 0
    told = capsys.readouterr()
    assert "Lena Okafor" in told.out
    assert "seems to be a copy" not in told.err


def test_the_status_says_where_it_is_kept(news: Path, tmp_path: Path, capsys: Output) -> None:
    there = news.rename(tmp_path / "archive")
    main(["index", str(there), "--status", "--format", "json"])
    assert json.loads(capsys.readouterr().out)["state_folder"] == str(state_folder(news))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--reuse", "share"], "nothing to reuse: PATH is not known as a copy of another library"),
        (["--reuse", "copy", "--status"], "--status changes nothing: use either --status or --reuse"),
        (["--reuse", "all"], "argument --reuse: invalid choice: 'all'"),
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
    assert main(["index", str(news), "--reuse", "nothing"]) == 0
    assert main(["export", "--saved", "toll", str(news)]) == 2
    assert "no saved search 'toll'" in capsys.readouterr().err


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[ScreenSetup]:
    """Return what the screen is opened with, each time; nothing is shown, and the place is saved as when one quits."""
    setups: list[ScreenSetup] = []

    def open_screen(setup: ScreenSetup) -> int:
        setups.append(setup)
        state = setup.open_state(lambda: None)
        assert setup.save_place(state) == ""
        setup.remember()
        return 0

    monkeypatch.setattr(startup, "open_screen", open_screen)
    monkeypatch.setattr(browse, "has_screen", lambda path: True)
    return setups


def test_the_screen_of_a_renamed_library_has_its_place_and_says_so(
    news: Path, tmp_path: Path, opened: list[ScreenSetup]
) -> None:
    assert main([str(news)]) == 0
    there = news.rename(tmp_path / "archive")
    assert main([str(there)]) == main([str(there)]) == 0
    assert [setup.folder for setup in opened] == [state_folder(news)] * 3
    said = f"the folder was {news}: its searches, names and decisions are used here"
    assert [setup.notice for setup in opened] == ["", said, ""]
    assert not state_folder(there).exists()
    assert (state_folder(news) / "place.json").is_file()


def test_the_screen_of_a_copy_has_a_place_of_its_own_until_it_shares(
    news: Path, tmp_path: Path, opened: list[ScreenSetup], capsys: Output
) -> None:
    copy = Path(shutil.copytree(news, tmp_path / "copy"))
    assert main([str(copy)]) == 0
    assert opened[0].notice == ""
    # The screen asks; nothing is printed over it.
    assert capsys.readouterr().err == ""
    state = opened[0].open_state(lambda: None)
    assert state.library
    assert state.library.reuse
    assert not (state_folder(news) / "place.json").exists()
    state.library.reuse.answer(Reused.SHARED)
    opened[0].save_place(state)
    assert (state_folder(news) / "place.json").is_file()
    opened[0].remember()
    assert find_state(copy).folder == state_folder(news)
    assert find_state(news).folder == state_folder(news)


def test_the_screen_of_a_renamed_article_has_its_place_and_says_so(
    news: Path, tmp_path: Path, opened: list[ScreenSetup]
) -> None:
    one = news / "one.yaml"
    assert main([str(one)]) == 0
    there = one.rename(tmp_path / "other.yaml")
    assert main([str(there)]) == 0
    assert [setup.folder for setup in opened] == [state_folder(one)] * 2
    assert [setup.notice for setup in opened] == ["", f"the file was {one}: your place in it is used here"]


def test_recording_waits_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_roots, "_PATIENCE", 0.01)
    stopped, called = Event(), list[str]()

    def remember() -> None:
        called.append("once")
        stopped.wait(PATIENCE)

    with known_roots.remembering(remember):
        pass
    assert called == ["once"]
    stopped.set()
