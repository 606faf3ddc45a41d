"""A row of a frame as it is sent to a terminal, and how far terminals may draw its characters.

The cells hold exactly what is sent, as wide as it is measured. Where terminals disagree about the width of a character,
the cells that one of them may draw over are known, so that they can be sent again.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from itertools import pairwise
from operator import itemgetter
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.terminal.capabilities import Capabilities
from dossier.terminal.character_encoding import begins_with_mark, encode_character, is_sent_unchanged
from dossier.terminal.frame import BLANK_CELL, NO_TEXT, Cell, Row, find_character_start, read_row
from dossier.terminal.style import PLAIN
from dossier.text.ambiguous_width import forget_at_change, width_cache
from dossier.text.disputed_widths import find_widest, has_agreed_width, has_disputed_width
from dossier.text.width import width

_UNICODE: Final = ("utf-8", "utf8", "utf_8")
_FLAG_LETTERS: Final = "".join(map(chr, range(0x1F1E6, 0x1F200)))
_VIRAMA: Final = 9
"""Canonical combining class of the signs that join the consonants of Indic scripts."""
_LAM: Final = "\u0644"
_LAM_ALEF: Final = {"\u0622": "\ufef5", "\u0623": "\ufef7", "\u0625": "\ufef9", "\u0627": "\ufefb"}
"""The ligature of lam with each kind of alef."""


class DisputedCharacter(NamedTuple):
    """A character whose width terminals disagree about.

    start    the first column to send: its own, or that of the blank before it
    joined   the column up to which a change makes it look different: its end, or the end of the next cell when a
             terminal may draw the next letter together with it
    reach    the column up to which a terminal may draw it, which may be beyond the end of the row
    """

    start: int
    joined: int
    reach: int


class SentRow(NamedTuple):
    """Cells as they are sent, and the disputed characters among them by their first column.

    `text` is what `frame.read_row` returns for the cells.
    """

    cells: Row
    disputed: Mapping[int, DisputedCharacter]
    text: str

    def erase(self, start: int) -> "SentRow":
        """Return the row with blanks from column `start` on, which is the edge of a character."""
        cells = self.cells[:start] + (BLANK_CELL,) * (len(self.cells) - start)
        disputed = {column: one for column, one in self.disputed.items() if column < start} if self.disputed else _NONE
        return SentRow(cells, disputed, self.text[:start] + " " * (len(self.cells) - start))

    def spoil(self, end: int) -> "SentRow":
        """Return the row with unknown content up to column `end` at least."""
        while end < len(self.cells) and not self.cells[end][0]:
            end += 1
        unknown = min(end, len(self.cells))
        cells = (_UNKNOWN_CELL,) * unknown + self.cells[end:]
        return SentRow(cells, self.disputed, NO_TEXT * unknown + self.text[end:])


_UNKNOWN_CELL: Final[Cell] = ("\0", PLAIN)
_ROWS_KEPT: Final = 256
# The row that is drawn over was drawn itself before. Comparing rows would take as long as making them.
_recent: Final[dict[tuple[int, Capabilities, bool], tuple[Row, SentRow]]] = {}
forget_at_change(_recent.clear)
_NONE: Final[Mapping[int, DisputedCharacter]] = {}


def make_sent_row(row: Row, abilities: Capabilities, is_last: bool = False) -> SentRow:
    """Return the row as it is sent to a terminal with these capabilities. `is_last` is true for the screen's last row.

    There, a character at the right edge that a terminal may draw beyond it is shortened, since the screen would scroll.
    """
    key = (id(row), abilities, is_last)
    kept = _recent.get(key)
    if kept and kept[0] is row:
        return kept[1]
    if len(_recent) >= _ROWS_KEPT:
        _recent.clear()
    made = _make_sent_row(row, abilities, is_last)
    _recent[key] = (row, made)
    return made


def _make_sent_row(row: Row, abilities: Capabilities, is_last: bool) -> SentRow:
    text = read_row(row)
    texts = set(map(itemgetter(0), row)) if NO_TEXT in text else set(text)
    is_common = all(map(_is_common, texts)) and not (abilities.counts_marks and max(map(len, texts), default=0) > 1)
    cells = row if is_common else tuple(_encode_cells(row, abilities))
    if abilities.joins_lam_alef and _LAM in texts:
        cells = _join_lam_alef(cells)
    if abilities.encoding not in _UNICODE:
        cells = replace_unencodable(cells, abilities.encoding)
    if is_common:
        return SentRow(cells, _NONE, text if cells is row else read_row(cells))
    if is_last or abilities.counts_marks:
        cells = _shorten_last(cells, abilities)
    return SentRow(cells, _find_disputed(cells, abilities), read_row(cells))


@width_cache(8192)
def _is_common(text: str) -> bool:
    """Return whether the text of a cell is sent as it is to every terminal, and no terminal disputes its width."""
    if text.isascii():
        return True
    is_agreed = has_agreed_width(text) or (width(text) == 1 and not has_disputed_width(text, 1))
    return is_agreed and is_sent_unchanged(text) and not begins_with_mark(text) and not _joins_next(text)


def _joins_next(text: str) -> bool:
    return unicodedata.combining(text[-1]) == _VIRAMA


def extend_changes(changed: list[int], old: SentRow, new: SentRow) -> list[int]:
    """Return the columns to send so that nothing wrong is left anywhere when these columns have changed.

    Whoever draws a disputed character again may draw over other cells, and has to send those again, too. So it is with
    a disputed character that is drawn over: parts of it may stand beyond its own cells.
    """
    if not changed or not (old.disputed or new.disputed):
        return changed
    size = len(new.cells)
    dirty = bytearray(size)
    for column in changed:
        dirty[column] = 1
    disputed = sorted({*old.disputed.values(), *new.disputed.values()})
    while _spread(dirty, disputed):
        pass
    return [column for column in range(size) if dirty[column]]


def _spread(dirty: bytearray, disputed: list[DisputedCharacter]) -> bool:
    """Mark the cells of each character that is touched, and return whether there were any new ones."""
    size, has_grown = len(dirty), False
    for start, joined, reach in disputed:
        end = min(reach, size)
        if 1 in dirty[start:joined] and 0 in dirty[start:end]:
            dirty[start:end] = b"\1" * (end - start)
            has_grown = True
    return has_grown


def iterate_characters(row: Row) -> Iterator[tuple[int, int, Cell]]:
    """Yield start, end and first cell of each character of the row."""
    start, size = 0, len(row)
    while start < size:
        end = start + 1
        while end < size and not row[end][0]:
            end += 1
        yield start, end, row[start]
        start = end


def _encode_cells(row: Row, abilities: Capabilities) -> Iterator[Cell]:
    for start, end, cell in iterate_characters(row):
        text, style = cell
        sent = text if text.isascii() else encode_character(text, abilities)
        if sent == text:
            yield from row[start:end]
            continue
        # What is sent instead may be narrower.
        taken = min(width(sent), end - start) if sent else 0
        yield from ((sent, style), *(("", style),) * (taken - 1)) if taken else ()
        yield from ((" ", style),) * (end - start - taken)


def _join_lam_alef(row: Row) -> Row:
    """Return the row with a ligature for each lam with an alef, in the cell of the lam, and a blank behind it.

    So both letters take two cells where a terminal would draw them in one.
    """
    made = list(row)
    for column, ((text, style), (after, other)) in enumerate(pairwise(row)):
        if text == _LAM and after[:1] in _LAM_ALEF:
            made[column : column + 2] = (_LAM_ALEF[after[0]] + after[1:], style), (" ", other)
    return tuple(made)


def _shorten_last(row: Row, abilities: Capabilities) -> Row:
    """Return the row without the last code points of its last character that a terminal may draw beyond the row."""
    size = len(row)
    start = find_character_start(row, size - 1)
    text, style = row[start]
    kept = text
    while len(kept) > 1 and start + _find_reach(kept, size - start, abilities) > size:
        kept = kept[:-1]
    if kept == text:
        return row
    taken = min(width(kept), size - start)
    return (*row[:start], (kept, style), *(("", style),) * (taken - 1), *((" ", style),) * (size - start - taken))


def _find_reach(text: str, cells: int, abilities: Capabilities) -> int:
    """Return the number of cells that a terminal may draw the character over, which is measured as `cells`."""
    if abilities.counts_marks and len(text) > 1:
        return max(cells, find_widest(text), len(text))
    return max(cells, find_widest(text)) if has_disputed_width(text, cells) else cells


def _find_disputed(cells: Row, abilities: Capabilities) -> Mapping[int, DisputedCharacter]:
    found: dict[int, DisputedCharacter] = {}
    size, joined = len(cells), -1
    for start, text in [(column, text) for column, (text, _) in enumerate(cells) if not text.isascii()]:
        end = start + 1
        while end < size and not cells[end][0]:
            end += 1
        joins = _joins_next(text)
        counts = abilities.counts_marks and len(text) > 1
        if joins or counts or start == joined or has_disputed_width(text, end - start):
            reach = max(end + joins, start + _find_reach(text, end - start, abilities))
            found[start] = DisputedCharacter(start - _needs_blank(cells, start), end + joins, reach)
        joined = end if joins else -1
    return found or _NONE


def _needs_blank(cells: Row, start: int) -> bool:
    """Return whether the blank before this character has to be sent with it.

    kitty takes a flag apart, so that it has four cells, when the cell before it was never written.
    """
    return bool(start) and cells[start][0][0] in _FLAG_LETTERS and cells[start - 1][0] == " "


def replace_unencodable(row: Row, encoding: str) -> Row:
    """Return the row with a question mark for each character that the encoding lacks.

    A letter whose combining marks are lacking is sent without them.
    """
    if encoding.lower() in _UNICODE or _is_encodable("".join([text for text, _ in row]), encoding):
        return row
    made: list[Cell] = []
    for (text, style), (following, _) in zip(row, (*row[1:], BLANK_CELL), strict=True):
        if not text:
            made.append(("?" if made and made[-1][0] == "?" else "", style))
        elif _is_encodable(text, encoding):
            made.append((text, style))
        else:
            made.append((text[0] if following and _is_encodable(text[0], encoding) else "?", style))
    return tuple(made)


def _is_encodable(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
