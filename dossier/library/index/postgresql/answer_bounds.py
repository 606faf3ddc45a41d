"""Bound what a server sends in an answer: others have written it, and a value may have a gigabyte.

psycopg receives a value before anything can look at it, so the server is asked for none that is too long. This is done
to every question alike: a column is known by its name in the answer (see `row_check`). In the place of a value that is
too long there is none, so that the answer is refused like one that has a value of another kind.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from dossier.library.index.row_check import LONG_COLUMNS
from dossier.library.index.schema import LONGEST

_NEIGHBOURS: Final = 8_192
"""The rows whose values are added up: as many as are fetched together at most."""
_QUERY: Final = re.compile(r"(DECLARE \w+ NO SCROLL CURSOR FOR )?(?=\(?(?:SELECT|WITH) )")
_TOKEN: Final = re.compile(r"'[^']*'|\w+|\S")
_NAME: Final = re.compile(r"\w+")


@lru_cache(maxsize=512)
def bound_answer(query: str) -> str:
    """Return a question whose texts and bytes have at most LONGEST bytes in all rows that are fetched together.

    Others are NULL. A question for numbers alone, and any other statement, is returned unchanged.
    """
    if (found := _QUERY.match(query)) is None:
        return query
    begin = found.end()
    names = list(_output_names(query[begin:]))
    sizes = [f"coalesce(octet_length(c{at}), 0)" for at, name in enumerate(names) if name in LONG_COLUMNS]
    if not sizes:
        return query
    frame = f"OVER (ROWS {_NEIGHBOURS - 1} PRECEDING)"
    fits = f"sum(CAST({' + '.join(sizes)} AS bigint)) {frame} <= {LONGEST}"
    columns = [
        f"CASE WHEN {fits} THEN c{at} END AS {name}" if name in LONG_COLUMNS else f"c{at} AS {name or f'c{at}'}"
        for at, name in enumerate(names)
    ]
    given = ", ".join([f"c{at}" for at in range(len(names))])
    return f"{query[:begin]}SELECT {', '.join(columns)} FROM ({query[begin:]}) AS answer ({given})"


def _output_names(query: str) -> Iterator[str]:
    """Yield the names of the columns of an answer, "" for one that has none in the query."""
    depth, name, is_begun = 0, "", False
    for token in _TOKEN.findall(query.lstrip("(")):
        depth += (token == "(") - (token == ")")
        if depth < 0 or (is_begun and not depth and token == "FROM"):
            break
        if depth:
            name = ""
        elif not is_begun:
            is_begun = token == "SELECT"
        elif token == ",":
            yield name
            name = ""
        else:
            name = token if _NAME.fullmatch(token) else ""
    if is_begun:
        yield name
