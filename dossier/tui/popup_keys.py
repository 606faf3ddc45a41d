"""What keys do while a popup is open: they move in it, filter it, close it, or choose one of its rows."""

from dossier.core.dataclasses import replace
from dossier.core.views.labels import problem_line
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
    open_popup,
    press_popup_key,
)
from dossier.ui.popup_lists import destinations_of, problem_rows, renew_problems
from dossier.ui.reuse_popup import REUSE


def press_in_popup(host: PopupHost, popup: Popup, key: str, character: str) -> None:
    """Do what a key does while this popup is open."""
    if popup.purpose == "copy" and (key == "p" or entry_for_key(popup, key)):
        host.popup = None
        use_copy_menu(host, popup, key)
    elif popup.purpose == NOTES and key in ("enter", "a", "x") and not popup.is_filtering:
        use_note_list(host, popup, key)
    elif popup.purpose == PROBLEMS and key == "e" and not popup.is_filtering:
        correct_problem(host, popup)
    elif popup.purpose == PROBLEMS and key == "space" and not popup.is_filtering:
        _explain(host, popup)
    elif popup.purpose == REUSE and press_in_reuse(host, popup, key):
        pass
    elif closes_popup(popup, key):
        host.popup = popup.below
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


def _explain(host: PopupHost, popup: Popup) -> None:
    """Show what the chosen problem means, over the list of problems."""
    from dossier.export.code_explanations import make_explanation_rows  # noqa: PLC0415 - long texts that few ask for

    told = popup.chosen.parts[1].text if popup.chosen else ""
    problem = next((one for one in host.state.reading.problems if problem_line(one) == told), None)
    if problem is None:
        host.change(host.state, "no problem is chosen")
        return
    explained = open_popup("read", f"Problem: {problem.code}", make_explanation_rows(problem.code))
    host.show_popup(replace(explained, below=popup))


def renew_problem_list(host: PopupHost) -> None:
    """Show the problems that the changed file has where they are listed; close the list where none are left."""
    popup, rows = host.popup, problem_rows(host.state)
    listed = popup and (popup.below or popup)
    if popup is None or listed is None or listed.purpose != PROBLEMS:
        return
    renewed = renew_problems(listed, rows) if rows else None
    host.popup = replace(popup, below=renewed) if popup.below else renewed
    say = host.view.message
    host.change(host.state, say if rows else f"{say}; no problems are left")


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
