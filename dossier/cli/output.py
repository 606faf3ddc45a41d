"""Print what a command has to say: data to stdout, messages to stderr, neither with control characters in it.

Only what every command needs is imported at the top: a quick command does not wait for the rest.
"""

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from dossier.text.sanitize import sanitize_text

if TYPE_CHECKING:
    import subprocess

    from dossier.core.query import Query
    from dossier.export.json_types import JsonObject


_CONTROLS: Final = {code: f"\\u{code:04x}" for code in range(0x7F, 0xA0)}


def print_message(message: str) -> None:
    """Print a message, of one line or several, to stderr with the program's name before it.

    Addresses of servers in it are printed without user and password.
    """
    if "postgres" in message:
        from dossier.library.index.postgresql.server_address import hide_secrets

        message = hide_secrets(message)
    print("\n".join(sanitize_text(line) for line in f"dossier: {message}".split("\n")), file=sys.stderr)


def print_query_warnings(query: "Query") -> None:
    """Print, for each part of a query that was not understood, a message and the query with that part underlined."""
    from dossier.cli.measuring import measure_printed_text
    from dossier.text.width import width

    measure_printed_text(sys.stderr)
    typed = sanitize_text(query.typed)
    for warning in query.query_warnings:
        print_message(warning.message)
        mark = "^" * max(1, width(typed[warning.start : warning.end]))
        print(f"  {typed}\n  {' ' * width(typed[: warning.start])}{mark}", file=sys.stderr)


def print_json(value: "JsonObject | list[JsonObject]") -> None:
    """Print a value as JSON, with escapes for controls, and for all but ASCII where stdout is not in UTF-8."""
    import json

    print(escape_controls(json.dumps(value, ensure_ascii=needs_ascii(), indent=2)))


def escape_controls(json_text: str) -> str:
    """Return JSON with escapes for the control characters that may stand in its texts without: U+007F to U+009F."""
    return json_text.translate(_CONTROLS)


def print_paged(texts: Iterable[str]) -> None:
    """Print texts, each followed by a line break, through the reader's $PAGER when stdout is a terminal.

    Raises BrokenPipeError when the reader quits the pager before the last text.
    """
    pager = os.environ.get("PAGER", "")
    if pager and sys.stdout is not None and sys.stdout.isatty():
        page(texts, pager)
        return
    for text in texts:
        print(text)


def page(texts: Iterable[str], pager: str) -> None:
    """Print texts through a pager.

    `pager` is its command line, such as "less -R". It is split as a shell would, but no shell is run. When the pager
    does not start, a message is printed, and then the texts to stdout.
    """
    import shlex

    try:
        words = shlex.split(pager)
        process = _start_pager(words) if words else None
    except (OSError, ValueError) as error:
        print_message(f"$PAGER cannot be started ({error}): set it to a program such as less")
        process = None
    if process is None or process.stdin is None:
        for text in texts:
            print(text)
        return
    try:
        for text in texts:
            process.stdin.write(f"{text}\n")
        process.stdin.close()
    finally:
        process.wait()


def can_print_bold() -> bool:
    """Return whether stdout is a terminal on which bold text is wanted (no-color.org: $NO_COLOR, when not empty)."""
    is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM", "") in ("", "dumb")
    return sys.stdout is not None and sys.stdout.isatty() and not is_plain


def needs_ascii() -> bool:
    """Return whether stdout has an encoding other than UTF-8, which may have no characters but those of ASCII."""
    return sys.stdout is not None and sys.stdout.encoding.lower().replace("-", "") != "utf8"


def _start_pager(words: Sequence[str]) -> "subprocess.Popen[str]":
    import subprocess

    # The pager passes the text on, unchanged, to the terminal that stdout is.
    encoding = sys.stdout.encoding if sys.stdout is not None else "utf-8"
    return subprocess.Popen(words, stdin=subprocess.PIPE, text=True, encoding=encoding, errors="replace")
