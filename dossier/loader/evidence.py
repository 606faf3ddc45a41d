"""Where the words of a quote stand, and how sure that is.

Decided here: the parts of a split quote follow each other, so a part that stands in several places is settled when only
one of them lies between its neighbours. Beyond that nothing is chosen: several places are several.
"""

from collections.abc import Sequence
from typing import NamedTuple

from dossier.loader.places import Ground, Span
from dossier.model import Standing
from dossier.ref import Ref


class Found(NamedTuple):
    """Where all the words stand, and how: ABSENT, with no place, when any of them stands nowhere."""

    refs: tuple[Ref, ...]
    standing: Standing


def look_up(words: Sequence[str], ground: Ground, at: tuple[Ref, ...]) -> Found:
    """Look for every part in `words`, in this order; where `at` is given, there first, and then everywhere."""
    found = [ground.find(one) for one in words]
    if not found or not all(found):
        return Found((), Standing.ABSENT)
    if not at:
        return _settled(found, ground)
    windows = ground.windows(at)
    inside = [tuple(span for span in spans if any(_covers(one, span) for one in windows)) for spans in found]
    if all(inside):
        return _settled(inside, ground)
    return Found(_settled(found, ground).refs, Standing.ELSEWHERE)


def _covers(window: Span, span: Span) -> bool:
    return window.stretch == span.stretch and window.start <= span.start and span.end <= window.end


def _settled(found: Sequence[tuple[Span, ...]], ground: Ground) -> Found:
    places = _in_order(found)
    standing = Standing.FOUND if all(len(spans) == 1 for spans in places) else Standing.SEVERAL
    return Found(ground.refs(span for spans in places for span in spans), standing)


def _in_order(found: Sequence[tuple[Span, ...]]) -> Sequence[tuple[Span, ...]]:
    """The places at which each part can stand with all the others in their order; all places when no order fits."""
    kept = list(found)
    for at in range(1, len(kept)):
        end = min(((one.stretch, one.end) for one in kept[at - 1]), default=(0, 0))
        kept[at] = tuple(one for one in kept[at] if (one.stretch, one.start) >= end)
    for at in range(len(kept) - 2, -1, -1):
        start = max(((one.stretch, one.start) for one in kept[at + 1]), default=(0, 0))
        kept[at] = tuple(one for one in kept[at] if (one.stretch, one.end) <= start)
    return kept if all(kept) else found
