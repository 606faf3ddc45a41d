"""Where the words of a quote stand, and how sure that is.

Decided here: the parts of a split quote follow each other, so a part that stands in several places is settled when only
one of them lies between its neighbours. Beyond that nothing is chosen: several places are several.
"""

from collections.abc import Sequence

from dossier.core.dataclasses import NamedTuple
from dossier.core.model import Standing
from dossier.core.ref import Ref
from dossier.loader.locator import EvidenceText, Span


class Evidence(NamedTuple):
    """Where all the words stand, and how: ABSENT, with no place, when any of them stands nowhere."""

    refs: tuple[Ref, ...]
    standing: Standing


def look_up(words: Sequence[str], ground: EvidenceText, at: tuple[Ref, ...]) -> Evidence:
    """Look for every part in `words`, in this order; where `at` is given, there first, and then everywhere."""
    windows = ground.windows(at)
    # Before all of a long article is searched: most quotes stand where the file says.
    inside = [ground.find_within(one, windows) for one in words] if windows else []
    if inside and all(inside):
        return _settled(inside, ground)
    found = [ground.find(one) for one in words]
    if not found or not all(found):
        return Evidence((), Standing.ABSENT)
    if not windows:
        return _settled(found, ground)
    inside = [tuple(span for span in spans if any(_covers(one, span) for one in windows)) for spans in found]
    if all(inside):
        return _settled(inside, ground)
    return Evidence(_settled(found, ground).refs, Standing.ELSEWHERE)


def _covers(window: Span, span: Span) -> bool:
    return window.start <= span.start and span.end <= window.end


def _settled(found: Sequence[tuple[Span, ...]], ground: EvidenceText) -> Evidence:
    places = _in_order(found)
    standing = Standing.FOUND if all(len(spans) == 1 for spans in places) else Standing.SEVERAL
    return Evidence(ground.refs(span for spans in places for span in spans), standing)


def _in_order(found: Sequence[tuple[Span, ...]]) -> Sequence[tuple[Span, ...]]:
    """The places at which each part can stand with all the others in their order; all places when no order fits."""
    kept = list(found)
    for at in range(1, len(kept)):
        end = min((one.end for one in kept[at - 1]), default=0)
        kept[at] = tuple(one for one in kept[at] if one.start >= end)
    for at in range(len(kept) - 2, -1, -1):
        start = max((one.start for one in kept[at + 1]), default=0)
        kept[at] = tuple(one for one in kept[at] if one.end <= start)
    return kept if all(kept) else found
