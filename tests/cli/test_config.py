"""`dossier config`: what it prints, that this can be put in the file's place, and the status it ends with."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from shell import ROOT, Output

from dossier.cli import main
from dossier.config.settings import SETTINGS, Settings, bind_keys
from dossier.config.settings_file import load_settings
from dossier.ui.commands import COMMANDS

DEFAULTS = {command.id: command.keys for command in COMMANDS}
SET = 'theme = "mine"\ncolumn = 60\n\n[keys]\nsearch = ["v", "ctrl+t"]\n'


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the path of the user's settings file, which does not exist yet, beside a theme of the user's own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "dossier" / "themes").mkdir(parents=True)
    (tmp_path / "dossier" / "themes" / "mine.toml").write_text('like = "dark"\n', "utf-8")
    return tmp_path / "dossier" / "config.toml"


def test_show_without_a_file(config: Path, capsys: Output) -> None:
    assert main.main(["config", "show"]) == 0
    told = capsys.readouterr()
    lines = told.out.splitlines()
    assert lines[:2] == [
        f"# {config} (no such file: the defaults apply)",
        "# themes: terminal, dark, light, mono, paper; your own: mine",
    ]
    assert 'page-down = ["pgdn", "ctrl+f"]      # default' in lines
    assert all(f"# {setting.help}: {setting.value_kind}" in lines for setting in SETTINGS)
    assert told.err == ""
    assert not config.exists()


def test_show_says_where_each_comes_from(config: Path, capsys: Output) -> None:
    config.write_text(SET, "utf-8")
    assert main.main(["config", "show"]) == 0
    told = capsys.readouterr()
    lines = told.out.splitlines()
    assert f"# {config}" in lines
    assert f'theme = "mine"                      # {config}:1' in lines
    assert "mouse = false                       # default" in lines
    assert f'search = ["v", "ctrl+t"]            # {config}:5' in lines
    assert "order = []                          # default" in lines
    assert told.err == f"dossier: 0 errors, 1 warning in {config}: dossier config validate lists them\n"


@pytest.mark.parametrize("text", [None, "", SET, '[keys]\nquit = "Q"\nback = "é"\npin = []\nsearch = ":"\n'])
def test_what_show_prints_can_be_put_in_the_files_place(text: str | None, config: Path, capsys: Output) -> None:
    if text is not None:
        config.write_text(text, "utf-8")
    main.main(["config", "show"])
    before = load_settings(config, DEFAULTS).settings if text is not None else Settings()
    config.write_text(capsys.readouterr().out, "utf-8")
    after = load_settings(config, DEFAULTS)
    assert after.problems == ()
    assert after.settings._replace(keys={}) == before._replace(keys={})
    assert after.settings.keys == bind_keys(DEFAULTS, before.keys).keys
    assert main.main(["config", "validate"]) == 0


def test_show_as_json_tells_the_same(config: Path, capsys: Output) -> None:
    config.write_text(SET, "utf-8")
    assert main.main(["config", "show", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["path"], told["is_there"], told["themes"][-1]) == (str(config), True, "mine")
    assert list(told["settings"]) == [setting.name for setting in SETTINGS if setting.name != "keys"]
    assert told["settings"]["column"] == {"value": 60, "line": 2}
    assert told["settings"]["mouse"] == {"value": False, "line": None}
    assert list(told["keys"]) == list(DEFAULTS)
    assert told["keys"]["search"] == {"keys": ["v", "ctrl+t"], "line": 5}
    assert told["keys"]["order"] == {"keys": [], "line": None}


def test_validate_without_a_file(config: Path, capsys: Output) -> None:
    assert main.main(["config", "validate"]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"dossier: {config} does not exist")


def test_validate_tells_mistakes_as_check_does(config: Path, capsys: Output) -> None:
    config.write_text(SET.replace("column", "colunm"), "utf-8")
    mine = config.parent / "themes" / "mine.toml"
    mine.write_text('like = "dark"\nlit = "cyna"\n', "utf-8")
    assert main.main(["config", "validate"]) == 1
    told = capsys.readouterr()
    cure = "write order = [], or give it other keys, to confirm this"
    assert told.out.splitlines() == [
        f"{config}:2:1: error: unknown setting 'colunm': did you mean column? [unknown-name]",
        f"{config}:5:1: warning: v now runs search and no longer order: {cure} [key-taken]",
        f"{mine}:2:8: error: lit: 'cyna' is not a colour: did you mean cyan? [wrong-value]",
    ]
    assert told.err == f"2 errors, 1 warning in {config} and its themes\n"


def test_a_warning_is_no_error(config: Path, capsys: Output) -> None:
    config.write_text(SET, "utf-8")
    assert main.main(["config", "validate"]) == 0
    assert capsys.readouterr().err == f"0 errors, 1 warning in {config} and its themes\n"


def test_validate_a_file_by_its_name(config: Path, tmp_path: Path, capsys: Output) -> None:
    config.write_text("wrong", "utf-8")
    other = tmp_path / "other.toml"
    other.write_text("mouse = true\n", "utf-8")
    assert main.main(["config", "validate", str(other)]) == 0
    assert capsys.readouterr().err == f"0 errors, 0 warnings in {other} and its themes\n"
    assert main.main(["config", "validate", str(tmp_path / "none.toml")]) == 2
    assert "none.toml: no such file" in capsys.readouterr().err


def test_what_a_file_holds_cannot_command_the_terminal(config: Path, capsys: Output) -> None:
    config.write_text('"\\u001b[2J" = 1\ntheme = "\\u202e"\n', "utf-8")
    assert main.main(["config", "validate"]) == 1
    assert main.main(["config", "show"]) == 0
    told = capsys.readouterr()
    assert not {"\x1b", "\u202e"} & set(told.out + told.err)


@pytest.mark.parametrize("what", ["show", "validate"])
def test_neither_loads_the_toolkit(what: str, config: Path) -> None:
    config.write_text(SET, "utf-8")
    program = f"import sys; from dossier.cli.main import main; main(['config', '{what}']); print(); "
    program += "print('textual' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout.splitlines()[-1]) == (0, "False"), ran.stderr
