"""How much of the format is read: which version of it, and how large a file may be.

These stand by themselves, so that who only says them need not load the parser.
"""

from dossier.core.dataclasses import NamedTuple

FORMAT = "1"
"""The version of the format of articles that is read."""
MOST_DEPTH = 1_000
"""No limit of depth is higher: the time that the parser takes grows with the square of the depth, without end."""


class Limits(NamedTuple):
    """How much one file may ask for: bytes, levels of nesting, nodes reached through aliases, entries of a kind."""

    size: int = 8 * 1024 * 1024
    depth: int = 64
    aliases: int = 10_000
    entries: int = 20_000
