"""`dossier check`: each path that is named is a library of its own, and what is found there is told file by file.

Decided here: what only the whole library shows comes after the findings of its files, so that nothing waits for it.
"""

import sys
from collections.abc import Iterator, Sequence
from itertools import chain

from dossier.cli.arguments import Check, CommandError
from dossier.cli.data import print_json
from dossier.cli.found import files_at, no_article, passed_over
from dossier.cli.output import count_words
from dossier.core.problem import Problem, Severity
from dossier.core.registry import Registry, Spelling
from dossier.export.json_objects import problem_object
from dossier.export.json_types import Object
from dossier.library.library_checks import (
    FilePlace,
    contradictions,
    duplicate_articles,
    facts_of,
    second_registries,
    two_spellings,
)
from dossier.loader.article import load
from dossier.loader.discovery import ArticleFiles
from dossier.loader.limits import Limits
from dossier.loader.registry_file import read_registry
from dossier.text.sanitize import safe


def check(asked: Check) -> int:
    """Print every finding, and return the exit status: 1 when there are errors, else 0.

    Raises CommandError where nothing can be checked.
    """
    libraries = [files_at(path) for path in dict.fromkeys(asked.paths)]
    files = {file for one in libraries for file in one.files}
    registries = {file for one in libraries for file in one.registries}
    if not files and not registries:
        raise CommandError(no_article(", ".join(str(path) for path in asked.paths)) + passed_over(libraries))
    objects: list[Object] = []
    count = dict.fromkeys(Severity, 0)
    for problem in _once([_problems(one, asked.limits) for one in libraries]):
        count[problem.severity] += 1
        if asked.as_json:
            objects.append(problem_object(problem))
        else:
            print(safe(str(problem)))
    if asked.as_json:
        print_json(objects)
    faults = ", ".join(count_words(number, severity) for severity, number in count.items())
    read = [count_words(len(files), "article")] if files else []
    read += [count_words(len(registries), "registry", "registries")] if registries else []
    print(f"{faults} in {' and '.join(read)}{passed_over(libraries)}", file=sys.stderr)
    return 1 if count[Severity.ERROR] else 0


def _problems(library: ArticleFiles, limits: Limits) -> Iterator[Problem]:
    """The findings of the registries, then those of each article, then those of all together."""
    paths = [str(file) for file in library.registries]
    registries = [read_registry(file, limits) for file in library.registries]
    yield from chain.from_iterable(one.problems for one in registries)
    yield from second_registries(paths)
    registry, path = (registries[0].registry, paths[0]) if registries else (Registry(), "")
    ids: dict[str, list[FilePlace]] = {}
    first: dict[Spelling, FilePlace] = {}
    for file in library.files:
        loaded = load(file, limits)
        yield from loaded.problems
        if loaded.article:
            facts = facts_of(loaded.article)
            yield from contradictions(facts, registry, path)
            ids.setdefault(facts.id, []).append(facts.place)
            for bearer, place in facts.borne:
                first.setdefault(bearer, place)
    yield from duplicate_articles(ids)
    yield from two_spellings(first, registry)


def _once(libraries: Sequence[Iterator[Problem]]) -> Iterator[Problem]:
    """The findings of all; one of a file that several paths mean is told once."""
    if len(libraries) == 1:
        # A long list need not be kept.
        yield from libraries[0]
        return
    told: set[Problem] = set()
    for problem in chain.from_iterable(libraries):
        if problem not in told:
            told.add(problem)
            yield problem
