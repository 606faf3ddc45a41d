"""Taking and giving back of the terminal: its attributes, the output queue and the thread for input, as one value.

The attributes from before are kept in that value only, so that the terminal can be given back on any thread.
"""

from dossier.core.dataclasses import NamedTuple
from dossier.terminal import tty
from dossier.terminal.capabilities import Capabilities
from dossier.terminal.io_thread import IoCallbacks, IoThread
from dossier.terminal.key_decoder import AttributesReport, CursorReport, KeyDecoder, TerminalReport
from dossier.terminal.output_queue import OutputQueue, QueueCallbacks
from dossier.terminal.questions import Answers, discard_answers, has_margins, is_putty, read_width
from dossier.terminal.tty import Attributes, PaintedTerminal

RELEASE_SECONDS = 0.5
"""Seconds to wait for the terminal when it is given back."""


class AcquiredTerminal(NamedTuple):
    """The terminal while this program uses it.

    `former_attributes` are those to restore; `output` and `descriptor` serve output, and `io_thread` input;
    `exit_sequence` restores the screen. `decoder` has what has come of an unfinished sequence. `mutes_messages` is what
    `tty.mute_messages` returned.
    """

    former_attributes: Attributes
    descriptor: int
    output: OutputQueue
    io_thread: IoThread
    exit_sequence: str
    decoder: KeyDecoder
    mutes_messages: bool

    def use_margins(self, abilities: Capabilities, mouse: bool) -> "AcquiredTerminal":
        """Scroll within margins from the next frame on, and return the terminal, which switches them off at the end.

        `abilities` are those of a terminal that has such margins.
        """
        self.output.use_margins()
        return self._replace(exit_sequence=tty.make_exit_sequence(abilities, mouse))


def acquire(
    painted: PaintedTerminal | None, abilities: Capabilities, mouse: bool, typed: KeyDecoder, heard: IoCallbacks
) -> AcquiredTerminal:
    """Take the terminal, or take it over with the first frame on it when its size is still the same. Raises OSError.

    The functions of `heard` are called on the thread of the terminal. The one for output has to arrange that `flush` of
    the output queue is called on the thread that uses the queue.
    """
    before = painted.former_attributes if painted else tty.enter_raw_mode()
    descriptor = tty.open_output()
    line = IoThread(tty.INPUT, descriptor, typed, heard)
    is_shown = painted is not None and not painted.is_resized() and painted.frame.size == tty.size()
    sent = painted.frame if painted and is_shown else None
    outlet = OutputQueue(descriptor, abilities, sent, QueueCallbacks(line.watch_writable, heard.on_hangup))
    outlet.send_raw(("" if painted else tty.ENTER) + (tty.MOUSE if mouse else ""))
    if painted:
        heard.on_keys(typed.feed(painted.pending_input))
    line.start()
    sequence = tty.make_exit_sequence(abilities, mouse)
    is_muted = painted.mutes_messages if painted else tty.mute_messages()
    return AcquiredTerminal(before, descriptor, outlet, line, sequence, typed, is_muted)


def read_report(report: TerminalReport) -> Answers:
    """Return what this report answers of the questions to the terminal."""
    if isinstance(report, CursorReport):
        return Answers(cells=read_width(report))
    if isinstance(report, AttributesReport):
        return Answers(is_putty=is_putty(report))
    return Answers(has_margins=has_margins(report))


def release(held: AcquiredTerminal, seconds: float = RELEASE_SECONDS, asked_at: float = 0.0) -> None:
    """Give the terminal back as it was, within `seconds`.

    `asked_at` is the time of questions that it has not answered, or 0: then its last answer is waited for, too.
    """
    held.io_thread.stop()
    if asked_at and tty.is_foreground():
        held.output.finish(held.exit_sequence, seconds)
        discard_answers(asked_at, held.decoder.held)
    release_now(held, seconds)
    tty.close_output(held.descriptor)


def release_now(held: AcquiredTerminal, seconds: float = 0.0) -> None:
    """Give the terminal back from any thread of a process that ends right after. Nothing is closed."""
    if tty.is_foreground():
        held.output.finish(held.exit_sequence, seconds)
    tty.restore_attributes(held.former_attributes)
    if held.mutes_messages:
        tty.unmute_messages()
