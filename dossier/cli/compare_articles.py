"""`dossier diff`: print what differs between two articles, or two events, as text or as JSON.

Two files are compared by themselves. An address is looked for in the articles at PATH, which also say who is the same
person: their registry, and what the reader decided.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from dossier.cli.arguments import CommandError, decode_word
from dossier.cli.output import print_json
from dossier.cli.parser import Parser, limits_of
from dossier.cli.sources import (
    ArticleSource,
    address_by_path,
    article_of,
    articles_at,
    default_path,
    load_articles,
    text_cells,
)
from dossier.cli.special_files import names_file, refuse_special_file
from dossier.core.comparison import Comparison, compare_articles, compare_events, find_event
from dossier.core.dataclasses import NamedTuple
from dossier.core.model import Article, Event
from dossier.core.ref import Ref, RefError, parse_ref
from dossier.core.registry import Decisions, Registry
from dossier.export.comparison_text import format_comparison, make_comparison_object
from dossier.loader.discovery import ArticleFiles
from dossier.loader.file_names import is_article_name
from dossier.loader.limits import Limits
from dossier.text.messages import suggest_name
from dossier.text.sanitize import sanitize_text

_ABOUT = """\
Print what differs between two articles (headline, outlet, byline, dates,
paragraphs, quotes, events), or between two events. A and B are article files,
ids of articles at PATH, or addresses of events, such as ferry-pact#event/e1 or
article.yaml#event/e1."""
_END = """\
Rows begin with ~ where both have it and it differs, - where only A has it, +
where only B has it, and > where both have it, in another order; in a row the
words of A alone are [-so-], those of B alone {+so+}. White space, and kinds of
quote marks and dashes, make no difference; nor does the spelling of a name
where both mean the same person.

Exit status: 0 nothing differs; 1 something does; 2 could not run."""


class _Asked(NamedTuple):
    """An article or event to compare: the words of the command line, its file or None, and its address."""

    word: str
    file: Path | None
    ref: Ref


class Args(NamedTuple):
    """The arguments of `dossier diff`; `path` is None when none was given."""

    sides: tuple[_Asked, _Asked]
    path: Path | None
    as_json: bool
    limits: Limits


def parse_args(words: Sequence[str]) -> Args:
    """Parse the words after `diff`. Raises CommandError when the words are not valid."""
    parser = Parser("dossier diff A B [PATH] [--format text|json]", _ABOUT, _END)
    parser.add_argument("first", metavar="A", help="an article file, or the address of an article or event")
    parser.add_argument("second", metavar="B", help="the same")
    parser.add_path("the library that addresses refer to (default: see dossier --help)")
    parser.add_format()
    parser.add_limits()
    given = parser.parse_words(words)
    sides = _parse_side(parser, "A", given.first), _parse_side(parser, "B", given.second)
    if sides[0].ref.kind != sides[1].ref.kind:
        parser.error("A and B must both be articles, or both be events")
    return Args(sides, given.path, given.format == "json", limits_of(given))


def run(args: Args) -> int:
    """Print the comparison and return the exit status: 1 when anything differs, else 0.

    Raises CommandError when one of the two cannot be found or read.
    """
    comparison = _compare(args)
    if args.as_json:
        print_json(make_comparison_object(comparison))
    else:
        names = sanitize_text(args.sides[0].word), sanitize_text(args.sides[1].word)
        print(format_comparison(comparison, names, text_cells()))
    return 1 if comparison.differs else 0


def _parse_side(parser: Parser, name: str, word: str) -> _Asked:
    """Return what a word means: a file, alone or with # and the address of an event in it, or an address."""
    if os.path.isdir(word):
        parser.error(f"argument {name}: {word} is a folder: name an article file, or the id of an article in it")
    file, _, inside = word.partition("#")
    try:
        if names_file(word):
            return _Asked(word, Path(word), Ref(""))
        if names_file(file):
            ref = parse_ref(decode_word(f"#{inside}"))
            asked = _Asked(word, Path(file), ref)
        else:
            asked = _Asked(word, None, parse_ref(decode_word(word)))
    except RefError as error:
        if is_article_name(file):
            parser.error(f"argument {name}: {file}: no such file")
        parser.error(f"argument {name}: {error}")
    if asked.ref.kind not in ("", "event"):
        parser.error(f"argument {name}: only articles and events can be compared, and {word} is neither")
    return asked._replace(ref=asked.ref.entry)


def _compare(args: Args) -> Comparison:
    registry, decisions = Registry(), Decisions()
    sources: list[ArticleSource] = []
    root = args.path or (None if all(side.file for side in args.sides) else default_path())
    if root:
        sources = _load_library(root, args)
        if os.path.isdir(root):
            from dossier.cli.registry_and_decisions import read_known

            known = read_known(root, args.limits)
            registry, decisions = known.registry, known.decisions
    left, right = (_find(side, sources, args.limits) for side in args.sides)
    if left[1] and right[1]:
        return compare_events((left[0], left[1]), (right[0], right[1]), registry, decisions)
    return compare_articles(left[0], right[0], registry, decisions)


def _load_library(root: Path, args: Args) -> list[ArticleSource]:
    """Return the articles among which the addresses are looked for; none if both sides are files."""
    if all(side.file for side in args.sides):
        if not os.path.exists(root):
            raise CommandError(f"{root}: No such file or directory; name an article file or a folder")
        return []
    sources = load_articles(articles_at(root), args.limits)
    if not os.path.isdir(root):
        return sources
    sources, repeated = address_by_path(sources, root, args.limits)
    for side in args.sides:
        if side.file is None and side.ref.article in repeated:
            meant = " or ".join(str(side.ref._replace(article=one)) for one in repeated[side.ref.article])
            raise CommandError(f"several articles have the id {Ref(side.ref.article)}: say which one, {meant}")
    return sources


def _find(asked: _Asked, sources: Sequence[ArticleSource], limits: Limits) -> tuple[Article, Event | None]:
    """Return the article that is meant, and the event if one is asked for."""
    if asked.file:
        refuse_special_file(asked.file, "name a file with an article")
        sources = load_articles(ArticleFiles((asked.file,)), limits)
    try:
        article = article_of(asked.ref, sources).article
    except LookupError as error:
        if is_article_name(asked.word.partition("#")[0]):
            raise CommandError(f"{asked.word.partition('#')[0]}: no such file or article") from None
        raise CommandError(str(error.args[0])) from None
    if not asked.ref.kind:
        return article, None
    event = find_event(article, asked.ref._replace(article=article.ref.article))
    if event is None:
        near = suggest_name(asked.ref.id, [one.ref.id for one in article.events], cutoff=0)
        cure = f": did you mean event/{near}?" if near else ": the article has no events"
        raise CommandError(f"no event {asked.word}{cure}")
    return article, event
