"""`dossier import`: make article files of what scrapers, language models and annotation programs write.

Each article becomes a YAML file of its own; no file is ever overwritten. An article in which the checker finds an error
is not written, unless that is asked for.
"""

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from dossier.cli.arguments import CommandError, decode_word
from dossier.cli.output import print_message
from dossier.cli.parser import Parser, parse_path
from dossier.cli.special_files import unreadable_words
from dossier.core.dataclasses import NamedTuple
from dossier.core.problem import Severity
from dossier.core.regular_file import open_regular_file
from dossier.core.whole_file import UnnamedFile, sync_folder
from dossier.loader.article import parse_article
from dossier.loader.converters.json_values import MAX_SOURCE_BYTES
from dossier.loader.converters.source_parts import SourcePart, convert_source
from dossier.loader.converters.uima_cas import is_type_system
from dossier.loader.converters.values import (
    ConversionError,
    DraftArticle,
    JsonFields,
    UniqueNames,
    make_stem,
    read_text,
)
from dossier.loader.converters.yaml_text import write_yaml
from dossier.text.messages import count_noun
from dossier.text.sanitize import sanitize_text

_ABOUT = """\
Make an article file from each article in some files: a list of articles, JSON
Lines, a language model's answers in Markdown fences, and the output of
trafilatura (json), CoreNLP (json), spaCy (Doc.to_json) and UIMA (XMI or JSON;
pip install 'dossier[cas]'). The names of the new files are printed."""
_END = """\
A file is named after the date and headline of its article. No file is ever
overwritten. What cannot be carried over is counted on stderr.

Exit status: 0 all imported; 1 some articles were not, or there were none to
import; 2 could not run."""
_MOST_ERRORS = 3
_MOST_MESSAGES = 20
_MOST_KINDS = 12
_TOGETHER = 64
"""Files that the disk is waited for together: for each by itself it would take many times as long."""


class Args(NamedTuple):
    """The arguments of `dossier import`; "-" among the files is standard input."""

    files: tuple[str, ...]
    folder: Path
    dry_run: bool
    keep_faulty: bool


class _Outcome(NamedTuple):
    """How many articles of a source were written, how many were not, and what was left out of those written."""

    written: int
    refused: int
    left_out: Counter[str]


def parse_args(words: Sequence[str]) -> Args:
    """Parse the words after `import`. Raises CommandError for words that are no such command."""
    parser = Parser("dossier import FILE... --into FOLDER [--dry-run] [--keep-faulty]", _ABOUT, _END)
    parser.add_argument("files", metavar="FILE", nargs="+", help="a file to import from; - is standard input")
    parser.add_argument("--into", metavar="FOLDER", type=parse_path, help="the folder to write to; created if missing")
    parser.add_argument("--dry-run", action="store_true", help="write nothing, just print the names")
    parser.add_argument(
        "--keep-faulty", action="store_true", help="also write articles that have errors, to fix them there"
    )
    given = parser.parse_words(words)
    if given.into is None:
        raise CommandError("--into is missing: name the folder to write to, as in --into articles")
    return Args(tuple(map(str, given.files)), given.into, given.dry_run, given.keep_faulty)


def run(args: Args) -> int:
    """Import the files and return the exit status: 1 when anything was not imported, or nothing was there, else 0.

    Raises CommandError when a file cannot be read, or the folder cannot be written to.
    """
    sources = [(name, _read_source(name)) for name in _without_repeats(args.files)]
    types = [data for _name, data in sources if is_type_system(data)]
    writer = _ArticleWriter(args.folder, args.dry_run, args.keep_faulty)
    is_complete, written = True, 0
    try:
        for name, data in sources:
            if not is_type_system(data):
                beside = types[0] if types else _type_system_beside(name)
                outcome = _import_source(decode_word(name), data, beside, writer)
                is_complete = is_complete and not outcome.refused
                written += outcome.written
    finally:
        writer.discard_unnamed()
    return 0 if is_complete and written else 1


def _without_repeats(names: Sequence[str]) -> list[str]:
    """Return the names of the files, each file once however it is written, and say which were named again."""
    files: dict[str, str] = {}
    for name in names:
        file = name if name == "-" else os.path.realpath(name)
        if file in files:
            print_message(f"{decode_word(name)} is named twice; it is imported once")
        else:
            files[file] = name
    return list(files.values())


def _read_source(name: str) -> bytes:
    try:
        if name == "-":
            data = b"" if sys.stdin is None else sys.stdin.buffer.read(MAX_SOURCE_BYTES + 1)
        else:
            with open_regular_file(name) as file:
                data = file.read(MAX_SOURCE_BYTES + 1)
    except OSError as error:
        raise CommandError(unreadable_words(decode_word(name), error, "name a file to import from")) from None
    if len(data) > MAX_SOURCE_BYTES:
        raise CommandError(f"{decode_word(name)}: larger than {MAX_SOURCE_BYTES:,} bytes: split it")
    return data


def _type_system_beside(name: str) -> bytes | None:
    """Return the type system that lies in the folder of a file, as annotation programs export it; None if none does."""
    for beside in ("TypeSystem.xml", "typesystem.xml") if name != "-" else ():
        try:
            with open_regular_file(Path(name).with_name(beside)) as file:
                data = file.read(MAX_SOURCE_BYTES)
        except (OSError, ValueError):
            continue
        if is_type_system(data):
            return data
    return None


def _import_source(name: str, data: bytes, type_system: bytes | None, writer: "_ArticleWriter") -> _Outcome:
    """Import the articles of one source, and print what became of them."""
    try:
        parts = convert_source(data, type_system)
    except ConversionError as error:
        parts = [SourcePart("", error)]
    left_out: Counter[str] = Counter()
    written = 0
    refused = 0
    for part in parts:
        where = f"{name}: {part.where}" if part.where else name
        if isinstance(part.draft, ConversionError):
            refused += 1
            if refused <= _MOST_MESSAGES:
                print_message(f"{where}: {part.draft}")
        elif writer.write(part.draft, where):
            left_out += part.draft.left_out
            written += 1
    if refused > _MOST_MESSAGES:
        print_message(f"{name}: {refused - _MOST_MESSAGES:,} more could not be converted")
    writer.finish()
    would = "would be written" if writer.dry_run else "written"
    print_message(f"{name}: {count_noun(written, 'article')} {would}{_left_out_words(left_out)}")
    return _Outcome(written, len(parts) - written, left_out)


def _print_file(file: Path) -> None:
    """Print the name of a file that was written; nothing where nobody reads on: the files matter, not the list."""
    try:
        print(sanitize_text(str(file)), flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _left_out_words(left_out: Counter[str]) -> str:
    """Return what was not carried over, with its numbers, as the end of a message; "" if that is nothing."""
    parts = [f"{number:,} × {what}" for what, number in left_out.most_common(_MOST_KINDS)]
    if len(left_out) > _MOST_KINDS:
        parts.append(f"{len(left_out) - _MOST_KINDS:,} other kinds")
    return f"; not carried over: {', '.join(parts)}" if parts else ""


class _ArticleWriter:
    """Writes articles into a folder, each into a file that was not there, and prints the names of those on the disk."""

    def __init__(self, folder: Path, dry_run: bool, keep_faulty: bool) -> None:
        self._folder, self.dry_run, self._keep_faulty = folder, dry_run, keep_faulty
        self._names = UniqueNames()
        self._unnamed: list[tuple[UnnamedFile, Path, Iterator[Path]]] = []
        """Files that have no name yet, each with the name that it shall have, and with others if that is taken."""
        try:
            if not dry_run:
                folder.mkdir(parents=True, exist_ok=True)
            self._taken = {file.name.casefold() for file in folder.iterdir()} if folder.exists() else set()
        except OSError as error:
            raise CommandError(f"{folder}: {error.strerror}; name a folder that you can write to") from None

    def write(self, draft: DraftArticle, where: str) -> bool:
        """Write an article. Return False, after a message, if it is not, since the checker finds an error in it."""
        # Without the two that an article must have, there would be no place for what is to be mended.
        fields = {"headline": "", "body": "", **draft.fields}
        fields.pop("id", None)
        text = write_yaml(fields)
        errors = [
            f"{problem.message} [{problem.code}]"
            for problem in parse_article(text.encode(), "article.yaml").problems
            if problem.severity is Severity.ERROR
        ]
        if errors:
            more = f"; and {len(errors) - _MOST_ERRORS} more" if len(errors) > _MOST_ERRORS else ""
            fate = "not written (--keep-faulty also writes it)"
            if self._keep_faulty:
                fate = "would be written with errors" if self.dry_run else "written with errors"
            print_message(f"{where}: {fate}: {'; '.join(errors[:_MOST_ERRORS])}{more}")
            if not self._keep_faulty:
                return False
        self._add(self._free_files(draft.fields), text)
        return True

    def finish(self) -> None:
        """Name all files, and wait until their names are on the disk, too. For each file it would take too long."""
        if not self.dry_run:
            self._name_files()
            try:
                sync_folder(self._folder)
            except OSError as error:
                raise CommandError(f"{self._folder}: {error.strerror}") from None

    def discard_unnamed(self) -> None:
        """Remove the files that have no name yet."""
        for new, _file, _others in self._unnamed:
            new.discard()

    def _add(self, files: Iterator[Path], text: str) -> None:
        """Write a new file, which gets its name with those that are added after it."""
        file = next(files)
        if self.dry_run:
            _print_file(file)
            return
        try:
            while os.path.lexists(file):
                file = next(files)
            self._unnamed.append((UnnamedFile(file, text.encode()), file, files))
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        if len(self._unnamed) >= _TOGETHER:
            self._name_files()

    def _name_files(self) -> None:
        """Give each file its name, and print it, when its content is on the disk."""
        while self._unnamed:
            new, file, others = self._unnamed[0]
            try:
                new.put_at(file)
            except FileExistsError:
                self._unnamed[0] = new, next(others), others
                continue
            except OSError as error:
                raise CommandError(f"{file}: {error.strerror}") from None
            self._unnamed.pop(0)
            _print_file(file)

    def _free_files(self, fields: JsonFields) -> Iterator[Path]:
        """Yield files for an article whose names are not taken, the best first."""
        own = read_text(fields.get("id"))
        stem = own if own and _is_stem(own) else make_stem(fields)
        while True:
            name = f"{self._names.claim(stem)}.yaml"
            if name.casefold() not in self._taken:
                yield self._folder / name


def _is_stem(name: str) -> bool:
    """Return whether the id of an article can be the name of its file."""
    return len(name) <= 100 and not name.startswith(".") and all(char.isalnum() or char in "._~-" for char in name)
