"""Queries in words: each condition as one would type it, and why nothing fulfils all of them."""

from collections.abc import Iterable, Sequence
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.core.query import (
    AllConditions,
    AnyCondition,
    Condition,
    ContextCondition,
    DaysCondition,
    FieldCondition,
    NearTerms,
    NotCondition,
    NotedCondition,
    PaneCondition,
    Term,
)
from dossier.text.messages import count_noun

_MOST_LISTED: Final = 6
"""The most conditions of which it is said how much fulfils them: of more, those that the least fulfils."""


class ConditionCount(NamedTuple):
    """A condition in words, and how many articles, or entries, fulfil it; `has_more` says that more may."""

    words: str
    number: int
    has_more: bool = False


def format_condition(node: Condition) -> str:
    """Return a condition as one would type it. Of the names of a person, the one that was typed is given."""
    match node:
        case Term():
            return f"“{node.text}”"
        case NearTerms():
            return f"{format_condition(node.left)} NEAR {format_condition(node.right)}"
        case ContextCondition():
            return format_condition(node.node)
        case FieldCondition():
            typed = node.terms[0].text
            return f'{node.name}:"{typed}"' if " " in typed else f"{node.name}:{typed}"
        case DaysCondition():
            earliest, latest = (str(day) if day else "" for day in (node.earliest, node.latest))
            return f"{node.name}:{earliest}" if earliest == latest else f"{node.name}:{earliest}..{latest}"
        case PaneCondition():
            return f"in:{node.pane}"
        case NotedCondition():
            return f"a note with {_format_inside(node.node)}" if node.node else "a note"
        case NotCondition():
            inner = format_condition(node.node)
            return f"-({inner})" if isinstance(node.node, AllConditions | AnyCondition) else f"-{inner}"
        case AllConditions():
            return " ".join(map(_format_inside, node.nodes))
        case AnyCondition():
            return " OR ".join(map(_format_inside, node.nodes))


def explain_nothing_found(counts: Sequence[ConditionCount], noun: str, plural: str = "", tail: str = "") -> str:
    """Return why nothing was found: how many articles, or whatever `noun` names, fulfil each condition.

    `tail` ends the message, except where a condition that nothing fulfils is the reason.
    """
    if not counts:
        return "nothing found"
    # A text that was pasted has many words, and some of them again and again.
    several = tuple(dict.fromkeys(counts))
    if len(several) == 1 and not several[0].number:
        return f"nothing found: no {noun} has {several[0].words}"
    told = several if len(several) <= _MOST_LISTED else sorted(several, key=lambda one: one.number)[:_MOST_LISTED]
    words = [f"{one.words} {_format_count(one, noun, plural)}" for one in told]
    listed = " · ".join([*words, *([f"{len(several) - len(told)} more"] if told is not several else [])])
    end = f"; {tail}" if tail and all(one.number for one in counts) else ""
    return f"nothing found: {listed}{end}"


def describe_apart(count: int | None) -> str:
    """Return how many articles fulfil all conditions, each somewhere in the article; "" if that is not known."""
    if count is None:
        return ""
    if not count:
        return "no article has all of them"
    return f"{count_noun(count, 'article has', 'articles have')} all of them, not in one place"


def describe_without(refused: Iterable[Condition], count: ConditionCount) -> str:
    """Return how many articles are found without what the query refuses."""
    left_out = " ".join(map(format_condition, refused))
    return f"{_format_count(count, 'article')} without {left_out}"


def _format_inside(node: Condition) -> str:
    """Return a condition within another one, in brackets where it consists of several."""
    words = format_condition(node)
    return f"({words})" if isinstance(node, AllConditions | AnyCondition) else words


def _format_count(one: ConditionCount, noun: str, plural: str = "") -> str:
    return f"{'over ' if one.has_more else ''}{count_noun(one.number, noun, plural)}"
