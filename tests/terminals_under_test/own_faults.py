"""Faults of terminals themselves, which no output of a program avoids, each with its reason and a smallest input."""

from dossier.core.dataclasses import NamedTuple


class OwnFault(NamedTuple):
    """A fault that shows in one dossier, in all versions of a terminal that begin with `version`.

    `smallest` is a command for a shell in that terminal, which shows it without this program.
    """

    terminal: str
    version: str
    dossier: str
    reason: str
    smallest: str


OWN_FAULTS = (
    OwnFault(
        "Neovim :terminal",
        "0.7",
        "scripts",
        "The terminal gives a flag two cells and a vowel sign one of its own, and answers so when it is asked for the"
        " cursor's position; the window draws the flag in four cells and the sign in none, so that the row shifts.",
        r"printf '\360\237\207\253\360\237\207\256\033[1;3H|\n\340\244\225\340\244\277\033[2;3H|\n'",
    ),
    OwnFault(
        "mosh in tmux",
        "1.4.0/3.8",
        "scripts",
        "mosh gives a sign with the variation selector of emoji one cell, and draws what follows without placing the"
        " cursor; tmux gives it two cells, so that the row shifts.",
        r"printf '\033[7m\342\230\216\357\270\217 \033[1;3H|\n'",
    ),
)


def is_own_fault(terminal: str, version: str, dossier: str) -> bool:
    """Return whether a terminal has a fault of its own that shows in a dossier."""
    return any(
        (terminal, dossier) == (fault.terminal, fault.dossier) and version.startswith(fault.version)
        for fault in OWN_FAULTS
    )
