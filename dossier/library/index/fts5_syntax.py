"""Expressions in the syntax of SQLite's FTS5 ("Full-text Query Syntax" in its documentation), and queries with them."""

from collections.abc import Iterator

from dossier.library.index.expressions import AllOf, AnyOf, Expression, Tokens, TokensNear
from dossier.library.index.full_text import FULL_TEXT_NAMES, FtsMatch
from dossier.library.index.sessions import range_condition, sort_order


def make_fts5_queries(
    match: FtsMatch, newest: bool, low: int | None, high: int | None
) -> Iterator[tuple[str, list[object]]]:
    """Yield, for each table that `match` has an expression for, the query for its row ids, and the query's values."""
    for table, expression in zip(FULL_TEXT_NAMES, match, strict=True):
        if expression:
            where, values = range_condition("rowid", low, high, f"{table} MATCH ?")
            query = f"SELECT rowid FROM {table} {where} ORDER BY rowid {sort_order(newest)}"
            yield query, [render_fts5(expression), *values]


def render_fts5(expression: Expression) -> str:
    """Return the expression as the right side of MATCH. There is no quote mark in a token."""
    match expression:
        case Tokens(tokens, is_open):
            return f'"{" ".join(tokens)}"{" *" if is_open else ""}'
        case TokensNear(left, right, apart):
            return f"NEAR({render_fts5(left)} {render_fts5(right)}, {apart})"
        case AllOf(parts):
            return f"({' AND '.join(map(render_fts5, parts))})"
        case AnyOf(parts):
            return f"({' OR '.join(map(render_fts5, parts))})"
    refused = render_fts5(expression.refused)
    return (
        f"({render_fts5(expression.wanted)} NOT {refused if isinstance(expression.refused, AnyOf) else f'({refused})'})"
    )
