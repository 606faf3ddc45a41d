"""The FTS5 expression that the full-text index is asked for a query. It never leaves out a match.

The index proposes rows, and the matcher decides, so what matters is that little too much is proposed. What the index
cannot tell is left out of the expression: case, what stands between the words of a phrase. `exact` is False then. The
syntax is that of "Full-text Query Syntax" in SQLite's documentation of FTS5.
"""

from collections.abc import Iterable, Iterator, Sequence

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.days import Days
from dossier.core.query import (
    ABOUT,
    ARTICLE_FIELDS,
    AllConditions,
    AnyCondition,
    Condition,
    ContextCondition,
    DaysCondition,
    FieldCondition,
    NearTerms,
    NotCondition,
    PaneCondition,
    Query,
    Term,
    asks_for_articles,
)
from dossier.core.query_context import list_conjuncts
from dossier.library.index.fts_terms import can_decide, express_near, express_term, join_expressions
from dossier.library.index.schema import TEXT_COLUMNS

_OF_PANE = {name: frozenset({name}) for name in TEXT_COLUMNS} | {"body": frozenset({"headline", "body"})}

_OF_CONTEXT = ("headline", "body", "quotes")
_OF_ABOUT = (*_OF_CONTEXT, "timeline", "person", "org", "place")
"""The columns of what a quote stands in, and of what it is about."""

_DEEPEST = 10
"""Levels of brackets that are asked for. FTS5 has room for some 30."""
_MOST = 200
"""Sides of an AND, or of an OR, that are asked for. A query with more is answered more slowly."""


class FtsQuery(NamedTuple):
    """The conditions that every match of a query fulfils. None is no condition.

    `match` is the FTS5 expression for the rows of entries, `articles` that for the headline rows of their articles.
    `published` are days that the article's date of publication overlaps. `event` are days that the entry overlaps
    itself, being an event. `nearby` are expressions, for each of which some entry of the article fulfils it.
    `of_quotes` says that only quotes match. `exact` says that whatever fulfils these conditions matches, and need not
    be confirmed.
    """

    match: str | None
    exact: bool
    published: Days | None = None
    articles: str | None = None
    event: Days | None = None
    nearby: tuple[str, ...] = ()
    of_quotes: bool = False


class _Part(NamedTuple):
    """The FTS5 expression for one node of a query (None: every row).

    `exact` says that it yields the matches of the node and no other row. `bound` says that every row it yields has its
    text in one of the columns asked for.
    """

    match: str | None
    exact: bool
    bound: bool = False


_ANYTHING = _Part(None, False)


def to_fts(query: Query) -> FtsQuery:
    """Return the conditions that the index is asked for `query`."""
    if query.root is None:
        return FtsQuery(None, True)
    headlines = asks_for_articles(query)
    rest: list[Condition] = []
    articles: list[_Part] = []
    nearby: list[str] = []
    days: dict[str, Days] = {}
    nodes = list_conjuncts(query)
    for node in nodes:
        if isinstance(node, DaysCondition) and node.name != "date":
            span = node.earliest, node.latest
            # Days that overlap each of two spans need not overlap what the two have in common.
            if days.setdefault(node.name, span) != span:
                rest.append(node)
        elif isinstance(node, FieldCondition) and node.name in ARTICLE_FIELDS and not headlines:
            articles.append(_field(node))
        elif isinstance(node, ContextCondition) or _is_about(node):
            nearby += _nearby(node)
        else:
            rest.append(node)
    of_entries = _all(rest, TEXT_COLUMNS, headlines, 0)
    of_articles = _all_of(articles)
    # Days alone, and what only must not be, are true of more than headlines.
    exact = of_entries.exact and of_articles.exact and not (headlines and of_entries.match is None)
    return FtsQuery(
        of_entries.match,
        exact and not any(isinstance(node, ContextCondition) or _is_about(node) for node in nodes),
        days.get("published"),
        of_articles.match,
        days.get("event"),
        tuple(nearby[:_MOST]),
        any(map(_is_about, nodes)),
    )


def _is_about(node: Condition) -> bool:
    """Return whether the node asks what a quote is about."""
    return isinstance(node, FieldCondition) and node.name == ABOUT


def _nearby(node: Condition) -> Iterator[str]:
    """Yield expressions for what stands in a quote for which the node holds, or in another entry of its article."""
    if isinstance(node, FieldCondition):
        found = [one for term in node.terms[:_MOST] if (one := express_term(term))]
        if found and len(found) == len(node.terms):
            yield f"{{{' '.join(_OF_ABOUT)}}} : {join_expressions(' OR ', found)}"
    elif isinstance(node, ContextCondition):
        terms = (node.node,) if isinstance(node.node, Term) else node.node
        yield from (f"{{{' '.join(_OF_CONTEXT)}}} : {asked}" for term in terms if (asked := express_term(term)))


def _part(node: Condition, columns: Sequence[str], headlines: bool, depth: int) -> _Part:
    """Return the expression for `node` in an entry whose text is in one of `columns`.

    `headlines` says that the query asks for whole articles, `depth` how many brackets are around the node.
    """
    match node:
        case Term():
            return _in_text(columns, express_term(node), is_exact=can_decide(node))
        case NearTerms():
            return _in_text(columns, express_near(node), is_exact=False)
        case FieldCondition() if not _is_about(node) and (headlines or node.name not in ARTICLE_FIELDS):
            return _field(node)
        case AllConditions() if depth < _DEEPEST:
            return _all(node.nodes, columns, headlines, depth + 1)
        case NotCondition() | PaneCondition():
            return _all((node,), columns, headlines, depth)
        case AnyCondition() if depth < _DEEPEST and len(node.nodes) <= _MOST:
            return _some_of([_part(one, columns, headlines, depth + 1) for one in node.nodes])
    return _ANYTHING


def _all(nodes: Iterable[Condition], columns: Sequence[str], headlines: bool, depth: int) -> _Part:
    """Return the expression for nodes that must all hold.

    FTS5 has no expression that only excludes, or only names a column; then every row is proposed.
    """
    wanted: list[Condition] = []
    refused: list[_Part] = []
    asked = frozenset(columns)
    for node in nodes:
        if isinstance(node, PaneCondition):
            asked &= _OF_PANE.get(node.pane, frozenset())
        elif isinstance(node, NotCondition):
            refused.append(_part(node.node, TEXT_COLUMNS, headlines, depth + 1))
        else:
            wanted.append(node)
    within = [name for name in columns if name in asked]
    part = _all_of([_part(node, within or columns, headlines, depth) for node in wanted])
    exact = part.exact and (len(within) == len(columns) or (part.bound and bool(within)))
    # What is refused without being sure of it might be a match.
    sure = [one.match for one in refused if one.exact and one.match][:_MOST]
    if part.match is None or not sure:
        return _Part(part.match, exact and not refused, part.bound)
    return _Part(f"({part.match} NOT ({' OR '.join(sure)}))", exact and len(sure) == len(refused), part.bound)


def _all_of(parts: Sequence[_Part]) -> _Part:
    """Return the expression for parts that must all hold."""
    found = [part.match for part in parts if part.match]
    exact = all(part.exact for part in parts) and len(found) <= _MOST
    return _Part(join_expressions(" AND ", found[:_MOST]), exact, any(part.bound for part in parts[:_MOST]))


def _some_of(parts: Sequence[_Part]) -> _Part:
    """Return the expression for parts of which one must hold."""
    found = [part.match for part in parts if part.match]
    if len(found) < len(parts):
        return _ANYTHING
    return _Part(join_expressions(" OR ", found), all(part.exact for part in parts), all(part.bound for part in parts))


def _in_text(columns: Sequence[str], asked: str | None, is_exact: bool) -> _Part:
    """Return the part for an expression that must hold in the text of an entry."""
    return _Part(f"{{{' '.join(columns)}}} : {asked}", is_exact, True) if asked else _ANYTHING


def _field(node: FieldCondition) -> _Part:
    """Return the part for a field, any of whose terms must stand in its column."""
    phrases = [phrase for term in node.terms[:_MOST] if (phrase := express_term(term))]
    if len(phrases) < len(node.terms):
        return _ANYTHING
    return _Part(f"{node.name} : ({' OR '.join(phrases)})", all(map(can_decide, node.terms)))
