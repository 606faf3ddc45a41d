"""Keys that are handle_early_keys before the toolkit is there: moves alone, in order, and nothing is lost."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count

import pytest
from rooms import ferry
from waiting import PATIENCE

from dossier.cli import early_keys
from dossier.cli.early_input import EarlyInput
from dossier.cli.early_keys import EarlyState, TerminalLine, handle_early_keys
from dossier.cli.first_paint import FirstPaint, compose
from dossier.terminal import tty
from dossier.terminal.capabilities import Capabilities
from dossier.terminal.emulator import Emulator
from dossier.terminal.frame import Frame
from dossier.terminal.tty import PaintedTerminal
from dossier.text.ambiguous_width import ambiguous_width, use_ambiguous_width
from dossier.ui.actions import ACTIONS
from dossier.ui.options import DEFAULT_OPTIONS, DisplayOptions
from dossier.ui.render.flow import Line

SIZE = (80, 24)
"""What a descriptor that is no terminal is taken for."""


@contextmanager
def pipes(is_resized: Callable[[], bool] = lambda: False) -> Iterator[tuple[int, int, TerminalLine]]:
    """Yield the ends of a line, to which a test writes keys and from which it reads screens, and the line."""
    source, keys = os.pipe()
    shown, sink = os.pipe()
    os.set_blocking(sink, False)
    os.set_blocking(shown, False)
    # With the sequences of the toolkit alone, which the program's own emulator reads.
    abilities = Capabilities(edits_cells=False)
    try:
        yield keys, shown, TerminalLine(EarlyInput(source), sink, abilities, is_resized)
    finally:
        for end in (source, keys, shown, sink):
            os.close(end)


def type_(keys: bytes, manner: DisplayOptions = DEFAULT_OPTIONS) -> tuple[EarlyState, str]:
    """Return the result of these keys, and what was sent."""
    with pipes() as (far, shown, line):
        os.write(far, keys)
        looks = count()
        now = handle_early_keys(compose(ferry(), manner, SIZE), manner, line, lambda: next(looks) > 3)
        try:
            return now, os.read(shown, 1 << 16).decode()
        except BlockingIOError:
            return now, ""


def moved(*names: str, manner: DisplayOptions = DEFAULT_OPTIONS) -> FirstPaint:
    state = compose(ferry(), manner, SIZE).state
    for name in names:
        state = ACTIONS[name](state).state
    return compose(state, manner, SIZE)


@pytest.mark.parametrize(
    ("keys", "moves", "left"),
    [
        (b"", [], b""),
        (b"jj", ["line-down"] * 2, b""),
        (b"\x1b[B\x1bOB\x1b[6~", ["line-down", "line-down", "page-down"], b""),
        (b"\tj]", [], b"\tj]"),
        (b"j]", ["line-down", "period-next"], b""),
        (b"j3j]", ["line-down"], b"3j]"),
        (b"<j{", ["top", "line-down", "paragraph-previous"], b""),
        (b"j/jj", ["line-down"], b"/jj"),
        (b"j\x1b", ["line-down"], b"\x1b"),
        (b"j\x1b[", ["line-down"], b"\x1b["),
        (b"qj", [], b"qj"),
        ("j한j".encode(), ["line-down"], "한j".encode()),
    ],
)
def test_moves_are_answered_and_the_rest_is_kept(keys: bytes, moves: list[str], left: bytes) -> None:
    now, sent = type_(keys)
    wanted = moved(*moves)
    assert now.typed == left
    assert now.shown.state.pane == wanted.state.pane
    assert now.shown.frame.rows[:-1] == wanted.frame.rows[:-1]
    stream = Emulator(*SIZE)
    stream.feed(sent)
    changed = [row for row in range(SIZE[1]) if now.shown.frame.rows[row] != moved().frame.rows[row]]
    assert bool(changed) == bool(sent)


@pytest.mark.parametrize(
    ("keys", "moves", "left", "is_asked"),
    [
        (b"\x1b[2;2R", [], b"", False),
        (b"j\x1b[2;2Rj", ["line-down"] * 2, b"", False),
        (b"j/\x1b[2;2Rj", ["line-down"], b"/j", False),
        (b"\x1b[1;2R", [], b"\x1b[1;2R", True),
        (b"j\x1b[2;", ["line-down"], b"\x1b[2;", True),
        (b"j", ["line-down"], b"", True),
        (b"\x1b[>0;136;0c\x1b[2;2R", [], b"", False),
        (b"j\x1b[>41;370;0cj", ["line-down"] * 2, b"", True),
        (b"j\x1b[>0;136", ["line-down"], b"\x1b[>0;136", True),
    ],
)
def test_a_narrow_answer_is_no_key(keys: bytes, moves: list[str], left: bytes, is_asked: bool) -> None:
    with pipes() as (far, _, line):
        os.write(far, keys)
        looks = count()
        shown = compose(ferry(), DEFAULT_OPTIONS, SIZE)
        now = handle_early_keys(shown, DEFAULT_OPTIONS, line._replace(asked_at=1.0), lambda: next(looks) > 3)
    assert (now.typed, now.asked_at) == (left, 1.0 if is_asked else 0.0)
    assert now.shown.state.pane == moved(*moves).state.pane


def test_after_a_wide_answer_the_whole_picture_is_drawn_by_it() -> None:
    try:
        with pipes() as (far, shown, line):
            os.write(far, b"j\x1b[2;3Rj")
            looks = count()
            first = compose(ferry(), DEFAULT_OPTIONS, SIZE)
            now = handle_early_keys(first, DEFAULT_OPTIONS, line._replace(asked_at=1.0), lambda: next(looks) > 3)
            stream = Emulator(*SIZE)
            sent = os.read(shown, 1 << 16).decode()
            stream.feed(sent)
        assert ambiguous_width() == 2
        assert sent.count("\x1b[2J") == 1
        assert now.asked_at == 0
        assert now.shown.frame == stream.frame == moved("line-down", "line-down").frame
    finally:
        use_ambiguous_width(1)


@pytest.mark.parametrize(
    ("typed", "is_shown"), [(b"j\x1b[>0;136;0cj", True), (b"j\x1b[>41;370;0cj", False), (b"jj", False)]
)
def test_rows_are_as_putty_needs_them_once_it_has_answered(typed: bytes, is_shown: bool) -> None:
    def mark(line: Line) -> Line:
        return tuple(piece._replace(text=piece.text.replace("¶", "!")) for piece in line)

    options = DEFAULT_OPTIONS._replace(putty_postprocess=mark)
    with pipes() as (far, shown, line):
        os.write(far, typed)
        looks = count()
        first = compose(ferry(), options, SIZE)
        now = handle_early_keys(first, options, line._replace(asked_at=1.0), lambda: next(looks) > 3)
        sent = os.read(shown, 1 << 16).decode()
    assert ("!" in sent) == is_shown
    assert (now.options.postprocess is mark) == is_shown
    assert now.shown.frame == compose(now.shown.state, now.options, SIZE).frame


def test_what_a_move_has_to_say_is_shown_and_handed_on() -> None:
    now, _ = type_(b"w")
    assert now.options.notice
    assert now.options.notice in "".join(text for text, _ in now.shown.frame.rows[-1])


def test_what_is_set_for_a_key_counts() -> None:
    other = {**DEFAULT_OPTIONS.commands, "line-down": DEFAULT_OPTIONS.commands["line-down"]._replace(keys=("X",))}
    now, _ = type_(b"Xj", DEFAULT_OPTIONS._replace(commands=other))
    assert now.shown.state.pane == moved("line-down").state.pane
    assert now.typed == b"j"


@pytest.mark.parametrize("keys", [b"", b"j"])
def test_a_change_of_size_and_back_gets_the_whole_picture(keys: bytes) -> None:
    changes = iter([False, True, True])
    with pipes(lambda: next(changes, False)) as (far, shown, line):
        os.write(far, keys)
        looks = count()
        now = handle_early_keys(compose(ferry(), DEFAULT_OPTIONS, SIZE), DEFAULT_OPTIONS, line, lambda: next(looks) > 6)
        stream = Emulator(*SIZE)
        stream.feed(os.read(shown, 1 << 16).decode().rpartition("\x1b[2J")[2])
    assert now.shown.frame == stream.frame == moved(*["line-down"] * keys.count(b"j")).frame


def test_a_change_of_size_that_comes_too_late_leaves_the_picture_to_who_comes_after() -> None:
    with pipes(lambda: True) as (_, _, line):
        looks = count()
        now = handle_early_keys(compose(ferry(), DEFAULT_OPTIONS, SIZE), DEFAULT_OPTIONS, line, lambda: next(looks) > 3)
    assert now.shown.frame == Frame(())


def test_a_picture_of_another_size_is_painted_anew() -> None:
    with pipes() as (_, shown, line):
        looks = count()
        now = handle_early_keys(
            compose(ferry(), DEFAULT_OPTIONS, (100, 30)), DEFAULT_OPTIONS, line, lambda: next(looks) > 3
        )
        assert os.read(shown, 1 << 16)
    assert now.shown.frame == moved().frame


def test_a_line_that_takes_nothing_is_left_with_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dossier.cli.early_keys._PATIENCE", 0.01)
    with pipes() as (far, _, line):
        with suppress(BlockingIOError):
            while True:
                os.write(line.sink, b"x" * 65536)
        os.write(far, b"jl")
        now = handle_early_keys(compose(ferry(), DEFAULT_OPTIONS, SIZE), DEFAULT_OPTIONS, line, lambda: False)
    assert now.shown.frame == Frame(())
    assert now.shown.state.pane == moved("line-down", "link-next").state.pane


def test_a_line_that_is_gone_is_left_to_who_comes_after() -> None:
    with pipes() as (far, _, line):
        looks = count()
        os.close(far)
        os.dup2(line.sink, far)
        now = handle_early_keys(compose(ferry(), DEFAULT_OPTIONS, SIZE), DEFAULT_OPTIONS, line, lambda: next(looks) > 3)
    assert now.shown.state.pane == moved().state.pane


def test_keys_that_come_while_a_picture_is_late_are_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = threading.Event()

    def note(quitting: object, typed: bytes) -> bool:
        if typed:
            watched.set()
        return False

    def draw_for_long(shown: FirstPaint, options: DisplayOptions, line: TerminalLine, is_over: object) -> EarlyState:
        os.write(far, b"jj")
        assert watched.wait(PATIENCE)
        return EarlyState(shown, b"", options)

    with pipes() as (far, _, line):
        for name, value in (("INPUT", vars(line.source)["_source"]), ("open_output", lambda: line.sink)):
            monkeypatch.setattr(tty, name, value)
        monkeypatch.setattr(tty, "close_output", lambda sink: None)
        monkeypatch.setattr(early_keys, "exit_on_signals", lambda abandon: None)
        monkeypatch.setattr(early_keys, "_quits", note)
        monkeypatch.setattr(early_keys, "handle_early_keys", draw_for_long)
        shown = compose(ferry(), DEFAULT_OPTIONS, SIZE)
        painted, _, _ = early_keys.load_meanwhile(
            PaintedTerminal(shown.frame, []), shown, DEFAULT_OPTIONS, Capabilities(), lambda: None
        )
    assert painted.pending_input == b"jj"
