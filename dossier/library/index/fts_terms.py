"""The expressions for one term of a query, a word or a phrase, as it is written or with words joined.

Each table of the full text has an expression of its own: `words` does not have the order of words, and `phrases` has no
lists of words by their first letters. Both expressions are true wherever the matcher finds the term. For a single word
or run of letters, with or without accents, one of them is true nowhere else.
"""

from collections.abc import Iterable, Sequence

from dossier.core.dataclasses import NamedTuple
from dossier.core.query import NearTerms, Term, TermMatch
from dossier.library.index.expressions import AllOf, AnyOf, Expression, Tokens, TokensNear, combine_parts
from dossier.library.index.full_text import LISTED
from dossier.text.accented_words import tokenize_accented
from dossier.text.attached_letters import is_attaching
from dossier.text.folding import fold
from dossier.text.joined_words import MARKER, join_words
from dossier.text.tokens import is_single_token, is_unspaced, tokenize_phrase

_APART = 12
"""The most tokens between two terms that are near: the ten words of the matcher and two more, since tokens differ from
words.
"""
_MOST = 200
"""The most words of a phrase that an expression has."""
_FEW = 6
"""The most words of a phrase for which there is an expression with each of them joined. Longer phrases are looked for
word by word.
"""


class Translation(NamedTuple):
    """The expression for a term, or for another node of a query, in one table; `match` is None where there is none.

    `exact` says that it is true only where the term matches. `loose` says that the other table can tell more.
    """

    match: Expression | None
    exact: bool = False
    loose: bool = False


class _Spelling(NamedTuple):
    """One spelling of a term, as it is written or joined, in tokens.

    `is_open` says that the last token is the beginning of a token of the text. `accented` has the tokens with accents,
    each with whether it is such a beginning. `is_vague` says that a text can have this spelling without `tokens`.
    """

    tokens: tuple[str, ...]
    is_open: bool
    accented: Sequence[tuple[str, bool]] = ()
    is_vague: bool = False


def express_words(term: Term, sign: str = "") -> Translation:
    """Return the expression for a term in `words`; `sign` is that of the field it must stand in."""
    if term.match_mode is TermMatch.ANYWHERE:
        return Translation(None)
    written = _spell(term, term.text)
    sides = [_in_any_order(written, term, sign)]
    joined = None if is_single_token(_fold(term)) else join_words(term.text)
    if joined and (spelling := _spell(term, joined.text, joined.ends_with_abbreviation)).tokens:
        sides.append(_in_any_order(spelling, term, sign))
    exact = _is_word(term, written) and len(written.tokens) == 1
    return Translation(_join_sides(sides), exact, len(written.tokens) > 1)


def express_phrase(term: Term, with_short_end: bool = False) -> Translation:
    """Return the expression for a term in `phrases`.

    It leaves out beginnings of words for which `words` has a list: in `phrases`, each word that begins so would have to
    be looked up before the first row is known. With `with_short_end` it has such a beginning at the end of a phrase.
    """
    if term.match_mode is TermMatch.ANYWHERE:
        return Translation(None)
    whole = _spell(term, term.text)
    with_short_end = with_short_end and len(whole.tokens) > 1
    written = _with_short_end(whole) if with_short_end else _without_listed(whole)
    if len(written.tokens) < len(whole.tokens) < 3:
        return Translation(None, loose=True)
    sides = [_with_accents(_in_sequence(written), written, term)]
    if not is_single_token(_fold(term)):
        sides += _joined_occurrences(term, with_short_end)
    exact = _is_word(term, whole) and not (term.keep_accents and len(whole.tokens) > 1)
    return Translation(_join_sides(sides), exact and written == whole, written != whole)


def express_near(node: NearTerms) -> Translation:
    """Return the expression for two terms that are near each other, in `phrases`."""
    left, right = express_phrase(node.left), express_phrase(node.right)
    if not left.match or not right.match or left.loose or right.loose:
        # Of a single token `phrases` tells no more than `words`.
        known = [one.match for one in (left, right) if one.match and not _is_one_token(one.match)]
        return Translation(combine_parts(AllOf, known), loose=left.loose or right.loose)
    first, second = _plain_phrase(node.left), _plain_phrase(node.right)
    # A word that has letters attached to it, or is joined, is indexed again, far from its place in the text.
    if not first or not second or _may_be_attached(node.left) or _may_be_attached(node.right):
        return Translation(AllOf((left.match, right.match)))
    sides: list[Expression] = [TokensNear(first, second, _APART)]
    for term, other in ((node.left, right.match), (node.right, left.match)):
        sides += [AllOf((joined, other)) for joined in _joined_occurrences(term) if joined]
    return Translation(combine_parts(AnyOf, sides))


def _join_sides(sides: Iterable[Expression | None]) -> Expression | None:
    """Return the expression that is true where any of `sides` is. None stands for one that is always true."""
    found: list[Expression] = []
    for one in sides:
        if one is None:
            return None
        # An expression without the marker is also true of the words that have one.
        if _without_marker(one) not in found:
            found.append(one)
    return combine_parts(AnyOf, found)


def _without_marker(expression: Expression) -> Expression:
    """Return the expression for the same words without the marker before them."""
    match expression:
        case Tokens((token,), is_open) if token.startswith(MARKER):
            return Tokens((token.removeprefix(MARKER),), is_open)
        case AllOf(parts):
            return AllOf(tuple(map(_without_marker, parts)))
    return expression


def _in_any_order(spelling: _Spelling, term: Term, sign: str) -> Expression | None:
    """Return the expression for the tokens of a spelling in `words`."""
    last = len(spelling.tokens) - 1
    each = dict.fromkeys((sign + token, spelling.is_open and at == last) for at, token in enumerate(spelling.tokens))
    plain = combine_parts(AllOf, [Tokens((token,), is_open) for token, is_open in [*each][:_MOST]])
    return _with_accents(plain, spelling, term, sign)


def _joined_occurrences(term: Term, with_short_end: bool = False) -> list[Expression | None]:
    """Return expressions of which one is true wherever the term matches with words joined, in the text or in the term.

    None stands for one that is always true. A joined word of a text is indexed with a marker, far from its
    neighbours. `with_short_end` is that of `express_phrase`.
    """
    joined = join_words(term.text)
    text, is_whole = (joined.text, joined.ends_with_abbreviation) if joined else (term.text, False)
    whole = _spell(term, text, is_whole)
    listed = _without_listed(whole)
    spelling = _with_short_end(whole) if with_short_end and len(whole.tokens) > 1 else listed
    tokens, is_open = spelling.tokens, spelling.is_open
    if whole.tokens and not tokens:
        return [None]
    sides: list[Expression | None] = [Tokens(tokens, is_open)] if joined and tokens else []
    last = len(tokens) - 1
    # By itself a short end tells little.
    each = [Tokens((token,), listed.is_open and at == last) for at, token in enumerate(listed.tokens)]
    if len(tokens) > _FEW:
        sides.append(combine_parts(AllOf, each[:_MOST]))
        tokens = ()
    for at, token in enumerate(tokens):
        if not is_unspaced(token[0]):
            marked = Tokens((MARKER + token,), is_open and at == last)
            sides.append(combine_parts(AllOf, [*each[:at], marked, *each[at + 1 :]]))
    return [_with_accents(side, spelling, term) for side in sides]


def _plain_phrase(term: Term) -> Tokens | None:
    """Return the tokens, without accents, that follow one another wherever the term stands as it is written."""
    return _in_sequence(_spell(term, term.text))


def _with_accents(plain: Expression | None, spelling: _Spelling, term: Term, sign: str = "") -> Expression | None:
    """Return `plain`, the expression for a spelling, with the tokens that have accents added if accents count."""
    if not term.keep_accents:
        return plain
    accented: list[Expression] = [Tokens((sign + token,), is_open) for token, is_open in spelling.accented[:_MOST]]
    if plain and not spelling.is_vague and not is_single_token(_fold(term)):
        accented.insert(0, plain)
    return combine_parts(AllOf, accented) or (None if spelling.is_vague else plain)


def _spell(term: Term, text: str, is_whole: bool = False) -> _Spelling:
    """Return `text`, one spelling of the term, in tokens."""
    whole = is_whole or term.match_mode is TermMatch.WHOLE_WORDS
    tokens, is_open = tokenize_phrase(fold(text).folded, whole=whole)
    if not term.keep_accents:
        return _Spelling(tokens, is_open)
    accented, has_iota = tokenize_accented(text, whole=whole)
    return _Spelling(tokens, is_open, tuple(accented), has_iota)


def _without_listed(spelling: _Spelling) -> _Spelling:
    """Return a spelling without the beginnings of tokens that are so short that `words` has lists for them."""
    tokens, is_open = spelling.tokens, spelling.is_open
    if is_open and len(tokens[-1]) <= LISTED:
        tokens, is_open = tokens[:-1], False
    accented = [(token, can_go_on) for token, can_go_on in spelling.accented if not can_go_on or len(token) > LISTED]
    return _Spelling(tokens, is_open, tuple(accented), spelling.is_vague)


def _with_short_end(spelling: _Spelling) -> _Spelling:
    """Return a spelling with such a token at its end, but without its accents."""
    return spelling._replace(accented=_without_listed(spelling).accented)


def _is_one_token(expression: Expression) -> bool:
    return isinstance(expression, Tokens) and len(expression.tokens) == 1


def _is_word(term: Term, spelling: _Spelling) -> bool:
    """Return whether the term is a word, or a run of a script without spaces, in any case of letters.

    Where accents count, it must have some, in one token.
    """
    if term.keep_case or not is_single_token(_fold(term)):
        return False
    return not term.keep_accents or len(spelling.accented) == 1


def _fold(term: Term) -> str:
    """Return the term as it is compared with texts, but in lower case."""
    return fold(term.text, keep_accents=term.keep_accents).folded


def _in_sequence(spelling: _Spelling) -> Tokens | None:
    """Return the tokens of a spelling in their order; None without tokens."""
    return Tokens(spelling.tokens, spelling.is_open) if spelling.tokens else None


def _may_be_attached(term: Term) -> bool:
    """Return whether letters may be written onto the beginning of the term, as in Arabic and Hebrew."""
    return is_attaching(fold(term.text).folded[:1] or " ")
