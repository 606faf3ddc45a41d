"""`dossier prompt`: print what one gives a language model that is to make a dossier of an article."""

import sys
from collections.abc import Sequence
from pathlib import Path

from dossier.cli.parser import Parser, parse_path
from dossier.cli.sources import read_plain_text
from dossier.core.dataclasses import NamedTuple
from dossier.export.model_prompt import make_model_prompt
from dossier.export.skeleton import split_paragraphs

_ABOUT = """\
Print a prompt that asks a language model for a dossier: the rules on one page,
an example, the schema of the answer, and the text in numbered paragraphs.

Check the model's answer and send it the problems, until there are none:

  dossier check - --format json <answer.json"""
_END = """\
dossier schema --strict prints the schema alone, for providers that enforce one.

Exit status: 0 printed; 2 could not run."""


class Args(NamedTuple):
    """The arguments of `dossier prompt`; `text` is None when no file was given."""

    text: Path | None


def parse_args(words: Sequence[str]) -> Args:
    """Parse the words after `prompt`. Raises CommandError for words that are no such command."""
    parser = Parser("dossier prompt [--text FILE]", _ABOUT, _END)
    parser.add_argument(
        "--text", metavar="FILE", type=parse_path, help="a file with the text of the article; - is standard input"
    )
    return Args(parser.parse_words(words).text)


def run(args: Args) -> int:
    """Print the prompt and return the exit status, 0. Raises CommandError when the text cannot be read."""
    paragraphs = split_paragraphs(read_plain_text(args.text)) if args.text else ()
    # What is printed goes to a program, and programs read UTF-8.
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    print(make_model_prompt(paragraphs))
    return 0
