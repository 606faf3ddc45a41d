"""Open the screen: draw the first picture, load the toolkit while the reader looks at it, and run the app."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dossier.cli.arguments import DisplayArgs, StartPlace
from dossier.cli.display import display_options, draws_ascii, load_preferences, with_scope
from dossier.cli.first_paint import Composer, EarlyQuitError, FirstPaint, paint
from dossier.cli.garbage import freeze_loaded
from dossier.cli.known_roots import remembering
from dossier.cli.measuring import decide_ambiguous_width
from dossier.cli.output import print_message
from dossier.core.dataclasses import NamedTuple, replace
from dossier.terminal.capabilities import Capabilities, detect_capabilities, find_locale_encoding
from dossier.terminal.tty import attach_input, size
from dossier.text.ambiguous_width import spell_ellipsis, use_ambiguous_width
from dossier.ui.options import DisplayOptions
from dossier.ui.session_file import read_session, save_within, write_session
from dossier.ui.state import State

if TYPE_CHECKING:
    from dossier.loader.article import LoadedArticle

_MOST_SECONDS = 2.0
"""The most seconds that the end of the app is waited for, which takes less unless the machine is very busy."""


class ScreenSetup(NamedTuple):
    """What the screen is opened with.

    `open_state` returns the state to show, and is given a function to call, on any thread, whenever a list of the
    library has grown. `read` loads the article of a file again. `folder` is where the reader's place is kept. `notice`
    is the first message, unless something is wrong with the settings, or "". `remember` records where the library or
    article is, and may take long.
    """

    open_state: Callable[[Callable[[], None]], State]
    read: Callable[[Path], "LoadedArticle"]
    folder: Path
    display: DisplayArgs
    notice: str = ""
    remember: Callable[[], None] = lambda: None

    def save_place(self, state: State) -> str:
        """Save the place of the reader; return a message when that cannot be done, else ""."""
        from dossier.ui.session import session_record

        reuse = state.library.reuse if state.library else None
        return write_session(reuse.folder if reuse else self.folder, session_record(state))


class GrowthSignal:
    """Tells one listener that a list has grown, even if it began to listen only afterwards."""

    def __init__(self) -> None:
        self._is_sent = False
        self._listener: Callable[[], None] | None = None

    def send(self) -> None:
        """Tell the listener now, or as soon as there is one. May be called on any thread."""
        self._is_sent = True
        if self._listener:
            self._listener()

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener` for every signal from now on, and at once if there was a signal before."""
        self._listener = listener
        if self._is_sent:
            listener()


def open_screen(setup: ScreenSetup) -> int:
    """Show the screen until the reader quits, and return the exit status.

    Raises CommandError when there is no theme of the name that the command line gives.
    """
    attach_input()
    able = detect_capabilities(os.environ, find_locale_encoding(os.environ) or _locale_encoding())
    preferences = load_preferences(setup.display.theme)
    options = display_options(setup.display, preferences, able)
    options = options._replace(notice=options.notice or setup.notice)
    cells, asks = decide_ambiguous_width(preferences.settings, able)
    use_ambiguous_width(cells)
    spell_ellipsis(draws_ascii(setup.display, preferences.settings, able))
    growth = GrowthSignal()
    first = Composer(with_scope(setup.open_state(growth.send), preferences.settings), options, size())
    try:
        return _run(setup, options, able, first, growth, asks)
    except EarlyQuitError as quitting:
        _tell(save_within(partial(setup.save_place, quitting.state)))
        return 0


def _locale_encoding() -> str:
    """Return the encoding of the locale where the environment does not tell it."""
    # It takes long to load, and few environments need it.
    from locale import getencoding

    return getencoding()


def _tell(message: str) -> None:
    if message:
        print_message(message)


def _run(
    setup: ScreenSetup, options: DisplayOptions, able: Capabilities, first: Composer, growth: GrowthSignal, asks: bool
) -> int:
    """Draw the first picture, load the toolkit, run the app until the reader quits, and return the exit status.

    Raises EarlyQuitError when the reader quits while the toolkit is loading.
    """
    state = first.state
    with paint(first, able, asks) as first_painted:
        painted = first_painted
        if painted:
            from dossier.cli.early_keys import load_meanwhile

            shown = FirstPaint(state, painted.frame)
            painted, state, options = load_meanwhile(painted, shown, options, able, partial(load_toolkit, able))
            able = able._replace(has_margins=painted.has_margins)
        load_toolkit(able)
        from dossier.library.disk_jobs import DiskJob
        from dossier.tui.app import DossierApp
        from dossier.tui.driver import DriverConfig, make_driver

        # The first letter of a search then does not wait for it.
        state.reading.entry_facts  # noqa: B018 - it is kept
        driver = make_driver(DriverConfig(able, painted, options.linear))
        app = DossierApp(state, growth.listen, setup.read, setup.save_place, options, driver)
        # The garbage collector then does not look through all of that while a key waits.
        freeze_loaded()
    with remembering(setup.remember):
        app.run(mouse=options.mouse)
        # At the same time as the last recording, so that a disk that stalls is waited for once.
        ended = DiskJob("the end", app.end)
        ended.start()
    ended.wait(_MOST_SECONDS)
    for message in ended.result() if ended.is_done else ():
        print_message(message)
    return app.return_code or 0


def restore_place(state: State, folder: Path, start: StartPlace) -> State:
    """Return the state as the reader left it or, when `start` names another place, with the history alone."""
    record = None if start.fresh else read_session(folder)
    if record is None:
        return state
    from dossier.ui.session import restore_session

    there = restore_session(state, record)
    return replace(state, history=there.history) if start.at or start.find else there


def load_toolkit(able: Capabilities) -> None:
    """Import Textual and what is built on it, and what keeps the reader's place."""
    prepare_toolkit(able)
    import dossier.tui.app
    import dossier.ui.session  # noqa: F401


def prepare_toolkit(able: Capabilities) -> None:
    """Set the environment variables that Textual reads when it is imported."""
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    # When the connection is lost, the kitty keyboard mode would stay on, and the shell print the codes of keys.
    os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
    # Our driver reduces the colours to what the terminal has. Textual has to do it when that driver is off.
    systems = {0: "standard", 16: "standard", 256: "256"}
    is_off = os.environ.get("DOSSIER_WIRE") == "off"
    os.environ["TEXTUAL_COLOR_SYSTEM"] = systems.get(able.colours, "truecolor") if is_off else "truecolor"
    # At Textual's default of 60 frames a second a key would wait for the next frame.
    os.environ["TEXTUAL_FPS"] = "250"
