"""Faults of terminals themselves, which no output of a program avoids, each with its reason and a smallest input."""

from dossier.core.dataclasses import NamedTuple


class OwnFault(NamedTuple):
    """A fault that all versions of a terminal have whose names begin with `version`.

    `differs` is a part of the words in which it is found. `smallest` is what shows it without this program.
    """

    terminal: str
    version: str
    differs: str
    reason: str
    smallest: str


OWN_FAULTS: tuple[OwnFault, ...] = ()


def is_own_fault(terminal: str, version: str, difference: str) -> bool:
    """Return whether a difference is a fault of the terminal in which it was found."""
    return any(
        terminal == fault.terminal and version.startswith(fault.version) and fault.differs in difference
        for fault in OWN_FAULTS
    )
