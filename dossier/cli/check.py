"""`dossier check`: print every fault in the article files and registries at some paths.

Each path is checked as a library of its own. Faults of a single file are printed as that file is read; those that only
the whole library shows come after them.
"""

import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from dossier.cli.output import print_json
from dossier.cli.parser import CommandError, Parser, limits_of, parse_path
from dossier.cli.sources import files_at, no_article, passed_over_words
from dossier.core.dataclasses import NamedTuple
from dossier.core.problem import Problem, Severity
from dossier.core.registry import Registry, Spelling
from dossier.export.json_objects import make_problem_object
from dossier.export.json_types import JsonObject
from dossier.library.library_checks import (
    FilePlace,
    collect_facts,
    find_differing_spellings,
    find_duplicate_articles,
    find_registry_contradictions,
    find_second_registries,
)
from dossier.loader.article import load_article
from dossier.loader.discovery import ArticleFiles
from dossier.loader.limits import Limits
from dossier.loader.registry_file import load_registry
from dossier.text.messages import count_noun
from dossier.text.sanitize import sanitize_text

_ABOUT = """\
Print every fault in article files, a line each:
file:line:col: severity: message [code]"""
_END = "Exit status: 0 no errors (there may be warnings); 1 errors; 2 could not run."


class Args(NamedTuple):
    """The arguments of `dossier check`."""

    paths: tuple[Path, ...]
    as_json: bool
    limits: Limits


def parse_args(words: Sequence[str]) -> Args:
    """Parse the words after `check`. Raises CommandError when the words are not valid."""
    parser = Parser("dossier check PATH... [--format text|json]", _ABOUT, _END)
    parser.add_argument(
        "paths", metavar="PATH", nargs="+", type=parse_path, help="an article file, or a folder with its sub-folders"
    )
    parser.add_format()
    parser.add_limits()
    given = parser.parse_words(words)
    return Args(tuple(given.paths), given.format == "json", limits_of(given))


def run(args: Args) -> int:
    """Print every fault and return the exit status: 1 when any of them is an error, else 0.

    Raises CommandError when there is nothing to check.
    """
    libraries = [files_at(path) for path in dict.fromkeys(args.paths)]
    files = {file for one in libraries for file in one.files}
    registries = {file for one in libraries for file in one.registries}
    if not files and not registries:
        raise CommandError(no_article(", ".join(str(path) for path in args.paths)) + passed_over_words(libraries))
    objects: list[JsonObject] = []
    count = dict.fromkeys(Severity, 0)
    for problem in _without_repeats([_problems(one, args.limits) for one in libraries]):
        count[problem.severity] += 1
        if args.as_json:
            objects.append(make_problem_object(problem))
        else:
            print(sanitize_text(str(problem)))
    if args.as_json:
        print_json(objects)
    faults = ", ".join(count_noun(number, severity) for severity, number in count.items())
    checked = [count_noun(len(files), "article")] if files else []
    checked += [count_noun(len(registries), "registry", "registries")] if registries else []
    print(f"{faults} in {' and '.join(checked)}{passed_over_words(libraries)}", file=sys.stderr)
    return 1 if count[Severity.ERROR] else 0


def _problems(library: ArticleFiles, limits: Limits) -> Iterator[Problem]:
    """Yield the problems of the registries, then those of each article, then those of the library as a whole."""
    paths = [str(file) for file in library.registries]
    registries = [load_registry(file, limits) for file in library.registries]
    yield from chain.from_iterable(one.problems for one in registries)
    yield from find_second_registries(paths)
    registry, path = (registries[0].registry, paths[0]) if registries else (Registry(), "")
    ids: dict[str, list[FilePlace]] = {}
    first: dict[Spelling, FilePlace] = {}
    for file in library.files:
        loaded = load_article(file, limits)
        yield from loaded.problems
        if loaded.article:
            facts = collect_facts(loaded.article)
            yield from find_registry_contradictions(facts, registry, path)
            ids.setdefault(facts.id, []).append(facts.place)
            for bearer, place in facts.borne:
                first.setdefault(bearer, place)
    yield from find_duplicate_articles(ids)
    yield from find_differing_spellings(first, registry)


def _without_repeats(libraries: Sequence[Iterator[Problem]]) -> Iterator[Problem]:
    """Yield the problems of all libraries, each once, even if its file is in several libraries."""
    if len(libraries) == 1:
        # Within one library nothing repeats, and a long list of problems need not be kept.
        yield from libraries[0]
        return
    seen: set[Problem] = set()
    for problem in chain.from_iterable(libraries):
        if problem not in seen:
            seen.add(problem)
            yield problem
