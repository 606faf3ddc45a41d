"""PostgreSQL servers for benchmarks, whose data stay in a folder for later runs.

Their settings are those of a server that people rely on: what is committed is on the disk. The servers for tests, which
are quick to make and end with the tests, are those of `postgresql_servers`.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from builds import BenchmarkError

# What starts servers stands beside the tests.
sys.path.append(str(Path(__file__).resolve().parent.parent))

from postgresql_server import ADMINISTRATOR, Server, give, missing, programs, run_program
from postgresql_servers import ROLES
from processes import beneath

_SETTINGS: Final = """
listen_addresses = '127.0.0.1'
unix_socket_directories = '{folder}'
shared_buffers = 256MB
max_wal_size = 2GB
fsync = on
timezone = UTC
"""
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_OWN_TIMES: Final = slice(11, 15)
"""Where the times of a process and of its ended children are, after the name of its program (proc(5))."""


@contextmanager
def kept_servers(folder: Path, number: int) -> Iterator[list[Server]]:
    """Start so many servers whose data are in the folder, and stop them when it is left. What lacks is made.

    Raises BenchmarkError where PostgreSQL or its client is not installed.
    """
    if absent := missing():
        raise BenchmarkError(absent)
    with ExitStack() as stack:
        found = []
        for one in range(1, number + 1):
            found.append(_prepared(folder / f"server-{one}"))
            found[-1].start()
            stack.callback(found[-1].stop)
        yield found


def _prepared(folder: Path) -> Server:
    """Return the server of a folder, with its cluster and its roles."""
    programs_folder = programs()
    assert programs_folder
    # The other user that the server may run as must be able to pass through.
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    server = Server(folder.resolve(), programs_folder)
    if (folder / "made").exists():
        return server
    (folder / "word").write_text(ADMINISTRATOR.password, "utf-8")
    give(folder)
    options = ["--auth-local=trust", "--auth-host=scram-sha-256", f"--username={ADMINISTRATOR.role}", "--pwfile=word"]
    run_program([str(programs_folder / "initdb"), "-D", "data", *options, "--encoding=UTF8", "--no-locale"], folder)
    with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(_SETTINGS.format(folder=server.folder))
    server.start()
    server.run(ROLES)
    server.stop()
    (folder / "made").touch()
    return server


def processor_seconds(server: Server) -> float:
    """Return the processor time that a server and its sessions have used since it was started."""
    return sum(map(_seconds, (server.pid, *beneath(server.pid)))) / _TICKS


def _seconds(pid: int) -> int:
    try:
        told = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except OSError:
        return 0
    return sum(map(int, told.rpartition(")")[2].split()[_OWN_TIMES]))
