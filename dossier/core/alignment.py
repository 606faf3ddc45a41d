"""Pairs of texts of two articles that are the same text, or two versions of it.

How alike two texts are is told by the words that both have; a word that few texts have counts for more. Only texts that
have such a word in common are compared, and of these at most `_MOST_COMPARED` pairs, so that the time is bounded.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from math import sqrt
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.text.folding import fold, normalize_phrase
from dossier.text.tokens import make_index_text
from dossier.text.word_differences import Pair, keep_rising, match_in_order

_MOST_WITH_WORD: Final = 60
"""A word that more texts of one side have leads from no text to another."""
_MOST_COMPARED: Final = 100_000
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

    def rank(one: int, other: int, alike: float) -> float:
        """Return how well two paragraphs fit, 0 if they do not."""
        if one in met[0] or other in met[1] or left[one][0] != right[other][0]:
            return 0
        is_near = near[0][one] == near[1][other]
        return alike + is_near if alike >= (_ALIKE_NEAR if is_near else _ALIKE_FAR) else 0

    pairs = sorted([*pairs, *pair_alike([text for _, text in left], [text for _, text in right], rank)])
    return _in_reading_order(pairs, len(left), len(right))


def pair_alike(
    left: Sequence[str], right: Sequence[str], rank: Callable[[int, int, float], float]
) -> list[tuple[int, int]]:
    """Return pairs of texts, those with the highest rank first; no text is in two of them.

    `rank` returns the rank of two texts by their indices and how alike they are, from 0 to 1; a rank of 0 keeps them
    apart. Of pairs with the same rank, that with the nearest places is taken.
    """
    ranked = [
        (-rank(one, other, alike), abs(one - other), one, other) for one, other, alike in _measure_likeness(left, right)
    ]
    used: tuple[set[int], set[int]] = set(), set()
    pairs = []
    for worth, _, one, other in sorted(ranked):
        if worth and one not in used[0] and other not in used[1]:
            used[0].add(one)
            used[1].add(other)
            pairs.append((one, other))
    return pairs


def _measure_likeness(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs of texts that have a rare word in common, with how alike they are, from 0 to 1."""
    sides = [[Counter(make_index_text(fold(text).folded).split()) for text in side] for side in (left, right)]
    common = Counter(word for side in sides for words in side for word in words)
    weight = {word: 1 / sqrt(count) for word, count in common.items()}
    sums = [[sum(count * weight[word] for word, count in words.items()) for words in side] for side in sides]
    for one, other in islice(_candidates(*sides), _MOST_COMPARED):
        own, others = sides[0][one], sides[1][other]
        shared = sum(min(count, others[word]) * weight[word] for word, count in own.items() if word in others)
        yield one, other, 2 * shared / (sums[0][one] + sums[1][other])


def _candidates(left: Sequence[Iterable[str]], right: Sequence[Iterable[str]]) -> Iterator[Pair]:
    having: dict[str, list[int]] = defaultdict(list)
    for at, words in enumerate(right):
        for word in words:
            having[word].append(at)
    for at, words in enumerate(left):
        met = (having[word] for word in words if len(having.get(word, ())) <= _MOST_WITH_WORD)
        yield from ((at, other) for other in sorted({other for others in met for other in others}))


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
