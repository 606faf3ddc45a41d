"""A finding belongs to the entry on whose line, or below it, it stands: there it is marked, and there it leads."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from dossier.core.entry import Entry
from dossier.core.problem import Problem, Severity
from dossier.core.ref import Ref

MARKS = {Severity.ERROR: "✗", Severity.WARNING: "!"}


def placed(entries: Iterable[Entry], problems: Sequence[Problem]) -> tuple[Ref, ...]:
    """The entry that each finding speaks of, in the order of `problems`; `entries` are those of all panes."""
    # An unnamed source has the line of its first quote, and the finding is of the quote.
    known = sorted((one for one in entries if one.line), key=lambda one: (one.line, one.ref.kind != "source"))
    lines = [entry.line for entry in known]
    return tuple(known[max(0, bisect_right(lines, problem.line) - 1)].ref for problem in problems)


def by_entry(entries: Iterable[Entry], problems: Sequence[Problem]) -> Mapping[Ref, tuple[Problem, ...]]:
    """The findings of each entry that has some."""
    found: dict[Ref, tuple[Problem, ...]] = {}
    for ref, problem in zip(placed(entries, problems), problems, strict=True):
        found[ref] = (*found.get(ref, ()), problem)
    return found


def told(problem: Problem) -> str:
    """A finding as one line, with its mark."""
    return f"{MARKS[problem.severity]} {problem.message} [{problem.code}]"
