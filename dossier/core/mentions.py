"""Where the body mentions people, organisations and places.

The file says so, or else the names of the entries are looked for. A name is listed (full name, native name, alias) or
derived (a word of a person's name). Of overlapping names the longest wins, and a listed name before a derived one. A
derived word is a guess at a surname: it is not used if another entry lists the same word, and not where a hyphen makes
it part of another word (`Yoon` is not found in `Yoon-soon`, while a listed `NATO` is in `NATO-led`).
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain

from dossier.core.dataclasses import NamedTuple
from dossier.core.model import Article, Mention, NamedEntry, Person, map_reading_order, reading_position_key
from dossier.core.ref import Ref
from dossier.text.name_finder import NameFinder, Occurrence, normalize_name

_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_HYPHEN = r"[-\u2010\u2011\u2027]"
_JOINED_BEFORE = re.compile(rf"(?<=[^\W_]{_HYPHEN})")
_JOINED_AFTER = re.compile(rf"{_HYPHEN}[^\W_]")


class _Claim(NamedTuple):
    """One name of one entry.

    `sought` is false if the file says where the entry is mentioned. Its names are then known, so that no other entry is
    seen in them, but they are not looked for.
    """

    ref: Ref
    listed: bool
    sought: bool


class _NameTargets(NamedTuple):
    """The entries that a name means: those that list it or, if there are none, those of whose name it is a word."""

    listed: bool
    targets: tuple[Ref, ...]


def find_mentions(article: Article) -> tuple[Mention, ...]:
    """Return all mentions of people, organisations and places in reading order; the longest first where several begin.

    Stated mentions are those of the file, one for each entry; they may be whole paragraphs. Derived ones do not overlap
    each other and do not lie within a stated span. A name that several entries have has all of them as targets.
    """
    named = (*article.people, *article.orgs, *article.places)
    stated = [Mention(where, (one.ref,)) for one in named for where in one.mentions or ()]
    names = NameFinder(_names_with_targets(named))
    taken: dict[Ref, list[tuple[int, int]]] = {}
    for mention in stated:
        if mention.text_ref.span:
            taken.setdefault(mention.text_ref.entry, []).append(mention.text_ref.span)
    derived: list[Mention] = []
    for block in article.body:
        covered = _SpanSet(taken.get(block.ref, ()))
        found = ((one.start, one.end, one.values[0].targets) for one in _longest(names.find(block.text), block.text))
        wanted = [one for one in found if one[2] and not covered.has(*one[:2])]
        # They come longest first; since none overlap, sorting by start puts them in the order of the text.
        derived += [Mention(block.ref.with_span(start, end), targets) for start, end, targets in sorted(wanted)]
    if not stated:
        return tuple(derived)
    order = map_reading_order(article)
    return tuple(sorted(chain(stated, derived), key=lambda mention: reading_position_key(mention.text_ref, order)))


def _names_with_targets(named: Iterable[NamedEntry]) -> Iterator[tuple[str, _NameTargets]]:
    """Yield every name with the entries that it means."""
    borne: dict[str, list[_Claim]] = {}
    for name, claim in chain.from_iterable(map(_claims, named)):
        borne.setdefault(normalize_name(name), []).append(claim)
    for name, claims in borne.items():
        listed = [claim for claim in claims if claim.listed]
        yield (
            name,
            _NameTargets(bool(listed), tuple(dict.fromkeys(claim.ref for claim in listed or claims if claim.sought))),
        )


def _claims(named: NamedEntry) -> Iterator[tuple[str, _Claim]]:
    """Yield the names of an entry."""
    sought = named.mentions is None
    for name in filter(None, (named.name, named.native, *named.aliases)):
        yield name, _Claim(named.ref, True, sought)
    if sought and isinstance(named, Person):
        for word in (part.strip(_PUNCTUATION) for part in normalize_name(named.name).split(" ")):
            if word[:1].isupper() and sum(map(str.isalpha, word)) >= 3:
                yield word, _Claim(named.ref, False, True)


def _longest(found: Iterable[Occurrence[_NameTargets]], text: str) -> Iterator[Occurrence[_NameTargets]]:
    """Yield, of names that overlap in `text`, the longest; of equally long ones a listed one, then the first."""
    candidates: list[tuple[int, bool, int, Occurrence[_NameTargets]]] = []
    for one in found:
        listed = one.values[0].listed
        if listed or not (_JOINED_BEFORE.match(text, one.start) or _JOINED_AFTER.match(text, one.end)):
            candidates.append((one.start - one.end, not listed, one.start, one))
    occupied = bytearray(len(text))
    for length, _, start, one in sorted(candidates):
        if occupied.find(1, start, one.end) < 0:
            occupied[start : one.end] = b"\1" * -length
            yield one


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
