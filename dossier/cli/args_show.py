"""What `dossier show` is asked for."""

from collections.abc import Sequence
from pathlib import Path

from dossier.cli.parser import STATUS, CommandError, Parser, limits, ref
from dossier.core.dataclasses import NamedTuple
from dossier.core.ref import Ref
from dossier.loader.limits import Limits

_ABOUT = """\
Print what REF addresses: the card of a person, an organisation, a place, a
quote or an event, the text of a paragraph, or a whole article."""
_END = f"""\
An address (REF) is article#kind/id, such as nato-seoul-2023#quote/q3. With one
article kind/id is enough: quote/q3, person/stoltenberg, para/p4, or
para/p4:12-28 for some of its characters; '#' is the article itself.

{STATUS}"""


class Show(NamedTuple):
    """Print what `ref` addresses in the article or articles at `path`, None as in Browse."""

    ref: Ref
    path: Path | None
    as_json: bool
    limits: Limits


def show(words: Sequence[str]) -> Show:
    """What the words behind `show` ask for."""
    parser = Parser("dossier show REF [PATH] [--format text|json]", _ABOUT, _END)
    parser.add_argument("ref", metavar="REF", type=ref, help="an address")
    parser.add_path("as for dossier itself")
    parser.add_format()
    parser.add_limits()
    said = parser.understood(words)
    if said.path is None and not said.ref.kind and Path(said.ref.article).is_file():
        name = said.ref.article
        raise CommandError(f"{name} is a file, and an address goes before it: dossier show '#' {name} prints it whole")
    return Show(said.ref, said.path, said.format == "json", limits(said))
