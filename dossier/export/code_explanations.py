"""What `dossier check --explain` prints of a code of problem."""

from textwrap import fill

from dossier.core.problem import SEVERITIES
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


def _indent(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))
