"""Texts, names and dates of two articles side by side, with what differs between them.

Persons are matched as everywhere: by what the reader decided, a Wikidata number, the registry, else the same full name
(see `core.identity`). So a name that is spelt in two ways is no difference.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import chain

from dossier.core.dataclasses import NamedTuple, dataclass, replace
from dossier.core.dates.words import format_date
from dossier.core.decisions import overlay_decisions
from dossier.core.identity import group_spellings
from dossier.core.model import Article, NamedEntry, Reference, WrittenDate
from dossier.core.ref import Ref
from dossier.core.registry import Decisions, Registry, Spelling, fold_name
from dossier.text.word_differences import Change, find_word_changes

Key = tuple[str, object]
"""What a person, an organisation, a place or an unnamed source is known by in both articles."""


class Verdict(StrEnum):
    """How two sides compare. MOVED: they are the same, but stand in another order."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    ONLY_LEFT = "only left"
    ONLY_RIGHT = "only right"


class Side(NamedTuple):
    """A text of one article, with the address of its entry, and where the evidence for that entry stands."""

    ref: Ref
    text: str
    evidence: tuple[Ref, ...] = ()


@dataclass(frozen=True)
class Compared:
    """Something that at least one of two articles has: a paragraph, a quote, an event, or a field of one of these.

    `name` is its kind, or the name of the field. `changes` are what differs in the two texts. `fields` are those of a
    quote or an event.
    """

    name: str
    left: Side | None
    right: Side | None
    changes: tuple[Change, ...] = ()
    fields: tuple["Compared", ...] = ()
    is_moved: bool = False

    @property
    def verdict(self) -> Verdict:
        """How the two sides compare, their fields included."""
        if self.right is None:
            return Verdict.ONLY_LEFT
        if self.left is None:
            return Verdict.ONLY_RIGHT
        if self.changes or have_difference(self.fields):
            return Verdict.CHANGED
        return Verdict.MOVED if self.is_moved else Verdict.SAME


class ArticleSide(NamedTuple):
    """One of two articles.

    `keys` identify its persons, organisations and places in both articles; `names` are their names.
    """

    article: Article
    keys: Mapping[Ref, Key]
    names: Mapping[Ref, str]

    def identify(self, reference: Reference) -> tuple[Key, str]:
        """Return the identity, the same in both articles, of the entry that a reference names, and its name."""
        ref = reference.ref
        if ref is None or ref not in self.keys:
            return ("written", fold_name(reference.written)), reference.written
        return self.keys[ref], self.names[ref]


def have_difference(compared: Iterable[Compared]) -> bool:
    """Return whether anything in `compared` differs."""
    return any(one.verdict is not Verdict.SAME for one in compared)


def given(compared: Iterable[Compared]) -> Iterator[Compared]:
    """Yield what at least one side has."""
    return (one for one in compared if one.left or one.right)


def without_left(compared: Compared) -> Compared:
    """Return something as if only the right article had it."""
    return replace(compared, left=None, fields=tuple(map(without_left, compared.fields)))


def without_right(compared: Compared) -> Compared:
    """Return something as if only the left article had it."""
    return replace(compared, right=None, fields=tuple(map(without_right, compared.fields)))


def compare_texts(name: str, left: Side | None, right: Side | None) -> Compared:
    """Return two texts compared word by word; an empty text counts as missing."""
    own, other = left if left and left.text else None, right if right and right.text else None
    return Compared(name, own, other, find_word_changes(own.text, other.text) if own and other else ())


def compare_names(
    name: str, refs: tuple[Ref, Ref], left: Sequence[tuple[Key, str]], right: Sequence[tuple[Key, str]]
) -> Compared:
    """Return two lists of names, compared by the persons that they name.

    Those who are in both lists come first, in the order of the left one.
    """
    common = {key for key, _ in left} & {key for key, _ in right}
    order = {key: number for number, (key, _) in enumerate(left)}
    own = sorted(left, key=lambda one: one[0] not in common)
    others = sorted(right, key=lambda one: order[one[0]] if one[0] in common else len(order))
    texts = [", ".join(called for _, called in names) for names in (own, others)]
    if not (own and others):
        return Compared(name, Side(refs[0], texts[0]) if own else None, Side(refs[1], texts[1]) if others else None)
    change = Change(*(_find_rest(names, common) for names in (own, others)))
    is_same = change.left[0] == change.left[1] and change.right[0] == change.right[1]
    return Compared(name, Side(refs[0], texts[0]), Side(refs[1], texts[1]), () if is_same else (change,))


def describe_date(dated: WrittenDate | None) -> str:
    """Return a date in words, or as written if it cannot be read; "" for None."""
    if dated is None:
        return ""
    return format_date(dated.date) if dated.date else dated.written


def make_article_sides(
    left: Article, right: Article, registry: Registry, decisions: Decisions
) -> tuple[ArticleSide, ArticleSide]:
    """Return two articles with their persons, organisations and places matched."""
    entries = [tuple(chain(article.people, article.orgs, article.places)) for article in (left, right)]
    decisions = overlay_decisions(registry.decisions, decisions)
    decided = decisions.refs
    spellings = [_make_spelling(one, decided) for one in chain.from_iterable(entries)]
    groups = group_spellings(spellings, registry, decisions)
    keys: dict[int, Key] = {at: ("group", number) for number, group in enumerate(groups) for at in group.members}
    split = len(entries[0])
    return (
        _make_article_side(left, entries[0], [keys[at] for at in range(split)]),
        _make_article_side(right, entries[1], [keys[at] for at in range(split, len(spellings))]),
    )


def _make_article_side(article: Article, entries: Sequence[NamedEntry], keys: Sequence[Key]) -> ArticleSide:
    known = {one.ref: key for one, key in zip(entries, keys, strict=True)}
    return ArticleSide(article, known, {one.ref: one.name for one in entries})


def _make_spelling(one: NamedEntry, decided: frozenset[str]) -> Spelling:
    names = (*((one.native,) if one.native else ()), *one.aliases)
    ref = str(one.ref) if str(one.ref) in decided else ""
    return Spelling(one.ref.kind, one.ref.id, one.name, names, dict(one.same_as).get("wikidata", ""), ref)


def _find_rest(names: Sequence[tuple[Key, str]], common: set[Key]) -> tuple[int, int]:
    """Return the span of the names, in a list of them all, that are not in `common`; those in it come first."""
    end = len(", ".join(called for _, called in names))
    start = len(", ".join(called for key, called in names if key in common))
    return min(start + 2 if start else 0, end), end
