"""The lines of files in which problems were found, as messages show them."""

from collections.abc import Iterable, Mapping

from dossier.core.dataclasses import NamedTuple
from dossier.core.problem import Problem
from dossier.core.regular_file import open_regular_file
from dossier.loader.limits import Limits
from dossier.loader.source_text import LINE_BREAK, LineIndex, find_wide_encoding
from dossier.text.sanitize import sanitize_text
from dossier.text.width import width

_BEFORE, _AFTER = 60, 100
"""The most code points of a line that are shown before and after the column of the problem."""
_CUT = "…"


class SourceExcerpt(NamedTuple):
    """Part of a line of a file, "" if there is none; `offset` is the 0-based place of the problem in its text."""

    text: str = ""
    offset: int = 0


def find_source_excerpts(
    problems: Iterable[Problem], limits: Limits, known: Mapping[str, bytes]
) -> dict[Problem, SourceExcerpt]:
    """Return the excerpt of each problem. Files are read once each, those whose bytes are in `known` not at all."""
    of_files: dict[str, list[Problem]] = {}
    for problem in problems:
        of_files.setdefault(problem.path, []).append(problem)
    found: dict[Problem, SourceExcerpt] = {}
    for path, of_file in of_files.items():
        data = known[path] if path in known else _read_bytes(path, limits)
        # The loader counts columns without a byte order mark, and up to the first byte that is not UTF-8.
        text = "" if find_wide_encoding(data) else data.decode("utf-8-sig", errors="replace")
        lines = LineIndex(text)
        found.update((problem, _excerpt(text, lines, problem)) for problem in of_file)
    return found


def draw_excerpt(excerpt: SourceExcerpt, line: int) -> str:
    """Return an excerpt below a message: the number of the line, its text, and a caret below the place."""
    number = f"{line:>5}"
    before = width(excerpt.text[: excerpt.offset])
    return f"{number} | {excerpt.text}\n{' ' * len(number)} | {' ' * before}^"


def _read_bytes(path: str, limits: Limits) -> bytes:
    try:
        with open_regular_file(path) as file:
            return file.read(limits.size)
    except OSError:
        return b""


def _excerpt(text: str, lines: LineIndex, problem: Problem) -> SourceExcerpt:
    begin, place = (min(lines.index(problem.line, column), len(text)) for column in (1, problem.column))
    end = place + _AFTER
    if line_break := LINE_BREAK.search(text, place, end + 1):
        end = line_break.start()
    start = max(begin, place - _BEFORE)
    before = ("" if start == begin else _CUT) + sanitize_text(text[start:place])
    after = sanitize_text(text[place:end]) + ("" if line_break or end >= len(text) else _CUT)
    return SourceExcerpt(before + after.rstrip(), len(before))
