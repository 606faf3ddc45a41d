"""A PostgreSQL server with a cluster of its own: the one that a system starts is never touched.

PostgreSQL refuses to run as root, so that root starts it as another user. A server knows three roles: an administrator,
an owner, whose databases they are, and a reader, who has SELECT alone. They need a password over TCP, and none over the
socket in the folder.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from processes import beneath, state

_PATIENCE: Final = 120.0
_PAUSE: Final = 0.01
_CHOICES: Final = 9
_PROGRAMS: Final = ("initdb", "postgres", "psql")
_CUSTOMARY: Final = "/usr/lib/postgresql"
"""Where Debian has the programs of each version, in folders that are not on the path."""


@dataclass(frozen=True)
class Login:
    """A role and its password."""

    role: str
    password: str


ADMINISTRATOR: Final = Login("postgres", "administrator word")
OWNER: Final = Login("owner", "owner word")
READER: Final = Login("reader", "reader word")


@cache
def programs() -> Path | None:
    """Return the folder with the programs of the newest PostgreSQL on this machine, None where there is none."""
    folders = [Path(word) for word in os.environ.get("PATH", os.defpath).split(os.pathsep)]
    if asked := shutil.which("pg_config"):
        said = subprocess.run([asked, "--bindir"], check=False, capture_output=True, text=True).stdout.strip()
        folders.append(Path(said))
    versions = (one for one in Path(_CUSTOMARY).glob("*/bin") if one.parent.name.isdigit())
    folders += sorted(versions, key=lambda one: int(one.parent.name), reverse=True)
    # On the path there may be links to some of them.
    there = ((one / "initdb").resolve().parent for one in folders)
    return next((one for one in there if all((one / name).is_file() for name in _PROGRAMS)), None)


def missing() -> str:
    """Return what a PostgreSQL server or its client lacks on this machine, "" if nothing."""
    if programs() is None:
        return "PostgreSQL is not installed (Debian: postgresql)"
    try:
        import psycopg  # noqa: F401, PLC0415
    except ImportError as error:
        return f"psycopg cannot be imported: {error}"
    return ""


def _user() -> pwd.struct_passwd | None:
    """Return the user that a server runs as, None for the present one."""
    if os.getuid() != 0:
        return None
    users = {one.pw_name: one for one in pwd.getpwall()}
    return users.get("postgres") or users["nobody"]


def start_program(command: list[str], folder: Path) -> "subprocess.Popen[bytes]":
    """Start a program of PostgreSQL as the user that it runs as; what it says is added to `log` of the folder."""
    user = _user()
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            command,
            cwd=folder,
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            # Neither Ctrl-C nor the end of a terminal is for it.
            start_new_session=True,
            user=user and user.pw_uid,
            group=user and user.pw_gid,
            extra_groups=[] if user else None,
        )


def give(folder: Path) -> None:
    """Make the user that a server runs as own the folder and all in it."""
    if user := _user():
        for inside, _, names in os.walk(folder):
            for path in (inside, *(os.path.join(inside, name) for name in names)):
                os.chown(path, user.pw_uid, user.pw_gid)


def run_program(command: list[str], folder: Path) -> None:
    process = start_program(command, folder)
    if process.wait(_PATIENCE):
        raise RuntimeError(f"{command[0]} failed:\n{(folder / 'log').read_text('utf-8', 'replace')}")


def _says_ready(told: Path, pid: int) -> bool:
    try:
        lines = told.read_text("utf-8").splitlines()
    except OSError:
        return False
    return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"


def _await(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE
    while not is_so():
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(_PAUSE)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


class Server:
    """A PostgreSQL server. It is started, ended in all the ways that one ends, and started again by the tests."""

    def __init__(self, folder: Path, bin_folder: Path) -> None:
        self.folder, self.port = folder, 0
        self._bin = bin_folder
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Process id of the running server."""
        assert self._process
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether the server runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def log(self) -> str:
        """What the server has said so far."""
        return (self.folder / "log").read_text("utf-8", "replace")

    @property
    def version(self) -> int:
        """The major version, such as 15."""
        return int((self.folder / "data" / "PG_VERSION").read_text("utf-8"))

    def address(self, database: str, login: Login = OWNER, port: int = 0) -> str:
        """Return the address of a database over TCP, with the password; `port` is that of a relay."""
        password = login.password.replace(" ", "%20")
        return f"postgresql://{login.role}:{password}@127.0.0.1:{port or self.port}/{database}"

    def start(self) -> None:
        """Start the server, and wait until it takes connections. It keeps its port once it has one."""
        for _ in range(_CHOICES):
            port = self.port or _free_port()
            command = [str(self._bin / "postgres"), "-D", str(self.folder / "data"), "-p", str(port)]
            self._process = start_program(command, self.folder)
            if self._is_ready():
                self.port = port
                return
        raise RuntimeError(f"PostgreSQL cannot be started:\n{self.log}")

    def stop(self) -> None:
        """End the server: sessions are ended, their transactions are rolled back (a fast shutdown)."""
        self._end(signal.SIGINT)

    def crash(self) -> None:
        """End the server as a crash does: nothing is finished (an immediate shutdown)."""
        self._end(signal.SIGQUIT)

    def kill(self) -> None:
        """Kill the server and all its processes."""
        self._end(signal.SIGKILL)

    def pause(self) -> None:
        """Stop all processes of the server, so that it takes no bytes and answers nothing."""
        processes = (self.pid, *beneath(self.pid))
        for pid in processes:
            os.kill(pid, signal.SIGSTOP)
        _await(lambda: all(state(pid) == "T" for pid in processes))

    def resume(self) -> None:
        """Let a paused server go on."""
        for pid in (*beneath(self.pid), self.pid):
            os.kill(pid, signal.SIGCONT)

    def run(self, statements: str, database: str = ADMINISTRATOR.role) -> str:
        """Run statements as the administrator with psql, and return what it prints: rows alone, unaligned."""
        command = [str(self._bin / "psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-"]
        command += ["-h", str(self.folder), "-p", str(self.port), "-U", ADMINISTRATOR.role, database]
        done = subprocess.run(command, input=statements, check=False, capture_output=True, text=True, encoding="utf-8")
        if done.returncode:
            raise RuntimeError(f"psql failed:\n{done.stderr}")
        return done.stdout

    def _is_ready(self) -> bool:
        process = self._process
        assert process
        # The same line of the same file that pg_ctl looks at.
        told = self.folder / "data" / "postmaster.pid"
        _await(lambda: process.poll() is not None or _says_ready(told, process.pid))
        return process.poll() is None

    def _end(self, number: signal.Signals) -> None:
        assert self._process
        if number == signal.SIGKILL:
            # A server that sees one of its processes end starts others.
            os.kill(self.pid, signal.SIGSTOP)
            _await(lambda: state(self.pid) == "T")
        processes = beneath(self.pid)
        for pid in {self.pid, *processes} if number == signal.SIGKILL else {self.pid}:
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        self._process.wait(_PATIENCE)
        # A server is not started again while processes of the former one have its memory.
        _await(lambda: not any(state(pid) for pid in processes))
