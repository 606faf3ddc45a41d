"""What `dossier search` is asked for."""

from collections.abc import Sequence
from pathlib import Path

from dossier.cli.parser import CommandError, Parser, count, limits, text
from dossier.core.dataclasses import NamedTuple
from dossier.loader.limits import Limits

_PANES = ("body", "quotes", "people", "timeline", "headline")
_USAGE = "dossier search QUERY [PATH] [--format text|json|jsonl|csv] [--limit N] [--in KIND]"
_ABOUT = """\
Print what QUERY finds in the articles at PATH, the newest article first. All of
a query must hold within one entry: a paragraph, a quote, an event, a person."""
_END = """\
  arms deal            both, each at the beginning of a word
  "reckless missile"   these words, one behind the other
  -missile  NOT tests  not this
  a OR b   (a b) OR c  either of them; brackets hold together
  arms NEAR Moscow     within ten words of one another
  speaker:park         who says it; also person: org: place: form: status:
  outlet:herald        of the article; also byline: section: lang: keyword:
  date:2022-11..2023   when; published: of the article, event: of the event
  in:quotes            only there; also body, people, timeline, headline

Put QUERY in single quotes where the shell has a use for its signs, and -- before
one that begins with a hyphen.

Exit status: 0 found; 1 nothing found; 2 could not run."""


class Search(NamedTuple):
    """Print what `query` finds at `path` (None as in Browse), in the pane `within` alone unless it is "", no more than
    `most` of it."""

    query: str
    path: Path | None
    format: str
    most: int | None
    within: str
    limits: Limits


def search(words: Sequence[str]) -> Search:
    """What the words behind `search` ask for."""
    parser = Parser(_USAGE, _ABOUT, _END)
    parser.add_argument("query", metavar="QUERY", type=text, help="what is sought, in the language below")
    parser.add_path("as for dossier itself")
    parser.add_format("jsonl", "csv")
    parser.add_argument("--limit", metavar="N", type=count, help="no more than so many (text on a terminal: 1,000)")
    parser.add_argument("--in", dest="within", choices=_PANES, default="", help="as in: in the query")
    parser.add_limits()
    said = parser.understood(words)
    if said.path and not said.path.exists():
        several = f"{said.query} {said.path}"
        raise CommandError(
            f"{said.path}: no such file or folder; a query of several words goes in quotes: dossier search '{several}'"
        )
    return Search(said.query, said.path, said.format, said.limit, said.within, limits(said))
