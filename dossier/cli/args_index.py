"""What `dossier index` is asked for."""

from collections.abc import Sequence
from pathlib import Path

from dossier.cli.parser import CommandError, Parser, limits
from dossier.core.dataclasses import NamedTuple
from dossier.loader.limits import Limits

_USAGE = "dossier index [PATH] [--rebuild] [--status] [--format text|json]"
_ABOUT = """\
Bring the index of the library at PATH up to date. The index makes searching
quick; it is a cache, and can be thrown away at any time."""
_END = """\
Ctrl-C keeps what is done. With --format json a line says how far it is, several
times a second.

Exit status: 0 done, or up to date; 1 not up to date (--status); 2 could not run."""


class Index(NamedTuple):
    """Bring the index of the library in the folder `path` (None as in Browse) up to date, or tell how it is."""

    path: Path | None
    rebuild: bool
    status: bool
    as_json: bool
    limits: Limits


def index(words: Sequence[str]) -> Index:
    """What the words behind `index` ask for."""
    parser = Parser(_USAGE, _ABOUT, _END)
    parser.add_path("a folder of articles, as for dossier itself")
    parser.add_argument("--rebuild", action="store_true", help="make it anew, whatever is there")
    parser.add_argument("--status", action="store_true", help="change nothing; tell where it is, and how it is")
    parser.add_format()
    parser.add_limits()
    said = parser.understood(words)
    if said.rebuild and said.status:
        raise CommandError("--status changes nothing: leave out either it or --rebuild")
    return Index(said.path, said.rebuild, said.status, said.format == "json", limits(said))
