"""Why a scope has no articles: how many each condition of the search, and each pin, would leave by itself.

It is counted only where nothing was found, and no further than to MOST articles for a condition.
"""

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from functools import partial

from dossier.core.dataclasses import NamedTuple, replace
from dossier.core.matcher import match
from dossier.core.query import (
    AllConditions,
    Condition,
    ContextCondition,
    NotCondition,
    NotedCondition,
    Query,
    combine_conditions,
)
from dossier.core.query_context import list_conjuncts
from dossier.core.query_words import (
    ConditionCount,
    describe_apart,
    describe_without,
    explain_nothing_found,
    format_condition,
)
from dossier.library.index.reader import Index
from dossier.library.results import SearchableArticle
from dossier.library.scope import Scope
from dossier.library.scope_search import find_scope_articles, is_pinned
from dossier.library.tasks import run_in_thread

MOST = 1_000
"""The most articles that are counted for a condition."""


_REST = 0.15
"""Seconds without another question after which it is counted: while a reader types, each letter asks anew."""

_KNOWN = 256
"""The most scopes of which it is known why."""


class EmptyScopes:
    """Why scopes have no articles, in words; found in the background when it is first asked for.

    `grown` is called, on any thread, when an answer is known.
    """

    def __init__(self, index: Index, grown: Callable[[], None]) -> None:
        self._index, self._grown = index, grown
        self._known: dict[Scope, str] = {}
        self._asked: Scope | None = None

    def words(self, scope: Scope) -> str:
        """Return why `scope` has no articles, "" until it is known."""
        if scope != self._asked:
            self._asked = scope
            if scope not in self._known:
                run_in_thread(partial(self._explain, scope, self._known))
        return self._known.get(scope, "")

    def drop(self) -> None:
        """Drop what is known, since the index has changed."""
        self._known, self._asked = {}, None

    def _explain(self, scope: Scope, known: dict[Scope, str]) -> None:
        """Find out why a scope has no articles. It is told in `known`, and only as long as that was not dropped."""
        time.sleep(_REST)
        for words in explain_empty_scope(self._index, scope):
            if self._asked != scope or self._known is not known:
                return
            if words:
                if len(known) >= _KNOWN:
                    known.clear()
                known[scope] = words
                self._grown()


class _Part(NamedTuple):
    """A part of a scope: one condition or one pin, with the articles that it leaves."""

    scope: Scope
    firsts: frozenset[int]
    counted: ConditionCount


def explain_empty_scope(index: Index, scope: Scope) -> Iterator[str]:
    """Yield "" from time to time, so that the caller can stop, and at last why the scope has no articles, in words."""
    nodes = list_conjuncts(scope.query) if scope.query else ()
    refused = [node for node in nodes if isinstance(node, NotCondition)]
    wanted = [one for node in nodes if not isinstance(node, NotCondition) for one in _alone(node)]
    asked = [(Scope(Query("", node)), format_condition(node)) for node in wanted]
    asked += [(Scope(None, (pin,)), pin.trail_words) for pin in scope.pins]
    parts: list[_Part] = []
    for alone, words in asked:
        parts.append((yield from _count(index, alone, words)))
    tail = ""
    if refused:
        rest = combine_conditions(wanted)
        without = yield from _count(index, Scope(Query("", rest) if rest else None, scope.pins), "")
        tail = describe_without(refused, without.counted) if without.firsts else ""
    if not tail and len(parts) > 1 and all(part.firsts for part in parts):
        tail = describe_apart(_count_apart(index, parts))
    yield explain_nothing_found([part.counted for part in parts], "article", tail=tail)


def explain_unmatched_article(article: SearchableArticle, query: Query) -> str:
    """Return why a query finds nothing in an article: how many of its entries fulfil each condition."""
    counts = []
    for node in list_conjuncts(query):
        for part in () if isinstance(node, NotCondition) else _alone(node):
            one = Query("", part)
            number = sum(1 for stored in article.entries if match(one, stored.entry, stored.about))
            counts.append(ConditionCount(format_condition(part), number))
    return explain_nothing_found(counts, "entry", "entries", "no entry has all of them" if len(counts) > 1 else "")


def _alone(node: Condition) -> tuple[Condition, ...]:
    """Return a condition as it is when it stands alone: a word beside a speaker is then a plain word.

    A condition on notes is returned as one for each part of it.
    """
    if isinstance(node, NotedCondition) and isinstance(node.node, AllConditions):
        return tuple([replace(node, node=one) for one in node.node.nodes])
    return (node.node,) if isinstance(node, ContextCondition) else (node,)


def _count(index: Index, scope: Scope, words: str) -> Generator[str, None, _Part]:
    """Return the articles of `scope`, which is called `words`. Yields "" from time to time."""
    firsts: set[int] = set()
    has_more = False
    for found in find_scope_articles(index, scope):
        if found is None:
            yield ""
        elif has_more := len(firsts) == MOST:
            break
        else:
            firsts.add(found.first)
    return _Part(scope, frozenset(firsts), ConditionCount(words, len(firsts), has_more))


def _count_apart(index: Index, parts: Sequence[_Part]) -> int | None:
    """Return how many articles all parts have in common; None when every part has more than were counted."""
    whole = [part for part in parts if not part.counted.has_more]
    if not whole:
        return None
    fewest = min(whole, key=lambda part: len(part.firsts))
    return sum(1 for first in fewest.firsts if all(_has(index, part, first) for part in parts))


def _has(index: Index, part: _Part, first: int) -> bool:
    """Return whether a part has the article with this `first`."""
    if first in part.firsts or not part.counted.has_more:
        return first in part.firsts
    query = part.scope.query
    if query is None:
        return all(is_pinned(index, pin, first) for pin in part.scope.pins)
    entries = index.entries.of_article(index.articles.article(first))
    return any(match(query, stored.entry, stored.about) for stored in entries)
