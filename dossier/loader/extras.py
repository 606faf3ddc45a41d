"""Read media, documents and glossary of an article.

Captions are read before everything else, because the words of a quote may stand in one; references to people in a
picture are read once the people are known.
"""

from dossier.core.dataclasses import NamedTuple
from dossier.core.model import Document, GlossaryTerm, Media
from dossier.core.ref import Ref
from dossier.loader.fields import ProblemLog, Record, claim_ids, flat, id_node, text_of
from dossier.loader.locator import EvidenceText, read_at
from dossier.loader.references import Directory, read_many
from dossier.loader.yaml_nodes import Mapping, Node, Sequence

_MEDIA_KEYS = ("id", "type", "caption", "credit", "url", "people", "orgs", "places")
_TERM_KEYS = ("term", "meaning")
_DOCUMENT_KEYS = ("url", "title", "at")


class Captioned(NamedTuple):
    """A media item with its caption; `record` is None if the item is not a mapping."""

    ref: Ref
    node: Node
    caption: str
    record: Record | None


def read_captions(article: str, top: Record, log: ProblemLog) -> tuple[Captioned, ...]:
    """Read the captions of the media items; `article` is the id of the article."""
    items = top.items("media")
    made = []
    claims = claim_ids("media", "m", tuple((item, id_node(item)) for item in items), log)
    for claim, item in zip(claims, items, strict=True):
        record = Record(item, _MEDIA_KEYS, log) if isinstance(item, Mapping) else None
        if record is None:
            log.wrong_shape(item, "media", "a mapping")
        caption = record.text("caption") if record else flat(item)
        made.append(Captioned(Ref(article, "media", claim.id), item, caption, record))
    return tuple(made)


def read_media(captioned: tuple[Captioned, ...], directory: Directory) -> tuple[Media, ...]:
    """Read the other fields of the media items."""
    made = []
    for ref, node, caption, record in captioned:
        if record is None:
            made.append(Media(ref, node.line, caption=caption))
            continue
        media = Media(
            ref,
            node.line,
            type=record.text("type"),
            caption=caption,
            credit=record.text("credit"),
            url=record.text("url"),
            people=read_many(record, "people", "person", directory),
            orgs=read_many(record, "orgs", "org", directory),
            places=read_many(record, "places", "place", directory),
            other=record.other(),
        )
        made.append(media)
    return tuple(made)


def read_documents(article: str, top: Record, evidence_text: EvidenceText, log: ProblemLog) -> tuple[Document, ...]:
    """Read the documents; one without a title is called by its URL."""
    made = []
    for number, item in enumerate(top.items("documents"), 1):
        ref = Ref(article, "document", f"d{number}")
        if not isinstance(item, Mapping):
            log.wrong_shape(item, "documents", "a mapping with title and url")
            made.append(Document(ref, item.line, flat(item)))
            continue
        record = Record(item, _DOCUMENT_KEYS, log)
        url = record.text("url")
        title = record.text("title") or url
        if not title:
            log.tell("wrong-shape", item, "this document has neither title nor url")
        evidence = read_at(record.node("at"), evidence_text, log).refs
        made.append(Document(ref, item.line, title, url, evidence, record.other()))
    return tuple(made)


def read_glossary(article: str, top: Record, log: ProblemLog) -> tuple[GlossaryTerm, ...]:
    """Read the terms of the glossary with their meanings."""
    node = top.node("glossary")
    if isinstance(node, Sequence):
        return _read_terms(article, top, log)
    if not isinstance(node, Mapping):
        if node is not None:
            top.wrong_shape("glossary", "a mapping, term: meaning, or a list of term and meaning,")
        return ()
    values = top.limited("glossary", tuple(value for _key, value in node.pairs))
    made: dict[Ref, GlossaryTerm] = {}
    for (key, _value), value in zip(node.pairs, values, strict=False):
        _add_term(made, article, key, flat(key), text_of(value, flat(key), log), log)
    return tuple(made.values())


def _read_terms(article: str, top: Record, log: ProblemLog) -> tuple[GlossaryTerm, ...]:
    """Read a glossary that is a list of mappings with term and meaning."""
    made: dict[Ref, GlossaryTerm] = {}
    for item in top.items("glossary"):
        if not isinstance(item, Mapping):
            log.wrong_shape(item, "glossary", "a mapping with term and meaning")
        elif len(item.pairs) == 1 and item.pairs[0][0].text not in _TERM_KEYS:
            # A list of term: meaning, one a line.
            key, value = item.pairs[0]
            _add_term(made, article, key, flat(key), text_of(value, flat(key), log), log)
        else:
            record = Record(item, _TERM_KEYS, log)
            _add_term(made, article, item, record.text("term"), record.text("meaning"), log)
    return tuple(made.values())


def _add_term(
    made: dict[Ref, GlossaryTerm], article: str, place: Node, term: str, meaning: str, log: ProblemLog
) -> None:
    """Add a term with its meaning; a term without a name is reported."""
    if not term:
        log.tell("wrong-shape", place, "glossary: the term is missing")
        return
    ref = Ref(article, "term", term)
    # Two terms may differ only in code points that are not shown, or be given twice in a list.
    while ref in made:
        ref = ref._replace(id=f"{ref.id}~")
    made[ref] = GlossaryTerm(ref, place.line, term, meaning)
