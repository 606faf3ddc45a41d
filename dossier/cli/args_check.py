"""What `dossier check` is asked for."""

from collections.abc import Sequence
from pathlib import Path

from dossier.cli.parser import Parser, limits, path
from dossier.core.dataclasses import NamedTuple
from dossier.loader.limits import Limits

_ABOUT = """\
Print every fault in article files, a line each:
file:line:col: severity: message [code]"""
_END = "Exit status: 0 no errors (there may be warnings); 1 errors; 2 could not run."


class Check(NamedTuple):
    """Tell what is wrong with the articles under `paths`."""

    paths: tuple[Path, ...]
    as_json: bool
    limits: Limits


def check(words: Sequence[str]) -> Check:
    """What the words behind `check` ask for."""
    parser = Parser("dossier check PATH... [--format text|json]", _ABOUT, _END)
    parser.add_argument(
        "paths", metavar="PATH", nargs="+", type=path, help="an article file, or a folder with its sub-folders"
    )
    parser.add_format()
    parser.add_limits()
    said = parser.understood(words)
    return Check(tuple(said.paths), said.format == "json", limits(said))
