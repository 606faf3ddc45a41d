"""Evaluate an expression for a row of the full text, from the texts of that row.

An engine does this for the rows that are too long for its own full text. The result is the same as that of FTS5, which
compares only the first 32,768 bytes of a token (FTS5_MAX_TOKEN_SIZE in its source).
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from dossier.library.index.expressions import AllOf, AnyOf, Expression, Tokens, TokensNear
from dossier.library.index.full_text import RowTexts

_LONGEST = 32_768
"""Bytes of a token that are compared."""


def evaluate(expression: Expression, texts: RowTexts) -> bool:
    """Return whether the expression is true of the row with these texts.

    A single token may be in either text. Tokens that follow one another, or are near each other, are looked for in the
    first text only.
    """
    return _is_true(
        expression, [_cut(token) for token in texts[0].split()], [_cut(token) for token in texts[1].split()]
    )


def _is_true(expression: Expression, text: Sequence[str], fields: Sequence[str]) -> bool:
    match expression:
        case Tokens(tokens):
            return _is_in(expression, text) or (len(tokens) == 1 and _is_in(expression, fields))
        case TokensNear():
            return _are_near(expression, text)
        case AllOf(parts):
            return all(_is_true(part, text, fields) for part in parts)
        case AnyOf(parts):
            return any(_is_true(part, text, fields) for part in parts)
    return _is_true(expression.wanted, text, fields) and not _is_true(expression.refused, text, fields)


def _are_near(near: TokensNear, text: Sequence[str]) -> bool:
    """Return whether one side begins at most `apart` tokens after the end of the other. They may overlap."""
    before, behind = (near.apart + len(one.tokens) for one in (near.right, near.left))
    places = list(_find_places(near.right, text))
    for at in _find_places(near.left, text):
        nearest = bisect_left(places, at - before)
        if nearest < len(places) and places[nearest] <= at + behind:
            return True
    return False


def _is_in(wanted: Tokens, text: Sequence[str]) -> bool:
    return next(_find_places(wanted, text), None) is not None


def _find_places(wanted: Tokens, text: Sequence[str]) -> Iterator[int]:
    """Yield the positions in `text` at which the wanted tokens begin, in ascending order."""
    *others, last = map(_cut, wanted.tokens)
    for end in range(len(others), len(text)):
        is_last = text[end].startswith(last) if wanted.is_open else text[end] == last
        if is_last and text[end - len(others) : end] == others:
            yield end - len(others)


def _cut(token: str) -> str:
    """Return the part of a token that is compared. The bytes of a code point that is cut in two equal no other."""
    if len(token) <= _LONGEST // 4:
        return token
    return token.encode()[:_LONGEST].decode(errors="surrogateescape")
