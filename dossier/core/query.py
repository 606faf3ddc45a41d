"""A query is a tree that says what must hold within one entry, so that the screen, the command line and an index agree.

What a reader types after `/` or `&` is understood here, too: a list of terms, all of which must be there. How a term is
typed says how exactly it is meant: a capital asks for that case, an accent for that accent; plain lower-case words find
either.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from enum import Enum, auto

from dossier.core.dataclasses import NamedTuple, dataclass, replace
from dossier.text.folding import has_accent, has_upper

ENTRY_FIELDS = ("speaker", "person", "org", "place", "form", "status")
"""What an entry can be asked for beside its words."""
ARTICLE_FIELDS = ("outlet", "byline", "section", "lang", "keyword")
"""What a whole article can be asked for."""
_NAMED = frozenset({"speaker", "person", "org", "place"})

_TERM = re.compile(r'"(?P<phrase>[^"]*)"?|(?P<word>\S+)')


class How(Enum):
    """Where a term counts: anywhere, where a word begins, or as whole words."""

    ANYWHERE = auto()
    BEGINNING = auto()
    WHOLE = auto()


class Term(NamedTuple):
    """One thing to be found. `text` of a word has no white space; in a phrase one space stands for any run of it."""

    text: str
    keep_case: bool
    keep_accents: bool
    how: How = How.ANYWHERE


class Near(NamedTuple):
    """Two terms within ten words of one another, in either order, in one part of the entry."""

    left: Term
    right: Term


class Field(NamedTuple):
    """Some text of the field `name` must be met by any of the terms."""

    name: str
    terms: tuple[Term, ...]


class During(NamedTuple):
    """The days of `name` (date, published, event) must overlap these; None: without an end."""

    name: str
    earliest: datetime.date | None
    latest: datetime.date | None


class Within(NamedTuple):
    """The entry must stand in `pane`: body, quotes, people, timeline, or headline."""

    pane: str


@dataclass(frozen=True)
class Not:
    """`node` must not hold."""

    node: "Node"


@dataclass(frozen=True)
class All:
    """Every one of `nodes` must hold."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True)
class Some:
    """One of `nodes` must hold, or more."""

    nodes: tuple["Node", ...]


Node = Term | Near | Field | During | Within | Not | All | Some


class Complaint(NamedTuple):
    """What in a query could not be understood, with its code points `start` to `end` (excluded) of what was typed."""

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
        """What is to be found in an entry's text, in the order in which it was typed, each once.

        Terms that must not be there and those of fields are none of them.
        """
        return tuple(dict.fromkeys(_terms(self.root))) if self.root else ()


def parse(typed: str) -> Query:
    """The query that `typed` after `/` or `&` means; any text means one.

    A quote mark (`"`) where a word could begin opens a phrase, which runs to the next one or to the end; inside a word
    it is a character like others. White space at the ends of a phrase does not count.
    """
    found = (term(match["phrase"] or match["word"] or "") for match in _TERM.finditer(typed))
    return Query(typed, together(dict.fromkeys(one for one in found if one.text)))


def term(typed: str, how: How = How.ANYWHERE) -> Term:
    """The term that was typed so, without quote marks around it."""
    text = " ".join(typed.split())
    return Term(text, has_upper(text), has_accent(text), how)


def together(nodes: Iterable[Node]) -> Node | None:
    """What holds when all of `nodes` do; None when there are none."""
    found = tuple(nodes)
    return All(found) if len(found) > 1 else found[0] if found else None


def lists_articles(query: Query) -> bool:
    """Whether it asks of whole articles alone: then the headline of each article that meets it stands for it."""
    return query.root is not None and _is_of_articles(query.root)


def expanded(query: Query, also: Callable[[str, str], Iterable[str]]) -> Query:
    """`query`, with the other names of whoever it asks for by one of them.

    `also(field, name)` tells, for the fields speaker, person, org and place, every other name of whoever bears that
    one, however it is spelt; those become further terms of the field, behind what was typed.
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
