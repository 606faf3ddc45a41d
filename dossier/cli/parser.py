"""How the words of any command are parsed, and what is said when they cannot be understood.

Decided here is what commands have in common: paths, addresses, limits, and that options may stand anywhere.
"""

import argparse
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from dossier.core.ref import Ref, RefError, parse
from dossier.loader.limits import MOST_DEPTH, Limits
from dossier.terminal.capabilities import locale_encoding

STATUS = "Exit status: 0 found, or no errors; 1 nothing found, or errors; 2 could not run."
DEFAULT_PATH = (
    "an article file, or a folder of them; without it $DOSSIER_LIBRARY, else the articles in the current folder, else "
    "one that comes with the program"
)
"""What is read when no path is given."""
_DIGITS = 15
_HELP_CELLS = 80


class CommandError(Exception):
    """The program cannot do what it was asked; the message says why, and the cure."""


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are ours to print."""

    def __init__(self, usage: str, about: str, end: str) -> None:
        # Of a width that is given argparse loads nothing to measure the terminal by, not even for what prints no help.
        plain = partial(argparse.RawDescriptionHelpFormatter, width=_HELP_CELLS)
        super().__init__(
            "dossier",
            usage=usage,
            description=about,
            epilog=end,
            formatter_class=plain,
            allow_abbrev=False,
            add_help=False,
        )
        self._positional = self.add_argument_group("positional arguments")
        self._options = self.add_argument_group("options")
        self.add_argument("-h", "--help", action="help", help="show this help message and exit")

    def add_argument(self, *names: str, **told: Any) -> argparse.Action:
        """Add an argument to the group that it belongs to: the options, or what has a place."""
        # For an argument that is in no group Python 3.14 loads the colours of its help, and with them `dataclasses`
        # and `inspect`: twice the time of all else that is done here.
        group = self._options if names[0].startswith("-") else self._positional
        return group.add_argument(*names, **told)

    def error(self, message: str) -> NoReturn:
        """The words are no command; `message` is argparse's."""
        raise CommandError(f"{message}; dossier --help lists what there is")

    def understood(self, words: Sequence[str]) -> argparse.Namespace:
        """The values of `words`, in which options may stand anywhere; behind `--` nothing is an option."""
        # What is intermixed is read twice, and the second reading no longer knows of the --.
        return self.parse_args(words) if "--" in words else self.parse_intermixed_args(words)

    def add_path(self, about: str = DEFAULT_PATH) -> None:
        """The path that may be left out."""
        self.add_argument("path", metavar="PATH", nargs="?", type=path, help=about)

    def add_limits(self) -> None:
        """The options that raise the limits, for all that reads files."""
        limits = self.add_argument_group("limits, to be raised when a fault says so")
        usual = Limits()
        for name, noun, value, read in (
            ("size", "bytes in a file", usual.size, count),
            ("depth", "levels of lists and mappings", usual.depth, _depth),
            ("aliases", "values reached through aliases", usual.aliases, count),
            ("entries", "entries of a kind", usual.entries, count),
        ):
            about = f"{noun} ({value:,})"
            limits.add_argument(f"--max-{name}", metavar="N", type=read, default=value, help=about)

    def add_format(self, *names: str) -> None:
        """The choice between text and JSON, for all that prints; with further formats by name."""
        self.add_argument("--format", choices=("text", "json", *names), default="text", help="as text, or for programs")


def limits(said: argparse.Namespace) -> Limits:
    """The limits that were asked for."""
    return Limits(said.max_size, said.max_depth, said.max_aliases, said.max_entries)


def text(word: str) -> str:
    """A word in the letters that were typed.

    Python decodes the command line as it encodes the names of files: in UTF-8 mode, its default since 3.15, not by the
    encoding of the locale, in which the terminal sent it.
    """
    if word.isascii():
        return word
    return os.fsencode(word).decode(locale_encoding(os.environ) or "utf-8", "surrogateescape")


def ref(word: str) -> Ref:
    """An address."""
    try:
        return parse(text(word))
    except RefError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def path(word: str) -> Path:
    """A path that is not empty."""
    if not word:
        raise argparse.ArgumentTypeError("it is empty: name a file or a folder")
    return Path(word)


def count(word: str) -> int:
    """A number above 0."""
    # More digits than these are beyond what a file can be asked for at once.
    if not (word.isascii() and word.isdigit() and len(word) <= _DIGITS and int(word)):
        raise argparse.ArgumentTypeError(f"{word!r} is no limit: write a number above 0, in at most {_DIGITS} digits")
    return int(word)


def _depth(word: str) -> int:
    depth = count(word)
    if depth > MOST_DEPTH:
        raise argparse.ArgumentTypeError(f"{depth:,} levels are too many: {MOST_DEPTH:,} are the most that can be read")
    return depth
