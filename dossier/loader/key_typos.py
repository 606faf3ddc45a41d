"""Which unknown key was hardly meant: it is a slip of the finger away from a key that belongs in its place.

Decided here: precision before recall. Pipelines add words of their own (`medium`, `nation`, `state`), and a warning on
those would teach readers to skip warnings; so the shorter the key, the less it may differ.
"""

from collections.abc import Iterable
from functools import lru_cache


def nearly(key: str, known: Iterable[str]) -> str:
    """The key of `known` that `key` nearly is, "" for none; the first, when it is nearly several.

    Near is: equal but for case, hyphens and spaces; a plural or singular; one letter more or less, or two neighbours
    swapped; from five letters one wrong letter, too; from seven letters two slips, behind the same first letter.
    """
    plain = key.lower().replace("-", "_").replace(" ", "_")
    return next((one for one in known if _may_be_near(plain, one) and _is_near(plain, one)), "")


def _may_be_near(key: str, known: str) -> bool:
    """Whether the lengths and ends allow it: nearly all keys are told apart by these, and a file may have many."""
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
    return shorter >= 7 and key[0] == known[0] and _slips(key, known) <= 2


def _is_one_slip(one: str, other: str, wrong_letter: bool) -> bool:
    """Whether a letter more or less, two swapped, or (`wrong_letter`) one put for another is all that differs."""
    shorter = min(len(one), len(other))
    start = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    end = next((at for at in range(shorter - start) if one[-1 - at] != other[-1 - at]), shorter - start)
    rest, others_rest = one[start : len(one) - end], other[start : len(other) - end]
    lengths = (len(rest), len(others_rest))
    swapped = lengths == (2, 2) and rest == others_rest[::-1]
    return swapped or lengths in ((0, 1), (1, 0)) or (wrong_letter and lengths == (1, 1))


def _slips(one: str, other: str) -> int:
    """Letters put in, left out, put for another, or swapped with their neighbour: the distance of Damerau."""
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
