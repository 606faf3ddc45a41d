"""Find out whether a command reads a library that is on a PostgreSQL server, and which.

Nothing that asks a server is imported, since most programs read files.
"""

import os
from pathlib import Path

from dossier.cli.arguments import CommandError
from dossier.cli.one_setting import read_setting, settings_path
from dossier.library.index.location import ServerIndex

OPTION = "--engine"
_SCHEME = b"postgres"


def locate_server(engine: str, path: Path | None) -> ServerIndex | None:
    """Return the server with the library that a command reads; None if it reads a file or folder.

    `engine` is the address that --engine gave. If it is "", the server in the settings is used, provided that neither
    the command line nor $DOSSIER_LIBRARY has a path. Raises CommandError if the settings have something else in its
    place, so that no other library is read instead.
    """
    if engine:
        return _server(engine, OPTION)
    if path is not None or os.environ.get("DOSSIER_LIBRARY"):
        return None
    found = read_setting("engine", _refuse, _SCHEME)
    return _server(found, f"engine in {settings_path()}") if found else None


def _refuse(problem: str) -> None:
    raise CommandError(f"{problem}: mend this, or name a PATH")


def needs_extra(error: ImportError) -> CommandError:
    """Return the error that the extra for PostgreSQL is not installed."""
    return CommandError(
        f"a PostgreSQL server cannot be asked without the extra postgresql ({error.msg}): "
        "pip install 'dossier[postgresql]'"
    )


def _server(address: str, named_by: str) -> ServerIndex:
    from dossier.library.index.postgresql.server_address import printable_address

    return ServerIndex(address, printable_address(address), named_by)
