"""Read media, documents and glossary of an article.

Captions are read before everything else, because the words of a quote may stand in one; references to people in a
picture are read once the people are known.
"""

from collections import Counter

from dossier.core.dataclasses import NamedTuple
from dossier.core.model import Document, GlossaryTerm, Media
from dossier.core.ref import Ref
from dossier.loader.at_fields import read_at
from dossier.loader.entry_ids import assign_ids, find_id_node
from dossier.loader.evidence_text import EvidenceText
from dossier.loader.fields import MappingFields, flatten_node, flatten_within_limit, read_node_text
from dossier.loader.format_keys import DOCUMENT_KEYS, MEDIA_KEYS, TERM_KEYS, list_key_names
from dossier.loader.problem_log import ProblemLog
from dossier.loader.references import NameDirectory, read_references
from dossier.loader.yaml_nodes import MappingNode, SequenceNode, YamlNode

_MEDIA_KEYS = list_key_names(MEDIA_KEYS)
_TERM_KEYS = list_key_names(TERM_KEYS)
_DOCUMENT_KEYS = list_key_names(DOCUMENT_KEYS)


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
            cure = "write {url: …}" if flatten_node(item).startswith("http") else "write {caption: …}"
            log.report_shape(item, "media", "a mapping", cure)
        caption = record.text("caption") if record else flatten_within_limit(item, log)
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
            cure = "write {url: …}" if flatten_node(item).startswith("http") else "write {title: …}"
            log.report_shape(item, "documents", "a mapping with title and url", cure)
            made.append(Document(ref, item.line, flatten_within_limit(item, log)))
            continue
        record = MappingFields(item, _DOCUMENT_KEYS, log)
        url = record.text("url")
        title = record.text("title") or url
        if not title:
            log.report("wrong-shape", item, "this document has no title and no url")
        evidence = read_at(record.node("at"), evidence_text, log).refs
        made.append(Document(ref, item.line, title, url, evidence, record.unknown_fields()))
    return tuple(made)


def read_glossary(article: str, top: MappingFields, log: ProblemLog) -> tuple[GlossaryTerm, ...]:
    """Read the terms of the glossary with their meanings."""
    node = top.node("glossary")
    if isinstance(node, SequenceNode):
        return _read_terms(article, top, log)
    if not isinstance(node, MappingNode):
        if node is not None:
            top.report_field_shape("glossary", "a mapping (term: meaning) or a list of mappings with term and meaning")
        return ()
    values = top.apply_limit("glossary", tuple(value for _key, value in node.pairs))
    terms = _Terms(article, log)
    for (key, _value), value in zip(node.pairs, values, strict=False):
        terms.add(key, flatten_node(key), read_node_text(value, flatten_node(key), log))
    return tuple(terms.made.values())


def _read_terms(article: str, top: MappingFields, log: ProblemLog) -> tuple[GlossaryTerm, ...]:
    """Read a glossary that is a list of mappings with term and meaning."""
    terms = _Terms(article, log)
    for item in top.items("glossary"):
        if not isinstance(item, MappingNode):
            log.report_shape(item, "glossary", "a mapping with term and meaning")
        elif len(item.pairs) == 1 and item.pairs[0][0].text not in _TERM_KEYS:
            # A list of term: meaning, one a line.
            key, value = item.pairs[0]
            terms.add(key, flatten_node(key), read_node_text(value, flatten_node(key), log))
        else:
            record = MappingFields(item, _TERM_KEYS, log)
            terms.add(item, record.text("term"), record.text("meaning"))
    return tuple(terms.made.values())


class _Terms:
    """The terms of a glossary as they are read, each with an address of its own."""

    def __init__(self, article: str, log: ProblemLog) -> None:
        self.made: dict[Ref, GlossaryTerm] = {}
        self._article, self._log = article, log
        self._repeats: Counter[str] = Counter()

    def add(self, place: YamlNode, term: str, meaning: str) -> None:
        """Add a term with its meaning; a term without a name is reported."""
        if not term:
            self._log.report("wrong-shape", place, "glossary: no term")
            return
        ref = Ref(self._article, "term", term)
        # Two terms may differ only in code points that are not shown, or be given twice in a list.
        while ref in self.made:
            self._repeats[term] += 1
            number = self._repeats[term] + 1
            ref = ref._replace(id=f"{term}~{number if number > 2 else ''}")
        self.made[ref] = GlossaryTerm(ref, place.line, term, meaning)
