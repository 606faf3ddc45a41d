"""`dossier show`: print what an address means: a card, a paragraph or a whole article, as text or as JSON.

A person, organisation or place without an article is asked of the whole library: what all its articles have of them.
"""

import os
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from dossier.cli.arguments import CommandError, decode_word, is_standard_input, naming_unreachable_server
from dossier.cli.output import print_json, print_message
from dossier.cli.parser import STATUS, Parser, limits_of
from dossier.cli.server_location import locate_server
from dossier.cli.sources import (
    address_by_path,
    article_of,
    articles_at,
    default_path,
    load_articles,
    text_cells,
)
from dossier.cli.special_files import names_file
from dossier.core.dataclasses import NamedTuple
from dossier.core.model import Article
from dossier.core.ref import ENTRY_KINDS, Ref, RefError, parse_ref
from dossier.export.address import resolve_to_object, resolve_to_text
from dossier.library.index.location import ServerIndex
from dossier.loader.discovery import ArticleFiles
from dossier.loader.file_names import is_article_name
from dossier.loader.limits import Limits

_ABOUT = """\
Print what is at the address REF: the card of a person, an organisation, a
place, a quote (with its citation) or an event, the text of a paragraph, or a
whole article. For a person, organisation or place of a library, everything that
its articles have is printed: statements (newest first), events by date, outlets."""
_END = f"""\
An address (REF) is article#kind/id, such as nato-seoul-2023#quote/q3. For a
single article kind/id is enough: quote/q3, person/stoltenberg, para/p4, or
para/p4:12-28 for a range of its characters; '#' is the article itself. A file
in place of REF is printed whole; person/okafor with a folder of several
articles as PATH means this person in all of them.

{STATUS}"""
if TYPE_CHECKING:
    from dossier.library.article_store import ArticleStore
    from dossier.library.index.reader import Index

_OF_A_LIBRARY = ("person", "org", "place")


class Args(NamedTuple):
    """The arguments of `dossier show`; `path` is None when none was given."""

    ref: Ref
    path: Path | None
    as_json: bool
    limits: Limits
    engine: str = ""


def parse_args(words: Sequence[str]) -> Args:
    """Parse the words after `show`. Raises CommandError when the words are not valid."""
    parser = Parser("dossier show REF [PATH] [--format text|json] [--engine ADDRESS]", _ABOUT, _END)
    parser.add_argument("ref", metavar="REF", help="an address, or an article file")
    parser.add_path("a file or a folder; - is standard input (default: see dossier --help)")
    parser.add_format()
    parser.add_engine("show what the library on this PostgreSQL server has (see dossier help library)")
    parser.add_limits()
    given = parser.parse_words(words)
    try:
        if given.engine:
            ref, path = parse_ref(decode_word(given.ref)), given.path
        else:
            ref, path = _address_and_path(given.ref, given.path)
    except RefError as error:
        parser.error(f"argument REF: {error}")
    return Args(ref, path, given.format == "json", limits_of(given), given.engine or "")


def _address_and_path(word: str, path: Path | None) -> tuple[Ref, Path | None]:
    """Return the address and the path that are meant; a file may stand first, alone or with # and what follows it."""
    if path is None and word == "-":
        return Ref(""), Path(word)
    if path is None:
        file, sign, inside = word.partition("#")
        if names_file(word):
            return Ref(""), Path(word)
        if sign and names_file(file):
            return parse_ref(decode_word(f"#{inside}")), Path(file)
        if os.path.isdir(word) and "/" in word and word.partition("/")[0] not in ENTRY_KINDS:
            return Ref(""), Path(word)
        if is_article_name(file):
            _refuse_missing(file)
    elif not is_standard_input(path) and not os.path.exists(path) and os.path.exists(word):
        return parse_ref(decode_word(str(path))), Path(word)
    return parse_ref(decode_word(word)), path


def _refuse_missing(file: str) -> None:
    """Raise CommandError if there is no such file, or its folder may not be entered."""
    try:
        os.stat(file)
    except (FileNotFoundError, NotADirectoryError):
        message = f"{file}: no such file; name an article file, or an address such as quote/q1"
        raise CommandError(message) from None
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}; name an article file that you can read") from None


def run(args: Args) -> int:
    """Print what the address means and return the exit status: 1 when nothing has that address, else 0.

    Raises CommandError when the address may be that of several articles, or no article can be opened.
    """
    if server := locate_server(args.engine, args.path):
        return _show_from_server(args, server)
    files = articles_at(args.path)
    root = args.path if args.path and os.path.isdir(args.path) else default_path() if args.path is None else None
    if root and os.path.isdir(root) and len(files.files) > 1:
        if args.ref.kind in _OF_A_LIBRARY and args.ref.id and not args.ref.article:
            return _show_person_of_folder(args, root)
        return _show(args, files, root)
    return _show(args, files, None)


def _show(args: Args, files: ArticleFiles, root: Path | None) -> int:
    """Print what the address means in one of these articles, which are those of the folder `root` if that is given."""
    sources = load_articles(files, args.limits)
    if root:
        sources, repeated = address_by_path(sources, root, args.limits)
        if args.ref.article in repeated:
            meant = " or ".join(str(args.ref._replace(article=one)) for one in repeated[args.ref.article])
            raise CommandError(f"several articles have the id {Ref(args.ref.article)}: write {meant}")
    try:
        article = article_of(args.ref, sources).article
        _print_entry(args, article, args.ref._replace(article=article.ref.article))
    except LookupError as error:
        print_message(str(error.args[0]))
        return 1
    return 0


def _print_entry(args: Args, article: Article, ref: Ref) -> None:
    """Print what an address means in an article. Raises LookupError when nothing there has it."""
    if args.as_json:
        print_json(resolve_to_object(article, ref))
    else:
        print(resolve_to_text(article, ref, text_cells()))


@naming_unreachable_server
def _show_from_server(args: Args, server: ServerIndex) -> int:
    """Print what the address means in the library that is on a server."""
    from dossier.cli.open_library import find_article
    from dossier.cli.server_library import open_server_library

    stored = open_server_library(server, args.path, args.limits)
    with closing(stored.index):
        if args.ref.kind in _OF_A_LIBRARY and args.ref.id and not args.ref.article and stored.index.total() > 1:
            return _show_person(args, stored.index, stored.store, stored.address)
        try:
            source, ref = find_article(stored.store, stored.index, args.ref)
        except LookupError as error:
            print_message(str(error.args[0]))
            return 1
        _print_entry(args, source.article, ref)
    return 0


@naming_unreachable_server
def _show_person_of_folder(args: Args, root: Path) -> int:
    from dossier.cli.index_update import updated_index
    from dossier.library.article_store import FolderStore

    index = updated_index(root, args.limits)
    return _show_person(args, index, FolderStore(root, index, args.limits), str(root))


def _show_person(args: Args, index: "Index", store: "ArticleStore", called: str) -> int:
    """Print what all articles of a library have of a person, or of several who have the same id."""
    from dossier.export.dossier_text import dossier_object, dossier_text
    from dossier.library.person_dossier import collect_dossier, find_persons
    from dossier.text.messages import count_noun, suggest_name

    kind, id = args.ref.kind, args.ref.id
    persons = find_persons(index, kind, id)
    if not persons:
        near = suggest_name(id, index.persons.person_entry_ids(kind))
        print_message(f"no {kind}/{id} in {called}{f': did you mean {kind}/{near}?' if near else ''}")
        return 1
    if len(persons) > 1:
        print_message(f"{count_noun(len(persons), kind)} have the id {id} and may be different: each is printed")
    found = [collect_dossier(index, person, lambda row: store.load(row).article) for person in persons]
    if args.as_json:
        print_json([dossier_object(one) for one in found])
    else:
        print("\n\n\n".join(dossier_text(one, text_cells()) for one in found))
    return 0
