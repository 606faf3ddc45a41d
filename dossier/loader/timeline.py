"""Read the timeline.

The evidence of an event without `at` is its `date_text`, if that stands in one place of the body only.
"""

from functools import lru_cache

from dossier.core.dates.date_bounds import DateError
from dossier.core.dates.edtf import parse_date
from dossier.core.dates.instants import begins_after_publication
from dossier.core.model import EVENT_STATUSES, Event, WrittenDate
from dossier.core.ref import Ref
from dossier.loader.at_fields import read_at, report_spent
from dossier.loader.entry_ids import assign_ids, find_id_node
from dossier.loader.evidence_text import EvidenceText
from dossier.loader.fields import MappingFields, flatten_within_limit, read_node_text
from dossier.loader.fixes import replace_by_nearest, replace_scalar
from dossier.loader.format_keys import EVENT_KEYS, list_key_names
from dossier.loader.problem_log import ProblemLog
from dossier.loader.references import NameDirectory, read_reference, read_references
from dossier.loader.yaml_nodes import MappingNode, ScalarNode, YamlNode, is_absent
from dossier.text.late_patterns import compile_late

_KEYS = list_key_names(EVENT_KEYS)
# Many events of an article, and of the next one, have one of a few dates.
_parsed = lru_cache(maxsize=1024)(parse_date)
# The year comes first: of 4/5/2023 nobody knows which is the month.
_NUMERIC_DATE = compile_late(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")


def read_date(node: YamlNode | None, name: str, log: ProblemLog) -> WrittenDate | None:
    """Return the date of a node, as written and parsed, None without a node; a faulty date is reported."""
    if node is None:
        return None
    written = read_node_text(node, name, log)
    if not isinstance(node, ScalarNode) or not log.check_meaning(node, name, written):
        return WrittenDate(written, None)
    try:
        return WrittenDate(written, _parsed(written))
    except DateError as error:
        log.report("bad-date", node, f"{name}: {error}", replace_scalar(node, _complete_date(written)))
        return WrittenDate(written, None)


def _complete_date(written: str) -> str:
    """Return a date of year, month and day whose parts lack zeros or hyphens as EDTF has it; "" if it is no such."""
    found = _NUMERIC_DATE().fullmatch(written)
    made = f"{found[1]}-{int(found[3]):02}-{int(found[4]):02}" if found else ""
    try:
        return _parsed(made).edtf if made else ""
    except DateError:
        return ""


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
        self._published = published.date if published else None

    def read(self, top: MappingFields) -> tuple[Event, ...]:
        """Read all events, in the order of the file."""
        items = top.items("timeline")
        claims = assign_ids("timeline", "e", tuple((item, find_id_node(item)) for item in items), self._log)
        refs = (Ref(self._article, "event", claim.id) for claim in claims)
        return tuple(self._event(ref, item) for ref, item in zip(refs, items, strict=True))

    def _event(self, ref: Ref, node: YamlNode) -> Event:
        if not isinstance(node, MappingNode):
            self._log.report_shape(node, "an event", "a mapping (date: what)")
            return Event(ref, node.line, flatten_within_limit(node, self._log))
        if len(node.pairs) == 1 and _is_date(node.pairs[0][0].text):
            key, value = node.pairs[0]
            return self._short(ref, None if is_absent(key) else key, value)
        record = MappingFields(node, _KEYS, self._log)
        date = read_date(record.node("date"), "date", self._log)
        date_text, what, status = record.text("date_text"), record.text("what"), record.text("status") or "happened"
        if not what:
            self._log.report(
                "wrong-shape", record.node_to_report("what"), f"the event {ref.id} does not say what happened"
            )
        if date is None and not date_text:
            self._report_no_date(ref, node)
        if status not in EVENT_STATUSES:
            cure, place = f"write one of {', '.join(EVENT_STATUSES)}", record.node_to_report("status")
            fix = replace_by_nearest(place, status, EVENT_STATUSES)
            self._log.report("unknown-status", place, f"{status!r} is not a status: {cure}", fix)
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

    def _short(self, ref: Ref, date: ScalarNode | None, what: YamlNode) -> Event:
        dated = read_date(date, "date", self._log)
        if date is None:
            self._report_no_date(ref, what)
        text = read_node_text(what, "what", self._log)
        if not text:
            self._log.report("wrong-shape", what, f"the event {ref.id} does not say what happened")
        self._check_day(ref, dated, "happened", date or what)
        return Event(ref, (date or what).line, text, dated)

    def _report_no_date(self, ref: Ref, place: YamlNode) -> None:
        self._log.report("wrong-shape", place, f"the event {ref.id} has no date: add `date:` or `date_text:`")

    def _check_day(self, ref: Ref, date: WrittenDate | None, status: str, place: YamlNode) -> None:
        """Report an event that begins after the article was published, unless it is planned."""
        if date and status != "planned" and begins_after_publication(date.date, self._published):
            cure = "if it was planned, add status: planned; if not, correct the date"
            message = f"the event {ref.id} begins after the article was published: {cure}"
            self._log.report("event-after-publication", place, message)

    def _evidence(self, record: MappingFields, date_text: str) -> tuple[Ref, ...]:
        at = read_at(record.node("at"), self._evidence_text, self._log)
        if not date_text:
            return at.refs
        spans = self._evidence_text.find_in_body(date_text)
        if self._evidence_text.is_spent:
            report_spent(record.node_to_report("date_text"), self._log)
        elif not spans:
            cure = "give the date in the article's own words, or remove date_text:"
            if other := self._evidence_text.find_in_other_case(date_text):
                there = self._evidence_text.text_of_all[slice(*other)]
                cure = f"only upper and lower case differ: write {there!r}"
            message = f"{date_text!r} is not in the body: {cure}"
            self._log.report("date-text-not-in-body", record.node_to_report("date_text"), message)
        if at.refs or len(spans) != 1:
            return at.refs
        return self._evidence_text.make_refs(spans)


def _is_date(key: str) -> bool:
    """Return whether the one key of an event is its date, and neither a known key nor another's word for one."""
    if key in _KEYS:
        return False
    from dossier.loader.key_typos import meant_by_other_word  # noqa: PLC0415 - only unknown keys need it

    return not meant_by_other_word(key, _KEYS)
