"""Words that are written with signs inside them or without: U.S. and US, e-mail and email, Seo-jin and Seojin, O'Neil.

A text is compared as it stands and, where it has such words, also with the signs left out of them. Which signs these
are is decided in the text as it was written, before it is folded, so that the index and the matcher agree in every
form.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.text.accented_words import find_accented_tokens, spell_accented
from dossier.text.characters import continues_character
from dossier.text.code_points import find_foreign
from dossier.text.folding import FoldedText, fold, fold_character
from dossier.text.late_patterns import compile_late
from dossier.text.tokens import is_word_character, iterate_words, make_index_text

# Hyphens, but not dashes, which stand between words. Apostrophes, letters and accents written for them, and the marks
# of abbreviations in Hebrew, for which quote marks are typed.
_HYPHENS: Final = "-\u058a\u05be\u2010\u2011\ufe63\uff0d"
_APOSTROPHES: Final = (
    "'`\"\xb4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u055a\u05f3\u05f4"
    "\u2018\u2019\u201a\u201b\u201c\u201d\u2032\ua78c\uff07"
)
_SIGNS: Final = frozenset(_HYPHENS + _APOSTROPHES)
# It begins with what is rare in a text, so that most of the text is passed over quickly. With the signs that ASCII
# lacks it would take as long to compile as a quick search takes for all its other patterns.
_CANDIDATE: Final = re.compile(r"""[-'`".](?=\S)(?<=\S.)""")
_ABBREVIATION: Final = compile_late(r"(?<![^\W_])(?:[^\W\d_]{1,2}\.)+[^\W\d_](?![^\W_])\.?")
"""Letters with a dot behind each: U.S., J.D, Ph.D. A single letter before a dot may also end a sentence."""
_PIECE: Final = re.compile(r"\S+")
MARKER: Final = "\ue000"
"""Begins the token by which a joined word is found as such. No word of a text has this character."""


class JoinedText(NamedTuple):
    """A text without the signs inside its words. The code point at `i` stands at `places[i]` of the text as written.

    The last element of `places` is the length of the text as written. `ends_with_abbreviation` says that the text ends
    with one, such as U.S., which is no beginning of a longer word.
    """

    text: str
    places: Sequence[int]
    ends_with_abbreviation: bool

    def end_of_word(self, end: int) -> int:
        """Return the end of what is before `end` in the text as written, without a sign that was left out there."""
        return self.places[bisect_left(self.places, end) - 1] + 1


def join_words(text: str) -> JoinedText | None:
    """Return `text` without hyphens, apostrophes and dots inside words; None if no word of it has any.

    A sign is left out between two letters, or a letter and a digit. A dot is left out behind single letters, or two at
    most, that are followed by another such letter.
    """
    left_out, end = _find_signs(text)
    if not left_out:
        return None
    kept = [place for place in range(len(text)) if place not in left_out]
    return JoinedText("".join([text[place] for place in kept]), array("I", (*kept, len(text))), end == len(text))


def _find_signs(text: str) -> tuple[set[int], int]:
    """Return the places of the signs inside words, and where the last abbreviation ends (-1: there is none)."""
    found: set[int] = set()
    last = -1
    for at in _find_candidates(text, find_foreign(text)):
        if text[at] == ".":
            start = at - 2 if at > 1 and text[at - 2].isalpha() else at - 1
            whole = _ABBREVIATION().match(text, start)
            if whole and all(is_word_character(char) for char in whole[0] if char != "."):
                last = whole.end()
                found.update(place for place in range(start, last) if text[place] == ".")
            continue
        before, after = text[at - 1], text[at + 1]
        is_behind_word = _joins(before) or at - 1 in found
        if is_behind_word and _joins(after) and not (before.isdigit() and after.isdigit()):
            found.add(at)
    return found, last


def _find_candidates(text: str, foreign: frozenset[str]) -> list[int]:
    """Return the places of signs and dots that have no white space beside them; `foreign` are as of `find_foreign`."""
    for sign in foreign & _SIGNS:
        text = text.replace(sign, "'")
    return [match.start() for match in _CANDIDATE.finditer(text)]


def _joins(char: str) -> bool:
    """Return whether `char` is part of a word, and no sign itself."""
    return char not in _SIGNS and is_word_character(char)


def fold_joined(text: str, joined: JoinedText, *, keep_accents: bool, keep_case: bool) -> FoldedText:
    """Return the folded form of a joined text. Its offsets are those of `text`, from which it was joined."""
    made = fold(joined.text, keep_accents=keep_accents, keep_case=keep_case)
    return made._replace(text=text, offsets=array("I", [joined.places[offset] for offset in made.offsets]))


def make_full_index_text(text: str) -> str:
    """Return the words of a text for the index. Behind them stands what they are found by besides.

    These are words that have accents, with them; then each word joined in the text, with the marker and without.
    """
    foreign, folded = find_foreign(text), text
    for char in filter(_is_folded, foreign):
        form = _lone_form(char)
        if form is None:
            folded = fold(text).folded
            break
        folded = folded.replace(char, form)
    else:
        folded = folded.lower()
    own = make_index_text(folded)
    if not foreign and own == folded:
        return own
    behind = find_accented_tokens(text, foreign)
    end = 0
    for at in _find_candidates(text, foreign):
        if at >= end and (piece := _PIECE.match(text, _find_begin(text, at))):
            end = piece.end()
            behind += [made] if (made := _joined_tokens(piece[0])) else []
    return f"{own} {' '.join(behind)}" if behind else own


@lru_cache(maxsize=16384)
def _is_folded(char: str) -> bool:
    """Return whether something else than a code point itself stands for it in the folded form of some text."""
    return _lone_form(char) != char


@lru_cache(maxsize=16384)
def _lone_form(char: str) -> str | None:
    """Return the folded form of a code point, if it has the same one wherever it stands, else None.

    It is also None where that form is changed by folding it again, or by small letters.
    """
    form = fold_character(char, keep_accents=False, keep_case=False)
    is_settled = (form == char or form == fold(form).folded) and form == form.lower()
    return form if is_settled and not continues_character(char) else None


def _find_begin(text: str, at: int) -> int:
    """Return where the piece of `text` without white space begins that has the offset `at`."""
    while at and not text[at - 1].isspace():
        at -= 1
    return at


@lru_cache(maxsize=4096)
def _joined_tokens(piece: str) -> str:
    """Return the tokens of the joined words in a piece of a text without white space.

    Each stands twice, first with the marker, but those with accents do not, which are found as words only.
    """
    joined = join_words(piece)
    if joined is None:
        return ""
    plain = _crossing_tokens(joined, fold(joined.text))
    accented = _crossing_tokens(joined, fold(joined.text, keep_accents=True)) if not piece.isascii() else []
    return " ".join([f"{MARKER}{token} {token}" for token in plain] + spell_accented(accented, plain))


def _crossing_tokens(joined: JoinedText, form: FoldedText) -> list[str]:
    """Return the tokens of the words that a sign was left out of, in a form of the joined text."""
    places = joined.places
    crossings = [at for at in range(1, len(joined.text)) if places[at] - places[at - 1] > 1]
    made: list[str] = []
    for start, end in iterate_words(form.folded):
        at = bisect_left(crossings, form.offsets[start] + 1)
        if at < len(crossings) and crossings[at] <= form.offsets[end - 1]:
            made += make_index_text(form.folded[start:end]).split()
    return made
