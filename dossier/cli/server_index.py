"""`dossier index` for an index on a PostgreSQL server: update it, or print its status."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from dossier.cli.arguments import CommandError, naming_unreachable_server
from dossier.cli.index_counts import count_lines, counts_object, list_faults
from dossier.cli.index_update import WritableServer, update_on_server
from dossier.cli.output import print_json, print_message
from dossier.cli.server_library import no_index_words
from dossier.cli.server_location import needs_extra
from dossier.cli.shown_update import print_done, print_progress, run_shown
from dossier.core.dates.words import format_duration
from dossier.export.json_types import JsonObject
from dossier.library.index.errors import OtherVersionError
from dossier.library.index.location import ServerIndex
from dossier.library.index.progress import Progress, Stage
from dossier.library.index.reader import Index
from dossier.library.state_folders import find_index_state
from dossier.loader.limits import Limits
from dossier.text.messages import count_noun
from dossier.text.sanitize import sanitize_text

try:
    from dossier.library.index.postgresql.engine import PostgresqlEngine
    from dossier.library.index.postgresql.opening import open_server_index
    from dossier.library.index.postgresql.refusals import RIGHTS_CURE
    from dossier.library.index.postgresql.server_status import PartServer, ServerStatus, read_server_status
except ImportError as error:
    raise needs_extra(error) from None


@naming_unreachable_server
def run_update(server: ServerIndex, root: Path, limits: Limits, rebuild: bool, as_json: bool) -> int:
    """Update the index of the library in the folder `root` on a server, and return the exit status.

    Persons are joined by the registry alone: decisions of readers hold only for themselves. Raises CommandError when
    the index cannot be written.
    """
    if not os.path.isdir(root):
        raise CommandError(f"{root} is not a folder: only a folder of articles has an index")
    written = WritableServer(PostgresqlEngine(server.address), partial(_open_known, server.address))
    ended = list[Progress]()

    def do(show: Callable[[Progress], None]) -> None:
        ended.append(update_on_server(root, written, limits, show, rebuild))

    if status := run_shown(do, f"the index at {server.shown}", as_json):
        return status
    if not as_json:
        index = written.open()
        print_done(ended[0], index, root)
        if index:
            index.close()
        print_message(f"the index is at {server.shown}")
    return 0


def _open_known(address: str) -> Index | None:
    """Open the index on a server; None where there is none yet, or that of another version, which is made anew."""
    with suppress(OtherVersionError):
        return open_server_index(address)
    return None


def name_server(server: ServerIndex, rebuild: bool, as_json: bool) -> int:
    """Print which index the settings name, which is not updated without --engine, and return the exit status."""
    command = f"dossier index FOLDER --engine {server.shown}"
    if rebuild:
        raise CommandError(f"the index is on a server: {command} --rebuild makes it anew")
    if as_json:
        print_progress(Progress(Stage.ENDED))
    else:
        print_message(
            f"the index is on a server ({server.shown}, named by {server.named_by}) and was not updated: "
            f"{command} updates it"
        )
    return 0


@naming_unreachable_server
def print_status(server: ServerIndex, root: Path | None, limits: Limits, as_json: bool) -> int:
    """Print the status of the index on a server, and return the exit status: 0 if it is up to date, else 1.

    It is compared with the files of the library only if `root` is given.
    """
    try:
        found = read_server_status(server.address, root)
    except OSError as error:
        where = os.fsdecode(error.filename or root or "")
        raise CommandError(f"{where}: {error.strerror}; name a folder of articles") from None
    faults = list[JsonObject]()
    if found.found.exists and found.has_files and (index := open_server_index(server.address)):
        faults = list(list_faults(index, found.library))
        index.close()
    folder = find_index_state(server.shown, found.library).folder if found.library else None
    if as_json:
        print_json({**_status_object(server, found, faults), "state_folder": str(folder) if folder else None})
    else:
        kept = [f"kept in   {folder}"] if folder else []
        print("\n".join(map(sanitize_text, (*_status_lines(server, found, root, faults), *kept))))
    return 0 if found.is_up_to_date else 1


def _status_object(server: ServerIndex, status: ServerStatus, faults: list[JsonObject]) -> JsonObject:
    found = status.found
    unknown = [] if status.has_files else ["files", "registries", "others", "faults", "changed"]
    unknown += [] if status.has_facts else ["library", "articles"]
    return {
        "engine": "postgresql",
        "address": server.shown,
        "named_by": server.named_by,
        "server_version": status.version,
        "replica": status.is_replica,
        "lag": status.lag,
        "servers": [
            {"name": one.name, "host": one.host, "parts": one.parts, "reachable": not one.failure, "why": one.failure}
            for one in status.servers
        ],
        "unreadable": list(status.unreadable),
        "exists": found.exists,
        "library": status.library,
        **counts_object(found, faults),
        "replacement": status.replacement._asdict() if status.replacement else None,
        "up_to_date": status.is_up_to_date,
        **dict.fromkeys(unknown),
    }


def _status_lines(
    server: ServerIndex, status: ServerStatus, root: Path | None, faults: list[JsonObject]
) -> Iterator[str]:
    found = status.found
    yield f"index     {server.shown}, named by {server.named_by}"
    yield f"server    PostgreSQL {status.version}{_replica_words(status)}"
    if not found.exists:
        yield f"state     {no_index_words(server)}"
        return
    yield from map(_part_words, status.servers)
    if status.unreadable:
        noun = "table" if len(status.unreadable) == 1 else "tables"
        yield f"rights    your role may not read the {noun} {', '.join(status.unreadable)}: {RIGHTS_CURE}"
    if status.has_facts:
        yield f"library   {status.library}"
    yield f"size      {found.size / 1_000_000:,.1f} MB{' on this server' if status.servers else ''}"
    if status.has_files:
        yield from count_lines(found, faults)
    elif status.has_facts:
        yield f"articles  {found.articles:,}"
    yield f"state     {_state_words(server, status, root)}"


def _replica_words(status: ServerStatus) -> str:
    if not status.is_replica:
        return ""
    if status.lag is None:
        return ", a replica, how late is not known yet"
    return f", a replica, {format_duration(status.lag)} late" if status.lag else ", a replica, up to date"


def _part_words(server: PartServer) -> str:
    state = f"cannot be read: {server.failure}" if server.failure else "reachable"
    return f"parts     {server.name} ({server.host}): {count_noun(server.parts, 'table')}, {state}"


def _state_words(server: ServerIndex, status: ServerStatus, root: Path | None) -> str:
    found, command = status.found, f"dossier index {status.library} --engine {server.shown}"
    changed = found.changed + found.unsure
    if any(one.failure for one in status.servers):
        return "incomplete: a server with parts of it cannot be read"
    if status.unreadable:
        return "incomplete: your role may not read all of it"
    if begun := status.replacement:
        # Before the files are compared, it is not known how many are to be read.
        left = f", {count_noun(begun.unread, 'file')} left to read" if begun.unread else ""
        return (
            f"being made anew, {count_noun(begun.articles, 'article')} so far{left}: {command}, with the limits that"
            " were given then, finishes it; until then readers have it as it was"
        )
    if changed:
        have = "has" if changed == 1 else "have"
        return f"{count_noun(changed, 'file')} {have} changed: {command} updates the index"
    if not found.is_whole:
        return f"not finished: {command} finishes it"
    return "up to date" if root else "as of its last update; with the library's folder as PATH, files are compared"
