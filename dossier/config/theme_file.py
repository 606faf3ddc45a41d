"""Reading of themes from TOML files, with one style per line.

    like = "dark"                           # the theme to take all other styles from; `terminal` by default
    ground = "#d5d8de on #16191f"           # the default colours
    quoted = "italic #8fc7c0"
    hit = "bold black on bright-yellow"

A style in the file replaces that of the theme named by `like`. Colours are the sixteen of the terminal by name, those
of the palette by number from 0 to 255, or `#rrggbb`. Mistakes in a file are reported, and the rest of it is used.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from dossier.config.theme import STYLE_NAMES, TERMINAL_THEME, Theme
from dossier.config.toml_positions import Toml, load_toml
from dossier.core.dataclasses import NamedTuple
from dossier.core.problem import Problem
from dossier.terminal.style import ATTRIBUTES, Colour, Style
from dossier.text.messages import suggest_name

_BUNDLED = Path(__file__).parent / "themes"
_NONE = "none"
_COLOUR_WORDS = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
COLOUR_NUMBERS = {
    name: number for number, name in enumerate((*_COLOUR_WORDS, *(f"bright-{name}" for name in _COLOUR_WORDS)))
}
"""The numbers of the terminal's own sixteen colours, by name."""
_HEX = "#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})"
_ADVICE = "write a colour such as cyan, 0 to 255 or #8fc7c0, or bold, dim, italic, underline, reverse"
_KNOWN = ("ground", "like", *sorted(STYLE_NAMES))
_MAX_WORD = 20
"""Characters of a word that are compared with known names and shown in messages."""


class LoadedTheme(NamedTuple):
    """A theme and the problems of its file."""

    theme: Theme
    problems: tuple[Problem, ...] = ()


class StyleError(ValueError):
    """Error in the description of a style. `start` is the 0-based character offset of the mistake."""

    def __init__(self, start: int, message: str) -> None:
        super().__init__(message)
        self.start = start


def list_bundled_themes() -> tuple[str, ...]:
    """Return the names of the themes that come with the program, that of the terminal's own colours first."""
    return (TERMINAL_THEME.name, *_list_names(_BUNDLED))


def list_themes(folder: Path) -> tuple[str, ...]:
    """Return the names of all themes: those of the program, then those in the user's `folder`."""
    return tuple(dict.fromkeys((*list_bundled_themes(), *_list_names(folder))))


def load_theme(name: str, folder: Path) -> LoadedTheme:
    """Load the theme called `name`. A theme in the user's `folder` wins over one of the program.

    `terminal` is built in and reads no file. Raises LookupError, with a suggestion, when there is no such theme.
    """
    if name == TERMINAL_THEME.name:
        return LoadedTheme(TERMINAL_THEME)
    for place in (folder, _BUNDLED):
        if name in _list_names(place):
            return parse_theme(load_toml(place / f"{name}.toml"), place / f"{name}.toml")
    known = list_themes(folder)
    near = format_suggestion(name, known) or f"the themes are {', '.join(known)}"
    raise LookupError(f"unknown theme {name[:_MAX_WORD]!r}: {near}")


def parse_theme(toml: Toml, path: Path) -> LoadedTheme:
    """Return the theme that the parsed TOML file at `path` describes."""
    like, styles, problems = TERMINAL_THEME, dict[str, Style](), list(toml.problems)
    for name, value in toml.values.items():
        try:
            if name == "like":
                like = _load_base(value)
            elif name == "ground" or name in STYLE_NAMES:
                styles[name] = _parse_value(value)
            else:
                cure = format_suggestion(name, _KNOWN) or f"the styles are {', '.join(_KNOWN)}"
                place, told = toml.find_position(name), f"unknown style {name!r}: {cure}"
                problems.append(Problem(str(path), place.line, place.column, "unknown-name", told))
        except StyleError as fault:
            # A string begins behind its quote mark.
            place = toml.find_position(name)
            start = place.value_column + fault.start + isinstance(value, str)
            problems.append(Problem(str(path), place.line, start, "wrong-value", f"{name}: {fault}"))
    ground = styles.pop("ground", like.ground)
    return LoadedTheme(Theme(path.stem, {**like.styles, **styles}, ground), tuple(problems))


def _load_base(name: object) -> Theme:
    """Return the theme of the program that the file is based on. Raises StyleError when there is none of that name."""
    if name == TERMINAL_THEME.name:
        return TERMINAL_THEME
    if isinstance(name, str) and name in list_bundled_themes():
        return load_theme(name, _BUNDLED).theme
    near = format_suggestion(name, list_bundled_themes()) if isinstance(name, str) else ""
    raise StyleError(0, f"not a built-in theme: {near or 'choose from ' + ', '.join(list_bundled_themes())}")


def _parse_value(value: object) -> Style:
    if isinstance(value, str):
        return parse_style(value)
    raise StyleError(0, 'a style must be text in quotes, such as "bold cyan"')


def parse_style(said: str) -> Style:
    """Return the style that a description such as `bold cyan on #16191f` stands for.

    The word `none` leaves a colour unset. Raises StyleError when the description cannot be understood.
    """
    attributes = 0
    colours: dict[str, Colour] = {}
    place = "foreground"
    end = 0
    for word in re.finditer(r"\S+", said.lower()):
        plain, start, end = word[0], word.start(), word.end()
        if plain in ATTRIBUTES and place == "foreground":
            attributes |= ATTRIBUTES[plain]
        elif plain == "on" and place == "foreground":
            place = "background"
        elif plain != _NONE:
            colour = _parse_colour(plain, start)
            if place in colours:
                raise StyleError(start, f"{plain!r} is a second colour: write on {plain} for the background")
            colours[place] = colour
            place = "foreground"
    if place == "background":
        raise StyleError(end, "a colour is missing after on")
    return Style(colours.get("foreground"), colours.get("background"), attributes)


def _parse_colour(word: str, start: int) -> Colour:
    if word in COLOUR_NUMBERS:
        return COLOUR_NUMBERS[word]
    if found := re.fullmatch(_HEX, word):
        red, green, blue = (int(part, 16) for part in found.groups())
        return red, green, blue
    if word.isascii() and word.isdigit() and len(word) <= 3 and int(word) <= 255:
        return int(word)
    near = format_suggestion(word, (*COLOUR_NUMBERS, *ATTRIBUTES, "on"))
    raise StyleError(start, f"{word[:_MAX_WORD]!r} is not a colour: {near or _ADVICE}")


def format_suggestion(word: str, known: Iterable[str]) -> str:
    """Return a question that suggests the nearest of the `known` words, or "" when none is near.

    An example is "did you mean red?".
    """
    near = suggest_name(word[:_MAX_WORD], known)
    return f"did you mean {near}?" if near else ""


def _list_names(folder: Path) -> tuple[str, ...]:
    """Return the sorted names of the theme files in a folder; empty when the folder cannot be listed."""
    try:
        return tuple(sorted(path.stem for path in folder.iterdir() if path.suffix == ".toml"))
    except OSError:
        return ()
