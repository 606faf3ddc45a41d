"""`dossier show`: print what an address means: a card, a paragraph or a whole article, as text or as JSON."""

from collections.abc import Sequence
from pathlib import Path

from dossier.cli.output import print_json, print_message
from dossier.cli.parser import STATUS, CommandError, Parser, limits_of, parse_address
from dossier.cli.sources import article_of, articles_at, load_articles, text_cells
from dossier.core.dataclasses import NamedTuple
from dossier.core.ref import Ref
from dossier.export.address import resolve_to_object, resolve_to_text
from dossier.loader.limits import Limits

_ABOUT = """\
Print what REF addresses: the card of a person, an organisation, a place, a
quote or an event, the text of a paragraph, or a whole article."""
_END = f"""\
An address (REF) is article#kind/id, such as nato-seoul-2023#quote/q3. With one
article kind/id is enough: quote/q3, person/stoltenberg, para/p4, or
para/p4:12-28 for some of its characters; '#' is the article itself.

{STATUS}"""


class Args(NamedTuple):
    """The arguments of `dossier show`; `path` is None when none was given."""

    ref: Ref
    path: Path | None
    as_json: bool
    limits: Limits


def parse_args(words: Sequence[str]) -> Args:
    """Parse the words after `show`. Raises CommandError when the words are not valid."""
    parser = Parser("dossier show REF [PATH] [--format text|json]", _ABOUT, _END)
    parser.add_argument("ref", metavar="REF", type=parse_address, help="an address")
    parser.add_path("as for dossier itself")
    parser.add_format()
    parser.add_limits()
    given = parser.parse_words(words)
    if given.path is None and not given.ref.kind and Path(given.ref.article).is_file():
        name = given.ref.article
        raise CommandError(f"{name} is a file, and an address goes before it: dossier show '#' {name} prints it whole")
    return Args(given.ref, given.path, given.format == "json", limits_of(given))


def run(args: Args) -> int:
    """Print what the address means and return the exit status: 1 when nothing has that address, else 0.

    Raises CommandError when the address may be that of several articles, or no article can be opened.
    """
    articles = load_articles(articles_at(args.path), args.limits)
    try:
        article = article_of(args.ref, articles).article
        ref = args.ref._replace(article=article.ref.article)
        if args.as_json:
            print_json(resolve_to_object(article, ref))
        else:
            print(resolve_to_text(article, ref, text_cells()))
    except LookupError as error:
        print_message(str(error.args[0]))
        return 1
    return 0
