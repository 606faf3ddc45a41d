"""Encoding of the difference between two frames as the shortest reasonable sequence of bytes for the terminal.

Only changed cells are sent, from top to bottom, so that a terminal that paints while it reads never shows garbage.
Unchanged cells in between are sent again where that is shorter than moving over them. Blanks up to the end of a row are
erased, and rows that moved are scrolled (see `moved_rows`). Every difference begins and ends in the plain style and
without a scroll region, so that any of them can follow any other.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import compress, groupby, pairwise, takewhile
from operator import and_, eq, itemgetter, ne
from typing import Final

from dossier.terminal.capabilities import Capabilities
from dossier.terminal.frame import BLANK_CELL, NO_TEXT, Frame, Row, find_character_start
from dossier.terminal.pen import MARGINS_OFF, CellWriter, encode_cursor_move, is_erasable, iterate_blanks
from dossier.terminal.sent_row import SentRow, extend_changes, make_sent_row
from dossier.terminal.sgr import encode_style_change, reduce_style
from dossier.terminal.spoken_rows import is_read_whole, send_whole_row
from dossier.terminal.style import PLAIN
from dossier.terminal.wrapping import LEAVE_MARGIN, keep_in_rows, separate_marks

_SYNCHRONISED_LENGTH: Final = 600
"""Characters from which a difference is enclosed in mode 2026; a shorter one arrives in one packet anyway."""
_GAP: Final = 8
_NARROW_GAP: Final = 4
"""Number of cells that can be sent in no more bytes than moving over them takes."""
_CHANGED: Final = 1
_MARKED: Final = bytes(code != ord(" ") for code in range(256))
"""What a character of a row becomes: 0 for a blank, 1 for every other."""
_GAPS: Final = (b"\1\0", b"\1\0\0", b"\1\0\0\0")
"""Where a gap between words has one blank or more, two or more, and three or more."""
_FEW_STYLED: Final = 20
_CHANGED_RUN: Final = re.compile(b"\1+")
_ERASE: Final = "\x1b[K"
_ERASING: Final = 3
_WORTH_ERASING: Final = 8


def encode_difference(before: Frame | None, after: Frame, abilities: Capabilities) -> str:
    """Return what to send to a terminal that shows `before` so that it shows `after`, or "" when they are equal.

    When `before` is None or has another size, the screen is cleared and everything is sent. The terminal must not wrap
    lines (DECAWM off). Characters that the encoding lacks become question marks. Raises LookupError when Python does
    not know the encoding.
    """
    last = was_last = after.size[1] - 1
    if after.cursor:
        # Read aloud, run by run: the sequences are those that screen readers were tried with.
        abilities = abilities._replace(edits_cells=False)
    if not abilities.stays_in_row:
        before, after = before and keep_in_rows(before), keep_in_rows(after)
    if before is None or before.size != after.size:
        before = None
        pen = CellWriter(abilities, (0, 0))
        # Resetting the scroll region moves the cursor home, too.
        pen.send_sequence(f"\x1b[m{MARGINS_OFF if abilities.has_margins else ''}\x1b[r\x1b[2J")
        rows: Sequence[Row] = ((BLANK_CELL,) * after.size[0],) * after.size[1]
    else:
        pen, rows = CellWriter(abilities, before.cursor), before.rows
        if not after.cursor and (abilities.scrolls or abilities.has_margins):
            from dossier.terminal.moved_rows import scroll_moved_rows  # noqa: PLC0415 - the first picture has none

            rows, was_last = scroll_moved_rows(pen, rows, after.rows, abilities)
    for number, (old, new) in enumerate(zip(rows, after.rows, strict=True)):
        differs = old is not new and old != new
        is_whole = is_read_whole(before, after, number, old)
        if differs or is_whole or pen.spilled or (number == last) != (number == was_last):
            was, now = make_sent_row(old, abilities, number == was_last), make_sent_row(new, abilities, number == last)
            if is_whole or (pen.spilled and after.cursor):
                column = after.cursor[1] if after.cursor and after.cursor[0] == number else 0
                send_whole_row(pen, number, was, now, abilities, column)
            else:
                _send_row(pen, number, was, now, abilities)
    pen.set_style(PLAIN)
    return _finish(pen, before, after, abilities)


def _finish(pen: CellWriter, before: Frame | None, after: Frame, abilities: Capabilities) -> str:
    """Return what was sent through `pen`, with the cursor placed or hidden, enclosed in mode 2026 when it is long."""
    if not abilities.stays_in_row and pen.column and pen.sent:
        pen.send_sequence(LEAVE_MARGIN)
        pen.column = 0
    if after.cursor:
        pen.set_cursor(*after.cursor)
    elif before is None:
        # Neovim 0.7 scrolls a window that became narrower to the cursor, and back when that is at the left edge.
        pen.send_sequence("\r")
    is_known = before is not None and bool(before.cursor) == bool(after.cursor)
    hide = "" if is_known or after.cursor else "\x1b[?25l"
    show = "\x1b[?25h" if after.cursor and not is_known else ""
    sent = hide + pen.sent + show
    sent = sent if abilities.stays_in_row else separate_marks(sent)
    if abilities.synchronises and len(sent) > _SYNCHRONISED_LENGTH:
        return f"\x1b[?2026h{sent}\x1b[?2026l"
    return sent


def _send_row(pen: CellWriter, row: int, old: SentRow, new: SentRow, abilities: Capabilities) -> None:
    """Send one row, either over the old one or after erasing that, whichever is shorter."""
    if pen.spilled:
        old = old.spoil(pen.spilled)
        pen.spilled = 0
    changed = _find_changes(old, new, abilities)
    if _CHANGED not in changed:
        return
    first = find_character_start(new.cells, changed.index(_CHANGED))
    over = pen.fork()
    _send_cells(over, row, old, new, abilities, changed)
    size = len(over.sent)
    if size > len(_ERASE) + len(new.cells) - first - new.text.count(" ", first):
        erased = old.erase(first)
        # On a cleared screen there is nothing to erase.
        if erased.cells != old.cells and _brings_blanks(new, changed, abilities):
            afresh = pen.fork()
            afresh.set_cursor(row, first)
            afresh.set_style(PLAIN)
            afresh.send_sequence(_ERASE)
            if len(afresh.sent) + _count_least(new, first, abilities) < size:
                _send_cells(afresh, row, erased, new, abilities, _find_changes(erased, new, abilities))
                over = afresh if len(afresh.sent) < size else over
    pen.join(over)


def _brings_blanks(new: SentRow, changed: bytearray, abilities: Capabilities) -> bool:
    """Return whether many of the changed cells are blanks, before those up to the end of the row."""
    cells = compress(new.cells[: _find_tail(new, abilities)], changed)
    return [*cells].count(BLANK_CELL) > _WORTH_ERASING


def _count_least(new: SentRow, first: int, abilities: Capabilities) -> int:
    """Return how many characters it takes at least to send the row from column `first` on over blanks."""
    marked = new.text[first:].encode("latin-1", "replace").translate(_MARKED)
    shown = groupby(compress(map(itemgetter(1), new.cells[first:]), marked))
    styles = (PLAIN, *[reduce_style(style, abilities) for style, _ in shown])
    changes = sum([len(encode_style_change(one, other)) for one, other in pairwise(styles)])
    words = marked.strip(b"\0")
    # A cell without a code point of its own may send nothing.
    return marked.count(1) - new.text.count(NO_TEXT, first) + changes + sum(map(words.count, _GAPS))


def _send_cells(
    pen: CellWriter, row: int, old: SentRow, new: SentRow, abilities: Capabilities, changed: bytearray
) -> None:
    tail = _find_tail(new, abilities)
    behind = changed.find(_CHANGED, tail)
    erases = behind >= 0 and changed.rfind(_CHANGED) - behind >= _ERASING
    erasable = abilities.edits_cells and not (old.disputed or new.disputed)
    for start, end in _iterate_runs(changed, tail if erases else len(changed), new, abilities):
        for first, blank, last in iterate_blanks(new, start, end, abilities) if erasable else ((start, end, end),):
            if first < blank:
                pen.set_cursor(row, first)
                pen.write_cells(old.cells, new, first, blank)
            if blank < last:
                pen.erase_cells(row, blank, last, new.cells[blank][1])
    if erases:
        if not (pen.row == row and tail <= pen.column <= behind):
            pen.set_cursor(row, tail)
        pen.set_style(new.cells[tail][1])
        pen.send_sequence(_ERASE)


def _find_changes(old: SentRow, new: SentRow, abilities: Capabilities) -> bytearray:
    """Return 1 for each column whose cell looks different, or is sent with one that does, and 0 for the others."""
    changed = _find_added(old, new, abilities)
    if changed is None:
        end = _find_common_end(old.cells, new.cells)
        changed = bytearray(map(ne, old.cells[:end], new.cells[:end]))
        if not (abilities.colours > 256 and abilities.links):
            _drop_alike(changed, old, new, abilities)
        changed += bytes(len(new.cells) - end)
    if old.disputed or new.disputed:
        for column in extend_changes([*compress(range(len(changed)), changed)], old, new):
            changed[column] = _CHANGED
    return changed


def _find_common_end(old: Row, new: Row) -> int:
    """Return a column, near the first, from which on both rows are the same: beside a text, other panes often are."""
    end = step = len(new)
    while step > _GAP:
        step //= 2
        if old[end - step : end] == new[end - step : end]:
            end -= step
    return end


def _find_added(old: SentRow, new: SentRow, abilities: Capabilities) -> bytearray | None:
    """Return the same as `_find_changes` where nothing but the blanks at the end of a row has changed; else None.

    Most cells are then not compared. None is also returned where many of the new ones are blanks in a style.
    """
    size, start = len(old.cells), len(old.text.rstrip(" "))
    if old.cells[:start] != new.cells[:start] or old.cells[start:].count(BLANK_CELL) < size - start:
        return None
    styled = new.text.count(" ", start) - new.cells[start:].count(BLANK_CELL)
    if styled > _FEW_STYLED:
        return None
    changed = bytearray(start) + new.text[start:].encode("latin-1", "replace").translate(_MARKED)
    shows_all = abilities.colours > 256 and abilities.links
    column = start - 1
    while styled:
        column = new.text.index(" ", column + 1)
        cell = new.cells[column]
        if cell is not BLANK_CELL and cell != BLANK_CELL:
            styled -= 1
            changed[column] = shows_all or reduce_style(cell[1], abilities) != PLAIN
    return changed


def _drop_alike(changed: bytearray, old: SentRow, new: SentRow, abilities: Capabilities) -> None:
    """Set 0 for columns whose cells differ only in what the terminal cannot show."""
    was = now = PLAIN
    is_alike = True
    for column in [*compress(range(len(changed)), map(and_, changed, map(eq, old.text, new.text)))]:
        before, after = old.cells[column], new.cells[column]
        if before[0] == after[0]:
            if before[1] is not was or after[1] is not now:
                was, now = before[1], after[1]
                is_alike = reduce_style(was, abilities) == reduce_style(now, abilities)
            changed[column] = not is_alike


def _find_tail(new: SentRow, abilities: Capabilities) -> int:
    """Return the column from which the row has only blanks that erasing would produce."""
    text, style = new.cells[-1]
    if text != " " or not is_erasable(style, abilities):
        return len(new.cells)
    tail = len(new.text.rstrip(" "))
    blanks = new.cells[tail:]
    if blanks.count(blanks[-1]) < len(blanks):
        # Only the last of them have one style.
        tail = len(new.cells) - sum(1 for _ in takewhile(blanks[-1].__eq__, reversed(blanks)))
    return tail


def _iterate_runs(changed: bytearray, stop: int, new: SentRow, abilities: Capabilities) -> Iterator[tuple[int, int]]:
    """Yield start and end of the columns to send: whole characters, the changed ones and short gaps between them.

    What has changed from column `stop` on is left out.
    """
    cells, size = new.cells, len(new.cells)
    open_start, open_end = -1, -1
    for found in _CHANGED_RUN.finditer(changed, 0, stop):
        start, end = found.span()
        while end < size and not cells[end][0]:
            end += 1
        if end <= open_end:
            continue
        if not cells[start][0]:
            start = find_character_start(cells, start)
        if open_start < 0:
            open_start = start
        elif start > open_end:
            style = cells[open_end][1]
            # Most gaps are one letter, or the blank between two words.
            is_letter = start - open_end == 1 and cells[start][1] is style and cells[open_end - 1][1] is style
            if not (is_letter and " " <= new.text[open_end] <= "~") and not _is_bridged(
                new, open_end, start, abilities
            ):
                yield open_start, open_end
                open_start = start
        open_end = end
    if open_start >= 0:
        yield open_start, open_end


def _is_bridged(new: SentRow, start: int, end: int, abilities: Capabilities) -> bool:
    """Return whether sending the unchanged cells again takes no more bytes than moving over them."""
    if end - start > _GAP:
        return False
    text = new.text[start:end]
    if not text.isascii() or NO_TEXT in text:
        return False
    style, last = new.cells[start - 1][1], new.cells[end][1]
    if end - start == 1:
        between = new.cells[start][1]
        if between is style or between is last:
            return True
        if style is last:
            # To leave a style and to return takes more than any move over one cell.
            return reduce_style(between, abilities) == reduce_style(style, abilities)
    styles = [style for _, style in new.cells[start - 1 : end + 1]]
    if end - start <= _NARROW_GAP and all(one is style for one in styles):
        return True
    styles = [reduce_style(style, abilities) for style in styles]
    changes = sum(len(encode_style_change(one, other)) for one, other in pairwise(styles) if one is not other)
    return len(text) + changes <= len(encode_cursor_move(0, start, 0, end)) + len(
        encode_style_change(styles[0], styles[-1])
    )
