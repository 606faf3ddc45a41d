"""`dossier schema`: print the JSON Schema of article files, for editors, validators and language models."""

from collections.abc import Sequence

from dossier.cli.output import print_json
from dossier.cli.parser import Parser
from dossier.core.dataclasses import NamedTuple
from dossier.export.article_schema import make_article_schema
from dossier.export.strict_schema import make_strict_schema

_ABOUT = """\
Print the JSON Schema (2020-12) of article files. With it, an editor that knows
YAML explains each key and completes keys and values. Save it, and name it in
the first line of an article:

  dossier schema >dossier.schema.json
  # yaml-language-server: $schema=dossier.schema.json"""
_END = "Exit status: 0 printed; 2 could not run."


class Args(NamedTuple):
    """The arguments of `dossier schema`."""

    is_strict: bool


def parse_args(words: Sequence[str]) -> Args:
    """Parse the words after `schema`. Raises CommandError for words that are no such command."""
    parser = Parser("dossier schema [--strict]", _ABOUT, _END)
    parser.add_argument(
        "--strict",
        action="store_true",
        help="for strict structured output of language models: every key is required, null is no value",
    )
    return Args(parser.parse_words(words).strict)


def run(args: Args) -> int:
    """Print the schema and return the exit status, 0."""
    print_json(make_strict_schema() if args.is_strict else make_article_schema())
    return 0
