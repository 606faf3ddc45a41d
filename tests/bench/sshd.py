"""A real sshd on the loopback, with keys that are discarded afterwards.

It runs as the present user and reads none of their files: no keys, no configuration, no known hosts. ssh and sshd take
the home folder from the system and not from $HOME, so that each file is named explicitly. The options are those of
sshd_config(5) and ssh_config(5).
"""

import grp
import os
import shlex
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

_PATIENCE = 120.0
_CHOICES = 9
_PLACES = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin", "/usr/libexec"))
"""The daemon is often not on the path of an ordinary user."""
_SEPARATION = Path("/run/sshd")
"""Folder for privilege separation when sshd is started by root; the system makes it only for its own daemon."""
_CONFIGURATION = """
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/user.pub
AuthenticationMethods publickey
PermitRootLogin yes
UsePAM no
StrictModes no
PidFile none
PrintMotd no
PrintLastLog no
UseDNS no
"""


class Sshd:
    """A running sshd."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder, self.port = folder, port

    def command(self, words: Sequence[str], environment: Mapping[str, str], port: int = 0) -> list[str]:
        """Return the command line of an ssh that runs these words on a remote terminal, with this environment only.

        `port` is another port to connect to, such as that of a relay; 0 means that of the sshd itself.
        """
        known = [f"{name}={value}" for name, value in environment.items()]
        options = {
            "BatchMode": "yes",
            "GlobalKnownHostsFile": "none",
            "HostKeyAlias": "dossier",
            "IdentitiesOnly": "yes",
            "IdentityAgent": "none",
            "IdentityFile": self._folder / "user",
            "LogLevel": "ERROR",
            "StrictHostKeyChecking": "yes",
            "UserKnownHostsFile": self._folder / "known",
        }
        named = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
        there = ["-p", str(port or self.port), "127.0.0.1"]
        return [
            "ssh",
            "-F",
            "none",
            "-tt",
            "-e",
            "none",
            *named,
            *there,
            shlex.join(["exec", "env", "-i", *known, *words]),
        ]


def missing() -> str:
    """Return what is missing for an sshd, or "" when nothing is."""
    absent = [name for name in ("ssh", "ssh-keygen") if shutil.which(name) is None]
    absent += [] if _daemon() else ["sshd"]
    absent += [] if _gives_terminals() else ["a devpts with gid=5, without which only root's sshd gives terminals"]
    return ", ".join(absent)


def _gives_terminals() -> bool:
    """Return whether an sshd of this user can allocate terminals.

    It wants them to belong to the group tty (pty_setowner in OpenSSH's sshpty.c), and only root can change that.
    """
    if os.geteuid() == 0:
        return True
    ends = os.openpty()
    try:
        return os.fstat(ends[1]).st_gid == grp.getgrnam("tty").gr_gid
    except KeyError:
        # There is no such group, so terminals are to belong to the user's own.
        return os.fstat(ends[1]).st_gid == os.getegid()
    finally:
        for end in ends:
            os.close(end)


@contextmanager
def sshd(folder: Path) -> Iterator[Sshd]:
    """Run an sshd whose files are in this folder, which must not exist. Raises OSError when it does not start."""
    folder.mkdir(mode=0o700)
    for name in ("host", "user"):
        words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(folder / name)]
        subprocess.run(words, check=True)
    (folder / "known").write_text(f"dossier {(folder / 'host.pub').read_text('ascii')}", "ascii")
    if os.geteuid() == 0:
        _SEPARATION.mkdir(mode=0o755, exist_ok=True)
    process, port = _listening(folder)
    try:
        yield Sshd(folder, port)
    finally:
        _stop(process)


def _listening(folder: Path) -> "tuple[subprocess.Popen[bytes], int]":
    """Return a running sshd and its port.

    Between the choice of a port and its use another program may take it. Then another port is chosen.
    """
    log = folder / "log"
    for _ in range(_CHOICES):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port: int = free.getsockname()[1]
        (folder / "config").write_text(_CONFIGURATION.format(port=port, folder=folder), "utf-8")
        with log.open("wb") as written:
            words = [_daemon(), "-D", "-e", "-f", str(folder / "config")]
            process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stderr=written, start_new_session=True)
        if _answers(process, port):
            return process, port
        _stop(process)
        if "Address already in use" not in log.read_text("utf-8", "replace"):
            break
    raise OSError(f"sshd does not start: {log.read_text('utf-8', 'replace').strip()}")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError):
        # The processes that serve connections are in its group, those in the remote terminal are not.
        os.killpg(process.pid, signal.SIGTERM)
    process.wait()


def _daemon() -> str:
    # sshd executes itself again for each connection, for which it needs its absolute path.
    return shutil.which("sshd", path=_PLACES) or ""


def _answers(process: "subprocess.Popen[bytes]", port: int) -> bool:
    """Wait until it accepts connections, and return whether it does and has not ended."""
    end = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), _PATIENCE) as asked:
            # Another program that took the port may answer, but then this sshd ends.
            if asked.recv(4) == b"SSH-" and process.poll() is None:
                return True
        time.sleep(0.02)
    return False
