"""The FTS5 expression for one term of a query, a word or a phrase, as it is written or with words joined.

It is true wherever the matcher finds the term. For a single word or run of letters, with its accents or without, it is
true nowhere else.
"""

from collections.abc import Iterable, Sequence

from dossier.core.query import NearTerms, Term, TermMatch
from dossier.text.accented_words import tokenize_accented
from dossier.text.attached_letters import is_attaching
from dossier.text.folding import fold
from dossier.text.joined_words import MARKER, join_words
from dossier.text.tokens import is_single_token, is_unspaced, tokenize_phrase

_APART = 12
"""Tokens that may stand between two that are near: the ten words of the matcher, and what a token can be off."""
_MOST = 200
"""Words of a phrase that are asked for."""
_FEW = 6
"""Words of a phrase up to which each of them is asked for as joined. Longer phrases are asked for word by word."""


def express_term(term: Term) -> str | None:
    """Return the expression that holds wherever the term stands, also with words joined; None when there is none."""
    if term.match_mode is TermMatch.ANYWHERE:
        return None
    written = _with_accents(_phrase(term), term, term.text)
    if written is None or is_single_token(_fold(term)):
        return written
    sides = [written]
    for one in _joined_occurrences(term):
        if one is None:
            return None
        # A word is found behind the marker, too.
        if one.replace(f"{MARKER} ", "") not in sides:
            sides.append(one)
    return join_expressions(" OR ", sides)


def express_near(node: NearTerms) -> str | None:
    """Return the expression for two terms that are near each other; None when there is none."""
    left, right = express_term(node.left), express_term(node.right)
    if not left or not right:
        return None
    phrases = _phrase(node.left), _phrase(node.right)
    # What stands behind letters written onto a word, and what is joined, is indexed far from its place.
    if not all(phrases) or _may_be_attached(node.left) or _may_be_attached(node.right):
        return f"({left} AND {right})"
    sides = [f"NEAR({' '.join(map(str, phrases))}, {_APART})"]
    for term, other in ((node.left, right), (node.right, left)):
        sides += [f"({joined} AND {other})" for joined in _joined_occurrences(term)]
    return join_expressions(" OR ", sides)


def can_decide(term: Term) -> bool:
    """Return whether the expression for a term is true only where the term stands, so that nothing need be confirmed.

    That is so for a word, or a run of a script without spaces, in any case of letters.
    """
    if term.keep_case or not is_single_token(_fold(term)):
        return False
    return not term.keep_accents or bool(_accented(term, term.text)[0])


def join_expressions(sign: str, found: Sequence[str]) -> str | None:
    """Return the expressions joined by an operator, in brackets where there are several; None for none."""
    return f"({sign.join(found)})" if len(found) > 1 else found[0] if found else None


def _joined_occurrences(term: Term) -> list[str | None]:
    """Return expressions of which one holds wherever the term stands with words joined, in the text or in itself.

    None among them holds everywhere. A joined word of a text is indexed behind a marker, far from its neighbours.
    """
    joined = join_words(term.text)
    text, is_whole = (joined.text, joined.ends_with_abbreviation) if joined else (term.text, False)
    tokens, is_open = _tokens(text, term, is_whole)
    sides = [_in_sequence(tokens, is_open)] if joined and tokens else []
    last = len(tokens) - 1
    each = [_in_sequence((token,), is_open and at == last) for at, token in enumerate(tokens)]
    if len(tokens) > _FEW:
        sides.append(f"({' AND '.join(each[:_MOST])})")
        tokens = ()
    for at, token in enumerate(tokens):
        if not is_unspaced(token[0]):
            marked = _in_sequence((MARKER, token), is_open and at == last)
            others = [*each[:at], marked, *each[at + 1 :]]
            sides.append(f"({' AND '.join(others)})" if len(others) > 1 else marked)
    return [_with_accents(side, term, text, is_whole) for side in sides]


def _phrase(term: Term) -> str | None:
    """Return the tokens that follow one another wherever the term stands as it is written, as a phrase of FTS5.

    They are without accents. None when there are none that always do.
    """
    tokens, is_open = _tokens(term.text, term)
    return _in_sequence(tokens, is_open) if tokens else None


def _with_accents(plain: str | None, term: Term, text: str, is_whole: bool = False) -> str | None:
    """Return the expression `plain` for `text`, one spelling of the term, so that accents are as the term has them."""
    if not term.keep_accents:
        return plain
    tokens, has_iota = _accented(term, text, is_whole)
    accented = [_in_sequence((token,), is_open) for token, is_open in tokens[:_MOST]]
    if plain and not has_iota and not is_single_token(_fold(term)):
        accented.insert(0, plain)
    return join_expressions(" AND ", accented) or (None if has_iota else plain)


def _tokens(text: str, term: Term, is_whole: bool = False) -> tuple[tuple[str, ...], bool]:
    """Return the tokens of `text`, one spelling of the term, and whether the last of them may go on in a text."""
    return tokenize_phrase(fold(text).folded, whole=is_whole or term.match_mode is TermMatch.WHOLE_WORDS)


def _accented(term: Term, text: str, is_whole: bool = False) -> tuple[list[tuple[str, bool]], bool]:
    """Return what `tokenize_accented` returns for `text`, one spelling of the term."""
    return tokenize_accented(text, whole=is_whole or term.match_mode is TermMatch.WHOLE_WORDS)


def _fold(term: Term) -> str:
    """Return the term as it is compared with texts, but in lower case."""
    return fold(term.text, keep_accents=term.keep_accents).folded


def _in_sequence(tokens: Iterable[str], is_open: bool) -> str:
    """Return a phrase of FTS5. There is no quote mark in a token."""
    return f'"{" ".join(tokens)}"{" *" if is_open else ""}'


def _may_be_attached(term: Term) -> bool:
    """Return whether letters may be written onto the beginning of the term, as in Arabic and Hebrew."""
    return is_attaching(fold(term.text).folded[:1] or " ")
