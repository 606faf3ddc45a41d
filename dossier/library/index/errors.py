"""How an index fails whoever reads it, told apart from how it is read: lists that outlive it need not load SQLite."""


class IndexDamagedError(Exception):
    """The file is no index, or no longer: it must be made anew."""


class QueryInterruptedError(Exception):
    """Somebody no longer wanted the answer."""
