"""Find the known key that an unknown key is probably a misspelling of.

Precision comes before recall. Pipelines add keys of their own (`medium`, `nation`, `state`), and warnings about those
would teach readers to skip warnings. The shorter a key is, the less it may differ.
"""

from collections.abc import Iterable
from functools import lru_cache


def find_intended_key(key: str, known: Iterable[str]) -> str:
    """Return the first key of `known` that `key` is probably meant to be; "" if there is none.

    A key may differ in case, hyphens and spaces; by a plural; by one letter more or less, or two neighbouring letters
    swapped; from five letters also by one wrong letter; from seven letters by two such slips after the same first
    letter.
    """
    plain = key.lower().replace("-", "_").replace(" ", "_")
    return next((one for one in known if _may_be_near(plain, one) and _is_near(plain, one)), "")


def _may_be_near(key: str, known: str) -> bool:
    """Return whether lengths and ends allow a match: a cheap test that rules out nearly all keys."""
    return -3 < len(key) - len(known) < 3 and (key[:1] == known[:1] or key[-1:] == known[-1:])


@lru_cache(maxsize=4096)
def _is_near(key: str, known: str) -> bool:
    shorter = min(len(key), len(known))
    if key == known:
        return True
    if shorter < 3:
        return False
    if known in (f"{key}s", f"{key}es") or key in (f"{known}s", f"{known}es") or _is_one_slip(key, known, shorter > 4):
        return True
    return shorter >= 7 and key[0] == known[0] and _distance(key, known) <= 2


def _is_one_slip(one: str, other: str, wrong_letter: bool) -> bool:
    """Return whether one letter more or less, two swapped or (`wrong_letter`) one replaced is the only difference."""
    shorter = min(len(one), len(other))
    start = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    end = next((at for at in range(shorter - start) if one[-1 - at] != other[-1 - at]), shorter - start)
    rest, others_rest = one[start : len(one) - end], other[start : len(other) - end]
    lengths = (len(rest), len(others_rest))
    swapped = lengths == (2, 2) and rest == others_rest[::-1]
    return swapped or lengths in ((0, 1), (1, 0)) or (wrong_letter and lengths == (1, 1))


def _distance(one: str, other: str) -> int:
    """Return the number of letters inserted, left out, replaced, or swapped with a neighbour (Damerau's distance)."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, above = above, row
    return above[-1]
