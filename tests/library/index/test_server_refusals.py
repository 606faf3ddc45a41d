"""What an index on a PostgreSQL server needs of the database and of the roles, and what is told where it is missing."""

import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from postgresql_server import Server
from postgresql_servers import Database
from shelves import dossier_of, written
from waiting import until

from dossier.cli.main import main
from dossier.library.index.availability import NO_RIGHT_WORDS
from dossier.library.index.errors import (
    IndexRefusedError,
    IndexUnreachableError,
    IndexWriteError,
    PartUnreachableError,
    RightMissingError,
)
from dossier.library.index.reader import Index
from dossier.library.index.update import update_index

psycopg = pytest.importorskip("psycopg")

# They need psycopg.
from foreign_parts import spread_parts  # noqa: E402
from served_indexes import find_refs, open_made_index  # noqa: E402

from dossier.library.index.postgresql import connecting  # noqa: E402
from dossier.library.index.postgresql.connecting import ServerConnection  # noqa: E402
from dossier.library.index.postgresql.engine import PostgresqlEngine  # noqa: E402
from dossier.library.index.postgresql.opening import open_server_index  # noqa: E402
from dossier.library.index.postgresql.refusals import make_question_error  # noqa: E402
from dossier.library.index.postgresql.server_status import read_server_status  # noqa: E402
from dossier.library.index.postgresql.server_tables import SCHEMA  # noqa: E402

PATIENCE = 120
UNREAD = """
import sys
from dossier.library.index.postgresql.opening import open_server_index

index = open_server_index(sys.argv[1])
coming = index.articles.article_ids()
print(next(coming) > 0)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    written(tmp_path / "library", "a.yaml", dossier_of("okafor", "Lena Okafor", outlet="Herald"))
    written(tmp_path / "library", "b.yaml", dossier_of("yoon", "Yoon Suk Yeol", "2021"))
    return tmp_path / "library"


@pytest.mark.parametrize("encoding", ["LATIN1", "EUC_JP", "SQL_ASCII"])
def test_a_database_in_another_encoding_is_refused_before_anything_is_written(
    root: Path, postgresql_server: Server, encoding: str
) -> None:
    name = f"in_{encoding.lower()}"
    postgresql_server.run(
        f"CREATE DATABASE {name} OWNER owner ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
    )
    database = Database(postgresql_server, name)
    try:
        with pytest.raises(IndexWriteError, match=f"has the encoding {encoding}, not UTF8: name another one"):
            update_index(root, engine=PostgresqlEngine(database.owner))
        with pytest.raises(IndexRefusedError, match=f"has the encoding {encoding}, not UTF8"):
            open_server_index(database.owner)
        assert database.run("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'dossier%'").strip() == "0"
    finally:
        postgresql_server.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize("table", ["words", "long_entry", "packed"])
def test_a_right_that_is_missing_is_told_as_such_until_it_is_given(root: Path, database: Database, table: str) -> None:
    update_index(root, engine=PostgresqlEngine(database.owner))
    index = open_made_index(database.reader)
    told: list[str] = []
    index.call_when_reachability_changes(lambda: told.append(index.unreachable_words))
    database.run(f"REVOKE SELECT ON dossier.{table} FROM reader")
    for _ in range(5):
        with pytest.raises(RightMissingError, match=f"permission denied for table {table}: .*GRANT SELECT") as caught:
            find_refs(index, "okafor")
        assert "word@" not in str(caught.value)
        # What is not forbidden is answered.
        assert index.total() == 2
    assert index.unreachable_words == NO_RIGHT_WORDS
    database.run(f"GRANT SELECT ON dossier.{table} TO reader")
    # The state changes before it is told.
    until(lambda: told == [NO_RIGHT_WORDS, ""])
    assert index.unreachable_words == ""
    assert find_refs(index, "okafor")
    index.close()


def test_what_a_role_may_not_read_is_no_server_that_does_not_answer_on_the_command_line(
    root: Path, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    update_index(root, engine=PostgresqlEngine(database.owner))
    database.run("REVOKE SELECT ON dossier.person FROM reader")
    assert main(["show", "person/okafor", "--engine", database.reader]) == 2
    said = capsys.readouterr().err
    assert "the index's server cannot be used: postgresql://127.0.0.1:" in said
    assert "permission denied for table person: the owner of the index allows it with GRANT SELECT" in said


@pytest.mark.parametrize(
    ("where", "cure"),
    [
        ("DATABASE {}", "ALTER DATABASE … RESET default_transaction_read_only ends that"),
        ("ROLE owner IN DATABASE {}", "ALTER ROLE … IN DATABASE … RESET default_transaction_read_only ends that"),
    ],
)
def test_what_forbids_to_write_is_told_with_its_cure(root: Path, database: Database, where: str, cure: str) -> None:
    update_index(root, engine=PostgresqlEngine(database.owner))
    database.run(f"ALTER {where.format(database.name)} SET default_transaction_read_only = on")
    with pytest.raises(IndexWriteError, match=f"since default_transaction_read_only is on: {cure}"):
        update_index(root, engine=PostgresqlEngine(database.owner))
    address = database.owner + "?options=-cdefault_transaction_read_only%3Don"
    with pytest.raises(IndexWriteError, match="leave that out of the address"):
        update_index(root, engine=PostgresqlEngine(address))


def test_an_update_is_not_stopped_by_the_limits_that_a_role_has(root: Path, database: Database) -> None:
    limits = {
        "statement_timeout": ("1min", "0"),
        "lock_timeout": ("1min", "0"),
        "idle_in_transaction_session_timeout": ("1min", "0"),
        "default_transaction_isolation": ("serializable", "read committed"),
    }
    for name, (limit, _) in limits.items():
        database.run(f"ALTER ROLE owner IN DATABASE {database.name} SET {name} = '{limit}'")
    engine = PostgresqlEngine(database.owner)
    with engine.hold(lambda: None):
        for name, (_, needed) in limits.items():
            assert engine._session.execute("SELECT current_setting(?)", (name,)).fetchall() == [(needed,)]
    assert update_index(root, engine=PostgresqlEngine(database.owner)).articles == 2
    index = open_made_index(database.reader)
    assert find_refs(index, "okafor")
    index.close()


def test_a_program_ends_whose_answers_were_not_read_to_their_ends(root: Path, database: Database) -> None:
    update_index(root, engine=PostgresqlEngine(database.owner))
    ended = subprocess.run(
        [sys.executable, "-c", UNREAD, database.reader], check=False, capture_output=True, text=True, timeout=PATIENCE
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "True\n", "")


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        ("ALTER DATABASE {} CONNECTION LIMIT 0", "as many connections as it may have"),
        ("ALTER DATABASE {} WITH ALLOW_CONNECTIONS false", "the database takes no connections: ALTER DATABASE"),
    ],
)
def test_a_database_that_takes_no_connection_is_told_as_such(database: Database, statements: str, told: str) -> None:
    database.server.run(statements.format(database.name))
    with pytest.raises((IndexUnreachableError, IndexRefusedError), match=told):
        open_server_index(database.reader)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("?options=-c%20nosuch%3Dsecret", "a parameter of the connection is not known"),
        ("?options=-c%20TimeZone%3Dsecret", "a parameter of the connection is not known"),
        ("?sslmode=secret", "a parameter of the connection is not known"),
        ("?target_session_attrs=standby", "no server there is of the kind that target_session_attrs names"),
        ("%ff", "this is no address of a PostgreSQL server"),
        ("\udcff", "this is no address of a PostgreSQL server"),
    ],
)
def test_what_is_wrong_with_a_connection_is_told_for_good(database: Database, more: str, told: str) -> None:
    for ask in (open_server_index, read_server_status):
        with pytest.raises(IndexRefusedError, match=rf"{told}.*: ") as caught:
            ask(database.reader + more)
        assert "secret" not in str(caught.value)


POOLED = "a pooler there gives each transaction another session: an index needs a session of its own: name the server"


@pytest.fixture
def pooled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a pooler between programs and servers: it gives connections numbers of its own, not those of processes."""
    monkeypatch.setattr(psycopg.ConnectionInfo, "backend_pid", property(lambda info: 1))


@pytest.mark.usefixtures("pooled")
@pytest.mark.parametrize("is_full", [False, True], ids=["with room", "full"])
def test_an_index_is_read_and_written_through_a_pooler_that_pools_sessions(
    is_full: bool, root: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = list[str]()
    open_connection = connecting._open

    def open_first(address: str, patience: float) -> ServerConnection:
        if patience == connecting._MOMENT:
            others.append(address)
            if is_full:
                raise psycopg.OperationalError("too many clients")
        return open_connection(address, patience)

    monkeypatch.setattr(connecting, "_open", open_first)
    update_index(root, engine=PostgresqlEngine(database.owner))
    index = open_made_index(database.reader)
    assert find_refs(index, "okafor")
    found = index._sessions.fetch_one("SELECT current_setting('default_transaction_read_only') AS value")
    assert found == ("on",)
    index.close()
    assert {database.owner, database.reader} <= set(others)


@pytest.mark.usefixtures("pooled")
def test_a_pooler_that_pools_transactions_is_told_and_nothing_is_set_over_it(
    root: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "find_process", lambda connection: 7)
    said = list[bool]()
    set_in_process = connecting._set_in_process

    def note_setting(connection: ServerConnection, process: int, settings: dict[str, str]) -> bool:
        said.append(set_in_process(connection, process, settings))
        return said[-1]

    monkeypatch.setattr(connecting, "_set_in_process", note_setting)
    for ask in (open_server_index, read_server_status):
        with pytest.raises(IndexRefusedError, match=POOLED):
            ask(database.reader)
    with pytest.raises(IndexWriteError, match=POOLED):
        update_index(root, engine=PostgresqlEngine(database.owner))
    assert said == [False, False, False]


@pytest.mark.parametrize(
    ("refuse", "allow", "told"),
    [
        (
            "ALTER DATABASE {name} ALLOW_CONNECTIONS false",
            "ALTER DATABASE {name} ALLOW_CONNECTIONS true",
            "the index's server refuses connections (the database takes no connections): ALTER DATABASE",
        ),
        (
            "REVOKE CONNECT ON DATABASE {name} FROM PUBLIC",
            "GRANT CONNECT ON DATABASE {name} TO PUBLIC",
            "the index's server refuses connections (your role may not connect to the database): GRANT CONNECT",
        ),
        (
            "ALTER DATABASE {name} CONNECTION LIMIT 0",
            "ALTER DATABASE {name} CONNECTION LIMIT -1",
            "the index's server refuses connections (the role or the database has as many connections as it may have"
            " (CONNECTION LIMIT)): lists go on when it takes one",
        ),
    ],
)
def test_a_server_that_refuses_while_an_index_is_open_is_not_called_silent(
    refuse: str, allow: str, told: str, root: Path, database: Database
) -> None:
    update_index(root, engine=PostgresqlEngine(database.owner))
    index = open_made_index(database.reader)
    database.server.run(refuse.format(name=database.name))
    database.server.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database.name}'")
    wait_until_told(index, told)
    database.server.run(allow.format(name=database.name))
    until(lambda: index.unreachable_words == "")
    assert index.total() == 2
    index.close()


def wait_until_told(index: Index, told: str) -> None:
    """Ask an index until it says, in words that begin like this, why its server cannot be read."""

    def is_told() -> bool:
        with suppress(IndexUnreachableError):
            index.total()
        return index.unreachable_words.startswith(told)

    until(is_told, lambda: index.unreachable_words)


PASSWORD_CURE = "the password is missing or wrong): ~/.pgpass (PGPASSFILE) or a service file has it, with chmod 600"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("passwords", "*:*:*:reader:another word\n", f"the index's server refuses connections ({PASSWORD_CURE}"),
        ("passwords", "", f"no connection to the index's server ({PASSWORD_CURE}"),
        (
            "services",
            "[others]\n",
            "no connection to the index's server (the service is in no service file): PGSERVICE",
        ),
        (
            "services",
            "[news]\nhost=127.0.0.1\nport={port}\ndbname={name}\nuser=reader\nsslmode=require\n",
            "no connection to the index's server (the server takes no encrypted connections, which sslmode requires)",
        ),
        ("services", "[news]\nport=secret\n", "no connection to the index's server (a parameter of the connection is"),
    ],
    ids=["another password", "no password", "no service", "encrypted", "no port"],
)
def test_what_this_machine_lacks_while_an_index_is_open_is_told_with_its_cure(
    name: str, content: str, told: str, root: Path, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until it is there again."""
    place = {"port": database.server.port, "name": database.name}
    for variable, file, text in (
        ("PGPASSFILE", "passwords", "*:*:*:reader:reader word\n"),
        ("PGSERVICEFILE", "services", "[news]\nhost=127.0.0.1\nport={port}\ndbname={name}\nuser=reader\n"),
    ):
        (tmp_path / file).write_text(text.format(**place), "utf-8")
        (tmp_path / file).chmod(0o600)
        monkeypatch.setenv(variable, str(tmp_path / file))
    update_index(root, engine=PostgresqlEngine(database.owner))
    index = open_made_index("postgresql:///?service=news")
    before = (tmp_path / name).read_text("utf-8")
    (tmp_path / name).write_text(content.format(**place), "utf-8")
    database.server.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database.name}'")
    wait_until_told(index, told)
    (tmp_path / name).write_text(before, "utf-8")
    until(lambda: index.unreachable_words == "")
    assert index.total() == 2
    index.close()


@pytest.mark.parametrize(
    "said",
    [
        "SSL connection has been closed unexpectedly",
        "SSL SYSCALL error: EOF detected",
        "server closed the connection unexpectedly",
    ],
)
def test_a_connection_that_ended_is_no_matter_of_encryption(said: str) -> None:
    error = make_question_error("postgresql://desk.example/news", psycopg.OperationalError(said))
    assert str(error) == "postgresql://desk.example/news: the server closed the connection"


@pytest.mark.parametrize("kind", ["DuplicatePreparedStatement", "InvalidSqlStatementName"])
def test_a_session_that_another_connection_has_is_no_damage(kind: str) -> None:
    error = make_question_error("postgresql://desk.example/news", getattr(psycopg.errors, kind)())
    assert isinstance(error, IndexUnreachableError)
    assert POOLED in str(error)


def test_a_server_without_encryption_is_told_as_such(database: Database) -> None:
    told = "the server takes no encrypted connections, which sslmode requires: ssl = on in its postgresql.conf lets it"
    with pytest.raises(IndexRefusedError, match=told):
        open_server_index(f"{database.reader}?sslmode=require")


def test_a_service_that_has_a_value_which_cannot_be_is_told_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "services").write_text("[news]\nhost=127.0.0.1\nport=secret\n", "utf-8")
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    with pytest.raises(IndexRefusedError, match=r"a parameter of the connection .*, in the service file, or") as caught:
        open_server_index("postgresql:///?service=news")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("statement", "told", "kind"),
    [
        ("DROP USER MAPPING FOR reader SERVER part_1", "user mapping not found", RightMissingError),
        (
            "ALTER USER MAPPING FOR reader SERVER part_1 OPTIONS (SET password 'secret')",
            'could not connect to server "part_1": the password is missing or wrong',
            PartUnreachableError,
        ),
        (
            "ALTER USER MAPPING FOR reader SERVER part_1 OPTIONS (DROP password)",
            # PostgreSQL 18 names another way beside the password.
            "password (or GSSAPI delegated credentials )?(is )?required",
            RightMissingError,
        ),
    ],
)
def test_a_role_without_its_user_mapping_is_told_so_and_the_index_is_not_called_damaged(
    root: Path, databases: tuple[Database, ...], statement: str, told: str, kind: type[PartUnreachableError]
) -> None:
    main, *others = databases
    update_index(root, engine=PostgresqlEngine(main.owner))
    spread_parts(main, others, SCHEMA)
    main.run(statement)
    index = open_made_index(main.reader)
    with pytest.raises(kind, match=rf"{told}.*: .*CREATE USER MAPPING") as caught:
        [find_refs(index, typed) for typed in ("published:2021 yoon", "okafor")]
    assert "secret" not in str(caught.value)
    assert index.total() == 2
    index.close()
    failures = [one.failure for one in read_server_status(main.reader).servers]
    assert re.search(told, failures[0])
    assert "CREATE USER MAPPING" in failures[0]
    assert failures[1:] == [""]
