"""`dossier export`: write articles, a person, or what a query finds, in a format that other programs read.

What is written are the entries that the screen shows.
"""

import datetime
import os
import sys
from argparse import ArgumentTypeError, Namespace
from collections.abc import Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from dossier.cli.arguments import CommandError, decode_word, naming_unreachable_server
from dossier.cli.export_output import ExportProgress, ended_by_signals, print_pieces, write_folder, write_pieces
from dossier.cli.export_sources import Asked, Gathered, LibraryExport, gather_from_file
from dossier.cli.exported_library import find_saved, open_folder, open_stored
from dossier.cli.measuring import measure_printed_text
from dossier.cli.output import print_message, print_query_warnings
from dossier.cli.parser import Parser, limits_of, parse_path
from dossier.cli.server_location import locate_server
from dossier.cli.sources import default_path
from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.days import Day
from dossier.core.dates.ranges import parse_days
from dossier.core.note import Note
from dossier.core.query_context import asks_for_notes
from dossier.core.query_parser import parse_search
from dossier.core.ref import ENTRY_KINDS, Ref, RefError, parse_ref
from dossier.export.export import Export, Omissions
from dossier.export.export_selection import EXPORTED_KINDS, NOTES
from dossier.export.formats import FORMATS, ExportFormat, suggest_format, write_export
from dossier.library.index.reader import IndexDamagedError
from dossier.library.notes_file import NotesFile, notes_path
from dossier.library.person_evidence import add_other_names
from dossier.loader.file_names import is_article_name
from dossier.loader.limits import Limits
from dossier.text.messages import count_noun

if TYPE_CHECKING:
    from dossier.library.stored_library import StoredLibrary

_USAGE = """\
dossier export [REF] [PATH] [--format F] [--in KIND] [--query QUERY]
       [--saved SEARCH] [--since DATE] [--notes] [-o FILE] [--force]
       [--engine ADDRESS]"""
_ABOUT = """\
Write the article at PATH, or all articles of a library, in a format that other
programs read. REF limits this to an entry, some words of it, or one article;
person/okafor with a folder of several articles as PATH means all that they have
of this person. Texts and their order are those of the screen."""
_END = f"""\
The formats (F):
{"".join(f"  {form.name:<14}{form.about}{chr(10)}" for form in FORMATS)}
What a format cannot hold is left out, and counted on stderr. Text is in UTF-8.
-o FOLDER/ writes a file for each article, named after its id. dossier help
export has examples, and the limits of each format.

Exit status: 0 written; 1 nothing to export; 2 could not run."""
_FORMS = {form.name: form for form in FORMATS}


class Args(NamedTuple):
    """The arguments of `dossier export`.

    `ref` and `path` are None when they were not given; the path `-` is stdin. `query` is what was typed, and `saved`
    the name of a saved search; each is "" when it was not given. `kind` is one of EXPORTED_KINDS, or "". `target` is
    the file or folder to write, "" for stdout.
    """

    ref: Ref | None
    path: Path | None
    form: ExportFormat
    kind: str
    query: str | None
    saved: str
    since: Day | None
    has_notes: bool
    target: str
    force: bool
    limits: Limits
    engine: str = ""


def parse_args(words: Sequence[str]) -> Args:
    """Parse the words after `export`. Raises CommandError when the words are not valid."""
    parser = _make_parser()
    given = parser.parse_words(words)
    ref, path = _parse_place(parser, given.ref, given.path, given.engine)
    _refuse_together(ref, given)
    return Args(
        ref,
        path,
        _FORMS[given.format],
        given.kind,
        given.query,
        given.saved,
        given.since,
        given.notes or given.kind == NOTES or _FORMS[given.format].holds_notes_only,
        "" if given.output == "-" else given.output,
        given.force,
        limits_of(given),
        given.engine or "",
    )


def _make_parser() -> Parser:
    parser = Parser(_USAGE, _ABOUT, _END)
    parser.add_argument("ref", metavar="REF", nargs="?", help="an address, such as quote/q3 (see dossier --help)")
    parser.add_path("a file or a folder; - is stdin (default: see dossier --help)")
    parser.add_argument(
        "--format",
        metavar="F",
        type=_parse_format,
        choices=tuple(_FORMS),
        default="text",
        help="the format (default: text)",
    )
    parser.add_argument("--in", dest="kind", choices=EXPORTED_KINDS, default="", help="write only entries of this kind")
    parser.add_argument("--query", metavar="QUERY", type=decode_word, help="write what dossier search finds")
    parser.add_argument(
        "--saved", metavar="SEARCH", type=decode_word, default="", help="write what a saved search finds, by its name"
    )
    parser.add_argument(
        "--since", metavar="DATE", type=_parse_since, help="only articles published on this day or later"
    )
    parser.add_argument("--notes", action="store_true", help="include your notes (webannotation always does)")
    parser.add_argument(
        "-o", "--output", metavar="FILE", default="", help="the file or folder to write (default: stdout)"
    )
    parser.add_argument("--force", action="store_true", help="replace files that exist")
    parser.add_engine("write what the library on this PostgreSQL server has (see dossier help library)")
    parser.add_limits()
    return parser


def _parse_format(word: str) -> str:
    if word not in _FORMS:
        raise ArgumentTypeError(f"there is no format {word!r}: {suggest_format(word)}")
    return word


def _parse_since(word: str) -> Day:
    days = parse_days(decode_word(word), datetime.date.today())
    if days is None or days[0] is None or ".." in word:
        raise ArgumentTypeError(f"{word!r} is not a date: write one such as 2026-11-01, 2026-11 or last-week")
    return days[0]


def _refuse_together(ref: Ref | None, given: Namespace) -> None:
    """Raise CommandError for arguments of which only one can be meant."""
    named = [("REF", ref is not None), ("--query", given.query is not None), ("--saved", bool(given.saved))]
    first, *others = [*[name for name, is_given in named if is_given], ""]
    if others and others[0]:
        raise CommandError(f"{first} and {others[0]} cannot be combined: use either of them")


def _parse_place(
    parser: Parser, word: str | None, path: Path | None, engine: str | None
) -> tuple[Ref | None, Path | None]:
    """Return the address and the path that are meant; either may stand alone, and a file may have # and more behind."""
    if word is None:
        return None, path
    if engine:
        return _parse_ref(parser, word), path
    if path is not None:
        if not _is_there(str(path)) and _is_there(word):
            return _parse_ref(parser, str(path)), Path(word)
        if os.path.isfile(word) and is_article_name(word):
            raise CommandError(f"{word} and {path} cannot be exported at once: name one of them, or a folder of both")
        return _parse_ref(parser, word), path
    file, sign, inside = word.partition("#")
    kind, _, id = word.partition("/")
    if _is_there(word) and not (kind in ENTRY_KINDS and id):
        return None, parse_path(word)
    if sign and os.path.isfile(file):
        return _parse_ref(parser, f"#{inside}"), Path(file)
    if is_article_name(file) or (word.endswith("/") and not sign):
        raise CommandError(f"{file}: no such file or folder; name an article file, a folder, or an address")
    return _parse_ref(parser, word), None


def _is_there(word: str) -> bool:
    return word == "-" or os.path.exists(word)


def _parse_ref(parser: Parser, word: str) -> Ref:
    try:
        return parse_ref(decode_word(word))
    except RefError as error:
        parser.error(f"argument REF: {error}")


def run(args: Args) -> int:
    """Write what is asked for and return the exit status: 1 when there is nothing to write, else 0.

    Raises CommandError when it cannot be read or written.
    """
    if args.form.missing:
        raise CommandError(args.form.missing)
    server = locate_server(args.engine, args.path)
    stored = open_stored(server, args.path, args.limits) if server else None
    path = Path() if stored else args.path or default_path()
    typed = find_saved(path, stored, args.saved) if args.saved else args.query
    query = parse_search(typed, datetime.date.today()) if typed is not None else None
    if query and query.query_warnings:
        print_query_warnings(query)
    if query and query.root is None:
        print_message("nothing to search for in this query: dossier search --help explains the query language")
        return 1
    notes = _read_notes() if args.has_notes or (query and asks_for_notes(query)) else None
    # On one terminal the line with the progress would stand in the midst of what is printed.
    is_alone = args.target or sys.stdout is None or not sys.stdout.isatty()
    progress = ExportProgress(sys.stderr if is_alone else None)
    try:
        return _export(args, path, stored, Asked(args.ref, query, args.kind, notes, args.since), progress)
    except IndexDamagedError as error:
        if stored:
            raise CommandError(f"the index is damaged: {error}") from None
        raise CommandError(
            f"the index of {path} is damaged: dossier index {path} rebuilds it (with --shared if it is shared)"
        ) from None
    finally:
        progress.end()


@naming_unreachable_server
def _export(args: Args, path: Path, stored: "StoredLibrary | None", asked: Asked, progress: ExportProgress) -> int:
    omissions = Omissions()
    library = None
    if stored or os.path.isdir(path):
        store, index = (stored.store, stored.index) if stored else open_folder(path, args.limits)
        library = LibraryExport(store, index, stored.address if stored else str(path), progress)
        asked = asked._replace(query=asked.query and add_other_names(asked.query, index))
        title = args.saved or (asked.query.typed if asked.query else store.read_name())
        gathered = library.gather(asked, title, omissions)
    else:
        gathered = gather_from_file(path, asked, args.limits, omissions)
    with ended_by_signals():
        is_written = _write(args, gathered, omissions)
    progress.end()
    for message in omissions.messages():
        print_message(message)
    if library and library.unopened and not (args.ref and args.ref.article):
        print_message(f"{count_noun(library.unopened, 'file')} cannot be opened; dossier check says why")
    if not is_written:
        print_message(_nothing_words(args))
    return 0 if is_written else 1


def _read_notes() -> tuple[Note, ...]:
    file = NotesFile(notes_path())
    for message in file.messages():
        print_message(message)
    return file.notes


def _nothing_words(args: Args) -> str:
    limits = {"--in": args.kind, "--query": args.query, "--saved": args.saved, "--since": args.since}
    named = [name for name, value in limits.items() if value]
    return f"nothing to export: nothing fits {' and '.join(named)}" if named else "nothing to export"


def _write(args: Args, gathered: Gathered, omissions: Omissions) -> bool:
    """Write what was gathered, and return whether there was anything."""
    made = datetime.datetime.now(datetime.UTC)
    first = list(islice(gathered.articles, 2))
    articles = chain(first, gathered.articles)
    if not first:
        return False
    if args.target.endswith("/") or os.path.isdir(args.target):
        write_folder(Path(args.target), args.form, articles, omissions, made, args.force)
        return True
    if args.form.is_single and len(first) > 1:
        raise CommandError(
            f"{args.form.name} holds one article in a file, and there are several: -o FOLDER/ writes a file for each"
        )
    measure_printed_text(None if args.target else sys.stdout)
    pieces = write_export(args.form, Export(gathered.title, articles, omissions, made))
    if args.target:
        write_pieces(Path(args.target), pieces, args.force)
    else:
        print_pieces(pieces, args.form)
    return True
