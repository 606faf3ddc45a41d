"""What leads somewhere in the text of an entry: whole parts by what they name, words within by the links at them."""

from collections.abc import Iterable

from dossier.core.anchor import Anchor
from dossier.core.entry import Part
from dossier.core.links import Links
from dossier.core.ref import Ref


def anchors(ref: Ref, parts: Iterable[Part], links: Links) -> tuple[Anchor, ...]:
    """The anchors of the entry at `ref` with these parts, by their start, the longest first."""
    inside = links.spans(ref)
    own: list[Anchor] = []
    start = 0
    for part in parts:
        end = start + len(part.text)
        if part.targets:
            own.append(Anchor(start, end, part.targets))
        start = end + 1
    return tuple(sorted((*own, *inside), key=lambda anchor: (anchor.start, -anchor.end))) if own else inside
