"""The engines of the index beside each other: SQLite, PostgreSQL on one server and on three, and one 20 ms away.

All columns are of one run: the programs are open at the same time, each in a pseudo-terminal of its own, and are walked
through in turns. The servers are started here, and their data are kept with the library, in the folder of --keep: a
first index is measured where there is none yet. The three servers have the same index: every third part of the large
tables is on the first one, which the program asks, and the others are on the other two.

    python tests/bench/engines.py --articles 5000
    python tests/bench/engines.py --articles 100000 --keep FOLDER
    python tests/bench/engines.py --articles 100000 --keep FOLDER --only sqlite,one
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import chain
from math import inf, nan
from typing import NamedTuple

from builds import BenchmarkError
from first_index import first_index
from ground import Ground, ground, in_turns, parser, percentile, table, tell
from kept_servers import kept_servers, processor_seconds
from measurements import answered_milliseconds, typed_milliseconds
from newsroom import Newsroom
from postgresql_server import Server
from postgresql_servers import Database
from reading_library import Walk, empty_memory, walked, widened
from relay import relay
from screens import Answer, Terminal, terminal
from seat import Size, size_of

_SERVERS = 3
_AWAY = 20.0
"""Milliseconds of a round trip to the server that is away."""
_ONE, _PARTED = "library", "parted"
"""The databases with all parts on one server, and with the parts on three."""
_COLUMNS = {"sqlite": "SQLite", "one": "PostgreSQL", "three": "three servers", "away": f"{_AWAY:.0f} ms away"}
"""What is measured, and the heads of the columns."""
_TARGET = "letters: at most twice the median of SQLite, and 120 ms at 99 %"


class Made(NamedTuple):
    """Milliseconds of processor time an article of a first index: of the program, and of the server."""

    program: float
    server: float


class Reading(NamedTuple):
    """What one program has measured: its walk, the answers to widening, and its memory in megabytes."""

    walk: Walk
    widening: Sequence[Answer]
    memory: float


def main() -> int:
    """Measure, and print the table."""
    questions = parser("Measure the engines of the index beside each other.", 5_000)
    questions.add_argument("--size", default="80x24", help="columns and lines (80x24)")
    questions.add_argument("--letters", type=int, default=150, help="letters typed in searches (150)")
    questions.add_argument("--pages", type=int, default=10, help="pages turned in every pane (10)")
    names = ",".join(_COLUMNS)
    questions.add_argument("--only", type=_words, default=list(_COLUMNS), metavar="COLUMNS", help=f"some of {names}")
    asked = questions.parse_args()
    try:
        if unknown := [name for name in asked.only if name not in _COLUMNS]:
            raise BenchmarkError(f"{unknown[0]} is none of {names}")
        number = _SERVERS if "three" in asked.only else 1
        with ground(asked) as on, kept_servers(on.library.parent / "servers", number) as servers:
            made = {"sqlite": _sqlite_index(on)} if "sqlite" in asked.only else {}
            made["one"] = _server_index(on, servers[0])
            if "three" in asked.only:
                _part_index(servers)
            size = size_of(asked.size)
            with _addresses(servers) as addresses:
                readings = _read(on, [addresses[name] for name in asked.only], size, asked.letters, asked.pages)
            title = f"Engines, {on.articles:,} articles, {size[0]}x{size[1]}, {asked.letters} letters"
            first = [made.get(name, Made(nan, nan)) for name in asked.only]
            head = ("", *(_COLUMNS[name] for name in asked.only))
            table(title, head, _rows(first, readings, empty_memory(on, size)))
            tell(_TARGET)
    except BenchmarkError as trouble:
        tell(str(trouble))
        return 2
    return 0


def _words(words: str) -> list[str]:
    return words.split(",")


def _sqlite_index(on: Ground) -> Made:
    """Make the index in a file where there is none."""
    if any(on.cache.rglob("*.sqlite")):
        return Made(nan, nan)
    return Made(1000 * first_index(on).processor / on.articles, nan)


def _server_index(on: Ground, server: Server) -> Made:
    """Make the index on a server where there is none. Raises BenchmarkError when that fails."""
    if _has(server, _ONE):
        return Made(nan, nan)
    server.run(f"CREATE DATABASE {_ONE} OWNER owner TEMPLATE prepared")
    before = processor_seconds(server)
    words = on.program("index", str(on.library), "--engine", Database(server, _ONE).owner, "--format", "json")
    with subprocess.Popen(words, env=on.environment, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        server.run(f"DROP DATABASE {_ONE} WITH (FORCE)")
        raise BenchmarkError(f"dossier index ended with {process.returncode}")
    own = used.ru_utime + used.ru_stime
    return Made(1000 * own / on.articles, 1000 * (processor_seconds(server) - before) / on.articles)


def _part_index(servers: Sequence[Server]) -> None:
    """Make a copy of the index whose parts lie on all servers, where there is none."""
    from foreign_parts import spread_parts  # noqa: PLC0415 - it needs psycopg

    main_server, *others = servers
    if _has(main_server, _PARTED):
        _move_ports(main_server, others)
        return
    began = time.monotonic()
    for server in servers:
        server.run(f"DROP DATABASE IF EXISTS {_PARTED} WITH (FORCE)")
    for server in others:
        server.run(f"CREATE DATABASE {_PARTED} OWNER owner TEMPLATE prepared")
    main_server.run(f"CREATE DATABASE {_PARTED} OWNER owner TEMPLATE {_ONE}")
    try:
        spread_parts(Database(main_server, _PARTED), [Database(one, _PARTED) for one in others], "dossier")
    except BaseException:
        main_server.run(f"DROP DATABASE {_PARTED} WITH (FORCE)")
        raise
    for server in servers:
        server.run("ANALYZE", _PARTED)
    tell(f"parts on {len(servers)} servers in {time.monotonic() - began:.0f} s")


def _move_ports(main_server: Server, others: Sequence[Server]) -> None:
    """Tell the main server the ports that the others have in this run."""
    for number, other in enumerate(others, 1):
        main_server.run(f"ALTER SERVER part_{number} OPTIONS (SET port '{other.port}')", _PARTED)


def _has(server: Server, database: str) -> bool:
    return server.run(f"SELECT 1 FROM pg_database WHERE datname = '{database}'").strip() == "1"


@contextmanager
def _addresses(servers: Sequence[Server]) -> Iterator[dict[str, str]]:
    """Yield the addresses that each column is measured with, "" for the file of SQLite."""
    one, parted = Database(servers[0], _ONE), Database(servers[0], _PARTED)
    with relay(servers[0].port, _AWAY) as away:
        port = f":{servers[0].port}/"
        far = one.reader.replace(port, f":{away.port}/")
        yield {"sqlite": "", "one": one.reader, "three": parted.reader, "away": far}


def _read(on: Ground, addresses: Sequence[str], size: Size, letters: int, pages: int) -> list[Reading]:
    """Return what the programs that read at these addresses have measured, in turns."""
    newsroom = Newsroom(on.seed, on.size)
    with ExitStack() as stack:
        opened: list[Terminal] = []
        for address in addresses:
            place = ("--engine", address) if address else (str(on.library),)
            opened.append(stack.enter_context(terminal(on.program(*place, "--fresh"), on.environment, size)))
        walks = in_turns([walked(one, newsroom, size, letters, pages) for one in opened])
        widening = [list(chain.from_iterable(widened(one, newsroom, size).values())) for one in opened]
        memory = [one.memory() for one in opened]
    return [Reading(*one) for one in zip(walks, widening, memory, strict=True)]


def _rows(made: Sequence[Made], readings: Sequence[Reading], least: float) -> Iterator[tuple[object, ...]]:
    """Yield the rows of the table. `least` are the megabytes of an empty program."""
    yield ("first index: program, processor ms an article", *(one.program for one in made))
    yield ("first index: server, processor ms an article", *(one.server for one in made))
    yield from _times("a letter", [typed_milliseconds(one.walk) for one in readings])
    for kind in readings[0].walk.letters:
        every = [answered_milliseconds(one.walk.letters[kind]) for one in readings]
        yield (f"  {kind}, 99 %, ms", *(percentile(times, 99) for times in every))
    yield from _times("widening", [answered_milliseconds(one.widening) for one in readings])
    yield from _times("the next row", [answered_milliseconds(one.walk.rows) for one in readings])
    yield from _times("a page", [_page_milliseconds(one.walk.pages) for one in readings])
    yield ("keys not answered", *(sum(answer.first == inf for answer in _answers(one)) for one in readings))
    yield ("memory above an empty program, MB", *(one.memory - least for one in readings))


def _times(name: str, every: Sequence[Sequence[float]]) -> Iterator[tuple[object, ...]]:
    for words, share in (("median", 50), ("99 %", 99)):
        yield (f"{name}, {words}, ms", *(percentile(times, share) for times in every))


def _page_milliseconds(pages: Mapping[str, Sequence[Answer]]) -> list[float]:
    return answered_milliseconds(chain.from_iterable(pages.values()))


def _answers(reading: Reading) -> Iterator[Answer]:
    walk = reading.walk
    return chain(*walk.letters.values(), *walk.pages.values(), walk.rows, reading.widening)


if __name__ == "__main__":
    started = time.monotonic()
    exit_status = main()
    tell(f"in {time.monotonic() - started:.0f} s")
    sys.exit(exit_status)
