"""Queries as trees of conditions on one entry, shared by the screen, the command line and the index.

This module also reads what is typed after `/` or `&`: a list of terms that must all be there. The spelling of a term
says how exactly it is meant: a capital letter asks for that case, an accent for that accent; plain lower-case words
match either.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from enum import Enum, auto

from dossier.core.dataclasses import NamedTuple, dataclass, replace
from dossier.core.dates.days import Day
from dossier.text.folding import has_accent, has_upper

ENTRY_FIELDS = ("speaker", "person", "org", "place", "form", "status")
"""The search fields of an entry."""
ARTICLE_FIELDS = ("outlet", "byline", "section", "lang", "keyword")
"""The search fields of an article as a whole."""
_NAMED = frozenset({"speaker", "person", "org", "place"})

_TERM = re.compile(r'"(?P<phrase>[^"]*)"?|(?P<word>\S+)')


class How(Enum):
    """Where a term matches: anywhere, where a word begins, or as whole words."""

    ANYWHERE = auto()
    BEGINNING = auto()
    WHOLE = auto()


class Term(NamedTuple):
    """A word or phrase to be found. In a phrase, one space stands for any run of white space."""

    text: str
    keep_case: bool
    keep_accents: bool
    how: How = How.ANYWHERE


class Near(NamedTuple):
    """Two terms within ten words of each other, in either order, in one part of the entry."""

    left: Term
    right: Term


class Field(NamedTuple):
    """Some text of the field `name` must match one of the terms."""

    name: str
    terms: tuple[Term, ...]


class During(NamedTuple):
    """The days of `name` (date, published, event) must overlap these; None: unbounded."""

    name: str
    earliest: Day | None
    latest: Day | None


class Within(NamedTuple):
    """The entry must stand in `pane`: body, quotes, people, timeline, or headline."""

    pane: str


@dataclass(frozen=True)
class Not:
    """`node` must not hold."""

    node: "Node"


@dataclass(frozen=True)
class All:
    """All of `nodes` must hold."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True)
class Some:
    """At least one of `nodes` must hold."""

    nodes: tuple["Node", ...]


Node = Term | Near | Field | During | Within | Not | All | Some


class Complaint(NamedTuple):
    """A part of a query that could not be understood: code points `start` to `end` (excluded) of what was typed."""

    start: int
    end: int
    message: str


@dataclass(frozen=True)
class Query:
    """What was typed, and what it means. Without `root` it asks for nothing."""

    typed: str
    root: Node | None
    complaints: tuple[Complaint, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms to be found in an entry's text, in the order typed, each once.

        Terms that must not be there, and those of fields, are left out.
        """
        return tuple(dict.fromkeys(_terms(self.root))) if self.root else ()


def parse(typed: str) -> Query:
    """Return the query that `typed` after `/` or `&` means; every text means one.

    A quote mark (`"`) where a word could begin opens a phrase, which runs to the next quote mark or to the end. Inside
    a word it is an ordinary character. White space at the ends of a phrase does not count.
    """
    found = (term(match["phrase"] or match["word"] or "") for match in _TERM.finditer(typed))
    return Query(typed, together(dict.fromkeys(one for one in found if one.text)))


def term(typed: str, how: How = How.ANYWHERE) -> Term:
    """Return the term for `typed`, a word or phrase without the quote marks around it."""
    text = " ".join(typed.split())
    return Term(text, has_upper(text), has_accent(text), how)


def together(nodes: Iterable[Node]) -> Node | None:
    """Return the condition that all of `nodes` hold; None if there are none."""
    found = tuple(nodes)
    return All(found) if len(found) > 1 else found[0] if found else None


def lists_articles(query: Query) -> bool:
    """Return whether `query` asks about articles as a whole only: then the headline stands for each article found."""
    return query.root is not None and _is_of_articles(query.root)


def expanded(query: Query, also: Callable[[str, str], Iterable[str]]) -> Query:
    """Return `query` with the other names of the people, organisations and places that it asks for by name.

    `also(field, name)` returns, for the fields speaker, person, org and place, all other names of the entries that have
    this name, however it is spelt. They become further terms of the field, after those that were typed.
    """
    return replace(query, root=_expanded(query.root, also)) if query.root else query


def _expanded(node: Node, also: Callable[[str, str], Iterable[str]]) -> Node:
    if isinstance(node, Not):
        return Not(_expanded(node.node, also))
    if isinstance(node, All | Some):
        return replace(node, nodes=tuple(_expanded(one, also) for one in node.nodes))
    if not isinstance(node, Field) or node.name not in _NAMED:
        return node
    names = (" ".join(name.split()) for one in node.terms for name in also(node.name, one.text))
    others = (Term(name, False, False, How.WHOLE) for name in names if name)
    return node._replace(terms=tuple(dict.fromkeys((*node.terms, *others))))


def _is_of_articles(node: Node) -> bool:
    if isinstance(node, Field | During):
        return node.name == "published" or node.name in ARTICLE_FIELDS
    if isinstance(node, All | Some):
        return all(map(_is_of_articles, node.nodes))
    return isinstance(node, Not) and _is_of_articles(node.node)


def _terms(node: Node) -> Iterator[Term]:
    if isinstance(node, Term):
        yield node
    elif isinstance(node, Near):
        yield from (node.left, node.right)
    elif isinstance(node, All | Some):
        for one in node.nodes:
            yield from _terms(one)
