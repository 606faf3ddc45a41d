"""`dossier` alone, or with a path: what the screen is given, and what is printed where there is none."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest
from shell import ARLEN, NATO, Output, golden, write_article

from dossier import cli
from dossier.entries.entry import Entry
from dossier.loader.article import Loaded
from dossier.reading.room import Room

pytestmark = pytest.mark.usefixtures("no_reader")


def test_without_a_terminal_one_article_is_printed(capsys: Output) -> None:
    assert cli.main([NATO]) == 0
    shown = capsys.readouterr().out
    assert cli.main(["show", "#", NATO]) == 0
    assert shown == capsys.readouterr().out
    assert cli.main([NATO, "--at", "quote/q3"]) == 0
    assert capsys.readouterr().out == golden("show-quote.txt")


def test_without_a_terminal_there_is_no_place_to_open_at(capsys: Output) -> None:
    assert cli.main([NATO]) == 0
    printed = capsys.readouterr().out
    assert cli.main([NATO, "--find", "kishida"]) == 0
    told = capsys.readouterr()
    assert (told.out, told.err) == (
        printed,
        "dossier: --find needs a terminal to show the place in: here all is printed\n",
    )


def test_without_a_terminal_several_articles_are_listed(capsys: Output) -> None:
    assert cli.main(["--demo"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "12 Apr 2023  Ferry pact signed in Port Arlen · Harbour Herald" in lines
    assert "             hh-2023-04-12-ferry" in lines
    assert "             sulen-light%3A2023%2F36" in lines


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("--at quote/q33", "is nato-seoul-2023#quote/q3 meant?"),
        ("--at nato#quote/q3", "no article 'nato' here: is nato-seoul-2023#quote/q3 meant?"),
        ("--demo --at quote/q1", "say which is meant"),
        ("none.yaml", "none.yaml: No such file or directory; name an article file, or a folder of them"),
        ("faulty/closed.yaml", "faulty/closed.yaml:2:16: error:"),
    ],
)
def test_nothing_to_open(words: str, message: str, capsys: Output) -> None:
    assert cli.main(words.split()) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert message in told.err


def test_the_library_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setenv("DOSSIER_LIBRARY", str(tmp_path / "none"))
    assert cli.main([]) == 2
    assert "dossier: $DOSSIER_LIBRARY: " in capsys.readouterr().err
    monkeypatch.setenv("DOSSIER_LIBRARY", str(tmp_path))
    assert cli.main([]) == 2
    assert "no article in $DOSSIER_LIBRARY" in capsys.readouterr().err
    write_article(tmp_path, "one")
    assert cli.main(["show", "headline"]) == 0
    assert capsys.readouterr().out == "Ferry\n"


class Painted:
    """Stands for the application: keeps what it is given instead of painting it."""

    made: ClassVar[list["Painted"]] = []
    return_code = 0

    def __init__(
        self, articles: Sequence[Entry], enter: Callable[[Entry], Room], read: Callable[[Path], Loaded]
    ) -> None:
        self.articles, self.enter, self.read = articles, enter, read
        self.options: dict[str, Any] = {}
        self.made.append(self)

    def run(self, **options: Any) -> None:
        self.options = options


@pytest.fixture
def paint(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Painted]:
    """Starts the program as on a terminal, and gives the application that it made."""
    monkeypatch.setattr("dossier.tui.app.DossierApp", Painted)
    monkeypatch.setattr(cli, "_has_screen", lambda: True)
    for name in ("TEXTUAL_ANIMATIONS", "TEXTUAL_DISABLE_KITTY_KEY", "TEXTUAL_COLOR_SYSTEM"):
        monkeypatch.setenv(name, "")

    def start(*words: str) -> Painted:
        Painted.made.clear()
        assert cli.main(words) == 0
        return Painted.made[0]

    return start


def test_the_screen_opens_on_the_bundled_article(paint: Callable[..., Painted]) -> None:
    app = paint()
    assert [row.text for row in app.articles] == [
        "~29 Jan 2023\nNATO takes up Pyongyang’s arms for Moscow · Korea JoongAng Daily"
    ]
    assert app.options == {"mouse": False}
    assert (os.environ["TEXTUAL_ANIMATIONS"], os.environ["TEXTUAL_DISABLE_KITTY_KEY"]) == ("none", "1")
    room = app.enter(app.articles[0])
    assert room.article.ref.article == "nato-seoul-2023"
    assert room.query is None
    assert app.read(Path(NATO)).article == room.article


def test_the_screen_opens_at_an_address(paint: Callable[..., Painted]) -> None:
    app = paint(NATO, "--at", "quote/q3")
    room = app.enter(app.articles[0])
    assert (room.focus, str(room.entry and room.entry.ref)) == ("quotes", "nato-seoul-2023#quote/q3")


def test_the_screen_opens_at_a_hit(paint: Callable[..., Painted]) -> None:
    app = paint(NATO, "--find", "kishida")
    room = app.enter(app.articles[0])
    assert room.hit is not None
    assert str(room.hit[0]) == "nato-seoul-2023#para/p6"
    assert len(room.hits) > 2


def test_what_is_to_be_found_cannot_act_on_the_terminal(paint: Callable[..., Painted]) -> None:
    app = paint(NATO, "--find", "\x1b]0;x\x07")
    query = app.enter(app.articles[0]).query
    assert query is not None
    assert query.typed == "␛]0;x␇"


def test_the_screen_offers_several_articles(paint: Callable[..., Painted]) -> None:
    app = paint("--demo")
    assert len(app.articles) >= 8
    opened = [app.enter(row).article for row in app.articles]
    assert [row.parts[1].text.split(" · ")[0] for row in app.articles] == [one.headline for one in opened]
    assert len({row.ref for row in app.articles}) == len(app.articles)


def test_an_address_chooses_among_several_articles(paint: Callable[..., Painted]) -> None:
    app = paint(ARLEN, "--at", "hh-2023-04-12-ferry#para/p2")
    assert len(app.articles) == 1
    room = app.enter(app.articles[0])
    assert str(room.entry and room.entry.ref) == "hh-2023-04-12-ferry#para/p2"


@pytest.mark.parametrize("term", ["", "dumb"])
def test_a_dumb_terminal_is_not_painted_on(term: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert cli._has_screen()
    monkeypatch.setenv("TERM", term)
    assert not cli._has_screen()


def test_find_in_several_articles_leaves_those_that_have_it(capsys: Output) -> None:
    assert cli.main([ARLEN, "--find", "Minatsu"]) == 0
    listed = capsys.readouterr().out
    assert "A yard in Minatsu lays down the island boat" in listed
    assert "Slip at Åsvik" not in listed


def test_find_in_several_articles_that_do_not_have_it(capsys: Output) -> None:
    assert cli.main([ARLEN, "--find", "no such words"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "nothing found for no such words in 11 articles" in told.err
