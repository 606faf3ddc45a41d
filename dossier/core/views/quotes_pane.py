"""The quotes pane: the quotes by speaker, the speakers in the order in which they first speak."""

from collections.abc import Iterator, Mapping
from itertools import chain

from dossier.core.entry import Entry, Part
from dossier.core.links import Links
from dossier.core.model import QUOTE_FORMS, Article, EvidenceStatus, Quote
from dossier.core.ref import Ref
from dossier.core.views.labels import format_evidence
from dossier.core.views.wording import (
    find_anchors,
    make_choice_parts,
    make_parts,
    make_reference_part,
    make_unknown_parts,
)


def make_quote_entries(article: Article, links: Links, called: Mapping[Ref, str]) -> Iterator[Entry]:
    """Yield the quotes, grouped by speaker or, if there is none, by the text that names the source."""
    grouped: dict[str, list[Entry]] = {}
    for quote in article.quotes:
        entry = _quote(quote, links, called)
        grouped.setdefault(entry.group, []).append(entry)
    yield from chain.from_iterable(grouped.values())


def _quote(quote: Quote, links: Links, called: Mapping[Ref, str]) -> Entry:
    parts = [
        Part(
            "text", quote.text, (), "" if quote.evidence_status != EvidenceStatus.ABSENT else str(quote.evidence_status)
        )
    ]
    group = "No speaker given"
    if quote.speaker:
        speaker = make_reference_part("speaker", quote.speaker, called)
        group = speaker.text
        parts.append(speaker)
    elif quote.speaker_text:
        source = Ref(quote.ref.article, "source", quote.speaker_text)
        parts.append(Part("speaker", quote.speaker_text, (source,)))
        group = f"{quote.speaker_text}, unnamed"
    parts += make_parts(("cue", quote.cue))
    if quote.to:
        parts.append(make_reference_part("to", quote.to, called))
    parts += make_parts(("to", quote.to_text))
    parts += make_choice_parts("form", quote.form, QUOTE_FORMS)
    proof = format_evidence(quote.evidence)
    flaw = (
        "" if quote.evidence_status in (EvidenceStatus.FOUND, EvidenceStatus.PARAPHRASE) else str(quote.evidence_status)
    )
    parts += make_unknown_parts(quote.unknown_fields)
    own = find_anchors(quote.ref, parts, links)
    return Entry(quote.ref, tuple(parts), quote.line, group, proof, form=quote.form, flaw=flaw, anchors=own)
