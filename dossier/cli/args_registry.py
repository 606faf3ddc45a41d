"""What `dossier registry` is asked for."""

from collections.abc import Sequence
from pathlib import Path

from dossier.cli.parser import Parser, limits
from dossier.core.dataclasses import NamedTuple
from dossier.loader.limits import Limits

_ABOUT = """\
Print who is the same person or organisation across the articles at PATH, as you
decided while reading, as a registry: YAML to be kept as registry.yaml among the
articles, where it holds for every reader."""
_END = "Exit status: 0 something was decided; 1 nothing was; 2 could not run."


class Registry(NamedTuple):
    """Print the reader's decisions about the library in the folder `path` (None as in Browse) as a registry."""

    path: Path | None
    limits: Limits


def registry(words: Sequence[str]) -> Registry:
    """What the words behind `registry` ask for."""
    parser = Parser("dossier registry [PATH]", _ABOUT, _END)
    parser.add_path("a folder of articles, as for dossier itself")
    parser.add_limits()
    said = parser.understood(words)
    return Registry(said.path, limits(said))
