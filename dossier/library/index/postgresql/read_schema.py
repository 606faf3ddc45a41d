"""The schema of the index that a reader reads, which is known by its number.

When an index was made anew, its schema takes the name of the one before, which is renamed and kept for a while (see
`table_making`). A reader goes on with the schema that it has read until it looks for changes, also if the other one
takes its place between two statements of a question. So what one question finds leads the next one to the same entry.

With each question the server is asked which schema it was about. If it was not the one that is read, the name of that
is looked up by its number, and the question is asked again.
"""

from collections.abc import Sequence
from typing import Final

from dossier.library.index.errors import IndexDamagedError, RowGoneError
from dossier.library.index.postgresql.answers import Rows, read_rows
from dossier.library.index.postgresql.connecting import ServerConnection
from dossier.library.index.postgresql.server_tables import SCHEMA, VERSION

Question = tuple[str, Sequence[object]]
"""A query of the common dialect and its values."""
_NUMBER: Final = "SELECT coalesce(CAST(CAST(to_regnamespace(current_schema()) AS oid) AS bigint), 0) AS number", ()
_FIND: Final = (
    # For a schema that is gone it gives the number, - for 0. The table of schemas would tell the name of before the
    # snapshot.
    "SELECT set_config('search_path', name, false)"
    " FROM (SELECT CAST(CAST(CAST(CAST(? AS bigint) AS oid) AS regnamespace) AS text) AS name) AS one"
    " WHERE name !~ '^[-0-9]+$'"
)
_LOOK: Final = f"SELECT set_config('search_path', '{SCHEMA}', false) AS name", ()
_VERSION: Final = "SELECT value FROM meta WHERE key = 'version'", ()
_TRIES: Final = 3
"""How often a question is asked again: each time the schema may be renamed meanwhile."""


class SchemaGoneError(RowGoneError):
    """The schema that was read is gone. `present` is the number of the one in its place."""

    def __init__(self, present: int) -> None:
        super().__init__("the index that was read is gone")
        self.present = present


class ReadSchema:
    """The schema with this number, 0 for none."""

    def __init__(self, number: int) -> None:
        self.number = number

    def ask(
        self,
        connection: ServerConnection,
        questions: Sequence[Question],
        begin: Sequence[Question] = (),
        again: Sequence[Question] = (),
        most: int | None = None,
    ) -> list[Rows]:
        """Return the rows of the answers from this schema, none for statements without an answer, at most `most` each.

        It takes one round trip, unless another schema has taken the place of this one. `begin` is asked first, and
        `again` in place of it where the questions have to be asked again. Raises SchemaGoneError.
        """
        asked = begin
        for _ in range(_TRIES):
            if connection.schema not in (self.number, None) and not connection.ask(_FIND, (self.number,)).fetchall():
                break
            # The last answer tells of all: a name that has passed from one schema to another never comes back.
            *rows, [(connection.schema,)] = ask_together(connection, (*asked, *questions, _NUMBER), most)
            if connection.schema == self.number:
                return rows[len(asked) :]
            asked = again
        raise SchemaGoneError(look_at_present(connection)[1])


def look_at_present(connection: ServerConnection, *questions: Question) -> tuple[list[Rows], int]:
    """Return the rows of the answers from the schema that has the name of the index now, and its number.

    Raises IndexDamagedError if the index there is of another version, so that it cannot be read.
    """
    _, version, *rows, [(number,)] = ask_together(connection, (_LOOK, _VERSION, *questions, _NUMBER))
    connection.schema = number
    if [*version] != [(VERSION,)]:
        raise IndexDamagedError("the server has another index now")
    return rows, number


def ask_together(connection: ServerConnection, questions: Sequence[Question], most: int | None = None) -> list[Rows]:
    """Return the rows of the answers, none for statements without an answer, in one round trip."""
    with connection.pipeline():
        cursors = [connection.ask(query, values) for query, values in questions]
    return [read_rows(cursor, most) for cursor in cursors]
