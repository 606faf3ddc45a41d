"""`dossier new`: write the skeleton of a new article file, to be filled in."""

import sys
from collections.abc import Sequence
from pathlib import Path

from dossier.cli.arguments import CommandError
from dossier.cli.output import print_message
from dossier.cli.parser import Parser, parse_path
from dossier.cli.sources import read_plain_text
from dossier.core.dataclasses import NamedTuple
from dossier.core.whole_file import create_whole_file, sync_folder
from dossier.export.skeleton import make_skeleton

_ABOUT = """\
Write a new article file with the keys to fill in, what each means, and the
other keys as comments. Without FILE it is printed. No file is ever overwritten."""
_END = """\
Blank lines separate the paragraphs of the text; in a text without blank lines,
each line is a paragraph.

Exit status: 0 written; 2 could not run."""


class Args(NamedTuple):
    """The arguments of `dossier new`; each is None when it was not given."""

    path: Path | None
    text: Path | None


def parse_args(words: Sequence[str]) -> Args:
    """Parse the words after `new`. Raises CommandError for words that are no such command."""
    parser = Parser("dossier new [FILE] [--text FILE]", _ABOUT, _END)
    parser.add_argument("path", metavar="FILE", nargs="?", type=parse_path, help="the file to write, such as pact.yaml")
    parser.add_argument(
        "--text", metavar="FILE", type=parse_path, help="a file with the text of the article; - is standard input"
    )
    given = parser.parse_words(words)
    if given.path and given.path.suffix.lower() not in (".yaml", ".yml"):
        raise CommandError(f"{given.path}: the new file is YAML: give it a name that ends in .yaml")
    return Args(given.path, given.text)


def run(args: Args) -> int:
    """Write the file and return the exit status, 0. Raises CommandError when it exists or cannot be written."""
    skeleton = make_skeleton(read_plain_text(args.text) if args.text else "")
    if args.path is None:
        # What is printed may become a file, and a file is in UTF-8.
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8")
        print(skeleton, end="")
        return 0
    try:
        create_whole_file(args.path, skeleton.encode())
        sync_folder(args.path.parent)
    except FileExistsError:
        raise CommandError(f"{args.path} already exists: name another file") from None
    except OSError as error:
        raise CommandError(f"{args.path}: {error.strerror}") from None
    print_message(f"created {args.path}: fill it in, then run dossier check {args.path}")
    return 0
