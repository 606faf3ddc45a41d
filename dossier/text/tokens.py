"""What a word is, for matching and for the index, so that both see the same word boundaries.

Letters, digits and combining marks belong to words. In most scripts a word is a run of these. Scripts that put no
spaces between words, and Hangul, whose particles attach to a name, have no word boundaries that can be told: there
every code point counts as a word by itself, and any run of them can be searched for.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
from typing import Final

from dossier.text.attached_letters import ATTACHED, LONGEST, is_attaching, stems
from dossier.text.characters import is_accent
from dossier.text.code_points import find_foreign

# Ranges of Unicode, each as its first code point and the one after its last: Thai and Lao; Myanmar; Hangul letters;
# Khmer; radicals, Kana, Bopomofo, Hangul letters and their marks; Han; Myanmar and Hangul again; Han; half-width forms;
# Han of the planes 2 and 3.
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
"""Up to this many different code points, replacing them one after another is faster than rebuilding the text."""
_ASCII: Final = bytes(code if code > 127 or chr(code).isalnum() else ord(" ") for code in range(256))
"""The bytes of UTF-8, with a space for each code point of ASCII that belongs to no word."""
_LONG: Final = 40
"""Code points from which on a run of letters is not a word, which may come again."""


def is_word_character(char: str) -> bool:
    """Return whether `char` belongs to words of a script that has word boundaries."""
    return char.isalnum() if char.isascii() else (char.isalnum() or is_mark(char)) and not is_unspaced(char)


@lru_cache(maxsize=16384)
def is_unspaced(char: str) -> bool:
    """Return whether `char` is of a script without spaces between words, or of Hangul."""
    return bisect_right(_UNSPACED, char) % 2 == 1


@lru_cache(maxsize=16384)
def is_mark(char: str) -> bool:
    """Return whether `char` is a combining mark, or is removed by folding like one."""
    return unicodedata.category(char).startswith("M") or is_accent(char)


def is_inside_word(text: str, at: int) -> bool:
    """Return whether offset `at` of `text` is inside a word that has boundaries: no word begins or ends there."""
    return 0 < at < len(text) and is_word_character(text[at - 1]) and is_word_character(text[at])


def is_behind_attached(text: str, at: int) -> bool:
    """Return whether a word of Arabic or Hebrew begins at offset `at` of `text` behind letters written onto it.

    `at` is inside a run of letters. `text` is in a form in which texts are compared.
    """
    if not is_attaching(text[at]):
        return False
    for start in range(at - 1, max(at - LONGEST, 0) - 1, -1):
        if text[start:at] in ATTACHED and not (start and is_word_character(text[start - 1])):
            return True
    return False


def has_word(text: str) -> bool:
    """Return whether any code point of `text` belongs to a word."""
    return not all(map(_is_between, text))


def iterate_words(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each word of `text` begins and ends; the end is excluded."""
    return (match.span() for match in _word().finditer(_words_alone(text)))


def find_word_starts(text: str) -> list[int]:
    """Return the offsets at which the words of `text` begin, in order; one for each token of its index text.

    The index text has more tokens at its end, of words without the letters attached to them.
    """
    return [start for start, _end in iterate_words(text)]


def make_index_text(folded: str) -> str:
    """Return the words of a folded text, separated by spaces, for an index that takes a run without a space for a word.

    Everything else is left out. A run of a script without spaces becomes the pairs of its neighbouring code points, and
    its last code point. Any part of such a run is then found as a phrase of pairs, and a single code point as the
    beginning of a word.

    Behind everything else stands, of words of Arabic and Hebrew, what is left of them without letters written onto
    them.
    """
    words = _words_alone(folded)
    if words.isascii() or not any(map(_is_taken_apart, find_foreign(words))):
        return words
    made, behind = list[str](), list[str]()
    for word in words.split():
        if word.isascii():
            made.append(word)
        else:
            tokens, own_stems = _known_tokens(word) if len(word) < _LONG else _make_tokens(word)
            made.append(tokens)
            behind += own_stems
    return " ".join(made + behind)


@lru_cache(maxsize=16384)
def _is_taken_apart(char: str) -> bool:
    """Return whether a word with this code point has other tokens than itself."""
    return is_unspaced(char) or is_attaching(char)


@lru_cache(maxsize=16384)
def _known_tokens(word: str) -> tuple[str, tuple[str, ...]]:
    return _make_tokens(word)


def _make_tokens(word: str) -> tuple[str, tuple[str, ...]]:
    """Return the tokens of a word, with spaces between, and its stems without the letters attached to them."""
    tokens = _unspaced_run().sub(lambda run: _pair(run[0]), word)
    return tokens, tuple([stem for token in tokens.split() for stem in stems(token)])


def tokenize_phrase(folded: str, *, whole: bool) -> tuple[tuple[str, ...], bool]:
    """Return the tokens of `folded`, which has to begin with a word, and whether the last of them is a prefix.

    The tokens occur in sequence in the index text of every text in which `folded` stands. If `folded` ends with a word,
    that word may continue in the text, unless `whole`. A word of Arabic or Hebrew at the beginning of several is left
    out: in the text, letters may be written onto it.
    """
    words = _words_alone(folded)
    tokens = tuple((words if words.isascii() else _pair_runs(words)).split())
    if len(tokens) > 1 and is_attaching(folded[0]):
        tokens = tokens[1:]
    if not tokens or _is_between(folded[-1]):
        return tokens, False
    if not is_unspaced(folded[-1]):
        return tokens, not whole
    run_of_more = len(folded) > 1 and is_unspaced(folded[-2]) and not _is_between(folded[-2])
    return (tokens[:-1], False) if run_of_more else (tokens, True)


def is_single_token(folded: str) -> bool:
    """Return whether `folded` is a single word, or a single run of scripts without spaces: tokens alone can decide."""
    return bool(folded) and (
        all(map(is_word_character, folded)) or all(is_unspaced(char) and not _is_between(char) for char in folded)
    )


# Character classes of this size take long to compile, and many runs of the program never need them.
@cache
def _unspaced_run() -> re.Pattern[str]:
    return re.compile(f"[{_UNSPACED_CLASS}]+")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"[{_UNSPACED_CLASS}]|[^\s{_UNSPACED_CLASS}]+")


def _words_alone(text: str) -> str:
    """Return `text` with a space for each code point that belongs to no word."""
    if text.isascii():
        return text.encode().translate(_ASCII).decode()
    words = text.encode("utf-8", "surrogatepass").translate(_ASCII).decode("utf-8", "surrogatepass")
    between = list(filter(_is_between, find_foreign(words)))
    if len(between) > _FEW:
        return "".join([" " if _is_between(char) else char for char in words])
    for char in between:
        words = words.replace(char, " ")
    return words


@lru_cache(maxsize=16384)
def _is_between(char: str) -> bool:
    return not (char.isalnum() or is_mark(char))


def _pair_runs(text: str) -> str:
    """Return `text` with each run of a script without spaces in pairs: of a few words, without compiling a pattern."""
    runs = [(is_run, "".join(chars)) for is_run, chars in groupby(text, is_unspaced)]
    return "".join([_pair(run) if is_run else run for is_run, run in runs])


def _pair(run: str) -> str:
    """Return a run of a script without spaces as the pairs of its neighbours and its last code point."""
    return f" {' '.join([*map(str.__add__, run, run[1:]), run[-1]])} "
