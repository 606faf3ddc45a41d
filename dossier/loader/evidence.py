"""Find where the words of a quote stand, and how certain that is.

The parts of a split quote follow each other, so that a part found in several places is settled if only one of them lies
between the neighbouring parts. No further choice is made: several places stay several.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import chain
from operator import attrgetter

from dossier.core.dataclasses import NamedTuple
from dossier.core.model import EvidenceStatus
from dossier.core.ref import Ref
from dossier.loader.evidence_text import EvidenceText, TextSpan


class Evidence(NamedTuple):
    """The places of all words and how certain they are; no place and ABSENT if some of the words stand nowhere.

    `doubtful` has the parts that make it uncertain, each with its own places: those found in several places, or not
    where the file says.
    """

    refs: tuple[Ref, ...]
    evidence_status: EvidenceStatus
    doubtful: tuple[tuple[str, tuple[Ref, ...]], ...] = ()


def find_evidence(words: Sequence[str], evidence_text: EvidenceText, at: tuple[Ref, ...]) -> Evidence:
    """Find the parts of a quote, given in order; if `at` names places, in these first, and then everywhere."""
    windows = evidence_text.make_windows(at) if at else ()
    # Most quotes stand where the file says: this saves searching the whole of a long article.
    inside = [evidence_text.find_within(one, windows) for one in words] if windows else []
    if inside and all(inside):
        return _make_evidence(words, inside, evidence_text)
    found = [evidence_text.find(one) for one in words]
    if not found or not all(found):
        return Evidence((), EvidenceStatus.ABSENT)
    if not windows:
        return _make_evidence(words, found, evidence_text)
    inside = [tuple(span for span in spans if _is_covered(span, windows)) for spans in found]
    if all(inside):
        return _make_evidence(words, inside, evidence_text)
    misplaced = tuple(
        (part, evidence_text.make_refs(spans))
        for part, spans, fits in zip(words, found, inside, strict=True)
        if not fits
    )
    return Evidence(_make_evidence(words, found, evidence_text).refs, EvidenceStatus.ELSEWHERE, misplaced)


def _is_covered(span: TextSpan, windows: Sequence[TextSpan]) -> bool:
    """Return whether one of the windows, which are in order and apart, covers the span."""
    at = bisect_right(windows, span.start, key=attrgetter("start")) - 1
    return at >= 0 and span.end <= windows[at].end


def _make_evidence(
    words: Sequence[str], found: Sequence[tuple[TextSpan, ...]], evidence_text: EvidenceText
) -> Evidence:
    places = _places_in_order(found)
    refs = evidence_text.make_refs(chain.from_iterable(places))
    if all(len(spans) == 1 for spans in places):
        return Evidence(refs, EvidenceStatus.FOUND)
    doubtful = [
        (part, evidence_text.make_refs(spans)) for part, spans in zip(words, places, strict=True) if len(spans) > 1
    ]
    return Evidence(refs, EvidenceStatus.SEVERAL, tuple(doubtful))


def _places_in_order(found: Sequence[tuple[TextSpan, ...]]) -> Sequence[tuple[TextSpan, ...]]:
    """Return the places of each part that fit the order of all parts; all places if no order fits."""
    if len(found) == 1:
        return found
    kept = list(found)
    for at in range(1, len(kept)):
        end = min((one.end for one in kept[at - 1]), default=0)
        kept[at] = tuple(one for one in kept[at] if one.start >= end)
    for at in range(len(kept) - 2, -1, -1):
        start = max((one.start for one in kept[at + 1]), default=0)
        kept[at] = tuple(one for one in kept[at] if one.end <= start)
    return kept if all(kept) else found
