"""Short names and signs: of places in an article, forms of quotes, statuses of events, and problems of a file.

A problem belongs to the last entry that begins on its line or above it. The entry carries the mark of the problem, and
the problem leads to the entry.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from dossier.core.entry import UNMARKED, Entry
from dossier.core.problem import Problem, Severity
from dossier.core.ref import Ref


def format_place(ref: Ref) -> str:
    """Return a short name for a place: `¶4` for a paragraph, otherwise the kind of text."""
    if ref.kind == "para":
        return "¶" + ref.id.removeprefix("p")
    return {"media": f"caption {ref.id}", "heading": "sub-heading", "about": ref.id}.get(ref.kind, ref.kind)


def format_evidence(evidence: Iterable[Ref]) -> str:
    """Return the short names of the places of evidence, each once: `¶2 ¶3`."""
    return " ".join(dict.fromkeys(format_place(ref) for ref in evidence))


FORM_GLYPHS = {"direct": "❝", "mixed": "❝", "indirect": "›", "reported": "›", "free-indirect": "›"}
"""The glyph before a quote, by its form."""


def has_own_words(entry: Entry) -> bool:
    """Return whether a quote has words of the speaker's own, as far as the file shows which they are."""
    return entry.form in ("direct", "mixed") and entry.flaw != UNMARKED


def quote_glyph(entry: Entry) -> str:
    """Return the glyph before a quote: quote marks only if it has words of the speaker's own."""
    return FORM_GLYPHS[entry.form] if has_own_words(entry) else FORM_GLYPHS["indirect"]


STATUS_GLYPHS = {"happened": "●", "planned": "○", "alleged": "?", "denied": "¬"}
"""The glyph before an event, by its status."""


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
