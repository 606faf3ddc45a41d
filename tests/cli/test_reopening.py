"""An article that is opened again is shown without its YAML being parsed, and is the same in all that can be seen."""

from pathlib import Path

import pytest

from dossier.cli import browse, startup
from dossier.cli.first_paint import compose
from dossier.cli.main import main
from dossier.cli.startup import ScreenSetup
from dossier.loader import article as article_loader
from dossier.loader import source_nodes
from dossier.loader.limits import Limits
from dossier.ui.options import DEFAULT_OPTIONS
from dossier.ui.state import State

DATA = Path(__file__).parent.parent.parent / "data"
FILES = sorted(file for file in DATA.rglob("*.yaml") if file.stem != "registry")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[State]:
    """Return the list of the states that were opened; no screen is."""
    found: list[State] = []

    def open_screen(setup: ScreenSetup) -> int:
        found.append(setup.open_state(lambda: None))
        setup.remember()
        setup.remember()
        return 0

    monkeypatch.setattr(startup, "open_screen", open_screen)
    monkeypatch.setattr(browse, "has_screen", lambda path: True)
    return found


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list of the paths whose YAML was parsed."""
    found: list[str] = []

    def parse_source(data: bytes, path: str, limits: Limits) -> object:
        found.append(path)
        return source_nodes.parse_source(data, path, limits)

    monkeypatch.setattr(article_loader, "parse_source", parse_source)
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@pytest.mark.parametrize("size", [(80, 24), (200, 50)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_an_article_opened_again_is_the_same(
    file: Path, size: tuple[int, int], opened: list[State], parsed: list[str]
) -> None:
    assert [main([str(file)]) for _ in range(2)] == [0, 0]
    first, again = opened
    assert parsed == [str(file)]
    assert again.reading.article == first.reading.article
    assert again.reading.problems == first.reading.problems
    assert compose(again, DEFAULT_OPTIONS, size).frame == compose(first, DEFAULT_OPTIONS, size).frame


def test_an_edited_article_is_parsed_again(tmp_path: Path, opened: list[State], parsed: list[str]) -> None:
    path = tmp_path / "arms.yaml"
    for word in ("came", "came", "went"):
        path.write_text(f"headline: Arms\nbody: The minister {word}.\n", "utf-8")
        assert main([str(path)]) == 0
    assert len(parsed) == 2
    assert opened[-1].reading.article.body[0].text == "The minister went."


@pytest.mark.parametrize("words", [["--at", "para/p2"], ["--find", "Park"], ["--fresh"], ["--max-entries", "30000"]])
def test_options_do_the_same_again(words: list[str], opened: list[State], parsed: list[str]) -> None:
    file = str(DATA / "nato-seoul-2023.yaml")
    assert [main([file, *words]) for _ in range(2)] == [0, 0]
    assert parsed == [file]
    assert opened[0].pane.cursor == opened[1].pane.cursor
    assert opened[0].find == opened[1].find


def test_an_address_that_is_not_there_is_refused_again(opened: list[State], capsys: pytest.CaptureFixture[str]) -> None:
    file = str(DATA / "nato-seoul-2023.yaml")
    main([file])
    assert main([file, "--at", "quote/q999"]) == 2
    assert "q999" in capsys.readouterr().err
