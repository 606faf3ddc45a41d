"""What commands print to a terminal that draws ambiguous characters in two cells, by the settings: text fits there."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from unicodedata import east_asian_width

import pytest

from dossier.cli.main import main
from dossier.text.ambiguous_width import ambiguous_width, use_ambiguous_width
from dossier.text.width import width

ARTICLE = f"""headline: {"“quoted” — " * 12}
published: 2024-05-01
body: |
  {"“One” says — and ‘two’ says … “three” " * 8}
people: [{{id: anna, name: Anna Berg, role: “chief”}}]
quotes: [{{id: q1, speaker: anna, text: One}}]
timeline: [{{id: e1, date: 2024-05-01, what: “An event” — the only one, at: p9}}]
"""
OTHER = ARTICLE.replace("three", "four")
COLUMNS = 60
Run = Callable[..., str]


@pytest.fixture(autouse=True)
def narrow_again() -> Iterator[None]:
    yield
    use_ambiguous_width(1)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command with these settings, and returns what it prints, to a terminal or not."""
    folder = tmp_path / "config" / "dossier"
    folder.mkdir(parents=True)
    for name, text in (("one.yaml", ARTICLE), ("other.yaml", OTHER)):
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("COLUMNS", str(COLUMNS))
    monkeypatch.delenv("PAGER", raising=False)
    monkeypatch.chdir(tmp_path)

    def run_command(*words: str, settings: str = "ambiguous = 2", is_terminal: bool = True) -> str:
        (folder / "config.toml").write_text(settings, "utf-8")
        for stream in (sys.stdout, sys.stderr):
            monkeypatch.setattr(stream, "isatty", lambda: is_terminal, raising=False)
        main(words)
        printed = capsys.readouterr()
        return printed.out + printed.err

    return run_command


def widest(text: str) -> int:
    """Return the cells of the longest line where all ambiguous characters take two."""
    return max(sum(1 + (east_asian_width(char) == "A") for char in line) for line in text.splitlines())


@pytest.mark.parametrize(
    "words", [("show", "one.yaml"), ("show", "para/p1", "one.yaml"), ("diff", "one.yaml", "other.yaml")]
)
def test_what_is_wrapped_fits(words: tuple[str, ...], run: Run) -> None:
    assert COLUMNS - 15 < widest(run(*words)) <= COLUMNS
    assert ambiguous_width() == 2
    narrow = run(*words, settings="")
    assert ambiguous_width() == 1
    assert widest(narrow) > COLUMNS
    assert max(map(width, narrow.splitlines())) <= COLUMNS


def test_what_is_exported_fits_with_its_rules(run: Run) -> None:
    words = ("export", "--format", "text", "one.yaml")
    wide, narrow = run(*words), run(*words, settings="")
    assert widest(wide) == 80 < widest(narrow)
    assert "═" * 80 in narrow
    assert "-" * 80 in wide
    assert not set("═─") & set(wide)


def test_a_file_is_written_as_ever(run: Run, tmp_path: Path) -> None:
    words = ("export", "--format", "text", "one.yaml")
    narrow = run(*words, is_terminal=False)
    assert ambiguous_width() == 1
    run(*words, "-o", "out.txt")
    assert (tmp_path / "out.txt").read_text("utf-8") == narrow


@pytest.mark.parametrize("words", [("show", "one.yaml"), ("diff", "one.yaml", "other.yaml")])
def test_a_pipe_gets_what_it_always_got(words: tuple[str, ...], run: Run) -> None:
    assert run(*words, is_terminal=False) == run(*words, settings="", is_terminal=False)


def text_above_mark(printed: str) -> str:
    """Return what stands above the mark of a message, and behind that, where ambiguous characters take two cells."""
    lines = printed.splitlines()
    at = max(number for number, line in enumerate(lines) if line.endswith("^") and "“" in lines[number - 1])
    before, shown = lines[at].index("^"), lines[at - 1]
    return next(shown[end:] for end in range(len(shown)) if widest(f"{shown[:end]} ") == before + 1)


def test_the_caret_stands_below_the_fault(run: Run) -> None:
    assert text_above_mark(run("check", "one.yaml")) == "p9}]"


def test_a_part_of_a_query_is_underlined_where_it_stands(run: Run) -> None:
    assert text_above_mark(run("search", "“one” from:xyz", "one.yaml")) == "from:xyz"


@pytest.mark.parametrize("settings", ["", 'ambiguous = "auto"', "ambiguous = 1", "ambiguous = 7", "nonsense"])
def test_other_settings_change_nothing(settings: str, run: Run) -> None:
    shown = run("show", "one.yaml", settings=settings)
    assert ambiguous_width() == 1
    assert "─" in shown
