"""Which entry each problem of a file belongs to, and how a problem is marked and printed.

A problem belongs to the last entry that begins on its line or above it. The entry carries the mark, and the problem
leads to it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from dossier.core.entry import Entry
from dossier.core.problem import Problem, Severity
from dossier.core.ref import Ref

MARKS = {Severity.ERROR: "✗", Severity.WARNING: "!"}


def entries_of_problems(entries: Iterable[Entry], problems: Sequence[Problem]) -> tuple[Ref, ...]:
    """Return the address of the entry that each problem belongs to, in the order of `problems`.

    `entries` are the entries of all panes.
    """
    # An unnamed source has the line of its first quote. A problem on that line belongs to the quote.
    known = sorted((one for one in entries if one.line), key=lambda one: (one.line, one.ref.kind != "source"))
    lines = [entry.line for entry in known]
    return tuple(known[max(0, bisect_right(lines, problem.line) - 1)].ref for problem in problems)


def group_by_entry(entries: Iterable[Entry], problems: Sequence[Problem]) -> Mapping[Ref, tuple[Problem, ...]]:
    """Return the problems of each entry that has some, by the address of the entry."""
    found: dict[Ref, tuple[Problem, ...]] = {}
    for ref, problem in zip(entries_of_problems(entries, problems) if problems else (), problems, strict=True):
        found[ref] = (*found.get(ref, ()), problem)
    return found


def problem_line(problem: Problem) -> str:
    """Return the problem as one line, with its mark."""
    return f"{MARKS[problem.severity]} {problem.message} [{problem.code}]"
