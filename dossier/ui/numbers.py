"""How much is said of a list that is still being found: what is known, and never more than that.

A number that is not final yet says so: `over 10,000` for many, and for few a number that goes on.
"""

from dossier.library.growing_list import Rows

MANY = 10_000


def number_words(rows: Rows, number: int | None = None) -> str:
    """How many there are, as far as it is known."""
    known = len(rows) if number is None else number
    if rows.done:
        return f"{known:,}"
    return f"over {MANY:,}" if known >= MANY else f"{known:,}…"


def hits_words(number: int) -> str:
    """So many hits."""
    return f"{number:,} hit{'' if number == 1 else 's'}"
