"""The quotes pane: the quotes by speaker, the speakers in the order in which they first speak."""

from collections.abc import Iterator, Mapping
from itertools import chain

from dossier.core.entry import Entry, Part
from dossier.core.links import Links
from dossier.core.model import FORMS, Article, Quote, Standing
from dossier.core.ref import Ref
from dossier.core.views.labels import evidence_words
from dossier.core.views.wording import anchors, one_of, others, parts_of, reference_part


def quotes(article: Article, links: Links, called: Mapping[Ref, str]) -> Iterator[Entry]:
    """Yield the quotes, grouped by speaker or, if there is none, by the text that names the source."""
    grouped: dict[str, list[Entry]] = {}
    for quote in article.quotes:
        entry = _quote(quote, links, called)
        grouped.setdefault(entry.group, []).append(entry)
    yield from chain.from_iterable(grouped.values())


def _quote(quote: Quote, links: Links, called: Mapping[Ref, str]) -> Entry:
    parts = [Part("text", quote.text, (), "" if quote.standing != Standing.ABSENT else str(quote.standing))]
    group = "No speaker given"
    if quote.speaker:
        speaker = reference_part("speaker", quote.speaker, called)
        group = speaker.text
        parts.append(speaker)
    elif quote.speaker_text:
        source = Ref(quote.ref.article, "source", quote.speaker_text)
        parts.append(Part("speaker", quote.speaker_text, (source,)))
        group = f"{quote.speaker_text}, unnamed"
    parts += parts_of(("cue", quote.cue))
    if quote.to:
        parts.append(reference_part("to", quote.to, called))
    parts += parts_of(("to", quote.to_text))
    parts += one_of("form", quote.form, FORMS)
    proof = evidence_words(quote.evidence)
    flaw = "" if quote.standing in (Standing.FOUND, Standing.PARAPHRASE) else str(quote.standing)
    parts += others(quote.other)
    own = anchors(quote.ref, parts, links)
    return Entry(quote.ref, tuple(parts), quote.line, group, proof, form=quote.form, flaw=flaw, anchors=own)
