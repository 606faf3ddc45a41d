"""The tokens of an entry as a tsvector, and what is asked of them as a tsquery ("Text Search Types")."""

from collections import Counter
from collections.abc import Collection, Sequence

from dossier.library.index.expressions import AllOf, AnyOf, Expression, Tokens, TokensNear

_BYTES, _LEXEME, _POSITIONS, _PLACES = 900_000, 2_000, 16_000, 250
"""The most bytes of a vector and of a lexeme, tokens, and places of one lexeme: below the limits of PostgreSQL."""


def make_tsvector(text: str, fields: str) -> str | None:
    """Return the tsvector of a row of the full text, None where it would be too long for PostgreSQL."""
    tokens, others = text.split(" "), fields.split(" ")
    if len(tokens) > _POSITIONS or len(text) + len(fields) > _BYTES // 8:
        return None
    if max(map(len, (*tokens, *others))) > _LEXEME // 4 or max(Counter(tokens).values()) > _PLACES:
        return None
    placed = [f"{_quote(token)}:{at}" for at, token in enumerate(tokens, 1) if token]
    return " ".join([*placed, *(_quote(token) for token in others if token)])


def render_tsquery(expression: Expression) -> str:
    """Return the expression as a tsquery, which is true wherever the expression is."""
    match expression:
        case Tokens(tokens, is_open):
            phrase = " <-> ".join(map(_quote, tokens)) + (":*" if is_open else "")
            return f"({phrase})" if len(tokens) > 1 else phrase
        case TokensNear(left, right, _):
            return f"({render_tsquery(left)} & {render_tsquery(right)})"
        case AllOf(parts):
            return f"({' & '.join(map(render_tsquery, parts))})"
        case AnyOf(parts):
            return f"({' | '.join(map(render_tsquery, parts))})"
    return f"({render_tsquery(expression.wanted)} & !{render_tsquery(expression.refused)})"


def _quote(token: str) -> str:
    """Return a token as a lexeme."""
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def is_true(expression: Expression, text: Sequence[str], others: Collection[str]) -> bool:
    """Return whether the expression is true of a row with these tokens: those of its text in order, and the others."""
    match expression:
        case Tokens(tokens, is_open):
            return any(_stands(tokens, is_open, text, at) for at in range(len(text))) or (
                len(tokens) == 1 and any(_is_token(tokens[0], is_open, one) for one in others)
            )
        case TokensNear(left, right, _):
            return is_true(left, text, others) and is_true(right, text, others)
        case AllOf(parts):
            return all(is_true(part, text, others) for part in parts)
        case AnyOf(parts):
            return any(is_true(part, text, others) for part in parts)
    return is_true(expression.wanted, text, others) and not is_true(expression.refused, text, others)


def _stands(tokens: Sequence[str], is_open: bool, text: Sequence[str], at: int) -> bool:
    """Return whether these tokens stand in a text from a place on."""
    found = text[at : at + len(tokens)]
    last = len(tokens) - 1
    return len(found) == len(tokens) and all(
        _is_token(one, is_open and number == last, other)
        for number, (one, other) in enumerate(zip(tokens, found, strict=True))
    )


def _is_token(wanted: str, is_open: bool, token: str) -> bool:
    return token.startswith(wanted) if is_open else token == wanted
