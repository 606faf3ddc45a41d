"""The width of text in terminal cells, its characters, and where its lines break.

Characters are those that a reader perceives, and as wide as the widest of the common terminals shows them; the rules
are in `dossier.text.clusters`. What most articles consist of is measured here, without the data of Unicode. Lines break
after UAX #14, reduced to what news text needs: spaces, hyphens and dashes, and between the characters of Chinese and
Japanese with the basic rules of kinsoku. Korean breaks at its spaces.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from itertools import accumulate
from typing import Final

from dossier.text.ambiguous_width import ELLIPSIS, ambiguous_width, spells_ellipsis, width_cache
from dossier.text.code_points import CodePointRanges, find_foreign
from dossier.text.late_patterns import compile_late

# A line may break here. Not the no-break spaces U+00A0, U+2007 and U+202F.
_GAPS: Final = frozenset(
    "\t\n\v\f\r \x85\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u200b\u2028\u2029\u205f\u3000"
)

# Ranges, as first and last code point, in which each is a character of its own: `_NARROW` those one cell wide where
# ambiguous ones are, among them the signs that the program draws with, `_PLAIN` those of any width.
_NARROW: Final = (
    " ~\xa0\xac\xae\u02ff\u0370\u0482\u048a\u0590\u05d0\u05ea\u0620\u064a\u2010\u2027\u2030\u205e\u20a0\u20bf"
    "\u2190\u2193\u2500\u25fc\u2717\u2717\u275b\u275e"
)
_NARROW_RANGES: Final = CodePointRanges(_NARROW)
_CONTROLS: Final = compile_late(r"[\x00-\x1f\x7f]")
_PLAIN: Final = CodePointRanges(
    _NARROW + "\u3000\u3029\u3030\u3098\u309b\u3163\u3165\u9fff\uac00\ud7a3\uff01\uff9d\uffe0\uffe6"
)

# Those of them that are two cells wide in every version of Unicode: Kana, Han, Hangul, full-width forms.
_WIDE: Final = CodePointRanges("\u3041\u3096\u30a1\u30ff\u4e00\u9fff\uac00\ud7a3\uff01\uff60")

# Lines may break on both sides of these (class ID of UAX #14 and related ones): Han, Kana, full-width forms, emoji.
_IDEOGRAPHIC: Final = CodePointRanges(
    "\u2e80\u312f\u3190\ua4cf\uf900\ufaff\ufe30\ufe4f\uff01\uff9f\uffe0\uffe6"
    "\U0001b000\U0001b16f\U0001f300\U0001faff\U00020000\U0003fffd"
)
_HANGUL: Final = CodePointRanges("\u1100\u11ff\u3130\u318f\ua960\ua97f\uac00\ud7ff")

# Kinsoku: closing marks and characters that belong to the one before may not begin a line, opening marks not end one.
_NOT_FIRST: Final = frozenset(
    "!%),.:;?]}\"'\xbb\u2019\u201d\u203a\u2025\u2026\u203c\u2047\u2048\u2049\u3001\u3002\u3005\u3009\u300b\u300d\u300f"
    "\u3011\u3015\u3017\u3019\u301b\u301e\u301f\u303b\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u308e"
    "\u3095\u3096\u309b\u309c\u309d\u309e\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u30ee\u30f5\u30f6"
    "\u30fb\u30fc\u30fd\u30fe\uff01\uff05\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3d\uff5d\uff60\uff61\uff63\uff64"
    "\uff65\uff67\uff68\uff69\uff6a\uff6b\uff6c\uff6d\uff6e\uff6f\uff70"
)
_NOT_LAST: Final = frozenset(
    "([{\"'\xab\u2018\u201a\u201c\u201e\u2039\u3008\u300a\u300c\u300e\u3010\u3014\u3016\u3018\u301a\u301d"
    "\uff08\uff3b\uff5b\uff5f\uff62$\xa3\xa5\uff04\uffe1\uffe5"
)
_HYPHENS: Final = frozenset("-\u2010")
_DASHES: Final = frozenset("\u2013\u2014\u2015")


def width(text: str) -> int:
    """Return the number of terminal cells that `text` takes on one line."""
    return len(text) if text.isascii() and text.isprintable() else _width(text)


@width_cache(4096)
def _width(text: str) -> int:
    if all(map(_is_known, text)):
        return sum(map(_cells, text))
    return sum(cells for _start, _end, cells in iterate_clusters(text))


@width_cache(8192)
def _cells(char: str) -> int:
    """Return the width in cells of one code point by itself."""
    if char == ELLIPSIS and spells_ellipsis():
        return 3
    if _is_known(char):
        return 2 if char in _WIDE else 1
    # The classes of all code points take a while to load, and the scripts of most articles do not need them.
    from dossier.text.clusters import measure_code_point  # noqa: PLC0415

    return measure_code_point(char)


@width_cache(8192)
def _is_known(char: str) -> bool:
    """Return whether the width of a code point is known without the data of Unicode."""
    return char in _WIDE or (char in _NARROW_RANGES and (ambiguous_width() == 1 or char.isascii()))


def is_narrow(text: str) -> bool:
    """Return whether every code point of `text` is known to be a character of its own, one cell wide."""
    if text.isascii():
        return text.isprintable()
    if ELLIPSIS in text and spells_ellipsis():
        return False
    is_foreign_narrow = ambiguous_width() == 1 and all(map(_NARROW_RANGES.__contains__, find_foreign(text)))
    return is_foreign_narrow and not _CONTROLS().search(text)


def is_plain(text: str) -> bool:
    """Return whether every code point of `text` is known to be a character of its own, of any width."""
    return (text.isascii() and text.isprintable()) or all(map(_is_plain_one, frozenset(text)))


@lru_cache(maxsize=8192)
def _is_plain_one(char: str) -> bool:
    return char in _PLAIN


def iterate_clusters(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, cells) for each character that a reader perceives, in order, without gaps.

    Offsets count code points of `text`.
    """
    if is_plain(text):
        for at, char in enumerate(text):
            yield at, at + 1, _cells(char)
        return
    from dossier.text.clusters import iterate_spans, measure_cluster  # noqa: PLC0415 - as above

    for start, end in iterate_spans(text):
        cluster = text[start:end]
        yield start, end, 1 if " " <= cluster <= "~" and end == start + 1 else measure_cluster(cluster)


@lru_cache(maxsize=64)
def find_inner_offsets(text: str) -> frozenset[int]:
    """Return the offsets of the code points of `text` that belong to the character before them."""
    if is_plain(text):
        return frozenset()
    return frozenset(at for start, end, _cells in iterate_clusters(text) for at in range(start + 1, end))


def cut(text: str, cells: int, mark: str = ELLIPSIS) -> str:
    """Return `text`, cut off after whole characters and with `mark` behind it if it is wider than `cells`."""
    if len(text) <= cells and text.isascii():
        return text
    room = cells - width(mark)
    used = end = 0
    for _start, stop, size in iterate_clusters(text):
        used += size
        if used > cells:
            break
        if used <= room:
            end = stop
    else:
        return text
    if room < 0:
        return cut(mark, cells, "") if mark else ""
    return text[:end] + mark


def fit(text: str, cells: int) -> str:
    """Return `text` cut, or padded with spaces, to exactly `cells` (0 or more)."""
    made = cut(text, cells)
    missing = cells - width(made)
    return made + " " * missing if missing > 0 else made


@width_cache(512)
def wrap(text: str, cells: int) -> tuple[tuple[int, int], ...]:
    """Return the (start, end) spans of the lines of `text` wrapped at `cells` (1 or more), in code points.

    The spaces at a break belong to neither line; those before the first word stay. A word longer than a line is split
    between characters, and a character wider than a line has one to itself. Text without a word gives ((0, 0),).
    """
    sums, inner = _measure(text)
    total = len(text)
    lines: list[tuple[int, int]] = []
    start = 0
    while start < total:
        limit = bisect_right(sums, sums[start] + cells, start + 1) - 1
        end = total if limit == total else _line_end(text, start, limit, inner)
        stop = end
        while stop > start and text[stop - 1] in _GAPS:
            stop -= 1
        if stop > start:
            lines.append((start, stop))
        start = end
        while start < total and _is_gap(text, start, inner):
            start += 1
    return tuple(lines) or ((0, 0),)


def _measure(text: str) -> tuple[Sequence[int], Set[int]]:
    """Return the cells before each code point, and the offsets inside characters.

    The cells of the whole text come last. A character counts at its first code point.
    """
    if is_narrow(text):
        return range(len(text) + 1), frozenset()
    if is_plain(text):
        return [0, *accumulate(map(_cells, text))], frozenset()
    sums, inner = [0], set[int]()
    for start, end, size in iterate_clusters(text):
        sums.extend([sums[-1] + size] * (end - start))
        inner.update(range(start + 1, end))
    return sums, inner


def _line_end(text: str, start: int, limit: int, inner: Set[int]) -> int:
    """Return the offset at which the line that begins at `start` ends.

    `limit` is the offset up to which the line has room; it is before the end of the text. `inner` are the offsets
    inside characters.
    """
    for at in range(limit, start, -1):
        if _may_break(text, at, inner):
            return at
    for at in range(limit, start, -1):
        if at not in inner:
            return at
    end = limit + 1
    while end in inner:
        end += 1
    return end


def _may_break(text: str, at: int, inner: Set[int]) -> bool:
    """Return whether a line may end just before offset `at`."""
    before, after = text[at - 1], text[at]
    if after in _GAPS:
        return _is_gap(text, at, inner)
    if at in inner:
        return False
    if before in _GAPS:
        return True
    if before in _HYPHENS or before in _DASHES:
        return _breaks_after_hyphen(text, at)
    if before in _NOT_LAST or after in _NOT_FIRST or before in _HANGUL or after in _HANGUL:
        return False
    return before in _IDEOGRAPHIC or after in _IDEOGRAPHIC


def _breaks_after_hyphen(text: str, at: int) -> bool:
    """Return whether a line may break after the hyphen or dash before `at`: one inside a word, no minus sign."""
    if at < 2 or text[at - 2] in _GAPS or text[at - 2] in _NOT_LAST:
        return False
    after = text[at]
    if after.isalpha():
        return True
    return text[at - 1] in _DASHES and (after.isdigit() or (after in _NOT_LAST and after not in _NOT_FIRST))


def _is_gap(text: str, at: int, inner: Set[int]) -> bool:
    """Return whether the code point at `at` is a space to break at, and is not part of a longer character."""
    return text[at] in _GAPS and at not in inner and at + 1 not in inner
