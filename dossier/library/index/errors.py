"""Errors of the index, in a module of their own: code that only handles them need not load SQLite."""


class IndexDamagedError(Exception):
    """The file is no index, or no longer: it must be rebuilt."""


WRITE_FAILURE = "the index cannot be written"
"""What the message of every IndexWriteError begins with."""


class IndexWriteError(Exception):
    """The index cannot be written. The message says why, and what would help."""


class SharedIndexError(Exception):
    """The shared index of a library cannot be used. The message says why, and what would help."""
