"""Read media, documents and glossary of an article.

Captions are read before everything else, because the words of a quote may stand in one; references to people in a
picture are read once the people are known.
"""

from dossier.core.dataclasses import NamedTuple
from dossier.core.model import Document, GlossaryTerm, Media
from dossier.core.ref import Ref
from dossier.loader.fields import MappingFields, ProblemLog, assign_ids, find_id_node, flatten_node, read_node_text
from dossier.loader.locator import EvidenceText, read_at
from dossier.loader.references import NameDirectory, read_references
from dossier.loader.yaml_nodes import MappingNode, YamlNode

_MEDIA_KEYS = ("id", "type", "caption", "credit", "url", "people", "orgs", "places")
_DOCUMENT_KEYS = ("url", "title", "at")


class CaptionedItem(NamedTuple):
    """A media item with its caption; `record` is None if the item is not a mapping."""

    ref: Ref
    node: YamlNode
    caption: str
    record: MappingFields | None


def read_captions(article: str, top: MappingFields, log: ProblemLog) -> tuple[CaptionedItem, ...]:
    """Read the captions of the media items; `article` is the id of the article."""
    items = top.items("media")
    made = []
    claims = assign_ids("media", "m", tuple((item, find_id_node(item)) for item in items), log)
    for claim, item in zip(claims, items, strict=True):
        record = MappingFields(item, _MEDIA_KEYS, log) if isinstance(item, MappingNode) else None
        if record is None:
            log.report_shape(item, "media", "a mapping")
        caption = record.text("caption") if record else flatten_node(item)
        made.append(CaptionedItem(Ref(article, "media", claim.id), item, caption, record))
    return tuple(made)


def read_media(captioned: tuple[CaptionedItem, ...], directory: NameDirectory) -> tuple[Media, ...]:
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
            people=read_references(record, "people", "person", directory),
            orgs=read_references(record, "orgs", "org", directory),
            places=read_references(record, "places", "place", directory),
            unknown_fields=record.unknown_fields(),
        )
        made.append(media)
    return tuple(made)


def read_documents(
    article: str, top: MappingFields, evidence_text: EvidenceText, log: ProblemLog
) -> tuple[Document, ...]:
    """Read the documents; one without a title is called by its URL."""
    made = []
    for number, item in enumerate(top.items("documents"), 1):
        ref = Ref(article, "document", f"d{number}")
        if not isinstance(item, MappingNode):
            log.report_shape(item, "documents", "a mapping with title and url")
            made.append(Document(ref, item.line, flatten_node(item)))
            continue
        record = MappingFields(item, _DOCUMENT_KEYS, log)
        url = record.text("url")
        title = record.text("title") or url
        if not title:
            log.report("wrong-shape", item, "this document has neither title nor url")
        evidence = read_at(record.node("at"), evidence_text, log).refs
        made.append(Document(ref, item.line, title, url, evidence, record.unknown_fields()))
    return tuple(made)


def read_glossary(article: str, top: MappingFields, log: ProblemLog) -> tuple[GlossaryTerm, ...]:
    """Read the terms of the glossary with their meanings."""
    node = top.node("glossary")
    if not isinstance(node, MappingNode):
        if node is not None:
            top.report_field_shape("glossary", "a mapping, term: meaning,")
        return ()
    values = top.apply_limit("glossary", tuple(value for _key, value in node.pairs))
    made: dict[Ref, GlossaryTerm] = {}
    for (key, _value), value in zip(node.pairs, values, strict=False):
        term = flatten_node(key)
        ref = Ref(article, "term", term)
        # Two keys may differ only in code points that are not shown.
        while ref in made:
            ref = ref._replace(id=f"{ref.id}~")
        made[ref] = GlossaryTerm(ref, key.line, term, read_node_text(value, term, log))
    return tuple(made.values())
