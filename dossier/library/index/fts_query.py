"""The expressions that the full-text index is asked for a query. They never leave out a match.

The index proposes rows, and the matcher decides, so what matters is that little too much is proposed. What the index
cannot tell is left out of the expressions: case, what stands between the words of a phrase. `exact` is False then.
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
from dossier.library.index.expressions import AllOf, AnyOf, Expression, Tokens, Without, combine_parts
from dossier.library.index.fts_terms import Sought, express_near, express_phrase, express_words
from dossier.library.index.full_text import SIGNS, TEXT_PLACES, FtsMatch

_OF_PANE: dict[str, Expression] = {name: Tokens((SIGNS[name],)) for name in TEXT_PLACES}
_OF_PANE["body"] = AnyOf((_OF_PANE["headline"], _OF_PANE["body"]))

_IN_CONTEXT = AnyCondition((PaneCondition("body"), PaneCondition("quotes")))
_IN_ABOUT = AnyCondition((*_IN_CONTEXT.nodes, PaneCondition("timeline")))
_ABOUT_FIELDS = ("person", "org", "place")
"""Where a text may be that a quote stands in, and one that it is about, and the fields of what it is about."""

_DEEPEST = 10
"""Levels of brackets that are asked for. FTS5 has room for some 30."""
_MOST = 200
"""Sides of an AND, or of an OR, that are asked for. A query with more is answered more slowly."""


class FtsQuery(NamedTuple):
    """The conditions that every match of a query fulfils. None is no condition.

    `match` is for the rows of entries, `articles` for the headline rows of their articles. `published` are days that
    the article's date of publication overlaps. `event` are days that the entry overlaps itself, being an event. For
    each of `nearby`, some entry of the article fulfils one of its matches. `of_quotes` says that only quotes match.
    `exact` says that whatever fulfils these conditions matches, and need not be confirmed. `narrower` is a condition
    like `match` that fewer rows fulfil, but it takes an engine longer to find the first of them.
    """

    match: FtsMatch | None
    exact: bool
    published: Days | None = None
    articles: FtsMatch | None = None
    event: Days | None = None
    nearby: tuple[tuple[FtsMatch, ...], ...] = ()
    of_quotes: bool = False
    narrower: FtsMatch | None = None


class _Asking(NamedTuple):
    """How the nodes of a query are expressed.

    `in_order` says that it is for the table `phrases`, not `words`. `headlines` says that the query asks for whole
    articles, and `with_short_ends` that phrases are asked for to their ends, however short the last word is.
    """

    in_order: bool
    headlines: bool = False
    with_short_ends: bool = False


_ANYTHING = Sought(None)


def to_fts(query: Query) -> FtsQuery:
    """Return the conditions that the index is asked for `query`."""
    if query.root is None:
        return FtsQuery(None, True)
    headlines = asks_for_articles(query)
    rest: list[Condition] = []
    articles: list[Condition] = []
    nearby: list[tuple[FtsMatch, ...]] = []
    days: dict[str, Days] = {}
    nodes = list_conjuncts(query)
    for node in nodes:
        if isinstance(node, DaysCondition) and node.name != "date":
            span = node.earliest, node.latest
            # Days that overlap each of two spans need not overlap what the two have in common.
            if days.setdefault(node.name, span) != span:
                rest.append(node)
        elif isinstance(node, FieldCondition) and node.name in ARTICLE_FIELDS and not headlines:
            articles.append(node)
        elif isinstance(node, ContextCondition) or _is_about(node):
            nearby += _nearby(node, headlines)
        else:
            rest.append(node)
    of_entries, is_sure = _match(rest, headlines)
    of_articles, is_sure_of_articles = _match(articles, headlines=True)
    # Days alone, and what only must not be, are true of more than headlines.
    exact = is_sure and is_sure_of_articles and not (headlines and of_entries is None)
    return FtsQuery(
        of_entries,
        exact and not any(isinstance(node, ContextCondition) or _is_about(node) for node in nodes),
        days.get("published"),
        of_articles,
        days.get("event"),
        tuple(nearby[:_MOST]),
        any(map(_is_about, nodes)),
        None if is_sure else _narrow(rest, headlines, of_entries),
    )


def _is_about(node: Condition) -> bool:
    """Return whether the node asks what a quote is about."""
    return isinstance(node, FieldCondition) and node.name == ABOUT


def _nearby(node: Condition, headlines: bool) -> Iterator[tuple[FtsMatch, ...]]:
    """Yield what holds for a quote for which the node holds, or for another entry of its article.

    Each is told by several matches, of which one holds.
    """
    if isinstance(node, FieldCondition):
        of_fields = AnyCondition(tuple([FieldCondition(name, node.terms) for name in _ABOUT_FIELDS]))
        of_text = AllConditions((AnyCondition(node.terms), _IN_ABOUT))
        in_text, in_fields = (_match((one,), headlines)[0] for one in (of_text, of_fields))
        if in_text and in_fields:
            # The fields are in `words` alone: one expression for both could not ask for the order in the text.
            if in_text.phrases is None and in_text.words and in_fields.words:
                yield (FtsMatch(AnyOf((in_text.words, in_fields.words))),)
            else:
                yield in_text, in_fields
    elif isinstance(node, ContextCondition):
        terms = (node.node,) if isinstance(node.node, Term) else node.node
        found = (_match((AllConditions((term, _IN_CONTEXT)),), headlines)[0] for term in terms)
        yield from ((one,) for one in found if one)


def _match(nodes: Sequence[Condition], headlines: bool) -> tuple[FtsMatch | None, bool]:
    """Return what rows must fulfil for which all nodes hold, and whether the nodes hold for each that does.

    Most is asked of `words`. `phrases` is asked where it can tell more, and alone where it can tell all.
    """
    asking, in_order = _Asking(False, headlines), _Asking(True, headlines)
    by_word = _all(nodes, asking, 0)
    if by_word.loose and (phrases := _all(nodes, in_order, 0)).match:
        if not phrases.loose:
            return FtsMatch(None, phrases.match), phrases.exact
        sides = [(_refusable(node, asking), _refusable(node, in_order)) for node in nodes[:_MOST]]
        are_asked = by_word.match is not None and len(nodes) <= _MOST
        exact = are_asked and all(one.exact or other.exact for one, other in sides)
        return FtsMatch(by_word.match, phrases.match), exact
    return FtsMatch(by_word.match) if by_word.match else None, by_word.exact


def _narrow(nodes: Sequence[Condition], headlines: bool, match: FtsMatch | None) -> FtsMatch | None:
    """Return what fewer rows fulfil than `match`, which `_match` returned for the nodes; None where there is nothing.

    It has the ends of phrases that begin too many words for `match`.
    """
    if match is None or match.words is None:
        return None
    phrases = _all(nodes, _Asking(True, headlines, with_short_ends=True), 0)
    if phrases.match in (None, match.phrases):
        return None
    return FtsMatch(match.words if phrases.loose else None, phrases.match)


def _refusable(node: Condition, asking: _Asking) -> Sought:
    """Return the expression for `node`; for one that must not hold, that of what it refuses."""
    return _part(node.node, asking, 1) if isinstance(node, NotCondition) else _part(node, asking, 0)


def _part(node: Condition, asking: _Asking, depth: int) -> Sought:
    """Return the expression for `node`. `depth` is how many brackets are around the node."""
    match node:
        case Term():
            return express_phrase(node, asking.with_short_ends) if asking.in_order else express_words(node)
        case NearTerms():
            return express_near(node) if asking.in_order else _near_words(node)
        case PaneCondition() if node.pane in _OF_PANE:
            return Sought(_OF_PANE[node.pane], exact=True)
        case FieldCondition() if not _is_about(node) and (asking.headlines or node.name not in ARTICLE_FIELDS):
            return Sought(None, loose=True) if asking.in_order else _field(node)
        case AllConditions() if depth < _DEEPEST:
            return _all(node.nodes, asking, depth + 1)
        case NotCondition():
            return _all((node,), asking, depth)
        case AnyCondition() if depth < _DEEPEST and len(node.nodes) <= _MOST:
            return _some_of([_part(one, asking, depth + 1) for one in node.nodes])
    return _ANYTHING


def _all(nodes: Iterable[Condition], asking: _Asking, depth: int) -> Sought:
    """Return the expression for nodes that must all hold.

    FTS5 has no expression that only excludes; then every row is proposed.
    """
    wanted: list[Sought] = []
    refused: list[Sought] = []
    for node in nodes:
        if isinstance(node, NotCondition):
            refused.append(_part(node.node, asking, depth + 1))
        else:
            wanted.append(_part(node, asking, depth))
    part = _all_of(wanted)
    # What `words` cannot refuse `phrases` seldom can. What has no order is refused in `words`.
    loose = part.loose or (asking.in_order and any(one.loose for one in refused))
    # What is refused without being sure of it might be a match.
    sure = [one.match for one in refused if one.exact and one.match][:_MOST]
    if part.match is None or not sure:
        return Sought(part.match, part.exact and not refused, loose)
    exact = part.exact and len(sure) == len(refused)
    return Sought(Without(part.match, combine_parts(AnyOf, sure) or sure[0]), exact, loose)


def _all_of(parts: Sequence[Sought]) -> Sought:
    """Return the expression for parts that must all hold."""
    found = [part.match for part in parts if part.match]
    exact = all(part.exact for part in parts) and len(found) <= _MOST
    return Sought(combine_parts(AllOf, found[:_MOST]), exact, any(part.loose for part in parts))


def _some_of(parts: Sequence[Sought]) -> Sought:
    """Return the expression for parts of which one must hold."""
    found = [part.match for part in parts if part.match]
    loose = any(part.loose for part in parts)
    if len(found) < len(parts):
        return Sought(None, loose=loose)
    return Sought(combine_parts(AnyOf, found), all(part.exact for part in parts), loose)


def _near_words(node: NearTerms) -> Sought:
    """Return the expression in `words` for two terms that are near each other."""
    found = [one for term in (node.left, node.right) if (one := express_words(term).match)]
    return Sought(combine_parts(AllOf, found) if len(found) == len(node) else None, loose=True)


def _field(node: FieldCondition) -> Sought:
    """Return the expression in `words` for a field, in which any of the terms must stand."""
    if len(node.terms) > _MOST:
        return _ANYTHING
    # Whether the words of a field follow one another is in no table.
    return _some_of([express_words(term, SIGNS[node.name]) for term in node.terms])._replace(loose=False)
