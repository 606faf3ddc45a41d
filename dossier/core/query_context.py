"""What a query means beyond its words: words beside a speaker reach the paragraph, and case may not count.

"What did Holt say about the toll" is typed `speaker:holt toll`. Where the paragraph reads: The toll, he said, was "set
by contract", the quote itself has no such word. So words that stand beside `speaker:` may also stand in the paragraph.
"""

from collections.abc import Callable
from functools import lru_cache

from dossier.core.dataclasses import replace
from dossier.core.query import (
    NOTES,
    AllConditions,
    AnyCondition,
    Condition,
    ContextCondition,
    FieldCondition,
    NearTerms,
    NotCondition,
    NotedCondition,
    Query,
    Term,
    combine_conditions,
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


def read_context(root: Condition) -> tuple[Condition | None, bool]:
    """Return what a query as it was typed asks for, and whether a part of it was left out.

    Words beside a speaker may stand in the paragraph. In a query for notes, which has `in:notes` beside all the rest,
    they may not: there each word is one of the note. Elsewhere `in:notes` has no meaning, and is left out.
    """
    parts = _conjuncts(root)
    kept = [one for part in parts if part != NOTES and (one := _without_notes(part)) is not None]
    is_left_out = any(map(_names_notes, (part for part in parts if part != NOTES)))
    if NOTES in parts:
        return combine_conditions((NOTES, *kept)), is_left_out
    if not is_left_out:
        return extend_to_context(root), False
    rest = combine_conditions(kept)
    return extend_to_context(rest) if rest else None, True


def asks_for_notes(query: Query) -> bool:
    """Return whether the query asks for notes, and for nothing else."""
    return NOTES in list_conjuncts(query)


def find_noted(query: Query) -> NotedCondition | None:
    """Return the condition on the notes of an entry; None if the query asks for none."""
    return next((node for node in list_conjuncts(query) if isinstance(node, NotedCondition)), None)


def _names_notes(node: Condition) -> bool:
    if isinstance(node, NotCondition):
        return _names_notes(node.node)
    if isinstance(node, AllConditions | AnyCondition):
        return any(map(_names_notes, node.nodes))
    return node == NOTES


def _without_notes(node: Condition) -> Condition | None:
    """Return a condition without `in:notes`; None when nothing is left of it."""
    if not _names_notes(node):
        return node
    if isinstance(node, NotCondition):
        inner = _without_notes(node.node)
        return NotCondition(inner) if inner else None
    if not isinstance(node, AllConditions | AnyCondition):
        return None
    kept = tuple([one for part in node.nodes if (one := _without_notes(part)) is not None])
    return replace(node, nodes=kept) if len(kept) > 1 else kept[0] if kept else None


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
        case NotedCondition() if node.node:
            return replace(node, node=_map_terms(node.node, change))
    return node
