"""Taking and giving back of the terminal: its attributes, the output queue and the thread for input, as one value.

The attributes from before are kept in that value only, so that the terminal can be given back on any thread.
"""

from dossier.core.dataclasses import NamedTuple
from dossier.terminal import tty
from dossier.terminal.capabilities import Capabilities
from dossier.terminal.io_thread import IoCallbacks, IoThread
from dossier.terminal.key_decoder import KeyDecoder
from dossier.terminal.output_queue import Listener, OutputQueue
from dossier.terminal.tty import Attributes, Painted

PATIENCE = 0.5
"""Seconds to wait for the terminal when it is given back."""


class AcquiredTerminal(NamedTuple):
    """The terminal while this program uses it.

    `former_attributes` are those to restore; `output` and `descriptor` serve output, and `io_thread` input;
    `exit_sequence` restores the screen.
    """

    before: Attributes
    descriptor: int
    outlet: OutputQueue
    line: IoThread
    last: str


def hold(
    painted: Painted | None, abilities: Capabilities, mouse: bool, typed: KeyDecoder, heard: IoCallbacks
) -> AcquiredTerminal:
    """Take the terminal, or take it over with the first frame on it when its size is still the same. Raises OSError.

    The functions of `heard` are called on the thread of the terminal. The one for output has to arrange that `flush` of
    the output queue is called on the thread that uses the queue.
    """
    before = painted.before if painted else tty.take()
    descriptor = tty.own()
    line = IoThread(tty.INPUT, descriptor, typed, heard)
    is_shown = painted is not None and not painted.is_resized() and painted.frame.size == tty.size()
    sent = painted.frame if painted and is_shown else None
    outlet = OutputQueue(descriptor, abilities, sent, Listener(line.full, heard.gone))
    outlet.say(("" if painted else tty.ENTER) + (tty.MOUSE if mouse else ""))
    if painted:
        heard.typed(typed.feed(painted.typed))
    line.start()
    return AcquiredTerminal(before, descriptor, outlet, line, tty.leaving(abilities, mouse))


def release(held: AcquiredTerminal, seconds: float = PATIENCE) -> None:
    """Give the terminal back as it was, within `seconds`."""
    held.line.stop()
    abandon(held, seconds)
    tty.disown(held.descriptor)


def abandon(held: AcquiredTerminal, seconds: float = 0.0) -> None:
    """Give the terminal back from any thread of a process that ends right after. Nothing is closed."""
    if tty.is_in_front():
        held.outlet.end(held.last, seconds)
    tty.give_back(held.before)
