"""Queries as trees of conditions on one entry, shared by the screen, the command line and the index.

This module also reads what is typed after `/` or `&`: a list of terms that must all be there. The spelling of a term
says how exactly it is meant: a capital letter asks for that case, an accent for that accent; plain lower-case words
match either.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Protocol

from dossier.core.dataclasses import NamedTuple, dataclass, replace
from dossier.core.dates.days import Day
from dossier.text.late_patterns import compile_late

if TYPE_CHECKING:
    from dossier.core.note import Note
    from dossier.core.ref import Ref

ENTRY_FIELDS = ("speaker", "person", "org", "place", "form", "status")
"""The search fields of an entry."""
ARTICLE_FIELDS = ("outlet", "byline", "section", "lang", "keyword")
"""The search fields of an article as a whole."""
ABOUT = "about"
"""The search field of what a quote is about: its words, the paragraph it stands in, and what it is linked to."""
_NAMED = frozenset({"speaker", "person", "org", "place"})

_TERM = compile_late(r'"(?P<phrase>[^"]*)"?|(?P<word>\S+)')


class TermMatch(Enum):
    """Where a term matches: anywhere, where a word begins, or as whole words."""

    ANYWHERE = auto()
    WORD_START = auto()
    WHOLE_WORDS = auto()


class Term(NamedTuple):
    """A word or phrase to be found. In a phrase, one space stands for any run of white space."""

    text: str
    keep_case: bool
    keep_accents: bool
    match_mode: TermMatch = TermMatch.ANYWHERE


class NearTerms(NamedTuple):
    """Two terms within ten words of each other, in either order, in one part of the entry."""

    left: Term
    right: Term


class FieldCondition(NamedTuple):
    """Some text of the field `name` must match one of the terms."""

    name: str
    terms: tuple[Term, ...]


class DaysCondition(NamedTuple):
    """The days of `name` (date, published, event) must overlap these; None: unbounded."""

    name: str
    earliest: Day | None
    latest: Day | None


class PaneCondition(NamedTuple):
    """The entry must stand in `pane`: body, quotes, people, timeline, or headline; or be a note."""

    pane: str


NOTES = PaneCondition("notes")
"""What `in:notes` stands for; before a query is asked, `core.note_search` puts a NotedCondition in its place."""


class NoteHit(NamedTuple):
    """A note that a query finds.

    `span` has its words in the text of the entry; None: the whole entry, or the headline. `spans` are the hits in the
    lines of the note (see `note_search.format_note_lines`).
    """

    note: "Note"
    span: tuple[int, int] | None
    spans: tuple[tuple[int, int], ...]


class NotesOnEntries(Protocol):
    """Notes by the entries that they are on (see `note_search.SearchedNotes`).

    `entry` and `about` are what the matcher is given.
    """

    @property
    def articles(self) -> "Mapping[str, Sequence[Note]]": ...  # noqa: D102

    def settle(self, article: str, entries: Iterable[Any]) -> "Mapping[Ref, object]": ...  # noqa: D102

    def find_spans(  # noqa: D102
        self, node: "Condition | None", entry: Any, about: Any
    ) -> tuple[tuple[int, int], ...] | None: ...

    def find_hits(self, node: "Condition | None", entry: Any, about: Any) -> tuple[NoteHit, ...]: ...  # noqa: D102


@dataclass(frozen=True)
class NotedCondition:
    """The entry must have a note, one of `notes`, for which `node` holds (None: any note).

    The words of `node` must be in the note. Its fields and dates are those of the entry.
    """

    node: "Condition | None"
    notes: "NotesOnEntries"


@dataclass(frozen=True)
class ContextCondition:
    """`node` must hold in the entry or, of a quote, in a paragraph that it stands in."""

    node: Term | NearTerms


@dataclass(frozen=True)
class NotCondition:
    """`node` must not hold."""

    node: "Condition"


@dataclass(frozen=True)
class AllConditions:
    """All of `nodes` must hold."""

    nodes: tuple["Condition", ...]


@dataclass(frozen=True)
class AnyCondition:
    """At least one of `nodes` must hold."""

    nodes: tuple["Condition", ...]


Condition = (
    Term
    | NearTerms
    | ContextCondition
    | FieldCondition
    | DaysCondition
    | PaneCondition
    | NotedCondition
    | NotCondition
    | AllConditions
    | AnyCondition
)


class QueryWarning(NamedTuple):
    """A part of a query that could not be understood: code points `start` to `end` (excluded) of what was typed."""

    start: int
    end: int
    message: str


@dataclass(frozen=True)
class Query:
    """What was typed, and what it means. Without `root` it asks for nothing."""

    typed: str
    root: Condition | None
    query_warnings: tuple[QueryWarning, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms to be found in an entry's text, in the order typed, each once.

        Terms that must not be there, and those of fields, are left out; those of `about:` are found in texts, too.
        """
        return tuple(dict.fromkeys(_terms(self.root))) if self.root else ()


def parse_terms(typed: str) -> Query:
    """Return the query that `typed` after `/` or `&` means; every text means one.

    A quote mark (`"`) where a word could begin opens a phrase, which runs to the next quote mark or to the end. Inside
    a word it is an ordinary character. White space at the ends of a phrase does not count.
    """
    found = (make_term(match["phrase"] or match["word"] or "") for match in _TERM().finditer(typed))
    return Query(typed, combine_conditions(dict.fromkeys(one for one in found if one.text)))


def make_term(typed: str, how: TermMatch = TermMatch.ANYWHERE) -> Term:
    """Return the term for `typed`, a word or phrase without the quote marks around it."""
    from dossier.text.folding import has_accent, has_upper  # noqa: PLC0415 - only a search needs it

    text = " ".join(typed.split())
    return Term(text, has_upper(text), has_accent(text), how)


def combine_conditions(nodes: Iterable[Condition]) -> Condition | None:
    """Return the condition that all of `nodes` hold; None if there are none."""
    found = tuple(nodes)
    return AllConditions(found) if len(found) > 1 else found[0] if found else None


def narrow_query(query: Query | None, also: Query | None) -> Query | None:
    """Return the query that finds what both queries find. A query that is None, or asks for nothing, finds all."""
    asked = tuple(one for one in (query, also) if one and one.root)
    if len(asked) < 2:
        return asked[0] if asked else None
    return Query(" ".join(one.typed for one in asked), combine_conditions(one.root for one in asked if one.root))


def asks_for_articles(query: Query) -> bool:
    """Return whether `query` asks about articles as a whole only: then the headline stands for each article found."""
    return query.root is not None and _is_of_articles(query.root)


def expand_names(query: Query, also: Callable[[str, str], Iterable[str]]) -> Query:
    """Return `query` with the other names of the people, organisations and places that it asks for by name.

    `also(field, name)` returns, for the fields speaker, person, org and place, all other names of the entries that have
    this name, however it is spelt. They become further terms of the field, after those that were typed.
    """
    return replace(query, root=_expanded(query.root, also)) if query.root else query


def _expanded(node: Condition, also: Callable[[str, str], Iterable[str]]) -> Condition:
    if isinstance(node, NotCondition):
        return NotCondition(_expanded(node.node, also))
    if isinstance(node, AllConditions | AnyCondition):
        return replace(node, nodes=tuple(_expanded(one, also) for one in node.nodes))
    if not isinstance(node, FieldCondition) or node.name not in _NAMED:
        return node
    names = (" ".join(name.split()) for one in node.terms for name in also(node.name, one.text))
    others = (Term(name, False, False, TermMatch.WHOLE_WORDS) for name in names if name)
    return node._replace(terms=tuple(dict.fromkeys((*node.terms, *others))))


def _is_of_articles(node: Condition) -> bool:
    if isinstance(node, FieldCondition | DaysCondition):
        return node.name == "published" or node.name in ARTICLE_FIELDS
    if isinstance(node, AllConditions | AnyCondition):
        return all(map(_is_of_articles, node.nodes))
    return isinstance(node, NotCondition) and _is_of_articles(node.node)


def _terms(node: Condition) -> Iterator[Term]:
    if isinstance(node, Term):
        yield node
    elif isinstance(node, NearTerms):
        yield from (node.left, node.right)
    elif isinstance(node, ContextCondition):
        yield from _terms(node.node)
    elif isinstance(node, FieldCondition) and node.name == ABOUT:
        yield from node.terms
    elif isinstance(node, AllConditions | AnyCondition):
        for one in node.nodes:
            yield from _terms(one)
