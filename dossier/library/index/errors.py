"""Errors of the index, in a module of their own: code that only handles them need not load SQLite."""


class IndexDamagedError(Exception):
    """The index is damaged, or something else is in its place: it must be rebuilt."""


class ArticleTooLargeError(ValueError):
    """An article has more entries, or longer ones, than the index can have of one."""


class RowGoneError(KeyError):
    """The index has nothing with this row id, or no person with this number; an update may have removed it."""


class IndexChangedError(Exception):
    """The index was updated while an answer was read, and the rest of it is gone: the question can be asked again."""


class IndexUnreachableError(Exception):
    """The server of the index cannot be reached, or has not answered in time: the same question may be answered later.

    The message names the server, without user and password, and says why. `cure` says what would help; it is "" where
    one can only wait. `refusal` says why the server refuses connections, and `obstacle` what on this machine is in the
    way of one; both are "" if the server does not answer.
    """

    def __init__(self, why: str, cure: str = "", refusal: str = "", obstacle: str = "") -> None:
        super().__init__(f"{why}: {cure}" if cure else why)
        self.cure, self.refusal, self.obstacle = cure, refusal, obstacle


class PartUnreachableError(IndexUnreachableError):
    """A server with a part of the index cannot be reached. Questions that do not need that part are answered."""


class RightMissingError(PartUnreachableError):
    """The server does not let the role read something that belongs to the index. Other questions are answered."""


class IndexRefusedError(Exception):
    """The server refuses the connection, or has no index that this program can use.

    The message names the server, without user and password, and says why and what would help.
    """


class OtherVersionError(IndexRefusedError):
    """The index on the server was made by another version of dossier. Its owner can make it anew."""


WRITE_FAILURE = "the index cannot be written"
"""The beginning of the message of every IndexWriteError."""


class IndexWriteError(Exception):
    """The index cannot be written. The message says why, and what would help."""


class SharedIndexError(Exception):
    """The shared index of a library cannot be used. The message names it, and says why and what would help.

    `index` names it, and `why` has the rest; `brief` is the message without the place of the index.
    """

    def __init__(self, index: str, why: str) -> None:
        super().__init__(f"{index} {why}")
        self.brief = f"the shared index {why}"
