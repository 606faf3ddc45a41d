"""Commands that reach outside the program: the clipboard, the browser, the editor, and the terminal itself."""

import os

from dossier.core.dataclasses import replace
from dossier.core.entry import Entry, Part
from dossier.core.model import is_file_path
from dossier.core.ref import Ref
from dossier.terminal.programs import browser_command, editor_command, start_program
from dossier.tui.driver import DiffDriver
from dossier.tui.host import Host
from dossier.tui.internals import get_driver
from dossier.tui.outside import copy_and_report, print_on_plain_screen, run_in_foreground
from dossier.tui.pipe_runner import NOTHING_TO_GIVE
from dossier.ui.copy_menu import copy_choices, find_words_here, open_copy_menu, web_address
from dossier.ui.pipe_output import copied_output
from dossier.ui.popup import Popup, entry_for_key, open_popup
from dossier.ui.state import NO_ARTICLE


def open_copying(host: Host) -> None:
    """Open the menu of what can be copied here."""
    found = copy_choices(host.state)
    if found:
        host.show_popup(open_copy_menu(found))
    else:
        host.change(host.state, "nothing to copy here")


def use_copy_menu(host: Host, popup: Popup, key: str) -> None:
    """Copy the entry of the copy menu that the key selects, or print the one with the cursor (key `p`)."""
    row = popup.chosen if key == "p" else entry_for_key(popup, key)
    offer = next((one for one in copy_choices(host.state) if row and one.key == row.ref.id), None)
    if offer is None or offer.missing:
        host.change(host.state, offer.missing if offer else "no longer there")
    elif key == "p":
        print_on_plain_screen(host.app, offer.text)
        host.change(host.state)
    else:
        # As in other programs, a selection that was copied has done its work.
        copied = replace(host.state, selection=None)
        host.change(copied, copy_and_report(host.app, offer.text, host.options.clipboard_mode))


def open_pipe(host: Host) -> None:
    """Open the prompt for a command that the text here is given to."""
    if find_words_here(host.state):
        host.show_prompt("pipe", "|", "")
    else:
        host.change(host.state, NOTHING_TO_GIVE)


def copy_output(host: Host, popup: Popup) -> None:
    """Copy the rows that a popup shows of what a command has printed."""
    text = copied_output(tuple(popup.pane.entries))
    host.change(host.state, copy_and_report(host.app, text, host.options.clipboard_mode))


def open_web_address(host: Host) -> None:
    """Open the web address in the browser. Where no browser starts, show the address and copy it."""
    url = web_address(host.state)
    words = browser_command(url, os.environ)
    if not url:
        host.change(host.state, "no web address")
    elif words and start_program(words):
        host.change(host.state, f"opening in the browser: {url}")
    else:
        host.show_popup(
            open_popup(
                "go", "Web address", [Entry(Ref("", "about", "url"), (Part("label", "address"), Part("url", url)), 0)]
            )
        )
        host.change(host.state, copy_and_report(host.app, url, host.options.clipboard_mode))


def edit_file(host: Host) -> None:
    """Open the file in the editor, at the line of the entry with the cursor."""
    state = host.state
    entry = state.entry_of(state.meant[0]) if state.meant else None
    path = state.reading.article.path
    if state.library and state.meant and state.meant[0].article != state.reading.article.ref.article:
        path = state.library.readings.path(state.meant[0].article) or path
    _edit_at(host, path, entry.line if entry else 1)


def correct_problem(host: Host, popup: Popup) -> None:
    """Open the file in the editor, at the line of the problem that is chosen in the list of problems."""
    _edit_at(host, host.state.reading.article.path, popup.chosen.line if popup.chosen else 1)


def _edit_at(host: Host, path: str, line: int) -> None:
    state = host.state
    if not is_file_path(path):
        why = "its text is kept with the index" if path else "the article came from standard input"
        is_open = path or state.reading.article is not NO_ARTICLE
        host.change(state, "no file to edit" + (f": {why}" if is_open else ""))
        return
    host.change(state, run_in_foreground(host.app, editor_command(path, line)))


def redraw_screen(host: Host) -> None:
    """Send the whole screen to the terminal again."""
    driver = get_driver(host.app)
    if isinstance(driver, DiffDriver):
        driver.redraw()
    host.app.refresh(layout=True)
