"""Tests of reading `config.toml`, and of the messages for mistakes in it."""

from pathlib import Path

import pytest

from dossier.config.settings import Settings, bind_keys
from dossier.config.settings_file import LoadedSettings, load_settings
from dossier.ui.commands import COMMANDS

DEFAULTS = {command.id: command.keys for command in COMMANDS}
ALL = """\
theme = "mono"
clipboard = "off"
ascii = true
linear = true
mouse = true
motion = true
column = 60
scope = "library"
ambiguous = 2
probe = false
index = "/net/indexes"
engine = "postgresql:///?service=news"

[keys]
search = ["ctrl+t", "F5"]
order = []
hints = "§"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def reading(path: Path, text: str) -> LoadedSettings:
    path.write_text(text, "utf-8")
    return load_settings(path, DEFAULTS)


def test_all_settings(path: Path) -> None:
    found = reading(path, ALL)
    assert found.problems == ()
    keys = {"search": ("ctrl+t", "f5"), "order": (), "hints": ("section_sign",)}
    places = ("/net/indexes", "postgresql:///?service=news")
    assert found.settings == Settings("mono", "off", True, True, True, True, 60, "library", 2, False, *places, keys)
    assert (found.find_line("theme"), found.find_line("keys", "order"), found.find_line("keys", "pin")) == (1, 16, None)


@pytest.mark.parametrize(("text", "value"), [("1", 1), ("2", 2), ('"auto"', "auto")])
def test_a_setting_that_is_a_number_or_a_word(text: str, value: object, path: Path) -> None:
    found = reading(path, f"ambiguous = {text}\n")
    assert (found.settings.ambiguous, found.problems) == (value, ())


def test_an_empty_file_sets_nothing(path: Path) -> None:
    found = reading(path, "# nothing\n")
    assert (found.settings, found.problems, found.keys_in_file) == (Settings(), (), frozenset())


def test_a_theme_of_the_readers_own(path: Path) -> None:
    (path.parent / "themes").mkdir()
    (path.parent / "themes" / "mine.toml").touch()
    assert reading(path, 'theme = "mine"').settings.theme == "mine"


def test_keys_in_braces_and_with_dots(path: Path) -> None:
    assert reading(path, 'keys = {order = "x"}').settings.keys == {"order": ("x",)}
    found = reading(path, '\nkeys.order = "x"')
    assert (found.settings.keys, found.find_line("keys", "order")) == ({"order": ("x",)}, 2)


@pytest.mark.parametrize(
    ("line", "place", "code", "message"),
    [
        ('thme = "dark"', (2, 1), "unknown-name", "unknown setting 'thme': did you mean theme?"),
        (
            "zzz = 1",
            (2, 1),
            "unknown-name",
            "the settings are theme, clipboard, ascii, linear, mouse, motion, column, scope, ambiguous, probe, index",
        ),
        ('search = "x"', (2, 1), "unknown-name", "search is a command: write its keys below a line [keys]"),
        ('theme = "drak"', (2, 9), "wrong-value", "theme cannot be 'drak': did you mean dark?"),
        ('theme = "\\u001b"', (2, 9), "wrong-value", "theme cannot be '\\x1b': choose from terminal, dark"),
        ("theme = 1", (2, 9), "wrong-value", "theme must be the name of a theme, in quotes"),
        ('clipboard = "osc"', (2, 13), "wrong-value", "clipboard cannot be 'osc': did you mean osc52?"),
        (
            "clipboard = false",
            (2, 13),
            "wrong-value",
            'clipboard must be "auto", "osc52", "native" or "off", in quotes',
        ),
        ('ascii = "true"', (2, 9), "wrong-value", "ascii must be true or false, without quotes"),
        ("ascii = 1", (2, 9), "wrong-value", "ascii must be true or false"),
        ("linear =   0.5", (2, 12), "wrong-value", "linear must be true or false"),
        ('index = "here"', (2, 9), "wrong-value", "index must be an absolute path, or one that begins with ~"),
        ("index = 1", (2, 9), "wrong-value", "index must be an absolute path, or one that begins with ~, in quotes"),
        ("column = true", (2, 10), "wrong-value", "column must be 20 to 200"),
        ("column = 19", (2, 10), "wrong-value", "column must be 20 to 200"),
        ("column = 201", (2, 10), "wrong-value", "column must be 20 to 200"),
        ("column = 60.0", (2, 10), "wrong-value", "column must be 20 to 200"),
        ('column = "60"', (2, 10), "wrong-value", "column must be 20 to 200, without quotes"),
        ("ambiguous = 3", (2, 13), "wrong-value", 'ambiguous must be 1, 2 or "auto"'),
        ("ambiguous = 2.0", (2, 13), "wrong-value", 'ambiguous must be 1, 2 or "auto"'),
        ("ambiguous = true", (2, 13), "wrong-value", 'ambiguous must be 1, 2 or "auto"'),
        ('ambiguous = "2"', (2, 13), "wrong-value", 'ambiguous must be 1, 2 or "auto": write 2 without quotes'),
        ('ambiguous = "atuo"', (2, 13), "wrong-value", "ambiguous cannot be 'atuo': did you mean auto?"),
        ('ambiguous = "wide"', (2, 13), "wrong-value", "ambiguous cannot be 'wide': choose from 1, 2, auto"),
        ("probe = 0", (2, 9), "wrong-value", "probe must be true or false"),
        (
            "keys = 3",
            (2, 8),
            "wrong-value",
            'keys must be a table: write a line [keys], and below it lines such as search = "ctrl+t"',
        ),
        ('[keys]\nserach = "x"', (3, 1), "unknown-name", "unknown command 'serach': did you mean search?"),
        (
            "[keys]\nsearch = 3",
            (3, 10),
            "wrong-value",
            'search must be a key or a list of keys in quotes, such as "ctrl+t"',
        ),
        ("[keys]\nsearch = [3]", (3, 10), "wrong-value", "search must be a key or a list of keys"),
        ('[keys]\nsearch = "ctrl+i"', (3, 10), "no-key", "search: a terminal sends the same for ctrl+i as for tab"),
        ('[keys]\nsearch = "pgdwn"', (3, 10), "no-key", "search: unknown key 'pgdwn': did you mean pgdn?"),
        ("[keys]\nquit = []", (3, 8), "wrong-value", "quit needs a key and keeps q, ctrl+c"),
        ("mouse = yes", (2, 9), "not-toml", "put text in quotes"),
    ],
)
def test_a_mistake_is_told_and_the_rest_holds(
    line: str, place: tuple[int, int], code: str, message: str, path: Path
) -> None:
    found = reading(path, f'scope = "found"\n{line}\n')
    (problem,) = found.problems
    assert (problem.path, (problem.line, problem.column), problem.code) == (str(path), place, code)
    assert message in problem.message
    assert found.settings == Settings(scope="found", keys=found.settings.keys)
    assert found.settings.keys == {}


@pytest.mark.parametrize(
    ("lines", "told", "whose"),
    [
        (
            'search = "v"',
            (11, 1, "key-taken", "v now runs search and no longer order: write order = []"),
            {"v": "search"},
        ),
        (
            'search = "X"\norder = "X"',
            (12, 9, "key-bound-twice", "X is bound twice: it runs search (line 11), not order"),
            {"X": "search", "v": "order"},
        ),
        (
            'search = ":"',
            (11, 10, "key-bound-twice", ": stays with commands, which needs a key, and does not run search"),
            {":": "commands", "s": "search"},
        ),
    ],
)
def test_a_key_that_two_commands_want(
    lines: str, told: tuple[int, int, str, str], whose: dict[str, str], path: Path
) -> None:
    found = reading(path, "\n" * 9 + f"[keys]\n{lines}\n")
    (problem,) = found.problems
    assert (problem.line, problem.column, problem.code) == told[:3]
    assert told[3] in problem.message
    commands = {key: id for id, keys in bind_keys(DEFAULTS, found.settings.keys).keys.items() for key in keys}
    assert {key: commands[{":": "colon"}.get(key, key)] for key in whose} == whose


def test_several_mistakes_are_told_in_the_order_of_the_lines(path: Path) -> None:
    found = reading(path, '[keys]\nquit = "alt+q"\nsearch = ["ctrl+t", "ctrl+1"]\n[them]\n')
    assert [(one.line, one.code) for one in found.problems] == [(2, "no-key"), (3, "no-key"), (4, "unknown-name")]
    assert found.settings.keys == {"search": ("ctrl+t",)}


def test_a_file_that_is_not_there(path: Path) -> None:
    found = load_settings(path, DEFAULTS)
    assert found.settings == Settings()
    assert [one.code for one in found.problems] == ["cannot-read"]
