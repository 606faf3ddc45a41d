"""Characters that a reader perceives (grapheme clusters of Unicode's UAX #29), and their width.

Two rules go further than UAX #29 of Unicode 17: a virama links to the next consonant whatever is before it, as in later
versions, and every spacing mark belongs to the letter before it, as terminals draw it.

A cluster is at least as wide as the widest of the common terminals shows it: what is measured too narrow is written
over by the next cluster. So every spacing vowel sign has a cell, although some terminals draw it into the cell of its
consonant. Two cells are enough for an emoji, of however many it is composed: its first sign is then whole.

Only text of less common scripts needs this module. See `dossier.text.width`.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.text.ambiguous_width import ELLIPSIS, NARROWED_SIGNS, ambiguous_width, spells_ellipsis, width_cache
from dossier.text.width_table import CLASSES, KINDS, STARTS

_ZWNJ: Final = "\u200c"
_ZWJ: Final = "\u200d"
_EMOJI_STYLE: Final = "\ufe0f"
_KEYS: Final = frozenset("0123456789#*")
_SKIN_TONES: Final = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
_FIRST_SYLLABLE: Final = 0xAC00
_FINALS: Final = 28
"""Number of syllables of Hangul with the same beginning: one without, and the others each with another final."""


class CodePointClass(NamedTuple):
    """What is known of a code point.

    cells         its width by itself, where ambiguous ones are narrow
    breaks        its Grapheme_Cluster_Break: `x` control, `e` Extend, `z` ZWJ, `s` SpacingMark, `p` Prepend, `r`
                  Regional_Indicator, `L`, `V` and `T` parts of a syllable of Hangul, `H` such a syllable, `o` other
    conjunct      its Indic_Conjunct_Break: `k` Linker, `c` Consonant, or "" for any other
    is_emoji      its Extended_Pictographic
    is_ambiguous  whether it takes two cells in a terminal where ambiguous characters do
    agreed        `l` for a letter or sign, `m` for a mark on whose width all terminals agree, or ""
    """

    cells: int
    breaks: str
    conjunct: str
    is_emoji: bool
    is_ambiguous: bool
    agreed: str


def _read_class(code: str) -> CodePointClass:
    flags = code[2:]
    conjunct, agreed = (next((one for one in letters if one in flags), "") for letters in ("kc", "lm"))
    return CodePointClass(int(code[0]), code[1], conjunct, "i" in flags, "a" in flags, agreed)


_CLASSES: Final = {letter: _read_class(code) for letter, code in CLASSES.items()}


@lru_cache(maxsize=8192)
def find_class(char: str) -> CodePointClass:
    """Return the class of a code point."""
    return _CLASSES[KINDS[bisect_right(STARTS, char) - 1]]


def iterate_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each cluster of a text, in code points, in order and without gaps."""
    start, before = 0, ""
    for at, char in enumerate(text):
        # Below U+0300 there is nothing that joins.
        if at and ((before < "\u0300" and char < "\u0300") or not _is_joined(text, at, start)):
            yield start, at
            start = at
        before = char
    if text:
        yield start, len(text)


def _is_joined(text: str, at: int, start: int) -> bool:
    """Return whether the code point at `at` belongs to the cluster that begins at `start`, before it."""
    before, after = find_class(text[at - 1]), find_class(text[at])
    joins, joined = before.breaks, after.breaks
    if joins == "o" and joined in "oHLVTrp":
        return False
    if joins == "x" or joined == "x":
        return False
    if joined in "ezs" or joins == "p":
        return True
    if after.conjunct == "c" and joins in "ez":
        return _is_linked(text, at, start)
    if after.is_emoji and joins == "z":
        return _follows_emoji(text, at - 1, start)
    if joins == joined == "r":
        return sum(find_class(char).breaks == "r" for char in text[start:at]) % 2 == 1
    return _is_syllable(text[at - 1], joins, joined)


def _is_linked(text: str, at: int, start: int) -> bool:
    """Return whether the marks before `at` have a virama among them, which links to the consonant there."""
    for place in range(at - 1, start - 1, -1):
        kind = find_class(text[place])
        if kind.conjunct == "k":
            return True
        if kind.breaks not in "ez" or text[place] == _ZWNJ:
            break
    return False


def _follows_emoji(text: str, at: int, start: int) -> bool:
    """Return whether there is an emoji, with or without marks, before `at`."""
    while at > start and find_class(text[at - 1]).breaks == "e":
        at -= 1
    return at > start and find_class(text[at - 1]).is_emoji


def _is_syllable(char: str, before: str, after: str) -> bool:
    """Return whether two code points are of one syllable of Hangul. `char` is the first; the others are breaks."""
    if before == "L":
        return after in "LVH"
    has_final = before == "T" or (before == "H" and (ord(char) - _FIRST_SYLLABLE) % _FINALS > 0)
    return before in "VTH" and after in ("T" if has_final else "VT")


@width_cache(8192)
def measure_code_point(char: str) -> int:
    """Return the width in cells of a code point by itself."""
    if char == ELLIPSIS and spells_ellipsis():
        return 3
    kind = find_class(char)
    if kind.is_ambiguous and char not in NARROWED_SIGNS:
        return max(kind.cells, ambiguous_width())
    return kind.cells


@width_cache(8192)
def measure_cluster(cluster: str) -> int:
    """Return the width in cells of a cluster.

    A letter and its marks are measured composed, as they are sent: where ambiguous characters are wide, é takes two
    cells, and e with U+0301 would take one.
    """
    if len(cluster) == 1:
        return measure_code_point(cluster)
    first, rest = find_class(cluster[0]), cluster[1:]
    composed = unicodedata.normalize("NFC", cluster)
    if first.breaks in "LH":
        return _measure_syllable(composed)
    if first.is_emoji and (_EMOJI_STYLE in rest or _ZWJ in rest or not _SKIN_TONES.isdisjoint(rest)):
        return 2 + sum(measure_code_point(char) for char in rest if not _is_part_of_emoji(char))
    if first.breaks == "r" and find_class(rest[0]).breaks == "r":
        return 2 + sum(map(measure_code_point, rest[1:]))
    if cluster[0] in _KEYS and rest[0] == _EMOJI_STYLE:
        return 2 + sum(map(measure_code_point, rest[1:]))
    cells = sum(map(measure_code_point, composed))
    if len(composed) == 1:
        return cells
    if _EMOJI_STYLE in rest:
        # tmux 3.8 takes any character with it for wide.
        return max(2, cells)
    # Vowel signs of two parts have a cell for each, wherever they are sent apart.
    return max(cells, sum(map(measure_code_point, cluster))) if any(map(measure_code_point, rest)) else cells


def _is_part_of_emoji(char: str) -> bool:
    return char in _SKIN_TONES or find_class(char).is_emoji


def _measure_syllable(syllable: str) -> int:
    """Return the width of a syllable of Hangul: two cells, and one for each vowel or final that is not composed."""
    return sum(1 if find_class(char).breaks in "VT" else measure_code_point(char) for char in syllable)


def count_most_cells(cluster: str) -> int:
    """Return the most cells that any terminal may cover for a cluster, whose marks it may count as cells.

    Invisible characters count one; the numbers that Vim's terminal prints for them do not count.
    """
    kinds = map(find_class, cluster)
    most = sum(2 if kind.is_emoji or kind.is_ambiguous else max(1, kind.cells) for kind in kinds)
    # Some take the sign before the selector of emoji style for wide.
    return max(most + cluster.count(_EMOJI_STYLE), measure_cluster(cluster))
