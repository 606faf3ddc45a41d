"""Selecting words with the keyboard: the keys that move a selection, each as a function of the state.

The cursor follows the end that moves, which is therefore always in view. A selection stays inside its entry.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import accumulate
from typing import Final

from dossier.core.dataclasses import replace
from dossier.core.entry import Entry
from dossier.text.sentences import find_sentence
from dossier.ui.actions import Result
from dossier.ui.commands import BY_ID
from dossier.ui.cursor_moves import move_by_lines
from dossier.ui.pane import Pane
from dossier.ui.render.entry_style import EntryLook
from dossier.ui.selection import (
    Selection,
    Span,
    find_selectable_text,
    find_selectable_words,
    move_by_words,
    move_to_edge,
    select_words,
    swap_ends,
)
from dossier.ui.state import State, move_cursor
from dossier.ui.viewport import Position

_USES: Final = ("copy", "mark", "note", "export", "pipe", "help", "commands", "redraw", "suspend")
"""The commands that do not end the selection: they use it, or do not move the cursor."""
_MOST: Final = 999
"""The greatest count."""
_NOUNS: Final = {"para": "paragraph", "heading": "heading", "headline": "headline", "subtitle": "subtitle"}

_Move = Callable[[Selection, Pane, Entry, int], Selection]


def start_selection(state: State) -> Result:
    """Return the state with words selected: the chosen link, the hit that was found, or the line's first word."""
    entry = state.entry
    words = find_selectable_words(entry) if entry and entry.ref.kind and entry.ref.article else ()
    if entry is None or not words:
        return Result(state, "no words to select here")
    selection = select_words(entry.ref, words, _first_span(state, entry, words)) or Selection(
        entry.ref, words[0], words[0]
    )
    return Result(_follow_head(replace(state, selection=selection)))


def press_selection_key(state: State, key: str) -> Result | None:
    """Return the state after a key while words are selected; None for a key that is no key of a selection."""
    selection, entry = state.selection, state.entry
    if selection is None or entry is None:
        return None
    if key in ("escape", "ctrl+c"):
        return Result(replace(state, selection=None))
    if len(key) == 1 and key in "0123456789" and (key != "0" or selection.count):
        count = min(10 * selection.count + int(key), _MOST)
        return Result(replace(state, selection=replace(selection, count=count)))
    if key not in _MOVES:
        return None
    moved = _MOVES[key](selection, state.pane, entry, selection.count or 1)
    if moved == selection and key in _STEPS:
        return Result(replace(state, selection=replace(selection, count=0)), _edge_words(entry))
    return Result(_follow_head(replace(state, selection=replace(moved, count=0))))


def take_selection(state: State, command_id: str) -> tuple[State, str]:
    """Return the state in which a command is to be run while words are selected, and the command's id.

    A command that may move the cursor elsewhere ends the selection first. The commands `leave` and `select` only end
    it, and `follow` (Enter) marks the words.
    """
    if state.selection is None or command_id in _USES:
        return state, command_id
    if command_id == "follow" and "mark" in BY_ID:
        return state, "mark"
    return replace(state, selection=None), "" if command_id in ("leave", "select") else command_id


def end_lost_selection(state: State) -> State:
    """Return the state without its selection if the cursor is on another entry, or on none."""
    selection = state.selection
    if selection is None or (state.entry and state.entry.ref == selection.entry):
        return state
    return replace(state, selection=None)


def _first_span(state: State, entry: Entry, words: tuple[Span, ...]) -> Span:
    pane, hit = state.pane, state.find.hit
    if pane.link_number is not None:
        anchor = entry.anchors[pane.link_number]
        return anchor.start, anchor.end
    if hit and hit[0] == entry.ref and pane.line_at(pane.cursor.row, hit[1][0]) == pane.cursor.line:
        return hit[1]
    lines = find_word_lines(pane, words)
    return words[min(bisect_left(lines, pane.cursor.line), len(words) - 1)]


def find_word_lines(pane: Pane, words: tuple[Span, ...]) -> list[int]:
    """Return the line of the cursor's row, from 0, on which each word begins.

    The row is drawn once with all words highlighted. A line break leaves out no code point of a word, so counting the
    highlighted ones on each line is enough.
    """
    drawn = pane.draw_row(pane.cursor.row, EntryLook(hits=words))
    marked = [sum(len(piece.text) for piece in line if "hit" in piece.style.split()) for line in drawn.lines]
    ends = list(accumulate(marked))
    begins = accumulate((end - start for start, end in words[:-1]), initial=0)
    return [len(drawn.head) + min(bisect_right(ends, begin), len(ends) - 1) for begin in begins]


def _number_of_head(selection: Selection, words: tuple[Span, ...]) -> int:
    """Return the number of the word at which the head begins."""
    return min(bisect_right(words, selection.head[0], key=lambda word: word[1]), len(words) - 1)


def _follow_head(state: State) -> State:
    """Return the state with the cursor on the line of the end that moves."""
    selection = state.selection
    if selection is None:
        return state
    entry = state.entry
    words = find_selectable_words(entry) if entry else ()

    def follow(pane: Pane) -> Pane:
        row, line = pane.cursor.row, find_word_lines(pane, words)[_number_of_head(selection, words)]
        if pane.by_line:
            return move_by_lines(pane, line - pane.cursor.line)
        # All lines of a list's row are in view, unless it is higher than the pane.
        return pane.at(Position(row, line)) if pane.row_height(row) > pane.rows else pane.at(pane.cursor)

    return move_cursor(state, follow)


def _move_words(sign: int, selection: Selection, pane: Pane, entry: Entry, count: int) -> Selection:
    return move_by_words(selection, find_selectable_words(entry), sign * count)


def _move_sentences(sign: int, selection: Selection, pane: Pane, entry: Entry, count: int) -> Selection:
    """Return the selection with its head at the end of its sentence or, with `sign` -1, at the beginning.

    A head that is there already moves on by a sentence. Quote marks around a sentence belong to it.
    """
    words = find_selectable_words(entry)
    move = _move_to_sentence_end if sign > 0 else _move_to_sentence_start
    for _ in range(count):
        there = move(selection, entry, words)
        if there == selection:
            break
        selection = there
    return selection


def _move_to_sentence_end(selection: Selection, entry: Entry, words: Sequence[Span]) -> Selection:
    head = selection.head
    end = _find_sentence(entry, head)[1]
    if head[1] >= end:
        following = next((word for word in words if word[0] >= head[1]), None)
        if following is None:
            return selection
        end = _find_sentence(entry, following)[1]
    last = [word for word in words if word[0] < end][-1]
    return replace(selection, head=(last[0], end))


def _move_to_sentence_start(selection: Selection, entry: Entry, words: Sequence[Span]) -> Selection:
    head = selection.head
    start = _find_sentence(entry, head)[0]
    if head[0] <= start:
        before = next((word for word in reversed(words) if word[1] <= head[0]), None)
        if before is None:
            return selection
        start = _find_sentence(entry, before)[0]
    first = next(word for word in words if word[1] > start)
    return replace(selection, head=(start, first[1]))


def _find_sentence(entry: Entry, span: Span) -> Span:
    first, last = find_selectable_text(entry)
    start, end = find_sentence(entry.text[first:last], span[0] - first, span[1] - first)
    return first + start, first + end


def _move_lines(sign: int, selection: Selection, pane: Pane, entry: Entry, count: int) -> Selection:
    """Return the selection with its head moved by some lines, near the column where it was."""
    words = find_selectable_words(entry)
    lines, at = find_word_lines(pane, words), _number_of_head(selection, words)
    line = min(max(lines[at] + sign * count, lines[0]), lines[-1])
    if line == lines[at]:
        return selection
    column = words[at][0] - words[bisect_left(lines, lines[at])][0]
    first, behind = bisect_left(lines, line), bisect_right(lines, line)
    # If no word begins on that line, the next word is nearest.
    on_line = words[first : max(behind, first + 1)]
    reached = [word for word in on_line if word[0] <= on_line[0][0] + column]
    return replace(selection, head=reached[-1])


def _move_to_line_edge(last: bool, selection: Selection, pane: Pane, entry: Entry, count: int) -> Selection:
    words = find_selectable_words(entry)
    lines = find_word_lines(pane, words)
    line = lines[_number_of_head(selection, words)]
    word = words[bisect_right(lines, line) - 1 if last else bisect_left(lines, line)]
    # If the head is there already, quote marks around a sentence stay selected.
    is_there = selection.head[1] >= word[1] if last else selection.head[0] <= word[0]
    return selection if is_there else replace(selection, head=word)


def _move_to_text_edge(last: bool, selection: Selection, pane: Pane, entry: Entry, count: int) -> Selection:
    return move_to_edge(selection, entry, last)


def _swap(selection: Selection, pane: Pane, entry: Entry, count: int) -> Selection:
    return swap_ends(selection)


_STEPS: Final[Mapping[str, _Move]] = {
    **dict.fromkeys(("l", "w", "right"), partial(_move_words, 1)),
    **dict.fromkeys(("h", "b", "left"), partial(_move_words, -1)),
    **dict.fromkeys(("j", "down"), partial(_move_lines, 1)),
    **dict.fromkeys(("k", "up"), partial(_move_lines, -1)),
    "right_parenthesis": partial(_move_sentences, 1),
    "left_parenthesis": partial(_move_sentences, -1),
}
_MOVES: Final[Mapping[str, _Move]] = {
    **_STEPS,
    **dict.fromkeys(("0", "home"), partial(_move_to_line_edge, False)),
    **dict.fromkeys(("dollar_sign", "end"), partial(_move_to_line_edge, True)),
    "g": partial(_move_to_text_edge, False),
    "G": partial(_move_to_text_edge, True),
    "o": _swap,
}


def _edge_words(entry: Entry) -> str:
    return f"a selection stays inside its {_NOUNS.get(entry.ref.kind, 'row')}"


def pending_words(selection: Selection | None, pending: str) -> str:
    """Return what the foot line shows of an unfinished command: the count for the next move, or `pending`."""
    return f"{selection.count}…" if selection and selection.count else pending
