"""What is asked for when no command is named: to read."""

from collections.abc import Sequence
from pathlib import Path

from dossier.cli.parser import STATUS, CommandError, Parser, limits, ref, text
from dossier.core.dataclasses import NamedTuple
from dossier.core.ref import Ref
from dossier.loader.limits import Limits

_USAGE = """\
dossier [PATH] [--at REF] [--find TEXT] [--demo] [--fresh]
               [--theme NAME] [--ascii] [--linear] [--mouse]
       dossier check PATH... [--format text|json]
       dossier show REF [PATH] [--format text|json]
       dossier search QUERY [PATH] [--format text|json|jsonl|csv] [--limit N]
                      [--in KIND]
       dossier index [PATH] [--rebuild] [--status] [--format text|json]
       dossier registry [PATH]
       dossier config show|validate"""
_ABOUT = """\
Read a news article as a dossier: its text, people, quotes and timeline, each
linked to the words that prove it.

commands, each with a --help of its own:
  check            print every fault in article files
  show             print an article, a person, a quote or an event
  search           print what a query finds in a library
  index            bring the index of a library up to date, or tell of it
  registry         print as a registry who is the same, as you decided
  config           print the settings in force, or what is wrong with them"""
_END = f"""\
An address (REF) is article#kind/id, such as nato-seoul-2023#quote/q3. With one
article kind/id is enough: quote/q3, person/stoltenberg, para/p4, or
para/p4:12-28 for some of its characters; '#' is the article itself.

{STATUS}"""


class Browse(NamedTuple):
    """Open what is at `path` (None: the reader's library, what is here, or the article that comes with the program).

    `fresh`: not where it was left. `ascii`, `linear`, `mouse` and `theme`, when it is not "", hold instead of what the
    settings say.
    """

    path: Path | None
    at: Ref | None
    find: str
    demo: bool
    limits: Limits
    fresh: bool = False
    theme: str = ""
    ascii: bool = False
    linear: bool = False
    mouse: bool = False


class Version(NamedTuple):
    """Tell which version of the program this is."""


def browse(words: Sequence[str]) -> Browse | Version:
    """What these words ask for, without a command before them."""
    parser = Parser(_USAGE, _ABOUT, _END)
    parser.add_path()
    parser.add_argument("--at", metavar="REF", type=ref, help="open at this address")
    parser.add_argument(
        "--find", metavar="TEXT", type=text, default="", help="open at the first place where TEXT stands"
    )
    parser.add_argument("--demo", action="store_true", help="open the tutorial library")
    parser.add_argument("--fresh", action="store_true", help="begin at the top, not where it was left")
    parser.add_argument("--theme", metavar="NAME", default="", help="the looks; dossier config show names the themes")
    parser.add_argument("--ascii", action="store_true", help="borders and marks in plain ASCII")
    parser.add_argument("--linear", action="store_true", help="one pane without borders, for screen readers")
    parser.add_argument("--mouse", action="store_true", help="let the mouse click and scroll")
    parser.add_argument("--version", action="store_true", help="print the version")
    parser.add_limits()
    said = parser.understood(words)
    if said.version:
        return Version()
    if said.demo and said.path:
        raise CommandError("--demo opens the tutorial library: leave out either it or PATH")
    on_screen = (said.fresh, said.theme, said.ascii, said.linear, said.mouse)
    return Browse(said.path, said.at, said.find, said.demo, limits(said), *on_screen)
