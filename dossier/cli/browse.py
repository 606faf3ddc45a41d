"""`dossier` without the name of a command: read an article, or the library in a folder, on the screen.

A folder with more than one YAML or JSON file is a library; an article alone in its folder is opened like the file
itself. Where there is no screen, what would be read is printed. Each of these ways imports only what it needs, to start
quickly.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dossier.cli.arguments import (
    CommandError,
    DisplayArgs,
    StartPlace,
    decode_word,
    is_plain_path,
    is_standard_input,
)
from dossier.core.dataclasses import NamedTuple
from dossier.core.ref import Ref
from dossier.loader.file_names import is_article_name
from dossier.loader.limits import Limits

if TYPE_CHECKING:
    from dossier.library.index.location import ServerIndex

_USAGE = """\
dossier [PATH] [--at REF] [--find TEXT] [--demo] [--fresh]
               [--engine ADDRESS] [--theme NAME] [--ascii] [--linear] [--mouse]
       dossier check [PATH...] [--explain CODE] [--format text|json]
       dossier new [FILE] [--text FILE]
       dossier prompt [--text FILE]
       dossier schema [--strict]
       dossier show REF [PATH] [--format text|json] [--engine ADDRESS]
       dossier diff A B [PATH] [--format text|json]
       dossier export [REF] [PATH] [--format F] [--in KIND] [--query QUERY]
                      [--saved SEARCH] [--since DATE] [--notes] [-o FILE]
                      [--force] [--engine ADDRESS]
       dossier search QUERY [PATH] [--format text|json|jsonl|csv] [--limit N]
                      [--in KIND] [--sort ORDER] [--engine ADDRESS]
       dossier index [PATH] [--shared] [--engine ADDRESS] [--rebuild] [--status]
                      [--format text|json]
       dossier registry [PATH]
       dossier import FILE... --into FOLDER [--dry-run] [--keep-faulty]
       dossier notes list [PATH] [--format text|json]
       dossier notes export [PATH] --format webannotation|markdown [-o FILE]
       dossier notes import FILE [PATH]
       dossier config show|validate
       dossier help [TOPIC]
       dossier completion bash|zsh|fish"""
_ABOUT = """\
Read a news article as a dossier: its text, people, quotes and timeline, each
linked to the words that prove it.

commands (each has its own --help):
  check            print the problems in article files, or explain a code
  new              write a new article file to fill in
  prompt           print a prompt that asks a language model for a dossier
  schema           print the JSON Schema of article files
  show             print an article, a person, a quote or an event
  diff             print what differs between two articles or two events
  export           write articles in a format that other programs read
  search           print what a query finds in a library
  index            update the index of a library, or show its state
  registry         print the registry with your decisions about who is who
  import           make article files from the output of other programs
  notes            list, export or import your marks and notes
  config           print the current settings, or the problems in them
  help             print a topic: the keys, the search language, the format
  completion       print a completion script for bash, zsh or fish"""
_END = """\
An address (REF) is article#kind/id, such as nato-seoul-2023#quote/q3. For a
single article kind/id is enough: quote/q3, person/stoltenberg, para/p4, or
para/p4:12-28 for a range of its characters; '#' is the article itself.
"""


_SAMPLE = "sample: no articles in this folder · dossier FOLDER opens yours"


class Args(NamedTuple):
    """The arguments of `dossier` without a command; `path` is None when none was given."""

    path: Path | None
    demo: bool
    version: bool
    start: StartPlace
    display: DisplayArgs
    limits: Limits
    engine: str = ""


def parse_args(words: Sequence[str]) -> Args:
    """Parse the words after `dossier`. Raises CommandError when the words are not valid."""
    if not words or (len(words) == 1 and is_plain_path(words[0])):
        return Args(Path(words[0]) if words else None, False, False, StartPlace(), DisplayArgs(), Limits())
    return _parse_words(words)


def _parse_words(words: Sequence[str]) -> Args:
    from dossier.cli.parser import DEFAULT_PATH, STATUS, Parser, limits_of, parse_address

    parser = Parser(_USAGE, _ABOUT, f"{_END}\n{STATUS}")
    parser.add_path(DEFAULT_PATH.replace("a folder of articles", "a folder of articles; - is standard input"))
    parser.add_argument("--at", metavar="REF", type=parse_address, help="open at this address")
    parser.add_argument(
        "--find", metavar="TEXT", type=decode_word, default="", help="open at the first occurrence of TEXT"
    )
    parser.add_argument("--demo", action="store_true", help="open the tutorial library")
    parser.add_argument("--fresh", action="store_true", help="start at the top, not where you left off")
    parser.add_engine("read the library on this PostgreSQL server (see dossier help library)")
    parser.add_argument("--theme", metavar="NAME", default="", help="the theme; dossier config show lists them")
    parser.add_argument("--ascii", action="store_true", help="draw borders and signs in plain ASCII")
    parser.add_argument("--linear", action="store_true", help="show only the line at the cursor, for screen readers")
    parser.add_argument("--mouse", action="store_true", help="click and scroll with the mouse")
    parser.add_argument("--version", action="store_true", help="print the version")
    parser.add_limits()
    given = parser.parse_words(words)
    if given.demo and given.path and not given.version:
        raise CommandError("--demo opens the tutorial library: use either --demo or PATH")
    if given.demo and given.engine and not given.version:
        raise CommandError("--demo opens the tutorial library: use either --demo or --engine")
    start = StartPlace(given.at, given.find, given.fresh)
    display = DisplayArgs(given.theme, given.ascii, given.linear, given.mouse)
    return Args(given.path, given.demo, given.version, start, display, limits_of(given), given.engine or "")


def run(args: Args) -> int:
    """Open an article or a library and return the exit status. Raises CommandError when there is nothing to open."""
    if args.version:
        return _print_version()
    if has_screen(args.path):
        from dossier.terminal.signals import exit_on_signals

        # Nothing has been taken yet, but what is read from now on may lie on a disk that stalls.
        exit_on_signals(lambda: None)
    if (args.engine or args.path is None) and not args.demo and (server := _locate_server(args)):
        from dossier.cli.open_server_library import open_from_server, print_from_server

        if has_screen(args.path):
            return open_from_server(server, args.path, args.start, args.display, args.limits)
        return print_from_server(server, args.path, args.start, args.limits)
    path = args.path or _find_path(args.demo)
    number = 1 if is_standard_input(args.path) else _count_files(path)
    if not number:
        from dossier.cli.sources import no_article

        raise CommandError(no_article(str(path) if args.path or args.demo else "$DOSSIER_LIBRARY"))
    if number > 1:
        from dossier.cli.open_library import open_library, print_library

        if has_screen(args.path):
            start = args.start._replace(first=_tutorial_start()) if args.demo else args.start
            return open_library(path, start, args.display, args.limits)
        return print_library(path, args.start, args.limits)
    from dossier.cli.open_article import open_article, print_article

    notice = _SAMPLE if args.path is None and _is_sample(path) else ""
    if has_screen(args.path):
        return open_article(path, args.start, args.display, args.limits, notice)
    return print_article(path, args.start, args.limits, notice)


def _locate_server(args: Args) -> "ServerIndex | None":
    from dossier.cli.server_location import locate_server

    return locate_server(args.engine, args.path)


def _find_path(is_demo: bool) -> Path:
    """Return the tutorial library, or what is read when the command line names nothing."""
    if is_demo:
        from dossier.loader.discovery import find_tutorial_folder

        return find_tutorial_folder()
    from dossier.cli.sources import default_path

    return default_path()


def _tutorial_start() -> Ref:
    from dossier.loader.discovery import TUTORIAL_START

    return Ref(TUTORIAL_START)


def _is_sample(path: Path) -> bool:
    from dossier.cli.sources import is_sample

    return is_sample(path)


def has_screen(path: Path | None) -> bool:
    """Return whether stdout is a terminal to draw on, and keys can be read from stdin or the controlling terminal.

    Keys cannot be read from a terminal while `path` is read from stdin.
    """
    if os.environ.get("TERM", "") in ("", "dumb") or sys.stdout is None or not sys.stdout.isatty():
        return False
    if sys.stdin is not None and sys.stdin.isatty():
        return True
    from dossier.terminal.tty import has_session_terminal

    # To copy or edit its YAML, a file is read again, which a file such as /dev/stdin does not allow.
    return has_session_terminal() and not str(path or "").startswith(("/dev/", "/proc/"))


def _print_version() -> int:
    from importlib.metadata import PackageNotFoundError, version

    try:
        print(f"dossier {version('dossier')}")
    except PackageNotFoundError:
        print("dossier (not installed: running from source)")
    return 0


def _count_files(path: Path) -> int:
    """Count the YAML and JSON files at a path, but stop when there are two or more; a path to a file counts as one.

    Raises CommandError when the path cannot be read.
    """

    def raise_for_root(error: OSError) -> None:
        # A folder below the path that cannot be listed is skipped.
        if error.filename == str(path):
            raise error

    number = 0
    try:
        if not os.path.isdir(path):
            path.stat()
            return 1
        for _, folders, files in os.walk(path, onerror=raise_for_root):
            folders[:] = [name for name in folders if not name.startswith(".")]
            number += sum(map(is_article_name, files))
            if number > 1:
                break
    except OSError as error:
        raise CommandError(f"{error.filename}: {error.strerror}; name an article file or a folder") from None
    return number
