"""Decisions on who is the same person: made at the rows of evidence, and taken back."""

from collections.abc import Callable
from functools import partial

from dossier.core.ref import Ref
from dossier.library.disk_jobs import ask_disk
from dossier.library.kept_lines import KeptLines, report_saving
from dossier.library.library import Library
from dossier.tui.host import Host, PopupHost
from dossier.ui.actions import NO_LIBRARY
from dossier.ui.decision_words import apart_again_words, apart_words, rejoined_words, same_words
from dossier.ui.popup import SET_APART, Popup
from dossier.ui.popup_lists import destinations_of

_NO_DECISION = "no decision to take back: you have made none since dossier was started"


def press_in_evidence(host: PopupHost, sheet: Popup, key: str) -> None:
    """Do what a key does at the rows of evidence, which are closed if that decides something.

    `c`: all are the same person; `a`: the chosen one is another, or is no longer set apart; `U`: take back a decision.
    """
    library, chosen = host.state.library, sheet.chosen
    if library is None or chosen is None:
        return
    everybody = [ref for row in sheet.entries if row.group != SET_APART for ref in destinations_of(row)]
    one = destinations_of(chosen)[0]
    is_apart = chosen.group == SET_APART
    if key != "U" and len(everybody) < (1 if is_apart and key == "a" else 2):
        host.change(host.state, "in one article only: nothing to decide here")
        return
    host.popup = None
    if key == "U":
        undo_decision(host)
    elif key == "c":
        _confirm(host, library, everybody)
    elif is_apart:
        _rejoin(host, library, everybody[0], one)
    else:
        _separate(host, library, one, [ref for ref in everybody if ref != one])


def undo_decision(host: Host) -> None:
    """Take back the last decision, whatever it was."""
    library = host.state.library
    if library is None:
        host.change(host.state, NO_LIBRARY)
        return
    file, undone = ask_disk("your decisions", library.memory.undo_decision)
    if undone:
        library.rejoin()
    host.change(host.state, report_saving(file, f"saved: {undone}") if undone else _NO_DECISION)


def _confirm(host: Host, library: Library, refs: list[Ref]) -> None:
    words = same_words(library, refs)
    _decide(host, library, partial(library.memory.confirm, refs, f"taken back that {words}"), words)


def _separate(host: Host, library: Library, ref: Ref, others: list[Ref]) -> None:
    words = apart_words(library, ref, others)
    _decide(host, library, partial(library.memory.separate, ref, others, f"taken back that {words}"), words)


def _rejoin(host: Host, library: Library, ref: Ref, other: Ref) -> None:
    make = partial(library.rejoin_persons, ref, other, apart_again_words(library, other))
    _decide(host, library, make, rejoined_words(library, other))


def _decide(host: Host, library: Library, make: Callable[[], KeptLines], words: str) -> None:
    """Make a decision, have the persons joined anew, and tell the reader in `words` what was decided."""

    def decide() -> tuple[KeptLines, bool]:
        before = library.memory.undoable
        return make(), library.memory.undoable > before

    file, is_new = ask_disk("your decisions", decide)
    if is_new:
        library.rejoin()
    said = f"saved: {words} · U takes it back" if is_new else f"decided so before: {words}"
    host.change(host.state, report_saving(file, said))
