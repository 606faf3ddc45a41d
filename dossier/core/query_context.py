"""What a query means beyond its words: words beside a speaker reach the paragraph, and case may not count.

"What did Holt say about the toll" is typed `speaker:holt toll`. Where the paragraph reads: The toll, he said, was "set
by contract", the quote itself has no such word. So words that stand beside `speaker:` may also stand in the paragraph.
"""

from collections.abc import Callable
from functools import lru_cache

from dossier.core.dataclasses import replace
from dossier.core.query import (
    AllConditions,
    AnyCondition,
    Condition,
    ContextCondition,
    FieldCondition,
    NearTerms,
    NotCondition,
    Query,
    Term,
)


def extend_to_context(node: Condition) -> Condition:
    """Return `node` changed so that a word beside a speaker may also stand in the paragraph of the quote."""
    if isinstance(node, NotCondition):
        return NotCondition(extend_to_context(node.node))
    if not isinstance(node, AllConditions | AnyCondition):
        return node
    change = _within_context if isinstance(node, AllConditions) and any(map(_names_speaker, node.nodes)) else None
    return replace(node, nodes=tuple(map(change or extend_to_context, node.nodes)))


@lru_cache(maxsize=64)
def ignore_case(node: Condition) -> Condition:
    """Return `node` with no term that asks for upper or lower case."""
    return _map_terms(node, lambda term: term._replace(keep_case=False))


def list_conjuncts(query: Query) -> tuple[Condition, ...]:
    """Return the conditions that must all hold, those within brackets, too; none for a query that asks for nothing."""
    return _conjuncts(query.root) if query.root else ()


def _conjuncts(node: Condition) -> tuple[Condition, ...]:
    if not isinstance(node, AllConditions):
        return (node,)
    return tuple([one for part in node.nodes for one in _conjuncts(part)])


def _names_speaker(node: Condition) -> bool:
    """Return whether every entry for which `node` holds is a quote of a speaker who is asked for."""
    if isinstance(node, AnyCondition):
        return all(map(_names_speaker, node.nodes))
    if isinstance(node, AllConditions):
        return any(map(_names_speaker, node.nodes))
    return isinstance(node, FieldCondition) and node.name == "speaker"


def _within_context(node: Condition) -> Condition:
    """Return `node` changed so that every word in it may also stand in the paragraph."""
    if isinstance(node, Term | NearTerms):
        return ContextCondition(node)
    if isinstance(node, NotCondition):
        return NotCondition(_within_context(node.node))
    if isinstance(node, AllConditions | AnyCondition):
        return replace(node, nodes=tuple(map(_within_context, node.nodes)))
    return node


def _map_terms(node: Condition, change: Callable[[Term], Term]) -> Condition:
    """Return `node` with each of its terms changed."""
    match node:
        case Term():
            return change(node)
        case NearTerms():
            return NearTerms(change(node.left), change(node.right))
        case ContextCondition():
            inner = _map_terms(node.node, change)
            assert isinstance(inner, Term | NearTerms)
            return ContextCondition(inner)
        case FieldCondition():
            return node._replace(terms=tuple(map(change, node.terms)))
        case NotCondition():
            return NotCondition(_map_terms(node.node, change))
        case AllConditions() | AnyCondition():
            return replace(node, nodes=tuple([_map_terms(one, change) for one in node.nodes]))
    return node
