"""Which servers are tried for an address: those that libpq takes from it, from its service and from the environment."""

import os
import socket
from contextlib import closing
from pathlib import Path

import pytest

psycopg = pytest.importorskip("psycopg")

# They need psycopg.
from psycopg.conninfo import conninfo_to_dict  # noqa: E402

from dossier.library.index.postgresql import connecting  # noqa: E402
from dossier.library.index.postgresql.connecting import connect, name_hosts  # noqa: E402

NEWS = """[archive]
host=archive.example

[news]
host=main.example,replica.example
port=5433
dbname=news
user=reader
password=secret
target_session_attrs=prefer-standby
"""


@pytest.fixture(autouse=True)
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have a service file, and no variable of PostgreSQL beside the one that names it; return its path."""
    for name in [name for name in os.environ if name.startswith("PG")]:
        monkeypatch.delenv(name)
    (tmp_path / "services").write_text(NEWS, "utf-8")
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    return tmp_path / "services"


def find_where(address: str) -> dict[str, object]:
    """Return what psycopg is told of the servers."""
    told = conninfo_to_dict(name_hosts(address))
    return {name: told[name] for name in ("host", "hostaddr", "port", "target_session_attrs") if name in told}


@pytest.mark.parametrize("by_variable", [False, True], ids=["address", "PGSERVICE"])
def test_the_hosts_of_a_service_are_told_to_psycopg(by_variable: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if by_variable:
        monkeypatch.setenv("PGSERVICE", "news")
    assert find_where("postgresql:///" if by_variable else "postgresql:///?service=news") == {
        "host": "main.example,replica.example",
        "port": "5433",
        "target_session_attrs": "prefer-standby",
    }


def test_a_service_is_stronger_than_the_environment_and_weaker_than_the_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PGHOST", "127.0.0.1")
    monkeypatch.setenv("PGPORT", "1")
    assert find_where("postgresql:///?service=archive") == {
        "host": "archive.example",
        "port": "1",
        "target_session_attrs": "any",
    }
    assert find_where("postgresql://there.example:7/?service=archive")["host"] == "there.example"
    assert find_where("postgresql:///")["host"] == "127.0.0.1"


def test_no_password_is_taken_out_of_a_service_file() -> None:
    told = conninfo_to_dict(name_hosts("postgresql:///?service=news"))
    assert {"password", "user", "sslmode"}.isdisjoint(told)
    assert told["service"] == "news"


def test_an_address_that_libpq_refuses_is_left_as_it_is() -> None:
    assert conninfo_to_dict(name_hosts("postgresql:///?service=other")) == {"service": "other"}


def test_the_second_host_of_a_service_is_asked_when_the_first_is_silent(
    services: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No less is taken by psycopg.
    monkeypatch.setattr(connecting, "_CONNECT", 2)
    # The kernel takes connections to both, and nothing is said on them.
    with (
        closing(socket.create_server(("127.0.0.1", 0))) as first,
        closing(socket.create_server(("127.0.0.1", 0))) as second,
    ):
        ports = f"{first.getsockname()[1]},{second.getsockname()[1]}"
        services.write_text(f"[news]\nhost=127.0.0.1,127.0.0.1\nport={ports}\ndbname=news\nuser=reader\n", "utf-8")
        with pytest.raises(psycopg.OperationalError):
            connect("postgresql:///?service=news", {}, 10.0)
        for server in (first, second):
            server.settimeout(0)
            with closing(server.accept()[0]) as asked:
                assert asked.getsockname() == server.getsockname()
