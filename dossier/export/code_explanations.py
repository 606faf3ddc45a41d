"""What `dossier check --explain` prints of a code of problem."""

from textwrap import fill

from dossier.core.entry import Entry, Part
from dossier.core.problem import SEVERITIES
from dossier.core.ref import Ref
from dossier.export.error_explanations import ERROR_EXPLANATIONS
from dossier.export.warning_explanations import WARNING_EXPLANATIONS

EXPLANATIONS = ERROR_EXPLANATIONS | WARNING_EXPLANATIONS
"""The explanation of every code."""


def explain_code(code: str) -> str:
    """Return the explanation of a code as text. Raises KeyError for a code that there is not."""
    meaning, wrong, right = EXPLANATIONS[code]
    parts = [f"{code} ({SEVERITIES[code]})", fill(meaning, 80, break_on_hyphens=False, break_long_words=False)]
    if wrong:
        parts += [f"wrong:\n\n{_indent(wrong)}", f"right:\n\n{_indent(right)}"]
    return "\n\n".join(parts)


def make_explanation_rows(code: str) -> tuple[Entry, ...]:
    """Return the explanation of a code as rows of a popup: what it means, and the lines of its example.

    Raises KeyError for a code that there is not.
    """
    meaning, wrong, right = EXPLANATIONS[code]
    lines = [("", meaning)]
    for heading, example in (("Wrong", wrong), ("Right", right)):
        lines += [(heading, line) for line in example.split("\n") if wrong]
    return tuple(
        Entry(Ref("", "media", str(number)), (Part("text", text),), 0, group)
        for number, (group, text) in enumerate(lines)
    )


def _indent(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))
