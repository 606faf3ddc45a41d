"""What the words of a command line ask for is understood here, before any file is opened.

The first word alone decides: `check` and `show` are commands, any other is what to read; a file of such a name is
written `./check`.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn

from dossier.ref import Ref, RefError, parse
from dossier.yamlnode import MOST_DEPTH, Limits

_USAGE = """\
dossier [PATH] [--at REF] [--find TEXT] [--demo]
       dossier check PATH... [--format text|json]
       dossier show REF [PATH] [--format text|json]"""
_ABOUT = """\
Read a news article as a dossier: its text, people, quotes and timeline, each
linked to the words that prove it.

commands:
  check            print every fault in article files; dossier check --help
  show             print an article, a person, a quote or an event;
                   dossier show --help"""
_END = """\
An address (REF) is article#kind/id, such as nato-seoul-2023#quote/q3. With one
article kind/id is enough: quote/q3, person/stoltenberg, para/p4, or
para/p4:12-28 for some of its characters; '#' is the article itself.

Exit status: 0 found, or no errors; 1 nothing found, or errors; 2 could not run."""
_CHECK_ABOUT = """\
Print every fault in article files, a line each:
file:line:col: severity: message [code]"""
_CHECK_END = "Exit status: 0 no errors (there may be warnings); 1 errors; 2 could not run."
_SHOW_ABOUT = """\
Print what REF addresses: the card of a person, an organisation, a place, a
quote or an event, the text of a paragraph, or a whole article."""
_DIGITS = 15


class Trouble(Exception):
    """The program cannot do what it was asked; the message says why, and the cure."""


@dataclass(frozen=True, slots=True)
class Browse:
    """Open what is at `path` (None: the reader's library, what is here, or the article that comes with the program)."""

    path: Path | None
    at: Ref | None
    find: str
    demo: bool
    limits: Limits


@dataclass(frozen=True, slots=True)
class Check:
    """Tell what is wrong with the articles under `paths`."""

    paths: tuple[Path, ...]
    as_json: bool
    limits: Limits


@dataclass(frozen=True, slots=True)
class Show:
    """Print what `ref` addresses in the article or articles at `path`, None as in Browse."""

    ref: Ref
    path: Path | None
    as_json: bool
    limits: Limits


@dataclass(frozen=True, slots=True)
class Version:
    """Tell which version of the program this is."""


def understood(words: Sequence[str]) -> Browse | Check | Show | Version:
    """What the words after the program's name ask for.

    Raises Trouble when they ask for nothing, and SystemExit once help was asked for and printed.
    """
    if words[:1] == ["check"]:
        return _check(words[1:])
    if words[:1] == ["show"]:
        return _show(words[1:])
    if len(words) > 1 and (near := get_close_matches(words[0], ("check", "show"), n=1)) and not Path(words[0]).exists():
        raise Trouble(f"there is no file {words[0]} here: is dossier {near[0]} meant?")
    return _browse(words)


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are ours to print."""

    def __init__(self, usage: str, about: str, end: str) -> None:
        plain = argparse.RawDescriptionHelpFormatter
        super().__init__(
            "dossier", usage=usage, description=about, epilog=end, formatter_class=plain, allow_abbrev=False
        )

    def error(self, message: str) -> NoReturn:
        """The words are no command; `message` is argparse's."""
        raise Trouble(f"{message}; dossier --help lists what there is")

    def understood(self, words: Sequence[str]) -> argparse.Namespace:
        """The values of `words`, in which options may stand anywhere; behind `--` nothing is an option."""
        # What is intermixed is read twice, and the second reading no longer knows of the --.
        return self.parse_args(words) if "--" in words else self.parse_intermixed_args(words)

    def add_limits(self) -> None:
        """The options that raise the limits, for all that reads files."""
        limits = self.add_argument_group("limits, to be raised when a fault says so")
        usual = Limits()
        for name, noun, value, read in (
            ("size", "bytes in a file", usual.size, _count),
            ("depth", "levels of lists and mappings", usual.depth, _depth),
            ("aliases", "values reached through aliases", usual.aliases, _count),
            ("entries", "entries of a kind", usual.entries, _count),
        ):
            about = f"{noun} ({value:,})"
            limits.add_argument(f"--max-{name}", metavar="N", type=read, default=value, help=about)

    def add_format(self) -> None:
        """The choice between text and JSON, for all that prints."""
        self.add_argument("--format", choices=("text", "json"), default="text", help="as text, or for programs")


def _browse(words: Sequence[str]) -> Browse | Version:
    parser = _Parser(_USAGE, _ABOUT, _END)
    parser.add_argument(
        "path",
        metavar="PATH",
        nargs="?",
        type=_path,
        help="an article file, or a folder of them; without it $DOSSIER_LIBRARY, else the articles in the current "
        "folder, else one that comes with the program",
    )
    parser.add_argument("--at", metavar="REF", type=_ref, help="open at this address")
    parser.add_argument("--find", metavar="TEXT", default="", help="open at the first place where TEXT stands")
    parser.add_argument("--demo", action="store_true", help="open the tutorial library")
    parser.add_argument("--version", action="store_true", help="print the version")
    parser.add_limits()
    said = parser.understood(words)
    if said.version:
        return Version()
    if said.demo and said.path:
        raise Trouble("--demo opens the tutorial library: leave out either it or PATH")
    return Browse(said.path, said.at, said.find, said.demo, _limits(said))


def _check(words: Sequence[str]) -> Check:
    parser = _Parser("dossier check PATH... [--format text|json]", _CHECK_ABOUT, _CHECK_END)
    parser.add_argument(
        "paths", metavar="PATH", nargs="+", type=_path, help="an article file, or a folder with its sub-folders"
    )
    parser.add_format()
    parser.add_limits()
    said = parser.understood(words)
    return Check(tuple(said.paths), said.format == "json", _limits(said))


def _show(words: Sequence[str]) -> Show:
    parser = _Parser("dossier show REF [PATH] [--format text|json]", _SHOW_ABOUT, _END)
    parser.add_argument("ref", metavar="REF", type=_ref, help="an address")
    parser.add_argument("path", metavar="PATH", nargs="?", type=_path, help="as for dossier itself")
    parser.add_format()
    parser.add_limits()
    said = parser.understood(words)
    if said.path is None and not said.ref.kind and Path(said.ref.article).is_file():
        name = said.ref.article
        raise Trouble(f"{name} is a file, and an address goes before it: dossier show '#' {name} prints it whole")
    return Show(said.ref, said.path, said.format == "json", _limits(said))


def _limits(said: argparse.Namespace) -> Limits:
    return Limits(said.max_size, said.max_depth, said.max_aliases, said.max_entries)


def _ref(word: str) -> Ref:
    try:
        return parse(word)
    except RefError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _path(word: str) -> Path:
    if not word:
        raise argparse.ArgumentTypeError("it is empty: name a file or a folder")
    return Path(word)


def _count(word: str) -> int:
    # More digits than these are beyond what a file can be asked for at once.
    if not (word.isascii() and word.isdigit() and len(word) <= _DIGITS and int(word)):
        raise argparse.ArgumentTypeError(f"{word!r} is no limit: write a number above 0, in at most {_DIGITS} digits")
    return int(word)


def _depth(word: str) -> int:
    depth = _count(word)
    if depth > MOST_DEPTH:
        raise argparse.ArgumentTypeError(f"{depth:,} levels are too many: {MOST_DEPTH:,} are the most that can be read")
    return depth
