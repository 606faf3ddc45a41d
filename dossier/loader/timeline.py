"""Read the timeline.

The evidence of an event without `at` is its `date_text`, if that stands in one place of the body only.
"""

from functools import lru_cache

from dossier.core.dates.edtf import DateError, parse_date
from dossier.core.model import EVENT_STATUSES, Event, WrittenDate
from dossier.core.ref import Ref
from dossier.loader.fields import MappingFields, ProblemLog, assign_ids, find_id_node, flatten_node, read_node_text
from dossier.loader.locator import EvidenceText, read_at
from dossier.loader.references import NameDirectory, read_reference, read_references
from dossier.loader.yaml_nodes import MappingNode, ScalarNode, YamlNode

_KEYS = ("id", "date", "date_text", "what", "status", "people", "orgs", "places", "quote", "at", "note")
# Many events of an article, and of the next one, have one of a few dates.
_parsed = lru_cache(maxsize=4096)(parse_date)


def read_date(node: YamlNode | None, name: str, log: ProblemLog) -> WrittenDate | None:
    """Return the date of a node, as written and parsed, None without a node; a faulty date is reported."""
    if node is None:
        return None
    written = read_node_text(node, name, log)
    if not isinstance(node, ScalarNode):
        return WrittenDate(written, None)
    try:
        return WrittenDate(written, _parsed(written))
    except DateError as error:
        log.report("bad-date", node, f"{name}: {error}")
        return WrittenDate(written, None)


class TimelineReader:
    """A reader of the events of one article, which was published on the date `published`."""

    def __init__(
        self,
        article: str,
        evidence_text: EvidenceText,
        directory: NameDirectory,
        published: WrittenDate | None,
        log: ProblemLog,
    ) -> None:
        self._article, self._evidence_text, self._directory, self._log = article, evidence_text, directory, log
        self._published = published.date.latest if published and published.date else None

    def read(self, top: MappingFields) -> tuple[Event, ...]:
        """Read all events, in the order of the file."""
        items = top.items("timeline")
        claims = assign_ids("timeline", "e", tuple((item, find_id_node(item)) for item in items), self._log)
        refs = (Ref(self._article, "event", claim.id) for claim in claims)
        return tuple(self._event(ref, item) for ref, item in zip(refs, items, strict=True))

    def _event(self, ref: Ref, node: YamlNode) -> Event:
        if not isinstance(node, MappingNode):
            self._log.report_shape(node, "an event", "a mapping, date: what,")
            return Event(ref, node.line, flatten_node(node))
        if len(node.pairs) == 1 and node.pairs[0][0].text not in _KEYS:
            return self._short(ref, *node.pairs[0])
        record = MappingFields(node, _KEYS, self._log)
        date = read_date(record.node("date"), "date", self._log)
        date_text, what, status = record.text("date_text"), record.text("what"), record.text("status") or "happened"
        if not what:
            self._log.report(
                "wrong-shape", record.node_to_report("what"), f"the event {ref.id} does not say what happened"
            )
        if date is None and not date_text:
            self._log.report("wrong-shape", node, f"the event {ref.id} has no date: write date: or date_text:")
        if status not in EVENT_STATUSES:
            cure = f"write one of {', '.join(EVENT_STATUSES)}"
            self._log.report("unknown-status", record.node_to_report("status"), f"{status!r} is no status: {cure}")
        self._check_day(ref, date, status, record.node_to_report("date"))
        return Event(
            ref,
            node.line,
            what,
            date,
            date_text,
            status,
            people=read_references(record, "people", "person", self._directory),
            orgs=read_references(record, "orgs", "org", self._directory),
            places=read_references(record, "places", "place", self._directory),
            quote=read_reference(record, "quote", ("quote",), self._directory),
            evidence=self._evidence(record, date_text),
            note=record.text("note"),
            unknown_fields=record.unknown_fields(),
        )

    def _short(self, ref: Ref, date: ScalarNode, what: YamlNode) -> Event:
        dated = read_date(date, "date", self._log)
        text = read_node_text(what, "what", self._log)
        if not text:
            self._log.report("wrong-shape", what, f"the event {ref.id} does not say what happened")
        self._check_day(ref, dated, "happened", date)
        return Event(ref, date.line, text, dated)

    def _check_day(self, ref: Ref, date: WrittenDate | None, status: str, place: YamlNode) -> None:
        """Report an event that begins after the article was published, unless it is planned."""
        earliest = date.date.earliest if date and date.date else None
        if earliest and self._published and earliest > self._published and status != "planned":
            cure = "if it was still to come, write status: planned; if not, correct the date"
            message = f"the event {ref.id} begins after the article was published: {cure}"
            self._log.report("event-after-publication", place, message)

    def _evidence(self, record: MappingFields, date_text: str) -> tuple[Ref, ...]:
        at = read_at(record.node("at"), self._evidence_text, self._log)
        if not date_text:
            return at.refs
        spans = self._evidence_text.find_in_body(date_text)
        if not spans:
            cure = "give the date in the article's own words, or leave date_text: out"
            message = f"{date_text!r} does not stand in the body: {cure}"
            self._log.report("date-text-not-in-body", record.node_to_report("date_text"), message)
        if at.refs or len(spans) != 1:
            return at.refs
        return self._evidence_text.make_refs(spans)
