"""Parse the words of a command line: the parser that all commands share, and the types of their arguments.

Options may stand anywhere among the other words.
"""

import argparse
import errno
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from dossier.cli.arguments import CommandError, HelpExit, decode_word
from dossier.core.dataclasses import NamedTuple
from dossier.core.ref import Ref, RefError, parse_ref
from dossier.loader.limits import MAX_DEPTH, Limits

STATUS = "Exit status: 0 found, or no errors; 1 nothing found, or errors; 2 could not run."
DEFAULT_PATH = (
    "an article file or a folder of articles (default: $DOSSIER_LIBRARY, then the articles in the current folder, "
    "then a sample article)"
)
"""The help text of a PATH that may be left out."""
_DIGITS = 15
_HELP_CELLS = 80


class Argument(NamedTuple):
    """An argument of a command, as completions and manual pages tell of it.

    `names` are those of an option, the short one first, and empty for an argument that is no option. `value` names what
    is given, such as PATH, and is "" for an option without a value. `choices` are its only values, when these are few.
    `repeats` says that several values may be given.
    """

    names: tuple[str, ...]
    value: str
    choices: tuple[str, ...]
    about: str
    repeats: bool


class Parser(argparse.ArgumentParser):
    """A parser of one command, which raises CommandError where argparse would print a message and exit."""

    def __init__(self, usage: str, about: str, end: str) -> None:
        # Without a width, argparse imports a module to measure the terminal, even if no help is printed.
        formatter = partial(argparse.RawDescriptionHelpFormatter, width=_HELP_CELLS)
        super().__init__(
            "dossier",
            usage=usage,
            description=about,
            epilog=end,
            formatter_class=formatter,
            allow_abbrev=False,
            add_help=False,
        )
        self._positional = self.add_argument_group("positional arguments")
        self._options = self.add_argument_group("options")
        self.add_argument("-h", "--help", action=_HelpAction, nargs=0, help="show this help message and exit")

    def add_argument(self, *names: str, **settings: Any) -> argparse.Action:
        """Add an argument, as argparse does, to the group it belongs to: the options or the positional arguments."""
        # For an argument outside of any group Python 3.14 loads the colours of the help, and with them `dataclasses`
        # and `inspect`, which takes twice the time of everything else here.
        group = self._options if names[0].startswith("-") else self._positional
        return group.add_argument(*names, **settings)

    def error(self, message: str) -> NoReturn:
        """Raise CommandError with argparse's message and where to read more."""
        raise CommandError(f"{message}; see dossier --help")

    def parse_words(self, words: Sequence[str]) -> argparse.Namespace:
        """Return the values of the arguments; after a `--` no word is an option.

        Raises CommandError when the words are not valid, and HelpExit when --help is among them.
        """
        if "--engine" not in self._option_string_actions and any(one.partition("=")[0] == "--engine" for one in words):
            raise CommandError(
                "this command reads files, and no library on a server: name files or a folder in place of --engine"
            )
        # argparse parses intermixed words twice, and the second time no longer knows of the --.
        return self.parse_args(words) if "--" in words else self.parse_intermixed_args(words)

    def list_arguments(self) -> tuple[Argument, ...]:
        """Return all arguments, in the order in which they were added."""
        return tuple(
            Argument(
                tuple(action.option_strings),
                "" if action.nargs == 0 else str(action.metavar or "|".join(action.choices or (action.dest.upper(),))),
                tuple(map(str, action.choices or ())),
                action.help or "",
                action.nargs in ("*", "+"),
            )
            for action in self._actions
        )

    def add_path(self, about: str = DEFAULT_PATH) -> None:
        """Add PATH, which may be left out."""
        self.add_argument("path", metavar="PATH", nargs="?", type=parse_path, help=about)

    def add_engine(self, about: str) -> None:
        """Add --engine, the address of a PostgreSQL server; its value is None where it is not given."""
        self.add_argument("--engine", metavar="ADDRESS", type=_parse_engine, help=about)

    def add_limits(self) -> None:
        """Add the options that raise the limits on what is read from a file."""
        defaults = Limits()
        options = {
            "--max-size": (defaults.size, parse_count),
            "--max-depth": (defaults.depth, _parse_depth),
            "--max-aliases": (defaults.aliases, parse_count),
            "--max-entries": (defaults.entries, parse_count),
        }
        limits = self.add_argument_group("limits", f"{', '.join(options)} N raise them")
        for name, (value, convert) in options.items():
            limits.add_argument(name, metavar="N", type=convert, default=value, help=argparse.SUPPRESS)

    def add_format(self, *names: str) -> None:
        """Add --format: text, json or one of the further formats named."""
        self.add_argument("--format", choices=("text", "json", *names), default="text", help="the form of the output")


class _HelpAction(argparse.Action):
    """Raise HelpExit, where argparse's own action prints the help: what is done with it is for others to decide."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        assert isinstance(parser, Parser)
        raise HelpExit(parser)


def limits_of(given: argparse.Namespace) -> Limits:
    """Return the limits that the options of `Parser.add_limits` gave."""
    return Limits(given.max_size, given.max_depth, given.max_aliases, given.max_entries)


def parse_address(word: str) -> Ref:
    """Parse a word of the command line as an address."""
    try:
        return parse_ref(decode_word(word))
    except RefError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def parse_path(word: str) -> Path:
    """Parse a word of the command line as a path; an empty word and a web address are refused."""
    if not word:
        raise argparse.ArgumentTypeError("the name is empty: name a file or a folder")
    if word.lower().startswith(("http://", "https://")):
        # As a path it would lose one of its slashes, and no message could name it as it was typed.
        raise argparse.ArgumentTypeError(f"{word} is a web address: name a file or a folder")
    if "://" in word:
        from dossier.library.index.postgresql.server_address import is_server_address

        if is_server_address(word):
            raise argparse.ArgumentTypeError("this is the address of a server: write it after --engine")
    try:
        os.stat(word)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise argparse.ArgumentTypeError("the name is too long: name a file or a folder") from None
    return Path(word)


def _parse_engine(word: str) -> str:
    from dossier.library.index.postgresql.server_address import is_server_address

    if is_server_address(word):
        return decode_word(word)
    # What was written may have a password in it.
    raise argparse.ArgumentTypeError(
        "this is no address of a PostgreSQL server: write postgresql://HOST/DATABASE, or postgresql:///?service=NAME"
    )


def parse_count(word: str) -> int:
    """Parse a word of the command line as a number above 0."""
    # Beyond 15 digits no file could be read anyway, and int() refuses thousands of them.
    if not (word.isascii() and word.isdigit() and len(word) <= _DIGITS and int(word)):
        raise argparse.ArgumentTypeError(
            f"{word!r} is not a limit: write a number above 0 with at most {_DIGITS} digits"
        )
    return int(word)


def _parse_depth(word: str) -> int:
    depth = parse_count(word)
    if depth > MAX_DEPTH:
        raise argparse.ArgumentTypeError(f"{depth:,} levels are too many: at most {MAX_DEPTH:,} can be read")
    return depth
