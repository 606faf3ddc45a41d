"""What a word is, for whoever matches and for whoever indexes, so that both see the same edges.

A letter, digit or combining mark belongs to a word. In most scripts a word is a run of these. In those that put no
spaces between words, and in Hangul, whose particles stick to a name, no edge can be told: there every code point counts
as a word by itself, and any run of them may be looked for.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache
from typing import Final

from dossier.text.folding import is_accent

# Where blocks of Unicode begin, and where they have ended: Thai and Lao; Myanmar; Hangul letters; Khmer; radicals,
# Kana, Bopomofo, Hangul letters and their marks; Han; Myanmar and Hangul again; Han; half-width forms; Han of the
# planes 2 and 3.
_UNSPACED: Final = (
    *("\u0e00", "\u0f00", "\u1000", "\u10a0", "\u1100", "\u1200", "\u1780", "\u1800", "\u19e0", "\u1a00"),
    *("\u2e80", "\u2fe0", "\u3005", "\u3008", "\u3021", "\u3030", "\u3031", "\u3036", "\u3038", "\u303d"),
    *("\u3041", "\u31c0", "\u31f0", "\u3200", "\u3400", "\u4dc0", "\u4e00", "\ua000", "\ua960", "\ua980"),
    *("\ua9e0", "\uaa00", "\uaa60", "\uaa80", "\uac00", "\ud800", "\uf900", "\ufb00", "\uff66", "\uffdd"),
    *("\U00020000", "\U00040000"),
)
_UNSPACED_CLASS: Final = "".join(
    [f"{first}-{chr(ord(end) - 1)}" for first, end in zip(_UNSPACED[::2], _UNSPACED[1::2], strict=True)]
)
_FEW: Final = 32
"""So many kinds of code points are replaced one after the other sooner than all at once."""
_ASCII: Final = {code: chr(code) if chr(code).isalnum() else " " for code in range(128)}


def is_word(char: str) -> bool:
    """Whether `char` belongs to words that have an edge."""
    return char.isalnum() if char.isascii() else (char.isalnum() or is_mark(char)) and not is_unspaced(char)


@lru_cache(maxsize=16384)
def is_unspaced(char: str) -> bool:
    """Whether `char` is of a script that sets no spaces between words, or of Hangul."""
    return bisect_right(_UNSPACED, char) % 2 == 1


@lru_cache(maxsize=16384)
def is_mark(char: str) -> bool:
    """Whether `char` is a combining mark, or forgotten like one."""
    return unicodedata.category(char).startswith("M") or is_accent(char)


def is_within(text: str, at: int) -> bool:
    """Whether a word that has an edge runs on over the place `at`, so that none begins and none ends there."""
    return 0 < at < len(text) and is_word(text[at - 1]) and is_word(text[at])


def has_word(text: str) -> bool:
    """Whether anything in `text` belongs to a word."""
    return not all(map(_is_between, text))


def beginnings(text: str) -> list[int]:
    """Where the words of `text` begin, in order: as many as `indexed` makes tokens."""
    return [match.start() for match in _word().finditer(_words_alone(text))]


def indexed(folded: str) -> str:
    """The words of a folded text with spaces between them, for an index that takes for a word what has no space in it.

    Nothing else is left in it. A run of a script without spaces becomes every two neighbours in it and the last code
    point: so any run is found that way as a phrase, and a single code point as what begins a word.
    """
    return folded.translate(_ASCII) if folded.isascii() else _unspaced_run().sub(_paired, _words_alone(folded))


def sought_tokens(folded: str, *, whole: bool) -> tuple[tuple[str, ...], bool]:
    """The tokens that follow one another wherever `folded`, beginning with a word, stands in a text that was `indexed`.

    And whether the last is only the beginning of one. Where it ends with a word, that one may run on, unless `whole`.
    """
    tokens = tuple(indexed(folded).split())
    if not tokens or _is_between(folded[-1]):
        return tokens, False
    if not is_unspaced(folded[-1]):
        return tokens, not whole
    run_of_more = len(folded) > 1 and is_unspaced(folded[-2]) and not _is_between(folded[-2])
    return (tokens[:-1], False) if run_of_more else (tokens, True)


def is_one_run(folded: str) -> bool:
    """Whether all of `folded` is one word, or one run of scripts without spaces: nothing that a token cannot tell."""
    return bool(folded) and (
        all(map(is_word, folded)) or all(is_unspaced(char) and not _is_between(char) for char in folded)
    )


# Classes of this size take long to compile, and many a program never meets a text that needs them.
@cache
def _unspaced_run() -> re.Pattern[str]:
    return re.compile(f"[{_UNSPACED_CLASS}]+")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"[{_UNSPACED_CLASS}]|[^\s{_UNSPACED_CLASS}]+")


def _words_alone(text: str) -> str:
    """`text` with one space for each code point that belongs to no word."""
    if text.isascii():
        return text.translate(_ASCII)
    between = [char for char in frozenset(text) if char != " " and _is_between(char)]
    if len(between) > _FEW:
        return "".join([" " if _is_between(char) else char for char in text])
    for char in between:
        text = text.replace(char, " ")
    return text


@lru_cache(maxsize=16384)
def _is_between(char: str) -> bool:
    return not (char.isalnum() or is_mark(char))


def _paired(run: re.Match[str]) -> str:
    text = run[0]
    return f" {' '.join([*map(str.__add__, text, text[1:]), text[-1]])} "
