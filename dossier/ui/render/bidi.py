"""What keeps right-to-left text in its columns where a terminal reorders it.

The text itself is sent in reading order. A terminal that supports such text reorders each row by the Unicode
bidirectional algorithm (UAX #9), as if it were one paragraph ("BiDi in Terminal Emulators",
https://terminal-wg.pages.freedesktop.org/bidi/, implicit mode). It knows nothing of columns, so it would move borders,
spaces and numbers between two runs into the wrong column.

Design: a left-to-right mark, U+200E, follows every run. Another one precedes the first run, by which terminals that
guess the direction of a row take it for left-to-right. Isolates (U+2066 to U+2069) are not used: they come in pairs, of
which a terminal that is sent only changed cells may keep one half, and some terminals have them wrong (mintty 2.9.5) or
do not know them. VTE and Konsole keep the mark with the character before it, as they do with accents; VTE takes it into
account when it reorders a row. tmux 3.3a keeps it, too. A terminal that does not reorder text draws nothing for it.
Some give it a cell, so its width counts as disputed; where it would be printed as its number, none is sent.

The terminal is not asked to leave the order alone (explicit mode, CSI 8 l): few know that mode, none tells whether it
does, tmux does not pass it on, and joining the letters of Arabic would then be up to this program.

PuTTY drops the mark, and has no sequence that turns its reordering off. It takes the direction of a row from the first
letter in it, and reorders what is between two letters of left-to-right scripts. So the borders beside
right-to-left text become such a letter, U+01C0, which looks like one; a font that lacks it shows a box there. No text
gets past a border then, and every left-to-right word keeps its columns. Two fields that would change places get a
border between them. Within one field, a number or sign between two right-to-left words stands where a text of these
words alone would have it. PuTTY is known by TERM=putty or, since it usually says TERM=xterm, by what it answers when it
is asked with the first picture. Until then, and where it is not asked, as in tmux, it gets the marks, which do it no
harm. GNU screen 5 gets such borders, too, for the sake of the terminal around it: it counts a mark as a cell, and then
draws over the letter before. mlterm and Emacs' terminal reorder rows as PuTTY does: mlterm keeps a mark in a cell of
its own, and loses it when the text behind the mark is placed in its column; Emacs draws a mark as a cell.

kitty reorders no row, only the letters of a word, and shows those of a word behind a mark from left to right. It gets
neither marks nor such borders.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from dossier.text.code_points import CodePointRanges, find_foreign
from dossier.text.late_patterns import compile_late
from dossier.text.width import iterate_clusters, width
from dossier.ui.render.flow import Line, Piece

DIRECTION_MARK: Final = "\u200e"

# The blocks that Unicode reserves for right-to-left scripts (DerivedBidiClass.txt), with their digits, points and
# punctuation, and the right-to-left mark.
_BLOCKS: Final = "\u0590\u08ff\u200f\u200f\ufb1d\ufdff\ufe70\ufefe\U00010800\U00010fff\U0001e800\U0001efff"
_RIGHT_RANGES: Final = CodePointRanges(_BLOCKS)
_RIGHT: Final = "".join(map("{}-{}".format, _BLOCKS[::2], _BLOCKS[1::2]))
# A run may contain digits, punctuation and single spaces, since two spaces are the gap between columns. It does not
# contain the signs that this program puts between fields.
_WITHIN: Final = r"(?:[!-@\[-`{}~\xa0\xab\xb0\xbb\u0300-\u036f\u200c\u200d\u2010-\u201f\u2026\u202f-\u2038]| (?! ))"
# A digit that carries marks, as in a keycap, is a sign of its own.
_NUMBER: Final = r"(?:[ :.,/-]?[$\xa3\u20aa\u20ac+-]?[0-9]++%?(?![\u0300-\u036f\u200d\u20d0-\u20ff\ufe00-\ufe0f]))*"

_LETTER_BORDER: Final = "\u01c0"
_BORDERS: Final = frozenset("│╭╮├┤╰╯")
# Classes of UAX #9: letters and, of those, the right-to-left ones; what a number or right-to-left letter draws along.
_STRONG: Final = frozenset(("L", "R", "AL"))
_RIGHTWARD: Final = frozenset(("R", "AL"))
_TURNED: Final = frozenset(("R", "AL", "EN", "AN"))
_TURNING: Final = _STRONG | _TURNED
_GAP: Final = compile_late(" {2,}(?=[^ ])")
_MARKS: Final = str.maketrans(dict.fromkeys((DIRECTION_MARK, "\u200f", "\u061c")))


def add_direction_marks(line: Line) -> Line:
    """Return the row, or a column of it, with marks around its right-to-left runs; without such runs, the same line.

    The marks take no cell: each belongs to the character before it. So a run at the beginning of the line has no mark
    before it. Lines have to be wrapped and cut before this, and signs replaced by ASCII after it.
    """
    text = "".join([piece.text for piece in line])
    if not _has_right(text):
        return line
    places = _mark_offsets(text)
    pieces, start = [], 0
    for piece in line:
        end = start + len(piece.text)
        edges = (start, *(place for place in places if start < place <= end))
        parts = (text[one:other] for one, other in pairwise((*edges, end)))
        pieces.append(piece._replace(text=DIRECTION_MARK.join(parts)))
        start = end
    return tuple(pieces)


def remove_direction_marks(line: Line) -> Line:
    """Return the line without the marks that its text brings along, for a terminal that would print their numbers."""
    text = "".join([piece.text for piece in line])
    if text.isascii() or text.translate(_MARKS) == text:
        return line
    return tuple([piece._replace(text=piece.text.translate(_MARKS)) for piece in line])


def draw_letter_borders(line: Line) -> Line:
    """Return the row with letters for its borders if it has right-to-left text; see above on PuTTY.

    A row whose first letter would be a right-to-left one gets one at a blank before that, and two fields that would
    change places get one in the gap between them.
    """
    text = "".join([piece.text for piece in line])
    if not _has_right(text):
        return line
    text, start, pieces = _with_letters(text), 0, list[Piece]()
    for piece in line:
        end = start + len(piece.text)
        pieces.append(piece._replace(text=text[start:end]))
        start = end
    return tuple(pieces)


@lru_cache(maxsize=512)
def _with_letters(text: str) -> str:
    """Return a text of the same length with letters for borders and, where needed, for blanks."""
    text = _replace_borders(text)
    if _first_kind(text, _STRONG) in _RIGHTWARD:
        before, blank, after = text.partition(" ")
        text = before + _LETTER_BORDER + after if blank and not _has_right(before) else text
    for gap in _GAP().finditer(text):
        at = gap.start() + 1
        if _first_kind(text[at::-1], _STRONG) in _RIGHTWARD and _first_kind(text[at:], _TURNING) in _TURNED:
            text = f"{text[:at]}{_LETTER_BORDER}{text[at + 1 :]}"
    return text


def _replace_borders(text: str) -> str:
    """Return the text with a letter for each border that is next to right-to-left text, on either side."""
    chars = list(text)
    edges = [at for at, char in enumerate(text) if char in _BORDERS]
    for before, after in pairwise((-1, *edges, len(text))):
        if _has_right(text[before + 1 : after]):
            for at in {before, after}.intersection(edges):
                chars[at] = _LETTER_BORDER
    return "".join(chars)


def _first_kind(text: str, kinds: frozenset[str]) -> str:
    """Return the bidirectional class of the first character that has one of these classes, or ""."""
    return next((kind for kind in map(unicodedata.bidirectional, text) if kind in kinds), "")


# The rows of a page that was shown before come again.
@lru_cache(maxsize=512)
def _has_right(text: str) -> bool:
    return any(map(_RIGHT_RANGES.__contains__, find_foreign(text)))


@lru_cache(maxsize=512)
def _mark_offsets(text: str) -> tuple[int, ...]:
    """Return the code point offsets before which a mark has to be inserted, all of them between characters."""
    starts = [start for start, _, _ in iterate_clusters(text)]
    return tuple(dict.fromkeys(_between_characters(text, starts)))


def _between_characters(text: str, starts: list[int]) -> Iterator[int]:
    """Yield the offsets for marks, where `starts` are those of the characters of the text.

    A run that ends inside a character includes it if it has a right-to-left letter, and else ends before it.
    """
    for number, run in enumerate(_run().finditer(text)):
        before = starts[bisect_right(starts, run.start()) - 1]
        if not number and width(text[:before]):
            yield before
        at = bisect_right(starts, run.end() - 1)
        start, end = starts[at - 1], starts[at] if at < len(starts) else len(text)
        yield end if end == run.end() or _has_right(text[start:end]) else start


@cache
def _run() -> re.Pattern[str]:
    marks = r"[\u0300-\u036f\u200c\u200d]*"
    return re.compile(f"[{_RIGHT}]+(?:{_WITHIN}*[{_RIGHT}]+)*{marks}{_NUMBER}")
