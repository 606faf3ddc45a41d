"""What the words of a command line ask for."""

from pathlib import Path

import pytest

from dossier.cli import (
    browse,
    check,
    config,
    index,
    new_file,
    print_registry,
    print_schema,
    search,
    show,
    write_prompt,
)
from dossier.cli.arguments import CommandError, DisplayArgs, HelpExit, StartPlace, is_plain_count, read_plain_words
from dossier.cli.main import parse_command
from dossier.core.ref import Ref
from dossier.loader.limits import Limits

USUAL = Limits()
QUOTE = Ref("", "quote", "q3")


def reading(
    path: Path | None = None,
    start: StartPlace | None = None,
    display: DisplayArgs | None = None,
    limits: Limits = USUAL,
    demo: bool = False,
    version: bool = False,
) -> browse.Args:
    return browse.Args(path, demo, version, start or StartPlace(), display or DisplayArgs(), limits)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("", reading()),
        ("data", reading(Path("data"))),
        ("./check", reading(Path("check"))),
        ("-- show", reading(Path("show"))),
        ("check -- -x", check.Args((Path("-x"),), False, USUAL)),
        ("check --format json -- a -x", check.Args((Path("a"), Path("-x")), True, USUAL)),
        ("show quote/q3 -- -x", show.Args(QUOTE, Path("-x"), False, USUAL)),
        ("--at quote/q3 -- -x", reading(Path("-x"), StartPlace(QUOTE))),
        ("a --max-depth 1000", reading(Path("a"), limits=Limits(depth=1000))),
        ("--at quote/q3 data", reading(Path("data"), StartPlace(QUOTE))),
        ("data --find=arms", reading(Path("data"), StartPlace(find="arms"))),
        ("--demo", reading(demo=True)),
        ("--version", reading(version=True)),
        ("--fresh a --theme dark", reading(Path("a"), StartPlace(fresh=True), DisplayArgs("dark"))),
        ("--ascii", reading(display=DisplayArgs(ascii=True))),
        ("--linear", reading(display=DisplayArgs(linear=True))),
        ("--mouse", reading(display=DisplayArgs(mouse=True))),
        ("config show", config.Args("show", None, False)),
        ("config show --format json", config.Args("show", None, True)),
        ("config validate", config.Args("validate", None, False)),
        ("config validate -- -x", config.Args("validate", Path("-x"), False)),
        ("check", check.Args((), False, USUAL)),
        ("check -", check.Args((Path("-"),), False, USUAL)),
        ("check --explain bad-at", check.Args((), False, USUAL, "bad-at")),
        ("check --explain [bad-at]", check.Args((), False, USUAL, "bad-at")),
        ("schema", print_schema.Args(False)),
        ("schema --strict", print_schema.Args(True)),
        ("new", new_file.Args(None, None)),
        ("new a.yaml --text -", new_file.Args(Path("a.yaml"), Path("-"))),
        ("prompt --text a.txt", write_prompt.Args(Path("a.txt"))),
        ("./new", reading(Path("new"))),
        ("check a b", check.Args((Path("a"), Path("b")), False, USUAL)),
        ("check a --format json b", check.Args((Path("a"), Path("b")), True, USUAL)),
        ("check --format text check", check.Args((Path("check"),), False, USUAL)),
        ("show quote/q3", show.Args(QUOTE, None, False, USUAL)),
        ("show quote/q3 --format json data", show.Args(QUOTE, Path("data"), True, USUAL)),
        ("show a#para/p4:1-2 show", show.Args(Ref("a", "para", "p4", (1, 2)), Path("show"), False, USUAL)),
        ("show #", show.Args(Ref(""), None, False, USUAL)),
        ("search arms", search.Args("arms", None, "text", None, "", "newest", USUAL)),
        (
            "search arms data --limit 5 --in quotes",
            search.Args("arms", Path("data"), "text", 5, "quotes", "newest", USUAL),
        ),
        ("search arms --format csv", search.Args("arms", None, "csv", None, "", "newest", USUAL)),
        ("search arms --sort hits", search.Args("arms", None, "text", None, "", "hits", USUAL)),
        ("search --max-size 1 -- -x", search.Args("-x", None, "text", None, "", "newest", Limits(size=1))),
        ("index", index.Args(None, False, False, False, USUAL)),
        ("index data --rebuild --format json", index.Args(Path("data"), True, False, True, USUAL)),
        ("index data --status", index.Args(Path("data"), False, True, False, USUAL)),
        ("registry data", print_registry.Args(Path("data"), USUAL)),
        ("a --max-size 1 --max-depth 2", reading(Path("a"), limits=Limits(1, 2, 10_000, 20_000))),
        ("check a --max-aliases 3", check.Args((Path("a"),), False, Limits(aliases=3))),
        ("show a --max-entries 4", show.Args(Ref("a"), None, False, Limits(entries=4))),
    ],
)
def test_parse_command(words: str, asked: object) -> None:
    assert parse_command(words.split()).args == (asked,)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("show", "required: REF; see dossier --help"),
        ("show nothing/x#y", "is not an address: write article#kind/id"),
        ("--at para/p4:9-3", "runs backwards"),
        ("a b", "unrecognized arguments: b"),
        ("--colour", "unrecognized arguments: --colour"),
        ("--dem", "unrecognized arguments: --dem"),
        ("check a --format xml", "--format"),
        ("new a.json", "a.json: the new file is YAML: give it a name that ends in .yaml"),
        ("new a.yaml b.yaml", "unrecognized arguments: b.yaml"),
        ("schema a.yaml", "unrecognized arguments: a.yaml"),
        ("prompt a.txt", "unrecognized arguments: a.txt"),
        ("--demo data", "use either --demo or PATH"),
        ("a --max-size 1M", "--max-size: '1M' is not a limit: write a number above 0"),
        ("a --max-depth 0", "'0' is not a limit"),
        ("a --max-depth 1001", "--max-depth: 1,001 levels are too many: at most 1,000 can be read"),
        (f"a --max-size {'9' * 16}", "with at most 15 digits"),
        ("a --max-depth -1", "--max-depth"),
        ("https://example.org/a.yaml", "https://example.org/a.yaml is a web address: name a file or a folder"),
        ("check https://example.org", "https://example.org is a web address"),
        ("chek a.yaml", "did you mean 'dossier check'?"),
        ("serch arms", "did you mean 'dossier search'?"),
        ("search arms race", "race: no such file or folder; a query of several words goes in quotes"),
        ("search", "required: QUERY"),
        ("search arms --in foot", "--in"),
        ("index data --status --rebuild", "use either --status or --rebuild"),
        ("config", "required: show|validate"),
        ("config shwo", "choose from"),
        ("config show a.toml", "dossier config validate a.toml?"),
        ("config validate --format json", "prints text only: leave out --format"),
        ("confg show", "did you mean 'dossier config'?"),
        ("show quot/q3", "unknown kind 'quot'; did you mean quote?"),
        ("show no/such#thing", "argument REF: 'no/such#thing' is not an address: write article#kind/id"),
    ],
)
def test_trouble(words: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    with pytest.raises(CommandError) as raised:
        parse_command(words.split())
    assert message in str(raised.value)


def test_an_empty_path_is_not_the_current_folder() -> None:
    with pytest.raises(CommandError, match="the name is empty"):
        parse_command(["check", ""])


def test_help_names_every_command_and_option() -> None:
    with pytest.raises(HelpExit) as asked:
        parse_command(["--help"])
    text = asked.value.parser.format_help()
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


@pytest.mark.parametrize(
    "words",
    [
        "arms data",
        "arms data --limit 3",
        "--limit 3 arms data --format json",
        "arms --format csv data",
        "arms data --limit 3 --limit 4",
        "arms data --limit=3",
        "arms data --in quotes --sort hits",
        "arms -- data",
        "arms data --max-depth 7",
        "arms",
        "data data",
        "--limit 999999999999 arms data",
    ],
)
def test_a_search_means_the_same_without_the_parser(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = search.parse_args(words.split())
    monkeypatch.setattr(search, "read_plain_words", lambda *_: None)
    assert asked == search.parse_args(words.split())


@pytest.mark.parametrize(
    ("words", "understood"),
    [
        ("arms data", (["arms", "data"], {})),
        ("arms --limit 3 data", (["arms", "data"], {"--limit": "3"})),
        ("--limit 3 --limit 4", ([], {"--limit": "4"})),
        ("", ([], {})),
        ("arms -x", None),
        ("arms -", None),
        ("arms -- data", None),
        ("arms --help", None),
        ("arms --limit", None),
        ("arms --limit 0", None),
        ("arms --limit -1", None),
        ("arms --limit 1234567890", None),
        ("arms --limit ３", None),
        ("arms --limit=3", None),
        ("arms --lim 3", None),
    ],
)
def test_plain_words(words: str, understood: tuple[list[str], dict[str, str]] | None) -> None:
    assert read_plain_words(words.split(), {"--limit": is_plain_count}) == understood


@pytest.mark.parametrize(
    "words",
    ["", "data", "data --format json", "--format text data data", "-", "data --format=json", "-- data", "missing"],
)
def test_a_check_means_the_same_without_the_parser(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = check.parse_args(words.split())
    monkeypatch.setattr(check, "read_plain_words", lambda *_: None)
    assert asked == check.parse_args(words.split())
