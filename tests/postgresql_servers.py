"""PostgreSQL servers for tests and benchmarks, in temporary folders and on free ports of the loopback.

They end with the process that started them, in whatever way it ends. Fixtures give one running server, or three, and a
new database on each for a test.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

import pytest
from postgresql_server import ADMINISTRATOR, OWNER, READER, Server, give, missing, programs, run_program
from waiting import find_probes, until

_NEEDED = "postgresql" in os.environ.get("DOSSIER_NEEDS", "").split()
_LEFT_OUT = "postgresql" in os.environ.get("DOSSIER_LEAVES_OUT", "").split()
_REMOVER: Final = Path(__file__).with_name("server_remover.py")
_SETTINGS: Final = """
listen_addresses = '127.0.0.1'
unix_socket_directories = '{folder}'
max_connections = 60
shared_buffers = 16MB
max_wal_size = 64MB
min_wal_size = 4MB
fsync = off
full_page_writes = off
autovacuum = off
jit = off
dynamic_shared_memory_type = mmap
logging_collector = off
log_line_prefix = '%m [%p] '
timezone = UTC
{more}
"""
ROLES: Final = """
CREATE ROLE owner LOGIN PASSWORD 'owner word';
CREATE ROLE reader LOGIN PASSWORD 'reader word';
CREATE DATABASE prepared OWNER owner;
\\connect prepared
ALTER DEFAULT PRIVILEGES FOR ROLE owner GRANT SELECT ON TABLES TO reader;
"""


@dataclass(frozen=True)
class Database:
    """A database of a server, which owner, reader and administrator reach over TCP."""

    server: Server
    name: str

    @property
    def owner(self) -> str:
        """The address for the role whose database it is."""
        return self.server.address(self.name, OWNER)

    @property
    def reader(self) -> str:
        """The address for the role that has SELECT alone."""
        return self.server.address(self.name, READER)

    @property
    def administrator(self) -> str:
        """The address for the superuser."""
        return self.server.address(self.name, ADMINISTRATOR)

    def run(self, statements: str) -> str:
        """Run statements as the administrator, and return the rows that psql prints."""
        return self.server.run(statements, self.name)


class Servers:
    """Makes servers, all from one cluster that is made once, and databases in them."""

    def __init__(self, folder: Path, original: Path) -> None:
        found = programs()
        assert found
        self._folder, self._original, self._bin = folder, original, found
        self._numbers = count(1)

    def start(self, settings: str = "") -> Server:
        """Start a server of its own, with these lines of postgresql.conf besides."""
        folder = self._folder / str(next(self._numbers))
        folder.mkdir(mode=0o700)
        shutil.copytree(self._cluster(), folder / "data")
        server = Server(folder, self._bin)
        configuration = _SETTINGS.format(folder=folder, more=settings)
        with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(configuration)
        give(folder)
        server.start()
        return server

    def replica(self, server: Server) -> Server:
        """Start a server that follows a running one, whose settings it has, and answers readers."""
        folder = self._folder / str(next(self._numbers))
        folder.mkdir(mode=0o700)
        give(folder)
        whence = ["-h", str(server.folder), "-p", str(server.port), "-U", ADMINISTRATOR.role]
        run_program(
            [str(self._bin / "pg_basebackup"), *whence, "-D", "data", "-R", "--checkpoint=fast", "--no-sync"], folder
        )
        made = Server(folder, self._bin)
        made.start()
        return made

    def database(self, server: Server) -> Database:
        """Return a new, empty database of the owner."""
        name = f"library_{next(self._numbers)}"
        server.run(f"CREATE DATABASE {name} OWNER owner TEMPLATE prepared")
        return Database(server, name)

    def _cluster(self) -> Path:
        """Return the cluster that others are copies of. The first process that needs it makes it."""
        self._original.parent.mkdir(parents=True, exist_ok=True)
        with self._original.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not self._original.is_dir():
                made = self._made()
                shutil.copytree(made / "data", self._original.with_suffix(".part"))
                self._original.with_suffix(".part").rename(self._original)
                shutil.rmtree(made)
        return self._original

    def _made(self) -> Path:
        folder = self._folder / "original"
        folder.mkdir(mode=0o700)
        (folder / "word").write_text(ADMINISTRATOR.password, "utf-8")
        give(folder)
        options = [
            "--auth-local=trust",
            "--auth-host=scram-sha-256",
            f"--username={ADMINISTRATOR.role}",
            "--pwfile=word",
        ]
        options += ["--encoding=UTF8", "--no-locale", "--no-sync", "--wal-segsize=1"]
        run_program([str(self._bin / "initdb"), "-D", "data", *options], folder)
        server = Server(folder, self._bin)
        plain = (folder / "data" / "postgresql.conf").read_bytes()
        with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(_SETTINGS.format(folder=folder, more=""))
        server.start()
        server.run(ROLES)
        server.stop()
        (folder / "data" / "postgresql.conf").write_bytes(plain)
        return folder


@contextmanager
def servers(original: Path) -> Iterator[Servers]:
    """Yield what starts servers. They end, and their files go, when it is left or when the present process ends.

    `original` is the path of the cluster that all are copies of. Processes that give the same path share it.
    """
    # The other user may not pass through the folder that the tests have.
    folder = Path(tempfile.mkdtemp(prefix="dossier-postgresql-")).resolve()
    folder.chmod(0o711)
    command = [sys.executable, str(_REMOVER), str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdin
        try:
            yield Servers(folder, original)
        finally:
            process.stdin.close()


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """Yield what starts PostgreSQL servers.

    Without PostgreSQL the test is skipped, unless $DOSSIER_NEEDS names it, and also where $DOSSIER_LEAVES_OUT names it.
    """
    if _LEFT_OUT:
        pytest.skip("$DOSSIER_LEAVES_OUT names postgresql")
    if (absent := missing()) and not _NEEDED:
        pytest.skip(absent)
    folder = tmp_path_factory.getbasetemp()
    # The processes of pytest-xdist have folders side by side.
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    with servers(shared / "postgresql") as made:
        yield made


@pytest.fixture(scope="session")
def postgresql_server(postgresql: Servers) -> Server:
    """Return a running server, one for all tests. A test that ends it starts a server of its own instead."""
    return postgresql.start()


@pytest.fixture(scope="session")
def postgresql_servers(postgresql: Servers, postgresql_server: Server) -> tuple[Server, Server, Server]:
    """Return three running servers, for all tests; the first one is `postgresql_server`."""
    return postgresql_server, postgresql.start(), postgresql.start()


def require_no_probe() -> None:
    """Assert that no thread still asks whether a server answers, as those do whose index was not closed."""
    until(lambda: not find_probes(), lambda: "an index was not closed")


@pytest.fixture
def database(postgresql: Servers, postgresql_server: Server) -> Iterator[Database]:
    """Yield a new, empty database of the running server."""
    made = postgresql.database(postgresql_server)
    yield made
    require_no_probe()
    postgresql_server.run(f"DROP DATABASE {made.name} WITH (FORCE)")


@pytest.fixture
def databases(postgresql: Servers, postgresql_servers: tuple[Server, Server, Server]) -> Iterator[tuple[Database, ...]]:
    """Yield a new, empty database on each of the three running servers."""
    made = tuple(postgresql.database(server) for server in postgresql_servers)
    yield made
    require_no_probe()
    for one in made:
        one.server.run(f"DROP DATABASE {one.name} WITH (FORCE)")
