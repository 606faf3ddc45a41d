"""`dossier notes`: list the marks and notes of the user, export them, and import those of other programs."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from dossier.cli.arguments import CommandError
from dossier.cli.output import print_json, print_message
from dossier.cli.parser import Parser, limits_of, parse_path
from dossier.cli.sources import address_by_path, articles_at, default_path, files_at, load_articles
from dossier.cli.special_files import unreadable_words
from dossier.core.dataclasses import NamedTuple
from dossier.core.model import Article
from dossier.core.note import Note, PlacedNote, Placement
from dossier.core.note_proposals import find_missing_extra
from dossier.core.regular_file import open_regular_file
from dossier.library.notes_file import NotesFile, notes_path
from dossier.library.placed_notes import NotedArticle, match_notes, place_in_articles
from dossier.loader.article import load_article
from dossier.loader.discovery import ArticleFiles
from dossier.loader.limits import Limits
from dossier.text.messages import count_noun, split_fields

_USAGE = """\
dossier notes list [PATH] [--format text|json]
       dossier notes export [PATH] --format webannotation|markdown
                             [-o FILE] [--force]
       dossier notes import FILE [PATH]"""
_ABOUT = """\
list    print your marks and notes: all of them, or those on the articles at
        PATH, each with whether its words are still there
export  write them as W3C Web Annotation (JSON-LD) or as Markdown
import  add the notes in FILE, in the format of Web Annotation or of the API of
        Hypothesis; - is standard input"""
_END = """\
With a PATH, list says of each note: as it was; found again (the same words in
an article that has changed); in several places, perhaps elsewhere or changed
words (lost: it may be at the places named below it); not in the article (lost).
Changed words are found with pip install 'dossier[notes]'. Lost notes are kept,
and imported notes that fit no article are, too. dossier help notes explains it.

Exit status: 0 done; 1 no notes, or some imported notes have no certain place;
2 could not run."""
_ACTIONS = ("list", "export", "import")
_FORMATS = {"list": ("text", "json"), "export": ("webannotation", "markdown"), "import": ()}
_MOST_BYTES = 64 * 1024 * 1024
_MOST_MESSAGES = 20
_SHOWN_WORDS = 60


class Args(NamedTuple):
    """The arguments of `dossier notes`.

    `path` and `output` are None when none was given; a file at `output` is replaced with `force` alone. `source` is the
    file to import, "-" standard input.
    """

    action: str
    path: Path | None
    form: str
    output: Path | None
    force: bool
    source: str
    limits: Limits


def parse_args(words: Sequence[str]) -> Args:
    """Parse the words after `notes`. Raises CommandError when the words are not valid."""
    parser = _make_parser()
    given = parser.parse_words(words)
    action, paths = given.action, given.paths
    if action == "import" and not paths:
        raise CommandError("notes import needs a file: name it, or - for standard input")
    source = str(paths.pop(0)) if action == "import" else ""
    if len(paths) > 1:
        parser.error(f"unrecognized arguments: {' '.join(map(str, paths[1:]))}")
    allowed = _FORMATS[action]
    if given.format and given.format not in allowed:
        cure = f"choose from {', '.join(allowed)}" if allowed else "leave out --format"
        raise CommandError(f"notes {action} has no format {given.format}: {cure}")
    if action == "export" and not given.format:
        raise CommandError("--format is missing: write --format webannotation or --format markdown")
    if given.output and action != "export":
        raise CommandError(f"notes {action} writes no file: leave out -o")
    path = paths[0] if paths else None
    output = None if str(given.output) == "-" else given.output
    return Args(action, path, given.format or "text", output, given.force, source, limits_of(given))


def _make_parser() -> Parser:
    parser = Parser(_USAGE, _ABOUT, _END)
    parser.add_argument("action", metavar="list|export|import", choices=_ACTIONS, help="what to do")
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        type=parse_path,
        # Without a default, the message about a missing action names PATH, too.
        default=None,
        help="a file or a folder; for import, FILE before it",
    )
    parser.add_argument(
        "--format",
        choices=tuple(chain.from_iterable(_FORMATS.values())),
        default="",
        help="text (default) or json to list, the others to export",
    )
    parser.add_argument("-o", "--output", metavar="FILE", type=parse_path, help="the file to write (default: stdout)")
    parser.add_argument("--force", action="store_true", help="replace a file that exists")
    parser.add_limits()
    return parser


def run(args: Args) -> int:
    """List, export or import notes, and return the exit status.

    Raises CommandError when a file cannot be read or written, or has no annotations.
    """
    file = NotesFile(notes_path())
    troubles = file.messages()
    for message in troubles:
        print_message(message)
    if args.action == "import":
        return _import(args, file)
    known = file.notes
    if troubles and not known:
        return 2
    noted = _noted(known, args.path, args.limits) if args.path else None
    if not (noted if noted is not None else known):
        where = f" on the articles in {args.path}" if args.path else ""
        print_message(f"no notes{where} yet: in the reading room, m marks what the cursor is on, a writes a note")
        return 1
    if args.action == "list":
        _list(known, noted, args.form == "json")
    else:
        _export(known, noted, args)
    return 0


def _noted(notes: Sequence[Note], path: Path, limits: Limits) -> tuple[NotedArticle, ...]:
    return place_in_articles(notes, _articles(articles_at(path), path, limits))


def _articles(files: ArticleFiles, path: Path, limits: Limits) -> list[Article]:
    sources = load_articles(files, limits)
    if os.path.isdir(path):
        sources, _ = address_by_path(sources, path, limits)
    return [one.article for one in sources]


def _list(known: Sequence[Note], noted: tuple[NotedArticle, ...] | None, as_json: bool) -> None:
    from dossier.export.notes_text import (
        format_note_line,
        format_placed_note,
        make_note_object,
        make_placed_note_object,
    )

    if noted is None:
        if as_json:
            print_json([make_note_object(note) for note in known])
        else:
            print("\n\n".join(map(format_note_line, known)))
        return
    placed = [(one, article.reading) for article in noted for one in article.notes]
    if as_json:
        print_json([make_placed_note_object(*one) for one in placed])
    else:
        print("\n\n".join(format_placed_note(*one) for one in placed))
    if any(one.placement is Placement.MISSING for one, _ in placed) and (missing := find_missing_extra()):
        print_message(missing)


def _export(known: Sequence[Note], noted: tuple[NotedArticle, ...] | None, args: Args) -> None:
    groups = _groups(known, args.limits) if noted is None else [(one.reading.article, one.notes) for one in noted]
    pieces = _markdown(groups) if args.form == "markdown" else _web_annotations(groups)
    from dossier.cli.export_output import print_pieces, write_pieces
    from dossier.export.formats import FORMATS

    encoded = (piece.encode() for piece in pieces)
    if args.output is None:
        print_pieces(encoded, next(form for form in FORMATS if form.name == args.form))
    else:
        write_pieces(args.output, encoded, args.force)


_Group = tuple[Article | None, tuple[PlacedNote, ...]]


def _groups(notes: Sequence[Note], limits: Limits) -> list[_Group]:
    """Return the notes by article. Articles whose files are still there are read."""
    by_article: dict[tuple[str, str], list[PlacedNote]] = {}
    for note in notes:
        placed = PlacedNote(note, Placement.MISSING)
        by_article.setdefault((note.ref.article, note.path), []).append(placed)
    groups: list[_Group] = []
    for (id, path), placed_notes in by_article.items():
        article = load_article(Path(path), limits).article if path and os.path.isfile(path) else None
        is_it = article is not None and (article.ref.article == id or path.endswith(f"/{id}"))
        groups.append((article if is_it else None, tuple(placed_notes)))
    return groups


def _markdown(groups: Sequence[_Group]) -> Iterator[str]:
    from dossier.export.notes_text import format_notes_markdown

    return format_notes_markdown(
        (article, placed[0].note.ref.article, tuple(one.note for one in placed)) for article, placed in groups
    )


def _web_annotations(groups: Sequence[_Group]) -> Iterator[str]:
    from dossier.export.web_annotation import format_annotation_collection

    notes = ((one.note, article) for article, placed in groups for one in placed)
    return format_annotation_collection("Notes", notes)


def _import(args: Args, file: NotesFile) -> int:
    from dossier.loader.converters.values import ConversionError
    from dossier.loader.converters.web_annotations import read_annotations

    try:
        read = read_annotations(_read_source(args.source), datetime.now(UTC))
    except ConversionError as error:
        raise CommandError(f"{args.source}: {error}") from None
    known = {note.id for note in file.notes}
    new = [one for one in read.notes if one.note.id not in known]
    matched = match_notes(new, _articles_for(args) if new else [])
    file.add(matched.notes)
    if not file.kept.is_kept:
        raise CommandError(f"nothing imported: {file.kept.trouble}")
    for fault in read.faults[:_MOST_MESSAGES]:
        print_message(f"{args.source}: {fault}")
    if len(read.faults) > _MOST_MESSAGES:
        print_message(f"{args.source}: {len(read.faults) - _MOST_MESSAGES:,} more faults")
    for note in matched.notes:
        print(note.ref)
    told = [f"{count_noun(len(new), 'note')} imported"]
    told += [f"{len(matched.lost):,} of them kept without a place in an article"] if matched.lost else []
    told += [f"{len(read.notes) - len(new):,} were here already"] if len(read.notes) > len(new) else []
    print_message(f"{args.source}: {'; '.join(told)}")
    lost = [note for note in matched.notes if note.id in matched.lost]
    for note in lost[:_MOST_MESSAGES]:
        first, others = split_fields(note.words, _SHOWN_WORDS)
        print_message(f"no certain place: {note.ref}: “{first}”{others}")
    return 1 if matched.lost or read.faults or not read.notes else 0


def _articles_for(args: Args) -> list[Article]:
    """Return the articles that imported notes may be on: those at the path, else at the default path if it has any."""
    if args.path:
        return _articles(articles_at(args.path), args.path, args.limits)
    path = default_path()
    files = files_at(path)
    return _articles(files, path, args.limits) if files.files else []


def _read_source(name: str) -> str:
    try:
        with ExitStack() as stack:
            file = sys.stdin.buffer if name == "-" else stack.enter_context(open_regular_file(name))
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise CommandError(unreadable_words(name, error, "name a file with annotations")) from None
    # The last character of what was read of a longer file may be cut in two.
    if len(data) > _MOST_BYTES:
        raise CommandError(f"{name}: larger than {_MOST_BYTES:,} bytes: split it")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(f"{name} is not in UTF-8 (byte {error.start:,}): save it as UTF-8") from None
