"""Handle the keys that only move the cursor while the toolkit is still loading.

The first key that does anything else, and all that is typed after it, waits for the toolkit, so that prompts, popups,
counts and Esc are handled in one place. No key is lost, and the order of keys is kept.
"""

import os
from collections.abc import Callable, Mapping
from functools import partial
from threading import Thread
from typing import Final

from dossier.cli.early_input import EarlyInput
from dossier.cli.first_paint import EarlyQuitError, FirstPaint, compose, leave
from dossier.core.dataclasses import NamedTuple
from dossier.terminal import tty
from dossier.terminal.capabilities import Capabilities
from dossier.terminal.diff import encode_difference
from dossier.terminal.frame import Frame
from dossier.terminal.pieces import encode_pieces, send_pieces
from dossier.terminal.questions import Answers, take_answers
from dossier.terminal.signals import exit_on_signals
from dossier.terminal.tty import PaintedTerminal
from dossier.text.ambiguous_width import ambiguous_width
from dossier.ui.actions import ACTIONS
from dossier.ui.key_words import key_words
from dossier.ui.options import DisplayOptions
from dossier.ui.state import State, forget_pending

_POLL: Final = 0.004
"""Seconds to wait for a key before looking whether the toolkit is loaded."""
_PATIENCE: Final = 1.0
"""Seconds to wait for the terminal to accept a picture."""
_NOTHING: Final = Frame(())
_INTERRUPT: Final = b"\x03"
"""What Ctrl+C sends to a program that handles it itself."""
_ARROWS: Final = {
    **dict(zip(("up", "down", "right", "left", "end", "home"), "ABCDFH", strict=True)),
    "pageup": "5~",
    "pagedown": "6~",
}
"""The characters that keys without a character send after ESC [ or ESC O (xterm, "PC-Style Function Keys")."""


class TerminalLine(NamedTuple):
    """A terminal: where keys are read, the file descriptor that pictures are written to, and what it is capable of.

    `is_resized` returns whether the size of the terminal has changed since the last call. `asked_at` is the time of the
    questions that it was asked, or 0.
    """

    source: EarlyInput
    sink: int
    able: Capabilities
    is_resized: Callable[[], bool]
    asked_at: float = 0.0


class EarlyState(NamedTuple):
    """The picture shown, the bytes `typed` that are not handled yet, and the options, with the message that is shown.

    `asked_at` is the time of questions that the terminal has not answered, or 0. `has_margins`: it has answered that it
    has left and right margins.
    """

    shown: FirstPaint
    typed: bytes
    options: DisplayOptions
    asked_at: float = 0.0
    has_margins: bool = False


def load_meanwhile(
    painted: PaintedTerminal, shown: FirstPaint, options: DisplayOptions, able: Capabilities, load: Callable[[], None]
) -> tuple[PaintedTerminal, State, DisplayOptions]:
    """Call `load` on a thread of its own, and handle keys until it returns.

    Returns what the terminal shows then, the state it shows, and the options that it is shown with. An exception in
    `load` is dropped: the caller calls it again, and gets the exception there. Raises EarlyQuitError when the reader
    quits.
    """
    # Until the driver has the terminal, a signal that ends the program would leave it in raw mode.
    give_back = partial(leave, painted.former_attributes, able, painted.asked_at, painted.mutes_messages)
    exit_on_signals(give_back)
    loading = Thread(target=load, daemon=True)
    loading.start()
    sink = tty.open_output()
    line = TerminalLine(EarlyInput(tty.INPUT), sink, able, painted.is_resized, painted.asked_at)
    with line.source.watched(partial(_quits, _quit_bytes(options)), partial(_end_stuck, give_back)):
        handled = handle_early_keys(shown, options, line, lambda: not loading.is_alive())
        handled = wait_for_toolkit(handled, options, line, loading.is_alive)
    # The watch may have read keys while a picture was late, and the toolkit be there when that was sent.
    handled = handled._replace(typed=handled.typed + line.source.take_left())
    tty.close_output(sink)
    loading.join()
    state, frame = handled.shown
    told = painted._replace(asked_at=handled.asked_at, has_margins=handled.has_margins)
    painted = told._replace(frame=frame, pending_input=handled.typed)
    return painted, state, handled.options


def handle_early_keys(
    shown: FirstPaint, options: DisplayOptions, line: TerminalLine, is_over: Callable[[], bool]
) -> EarlyState:
    """Handle the keys that move the cursor until `is_over` returns true, or another key is typed.

    When the size of the terminal changes, the whole picture is drawn again. When the terminal is gone, or does not
    accept a picture in time, the result has an empty picture, so that the driver draws the whole.
    """
    moves = _moves(options)
    typed, is_stale, asked_at, has_margins = b"", False, line.asked_at, False
    while not typed and not is_over():
        is_typed = line.source.has_come(_POLL)
        if line.is_resized() or (not is_stale and tty.size(line.sink) != shown.frame.size):
            # Another change may follow at once, as when the edge of the terminal's window is dragged.
            is_stale = True
            continue
        before = shown.frame
        try:
            if is_stale:
                before, shown = _NOTHING, compose(shown.state, options, tty.size(line.sink))
            elif is_typed:
                typed, (cells, is_putty, told) = _read(line.source, asked_at)
                has_margins = has_margins or told
                asked_at = 0.0 if cells else asked_at
                state, message, typed = _press(moves, shown.state, options.notice, typed)
                options = (options.in_putty() if is_putty else options)._replace(notice=message)
                if cells > ambiguous_width():
                    # Few terminals need it, and signals are handled only when this module is loaded.
                    from dossier.ui.width_change import adopt_ambiguous_width

                    # What was drawn by the other width stands in the wrong columns.
                    before, state = _NOTHING, adopt_ambiguous_width(cells, state)
                shown = compose(state, options, shown.frame.size)
            else:
                continue
            is_stale = not _is_sent(line, before, shown.frame)
        except OSError:
            break
        if is_stale:
            break
    return EarlyState(shown._replace(frame=_NOTHING) if is_stale else shown, typed, options, asked_at, has_margins)


def wait_for_toolkit(
    handled: EarlyState, options: DisplayOptions, line: TerminalLine, is_loading: Callable[[], bool]
) -> EarlyState:
    """Keep what is typed while the toolkit is still loading. Raises EarlyQuitError for a key that quits.

    On a busy machine that takes seconds. The first key that waits may be any that quits; among later ones, which may
    be meant for a prompt, it is Ctrl+C alone.
    """
    quits, typed = _quit_bytes(options), handled.typed
    while True:
        if _quits(quits, typed):
            raise EarlyQuitError(handled.shown.state)
        if not typed or not is_loading():
            return handled._replace(typed=typed)
        if line.source.has_come(_POLL):
            try:
                more = line.source.read()
            except OSError:
                more = b""
            if not more:
                return handled._replace(typed=typed)
            typed += more


def _quit_bytes(options: DisplayOptions) -> tuple[bytes, ...]:
    """Return what the keys that quit send."""
    return tuple(filter(None, (_bytes_of(key) for key, command in options.by_key().items() if command == "quit")))


def _quits(quits: tuple[bytes, ...], typed: bytes) -> bool:
    """Return whether what was typed ends the program: its first key may be any that quits."""
    return _INTERRUPT in typed or typed.startswith(quits)


def _end_stuck(give_back: Callable[[], None]) -> None:
    """End the process on the thread that watches the keys. The reader's place is not saved: it has hardly changed."""
    try:
        give_back()
    finally:
        os._exit(0)


def _bytes_of(key: str) -> bytes:
    """Return what a key with a character sends; b"" for other keys."""
    character = key_words(key)
    return character.encode() if len(character) == 1 else b""


def _read(source: EarlyInput, asked_at: float) -> tuple[bytes, Answers]:
    """Return what was typed, and the terminal's answers to the questions that it was asked, if they are there whole."""
    typed = source.read()
    return take_answers(typed) if asked_at else (typed, Answers())


def _press(moves: Mapping[bytes, str], state: State, message: str, typed: bytes) -> tuple[State, str, bytes]:
    """Return the state and the message after the moves that were typed, and what was typed from the first other key."""
    while (sent := next((one for one in moves if typed.startswith(one)), None)) is not None:
        state, message = ACTIONS[moves[sent]](forget_pending(state))
        typed = typed[len(sent) :]
    return state, message, typed


def _is_sent(line: TerminalLine, before: Frame, frame: Frame) -> bool:
    """Send what turns one picture into the other; return whether the terminal accepted all of it."""
    pieces = encode_pieces(encode_difference(before, frame, line.able), line.able.encoding)
    return not send_pieces(line.sink, pieces, _PATIENCE)


def _moves(options: DisplayOptions) -> Mapping[bytes, str]:
    """Return the commands that move the cursor, by the bytes that their keys send, without digits."""
    found: dict[bytes, str] = {}
    for key, command in options.by_key().items():
        if command not in ACTIONS or key.isdecimal():
            continue
        character = key_words(key)
        if len(character) == 1 and character.isascii():
            found[character.encode()] = command
        elif key in _ARROWS:
            found |= {f"\x1b{bracket}{_ARROWS[key]}".encode(): command for bracket in "[O"}
    return found
