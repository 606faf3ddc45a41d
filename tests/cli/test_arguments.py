"""What the words of a command line ask for."""

from pathlib import Path

import pytest

from dossier.cli.arguments import (
    Browse,
    Check,
    CommandError,
    ConfigShow,
    ConfigValidate,
    Index,
    Registry,
    Search,
    Show,
    Version,
    understood,
)
from dossier.core.ref import Ref
from dossier.loader.limits import Limits

USUAL = Limits()
QUOTE = Ref("", "quote", "q3")


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("", Browse(None, None, "", False, USUAL)),
        ("data", Browse(Path("data"), None, "", False, USUAL)),
        ("./check", Browse(Path("check"), None, "", False, USUAL)),
        ("-- show", Browse(Path("show"), None, "", False, USUAL)),
        ("check -- -x", Check((Path("-x"),), False, USUAL)),
        ("check --format json -- a -x", Check((Path("a"), Path("-x")), True, USUAL)),
        ("show quote/q3 -- -x", Show(QUOTE, Path("-x"), False, USUAL)),
        ("--at quote/q3 -- -x", Browse(Path("-x"), QUOTE, "", False, USUAL)),
        ("a --max-depth 1000", Browse(Path("a"), None, "", False, Limits(depth=1000))),
        ("--at quote/q3 data", Browse(Path("data"), QUOTE, "", False, USUAL)),
        ("data --find=arms", Browse(Path("data"), None, "arms", False, USUAL)),
        ("--demo", Browse(None, None, "", True, USUAL)),
        ("--version", Version()),
        ("--fresh a --theme dark", Browse(Path("a"), None, "", False, USUAL, fresh=True, theme="dark")),
        ("--ascii", Browse(None, None, "", False, USUAL, ascii=True)),
        ("--linear", Browse(None, None, "", False, USUAL, linear=True)),
        ("--mouse", Browse(None, None, "", False, USUAL, mouse=True)),
        ("config show", ConfigShow(False)),
        ("config show --format json", ConfigShow(True)),
        ("config validate", ConfigValidate(None)),
        ("config validate -- -x", ConfigValidate(Path("-x"))),
        ("check a b", Check((Path("a"), Path("b")), False, USUAL)),
        ("check a --format json b", Check((Path("a"), Path("b")), True, USUAL)),
        ("check --format text check", Check((Path("check"),), False, USUAL)),
        ("show quote/q3", Show(QUOTE, None, False, USUAL)),
        ("show quote/q3 --format json data", Show(QUOTE, Path("data"), True, USUAL)),
        ("show a#para/p4:1-2 show", Show(Ref("a", "para", "p4", (1, 2)), Path("show"), False, USUAL)),
        ("show #", Show(Ref(""), None, False, USUAL)),
        ("search arms", Search("arms", None, "text", None, "", USUAL)),
        ("search arms data --limit 5 --in quotes", Search("arms", Path("data"), "text", 5, "quotes", USUAL)),
        ("search arms --format csv", Search("arms", None, "csv", None, "", USUAL)),
        ("search --max-size 1 -- -x", Search("-x", None, "text", None, "", Limits(size=1))),
        ("index", Index(None, False, False, False, USUAL)),
        ("index data --rebuild --format json", Index(Path("data"), True, False, True, USUAL)),
        ("index data --status", Index(Path("data"), False, True, False, USUAL)),
        ("registry data", Registry(Path("data"), USUAL)),
        ("a --max-size 1 --max-depth 2", Browse(Path("a"), None, "", False, Limits(1, 2, 10_000, 20_000))),
        ("check a --max-aliases 3", Check((Path("a"),), False, Limits(aliases=3))),
        ("show a --max-entries 4", Show(Ref("a"), None, False, Limits(entries=4))),
    ],
)
def test_understood(words: str, asked: object) -> None:
    assert understood(words.split()) == asked


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("check", "required: PATH; dossier --help lists what there is"),
        ("show", "required: REF; dossier --help"),
        ("show nothing/x#y", "is no address: write article#kind/id"),
        ("--at para/p4:9-3", "runs backwards"),
        ("a b", "unrecognized arguments: b"),
        ("--colour", "unrecognized arguments: --colour"),
        ("--dem", "unrecognized arguments: --dem"),
        ("check a --format xml", "--format"),
        ("--demo data", "leave out either it or PATH"),
        ("a --max-size 1M", "--max-size: '1M' is no limit: write a number above 0"),
        ("a --max-depth 0", "'0' is no limit"),
        ("a --max-depth 1001", "--max-depth: 1,001 levels are too many: 1,000 are the most that can be read"),
        (f"a --max-size {'9' * 16}", "in at most 15 digits"),
        ("a --max-depth -1", "--max-depth"),
        ("chek a.yaml", "is dossier check meant?"),
        ("serch arms", "is dossier search meant?"),
        ("search arms race", "race: no such file or folder; a query of several words goes in quotes"),
        ("search", "required: QUERY"),
        ("search arms --in foot", "--in"),
        ("index data --status --rebuild", "leave out either it or --rebuild"),
        ("config", "required: show|validate"),
        ("config shwo", "choose from"),
        ("config show a.toml", "dossier config validate a.toml reads that file"),
        ("config validate --format json", "prints text alone: leave out --format"),
        ("confg show", "is dossier config meant?"),
        ("show quot/q3", "there is no kind 'quot'; is quote meant?"),
        ("show pyproject.toml", "an address goes before it: dossier show '#' pyproject.toml"),
    ],
)
def test_trouble(words: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    with pytest.raises(CommandError) as raised:
        understood(words.split())
    assert message in str(raised.value)


def test_an_empty_path_is_not_the_current_folder() -> None:
    with pytest.raises(CommandError, match="it is empty"):
        understood(["check", ""])


def test_help_names_every_command_and_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        understood(["--help"])
    text = capsys.readouterr().out
    options = (
        "--at",
        "--find",
        "--demo",
        "--fresh",
        "--theme",
        "--ascii",
        "--linear",
        "--mouse",
        "--version",
        "--format",
        "--max-size",
        "--max-depth",
        "--max-aliases",
    )
    missing = [word for word in ("dossier check", "dossier show", *options, "--max-entries") if word not in text]
    assert missing == []
    assert max(map(len, text.splitlines())) < 84
