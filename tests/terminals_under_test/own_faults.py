"""Faults of terminals themselves, which no output of a program avoids, each with its reason and a smallest input."""

import unicodedata

from dossier.core.dataclasses import NamedTuple


class OwnFault(NamedTuple):
    """A fault that shows in one dossier, in all versions of a terminal that begin with `version`.

    `characters` are those that show it, or names of categories of Unicode: without them there must be no difference.
    `smallest` is a command for a shell in that terminal, which shows the fault without this program.
    """

    terminal: str
    version: str
    dossier: str
    characters: tuple[str, ...]
    reason: str
    smallest: str

    def spare(self, text: str) -> str:
        """Return the text without the characters that show the fault."""
        return "".join(
            one for one in text if one not in self.characters and unicodedata.category(one) not in self.characters
        )


_FLAG_LETTERS = tuple(map(chr, range(0x1F1E6, 0x1F200)))
OWN_FAULTS = (
    OwnFault(
        "Neovim :terminal",
        "0.7",
        "scripts",
        ("Mc", "\u103a", *_FLAG_LETTERS),
        "The terminal gives a flag two cells and a vowel sign (or the Burmese asat) one of its own, and answers so when"
        " it is asked for the cursor's position; the window draws the flag in four cells and the sign in none, so that"
        " the row shifts.",
        r"printf '\360\237\207\253\360\237\207\256\033[1;3H|\n\340\244\225\340\244\277\033[2;3H|\n'",
    ),
    OwnFault(
        "mosh in tmux",
        "1.4.0/3.8",
        "scripts",
        ("\ufe0f", *_FLAG_LETTERS),
        "mosh gives a sign with the variation selector of emoji one cell, and draws what follows without placing the"
        " cursor; tmux gives it two cells, so that the row shifts. mosh sends the second half of a flag without the"
        " first when that has not changed; tmux has erased both.",
        r"printf '\033[7m\342\230\216\357\270\217 \033[1;3H|\n\360\237\207\253\360\237\207\256'; sleep 1;"
        r" printf '\b '; sleep 1; printf '\b\360\237\207\256\n'",
    ),
)


def find_own_fault(terminal: str, version: str, dossier: str) -> OwnFault | None:
    """Return the fault of a version of a terminal that shows in a dossier."""
    return next(
        (
            fault
            for fault in OWN_FAULTS
            if (terminal, dossier) == (fault.terminal, fault.dossier) and version.startswith(fault.version)
        ),
        None,
    )


_BREAKING = (("Neovim :terminal", "0.7"), ("Vim :terminal", "9.0"))


def breaks_characters(terminal: str, version: str) -> bool:
    """Return whether a terminal breaks a character when its bytes come in two reads.

    A busy machine lets them come so, however they are sent. Versions after these are mended.
    """
    return any(terminal == name and version.startswith(begin) for name, begin in _BREAKING)


def is_broken_character(terminal: str, version: str, difference: str) -> bool:
    """Return whether a difference comes from a character that this terminal has broken."""
    return breaks_characters(terminal, version) and "\ufffd" in difference
