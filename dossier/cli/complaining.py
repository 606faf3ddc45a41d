"""What could not be understood in a query is told with the query itself, and a mark under the place."""

import sys

from dossier.cli.output import tell
from dossier.core.query import Query
from dossier.text.sanitize import safe
from dossier.text.width import width


def complain(query: Query) -> None:
    """Tell of each complaint of the query."""
    typed = safe(query.typed)
    for one in query.complaints:
        tell(one.message)
        mark = "^" * max(1, width(typed[one.start : one.end]))
        print(f"  {typed}\n  {' ' * width(typed[: one.start])}{mark}", file=sys.stderr)
