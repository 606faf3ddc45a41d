"""Enclose a question to a server in one that bounds how many bytes the server sends.

Another user may have written the index, with values of up to a gigabyte, and psycopg receives a value before anything
can look at it. So the server is asked to send NULL for values that are too long. `row_check` then refuses the answer,
as it does any value of a wrong type; it also knows, by their names, which columns have texts or bytes.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from dossier.library.index.row_check import LONG_COLUMNS
from dossier.library.index.schema import LONGEST

MOST_TOGETHER: Final = 8_192
"""The most rows that are fetched together. The bound is on the bytes of any so many rows that follow one another."""
_QUERY: Final = re.compile(r"(DECLARE \w+ NO SCROLL CURSOR FOR )?(?=\(?(?:SELECT|WITH) )")
_TOKEN: Final = re.compile(r"'[^']*'|\w+|\S")
_NAME: Final = re.compile(r"\w+")


@lru_cache(maxsize=512)
def bound_answer(query: str) -> str:
    """Return a question with the same answer, but NULL for the values with which the bound would be exceeded.

    The bound is LONGEST bytes, for the texts and bytes in any MOST_TOGETHER rows that follow one another. A question
    for numbers alone, and any other statement, is returned unchanged.
    """
    if (found := _QUERY.match(query)) is None:
        return query
    begin = found.end()
    names = list(_output_names(query[begin:]))
    sizes = [f"coalesce(octet_length(c{at}), 0)" for at, name in enumerate(names) if name in LONG_COLUMNS]
    if not sizes:
        return query
    frame = f"OVER (ROWS {MOST_TOGETHER - 1} PRECEDING)"
    fits = f"sum(CAST({' + '.join(sizes)} AS bigint)) {frame} <= {LONGEST}"
    columns = [
        f"CASE WHEN {fits} THEN c{at} END AS {name}" if name in LONG_COLUMNS else f"c{at} AS {name or f'c{at}'}"
        for at, name in enumerate(names)
    ]
    given = ", ".join([f"c{at}" for at in range(len(names))])
    return f"{query[:begin]}SELECT {', '.join(columns)} FROM ({query[begin:]}) AS answer ({given})"


def _output_names(query: str) -> Iterator[str]:
    """Yield the names of the columns of an answer, "" for one that has none in the query.

    This reads the queries of this program, which name a column last, and not all of SQL.
    """
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
