"""Decisions on who is the same person: made at the rows of evidence, and taken back."""

from collections.abc import Callable, Sequence
from functools import partial

from dossier.core.entry import Entry
from dossier.core.ref import Ref
from dossier.library.disk_jobs import ask_disk, do_once
from dossier.library.kept_lines import KeptLines, report_saving
from dossier.library.library import Library
from dossier.tui.host import Host, PopupHost
from dossier.ui.actions import NO_LIBRARY
from dossier.ui.decision_words import apart_again_words, apart_words, rejoined_words, same_words
from dossier.ui.popup import SET_APART, Popup, change_rows
from dossier.ui.popup_lists import destinations_of, set_rows_apart

_TWO = 2
"""The fewest rows of evidence between which something can be decided."""
_NO_DECISION = "no decision to take back: you have made none since dossier was started"


def press_in_evidence(host: PopupHost, popup: Popup, key: str) -> None:
    """Do what a key does at the rows of evidence, which stay open as long as there is something to decide.

    `c`: all are the same person; `a`: the chosen one is another, or is no longer set apart; `U`: take back a decision.
    """
    library, chosen = host.state.library, popup.chosen
    if library is None or chosen is None:
        return
    undecided = [row for row in popup.entries if row.group != SET_APART]
    everybody = [ref for row in undecided for ref in destinations_of(row)]
    one = destinations_of(chosen)[0]
    is_apart = chosen.group == SET_APART
    if key != "U" and len(everybody) < (1 if is_apart and key == "a" else 2):
        host.change(host.state, "in one article only: nothing to decide here")
        return
    if key == "U":
        _undo_in_evidence(host, library, popup)
    elif key == "c":
        host.popup = None
        _confirm(host, library, everybody)
    elif is_apart:
        host.popup = change_rows(popup, set_rows_apart(popup.entries, frozenset(), {one}))
        _rejoin(host, library, one, everybody)
    else:
        host.popup = _with_next_row(popup, undecided, chosen)
        _separate(host, library, one, [ref for ref in everybody if ref != one])


def _with_next_row(popup: Popup, undecided: Sequence[Entry], chosen: Entry) -> Popup | None:
    """Return the popup after the chosen row was set apart, with the cursor on the next one, or at the end on the last.

    None when only one is left that is not set apart.
    """
    left = [row for row in undecided if row is not chosen]
    if len(left) < _TWO:
        return None
    rows = set_rows_apart(popup.entries, {*destinations_of(chosen)}, frozenset())
    return change_rows(popup, rows, left[min(undecided.index(chosen), len(left) - 1)].ref)


def _undo_in_evidence(host: PopupHost, library: Library, popup: Popup) -> None:
    """Take back the last decision, and put the cursor on the row that it was about, if that is one of the popup."""
    # When the key is handled again, the decision has been taken back already.
    before = do_once("who was set apart", partial(_find_set_apart, library))
    undo_decision(host)
    after = _find_set_apart(library)
    changed = next((row.ref for row in popup.entries if not (before ^ after).isdisjoint(destinations_of(row))), None)
    host.show_popup(change_rows(popup, set_rows_apart(popup.entries, after - before, before - after), changed))


def _find_set_apart(library: Library) -> frozenset[Ref]:
    return frozenset(first for first, _ in library.memory.decisions.apart)


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


def _rejoin(host: Host, library: Library, other: Ref, refs: Sequence[Ref]) -> None:
    make = partial(library.rejoin_persons, other, refs, apart_again_words(library, other))
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
