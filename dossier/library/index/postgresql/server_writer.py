"""Write an index, and its full text, over a connection to a PostgreSQL server."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from psycopg import RawServerCursor

from dossier.library.index.full_text import Row
from dossier.library.index.postgresql.answers import read_rows
from dossier.library.index.postgresql.connecting import ServerConnection, adapt_values, number_placeholders
from dossier.library.index.postgresql.tsvector_text import make_tsvector_text
from dossier.library.index.sessions import Answer

_TOGETHER = 2_000
"""Vectors that are sent in one statement."""
_FETCHED = 5_000
"""Rows that are fetched together where not all are to be in memory."""
_ENTER: Final = (
    "INSERT INTO words (row, vector)"
    " SELECT row, CAST(vector AS tsvector) FROM unnest(CAST(? AS bigint[]), CAST(? AS text[])) AS made (row, vector)"
)


class ServerWriter:
    """A connection over which an index is written: a WriteSession."""

    def __init__(self, connection: ServerConnection) -> None:
        self.connection = connection
        self.execute: Callable[..., Answer] = connection.ask

    def executemany(self, query: str, parameters: Iterable[Sequence[object]], /) -> None:
        """Run a statement with each of many lists of values, without waiting in between."""
        rows = [adapt_values(one) for one in parameters]
        if rows:
            with self.connection.cursor() as cursor:
                cursor.executemany(number_placeholders(query).encode(), rows)

    def iterate(self, query: str, values: Sequence[object] = (), /) -> Generator[Any, None, None]:
        """Yield the rows of an answer, in a transaction of its own, without having all of them in memory."""
        with self.connection.transaction(), RawServerCursor(self.connection, "found") as cursor:
            cursor.execute(number_placeholders(query).encode(), adapt_values(values) or None, binary=True)
            while rows := read_rows(cursor, _FETCHED):
                yield from rows

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Return a context manager for a transaction, which is undone where an error comes out of the block.

        Statements are sent without waiting for their results, until rows are fetched.
        """
        with self.connection.pipeline(), self.connection.transaction():
            yield


class ServerTextWriter:
    """Writes the full text: a TextWriter."""

    def __init__(self, session: ServerWriter) -> None:
        self._session = session

    def enter(self, rows: Sequence[Row]) -> None:
        """Enter rows, in place of rows that an update that was cut short may have left on some of the servers."""
        self._session.execute("DELETE FROM words WHERE row = ANY(CAST(? AS BIGINT[]))", ([row for row, _, _ in rows],))
        long: list[tuple[int]] = []
        for at in range(0, len(rows), _TOGETHER):
            ids, vectors = [], []
            for row, *texts in rows[at : at + _TOGETHER]:
                if (vector := make_tsvector_text((texts[0], texts[1]))) is None:
                    long.append((row,))
                else:
                    ids.append(row)
                    vectors.append(vector)
            self._session.execute(_ENTER, (ids, vectors))
        self._session.executemany("INSERT INTO long_entry (row) VALUES (?)", long)

    def remove(self, rows: Sequence[Row]) -> None:
        """Remove rows. Their ids follow one another.

        Their rows in the large tables stay until the ids may be used again (see `PostgresqlEngine`).
        """
        if rows:
            self._session.execute("DELETE FROM long_entry WHERE row >= ? AND row <= ?", (rows[0][0], rows[-1][0]))
