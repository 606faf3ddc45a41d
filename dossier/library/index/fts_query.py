"""Translate a query into expressions for the full text, which are true of every row that matches.

The index proposes rows, and the matcher decides: an expression may be true of some rows that do not match. It leaves
out what the full text does not have: case, and what stands between the words of a phrase. Then `exact` is False.
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
from dossier.core.term_places import list_phrases
from dossier.library.index.expressions import AllOf, AnyOf, Expression, Tokens, Without, combine_parts, tells_order
from dossier.library.index.fts_terms import Translation, express_near, express_phrase, express_words
from dossier.library.index.full_text import SIGNS, TEXT_PLACES, FtsMatch

_OF_PANE: dict[str, Expression] = {name: Tokens((SIGNS[name],)) for name in TEXT_PLACES}
_OF_PANE["body"] = AnyOf((_OF_PANE["headline"], _OF_PANE["body"]))

_IN_CONTEXT = AnyCondition((PaneCondition("body"), PaneCondition("quotes")))
_IN_ABOUT = AnyCondition((*_IN_CONTEXT.nodes, PaneCondition("timeline")))
_ABOUT_FIELDS = ("person", "org", "place")
"""Where the matcher looks for the context of a quote, and where, and in which fields, for what a quote is about."""

_DEEPEST = 10
"""Levels of brackets that are translated. FTS5 has room for some 30."""
_MOST = 200
"""Operands of an AND, or of an OR, that are translated. A query with more of them is answered more slowly."""


class Nearby(NamedTuple):
    """A condition for an entry of the article that an entry stands in.

    `narrower` is that of FtsQuery. One of the `phrases`, as `spell_phrase` returns them, stands in the text of the
    entry; with none of them, nothing is known of that.
    """

    match: FtsMatch
    narrower: FtsMatch | None = None
    phrases: tuple[str, ...] = ()


class FtsQuery(NamedTuple):
    """The conditions that every match of a query fulfils. None is no condition.

    `match` is for the rows of entries, `articles` for the headline rows of their articles. `published` are days that
    the article's date of publication overlaps, `event` days that the date of the entry, an event, overlaps. For each
    tuple in `nearby`, some entry of the article fulfils one of its conditions. `of_quotes` says that only quotes match.
    `exact` says that every entry that fulfils these conditions matches, and need not be confirmed. `narrower` is a
    condition like `match` that fewer rows fulfil, but it takes an engine longer to find the first of them.
    """

    match: FtsMatch | None
    exact: bool
    published: Days | None = None
    articles: FtsMatch | None = None
    event: Days | None = None
    nearby: tuple[tuple[Nearby, ...], ...] = ()
    of_quotes: bool = False
    narrower: FtsMatch | None = None


class _Target(NamedTuple):
    """What nodes are translated for.

    `in_order` says that the expression is for the table `phrases`, not `words`. `headlines` says that the query asks
    for whole articles, and `with_short_ends` that phrases include their last word, however short it is.
    """

    in_order: bool
    headlines: bool = False
    with_short_ends: bool = False


_ANYTHING = Translation(None)


def to_fts(query: Query) -> FtsQuery:
    """Return the conditions that the index is asked for in order to answer `query`."""
    if query.root is None:
        return FtsQuery(None, True)
    headlines = asks_for_articles(query)
    rest: list[Condition] = []
    articles: list[Condition] = []
    nearby: list[tuple[Nearby, ...]] = []
    days: dict[str, Days] = {}
    nodes = list_conjuncts(query)
    for node in nodes:
        if isinstance(node, DaysCondition) and node.name != "date":
            span = node.earliest, node.latest
            # A date that overlaps each of two spans need not overlap what the two have in common.
            if days.setdefault(node.name, span) != span:
                rest.append(node)
        elif isinstance(node, FieldCondition) and node.name in ARTICLE_FIELDS and not headlines:
            articles.append(node)
        elif isinstance(node, ContextCondition) or _is_about(node):
            nearby += _match_nearby(node, headlines)
        else:
            rest.append(node)
    of_entries, is_sure = _match(rest, headlines)
    of_articles, is_sure_of_articles = _match(articles, headlines=True)
    # Conditions on days, or negations, alone are true of other entries than headlines, too.
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


def _match_nearby(node: Condition, headlines: bool) -> Iterator[tuple[Nearby, ...]]:
    """Yield tuples of conditions. If the node holds for a quote, some entry of its article fulfils one of each."""
    if isinstance(node, FieldCondition):
        of_fields = AnyCondition(tuple([FieldCondition(name, node.terms) for name in _ABOUT_FIELDS]))
        in_text = _match_text(AnyCondition(node.terms), _IN_ABOUT, headlines)
        in_fields, _ = _match((of_fields,), headlines)
        if in_text and in_fields:
            # Only `words` has the fields, and only `phrases` the order of words: where the order counts, no expression
            # can ask for both.
            if in_text.match.phrases is None and not in_text.narrower and in_text.match.words and in_fields.words:
                yield (Nearby(FtsMatch(AnyOf((in_text.match.words, in_fields.words)))),)
            else:
                yield in_text, Nearby(in_fields)
    elif isinstance(node, ContextCondition):
        terms = (node.node,) if isinstance(node.node, Term) else node.node
        yield from ((one,) for term in terms if (one := _match_text(term, _IN_CONTEXT, headlines)))


def _match_text(node: Condition, pane: Condition, headlines: bool) -> Nearby | None:
    """Return the condition for entries of a pane, or of several, in whose text `node` holds."""
    nodes = (AllConditions((node, pane)),)
    match, is_sure = _match(nodes, headlines)
    if match is None:
        return None
    narrower = None if is_sure else _narrow(nodes, headlines, match)
    # Of rows that are asked for in the order of the words nearly all have the phrase.
    return Nearby(match, narrower, list_phrases(node) if narrower else ())


def _match(nodes: Sequence[Condition], headlines: bool) -> tuple[FtsMatch | None, bool]:
    """Return what every row fulfils for which all nodes hold, and whether all nodes hold for every such row.

    The table `words` is asked wherever it can tell something. `phrases` is asked where it can tell more, and alone
    where it can tell everything.
    """
    by_words, by_phrases = _Target(False, headlines), _Target(True, headlines)
    words = _translate_all(nodes, by_words, 0)
    if words.loose and (phrases := _translate_all(nodes, by_phrases, 0)).match:
        if not phrases.loose:
            return FtsMatch(None, phrases.match), phrases.exact
        if not tells_order(phrases.match):
            return FtsMatch(words.match) if words.match else None, words.exact
        sides = [(_translate_inner(node, by_words), _translate_inner(node, by_phrases)) for node in nodes[:_MOST]]
        are_asked = words.match is not None and len(nodes) <= _MOST
        exact = are_asked and all(one.exact or other.exact for one, other in sides)
        return FtsMatch(words.match, phrases.match), exact
    return FtsMatch(words.match) if words.match else None, words.exact


def _narrow(nodes: Sequence[Condition], headlines: bool, match: FtsMatch | None) -> FtsMatch | None:
    """Return a condition that fewer rows fulfil than `match`, which `_match` returned for the nodes; None if none does.

    It has the ends of phrases that begin too many words for `match`.
    """
    if match is None or match.words is None:
        return None
    phrases = _translate_all(nodes, _Target(True, headlines, with_short_ends=True), 0)
    if phrases.match in (None, match.phrases):
        return None
    return FtsMatch(match.words if phrases.loose else None, phrases.match)


def _translate_inner(node: Condition, target: _Target) -> Translation:
    """Return the expression for `node`; for a NotCondition, the one for the node that must not hold."""
    return _translate(node.node, target, 1) if isinstance(node, NotCondition) else _translate(node, target, 0)


def _translate(node: Condition, target: _Target, depth: int) -> Translation:
    """Return the expression for `node`. `depth` is how many brackets are around the node."""
    match node:
        case Term():
            return express_phrase(node, target.with_short_ends) if target.in_order else express_words(node)
        case NearTerms():
            return express_near(node) if target.in_order else _translate_near(node)
        case PaneCondition() if node.pane in _OF_PANE:
            return Translation(_OF_PANE[node.pane], exact=True)
        case FieldCondition() if not _is_about(node) and (target.headlines or node.name not in ARTICLE_FIELDS):
            return Translation(None, loose=True) if target.in_order else _translate_field(node)
        case AllConditions() if depth < _DEEPEST:
            return _translate_all(node.nodes, target, depth + 1)
        case NotCondition():
            return _translate_all((node,), target, depth)
        case AnyCondition() if depth < _DEEPEST and len(node.nodes) <= _MOST:
            return _combine_any([_translate(one, target, depth + 1) for one in node.nodes])
    return _ANYTHING


def _translate_all(nodes: Iterable[Condition], target: _Target, depth: int) -> Translation:
    """Return the expression for nodes that must all hold.

    FTS5 has no expression that only excludes rows: for negations alone every row is proposed.
    """
    wanted: list[Translation] = []
    refused: list[Translation] = []
    for node in nodes:
        if isinstance(node, NotCondition):
            refused.append(_translate(node.node, target, depth + 1))
        else:
            wanted.append(_translate(node, target, depth))
    part = _combine_all(wanted)
    # What `words` cannot exclude, `phrases` seldom can. `words` excludes what has no order.
    loose = part.loose or (target.in_order and any(one.loose for one in refused))
    # An inexact expression is also true of rows that match, which must not be excluded.
    sure = [one.match for one in refused if one.exact and one.match][:_MOST]
    if part.match is None or not sure:
        return Translation(part.match, part.exact and not refused, loose)
    exact = part.exact and len(sure) == len(refused)
    return Translation(Without(part.match, combine_parts(AnyOf, sure) or sure[0]), exact, loose)


def _combine_all(parts: Sequence[Translation]) -> Translation:
    """Return the expression for parts that must all hold."""
    found = [part.match for part in parts if part.match]
    exact = all(part.exact for part in parts) and len(found) <= _MOST
    return Translation(combine_parts(AllOf, found[:_MOST]), exact, any(part.loose for part in parts))


def _combine_any(parts: Sequence[Translation]) -> Translation:
    """Return the expression for parts of which one must hold."""
    found = [part.match for part in parts if part.match]
    loose = any(part.loose for part in parts)
    if len(found) < len(parts):
        return Translation(None, loose=loose)
    return Translation(combine_parts(AnyOf, found), all(part.exact for part in parts), loose)


def _translate_near(node: NearTerms) -> Translation:
    """Return the expression in `words` for two terms that are near each other."""
    found = [one for term in (node.left, node.right) if (one := express_words(term).match)]
    return Translation(combine_parts(AllOf, found) if len(found) == len(node) else None, loose=True)


def _translate_field(node: FieldCondition) -> Translation:
    """Return the expression in `words` for a field, in which any of the terms must stand."""
    if len(node.terms) > _MOST:
        return _ANYTHING
    # No table has the order of the words in a field.
    return _combine_any([express_words(term, SIGNS[node.name]) for term in node.terms])._replace(loose=False)
