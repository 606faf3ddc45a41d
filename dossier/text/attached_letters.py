"""The letters that Arabic and Hebrew write onto the beginning of a word: and, in, to, like, from, that, the.

A name stands behind them as a word of its own would in other languages.
"""

from itertools import product
from typing import Final

_ARABIC: Final = ("", "\u0648", "\u0641"), ("", "\u0628", "\u0644", "\u0643"), ("", "\u0627\u0644")
_HEBREW: Final = (
    ("", "\u05d5"),
    ("", "\u05e9", "\u05db\u05e9", "\u05de\u05e9", "\u05dc\u05db\u05e9"),
    ("", "\u05d1", "\u05dc", "\u05db", "\u05de"),
    ("", "\u05d4"),
)
# Before the article, the letter for "to" takes its place.
_TO_THE: Final = "\u0644\u0644"
ATTACHED: Final = frozenset(
    "".join(letters) for letters in (*product(*_ARABIC), *product(_ARABIC[0], (_TO_THE,)), *product(*_HEBREW))
) - {""}
"""Every run of letters that can be written onto a word."""
LONGEST: Final = max(map(len, ATTACHED))
"""The length of the longest of them, in code points."""
_ARTICLE: Final = "\u0627\u0644"


def is_attaching(char: str) -> bool:
    """Return whether `char` is a letter of Arabic or Hebrew script."""
    return "\u05d0" <= char <= "\u05ea" or "\u0620" <= char <= "\u06d3"


def stems(word: str) -> list[str]:
    """Return what is left of a word when each run of letters that may be written onto it is taken off."""
    if not is_attaching(word[0]):
        return []
    return [
        word[at:] for at in range(1, min(len(word), LONGEST + 1)) if word[:at] in ATTACHED and is_attaching(word[at])
    ]


def with_to(name: str) -> str:
    """Return an Arabic name with article as it is written behind "to", which swallows the alif; "" for other names."""
    return _TO_THE + name[2:] if name.startswith(_ARTICLE) and len(name) > len(_ARTICLE) else ""
