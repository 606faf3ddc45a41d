"""The commands that take a count, typed before their key (`5j`, `12G`), each as a function of the count and the state.

A count means the same as in vim and less. It is the number of steps; for half pages, the number of lines; for the first
and last line, the number of a row or paragraph; for `%`, the percentage.
"""

from collections.abc import Callable, Mapping
from functools import partial

from dossier.ui.actions import ACTIONS, STEPS, Result
from dossier.ui.cursor_moves import move_by_lines, move_by_paragraphs, move_to_row, move_to_share, scroll_pane
from dossier.ui.navigation import go_back, go_forward
from dossier.ui.pane import Pane
from dossier.ui.pane_scope import SHELF
from dossier.ui.state import State, move_cursor

CountedMove = Callable[[int, State], Result]

_MOST_REPEATS = 100
"""The most times that a command is done one by one, since the state between any two of them is worked out, too."""
_MOST_LINES = 10_000
"""The most lines that a window moves by, since the rows on the way are measured."""


def _by(move: Callable[[Pane, int], Pane], count: int, state: State) -> Result:
    return Result(move_cursor(state, lambda pane: move(pane, count)))


def _pages(lines_of: Callable[[Pane], int], count: int, state: State) -> Result:
    """Move by `count` times as many lines as `lines_of` tells, which are negative on the way up."""
    lines = lines_of(state.pane) * count
    return _by(Pane.move_page, min(max(lines, -_MOST_LINES), _MOST_LINES), state)


def _steps(name: str, sign: int, count: int, state: State) -> Result:
    return STEPS[name](sign * count, state)


def _repeat(command: str, count: int, state: State) -> Result:
    """Do a command so many times, or until it moves the cursor no more."""
    result = ACTIONS[command](state)
    for _ in range(min(count, _MOST_REPEATS) - 1):
        following, pane = ACTIONS[command](result.state), result.state.pane
        if (following.state.pane.cursor, following.state.pane.link_number) == (pane.cursor, pane.link_number):
            break
        result = following
    return result


def _paragraphs(command: str, sign: int, count: int, state: State) -> Result:
    if state.pane.by_line:
        return _by(move_by_paragraphs, sign * count, state)
    return _repeat(command, count, state)


def _hits(command: str, sign: int, count: int, state: State) -> Result:
    return _repeat(command, count, state) if state.focus in SHELF else _steps("hit", sign, count, state)


def _jumps(command: str, count: int, state: State) -> Result:
    there = go_back(state, count) if command == "back" else go_forward(state, count)
    return Result(there) if there else ACTIONS[command](state)


def _widen(count: int, state: State) -> Result:
    # There are two or three widths, so that after six steps the first one comes again.
    result = ACTIONS["widen"](state)
    for _ in range((count - 1) % 6):
        result = ACTIONS["widen"](result.state)
    return result


COUNTED_ACTIONS: Mapping[str, CountedMove] = {
    "line-down": partial(_by, move_by_lines),
    "line-up": partial(_by, lambda pane, count: move_by_lines(pane, -count)),
    "half-page-down": partial(_pages, lambda pane: 1),
    "half-page-up": partial(_pages, lambda pane: -1),
    "page-down": partial(_pages, lambda pane: max(1, pane.rows - 1)),
    "page-up": partial(_pages, lambda pane: -max(1, pane.rows - 1)),
    "top": partial(_by, move_to_row),
    "end": partial(_by, move_to_row),
    "percent": partial(_by, move_to_share),
    "scroll-down": partial(_by, scroll_pane),
    "scroll-up": partial(_by, lambda pane, count: scroll_pane(pane, -count)),
    "paragraph-next": partial(_paragraphs, "paragraph-next", 1),
    "paragraph-previous": partial(_paragraphs, "paragraph-previous", -1),
    "period-next": partial(_repeat, "period-next"),
    "period-previous": partial(_repeat, "period-previous"),
    "link-next": partial(_steps, "link", 1),
    "link-previous": partial(_steps, "link", -1),
    "pane-next": partial(_steps, "pane", 1),
    "pane-previous": partial(_steps, "pane", -1),
    "hit-next": partial(_hits, "hit-next", 1),
    "hit-previous": partial(_hits, "hit-previous", -1),
    "mention-next": partial(_steps, "mention", 1),
    "mention-previous": partial(_steps, "mention", -1),
    "back": partial(_jumps, "back"),
    "forward": partial(_jumps, "forward"),
    "widen": _widen,
}
"""The functions by the ids of their commands. A count is at least 1."""
