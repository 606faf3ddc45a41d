"""Expressions in the syntax of SQLite's FTS5 ("Full-text Query Syntax" in its documentation)."""

from dossier.library.index.expressions import AllOf, AnyOf, Expression, Tokens, TokensNear


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
