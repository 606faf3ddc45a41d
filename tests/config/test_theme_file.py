"""Tests of theme files: their content, which ones there are, and the messages for mistakes."""

from pathlib import Path

import pytest

from dossier.config.theme import TERMINAL_THEME
from dossier.config.theme_file import StyleError, list_bundled_themes, list_themes, load_theme, parse_style
from dossier.terminal.style import BOLD, DIM, ITALIC, PLAIN, UNDERLINE, Style


@pytest.mark.parametrize(
    ("said", "looks"),
    [
        ("", PLAIN),
        ("none", PLAIN),
        ("bold", Style(None, None, BOLD)),
        ("bold italic #aabbcc on 236", Style((0xAA, 0xBB, 0xCC), 236, BOLD | ITALIC)),
        ("Underline BRIGHT-White", Style(15, None, UNDERLINE)),
        ("on black dim red", Style(1, 0, DIM)),
        ("0 on 255", Style(0, 255)),
        ("on #FFFFFF", Style(None, (255, 255, 255))),
    ],
)
def test_a_style_is_said_in_words(said: str, looks: Style) -> None:
    assert parse_style(said) == looks


@pytest.mark.parametrize(
    ("said", "start", "message"),
    [
        ("bold cyna", 5, "'cyna' is not a colour: did you mean cyan?"),
        ("bright_red", 0, "did you mean bright-red?"),
        ("italik", 0, "did you mean italic?"),
        ("256", 0, "write a colour such as cyan, 0 to 255 or #8fc7c0"),
        ("#abc", 0, "'#abc' is not a colour"),
        ("³", 0, "is not a colour"),
        ("red on", 6, "a colour is missing after on"),
        ("red on on blue", 7, "'on' is not a colour"),
        ("red bold blue", 9, "'blue' is a second colour"),
        ("on red on blue", 10, "'blue' is a second colour"),
    ],
)
def test_what_makes_no_sense_is_said_with_its_place(said: str, start: int, message: str) -> None:
    with pytest.raises(StyleError) as raised:
        parse_style(said)
    assert message in str(raised.value)
    assert raised.value.start == start


def test_a_theme_of_the_readers_own_takes_the_rest_from_another(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('like = "dark"\nlit = "red"\nrule = "none"\n', "utf-8")
    mine, dark = load_theme("mine", tmp_path).theme, load_theme("dark", tmp_path).theme
    assert mine.name == "mine"
    assert mine.ground == dark.ground != PLAIN
    assert mine.styles == {**dark.styles, "lit": Style(1), "rule": PLAIN}


def test_without_another_the_rest_is_the_terminals(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('ground = "on blue"', "utf-8")
    mine = load_theme("mine", tmp_path).theme
    assert mine.styles == TERMINAL_THEME.styles
    assert mine.ground == Style(None, 4)


def test_the_readers_own_is_before_the_programs(tmp_path: Path) -> None:
    (tmp_path / "dark.toml").write_text('like = "dark"\nlit = "red"\n', "utf-8")
    (tmp_path / "terminal.toml").write_text('lit = "red"\n', "utf-8")
    assert load_theme("dark", tmp_path).theme.styles["lit"] == Style(1)
    assert (
        load_theme("dark", tmp_path).theme.styles["rule"] == load_theme("dark", tmp_path / "none").theme.styles["rule"]
    )
    assert load_theme("terminal", tmp_path).theme is TERMINAL_THEME


def test_the_themes_there_are(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").touch()
    (tmp_path / "dark.toml").touch()
    (tmp_path / "notes.txt").touch()
    assert list_bundled_themes() == ("terminal", "dark", "light", "mono", "paper")
    assert list_themes(tmp_path) == (*list_bundled_themes(), "mine")
    assert list_themes(tmp_path / "none") == list_bundled_themes()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("drak", "unknown theme 'drak': did you mean dark?"),
        ("zzz", "the themes are terminal, dark, light, mono, paper"),
        ("../themes/dark", "unknown theme"),
        ("", "unknown theme ''"),
    ],
)
def test_a_theme_that_there_is_not(name: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(LookupError) as raised:
        load_theme(name, tmp_path)
    assert message in raised.value.args[0]


@pytest.mark.parametrize(
    ("line", "place", "code", "message"),
    [
        ('like = "drak"', (2, 9), "wrong-value", "like: not a built-in theme: did you mean dark?"),
        ("like = 3", (2, 8), "wrong-value", "choose from terminal, dark, light, mono, paper"),
        ('quotd = "bold"', (2, 1), "unknown-name", "unknown style 'quotd': did you mean quoted?"),
        ('zzz = "bold"', (2, 1), "unknown-name", "unknown style 'zzz': the styles are ground, like, ambiguous"),
        ('quoted =  "bold cyna"', (2, 17), "wrong-value", "quoted: 'cyna' is not a colour: did you mean cyan?"),
        ("quoted = 12", (2, 10), "wrong-value", "quoted: a style must be text in quotes"),
        ("[quoted]", (2, 1), "wrong-value", "quoted: a style must be text"),
        ("quoted = bold", (2, 10), "not-toml", "put text in quotes"),
    ],
)
def test_a_mistake_is_told_and_the_rest_is_used(
    line: str, place: tuple[int, int], code: str, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(f'lit = "red"\n{line}\n', "utf-8")
    loaded = load_theme("mine", tmp_path)
    (problem,) = loaded.problems
    assert (problem.path, (problem.line, problem.column), problem.code) == (str(path), place, code)
    assert message in problem.message
    assert loaded.theme.styles == {**TERMINAL_THEME.styles, "lit": Style(1)}
