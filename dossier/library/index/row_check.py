"""Check the values in the rows of an answer, for an index that another user has written.

SQLite accepts values of any type in any column, so a damaged or malicious file may have anything anywhere. For all
questions alike, it is checked here that each value has the type and the range that this program writes, so that callers
need not. A column is known by its name in the answer: SQL must give every computed column one of these names.

Whole columns are checked at once: `array` refuses values that are no numbers, or have more bits.
"""

import re
import sqlite3
import sys
from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any, Final

from dossier.library.index.errors import IndexDamagedError

Values = Sequence[Any]
Row = tuple[Any, ...]
_Check = Callable[[Values], bool]
MOST_ENTRIES: Final = 1 << 21
"""The most entries of one article. One of the largest size that is read without a higher limit has a tenth of them."""
_HIGHEST_BYTE: Final = slice(7 if sys.byteorder == "little" else 0, None, 8)


def _are_ids(values: Values) -> bool:
    """Return whether all are numbers from 0 that are below 2**56: row ids have 55 bits."""
    return not array("Q", values).tobytes()[_HIGHEST_BYTE].strip(b"\0")


def _are_numbers(code: str) -> _Check:
    """Return a check whether all are numbers that an array with this type code takes."""
    return lambda values: array(code, values) is not None


def _are_of_type(*types: type) -> _Check:
    """Return a check whether all are of one of these types."""
    known = frozenset(types)
    return lambda values: known.issuperset(map(type, values))


def _or_none(check: _Check) -> _Check:
    """Return a check that accepts None besides."""
    return lambda values: check([value for value in values if value is not None])


_is_outside = re.compile(rb"/|(?:.*/)?\.\.(?:/|\Z)", re.DOTALL).match


def _are_paths(values: Values) -> bool:
    """Return whether all are paths of files in the folder of the library."""
    return _are_bytes(values) and not any(b"\0" in one or _is_outside(one) for one in values)


_acts = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]").search
_are_strings, _are_bytes = _are_of_type(str), _are_of_type(bytes)


def _are_texts(values: Values) -> bool:
    """Return whether all are texts, and none has a code point that makes a terminal act, as the loader leaves none."""
    return _are_strings(values) and ((text := "".join(values)).isprintable() or not _acts(text))


def _are_facts(values: Values) -> bool:
    """Return whether all are numbers, bytes or texts."""
    texts = [value for value in values if type(value) is str]
    return _are_texts(texts) and {int, bytes, str}.issuperset(map(type, values))


def _are_sizes(values: Values) -> bool:
    """Return whether all are numbers of entries that an article can have."""
    return max(array("I", values)) <= MOST_ENTRIES


_are_counts = _are_numbers("I")
_TEXTS: Final = "id headline outlet published forms kind name names wikidata alone folded code message facts key sql"
_KINDS: Final[tuple[tuple[_Check, str], ...]] = (
    (_are_ids, "first until row rowid newest person bearer"),
    (_or_none(_are_ids), "joined_to edge met low high"),
    (_are_counts, "number articles quotes"),
    (_are_sizes, "count article_n people_n quotes_n timeline_n"),
    (_or_none(_are_counts), "line col"),
    (_are_of_type(int, bool), "by_name repeats"),
    (_are_numbers("Q"), "size"),
    # An array of numbers with a sign takes seven times as long to make.
    (_are_of_type(int), "mtime_ns ctime_ns inode begins ends day"),
    (_or_none(_are_of_type(int)), "earliest latest span"),
    (_are_texts, _TEXTS),
    (_are_paths, "path"),
    (_are_bytes, "entries content"),
    (_or_none(_are_bytes), "digest"),
    (_are_facts, "value"),
)
LONG_COLUMNS: Final = frozenset((*_TEXTS.split(), "path", "entries", "content", "digest", "value"))
"""The names of the columns whose values may be of any length: texts and bytes."""
_PLACES: Final = {name: place for place, (_, names) in enumerate(_KINDS) for name in names.split()}
"""The places in _KINDS by the names of columns."""
_Plan = tuple[tuple[_Check, Callable[[Sequence[Any]], Sequence[Any]]], ...]
"""Checks, each with a function that picks the columns, or a row's values, that it is for."""
_MOST: Final = 1_000
_plans: dict[str, _Plan] = {}
"""The plans of the last queries, by the text of the query."""


def check_rows(names: Iterable[str], rows: Sequence[Row]) -> None:
    """Check rows of an answer, given the names of its columns.

    Raises IndexDamagedError where a column has a value that it cannot have.
    """
    _check(_plan(tuple(names)), rows)


def check_answer(query: str, cursor: sqlite3.Cursor, rows: Sequence[Row]) -> None:
    """Check rows of the answer to a query, as `check_rows` does."""
    plan = _plans.get(query)
    if plan is None:
        if len(_plans) >= _MOST:
            _plans.clear()
        plan = _plans[query] = _plan(names_of(cursor))
    _check(plan, rows)


def names_of(cursor: sqlite3.Cursor) -> tuple[str, ...]:
    """Return the names of the columns of an answer."""
    return tuple([column[0] for column in cursor.description])


def make_checked_row(cursor: sqlite3.Cursor, row: Row) -> Row:
    """Check and return a row: a `row_factory`, for rows that are read one by one."""
    check_rows(names_of(cursor), (row,))
    return row


@lru_cache(maxsize=512)
def _plan(names: tuple[str, ...]) -> _Plan:
    """Return the checks for an answer with these columns."""
    kinds: dict[int, list[int]] = {}
    for place, name in enumerate(names):
        kinds.setdefault(_PLACES[name], []).append(place)
    return tuple(
        [
            (_KINDS[kind][0], itemgetter(*places) if len(places) > 1 else itemgetter(slice(places[0], places[0] + 1)))
            for kind, places in kinds.items()
        ]
    )


def _check(plan: _Plan, rows: Sequence[Row]) -> None:
    if not rows:
        return
    if len(rows) == 1:
        columns: Sequence[Any] = rows[0]
    elif len(rows[0]) == 1:
        # Most answers are row ids alone.
        columns = ([value for (value,) in rows],)
    else:
        columns = tuple(zip(*rows, strict=True))
    for check, pick in plan:
        values = pick(columns)
        if len(rows) > 1:
            values = values[0] if len(values) == 1 else tuple(chain.from_iterable(values))
        try:
            is_sound = check(values)
        except (TypeError, OverflowError):
            is_sound = False
        if not is_sound:
            raise IndexDamagedError("a column has a value of another kind, or one that is too long")
