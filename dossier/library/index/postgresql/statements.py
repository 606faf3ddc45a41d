"""The common SQL of the index as PostgreSQL takes it, and the values that go with it."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import count

_NUL, _STAND_IN = "\0", "\uffff"
"""PostgreSQL's texts have no NUL, and no text of the index has one: each is made safe to print first (see
`dossier.text.sanitize`). A text that is asked for may have one. It is asked for with a noncharacter in its place, which
no text of the index has either.
"""


@lru_cache(maxsize=512)
def number_placeholders(query: str) -> str:
    """Return a query with $1, $2 and so on for each `?`. There is no question mark in our SQL but these."""
    numbers = count(1)
    pieces = query.split("?")
    return pieces[0] + "".join([f"${next(numbers)}{piece}" for piece in pieces[1:]])


def adapt_values(values: Sequence[object]) -> Sequence[object]:
    """Return values as PostgreSQL can take them."""
    if any(isinstance(one, str) and _NUL in one for one in values):
        return [one.replace(_NUL, _STAND_IN) if isinstance(one, str) else one for one in values]
    return values
