"""What the full text is asked: a tree of values, which each engine renders in its own syntax.

An expression is true or false of one row, whose tokens are those of `full_text`.
"""

from collections.abc import Callable, Sequence

from dossier.core.dataclasses import NamedTuple, dataclass


class Tokens(NamedTuple):
    """One token, or several of which each follows the one before it. `is_open` says that the last one may go on."""

    tokens: tuple[str, ...]
    is_open: bool = False


class TokensNear(NamedTuple):
    """Two times tokens, in either order, with at most `apart` tokens between the ends that face each other."""

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


def combine_parts(
    kind: Callable[[tuple[Expression, ...]], Expression], parts: Sequence[Expression]
) -> Expression | None:
    """Return one expression for several: `kind` of them, AllOf or AnyOf; a single one as it is, None for none."""
    return kind(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None
