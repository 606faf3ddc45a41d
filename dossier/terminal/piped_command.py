"""A shell command that is given a text on its standard input, and whose output is read up to a limit.

It runs in a session of its own, so that it has no terminal: a program that wants to ask something fails, and does not
wait for keys that the screen takes. All that it started can be ended at once, since it leads a process group.
"""

import os
import selectors
import signal
import subprocess
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import IO, Final

from dossier.core.dataclasses import NamedTuple

MOST_BYTES: Final = 1_000_000
"""The most bytes of output that are read; a command that prints more is ended."""
_MOST_ERRORS: Final = 64_000
"""The most bytes of standard error that are kept; the rest is read and dropped."""
_CHUNK: Final = 65_536
_POLL: Final = 0.1
"""Seconds without output after which a command that has ended is done, even if what it left behind runs on."""
_CANNOT_RUN: Final = 126


class CommandOutput(NamedTuple):
    """What a command has printed to standard output and standard error, and its exit status.

    The status is negative when a signal ended the command. `is_cut` says that it was ended since it printed too much.
    """

    output: bytes
    errors: bytes
    status: int
    is_cut: bool = False


class PipedCommand:
    """A command that is run once. `run` waits for its end, so it belongs on a thread of its own; `stop` ends it."""

    def __init__(self, command: str, text: bytes, environment: Mapping[str, str]) -> None:
        self.command = command
        self._text, self._environment = text, environment
        self._process: subprocess.Popen[bytes] | None = None
        self._is_stopped = False

    def run(self) -> CommandOutput:
        """Run the command in the user's shell until it ends, and return what it has printed."""
        shell = self._environment.get("SHELL") or "/bin/sh"
        try:
            process = subprocess.Popen(
                (shell, "-c", self.command),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=self._environment,
                start_new_session=True,
            )
        except OSError as error:
            said = f"cannot start {shell}: {error.strerror}; set $SHELL to the path of a shell"
            return CommandOutput(b"", said.encode(), _CANNOT_RUN)
        self._process = process
        if self._is_stopped:
            self.stop()
        with process:
            output, errors = _exchange(process, self._text, lambda: self._is_stopped)
            is_cut = len(output) > MOST_BYTES
            if is_cut:
                _kill(process)
        return CommandOutput(bytes(output[:MOST_BYTES]), bytes(errors), process.returncode, is_cut)

    def stop(self) -> None:
        """End the command and all that it has started. May be called at any time, on any thread."""
        self._is_stopped = True
        if self._process:
            _kill(self._process)


def _exchange(
    process: subprocess.Popen[bytes], text: bytes, is_stopped: Callable[[], bool]
) -> tuple[bytearray, bytearray]:
    """Write the text to the process and read its output and errors until both end, or the output is too long.

    A program that the command has left behind in a session of its own may print on when all others are ended.
    """
    assert process.stdin
    assert process.stdout
    assert process.stderr
    output, errors = bytearray(), bytearray()
    left = memoryview(text)
    with selectors.DefaultSelector() as selector:
        for stream, event in (
            (process.stdin, selectors.EVENT_WRITE),
            (process.stdout, selectors.EVENT_READ),
            (process.stderr, selectors.EVENT_READ),
        ):
            os.set_blocking(stream.fileno(), False)
            selector.register(stream, event)
        while len(output) <= MOST_BYTES and not is_stopped() and _reads(selector):
            ready = [key.fileobj for key, _ in selector.select(_POLL)]
            if process.stdin in ready:
                left = _write(process.stdin, left)
                if not left:
                    selector.unregister(process.stdin)
                    _close(process.stdin)
            for stream, read in ((process.stdout, output), (process.stderr, errors)):
                if stream in ready and not _read(stream, read):
                    selector.unregister(stream)
            del errors[_MOST_ERRORS:]
            if not ready and process.poll() is not None:
                break
    _close(process.stdin)
    return output, errors


def _reads(selector: selectors.BaseSelector) -> bool:
    return any(key.events == selectors.EVENT_READ for key in selector.get_map().values())


def _write(stream: IO[bytes], left: memoryview) -> memoryview:
    """Write what the stream takes, and return the rest; nothing is left for a program that reads no input."""
    try:
        return left[os.write(stream.fileno(), left[:_CHUNK]) :] if left else left
    except BlockingIOError:
        return left
    except OSError:
        return left[:0]


def _read(stream: IO[bytes], read: bytearray) -> bool:
    """Add what the stream has to `read`; return whether there may be more."""
    with suppress(BlockingIOError):
        data = os.read(stream.fileno(), _CHUNK)
        read += data
        return bool(data)
    return True


def _close(stream: IO[bytes]) -> None:
    with suppress(OSError):
        stream.close()


def _kill(process: subprocess.Popen[bytes]) -> None:
    # A command that has ended, but was not waited for, still leads the group of what it left behind.
    if process.returncode is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
