"""The rows of an answer of a server as readers get them: all are read here, and looked through.

Others have written what the server has, and a view that stands where a table should be answers with values of any type,
with an error of its own, or with none. It costs no further question.
"""

from collections.abc import Iterator
from typing import Any

from psycopg import DataError, RawCursor, RawServerCursor

from dossier.library.index.errors import IndexDamagedError
from dossier.library.index.row_check import check_rows

Rows = list[tuple[Any, ...]]
AnyCursor = RawCursor[tuple[Any, ...]] | RawServerCursor[tuple[Any, ...]]


def read_rows(cursor: AnyCursor, most: int | None = None) -> Rows:
    """Return the rows of an answer, at most `most`; none for a statement that has no answer.

    Raises IndexDamagedError where a column has a value that it cannot have (see `row_check`).
    """
    if cursor.description is None:
        return []
    try:
        rows = cursor.fetchall() if most is None else cursor.fetchmany(most)
    except (DataError, ValueError, OverflowError) as error:
        # No value of Python is made of some values of other types, and of texts that are not in UTF-8.
        raise IndexDamagedError(f"a column has a value of another kind: {type(error).__name__}") from None
    check_rows([column.name for column in cursor.description], rows)
    return rows


class ReadAnswer:
    """The rows of an answer, which were looked through: an Answer. Raises IndexDamagedError as `read_rows` does."""

    def __init__(self, cursor: AnyCursor) -> None:
        self._rows = iter(read_rows(cursor))

    def fetchone(self) -> Any:
        """Return the next row, None when there is none."""
        return next(self._rows, None)

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""
        return list(self._rows)

    def __iter__(self) -> Iterator[Any]:
        return self._rows
