"""`dossier registry`: print the registry with the reader's decisions about which persons are the same, for others."""

import os
import stat
import sys
from collections.abc import Sequence
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
from dossier.core.ref import Ref
from dossier.core.registry import Decisions, Registry
from dossier.export.proposed_entries import propose_entries
from dossier.export.registry_yaml import format_registry
from dossier.library.index.reader import Index
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
    index = updated_index(root, args.limits, files)
    _tell_taken_back(registry.decisions, decisions, index)
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


def _tell_taken_back(before: Decisions, decisions: Decisions, index: Index) -> None:
    """Print a message for each of the first decisions of the registry that the reader's own contradict."""
    same, apart = {*decisions.same}, {*decisions.apart}
    not_same = [refs for refs in before.same if refs not in same]
    not_apart = [pair for pair in before.apart if pair not in apart]
    for refs in not_same[:_MOST_TOLD]:
        told = " and ".join(_name_in_words(index, ref) for ref in refs)
        print_message(f"your decisions take back that {told} are the same")
    for first, second in not_apart[: max(0, _MOST_TOLD - len(not_same))]:
        told = f"{_name_in_words(index, first)} is different from {_name_in_words(index, second)}"
        print_message(f"your decisions take back that {told}")
    if (more := len(not_same) + len(not_apart) - _MOST_TOLD) > 0:
        print_message(f"your decisions take back {count_noun(more, 'more decision')} of the registry")


def _name_in_words(index: Index, ref: Ref) -> str:
    """Return the name of the entry at `ref` and its article; the address of one that no article has."""
    row = index.entries.row_id_of(ref)
    return f"{index.entries.at(row).entry.parts[0].text} in {ref.article}" if row is not None else str(ref)
