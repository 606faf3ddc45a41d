"""`dossier registry`: print the registry with the reader's decisions about which persons are the same, for others."""

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from dossier.cli.arguments import CommandError
from dossier.cli.index_location import open_index
from dossier.cli.index_update import updated_index
from dossier.cli.output import print_message
from dossier.cli.parser import Parser, limits_of
from dossier.cli.registry_and_decisions import KnownFiles
from dossier.cli.sources import default_path
from dossier.core.dataclasses import NamedTuple
from dossier.core.decisions import overlay_decisions
from dossier.core.registry import Decisions, Registry
from dossier.export.proposed_entries import propose_entries
from dossier.export.registry_yaml import format_registry
from dossier.loader.limits import Limits
from dossier.text.messages import count_noun

_ABOUT = """\
Print the registry of the articles at PATH with your decisions about who is the
same person, organisation or place across them. Save this YAML as registry.yaml
among the articles, and it holds for every reader. Where there is a registry
already, save it elsewhere first and then put it in its place:

  dossier registry articles >new.yaml && mv new.yaml articles/registry.yaml"""
_MOST_TOLD = 10
"""The most decisions of the registry that are named which the reader's own contradict."""
_END = "Exit status: 0 printed; 1 no decisions yet; 2 could not run."


class Args(NamedTuple):
    """The arguments of `dossier registry`; `path` is None when none was given."""

    path: Path | None
    limits: Limits


def parse_args(words: Sequence[str]) -> Args:
    """Parse the words after `registry`. Raises CommandError when the words are not valid."""
    parser = Parser("dossier registry [PATH]", _ABOUT, _END)
    parser.add_path("a folder of articles (default: see dossier --help)")
    parser.add_limits()
    given = parser.parse_words(words)
    return Args(given.path, limits_of(given))


def run(args: Args) -> int:
    """Print the registry and return the exit status: 1 when the reader has decided nothing, else 0.

    Raises CommandError when the path is not a folder of articles, or its registry has an error.
    """
    root = args.path or default_path()
    if not os.path.isdir(root):
        raise CommandError(f"{root} is not a folder: decisions are made in a folder of articles")
    if emptied := _emptied_by_output(root):
        raise CommandError(
            f"{emptied} was emptied for this output before it could be read: get the registry back, and write to "
            "another file first, as dossier registry --help shows"
        )
    files = KnownFiles(root, args.limits)
    if error := files.load_registry(open_index(root).read).error:
        raise CommandError(
            f"{error}: mend this first, or what the registry has there would be missing in what is printed"
        )
    registry, own = files.read(open_index(root).read)
    if not (own.refs or registry.decisions.refs):
        print_message("no decisions in this library yet: to decide, press = on a person who is in several articles")
        return 1
    decisions = overlay_decisions(registry.decisions, own)
    taken_back = list(_taken_back(registry.decisions, decisions))
    for words in taken_back[:_MOST_TOLD]:
        print_message(words)
    if more := len(taken_back[_MOST_TOLD:]):
        print_message(f"your decisions take back {count_noun(more, 'more decision')} of the registry")
    index = updated_index(root, args.limits, files)
    proposed = propose_entries(index.decided_spellings(decisions), registry, decisions)
    related = index.related_spellings((registry, Registry(proposed)), decisions)
    print(format_registry(related, registry, decisions, proposed), end="")
    return 0


def _emptied_by_output(root: Path) -> Path | None:
    """Return the file of the library that a shell emptied to write the output to it; None if there is none."""
    try:
        output = os.fstat(sys.stdout.fileno())
    except (OSError, ValueError):
        return None
    index = open_index(root).read if stat.S_ISREG(output.st_mode) else None
    if index is None:
        return None
    known = [root / path for path in index.articles.non_article_paths()]
    index.close()
    for path in known:
        with suppress(OSError):
            if os.path.samestat(path.stat(), output) and not output.st_size:
                return path
    return None


def _taken_back(before: Decisions, decisions: Decisions) -> Iterator[str]:
    """Yield a message for each decision of the registry that the reader's own contradict."""
    same, apart = {*decisions.same}, {*decisions.apart}
    for refs in before.same:
        if refs not in same:
            yield f"your decisions take back that {' and '.join(map(str, refs))} are the same"
    for first, second in before.apart:
        if (first, second) not in apart:
            yield f"your decisions take back that {first} is different from {second}"
