"""The version of the format that is read, and the limits for one file.

It is a module of its own, so that a program that only prints the limits need not load the parser.
"""

from dossier.core.dataclasses import NamedTuple

FORMAT_VERSION = "1"
"""The version of the article format that is read."""
MAX_DEPTH = 1_000
"""The highest limit of depth: the time that the parser takes grows with the square of the depth."""


class Limits(NamedTuple):
    """Limits for one file: size in bytes, levels of nesting, nodes reached through aliases, entries of a kind."""

    size: int = 8 * 1024 * 1024
    depth: int = 64
    aliases: int = 10_000
    entries: int = 20_000
