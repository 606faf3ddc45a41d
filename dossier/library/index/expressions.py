"""Expressions that the full text is searched for: trees of values, which each engine renders in its own syntax.

An expression is true or false of a row, whose tokens are those of `full_text`.
"""

from collections.abc import Callable, Sequence

from dossier.core.dataclasses import NamedTuple, dataclass


class Tokens(NamedTuple):
    """One token, or several that follow one another. With `is_open` the last one is the beginning of a token."""

    tokens: tuple[str, ...]
    is_open: bool = False


class TokensNear(NamedTuple):
    """Two sequences of tokens, in either order, with at most `apart` tokens between the first and the second."""

    left: Tokens
    right: Tokens
    apart: int


@dataclass(frozen=True)
class AllOf:
    """All of `parts` are true. There are two or more."""

    parts: "tuple[Expression, ...]"


@dataclass(frozen=True)
class AnyOf:
    """At least one of `parts` is true. There are two or more."""

    parts: "tuple[Expression, ...]"


@dataclass(frozen=True)
class Without:
    """`wanted` is true and `refused` is not."""

    wanted: "Expression"
    refused: "Expression"


Expression = Tokens | TokensNear | AllOf | AnyOf | Without


def tells_order(expression: Expression) -> bool:
    """Return whether the expression tells anything of the order of tokens."""
    match expression:
        case Tokens(tokens):
            return len(tokens) > 1
        case AllOf(parts) | AnyOf(parts):
            return any(map(tells_order, parts))
        case Without(wanted, refused):
            return tells_order(wanted) or tells_order(refused)
    return True


def combine_parts(
    kind: Callable[[tuple[Expression, ...]], Expression], parts: Sequence[Expression]
) -> Expression | None:
    """Return several expressions as one of `kind`, AllOf or AnyOf; a single one as it is; None for none."""
    return kind(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None
