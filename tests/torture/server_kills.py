"""Kill PostgreSQL servers and whoever writes an index to them, again and again, at any moment.

Each round the library changes, an update begins, and before one of its exchanges with the server, or shortly after that
began, one of them is killed: a server, or the indexer. What the index says then of an article is what its file says, or
what it said before; and after another update all answers are those of an index that was made in peace.
"""

import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
from postgresql_servers import Database

from dossier.library.index.errors import IndexDamagedError, IndexWriteError
from dossier.library.index.ingest import hash_content
from dossier.library.index.postgresql.connecting import ServerConnection
from dossier.library.index.postgresql.engine import PostgresqlEngine
from dossier.library.index.postgresql.opening import open_server_index
from dossier.library.index.postgresql.server_sessions import ServerSessions
from dossier.library.index.postgresql.server_writer import ServerWriter
from dossier.library.index.reader import Index
from dossier.library.index.update import update_index
from dossier.library.stored_library import ServerSources
from torture.answers import Answers, answers, answers_by_article, answers_of, differences
from torture.kills import change_library

Kill = Callable[[ServerConnection], None]

_SOON = 0.01
"""The most seconds from the beginning of an exchange to the kill."""
_PROCESS: Final = "the process of an indexer"
_WITHIN = 0.5
"""The most seconds from the beginning of an update by a process of its own to its kill."""
_INDEXER: Final = """
import sys
from pathlib import Path
from dossier.library.index.postgresql.engine import PostgresqlEngine
from dossier.library.index.update import update_index
root, address = sys.stdin.read().splitlines()
update_index(Path(root), report=lambda now: print(now.stage, flush=True), engine=PostgresqlEngine(address))
"""


class CutError(Exception):
    """The indexer was killed."""


class ServerKills:
    """What came of some rounds: how often each was killed, and what was answered wrongly."""

    def __init__(self) -> None:
        self.killed: Counter[str] = Counter()
        self.too_late = 0
        self.wrong: list[str] = []


def kill_servers(root: Path, databases: Sequence[Database], rounds: int, seed: int = 1) -> ServerKills:
    """Kill servers and indexers of the library in the folder `root`, and return what came of it.

    The index is in the first of the databases, and has parts in all of them.
    """
    chance, found = random.Random(seed), ServerKills()
    engine = PostgresqlEngine(databases[0].owner)
    victims: dict[str, Kill] = {"the indexer": _end_indexer}
    for number, one in enumerate(databases):
        victims[f"server {number}, killed"] = partial(_end_server, one.server.kill)
        victims[f"server {number}, crashed"] = partial(_end_server, one.server.crash)
    exchanges = 40
    before = _answers_in_peace(root)
    for number in range(1, rounds + 1):
        change_library(root, len(before[1]), chance)
        victim = chance.choice([*victims, _PROCESS])
        # A commit is where servers may come apart, and one exchange of many.
        at = chance.choice((chance.randrange(exchanges), _Commit(chance.randrange(2))))
        delay = chance.choice((0.0, _SOON * chance.random()))
        if victim == _PROCESS:
            was_killed = _kill_process(root, databases[0].owner, _WITHIN * chance.random())
        else:
            with suppress(CutError, IndexWriteError), _killing(victims[victim], at, delay) as counted:
                update_index(root, engine=engine)
            was_killed, exchanges = counted.was_killed, max(counted.number, 40)
        found.killed[victim] += was_killed
        found.too_late += not was_killed
        _restart(databases)
        after, name = _answers_in_peace(root), f"round {number}, {victim} at {at}, {delay * 1000:.1f} ms"
        found.wrong += [f"{name}: {one} in between" for one in _wrong_between(databases[0], before[1], after[1])]
        update_index(root, engine=engine)
        index = open_server_index(databases[0].reader)
        assert index
        found.wrong += [f"{name}: {one} afterwards" for one in differences(after[0], answers_of(index))]
        found.wrong += [f"{name}: {one} afterwards" for one in _wrong_sources(databases[0])]
        before = after
    return found


@dataclass(frozen=True)
class _Commit:
    """The exchange that commits the transaction with this number, from 0."""

    number: int


class _Counted:
    """The exchanges with the server and the transactions so far, and whether the victim was killed."""

    def __init__(self) -> None:
        self.number, self.was_killed = 0, False
        self.transactions, self.is_commit = 0, False


@contextmanager
def _killing(kill: Kill, at: int | _Commit, delay: float) -> Iterator[_Counted]:
    """Kill the victim before an exchange of any connection, `at`, or `delay` seconds after it began."""
    counted, killers = _Counted(), list[threading.Timer]()
    wait, transaction = ServerConnection.wait, ServerWriter.transaction

    @contextmanager
    def marking(session: ServerWriter) -> Iterator[None]:
        with transaction(session):
            yield
            counted.is_commit = at == _Commit(counted.transactions)
            counted.transactions += 1

    def counting(connection: ServerConnection, *given: Any, **named: Any) -> Any:
        counted.number += 1
        if counted.is_commit or counted.number - 1 == at:
            counted.is_commit = False
            counted.was_killed = True
            if delay and kill is not _end_indexer:
                killers.append(threading.Timer(delay, kill, [connection]))
                killers[0].start()
            else:
                kill(connection)
        return wait(connection, *given, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ServerConnection, "wait", counting)
        patch.setattr(ServerWriter, "transaction", marking)
        try:
            yield counted
        finally:
            for one in killers:
                one.join()


def _kill_process(root: Path, address: str, after: float) -> bool:
    """Start an indexer, kill it some seconds after it began, and return whether it had not ended before."""
    command = [sys.executable, "-c", _INDEXER]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as indexer:
        assert indexer.stdin
        assert indexer.stdout
        indexer.stdin.write(f"{root}\n{address}")
        indexer.stdin.close()
        indexer.stdout.readline()
        try:
            indexer.wait(after)
        except subprocess.TimeoutExpired:
            os.killpg(indexer.pid, signal.SIGKILL)
            return True
    return False


def _end_indexer(connection: ServerConnection) -> None:
    """End the connection as the system does for a process that was killed."""
    connection.pgconn.finish()
    raise CutError


def _end_server(end: Callable[[], None], connection: ServerConnection) -> None:
    end()


def _restart(databases: Sequence[Database]) -> None:
    """Start the servers that were killed."""
    for one in databases:
        if not one.server.is_running:
            one.server.start()


def _answers_in_peace(root: Path) -> tuple[Answers, Answers]:
    """Return what an index in a file answers, in all and by article."""
    update_index(root, rebuild=True)
    found, index = answers(root), Index.open(root)
    assert index
    return found, answers_by_article(index)


def _wrong_between(main: Database, before: Answers, after: Answers) -> list[str]:
    """Return the articles of which the index says something else than it did before, or is to say."""
    index = open_server_index(main.reader)
    if index is None:
        return []
    try:
        said = answers_by_article(index)
    except (KeyError, IndexDamagedError) as error:
        return [repr(error)]
    wrong = [one for one, lines in said.items() if lines not in (before.get(one), after.get(one))]
    return wrong + _wrong_sources(main)


def _wrong_sources(main: Database) -> list[str]:
    """Return the paths of files of which a reader gets another text than that which the index is of."""
    sessions = ServerSessions.open(main.reader)
    assert sessions
    with closing(sessions):
        sources, wrong = ServerSources(sessions, 1 << 30), []
        for path, digest in sessions.fetch_all("SELECT path, digest FROM file"):
            try:
                text = sources.fetch_source(os.fsdecode(path))
            except KeyError:
                text = b""
            if hash_content(text) != digest:
                wrong.append(f"the text of {path!r}")
        return wrong
