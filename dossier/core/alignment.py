"""Pairs of texts of two articles that are the same text, or two versions of it.

The more words two texts share, the more alike they are. Rare words count for more, and very frequent ones for nothing,
so that the time grows with the length of the texts and not with its square.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from math import sqrt
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.text.folding import fold
from dossier.text.tokens import make_index_text
from dossier.text.verbatim import normalize_phrase
from dossier.text.word_differences import Pair, keep_rising, match_in_order

_MOST_WITH_WORD: Final = 40
"""A word that more texts of the right side have does not count."""
_MOST_STEPS: Final = 400_000
"""The most words that are looked up; the texts behind them are compared with no other."""
_ALIKE_NEAR, _ALIKE_FAR = 0.35, 0.6
"""How alike two paragraphs must be that stand between the same others, and two that do not; 1 is equal."""


class AlignedPair(NamedTuple):
    """The indices of two texts that belong together, None where a text has no other.

    `is_moved`: the texts around them come in another order on the right.
    """

    left: int | None
    right: int | None
    is_moved: bool = False


def align_blocks(left: Sequence[tuple[str, str]], right: Sequence[tuple[str, str]]) -> list[AlignedPair]:
    """Return every block of two articles once, with the block of the other article that it belongs to, if any.

    A block is its kind, such as "para", and its text; blocks of different kinds are never paired. The pairs are in the
    order of the left article. What only the right article has comes where it stands there.
    """
    keys = [[(kind, normalize_phrase(text)) for kind, text in side] for side in (left, right)]
    pairs = match_in_order(keys[0], keys[1])
    near = _number_gaps(pairs, len(left)), _number_gaps([pair[::-1] for pair in pairs], len(right))
    met = {one for one, _ in pairs}, {other for _, other in pairs}
    rest = [at for at in range(len(left)) if at not in met[0]]
    others = [at for at in range(len(right)) if at not in met[1]]

    def rank(at: int, beside: int, alike: float) -> float:
        """Return how well two paragraphs fit, 0 if they do not."""
        one, other = rest[at], others[beside]
        is_near = near[0][one] == near[1][other]
        is_alike = left[one][0] == right[other][0] and alike >= (_ALIKE_NEAR if is_near else _ALIKE_FAR)
        return alike + is_near if is_alike else 0

    found = pair_alike([left[at][1] for at in rest], [right[at][1] for at in others], _ALIKE_NEAR, rank)
    pairs = sorted([*pairs, *((rest[at], others[beside]) for at, beside in found)])
    return _in_reading_order(pairs, len(left), len(right))


def pair_alike(
    left: Sequence[str], right: Sequence[str], least: float, rank: Callable[[int, int, float], float]
) -> list[tuple[int, int]]:
    """Return pairs of texts, those with the highest rank first; no text is in two of them.

    `rank` returns the rank of two texts by their indices and how alike they are, from 0 to 1. It is asked about those
    that are as alike as `least`; a rank of 0 keeps them apart. Of pairs with the same rank, that with the nearest
    places is taken.
    """
    ranked = [
        (-worth, abs(one - other), one, other)
        for one, other, alike in _measure_likeness(left, right)
        if alike >= least and (worth := rank(one, other, alike))
    ]
    used: tuple[set[int], set[int]] = set(), set()
    pairs = []
    for _, _, one, other in sorted(ranked):
        if one not in used[0] and other not in used[1]:
            used[0].add(one)
            used[1].add(other)
            pairs.append((one, other))
    return pairs


def _measure_likeness(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs of texts that have a rare word in common, with how alike they are, from 0 to 1."""
    sides = [[Counter(make_index_text(fold(text).folded).split()) for text in side] for side in (left, right)]
    having: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, words in enumerate(sides[1]):
        for word, count in words.items():
            having[word].append((at, count))
    texts = Counter(word for side in sides for words in side for word in words)
    weights = {word: 1 / sqrt(texts[word]) if len(having.get(word, ())) <= _MOST_WITH_WORD else 0 for word in texts}
    sums = [[sum(count * weights[word] for word, count in words.items()) for words in side] for side in sides]
    budget = _MOST_STEPS
    for one, words in enumerate(sides[0]):
        shared: dict[int, float] = defaultdict(float)
        for word, count in words.items():
            if weight := weights[word]:
                for other, others in having.get(word, ()):
                    shared[other] += min(count, others) * weight
                    budget -= 1
        yield from ((one, other, 2 * common / (sums[0][one] + sums[1][other])) for other, common in shared.items())
        if budget < 0:
            return


def _number_gaps(pairs: Sequence[Pair], count: int) -> list[int]:
    """Return, for each of `count` places on the left, how many of the pairs come before it."""
    places = {one for one, _ in pairs}
    numbers, number = [], 0
    for at in range(count):
        numbers.append(number)
        number += at in places
    return numbers


def _in_reading_order(pairs: Sequence[Pair], count: int, others: int) -> list[AlignedPair]:
    """Return the pairs with what is in none of them, in the order of the left side."""
    rising = dict(keep_rising(pairs))
    partner, alone = dict(pairs), set(range(others)) - {other for _, other in pairs}
    aligned: list[AlignedPair] = []
    shown = 0
    for one in range(count):
        if one in rising:
            aligned += [AlignedPair(None, other) for other in range(shown, rising[one]) if other in alone]
            shown = rising[one]
        other = partner.get(one)
        aligned.append(AlignedPair(one, other, other is not None and one not in rising))
    return [*aligned, *(AlignedPair(None, other) for other in range(shown, others) if other in alone)]
