"""Errors of the index, in a module of their own: code that only handles them need not load SQLite."""


class IndexDamagedError(Exception):
    """The file is no index, or no longer: it must be rebuilt."""


class ArticleTooLargeError(ValueError):
    """An article has more entries, or longer ones, than the index can have of one."""


class RowGoneError(KeyError):
    """The index has nothing with this row id, or number, or no longer."""


class IndexChangedError(Exception):
    """The index was updated while it was read, and what was to be read next is gone: the same can be asked again."""


class IndexAwayError(Exception):
    """The server of the index cannot be reached, or has not answered in time: the same question may be answered later.

    The message says which server, without user and password, and why, and `cure`, if that is not "", what would help:
    otherwise nothing but to wait.
    """

    def __init__(self, why: str, cure: str = "") -> None:
        super().__init__(f"{why}: {cure}" if cure else why)
        self.cure = cure


class PartAwayError(IndexAwayError):
    """A server that has a part of the index cannot be reached: what does not need that part is answered as ever."""


class IndexRefusedError(Exception):
    """The server has no index that can be used as it is asked for. The message says why, and what would help.

    It says which server, without user and password.
    """


class OtherVersionError(IndexRefusedError):
    """The index on the server was made by another version of dossier. Its owner can make it anew."""


WRITE_FAILURE = "the index cannot be written"
"""What the message of every IndexWriteError begins with."""


class IndexWriteError(Exception):
    """The index cannot be written. The message says why, and what would help."""


class SharedIndexError(Exception):
    """The shared index of a library cannot be used. The message says why, and what would help."""
