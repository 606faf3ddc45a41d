"""Where the body speaks of whom: as the file says, and where it does not, by the names that its entries bear.

A name is listed (full name, native name, alias) or derived (a word of a person's name). Where names overlap the longest
wins, and what is listed beats what is derived: a derived word is a guess at a surname, so the same word listed by any
other entry is not derived, and a hyphen makes it part of another word (`Yoon` is not found in `Yoon-soon`, while a
listed `NATO` is in `NATO-led`).
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain

from dossier.core.dataclasses import NamedTuple
from dossier.core.model import Article, Mention, Named, Person, place, reading_order
from dossier.core.ref import Ref
from dossier.text.name_finder import Names, Occurrence, plain_name

_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_HYPHEN = r"[-\u2010\u2011\u2027]"
_JOINED_BEFORE = re.compile(rf"(?<=[^\W_]{_HYPHEN})")
_JOINED_AFTER = re.compile(rf"{_HYPHEN}[^\W_]")


class _Claim(NamedTuple):
    """That an entry bears a name. `sought` is false when the file says where the entry is mentioned: then the name is
    known, so that nobody else is seen in it, and not looked for."""

    ref: Ref
    listed: bool
    sought: bool


class _Meant(NamedTuple):
    """Whom a name names: when any entry lists it those that do, else those of whose name it is a word."""

    listed: bool
    targets: tuple[Ref, ...]


def mentions(article: Article) -> tuple[Mention, ...]:
    """All mentions of people, organisations and places, in reading order; the longest first where several begin.

    The stated ones are as the file has them, one for each entry, a whole paragraph among them. The derived ones overlap
    neither one another nor lie within a stated span; a name that several entries bear has all of them as targets.
    """
    named = (*article.people, *article.orgs, *article.places)
    stated = [Mention(where, (one.ref,)) for one in named for where in one.mentions or ()]
    names = Names(_known(named))
    taken: dict[Ref, list[tuple[int, int]]] = {}
    for mention in stated:
        if mention.where.span:
            taken.setdefault(mention.where.entry, []).append(mention.where.span)
    derived: list[Mention] = []
    for block in article.body:
        covered = _Covered(taken.get(block.ref, ()))
        found = ((one.start, one.end, one.values[0].targets) for one in _longest(names.find(block.text), block.text))
        wanted = [one for one in found if one[2] and not covered.has(*one[:2])]
        # The longest was chosen first; none of them overlap, so the first is the one that begins first.
        derived += [Mention(block.ref.within(start, end), targets) for start, end, targets in sorted(wanted)]
    if not stated:
        return tuple(derived)
    order = reading_order(article)
    return tuple(sorted(chain(stated, derived), key=lambda mention: place(mention.where, order)))


def _known(named: Iterable[Named]) -> Iterator[tuple[str, _Meant]]:
    """Every name that is borne, with whom it means."""
    borne: dict[str, list[_Claim]] = {}
    for name, claim in chain.from_iterable(map(_claims, named)):
        borne.setdefault(plain_name(name), []).append(claim)
    for name, claims in borne.items():
        listed = [claim for claim in claims if claim.listed]
        yield name, _Meant(bool(listed), tuple(dict.fromkeys(claim.ref for claim in listed or claims if claim.sought)))


def _claims(named: Named) -> Iterator[tuple[str, _Claim]]:
    """The names that an entry bears."""
    sought = named.mentions is None
    for name in filter(None, (named.name, named.native, *named.aliases)):
        yield name, _Claim(named.ref, True, sought)
    if sought and isinstance(named, Person):
        for word in (part.strip(_PUNCTUATION) for part in plain_name(named.name).split(" ")):
            if word[:1].isupper() and sum(map(str.isalpha, word)) >= 3:
                yield word, _Claim(named.ref, False, True)


def _longest(found: Iterable[Occurrence[_Meant]], text: str) -> Iterator[Occurrence[_Meant]]:
    """Of names that overlap in `text` the longest, of equally long ones the listed, then the first."""
    candidates: list[tuple[int, bool, int, Occurrence[_Meant]]] = []
    for one in found:
        listed = one.values[0].listed
        if listed or not (_JOINED_BEFORE.match(text, one.start) or _JOINED_AFTER.match(text, one.end)):
            candidates.append((one.start - one.end, not listed, one.start, one))
    occupied = bytearray(len(text))
    for length, _, start, one in sorted(candidates):
        if occupied.find(1, start, one.end) < 0:
            occupied[start : one.end] = b"\1" * -length
            yield one


class _Covered:
    """Spans of one text, for the question whether another lies within one of them."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def has(self, start: int, end: int) -> bool:
        """Whether `start` to `end` lies within one of the spans."""
        before = bisect_right(self._starts, start)
        return before > 0 and self._reach[before - 1] >= end
