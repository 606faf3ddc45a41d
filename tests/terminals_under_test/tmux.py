"""tmux, and mosh in tmux."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import count
from typing import ClassVar

from terminals_under_test.interface import TerminalUnderTest

_TMUX_SETTINGS = "set -g status off\nset -s escape-time 10\n"


class Tmux(TerminalUnderTest):
    """A tmux server of its own, without a client."""

    name = "tmux"
    programs: ClassVar[tuple[str, ...]] = ("tmux",)
    # Of all together: one may be started in the folder of another, whose server is about to end and has its socket.
    _starts: ClassVar = count(1)

    def start(self, command: Sequence[str], columns: int, rows: int, environ: Mapping[str, str]) -> None:
        self._socket = self.folder / f"tmux-{next(self._starts)}"
        settings = self.folder / "tmux.conf"
        settings.write_text(_TMUX_SETTINGS)
        self._environ = {**environ, "TERM": "xterm-256color"}
        size = ("-x", str(columns), "-y", str(rows))
        # In one go: by a second call, a program that ends soon would be gone, and the server with it.
        self._tmux("-f", str(settings), "new-session", "-d", *size, "--", *command, ";", "resize-window", *size)

    def press(self, key: str) -> None:
        self._tmux("send-keys", "-H", *(f"{byte:02x}" for byte in key.encode()))

    def resize(self, columns: int, rows: int) -> None:
        self._tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def rows(self) -> tuple[str, ...]:
        return tuple(self._tmux("capture-pane", "-N", "-p").removesuffix("\n").split("\n"))

    def stop(self) -> None:
        with suppress(subprocess.CalledProcessError):
            self._tmux("kill-server")

    def version(self) -> str:
        return subprocess.run(["tmux", "-V"], check=True, capture_output=True, text=True).stdout.split()[1]

    def _tmux(self, *words: str) -> str:
        command = ["tmux", "-S", str(self._socket), "-u", *words]
        done = subprocess.run(command, check=True, capture_output=True, env=self._environ)
        return done.stdout.decode("utf-8", "replace")


class MoshInTmux(Tmux):
    """mosh over the loopback, whose client runs in tmux."""

    name = "mosh in tmux"
    programs = ("mosh", "mosh-client", "mosh-server", "tmux")

    @property
    def ruler(self) -> TerminalUnderTest:
        return Tmux(self.folder)

    def start(self, command: Sequence[str], columns: int, rows: int, environ: Mapping[str, str]) -> None:
        server = ["mosh-server", "new", "-i", "127.0.0.1", "-p", "60000:61000", "--", *command]
        given = {**environ, "TERM": "xterm-256color", "MOSH_SERVER_NETWORK_TMOUT": "600"}
        done = subprocess.run(server, check=True, capture_output=True, text=True, env=given)
        connection = re.search(r"MOSH CONNECT (\d+) (\S+)", done.stdout)
        process = re.search(r"pid = (\d+)", done.stdout + done.stderr)
        assert connection, done.stdout + done.stderr
        assert process, done.stdout + done.stderr
        self._server = int(process[1])
        client = [shutil.which("mosh-client") or "mosh-client", "127.0.0.1", connection[1]]
        key = {"MOSH_KEY": connection[2], "MOSH_PREDICTION_DISPLAY": "never"}
        super().start(client, columns, rows, {**environ, **key})

    def stop(self) -> None:
        super().stop()
        # It would wait for its client.
        with suppress(ProcessLookupError):
            os.kill(self._server, signal.SIGTERM)

    def version(self) -> str:
        """Return the versions of both, such as "1.4.0/3.3a"."""
        told = subprocess.run(["mosh-server", "--version"], check=True, capture_output=True, text=True)
        number = re.search(r"\d+(?:\.\d+)+", told.stdout + told.stderr)
        return f"{number[0] if number else ''}/{super().version()}"
