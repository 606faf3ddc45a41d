"""The terminal while it is ours: what it was before, the way out, the way in; taken and given back as one.

What it was before is kept here and nowhere else, so that whoever ends the program can give it back, on any thread.
"""

from dossier.core.dataclasses import NamedTuple
from dossier.terminal import tty
from dossier.terminal.capabilities import Capabilities
from dossier.terminal.io_thread import IoCallbacks, IoThread
from dossier.terminal.key_decoder import KeyDecoder
from dossier.terminal.output_queue import Listener, OutputQueue
from dossier.terminal.tty import Attributes, Painted

PATIENCE = 0.5
"""Seconds that the terminal is waited for when it is given back."""


class AcquiredTerminal(NamedTuple):
    """What `hold` gives."""

    before: Attributes
    descriptor: int
    outlet: OutputQueue
    line: IoThread
    last: str


def hold(
    painted: Painted | None, abilities: Capabilities, mouse: bool, typed: KeyDecoder, heard: IoCallbacks
) -> AcquiredTerminal:
    """Take the terminal, or take it over from the first picture if its size has not changed since. Raises OSError.

    `heard` is called on the line's thread; it has to see to it that `outlet.ready` is called on that of the outlet.
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
    """Leave the terminal as it was, within so many seconds."""
    held.line.stop()
    abandon(held, seconds)
    tty.disown(held.descriptor)


def abandon(held: AcquiredTerminal, seconds: float = 0.0) -> None:
    """The same on any thread, of a process that ends with it: nothing is closed."""
    if tty.is_in_front():
        held.outlet.end(held.last, seconds)
    tty.give_back(held.before)
