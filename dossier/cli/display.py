"""Decide how the screen looks: by the command line, then by the settings, as far as the terminal is able to."""

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from dossier.cli.arguments import CommandError, DisplayArgs
from dossier.config.config_folder import FILE, config_folder
from dossier.config.settings import Settings, bind_keys
from dossier.config.theme import TERMINAL_THEME, Theme
from dossier.core.dataclasses import NamedTuple, replace
from dossier.core.problem import Problem
from dossier.terminal.capabilities import Capabilities
from dossier.terminal.style import Colour
from dossier.text.sanitize import sanitize_text
from dossier.ui.commands import BY_ID, COMMANDS, Command, with_keys
from dossier.ui.options import DisplayOptions, ThemeSource
from dossier.ui.render.ascii import to_ascii_line
from dossier.ui.render.bidi import add_direction_marks, draw_letter_borders, remove_direction_marks
from dossier.ui.render.flow import Line, Piece
from dossier.ui.render.narrow_signs import to_narrow_line
from dossier.ui.state import PaneScope, State

if TYPE_CHECKING:
    from dossier.terminal.clipboard import ClipboardMode


_PALETTE = 16
"""The number of colours in the terminal's own palette; a theme with other colours needs a terminal with more."""


class Preferences(NamedTuple):
    """The reader's settings, theme and commands (by their ids, with their keys), and the problems found in them."""

    settings: Settings = Settings()
    theme: Theme = TERMINAL_THEME
    commands: Mapping[str, Command] = BY_ID
    problems: tuple[Problem, ...] = ()


def load_preferences(theme_name: str) -> Preferences:
    """Load the reader's preferences, with the theme of this name or, for "", the theme of the settings.

    A mistake in the settings is one of the problems returned, and does not keep the program from starting. Raises
    CommandError when there is no theme of that name.
    """
    home = config_folder(os.environ)
    path = home / FILE
    if not theme_name and not os.path.exists(path):
        return Preferences()
    from dossier.config.key_names import format_key
    from dossier.config.settings_file import THEMES_FOLDER, LoadedSettings, load_settings
    from dossier.config.theme_file import load_theme

    default_keys = {command.id: command.keys for command in COMMANDS}
    loaded = load_settings(path, default_keys) if os.path.exists(path) else LoadedSettings()
    try:
        named = load_theme(theme_name or loaded.settings.theme, home / THEMES_FOLDER)
    except LookupError as error:
        raise CommandError(str(error.args[0])) from None
    commands = with_keys(bind_keys(default_keys, loaded.settings.keys).keys, format_key)
    return Preferences(loaded.settings, named.theme, commands, (*loaded.problems, *named.problems))


def draws_ascii(args: DisplayArgs, settings: Settings, able: Capabilities) -> bool:
    """Return whether signs are drawn as ASCII on a terminal of these capabilities."""
    return args.ascii or settings.ascii or able.encoding != "utf-8"


def display_options(args: DisplayArgs, preferences: Preferences, able: Capabilities) -> DisplayOptions:
    """Return the options to draw the screen with on a terminal of these capabilities."""
    settings = preferences.settings
    plain = draws_ascii(args, settings, able)
    linear = args.linear or settings.linear
    return DisplayOptions(
        theme=preferences.theme if able.colours > _PALETTE or not _needs_more(preferences.theme) else TERMINAL_THEME,
        postprocess=partial(_finish_line, plain, able, linear),
        putty_postprocess=partial(_finish_line, plain, able._replace(keeps_marks=False), linear),
        commands=preferences.commands,
        linear=linear,
        column=settings.column,
        mouse=args.mouse or settings.mouse,
        motion=settings.motion,
        clipboard_mode=cast("ClipboardMode", settings.clipboard),
        notice=_first_problem(preferences.problems),
        themes=ThemeSource(_ask_theme_names, partial(_ask_theme, able)),
        formats=_describe_formats,
    )


def with_scope(state: State, settings: Settings) -> State:
    """Return the state with the pane scope that, by the settings, an article has when it is opened."""
    return replace(state, library_view=replace(state.library_view, opening_scope=PaneScope[settings.scope.upper()]))


def _describe_formats() -> dict[str, str]:
    from dossier.export.formats import FORMATS

    return {form.name: form.about for form in FORMATS}


def _ask_theme_names() -> tuple[str, ...]:
    from dossier.library.disk_jobs import ask_disk

    return ask_disk("your themes", _theme_names)


def _theme_names() -> tuple[str, ...]:
    from dossier.config.settings_file import THEMES_FOLDER
    from dossier.config.theme_file import list_themes

    return list_themes(config_folder(os.environ) / THEMES_FOLDER)


def _ask_theme(able: Capabilities, name: str) -> Theme:
    from dossier.library.disk_jobs import ask_disk

    return ask_disk(f"theme {name}", partial(_load_theme, able, name))


def _load_theme(able: Capabilities, name: str) -> Theme:
    """Load a theme of the program or the reader. Raises LookupError when the terminal lacks its colours, too."""
    from dossier.config.settings_file import THEMES_FOLDER
    from dossier.config.theme_file import load_theme

    theme = load_theme(name, config_folder(os.environ) / THEMES_FOLDER).theme
    if able.colours <= _PALETTE and _needs_more(theme):
        raise LookupError(f"the theme {name!r} needs more colours than this terminal has")
    return theme


def _finish_line(plain: bool, able: Capabilities, linear: bool, line: Line) -> Line:
    """Return a line of the screen as it is given to this terminal. `plain`: see `draws_ascii`."""
    # What is read aloud goes out as one run of text, which a change of style would break.
    line = (Piece("".join(piece.text for piece in line)),) if linear else line
    # Right-to-left text comes first: the borders show in which columns it has to stay, and ASCII replaces them.
    line = _keep_columns(able, line) if able.encoding == "utf-8" else line
    return to_ascii_line(line) if plain else to_narrow_line(line)


def _keep_columns(able: Capabilities, line: Line) -> Line:
    """Return the line with what keeps its right-to-left text in the same columns on this terminal."""
    if able.direction_marks and able.reorders_rows and able.keeps_marks:
        return add_direction_marks(line)
    line = remove_direction_marks(line)
    return draw_letter_borders(line) if able.reorders_rows and not able.keeps_marks else line


def _needs_more(theme: Theme) -> bool:
    """Return whether a theme has colours that the terminal's own palette lacks."""
    styles = (theme.ground, *theme.styles.values())
    return any(_is_more(one) for style in styles for one in (style.foreground, style.background))


def _is_more(colour: Colour) -> bool:
    return isinstance(colour, tuple) or (colour is not None and colour >= _PALETTE)


def _first_problem(problems: tuple[Problem, ...]) -> str:
    if not problems:
        return ""
    first, more = problems[0], f", and {len(problems) - 1} more" if len(problems) > 1 else ""
    # The whole path would leave no room for the message; `dossier config validate` prints it.
    return sanitize_text(f"{Path(first.path).name}:{first.line}{more}: {first.message}")
