"""The PostgreSQL servers of the tests: their roles, their databases, and that none of them is left behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from postgresql_server import ADMINISTRATOR, Server
from postgresql_servers import Database, Servers
from processes import state
from waiting import until

_PROGRAM = """
import os, sys, time
from pathlib import Path
from postgresql_servers import servers
with servers(Path(sys.argv[1])) as made:
    one = made.start()
    print(one.pid, one.folder, flush=True)
    time.sleep(3600)
"""


def test_an_owner_writes_what_a_reader_only_reads(database: Database) -> None:
    with psycopg.connect(database.owner) as owner:
        owner.execute("CREATE TABLE article (id bigint)")
        owner.execute("INSERT INTO article VALUES (7)")
    with psycopg.connect(database.reader) as reader:
        assert reader.execute("SELECT id FROM article").fetchall() == [(7,)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            reader.execute("INSERT INTO article VALUES (8)")


def test_a_reader_can_create_nothing(database: Database) -> None:
    with psycopg.connect(database.reader) as reader, pytest.raises(psycopg.errors.InsufficientPrivilege):
        reader.execute("CREATE TABLE article (id bigint)")


def test_a_wrong_password_is_refused(database: Database) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(database.reader.replace("word", "wrong"))


def test_a_database_is_new(databases: tuple[Database, ...]) -> None:
    assert len({one.server.port for one in databases}) == 3
    for one in databases:
        assert one.run("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == "0\n"


def test_a_server_starts_again_after_each_end(postgresql: Servers) -> None:
    server = postgresql.start()
    database = postgresql.database(server)
    port = server.port
    database.run("CREATE TABLE article (id bigint); INSERT INTO article VALUES (7)")
    for end in (server.stop, server.crash, server.kill):
        end()
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(database.owner)
        server.start()
        assert (server.port, database.run("SELECT id FROM article")) == (port, "7\n")
    server.stop()


def test_a_paused_server_answers_when_it_goes_on(postgresql: Servers) -> None:
    server = postgresql.start()
    with psycopg.connect(server.address("prepared", ADMINISTRATOR), autocommit=True) as connection:
        backend = connection.info.backend_pid
        server.pause()
        assert (state(server.pid), state(backend)) == ("T", "T")
        server.resume()
        assert connection.execute("SELECT 1").fetchone() == (1,)
    server.stop()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_no_server_outlives_the_process_that_started_it(
    postgresql_server: Server, tmp_path: Path, number: signal.Signals
) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    command = [sys.executable, "-c", _PROGRAM, str(tmp_path / "cluster")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        pid, folder = process.stdout.readline().split()
        assert state(int(pid))
        process.send_signal(number)
    until(lambda: not state(int(pid)) and not Path(folder).parent.exists())
