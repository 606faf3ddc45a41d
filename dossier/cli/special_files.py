"""Refuse named pipes, sockets and devices on the command line, before anything waits for them.

The shell's <(COMMAND) is a named pipe, and /dev/stdin may be one. The cure of most commands is `-`, which stands for
standard input.
"""

import os
from pathlib import Path

from dossier.cli.arguments import CommandError, decode_word
from dossier.core.regular_file import NotRegularFileError, check_regular_file

STANDARD_INPUT_CURE = "to read what another program writes, name - for standard input, as in COMMAND | dossier check -"


def names_file(word: str) -> bool:
    """Return whether a word of the command line is the path of something that is there and is no folder."""
    try:
        return os.path.exists(word) and not os.path.isdir(word)
    except ValueError:
        return False


def refuse_special_file(path: Path, cure: str = STANDARD_INPUT_CURE) -> None:
    """Raise CommandError, with the cure, if the path is that of a named pipe, a socket or a device."""
    try:
        check_regular_file(os.stat(path), path)
    except NotRegularFileError as error:
        raise CommandError(_special_words(decode_word(str(path)), error, cure)) from None
    except (OSError, ValueError):
        # A folder, or nothing: what reads the path tells.
        return


def unreadable_words(where: str, error: OSError, cure: str) -> str:
    """Return the message that a file of the command line cannot be read; `cure` tells what to name in its place."""
    if not isinstance(error, NotRegularFileError):
        return f"{where}: {error.strerror or error}; {cure}"
    return _special_words(where, error, STANDARD_INPUT_CURE)


def _special_words(where: str, error: OSError, cure: str) -> str:
    made = " (the shell makes one of <(COMMAND))" if "pipe" in str(error.strerror) else ""
    # The words of the error have a subject of their own: "it is a named pipe, not a regular file".
    return f"{where}: {error.strerror}{made}; {cure}"
