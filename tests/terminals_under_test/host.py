"""A pseudo-terminal for terminals that run in a terminal."""

import fcntl
import os
import pty
import signal
import struct
import subprocess
import termios
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from threading import Thread


class HostTerminal:
    """A pseudo-terminal with a program at its far end, which takes it for an xterm.

    `on_output` is called on another thread with what the program sends.
    """

    def __init__(
        self,
        command: Sequence[str],
        columns: int,
        rows: int,
        environ: Mapping[str, str],
        on_output: Callable[[bytes], object] = len,
    ) -> None:
        self._near, self._far = pty.openpty()
        self.resize(columns, rows)
        far = self._far
        self._child = subprocess.Popen(
            command,
            stdin=far,
            stdout=far,
            stderr=far,
            env={"TERM": "xterm-256color", **environ},
            preexec_fn=_lead,  # noqa: PLW1509
        )
        self._reader = Thread(target=self._read, args=(on_output,), daemon=True)
        self._reader.start()

    def type(self, text: str) -> None:
        os.write(self._near, text.encode())

    def resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._near, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def has_ended(self) -> bool:
        return self._child.poll() is not None

    def stop(self) -> None:
        """End the program and what it has started in this terminal."""
        with suppress(ProcessLookupError):
            os.killpg(self._child.pid, signal.SIGKILL)
        self._child.wait()
        os.close(self._far)
        self._reader.join()
        os.close(self._near)

    def _read(self, on_output: Callable[[bytes], object]) -> None:
        # Reading fails once nobody has the far end any more.
        with suppress(OSError):
            while output := os.read(self._near, 65536):
                on_output(output)


def _lead() -> None:
    """Become the leader of a session with this terminal."""
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
