"""Expressions in the syntax of PostgreSQL's tsquery ("Text Search Types" in its documentation).

The text is cast to a tsquery, so that no dictionary changes a token. An expression that a tsquery cannot express is
rendered as one that is true of more rows. A row has one vector for both expressions of an FtsMatch (see
`tsvector_text`).
"""

from typing import Final

from dossier.library.index.expressions import AllOf, AnyOf, Expression, Tokens, TokensNear
from dossier.library.index.postgresql.tsvector_text import LARGEST, LONGEST, quote_lexeme

_NEVER: Final = "' '"
"""True of no row: there is no space in a token."""
_ALWAYS: Final = f"!{_NEVER}"
_MOST = 100
"""The most tokens of a sequence that are rendered: each is a level of nesting."""


def render_tsquery(expression: Expression) -> str:
    """Return the text of a tsquery, which is true of every row with a vector that the expression is true of."""
    found = _render(expression)
    # PostgreSQL counts the bytes of the tokens and one more for each, which the text exceeds.
    return found if len(found.encode()) <= LARGEST else _ALWAYS


def _render(expression: Expression) -> str:
    match expression:
        case Tokens(tokens, is_open):
            return _render_tokens(tokens, is_open)
        case TokensNear(left, right):
            # A tsquery can only ask for an exact distance.
            return f"({_render(left)} & {_render(right)})"
        case AllOf(parts):
            return f"({' & '.join(map(_render, parts))})"
        case AnyOf(parts):
            return f"({' | '.join(map(_render, parts))})"
    wanted = _render(expression.wanted)
    return f"({wanted} & !{_render(expression.refused)})" if _is_told(expression.refused) else wanted


def _render_tokens(tokens: tuple[str, ...], is_open: bool) -> str:
    if any(len(token.encode()) > LONGEST for token in tokens):
        return _NEVER
    asked = [quote_lexeme(token) for token in tokens[:_MOST]]
    if is_open and len(tokens) == len(asked):
        asked[-1] += ":*"
    return f"({' <-> '.join(asked)})" if len(asked) > 1 else asked[0]


def _is_told(expression: Expression) -> bool:
    """Return whether the tsquery for the expression is true of no more rows than the expression."""
    match expression:
        case Tokens(tokens):
            return len(tokens) <= _MOST
        case TokensNear():
            return False
        case AllOf(parts) | AnyOf(parts):
            return all(map(_is_told, parts))
    return _is_told(expression.wanted) and _is_told(expression.refused)
