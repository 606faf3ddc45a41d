"""The entry point of the program: find out which command is meant, run it, and return its exit status.

Data is written to stdout and messages to stderr. Exit status 0: found, or no errors; 1: nothing found, or errors; 2:
could not run. Only the first word can name a command; any other first word is an option or the path to read. A file
with the name of a command can be read as `./check`. Only the command that is run is imported, so that a quick command
does not wait for what the others need.
"""

import atexit
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from dossier.cli.arguments import CommandError, HelpExit
from dossier.cli.output import print_message
from dossier.terminal.capabilities import find_locale_encoding
from dossier.text.messages import suggest_name

if TYPE_CHECKING:
    from dossier.cli.parser import Parser

_FOR_FILES = ("check", "new", "schema", "prompt", "show", "diff", "export")
_FOR_LIBRARIES = ("search", "index", "registry", "import", "notes")
_FOR_THE_PROGRAM = ("config", "help", "completion")
_COMMANDS = (*_FOR_FILES, *_FOR_LIBRARIES, *_FOR_THE_PROGRAM)
_SCREEN = "dossier.cli.startup"
"""The module that is loaded when an article or a library is opened on the screen."""
_HIDDEN = "__complete"
"""The command by which the scripts of `dossier completion` ask for values."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that the words after the program's name ask for, and return the exit status.

    When `argv` is None, the words are those of sys.argv without its first item.
    """
    if argv is None:
        _fill_closed_streams()
    words = sys.argv[1:] if argv is None else argv
    try:
        _set_encodings()
        status = _run(words)
        print(end="", flush=True)
    except CommandError as error:
        print_message(str(error))
        status = 2
    except _index_errors() as error:
        print_message(_explain_index(error))
        status = 2
    except BrokenPipeError:
        # The reader of the output has quit. What is buffered must not fail again when the interpreter exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        status = 0
    except OSError as error:
        if error.filename is not None:
            raise
        # An error without a file is an error of the output, such as a full disk or a lost connection.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        print_message(f"cannot write the output: {error.strerror}")
        status = 2
    except KeyboardInterrupt:
        status = 130
    if argv is None and (_SCREEN in sys.modules or _is_last_thread()):
        _end_process(status)
    return status


def _index_errors() -> tuple[type[Exception], ...]:
    """Return the errors of an index that says what cannot be; their module is loaded only once there is an error."""
    from dossier.library.index.errors import IndexDamagedError, RowGoneError

    return IndexDamagedError, RowGoneError


def _explain_index(error: Exception) -> str:
    cure = "dossier index --rebuild makes it anew (its owner: with --shared or --engine if it is shared or on a server)"
    if isinstance(error, KeyError):
        return (
            f"the index was updated meanwhile, or is damaged: it has nothing with the number {error}: try again; {cure}"
        )
    return f"the index is damaged: {error}: {cure}"


def _fill_closed_streams() -> None:
    """Open the null device in the place of a standard stream that is closed, which the next file would take else."""
    for stream in range(3):
        try:
            os.fstat(stream)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)


def parse_command(words: Sequence[str]) -> partial[int]:
    """Return the command that these words ask for, to be called without arguments for its exit status.

    Raises CommandError when the words are not valid, and HelpExit when --help is among them.
    """
    command, rest = (words[0], words[1:]) if words else ("", words)
    if command in _FOR_FILES:
        return _parse_for_files(command, rest)
    if command in _FOR_LIBRARIES:
        return _parse_for_libraries(command, rest)
    if command in (*_FOR_THE_PROGRAM, _HIDDEN):
        return _parse_for_the_program(command, rest)
    _refuse_misspelt(words)
    from dossier.cli import browse

    return partial(browse.run, browse.parse_args(words))


def _parse_for_files(command: str, rest: Sequence[str]) -> partial[int]:
    match command:
        case "check":
            from dossier.cli import check

            return partial(check.run, check.parse_args(rest))
        case "new":
            from dossier.cli import new_file

            return partial(new_file.run, new_file.parse_args(rest))
        case "schema":
            from dossier.cli import print_schema

            return partial(print_schema.run, print_schema.parse_args(rest))
        case "prompt":
            from dossier.cli import write_prompt

            return partial(write_prompt.run, write_prompt.parse_args(rest))
        case "show":
            from dossier.cli import show

            return partial(show.run, show.parse_args(rest))
        case "diff":
            from dossier.cli import compare_articles

            return partial(compare_articles.run, compare_articles.parse_args(rest))
    from dossier.cli import export_articles

    return partial(export_articles.run, export_articles.parse_args(rest))


def _parse_for_libraries(command: str, rest: Sequence[str]) -> partial[int]:
    match command:
        case "search":
            from dossier.cli import search

            return partial(search.run, search.parse_args(rest))
        case "index":
            from dossier.cli import index

            return partial(index.run, index.parse_args(rest))
        case "registry":
            from dossier.cli import print_registry

            return partial(print_registry.run, print_registry.parse_args(rest))
        case "notes":
            from dossier.cli import note_commands

            return partial(note_commands.run, note_commands.parse_args(rest))
    from dossier.cli import import_articles

    return partial(import_articles.run, import_articles.parse_args(rest))


def _parse_for_the_program(command: str, rest: Sequence[str]) -> partial[int]:
    if command == "config":
        from dossier.cli import config

        return partial(config.run, config.parse_args(rest))
    if command == "help":
        from dossier.cli import print_help

        return partial(print_help.run, print_help.parse_args(rest), _COMMANDS, find_parser)
    if command == "completion":
        from dossier.cli import completion

        return partial(completion.run, completion.parse_args(rest), _COMMANDS, find_parser)
    from dossier.cli import completion_values

    return partial(completion_values.run, rest)


def find_parser(command: str) -> "Parser":
    """Return the parser of a command; of "", that of `dossier` without a command."""
    from dossier.cli.parser import Parser

    found: object = None
    try:
        parse_command([command, "--help"] if command else ["--help"])
    except HelpExit as asked:
        found = asked.parser
    assert isinstance(found, Parser), f"dossier {command} has no --help"
    return found


def _run(words: Sequence[str]) -> int:
    try:
        with _ended_at_once():
            command = parse_command(words)
    except HelpExit as asked:
        print(asked.parser.format_help(), end="")
        return 0
    return command()


def _is_last_thread() -> bool:
    """Return whether no other thread is at work, which the end of the process would cut off."""
    threading = sys.modules.get("threading")
    return threading is None or threading.active_count() == 1


def _end_process(status: int) -> NoReturn:
    """End the process without taking the interpreter down.

    That closes all files, and so may wait for a disk, and takes a tenth of the time of a quick command.
    """
    # What a command had printed before it failed is not lost with it.
    with suppress(OSError, ValueError):
        print(end="", flush=True)
    atexit._run_exitfuncs()
    os._exit(status)


@contextmanager
def _ended_at_once() -> Iterator[None]:
    """Let Ctrl+C end the process inside the `with` block, even while a path lies on a disk that does not answer.

    The kernel ends a process that waits for such a disk, but lets no handler run in it.
    """
    is_ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_ours:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        if is_ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)


def _refuse_misspelt(words: Sequence[str]) -> None:
    """Raise CommandError when the first of several words is nearly the name of a command, and no file."""
    if len(words) > 1 and (command := suggest_name(words[0], _COMMANDS)) and not os.path.exists(words[0]):
        raise CommandError(f"no such file: {words[0]}; did you mean 'dossier {command}'?")


def _set_encodings() -> None:
    """Write to stdout and stderr in the encoding of the locale, with "?" for characters that it lacks."""
    # None keeps the encoding that Python chose: the environment names one, or the locale names none.
    is_told = any(os.environ.get(name) for name in ("PYTHONIOENCODING", "PYTHONUTF8"))
    encoding = None if is_told else find_locale_encoding(os.environ) or None
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=encoding, errors="replace")
