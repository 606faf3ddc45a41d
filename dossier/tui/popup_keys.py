"""What keys do while a popup is open: they move in it, filter it, close it, or choose one of its rows."""

from dossier.core.dataclasses import replace
from dossier.export.help_topics import TOPIC_ID, TOPICS
from dossier.text.sanitize import sanitize_text
from dossier.tui.decision_effects import press_in_evidence
from dossier.tui.effects import go_or_offer
from dossier.tui.host import PopupHost
from dossier.tui.note_effects import use_note_list
from dossier.tui.outside_effects import copy_output, correct_problem, use_copy_menu
from dossier.tui.reuse_effects import press_in_reuse
from dossier.ui.help_popup import command_of
from dossier.ui.key_words import key_words
from dossier.ui.line_edit import types_text
from dossier.ui.popup import (
    DECIDE,
    NOTES,
    PROBLEMS,
    Popup,
    chooses_entry,
    closes_popup,
    entry_for_key,
    is_help,
    press_popup_key,
)
from dossier.ui.popup_lists import destinations_of
from dossier.ui.reuse_popup import REUSE


def press_in_popup(host: PopupHost, popup: Popup, key: str, character: str) -> None:
    """Do what a key does while this popup is open."""
    if popup.purpose == "copy" and (key == "p" or entry_for_key(popup, key)):
        host.popup = None
        use_copy_menu(host, popup, key)
    elif popup.purpose == NOTES and key in ("enter", "a", "x") and not popup.is_filtering:
        use_note_list(host, popup, key)
    elif popup.purpose == PROBLEMS and key == "e" and not popup.is_filtering:
        host.popup = None
        correct_problem(host, popup)
    elif popup.purpose == REUSE and press_in_reuse(host, popup, key):
        pass
    elif closes_popup(popup, key):
        host.popup = None
        host.pipes.stop()
        host.change(host.state)
    elif popup.purpose == "pipe" and key == "y" and not popup.is_filtering:
        copy_output(host, popup)
    elif chooses_entry(popup, key):
        _choose(host, popup)
    elif popup.purpose == DECIDE and key in ("c", "a", "U"):
        press_in_evidence(host, popup, key)
    elif (pressed := press_popup_key(popup, key, character, host.options.linear)) is not popup:
        host.show_popup(replace(pressed, asked=""))
    else:
        name = sanitize_text(character) if types_text(character) else key_words(key)
        host.change(host.state, f"{name} does nothing here")


def _choose(host: PopupHost, popup: Popup) -> None:
    """Do what Enter does in a popup. It stays open if the row cannot be followed."""
    chosen = popup.chosen
    command = (
        command_of(chosen, (*host.options.commands, *(f"{TOPIC_ID}{name}" for name in TOPICS)))
        if chosen and is_help(popup)
        else ""
    )
    targets = destinations_of(chosen) if chosen and not is_help(popup) else ()
    if not command and not targets:
        host.change(host.state, "no command to run on this line" if is_help(popup) else "no place to go to")
        return
    host.popup = None
    host.change(host.state)
    if command:
        host.run_command(command)
    else:
        go_or_offer(host, targets)
