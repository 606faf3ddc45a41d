"""The events of two articles: those that are in both, with what differs, and those that only one of them has."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from dossier.core.alignment import align_blocks, pair_alike
from dossier.core.compared import (
    ArticleSide,
    Compared,
    Key,
    Side,
    compare_names,
    compare_texts,
    describe_date,
    given,
    without_left,
    without_right,
)
from dossier.core.dataclasses import replace
from dossier.core.dates.edtf import Date
from dossier.core.model import Article, Event, Reference
from dossier.core.ref import Ref

_SAME_DATES, _OVERLAPPING, _OTHER_DATES = 0.25, 0.5, 0.7
"""How alike what happened must be in two events to be one; the less their dates agree, the more. 1 is equal."""
_KINDS: Final = {"people": "person", "orgs": "org", "places": "place"}


def compare_event_lists(left: ArticleSide, right: ArticleSide) -> Iterator[Compared]:
    """Yield the events of both articles in the order of the left one, then those that only the right one has."""
    own, others = left.article.events, right.article.events

    def rank(one: int, other: int, alike: float) -> float:
        overlap = _measure_overlap(_date_of(own[one]), _date_of(others[other]))
        least = _SAME_DATES if overlap == 1 else _OVERLAPPING if overlap else _OTHER_DATES
        return alike + overlap if alike >= least else 0

    partner = dict(pair_alike([event.what for event in own], [event.what for event in others], _SAME_DATES, rank))
    met = set(partner.values())
    for at, event in enumerate(own):
        if at in partner:
            yield compare_two_events(left, right, event, others[partner[at]])
        else:
            yield without_right(compare_two_events(left, left, event, event))
    for at, event in enumerate(others):
        if at not in met:
            yield without_left(compare_two_events(right, right, event, event))


def compare_two_events(left: ArticleSide, right: ArticleSide, own: Event, other: Event) -> Compared:
    """Return two events compared with their fields: date, status, who and what was involved."""
    compared = compare_texts("event", _make_side(own), _make_side(other))
    return replace(compared, fields=tuple(_compare_fields(left, right, own, other)))


def compare_evidence(left: Article, right: Article, own: Event, other: Event) -> Iterator[Compared]:
    """Yield the texts in which the evidence of two events stands; those that are not alike, paired by their order."""
    sides = list(_find_texts(left, own)), list(_find_texts(right, other))
    pairs = align_blocks(*([(one.ref.kind, one.text) for one in side] for side in sides))
    met = [(one.left, one.right) for one in pairs if one.left is not None and one.right is not None]
    alone = [
        [at for at in range(len(side)) if at not in {pair[number] for pair in met}] for number, side in enumerate(sides)
    ]
    partner = dict([*met, *zip(*alone, strict=False)])
    used = set(partner.values())
    for at, side in enumerate(sides[0]):
        yield compare_texts("evidence", side, sides[1][partner[at]] if at in partner else None)
    yield from (compare_texts("evidence", None, side) for at, side in enumerate(sides[1]) if at not in used)


def _make_side(event: Event) -> Side:
    return Side(event.ref, event.what, event.evidence)


def _date_of(event: Event) -> Date | None:
    return event.date.date if event.date else None


def _measure_overlap(one: Date | None, other: Date | None) -> float:
    """Return 0 if two dates have no day in common, else how near their bounds are; 1 if these are the same."""
    if one is None or other is None:
        return 0.5 if one is other else 0.0
    if _is_before(one, other) or _is_before(other, one):
        return 0.0
    return 0.5 + (one.earliest == other.earliest) / 4 + (one.latest == other.latest) / 4


def _is_before(one: Date, other: Date) -> bool:
    return one.latest is not None and other.earliest is not None and one.latest < other.earliest


def _compare_fields(left: ArticleSide, right: ArticleSide, own: Event, other: Event) -> Iterator[Compared]:
    texts = (
        ("date", describe_date(own.date), describe_date(other.date)),
        ("as written", own.date_text, other.date_text),
        ("status", own.status, other.status),
        ("note", own.note, other.note),
    )
    compared = [compare_texts(name, Side(own.ref, one), Side(other.ref, two)) for name, one, two in texts]
    compared[-1:-1] = [
        compare_names(name, (own.ref, other.ref), _find_involved(left, own, name), _find_involved(right, other, name))
        for name in _KINDS
    ]
    return given(compared)


def _find_involved(side: ArticleSide, event: Event, name: str) -> Sequence[tuple[Key, str]]:
    """Return the people, organisations or places of an event; of one that names nobody, those found in its text."""
    references: Iterable[Reference] = getattr(event, name)
    involved = [side.identify(reference) for reference in references]
    found = (one.targets[0] for one in event.found if len(one.targets) == 1)
    involved += [(side.keys[ref], side.names[ref]) for ref in found if ref.kind == _KINDS[name]]
    return list(dict.fromkeys(involved))


def _find_texts(article: Article, event: Event) -> Iterator[Side]:
    """Yield the texts of the article in which the evidence of an event stands, each once."""
    texts = {one.ref: one.text for one in article.body} | {one.ref: one.caption for one in article.media}
    texts |= {Ref(article.ref.article, name): getattr(article, name) for name in ("headline", "subtitle")}
    for entry in dict.fromkeys(ref.entry for ref in event.evidence):
        if entry in texts:
            yield Side(entry, texts[entry], tuple(ref for ref in event.evidence if ref.span and ref.entry == entry))
