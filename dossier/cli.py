"""The program's front door: it opens the files that the command line means, prints, and tells how that went.

Data goes to stdout, talk to stderr. Status 0: found, or no errors; 1: nothing found, or errors; 2: could not run. The
screen's toolkit is loaded only inside the function that opens the screen.
"""

import json
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from dossier.arguments import Browse, Check, Show, Trouble, Version, understood
from dossier.dates.words import short
from dossier.entries.entry import Entry, Part
from dossier.export.as_json import Object, problem_object
from dossier.export.plain import list_text
from dossier.export.printed import object_of, text_of
from dossier.loader.article import load
from dossier.model import Article
from dossier.problem import Problem, Severity
from dossier.query import parse
from dossier.reading.jumps import rested, searched
from dossier.reading.room import Room, opened
from dossier.ref import Ref
from dossier.shelf import Articles, articles_in, default_articles, demo
from dossier.text.safe import safe
from dossier.yamlnode import Limits

_CELLS, _MOST_CELLS = 80, 100
_NAMED = 20
"""So many articles are named when an address does not say which is meant."""


class Reading(NamedTuple):
    """An article that could be opened, and what is wrong with it."""

    article: Article
    problems: tuple[Problem, ...]


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the words after the program's name ask for (None: those of this process), and give the exit status."""
    try:
        status = _run(sys.argv[1:] if argv is None else argv)
        print(end="", flush=True)
    except Trouble as trouble:
        _tell(str(trouble))
        status = 2
    except BrokenPipeError:
        # Whoever reads has had enough. What is left in the buffer must not fail again when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        status = 0
    except OSError as error:
        if error.filename is not None:
            raise
        # What is no file's fault is the output's: a full disk, a line that is gone.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        _tell(f"the output cannot be written: {error.strerror}")
        status = 2
    except KeyboardInterrupt:
        status = 130
    return status


def _run(argv: Sequence[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # What the encoding of the terminal lacks is shown as "?" rather than ending the program.
            stream.reconfigure(errors="replace")
    try:
        asked = understood(argv)
    except SystemExit:
        return 0
    match asked:
        case Version():
            return _version()
        case Check():
            return _check(asked)
        case Show():
            return _show(asked)
        case Browse():
            return _browse(asked)


def _version() -> int:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - as slow as all else here together

    try:
        print(f"dossier {version('dossier')}")
    except PackageNotFoundError:
        print("dossier (not installed: run from its source)")
    return 0


def _check(asked: Check) -> int:
    found = [_found(path) for path in asked.paths]
    files = list(dict.fromkeys(file for one in found for file in one.files))
    passed_over = _passed_over(found)
    if not files:
        raise Trouble(_no_article(", ".join(str(path) for path in asked.paths)) + passed_over)
    objects: list[Object] = []
    count = dict.fromkeys(Severity, 0)
    for file in files:
        for problem in load(file, asked.limits).problems:
            count[problem.severity] += 1
            if asked.as_json:
                objects.append(problem_object(problem))
            else:
                print(safe(str(problem)))
    if asked.as_json:
        _print_json(objects)
    faults = ", ".join(_counted(number, severity) for severity, number in count.items())
    print(f"{faults} in {_counted(len(files), 'article')}{passed_over}", file=sys.stderr)
    return 1 if count[Severity.ERROR] else 0


def _show(asked: Show) -> int:
    readings = _readings(_wanted(asked.path), asked.limits)
    try:
        article = _meant(readings, asked.ref).article
        ref = replace(asked.ref, article=article.ref.article)
        if asked.as_json:
            _print_json(object_of(article, ref))
        else:
            print(text_of(article, ref, _cells()))
    except LookupError as error:
        _tell(str(error.args[0]))
        return 1
    return 0


def _browse(asked: Browse) -> int:
    readings = _readings(_found(demo()) if asked.demo else _wanted(asked.path), asked.limits)
    at = asked.at
    if at:
        try:
            readings = [_meant(readings, at)]
            at = replace(at, article=readings[0].article.ref.article)
            text_of(readings[0].article, at, _CELLS)
        except LookupError as error:
            raise Trouble(error.args[0]) from None
    if asked.find and len(readings) > 1:
        # Of several articles only those are offered that have it.
        query, among = parse(asked.find), len(readings)
        readings = [reading for reading in readings if searched(opened(*reading), query).hit]
        if not readings:
            _tell(f"nothing found for {safe(asked.find)} in {_counted(among, 'article')}")
            return 1
    rows = [_row(number, reading.article) for number, reading in enumerate(readings)]
    if _has_screen():
        return _open_screen(readings, rows, replace(asked, at=at))
    if asked.find:
        _tell("--find needs a terminal to show the place in: here all is printed")
    alone = readings[0].article
    print(list_text(rows, _cells()) if len(rows) > 1 else text_of(alone, at or alone.ref, _cells()))
    return 0


def _open_screen(readings: Sequence[Reading], rows: Sequence[Entry], asked: Browse) -> int:
    # The toolkit reads these when it is imported. Of the kitty keyboard mode a line that drops would leave the shell
    # printing key codes; sixteen colours are the terminal's own.
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
    os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", "standard")
    from dossier.tui.app import DossierApp  # noqa: PLC0415

    def enter(row: Entry) -> Room:
        reading = readings[int(row.ref.id)]
        if len(readings) > 1 and (again := load(Path(reading.article.path), asked.limits)).article:
            # The list may have been on the screen for long.
            reading = Reading(again.article, again.problems)
        room = opened(*reading)
        if asked.at and asked.at.kind:
            room = rested(room, asked.at)
        return searched(room, parse(safe(asked.find))) if asked.find else room

    app = DossierApp(rows, enter, lambda path: load(path, asked.limits))
    app.run(mouse=False)
    return app.return_code or 0


def _has_screen() -> bool:
    """Whether there is a terminal that can be painted on: the toolkit reads stdin and writes to stderr."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return os.environ.get("TERM", "") not in ("", "dumb") and all(one is not None and one.isatty() for one in streams)


def _row(number: int, article: Article) -> Entry:
    """The row of an article in a list of several; its number is the id in its address."""
    published = article.published
    date = (short(published.date) if published.date else published.written) if published else ""
    title = " · ".join(filter(None, (article.headline, article.outlet)))
    ref = Ref(article.ref.article, "about", str(number))
    return Entry(ref, (Part("label", date or "undated"), Part("text", title)), 0)


def _found(path: Path) -> Articles:
    """The article files at `path`, in sub-folders, too."""
    try:
        return articles_in(path, recursive=True)
    except OSError as error:
        raise Trouble(f"{error.filename}: {error.strerror}; name an article file, or a folder of them") from None


def _wanted(path: Path | None) -> Articles:
    """The article files at `path`; without one, those that are opened by default."""
    if path is None:
        try:
            found = default_articles(os.environ, Path())
        except OSError as error:
            where = "$DOSSIER_LIBRARY" if os.environ.get("DOSSIER_LIBRARY") else "the current folder"
            raise Trouble(f"{where}: {error.filename}: {error.strerror}; name a file or a folder") from None
    else:
        found = _found(path)
    if not found.files:
        raise Trouble(_no_article(str(path or "$DOSSIER_LIBRARY")))
    return found


def _readings(found: Articles, limits: Limits) -> list[Reading]:
    """The articles in these files that can be opened; of the others it is told that there are some."""
    readings: list[Reading] = []
    problems: list[Problem] = []
    closed = 0
    for file in found.files:
        loaded = load(file, limits)
        if loaded.article:
            readings.append(Reading(loaded.article, loaded.problems))
        else:
            closed += 1
            problems += loaded.problems
    if not readings:
        for problem in problems:
            print(safe(str(problem)), file=sys.stderr)
        raise Trouble("nothing to open: without a headline and a body there is no article")
    if closed:
        _tell(f"{_counted(closed, 'file')} cannot be opened; dossier check says why")
    return readings


def _meant(readings: Sequence[Reading], ref: Ref) -> Reading:
    """The article that `ref` is in. Raises LookupError when none bears its id, Trouble when several may be meant."""
    named = [one for one in readings if ref.article in ("", one.article.ref.article)]
    if len(named) == 1:
        return named[0]
    if not named:
        ids = [one.article.ref.article for one in readings]
        nearest = get_close_matches(ref.article, ids, n=1, cutoff=0)[0]
        raise LookupError(f"no article {ref.article!r} here: is {replace(ref, article=nearest)} meant?")
    if ref.article:
        paths = ", ".join(one.article.path for one in named)
        raise Trouble(f"several articles bear the id {Ref(ref.article)}: name the file that is meant, of {paths}")
    ids = [f"  {replace(ref, article=one.article.ref.article)}" for one in named[:_NAMED]]
    more = [f"  and {len(named) - _NAMED:,} more"] if len(named) > _NAMED else []
    raise Trouble("\n".join((f"there are {len(named):,} articles: say which is meant, as in", *ids, *more)))


def _no_article(where: str) -> str:
    return f"no article in {where}: an article is a YAML file with headline: or body: at its top"


def _passed_over(found: Sequence[Articles]) -> str:
    files, folders = sum(one.passed_over for one in found), sum(one.hidden for one in found)
    counted = [_counted(files, "other YAML file")] if files else []
    counted += [_counted(folders, "hidden folder")] if folders else []
    return f"; {' and '.join(counted)} passed over" if counted else ""


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _cells() -> int:
    """How wide text is set: as wide as the terminal, within reason; elsewhere as wide as a page."""
    if sys.stdout is None or not sys.stdout.isatty():
        return _CELLS
    return min(shutil.get_terminal_size((_CELLS, 24)).columns, _MOST_CELLS)


def _print_json(value: Object | list[Object]) -> None:
    utf8 = sys.stdout is not None and sys.stdout.encoding.lower().replace("-", "") == "utf8"
    print(json.dumps(value, ensure_ascii=not utf8, indent=2))


def _tell(message: str) -> None:
    print("\n".join(safe(line) for line in f"dossier: {message}".split("\n")), file=sys.stderr)
