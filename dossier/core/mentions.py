"""Where the body and the events mention people, organisations and places.

The file says so, or else the names of the entries are looked for. Of overlapping names the longest wins, and a listed
name before a derived one. A derived word is not found where a hyphen makes it part of another word: `Yoon` is not found
in `Yoon-soon`, while a listed `NATO` is in `NATO-led`. Derived words that stand side by side are read together.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, pairwise
from typing import TypeAlias

from dossier.core.dataclasses import NamedTuple, replace
from dossier.core.model import Article, Event, Mention, NamedEntry, Person, map_reading_order, reading_position_key
from dossier.core.ref import Ref
from dossier.core.sought_names import NameTargets, find_targets_of_names, iterate_names
from dossier.text.late_patterns import compile_late
from dossier.text.name_finder import NAME_STEPS, NameFinder, Occurrence, normalize_name
from dossier.text.name_words import split_particle
from dossier.text.verbatim import NormalizedText, normalize_text

_HYPHENS = frozenset("-\u2010\u2011\u2027")
# White space, with an initial in it or not: the words on both sides are side by side.
_SIDE_BY_SIDE = compile_late(r"\s+(?:[^\W\d_]\.\s*)?")
_WIDEST_GAP = 8
_STEPS_A_TARGET = 20

_Occurrence: TypeAlias = Occurrence[NameTargets]


class _Found(NamedTuple):
    """A mention found at the code points `start` to `end` of a text.

    `words` are the derived words in it; empty for a listed name.
    """

    start: int
    end: int
    targets: tuple[Ref, ...]
    words: tuple[str, ...]


class MentionFinder:
    """A finder of the names of entries in texts.

    `fully_named` collects the entries of which a listed name or several derived words were found. `passed_over` are
    those that share all of a name with so many others that they are not linked where it stands.
    """

    def __init__(self, named: Iterable[NamedEntry]) -> None:
        self.passed_over: set[Ref] = set()
        self._names = NameFinder(find_targets_of_names(named, self.passed_over), NAME_STEPS)
        self._words: dict[Ref, str] = {}
        self.fully_named: set[Ref] = set()

    @property
    def is_spent(self) -> bool:
        """Whether so much was looked for that not all mentions were found."""
        return self._names.steps_left <= 0

    @property
    def word_of(self) -> dict[Ref, str]:
        """The only derived word that names an entry, by its address."""
        return {ref: word for ref, word in self._words.items() if ref not in self.fully_named}

    def find(
        self, text: str | NormalizedText, covered: "_SpanSet | None" = None
    ) -> list[tuple[int, int, tuple[Ref, ...]]]:
        """Return the start, end and targets of every mention in `text`, in order, without overlaps.

        Mentions in a span that is `covered` are left out.
        """
        hay = normalize_text(text) if isinstance(text, str) else text
        chosen = _choose_longest(self._names.find_normalized(hay), hay.text)
        if not chosen:
            return []
        found = [one for one in _join_side_by_side(chosen, hay.text) if one.targets]
        if covered:
            found = [one for one in found if not covered.has(one.start, one.end)]
        for one in found:
            self._names.steps_left -= _STEPS_A_TARGET * len(one.targets)
            self._note(one)
        return [(start, end, targets) for start, end, targets, _words in found]

    def _note(self, found: _Found) -> None:
        if len(found.words) != 1:
            self.fully_named.update(found.targets)
            return
        word = split_particle(normalize_name(found.words[0]).rpartition(" ")[2])[1]
        for ref in found.targets:
            if self._words.setdefault(ref, word) != word:
                self.fully_named.add(ref)


def find_mentions(
    article: Article, finder: MentionFinder | None = None, normalized: Mapping[Ref, NormalizedText] | None = None
) -> tuple[Mention, ...]:
    """Return all mentions of people, organisations and places in reading order; the longest first where several begin.

    Stated mentions are those of the file, one for each entry; they may be whole paragraphs. Derived ones do not overlap
    each other and do not lie within a stated span. A name that several entries have has all of them as targets.
    `finder` is a finder of the names of the article's entries, `normalized` has paragraphs in their normal form.
    """
    normalized = normalized or {}
    named = (*article.people, *article.orgs, *article.places)
    stated = [Mention(where, (one.ref,)) for one in named for where in one.mentions or ()]
    finder = finder or MentionFinder(named)
    taken: dict[Ref, list[tuple[int, int]]] = {}
    for mention in stated:
        finder.fully_named.update(mention.targets)
        if mention.text_ref.span:
            taken.setdefault(mention.text_ref.entry, []).append(mention.text_ref.span)
    derived: list[Mention] = []
    for block in article.body:
        spans = taken.get(block.ref)
        found = finder.find(normalized.get(block.ref, block.text), _SpanSet(spans) if spans else None)
        derived += [Mention(block.ref.with_span(start, end), targets) for start, end, targets in found]
    if not stated:
        return tuple(derived)
    order = map_reading_order(article)
    return tuple(sorted(chain(stated, derived), key=lambda mention: reading_position_key(mention.text_ref, order)))


def name_in_events(events: Iterable[Event], finder: MentionFinder) -> tuple[Event, ...]:
    """Return the events; those that name nobody have the mentions in what they say, as spans of that text."""
    made = []
    for event in events:
        if not (event.people or event.orgs or event.places):
            found = [
                Mention(event.ref.with_span(start, end), targets) for start, end, targets in finder.find(event.what)
            ]
            made.append(replace(event, found=tuple(found)) if found else event)
        else:
            made.append(event)
    return tuple(made)


def find_within_longer(article: Article, people: Iterable[Person]) -> set[Ref]:
    """Return those of the people whose names or words of these stand inside longer mentions of somebody else."""
    names = NameFinder(((name, claim.ref) for person in people for name, claim in iterate_names(person)), NAME_STEPS)
    longer: dict[Ref, list[tuple[int, int]]] = {}
    for mention in article.mentions:
        if mention.text_ref.span:
            longer.setdefault(mention.text_ref.entry, []).append(mention.text_ref.span)
    inside: set[Ref] = set()
    for block in article.body:
        spans = _SpanSet(longer.get(block.ref, ()))
        inside.update(ref for start, end, refs in names.find(block.text) if spans.has(start, end) for ref in refs)
    return inside


def _choose_longest(found: Iterable[_Occurrence], text: str) -> list[_Occurrence]:
    """Return, of names that overlap in `text`, the longest; of equally long ones a listed one, then the first.

    The names are given, and returned, in the order in which they begin.
    """
    candidates = [one for one in found if one.values[0].listed or not _is_joined(text, one.start, one.end)]
    if all(one.end <= after.start for one, after in pairwise(candidates)):
        return candidates
    occupied = bytearray(len(text))
    chosen = []
    for one in sorted(candidates, key=lambda one: (one.start - one.end, not one.values[0].listed, one.start)):
        if occupied.find(1, one.start, one.end) < 0:
            occupied[one.start : one.end] = b"\1" * (one.end - one.start)
            chosen.append(one)
    return sorted(chosen, key=lambda one: one.start)


def _is_joined(text: str, start: int, end: int) -> bool:
    """Return whether a hyphen joins the word from `start` to `end` to another one."""
    before, behind = text[max(0, start - 2) : start], text[end : end + 2]
    return (before[1:] in _HYPHENS and before[:1].isalnum()) or (behind[:1] in _HYPHENS and behind[1:].isalnum())


def _join_side_by_side(chosen: Sequence[_Occurrence], text: str) -> Iterator[_Found]:
    """Yield what is found, in order: derived words of one name that stand side by side as one mention.

    A derived first name before a word of another person's name does not mention its own person.
    """
    at = 0
    while at < len(chosen):
        start, end, (meant, *_) = chosen[at]
        at += 1
        targets = meant.targets
        words: tuple[str, ...] = () if meant.listed else (text[start:end],)
        while words and at < len(chosen) and _is_beside(text, end, chosen[at].start):
            _start, after, (other, *_) = chosen[at]
            word = text[chosen[at].start : after]
            if other.listed or word in words:
                break
            common = tuple(ref for ref in targets if ref in other.members)
            if not common:
                break
            targets, words, end = common, (*words, word), after
            at += 1
        if len(words) == 1 and at < len(chosen) and _is_beside(text, end, chosen[at].start):
            neighbour = chosen[at].values[0]
            if neighbour.has_person and not text[chosen[at].start].islower():
                others = meant.first_name_of - neighbour.members
                targets = tuple(ref for ref in targets if ref not in others)
        yield _Found(start, end, targets, words)


def _is_beside(text: str, end: int, start: int) -> bool:
    """Return whether only white space, or an initial, stands between two places."""
    return 0 < start - end <= _WIDEST_GAP and _SIDE_BY_SIDE().fullmatch(text, end, start) is not None


class _SpanSet:
    """Spans of one text, to tell whether another span lies within one of them."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def has(self, start: int, end: int) -> bool:
        """Return whether `start` to `end` lies within one of the spans."""
        before = bisect_right(self._starts, start)
        return before > 0 and self._reach[before - 1] >= end
