from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.ui.viewport import Position, fill_window, lines_between, move_position, scroll_to

HEIGHTS = (2, 1, 4, 3)


def height(index: int) -> int:
    return HEIGHTS[index]


@pytest.mark.parametrize(
    ("start", "lines", "end"),
    [
        ((0, 0), 0, (0, 0)),
        ((0, 0), 1, (0, 1)),
        ((0, 0), 2, (1, 0)),
        ((0, 1), 2, (2, 0)),
        ((0, 0), 9, (3, 2)),
        ((0, 0), 100, (3, 2)),
        ((3, 2), -1, (3, 1)),
        ((3, 2), -3, (2, 3)),
        ((2, 0), -1, (1, 0)),
        ((2, 0), -100, (0, 0)),
        ((7, 0), 0, (3, 0)),
        ((0, 5), 0, (2, 2)),
    ],
)
def test_moved(start: tuple[int, int], lines: int, end: tuple[int, int]) -> None:
    assert move_position(Position(*start), lines, len(HEIGHTS), height) == end


@pytest.mark.parametrize(
    ("start", "end", "limit", "lines"),
    [
        ((0, 0), (0, 0), 5, 0),
        ((0, 0), (0, 1), 5, 1),
        ((0, 1), (2, 0), 5, 2),
        ((2, 0), (0, 1), 5, -2),
        ((0, 0), (3, 2), 50, 9),
        ((0, 0), (3, 2), 5, 5),
        ((3, 2), (0, 0), 5, -5),
        ((0, 0), (2, 3), 3, 3),
    ],
)
def test_distance(start: tuple[int, int], end: tuple[int, int], limit: int, lines: int) -> None:
    assert lines_between(Position(*start), Position(*end), height, limit) == lines


@pytest.mark.parametrize(
    ("top", "first", "last", "rows", "new"),
    [
        ((0, 0), (0, 0), (0, 1), 3, (0, 0)),  # on view: nothing moves
        ((0, 0), (2, 0), (2, 0), 4, (0, 0)),
        ((0, 0), (2, 0), (2, 1), 4, (0, 1)),  # below: no further than it must
        ((2, 0), (1, 0), (1, 0), 4, (1, 0)),  # above: at the top
        ((0, 0), (2, 0), (2, 3), 3, (2, 0)),  # does not fit: its first line at the top
        ((3, 1), (3, 1), (3, 2), 4, (2, 3)),  # no empty lines at the foot
    ],
)
def test_scrolled(
    top: tuple[int, int], first: tuple[int, int], last: tuple[int, int], rows: int, new: tuple[int, int]
) -> None:
    assert scroll_to(Position(*top), Position(*first), Position(*last), rows, len(HEIGHTS), height) == new


@pytest.mark.parametrize(
    ("top", "rows", "new"),
    [((0, 0), 4, (0, 0)), ((3, 2), 4, (2, 3)), ((3, 0), 100, (0, 0)), ((2, 0), 7, (2, 0)), ((9, 9), 1, (3, 2))],
)
def test_settled(top: tuple[int, int], rows: int, new: tuple[int, int]) -> None:
    assert fill_window(Position(*top), rows, len(HEIGHTS), height) == new


def test_nothing_to_move_in() -> None:
    assert move_position(Position(3, 4), 5, 0, height) == (0, 0)
    assert fill_window(Position(3, 4), 5, 0, height) == (0, 0)


heights = st.lists(st.integers(1, 5), min_size=1, max_size=12)


@st.composite
def panes(draw: st.DrawFn) -> tuple[list[int], list[Position]]:
    """Heights, and two places in a pane of them."""
    made = draw(heights)
    flat = flattened(made)
    return made, [flat[draw(st.integers(0, len(flat) - 1))] for _ in range(2)]


def flattened(made: list[int]) -> list[Position]:
    """Every line of the pane: the model that the functions are held to."""
    return [Position(row, line) for row, lines in enumerate(made) for line in range(lines)]


@given(panes(), st.integers(-70, 70))
def test_moved_is_a_step_in_the_flat_list(pane: tuple[list[int], list[Position]], lines: int) -> None:
    made, (start, _) = pane
    flat = flattened(made)
    at = min(max(flat.index(start) + lines, 0), len(flat) - 1)
    assert move_position(start, lines, len(made), made.__getitem__) == flat[at]


@given(panes(), st.integers(1, 70))
def test_distance_is_a_difference_in_the_flat_list(pane: tuple[list[int], list[Position]], limit: int) -> None:
    made, (start, end) = pane
    flat = flattened(made)
    lines = flat.index(end) - flat.index(start)
    assert lines_between(start, end, made.__getitem__, limit) == max(-limit, min(limit, lines))


@given(panes(), st.integers(1, 20), st.data())
def test_scrolled_moves_the_window_no_further_than_it_must(
    pane: tuple[list[int], list[Position]], rows: int, data: st.DataObject
) -> None:
    made, (first, top) = pane
    flat = flattened(made)
    begin = flat.index(first)
    end = data.draw(st.integers(begin, len(flat) - 1))
    lowest = max(0, len(flat) - rows)
    good = [at for at in range(lowest + 1) if at <= begin and end < at + rows] or [min(begin, lowest)]
    wanted = min(good, key=lambda at: abs(at - flat.index(top)))
    assert scroll_to(top, first, flat[end], rows, len(made), made.__getitem__) == flat[wanted]


def test_a_walk_looks_only_at_what_it_passes() -> None:
    asked: list[int] = []

    def counted(index: int) -> int:
        asked.append(index)
        return 2

    cumulative = list(accumulate([2] * 10))
    assert move_position(Position(500_000, 1), 7, 1_000_000, counted) == Position(500_004, 0)
    assert lines_between(Position(500_000, 0), Position(900_000, 0), counted, cumulative[4]) == 10
    assert set(asked) <= set(range(500_000, 500_010))
