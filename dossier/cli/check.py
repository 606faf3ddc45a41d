"""`dossier check`: print every fault in the article files and registries at some paths, or explain a code.

Each path is checked as a library of its own. Faults of a single file are printed as that file is read; those that only
the whole library shows come after them.
"""

import os
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from dossier.cli.arguments import CommandError, is_plain_path, read_plain_words
from dossier.cli.measuring import measure_printed_text
from dossier.cli.output import print_json
from dossier.cli.sources import default_path, files_at, no_article, passed_over_words
from dossier.core.dataclasses import NamedTuple
from dossier.core.problem import SEVERITIES, Problem, Severity
from dossier.core.registry import Registry, Spelling
from dossier.export.json_objects import make_problem_object
from dossier.export.json_types import JsonObject
from dossier.export.source_excerpts import draw_excerpt, find_source_excerpts
from dossier.library.library_checks import (
    FilePlace,
    collect_facts,
    find_differing_spellings,
    find_duplicate_articles,
    find_registry_contradictions,
    find_second_registries,
)
from dossier.loader.article import LoadedArticle, load_article, parse_article
from dossier.loader.discovery import ArticleFiles, looks_like_registry
from dossier.loader.limits import Limits
from dossier.loader.registry_file import LoadedRegistry, load_registry, parse_registry
from dossier.text.messages import count_noun, suggest_name
from dossier.text.sanitize import sanitize_text

_ABOUT = """\
Print every problem in article files, one per line:
file:line:col: severity: message [code]
and, on a terminal, the line of the file with a caret below the place."""
_END = """\
With --format json each problem has code, line, column, message, excerpt (the
line) and, if it can be fixed automatically, fix: the range to replace (line,
column, end_line, end_column; the end is excluded) and its new text.

Exit status: 0 no errors (there may be warnings); 1 errors; 2 could not run."""
_STDIN = "-"


class Args(NamedTuple):
    """The arguments of `dossier check`; `explained` is the code to explain, "" to check the paths."""

    paths: tuple[Path, ...]
    as_json: bool
    limits: Limits
    explained: str = ""


def parse_args(words: Sequence[str]) -> Args:
    """Parse the words after `check`. Raises CommandError when the words are not valid."""
    given = read_plain_words(words, {"--format": ("text", "json").__contains__})
    if given and all(map(is_plain_path, given.others)):
        return Args(tuple(map(Path, given.others)), given.options.get("--format") == "json", Limits())
    return _parse_all(words)


def _parse_all(words: Sequence[str]) -> Args:
    from dossier.cli.parser import DEFAULT_PATH, Parser, limits_of, parse_path

    parser = Parser("dossier check [PATH...] [--explain CODE] [--format text|json]", _ABOUT, _END)
    about = DEFAULT_PATH.replace(
        "an article file or a folder of articles", "article files or folders of articles; - is stdin"
    )
    parser.add_argument("paths", metavar="PATH", nargs="*", type=parse_path, help=about)
    parser.add_argument(
        "--explain", metavar="CODE", default="", help="explain a code, with an example, and check nothing"
    )
    parser.add_format()
    parser.add_limits()
    given = parser.parse_words(words)
    return Args(tuple(given.paths), given.format == "json", limits_of(given), given.explain.strip("[]"))


def run(args: Args) -> int:
    """Print every fault and return the exit status: 1 when any of them is an error, else 0.

    Raises CommandError when there is nothing to check, or no such code to explain.
    """
    if args.explained:
        return _explain(args.explained)
    known = {_STDIN: _read_stdin(args.limits)} if Path(_STDIN) in args.paths else {}
    libraries = [_files_at(path, known) for path in _once_each(args.paths or (default_path(),))]
    files = {file for one in libraries for file in one.files}
    registries = {file for one in libraries for file in one.registries}
    if not files and not registries and not any(one.unread for one in libraries):
        raise CommandError(no_article(", ".join(str(path) for path in args.paths)) + passed_over_words(libraries))
    objects: list[JsonObject] = []
    count = dict.fromkeys(Severity, 0)
    measure_printed_text(sys.stdout)
    has_excerpts = args.as_json or (sys.stdout is not None and sys.stdout.isatty())
    for problems in _without_repeats([_problems(one, args.limits, known) for one in libraries]):
        excerpts = find_source_excerpts(problems, args.limits, known) if has_excerpts else {}
        for problem in problems:
            count[problem.severity] += 1
            if args.as_json:
                objects.append(make_problem_object(problem, excerpts[problem].text))
            else:
                print(sanitize_text(str(problem)))
                if has_excerpts and excerpts[problem].text:
                    print(draw_excerpt(excerpts[problem], problem.line))
    if args.as_json:
        print_json(objects)
    faults = ", ".join(count_noun(number, severity) for severity, number in count.items())
    checked = [count_noun(len(files), "article")] if files or not registries else []
    checked += [count_noun(len(registries), "registry", "registries")] if registries else []
    print(f"{faults} in {' and '.join(checked)}{passed_over_words(libraries)}", file=sys.stderr)
    return 1 if count[Severity.ERROR] else 0


def _explain(code: str) -> int:
    if code not in SEVERITIES:
        nearest = suggest_name(code, SEVERITIES)
        cure = f"did you mean {nearest}?" if nearest else f"the codes are {', '.join(SEVERITIES)}"
        raise CommandError(f"unknown code {code!r}: {cure}")
    from dossier.export.code_explanations import explain_code

    print(explain_code(code))
    return 0


def _read_stdin(limits: Limits) -> bytes:
    return b"" if sys.stdin is None else sys.stdin.buffer.read(limits.size + 1)


def _once_each(paths: Sequence[Path]) -> Collection[Path]:
    """Return the paths, of those that are names of the same file or folder only the first."""
    once: dict[str, Path] = {}
    for path in paths:
        once.setdefault(_STDIN if str(path) == _STDIN else os.path.realpath(path), path)
    return once.values()


def _files_at(path: Path, known: Mapping[str, bytes]) -> ArticleFiles:
    """Return the files at a path; what is read from stdin is a file, too, whatever its name."""
    if str(path) != _STDIN:
        return files_at(path)
    return ArticleFiles((), registries=(path,)) if looks_like_registry(known[_STDIN]) else ArticleFiles((path,))


def _load(file: Path, limits: Limits, known: Mapping[str, bytes]) -> LoadedArticle:
    data = known.get(str(file))
    return load_article(file, limits) if data is None else parse_article(data, str(file), limits)


def _load_registry(file: Path, limits: Limits, known: Mapping[str, bytes]) -> LoadedRegistry:
    data = known.get(str(file))
    return load_registry(file, limits) if data is None else parse_registry(data, str(file), limits)


def _problems(library: ArticleFiles, limits: Limits, known: Mapping[str, bytes]) -> Iterator[Sequence[Problem]]:
    """Yield what could not be read, the problems of the registries and of each article, and those of all as a library.

    `known` has the bytes of files that cannot be read again.
    """
    yield library.unread
    paths = [str(file) for file in library.registries]
    registries = [_load_registry(file, limits, known) for file in library.registries]
    yield from (one.problems for one in registries)
    yield tuple(find_second_registries(paths))
    registry, path = (registries[0].registry, paths[0]) if registries else (Registry(), "")
    ids: dict[str, list[FilePlace]] = {}
    first: dict[Spelling, FilePlace] = {}
    for file in library.files:
        loaded = _load(file, limits, known)
        yield loaded.problems
        if loaded.article:
            facts = collect_facts(loaded.article)
            yield tuple(find_registry_contradictions(facts, registry, path))
            ids.setdefault(facts.id, []).append(facts.place)
            for bearer, place in facts.borne:
                first.setdefault(bearer, place)
    yield (*find_duplicate_articles(ids), *find_differing_spellings(first, registry))


def _without_repeats(libraries: Sequence[Iterator[Sequence[Problem]]]) -> Iterator[Sequence[Problem]]:
    """Yield the problems of all libraries, each once, even if its file is in several libraries."""
    if len(libraries) == 1:
        # Within one library nothing repeats, and a long list of problems need not be kept.
        yield from libraries[0]
        return
    seen: set[Problem] = set()
    for problems in chain.from_iterable(libraries):
        fresh = [problem for problem in problems if problem not in seen]
        seen.update(fresh)
        yield fresh
