"""Read the `at` fields, which point into the texts of an article: p3, p3:12-48, headline, {p: p3, exact: the words}."""

import re

from dossier.core.dataclasses import NamedTuple
from dossier.core.ref import Ref
from dossier.loader.cost_limits import MOST_PLACES
from dossier.loader.evidence_text import MOST_IN_ENTRY, EvidenceText, name_place
from dossier.loader.fields import MappingFields, flatten_node
from dossier.loader.fixes import replace_scalar
from dossier.loader.format_keys import SELECTOR_KEYS, list_key_names
from dossier.loader.problem_log import ProblemLog
from dossier.loader.yaml_nodes import MappingNode, ScalarNode, SequenceNode, YamlNode, is_absent
from dossier.text.late_patterns import compile_late
from dossier.text.name_finder import normalize_name

_WORD = re.compile(r"(?P<place>headline|subtitle|p[0-9]+|media:[^\s:]+)(?::(?P<start>[0-9]{1,9})-(?P<end>[0-9]{1,9}))?")
_PARAGRAPH_NUMBER = compile_late(r"(?i:¶|p|para/p|para(?:graph)?|#para/p)?[ ._]?([0-9]{1,9})")
_SELECTOR = list_key_names(SELECTOR_KEYS)
# How the number of a paragraph is written elsewhere.
_NUMBER = compile_late(r"(?:(?:paragraph|para|par\.|¶|P)\s*)?([1-9][0-9]{0,8})")
_HOW_TO_WRITE = "write p3, p3:12-48, headline, subtitle, media:m1, or {p: p3, exact: the words}"


class AtField(NamedTuple):
    """The value of an `at` field: the valid addresses in it, and whether all of them are valid."""

    refs: tuple[Ref, ...]
    is_valid: bool


_NO_PLACE = AtField((), True)


def read_at(node: YamlNode | None, evidence_text: EvidenceText, log: ProblemLog) -> AtField:
    """Read the addresses of an `at`, a `speaker_at` or a list of mentions; faulty ones are reported."""
    if node is None:
        return _NO_PLACE
    nodes = [one for one in (node.items if isinstance(node, SequenceNode) else (node,)) if not is_absent(one)]
    refs: dict[Ref, None] = {}
    holds = True
    for one in nodes:
        if evidence_text.is_spent:
            report_spent(one, log)
            break
        evidence_text.spend_place()
        if isinstance(one, MappingNode):
            ref = _read_selector(one, evidence_text, log)
        elif isinstance(one, ScalarNode):
            ref = _read_address(one, flatten_node(one), evidence_text, log)
        else:
            log.report("bad-at", one, f"a list inside a list is not a place: {_HOW_TO_WRITE}")
            ref = None
        if ref is None:
            holds = False
        else:
            refs[ref] = None
    return AtField(tuple(refs), holds)


def report_spent(node: YamlNode, log: ProblemLog) -> None:
    """Report, once for a file, that from a node on no places are read or looked for."""
    words = f"the entries stand in more than {MOST_PLACES:,} places, or looking for their words takes too long"
    log.report_cut_short(node, f"{words}: from here on no places are read or looked for; split the file")


def _read_address(node: YamlNode, written: str, evidence_text: EvidenceText, log: ProblemLog) -> Ref | None:
    """Return the address in `written`, such as p3:12-48; None if it is faulty, which is reported."""
    form = _WORD.fullmatch(written)
    if form is None:
        number = _NUMBER().fullmatch(written)
        cure = f"write p{number[1]}" if number else _HOW_TO_WRITE
        fix = replace_scalar(node, _plain_address(written, evidence_text))
        log.report("bad-at", node, f"{written!r} is not a place: {cure}", fix)
        return None
    name = form["place"]
    ref = evidence_text.find_entry_ref(name)
    if ref is None:
        log.report("bad-at", node, _describe_missing(name, evidence_text))
    if ref is None or form["start"] is None:
        return ref
    start, end = int(form["start"]), int(form["end"])
    if start >= end:
        log.report("bad-at", node, f"{written}: the span is empty or runs backwards; the end is not part of it")
        return None
    if end > (length := evidence_text.measure_entry(ref)):
        log.report("bad-at", node, f"{written}: the span ends too late, {name} has {length:,} characters")
        return None
    return ref.with_span(start, end)


def _plain_address(written: str, evidence_text: EvidenceText) -> str:
    """Return the paragraph that ¶3, P3, para/p3 or paragraph 3 means, as `at` writes it; "" for anything else."""
    found = _PARAGRAPH_NUMBER().fullmatch(written)
    name = f"p{int(found[1])}" if found else ""
    return name if evidence_text.find_entry_ref(name) else ""


def _describe_missing(name: str, evidence_text: EvidenceText) -> str:
    if name == "p0":
        return f"no p0: the paragraphs are p1 to {evidence_text.last_paragraph}"
    if name.startswith("p"):
        return f"no {name}: the last paragraph is {evidence_text.last_paragraph}"
    if name.startswith("media:"):
        return f"no {name} with a caption: write media: and the id of a media item that has one"
    return f"the article has no {name}"


def _read_selector(node: MappingNode, evidence_text: EvidenceText, log: ProblemLog) -> Ref | None:
    """Return the address that a mapping with p and exact selects; None if it is faulty, which is reported."""
    record = MappingFields(node, _SELECTOR, log)
    name = record.node("p")
    if name is None:
        log.report("bad-at", node, f"missing p, the place to look in: {_HOW_TO_WRITE}")
        return None
    ref = _read_address(name, flatten_node(name), evidence_text, log)
    exact = record.node("exact")
    if ref is None or exact is None:
        if exact is None and (record.node("prefix") or record.node("suffix")):
            log.report("bad-at", node, "missing exact, the words between prefix and suffix")
            return None
        return ref
    words = record.text("exact")
    found = evidence_text.find_in_entry(words, ref)
    if evidence_text.is_spent:
        report_spent(exact, log)
        return None
    prefix, suffix = normalize_name(record.text("prefix")), normalize_name(record.text("suffix"))
    fitting = [span for span in found if evidence_text.has_context(prefix, span, suffix)]
    if len(fitting) == 1:
        return evidence_text.make_refs(fitting)[0]
    if fitting:
        number = f"{len(fitting)} times" if len(found) < MOST_IN_ENTRY else "very many times"
        times = f"{words!r} occurs {number} in {flatten_node(name)}"
        log.report("bad-at", exact, f"{times}: add prefix or suffix, the words before or after it")
    else:
        cure = "copy the words exactly, or correct p:"
        between = " with this prefix and suffix" if found else ""
        if not found and (elsewhere := evidence_text.make_refs(evidence_text.find(words)[:1])):
            between, cure = f", but in {name_place(elsewhere[0].entry)}", "correct p:"
        log.report("exact-not-found", exact, f"{words!r} is not in {flatten_node(name)}{between}: {cure}")
    return None
