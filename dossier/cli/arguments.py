"""The words of a command line, as far as they are understood without a parser.

Most articles are opened by their path alone, and most searches are for words in a folder. That is told here: the parser
of the other words takes long to load.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from dossier.core.dataclasses import NamedTuple
from dossier.core.ref import Ref
from dossier.terminal.capabilities import find_locale_encoding

if TYPE_CHECKING:
    from argparse import ArgumentParser

Params = ParamSpec("Params")
Result = TypeVar("Result")
_DIGITS = 10


class CommandError(Exception):
    """The program cannot do what it was asked to do; the message says why, and how to mend it."""


def naming_unreachable_server(run: Callable[Params, Result]) -> Callable[Params, Result]:
    """Return a function that does what `run` does, and raises CommandError where the index's server gives no answer."""

    @wraps(run)
    def run_named(*given: Params.args, **named: Params.kwargs) -> Result:
        from dossier.library.index.errors import IndexRefusedError, IndexUnreachableError, RightMissingError

        try:
            return run(*given, **named)
        except (IndexRefusedError, RightMissingError) as error:
            raise CommandError(f"the index's server cannot be used: {error}") from None
        except IndexUnreachableError as error:
            if error.refusal or error.obstacle:
                raise CommandError(f"no connection to the index's server: {error}") from None
            cure = "" if error.cure else "; try again when it does"
            raise CommandError(f"the index's server does not answer: {error}{cure}") from None

    return run_named


class StartPlace(NamedTuple):
    """Where to begin reading.

    `at` is an address (--at), or None; `find` a text to look for (--find), or ""; `fresh` says to disregard the place
    where the reader left off (--fresh). `first` is the address to open at where neither says a place, and the reader
    has left off nowhere.
    """

    at: Ref | None = None
    find: str = ""
    fresh: bool = False
    first: Ref | None = None


class PlainWords(NamedTuple):
    """What `read_plain_words` understood: the words that are no options, and each option with its value."""

    others: list[str]
    options: dict[str, str]


class DisplayArgs(NamedTuple):
    """The options of the command line for the screen (--theme, --ascii, --linear, --mouse), without the settings."""

    theme: str = ""
    ascii: bool = False
    linear: bool = False
    mouse: bool = False


class HelpExit(SystemExit):
    """The words have --help among them: the help of `parser` is to be printed, and nothing else to be done."""

    def __init__(self, parser: "ArgumentParser") -> None:
        super().__init__(0)
        self.parser = parser


def decode_word(word: str) -> str:
    """Return a word of the command line as it was typed.

    Python decodes the command line as it decodes the names of files: in UTF-8 mode, its default since 3.15, as UTF-8,
    whereas the terminal sent it in the encoding of the locale.
    """
    if word.isascii():
        return word
    return os.fsencode(word).decode(find_locale_encoding(os.environ) or "utf-8", "surrogateescape")


def is_standard_input(path: Path | None) -> bool:
    """Return whether a path stands for standard input."""
    return str(path) == "-"


def is_plain_path(word: str) -> bool:
    """Return whether a word, the only one, is the path of something that is there, and can mean nothing else."""
    return not word.startswith("-") and "://" not in word and os.path.exists(word)


def is_plain_count(word: str) -> bool:
    """Return whether a word is a number above 0 of few digits, which is within all limits."""
    return word.isascii() and word.isdigit() and len(word) < _DIGITS and int(word) > 0


def read_plain_words(words: Sequence[str], checks: Mapping[str, Callable[[str], bool]]) -> PlainWords | None:
    """Return the words of a command line; None where only the parser can tell what they mean, or what is wrong.

    `checks` has the options that are understood, each with what tells whether the word behind it is a valid value.
    """
    others, options = list[str](), dict[str, str]()
    coming = iter(words)
    for word in coming:
        if check := checks.get(word):
            options[word] = next(coming, "")
            if not check(options[word]):
                return None
        elif word.startswith("-"):
            return None
        else:
            others.append(word)
    return PlainWords(others, options)
