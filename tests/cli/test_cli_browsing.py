"""`dossier` alone, or with a path: what the screen is given, and what is printed where there is none."""

import os
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any, ClassVar

import pytest
from shell import ARLEN, NATO, Output, golden, write_article
from waiting import until

from dossier.cli import browse, main
from dossier.library.growing_list import GrowingList
from dossier.loader.article import LoadedArticle
from dossier.ui.actions import ACTIONS
from dossier.ui.navigation import go_back, restore_cursors
from dossier.ui.options import DisplayOptions
from dossier.ui.state import NO_ARTICLE, PaneScope, State

pytestmark = pytest.mark.usefixtures("no_reader")


def test_without_a_terminal_one_article_is_printed(capsys: Output) -> None:
    assert main.main([NATO]) == 0
    shown = capsys.readouterr().out
    assert main.main(["show", "#", NATO]) == 0
    assert shown == capsys.readouterr().out
    assert main.main([NATO, "--at", "quote/q3"]) == 0
    assert capsys.readouterr().out == golden("show-quote.txt")


def test_without_a_terminal_there_is_no_place_to_open_at(capsys: Output) -> None:
    assert main.main([NATO]) == 0
    printed = capsys.readouterr().out
    assert main.main([NATO, "--find", "kishida"]) == 0
    told = capsys.readouterr()
    assert (told.out, told.err) == (
        printed,
        "dossier: --find needs a terminal; printing the whole article\n",
    )


def test_without_a_terminal_a_library_is_listed_newest_first(capsys: Output) -> None:
    assert main.main(["--demo"]) == 0
    lines = capsys.readouterr().out.splitlines()
    first, second = (lines.index(f"             {id}") for id in ("sulen-light%3A2023%2F36", "hh-2023-04-12-ferry"))
    assert lines[second - 1] == "12 Apr 2023  Ferry pact signed in Port Arlen · 09:30+02:00 · Harbour Herald"
    assert first < second
    assert len(lines) == 26


def test_without_a_terminal_an_address_in_a_library_is_printed(capsys: Output) -> None:
    assert main.main([ARLEN, "--at", "hh-2023-04-12-ferry#headline"]) == 0
    assert capsys.readouterr().out == "Ferry pact signed in Port Arlen\n"


def test_without_a_terminal_a_library_is_searched_by_another_command(capsys: Output) -> None:
    assert main.main([ARLEN, "--find", "Minatsu"]) == 0
    told = capsys.readouterr()
    assert "--find needs a terminal" in told.err
    assert "dossier search prints only what it finds" in told.err
    assert len(told.out.splitlines()) == 24


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("--at quote/q33", "did you mean nato-seoul-2023#quote/q3?"),
        ("--at nato#quote/q3", "no article 'nato' here: did you mean nato-seoul-2023#quote/q3?"),
        ("--demo --at quote/q1", "say which one, as in\n  start-here#quote/q1\n"),
        ("--demo --at hh-2023-04-12-fery#headline", "did you mean hh-2023-04-12-ferry#headline?"),
        (
            "--demo --at hh-2023-04-12-ferry#para/p99",
            "hh-2023-04-12-ferry#para/p99 does not exist: did you mean hh-2023-04-12-f",
        ),
        ("none.yaml", "none.yaml: No such file or directory; name an article file or a folder"),
        ("faulty/closed.yaml", "faulty/closed.yaml:2:16: error:"),
    ],
)
def test_nothing_to_open(words: str, message: str, capsys: Output) -> None:
    assert main.main(words.split()) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert message in told.err


@pytest.fixture(params=[False, True], ids=["printed", "painted"])
def either(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal and on one."""
    monkeypatch.setattr(browse, "has_screen", lambda path: request.param)
    monkeypatch.setattr("dossier.tui.app.DossierApp", Painted)
    monkeypatch.setattr("dossier.cli.startup.paint", lambda frame, able, asks: nullcontext())
    monkeypatch.setattr("dossier.cli.startup.attach_input", lambda: None)


@pytest.mark.usefixtures("either")
@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("on: push", ["no article in", "headline: or body: at the top level"]),
        ("headline: [", ["1.yaml:1:", "2.yaml:1:", "[not-yaml]", "nothing to open", "dossier check"]),
        ("headline: Ferry", ["1.yaml:1:1: ", "[no-body]", "nothing to open"]),
    ],
)
def test_a_folder_in_which_nothing_can_be_opened(
    text: str, messages: list[str], tmp_path: Path, capsys: Output
) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}.yaml").write_text(text, "utf-8")
    assert main.main([str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert [message for message in messages if message not in told.err] == []


@pytest.mark.usefixtures("either")
@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("--at quote/q1", "say which one, as in\n"),
        ("--at hh-2023-04-12-fery#headline", "did you mean hh-2023-04-12-ferry#headline?"),
        ("--at hh-2023-04-12-ferry#person/okafo", "did you mean hh-2023-04-12-ferry#person/okafor?"),
    ],
)
def test_an_address_that_is_not_in_the_library(words: str, message: str, capsys: Output) -> None:
    assert main.main([ARLEN, *words.split()]) == 2
    assert message in capsys.readouterr().err


def test_an_id_that_two_articles_bear_is_told_by_their_paths(tmp_path: Path, capsys: Output) -> None:
    for name in ("one", "two"):
        write_article(tmp_path, name, id="same")
    assert main.main([str(tmp_path), "--at", "same#headline"]) == 2
    told = capsys.readouterr().err
    assert "several articles have the id same: write " in told
    assert {"one.yaml#headline", "two.yaml#headline"} <= set(told.split())
    assert main.main([str(tmp_path), "--at", "two.yaml#headline"]) == 0


def test_the_library_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setenv("DOSSIER_LIBRARY", str(tmp_path / "none"))
    for words in ([], ["search", "ferry"], ["index"]):
        assert main.main(words) == 2
        assert str(tmp_path / "none") in capsys.readouterr().err
    monkeypatch.setenv("DOSSIER_LIBRARY", str(tmp_path))
    assert main.main([]) == 2
    assert "no article in $DOSSIER_LIBRARY" in capsys.readouterr().err
    write_article(tmp_path, "one")
    assert main.main(["show", "headline"]) == 0
    assert capsys.readouterr().out == "Ferry\n"
    write_article(tmp_path, "two")
    assert main.main([]) == 0
    assert capsys.readouterr().out.count("Ferry") == 2


class Painted:
    """Stands for the application: has the state and keeps it, instead of painting it."""

    made: ClassVar[list["Painted"]] = []
    return_code = 0

    def __init__(
        self,
        state: State,
        listen: Callable[[Callable[[], None]], None],
        read: Callable[[Path], LoadedArticle],
        keep: Callable[[State], str],
        manner: DisplayOptions,
        driver: type,
    ) -> None:
        self.state, self.read, self.manner, self._keep = state, read, manner, keep
        self.options: dict[str, Any] = {}
        self.made.append(self)

    def end(self) -> tuple[str, ...]:
        return tuple(filter(None, [self.save_place()]))

    def run(self, **options: Any) -> None:
        self.options = options
        shown = [pane.entries for pane in self.state.panes.values()]
        until(lambda: all(rows.is_done for rows in shown if isinstance(rows, GrowingList)))

    def save_place(self) -> str:
        return self._keep(self.state)

    def end_saving(self) -> str:
        return ""


@pytest.fixture
def paint(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Painted]:
    """Return a function that starts the program as on a terminal, and returns the app that it made."""
    monkeypatch.setattr("dossier.tui.app.DossierApp", Painted)
    monkeypatch.setattr("dossier.cli.startup.paint", lambda frame, able, asks: nullcontext())
    monkeypatch.setattr("dossier.cli.startup.attach_input", lambda: None)
    monkeypatch.setattr(browse, "has_screen", lambda path: True)
    for name in ("TEXTUAL_ANIMATIONS", "TEXTUAL_DISABLE_KITTY_KEY", "TEXTUAL_COLOR_SYSTEM"):
        monkeypatch.setenv(name, "")

    def start(*words: str) -> Painted:
        Painted.made.clear()
        assert main.main(words) == 0
        return Painted.made[0]

    return start


def test_the_screen_opens_on_the_bundled_article(paint: Callable[..., Painted]) -> None:
    app = paint()
    assert app.options == {"mouse": False}
    assert (os.environ["TEXTUAL_ANIMATIONS"], os.environ["TEXTUAL_DISABLE_KITTY_KEY"]) == ("none", "1")
    assert app.state.reading.article.ref.article == "nato-seoul-2023"
    assert app.state.library is None
    assert app.state.find.query is None
    assert app.read(Path(NATO)).article == app.state.reading.article


def test_the_sample_is_said_to_be_one_and_why_it_is_shown(
    paint: Callable[..., Painted], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = "sample: no articles in this folder · dossier FOLDER opens yours"
    monkeypatch.chdir(tmp_path)
    assert paint().manner.notice == notice
    # Whoever names it knows what it is, and an article in the folder is no sample.
    assert paint(NATO).manner.notice == ""
    write_article(tmp_path, "one")
    assert paint().manner.notice == ""
    monkeypatch.chdir(Path(NATO).parent)
    assert paint().manner.notice == ""


def test_without_a_terminal_the_sample_is_told_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main.main([]) == 0
    told = capsys.readouterr()
    assert told.err == "dossier: sample: no articles in this folder · dossier FOLDER opens yours\n"
    assert main.main([NATO]) == 0
    assert capsys.readouterr() == (told.out, "")


def test_the_screen_opens_at_an_address(paint: Callable[..., Painted]) -> None:
    state = paint(NATO, "--at", "quote/q3").state
    assert (state.focus, str(state.entry and state.entry.ref)) == ("quotes", "nato-seoul-2023#quote/q3")


def test_the_screen_opens_at_a_hit(paint: Callable[..., Painted]) -> None:
    state = paint(NATO, "--find", "kishida").state
    assert state.find.hit is not None
    assert str(state.find.hit[0]) == "nato-seoul-2023#para/p6"
    assert len(state.find.hits) > 2


@pytest.mark.parametrize("path", [NATO, ARLEN])
def test_what_is_to_be_found_cannot_act_on_the_terminal(path: str, paint: Callable[..., Painted]) -> None:
    query = paint(path, "--find", "\x1b]0;x\x07").state.find.query
    assert query is not None
    assert query.typed == "␛]0;x␇"


def test_the_screen_opens_a_library(paint: Callable[..., Painted]) -> None:
    state = paint(ARLEN).state
    assert (state.focus, state.library_view.pane_scope, state.reading.article) == (
        "library",
        PaneScope.LIBRARY,
        NO_ARTICLE,
    )
    shown = [entry.ref.article for entry in state.panes["library"].entries]
    assert len(shown) == 11
    assert shown[0] == "hh-2024-10-12-the-long-quay"


def test_the_tutorial_begins_with_its_lessons_and_goes_on_where_it_was_left(paint: Callable[..., Painted]) -> None:
    app = paint("--demo")
    assert (app.state.focus, app.state.reading.article.ref.article) == ("article", "start-here")
    assert app.state.pane.cursor.row == 0
    left = go_back(app.state)
    assert left is not None
    assert left.focus == "library"
    assert paint("--demo", "--at", "hh-2023-04-12-ferry#para/p2").state.reading.article.ref.article.endswith("ferry")
    assert paint("--demo", "--find", "Minatsu").state.focus == "library"
    app.state = restore_cursors(left)
    app.save_place()
    assert paint("--demo").state.focus == "library"
    assert paint("--demo", "--fresh").state.reading.article.ref.article == "start-here"


def test_a_folder_with_one_article_is_that_article(paint: Callable[..., Painted], tmp_path: Path) -> None:
    write_article(tmp_path, "one")
    state = paint(str(tmp_path)).state
    assert (state.library, state.reading.article.headline) == (None, "Ferry")


def test_the_screen_opens_a_library_searched(paint: Callable[..., Painted]) -> None:
    state = paint(ARLEN, "--find", "Minatsu").state
    assert state.library_view.scope.steps == ("“Minatsu”",)
    shown = [entry.parts[1].text for entry in state.panes["library"].entries]
    assert "A yard in Minatsu lays down the island boat" in shown
    assert "Slip at Åsvik shut for a day, or two" not in shown


@pytest.mark.parametrize(
    ("kind", "pane"), [("para/p2", "article"), ("quote/q1", "quotes"), ("person/okafor", "people")]
)
def test_an_address_opens_its_article_and_back_leads_to_the_library(
    kind: str, pane: str, paint: Callable[..., Painted]
) -> None:
    state = paint(ARLEN, "--at", f"hh-2023-04-12-ferry#{kind}").state
    assert (state.focus, state.library_view.pane_scope) == (pane, PaneScope.ARTICLE)
    assert str(state.entry and state.entry.ref) == f"hh-2023-04-12-ferry#{kind}"
    left = go_back(state)
    assert left is not None
    assert (left.focus, left.library_view.pane_scope) == ("library", PaneScope.LIBRARY)


@pytest.mark.parametrize("term", ["", "dumb"])
def test_a_dumb_terminal_is_not_painted_on(term: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert browse.has_screen(None)
    monkeypatch.setenv("TERM", term)
    assert not browse.has_screen(None)


@pytest.mark.parametrize("path", [NATO, ARLEN])
def test_opened_again_it_is_where_it_was_left_unless_asked_otherwise(path: str, paint: Callable[..., Painted]) -> None:
    app = paint(path)
    for move in ("line-down", "pane-quotes", "line-down", "line-down"):
        app.state = ACTIONS[move](app.state).state
    here = app.state.pane.address
    assert app.save_place() == ""
    assert restore_cursors(paint(path).state).pane.address == here
    assert paint(path, "--fresh").state.focus == ("article" if path == NATO else "library")
    assert paint(path, "--find", "Kishida").state.pane.address != here


def test_settings_reach_the_screen_and_the_command_line_goes_before_them(
    paint: Callable[..., Painted], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("TERM", "xterm-direct")
    (tmp_path / "dossier").mkdir()
    config = tmp_path / "dossier" / "config.toml"
    config.write_text('theme = "dark"\ncolumn = 60\nclipbord = "off"\n[keys]\nfind = "ctrl+t"\n', "utf-8")
    manner = paint(NATO).manner
    assert (manner.theme.name, manner.column, manner.by_key()["ctrl+t"]) == ("dark", 60, "find")
    assert "config.toml:3: " in manner.notice
    assert "clipboard" in manner.notice
    assert paint(NATO, "--theme", "light").manner.theme.name == "light"
    assert paint(NATO, "--mouse").options == {"mouse": True}
    monkeypatch.setenv("TERM", "xterm")
    assert paint(NATO).manner.theme.name == "terminal"


def test_there_is_no_theme_of_that_name(paint: Callable[..., Painted], capsys: Output) -> None:
    assert main.main([NATO, "--theme", "drak"]) == 2
    assert "dark" in capsys.readouterr().err


def test_a_folder_of_json_articles_is_a_library(tmp_path: Path, capsys: Output) -> None:
    for day, name in enumerate(("a.json", "b.JSON"), 1):
        text = (
            f'{{"headline": "{name} \\ud83d\\ude00", "outlet": "H", "published": "2023-04-0{day}", "body": ["One."]}}'
        )
        (tmp_path / name).write_text(text, "utf-8")
    assert main.main([str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "b.JSON 😀" in lines[0]
    assert "a.json 😀" in "".join(lines[1:])
    (tmp_path / "b.JSON").unlink()
    assert main.main([str(tmp_path)]) == 0
    assert "One." in capsys.readouterr().out
