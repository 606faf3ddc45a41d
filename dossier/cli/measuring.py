"""Decide how wide ambiguous characters are, for the screen and for what a command prints to a terminal."""

import os
from typing import TextIO

from dossier.config.config_folder import FILE, config_folder
from dossier.config.settings import Settings
from dossier.terminal.capabilities import Capabilities, detect_capabilities
from dossier.text.ambiguous_width import use_ambiguous_width


def decide_ambiguous_width(settings: Settings, able: Capabilities) -> tuple[int, bool]:
    """Return how many cells ambiguous characters take, as far as it is known, and whether to ask the terminal.

    Where text is sent in another encoding than UTF-8, few such characters are left: then nothing is asked.
    """
    if isinstance(settings.ambiguous, int):
        return settings.ambiguous, False
    return able.ambiguous or 1, settings.probe and not able.ambiguous and able.encoding == "utf-8"


def measure_printed_text(stream: TextIO | None) -> None:
    """Measure text from now on as the terminal of `stream` draws it, as far as the settings or the environment tell.

    The terminal is asked nothing. Text for a file or a pipe, or for None, is measured as most terminals draw it.
    """
    if stream is None or not stream.isatty():
        use_ambiguous_width(1)
        return
    path = config_folder(os.environ) / FILE
    settings = Settings()
    if os.path.exists(path):
        from dossier.config.settings_file import load_settings

        # What is wrong with the keys does not matter here.
        settings = load_settings(path, {}).settings
    cells, _ = decide_ambiguous_width(settings, detect_capabilities(os.environ, "utf-8"))
    use_ambiguous_width(cells)
