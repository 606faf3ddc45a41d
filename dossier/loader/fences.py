"""Take away the Markdown fences between which language models and chat programs put a file."""

import re

from dossier.core.problem import Fix
from dossier.text.line_index import LineIndex

_FENCE = "```"
_OPENING = re.compile(r"\s*```[\w-]*[ \t]*(?:\r\n|\r|\n)")


def remove_fences(text: str) -> Fix | None:
    """Return the fix that takes away the Markdown fences (```) around a whole file; None if there are none.

    The closing fence may be missing. None also for a file with several fenced parts.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return None
    inside = text[opening.end() :].rstrip().removesuffix(_FENCE)
    return None if _FENCE in inside else Fix(1, 1, *LineIndex(text).place(None), inside)
