"""Words with accents as the index has them, beside the same words without, so that it can tell été from ete.

A word of a text is in the index without its accents. A word that has any is there a second time, with them: such a
token is never equal to one without, nor the beginning of one.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import filterfalse
from typing import Final

from dossier.text.characters import is_accent
from dossier.text.folding import fold, fold_character
from dossier.text.tokens import make_index_text, tokenize_phrase

_IOTA: Final = "\N{GREEK SMALL LETTER IOTA}"
_IOTA_BELOW: Final = "\N{COMBINING GREEK YPOGEGRAMMENI}"
_LONG: Final = 40
"""Code points from which on a piece of a text is not a word with signs around it, which may come again."""


def find_accented_tokens(text: str, foreign: Iterable[str]) -> list[str]:
    """Return the tokens of the words of `text` that have accents, as the index has them beside those without.

    `foreign` are the code points of `text` that ASCII does not have.
    """
    accented = frozenset(filter(_is_accented, foreign))
    found: list[str] = []
    for piece in filterfalse(str.isascii, text.split()) if accented else ():
        if not accented.isdisjoint(piece):
            found += _of_word(piece) if len(piece) < _LONG else _make_accented_tokens(piece)
    return found


@lru_cache(maxsize=16384)
def _is_accented(char: str) -> bool:
    """Return whether words with this code point have other tokens where accents count."""
    with_accents, without = [fold_character(char, keep_accents=kept, keep_case=False) for kept in (True, False)]
    return with_accents != without


@lru_cache(maxsize=4096)
def _of_word(piece: str) -> tuple[str, ...]:
    return _make_accented_tokens(piece)


def _make_accented_tokens(piece: str) -> tuple[str, ...]:
    """Return the tokens of a piece of a text, those without accents left out."""
    form, plain = fold(piece, keep_accents=True).folded, fold(piece).folded
    if form == plain:
        return ()
    return tuple(spell_accented(make_index_text(form).split(), make_index_text(plain).split()))


def spell_accented(tokens: Iterable[str], plain: Iterable[str]) -> list[str]:
    """Return those of the tokens that have accents, as the index has them; `plain` are the tokens without accents."""
    known = frozenset(plain)
    return [_spell(token) for token in tokens if token not in known]


def tokenize_accented(text: str, *, whole: bool) -> tuple[list[tuple[str, bool]], bool]:
    """Return the tokens with accents of which each stands in every text in which `text` stands with its accents.

    Each comes with whether it may go on in that text, as a word may unless `whole`. The second result says that `text`
    has a Greek iota: written below a letter, that is dropped with the accents, so that tokens without accents may lack
    it.
    """
    form = fold(text, keep_accents=True).folded
    tokens, is_open = tokenize_phrase(form, whole=whole)
    last = len(tokens) - 1
    accented = [
        (_spell(token), is_open and at == last)
        for at, token in enumerate(tokens)
        if fold(token).folded != token and not is_accent(token[0])
    ]
    return accented, _IOTA in form


def _spell(token: str) -> str:
    """Return a token with accents as the index has it.

    Marks that are code points of their own stand before their letter: a letter is not found where it has one more mark.
    An iota is one below a letter, since both are equal where accents count, and no token without accents has that.
    """
    if not any(map(is_accent, token)):
        return token.replace(_IOTA, _IOTA_BELOW)
    letters: list[str] = []
    for char in token:
        letters.insert(len(letters) - 1 if letters and is_accent(char) else len(letters), char)
    return "".join(letters).replace(_IOTA, _IOTA_BELOW)
