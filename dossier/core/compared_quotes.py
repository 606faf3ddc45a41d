"""Who is quoted in two articles, with the quotes that are in both, changed, or in one of them only."""

from collections.abc import Iterator, Sequence
from typing import Final

from dossier.core.alignment import pair_alike
from dossier.core.compared import (
    ArticleSide,
    Compared,
    Key,
    Side,
    compare_names,
    compare_texts,
    given,
    without_left,
    without_right,
)
from dossier.core.dataclasses import NamedTuple, replace
from dossier.core.model import Quote
from dossier.core.ref import Ref
from dossier.core.registry import fold_name

_ALIKE_QUOTES: Final = 0.45
_OTHER_SPEAKERS: Final = 0.8
"""How alike two quotes of different speakers must be to be one quote with another speaker; 1 is equal."""


class ComparedSpeaker(NamedTuple):
    """Somebody who is quoted in at least one of two articles, and the quotes; `speaker` has the names."""

    speaker: Compared
    quotes: tuple[Compared, ...]


class _Speaker(NamedTuple):
    """A speaker: the key that identifies them in both articles, and the name, which is empty when nobody is named."""

    key: Key
    name: Side


def compare_speakers(left: ArticleSide, right: ArticleSide) -> Iterator[ComparedSpeaker]:
    """Yield everybody who is quoted, those of the left article first, in the order in which they speak.

    A quote with another speaker on the right stands with its speaker on the left.
    """
    own, others = left.article.quotes, right.article.quotes
    speakers = [_find_speaker(left, quote) for quote in own], [_find_speaker(right, quote) for quote in others]

    def rank(one: int, other: int, alike: float) -> float:
        is_same = speakers[0][one].key == speakers[1][other].key
        return alike + is_same if alike >= (_ALIKE_QUOTES if is_same else _OTHER_SPEAKERS) else 0

    partner = dict(pair_alike([quote.text for quote in own], [quote.text for quote in others], _ALIKE_QUOTES, rank))
    met = set(partner.values())
    quotes: dict[Key, list[Compared]] = {one.key: [] for found in speakers for one in found}
    for at, quote in enumerate(own):
        if at in partner:
            compared = _compare_quotes(left, right, quote, others[partner[at]])
        else:
            compared = without_right(_compare_quotes(left, left, quote, quote))
        quotes[speakers[0][at].key].append(compared)
    for at, quote in enumerate(others):
        if at not in met:
            quotes[speakers[1][at].key].append(without_left(_compare_quotes(right, right, quote, quote)))
    names = _first_names(speakers[0]), _first_names(speakers[1])
    for key, found in quotes.items():
        yield ComparedSpeaker(Compared("speaker", names[0].get(key), names[1].get(key)), tuple(found))


def _first_names(speakers: Sequence[_Speaker]) -> dict[Key, Side]:
    return {one.key: one.name for one in reversed(speakers)}


def _make_side(quote: Quote) -> Side:
    return Side(quote.ref, quote.text, quote.evidence)


def _find_speaker(side: ArticleSide, quote: Quote) -> _Speaker:
    if quote.speaker:
        key, name = side.identify(quote.speaker)
        return _Speaker(key, Side(quote.speaker.ref or quote.ref, name))
    source = Ref(side.article.ref.article, "source", quote.speaker_text) if quote.speaker_text else quote.ref
    return _Speaker(("unnamed", fold_name(quote.speaker_text)), Side(source, quote.speaker_text))


def _compare_quotes(left: ArticleSide, right: ArticleSide, own: Quote, other: Quote) -> Compared:
    refs = (own.ref, other.ref)
    sides = ((left, own), (right, other))
    speakers = [_find_speaker(side, quote) for side, quote in sides]
    named = [[(one.key, one.name.text)] if one.name.text else [] for one in speakers]
    told = [[side.identify(quote.to)] if quote.to else [] for side, quote in sides]
    fields = (
        compare_names("speaker", refs, *named),
        compare_names("to", refs, *told),
        compare_texts("to", Side(own.ref, own.to_text), Side(other.ref, other.to_text)),
        compare_texts("form", Side(own.ref, own.form), Side(other.ref, other.form)),
    )
    return replace(compare_texts("quote", _make_side(own), _make_side(other)), fields=tuple(given(fields)))
