"""Whether a command reads a library that is on a PostgreSQL server, and which.

Only what it takes to tell that is imported: most programs read files.
"""

import os
from pathlib import Path

from dossier.cli.arguments import CommandError
from dossier.cli.one_setting import read_setting, settings_path
from dossier.library.index.location import ServerIndex

OPTION = "--engine"
_SCHEME = b"postgres"


def locate_server(engine: str, path: Path | None) -> ServerIndex | None:
    """Return where the library is that a command reads, if that is on a server; None if it is in a file or folder.

    It is on the server at the address `engine`, which --engine gave, if that is not "". Else it is on the one that the
    settings name, if the command line has no path and $DOSSIER_LIBRARY names none either. Raises CommandError where
    the settings have something else there: another library must not be read in its place.
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
    """Return the error for a program that lacks what it takes to ask a server."""
    return CommandError(
        f"a PostgreSQL server cannot be asked without the extra postgresql ({error.msg}): "
        "pip install 'dossier[postgresql]'"
    )


def _server(address: str, named_by: str) -> ServerIndex:
    from dossier.library.index.postgresql.server_address import printable_address

    return ServerIndex(address, printable_address(address), named_by)
