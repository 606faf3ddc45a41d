"""What the reader chose is read here: settings, theme, keys. A mistake in it never keeps the program from starting."""

from pathlib import Path

from dossier.cli.arguments import CommandError
from dossier.cli.config import FILE
from dossier.cli.display import Chosen
from dossier.config.key_names import written
from dossier.config.settings import Settings, bound
from dossier.config.settings_file import THEMES, Read, read
from dossier.config.theme_file import theme
from dossier.ui.commands import COMMANDS, keyed

_KEYS = {command.id: command.keys for command in COMMANDS}


def chosen(folder: Path, theme_name: str) -> Chosen:
    """What is in the reader's `folder` of settings, which need not be there, with the theme of another name if one is
    given. Raises CommandError when there is no theme of that name."""
    path = folder / FILE
    found = read(path, _KEYS) if path.exists() else None
    settings, problems = (found.settings, found.problems) if isinstance(found, Read) else (Settings(), ())
    try:
        loaded = theme(theme_name or settings.theme, folder / THEMES)
    except LookupError as error:
        raise CommandError(str(error.args[0])) from None
    commands = keyed(bound(_KEYS, settings.keys).keys, written)
    return Chosen(settings, loaded.theme, commands, (*problems, *loaded.problems))
