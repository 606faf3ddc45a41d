"""Read the quotes, and check them against the article.

Each form of quote makes another promise: in `direct` all words are verbatim, in `mixed` those between quote marks, in
the others none. An `at` is trusted for a paraphrase, and compared with the words for what should be verbatim.
"""

import re
from operator import add

from dossier.core.dataclasses import NamedTuple
from dossier.core.model import QUOTE_FORMS, EvidenceStatus, Quote, Reference
from dossier.core.ref import Ref
from dossier.loader.evidence import Evidence, find_evidence
from dossier.loader.fields import MappingFields, ProblemLog, assign_ids, clean_text, find_id_node, flatten_node
from dossier.loader.locator import AtField, EvidenceText, read_at
from dossier.loader.references import NameDirectory, read_reference
from dossier.loader.yaml_nodes import MappingNode, ScalarNode, SequenceNode, YamlNode
from dossier.text.folding import strip_quotes
from dossier.text.messages import abbreviate
from dossier.text.quote_marks import find_quoted_spans

_KEYS = ("id", "speaker", "speaker_text", "speaker_at", "to", "to_text", "form", "cue", "text", "at")
_SPEAKERS = ("person", "org")
_OMISSION = re.compile(r"\s*\[\s*(?:…|\.\s?\.\s?\.)\s*\]\s*")


class _QuoteText(NamedTuple):
    """The parts of the text of a quote, and the words that its form promises to be verbatim."""

    parts: tuple[str, ...]
    verbatim: tuple[str, ...]


class QuoteReader:
    """A reader of the quotes of one article."""

    def __init__(self, article: str, evidence_text: EvidenceText, directory: NameDirectory, log: ProblemLog) -> None:
        self._article, self._evidence_text, self._directory, self._log = article, evidence_text, directory, log

    def read(self, top: MappingFields) -> tuple[Quote, ...]:
        """Read all quotes, in the order of the file, and add each to the directory."""
        items = top.items("quotes")
        claims = assign_ids("quotes", "q", tuple((item, find_id_node(item)) for item in items), self._log)
        quotes: list[Quote] = []
        for claim, item in zip(claims, items, strict=True):
            ref = Ref(self._article, "quote", claim.id)
            self._directory.add_id(ref, claim.written)
            quotes.append(self._quote(ref, item))
        return tuple(quotes)

    def _quote(self, ref: Ref, node: YamlNode) -> Quote:
        if not isinstance(node, MappingNode):
            self._log.report_shape(node, "a quote", "a mapping, speaker: text,")
            return Quote(ref, node.line, (flatten_node(node),), evidence_status=EvidenceStatus.PARAPHRASE)
        if len(node.pairs) == 1 and node.pairs[0][0].text not in _KEYS:
            return self._short(ref, *node.pairs[0])
        record = MappingFields(node, _KEYS, self._log)
        form = record.text("form") or "direct"
        if form not in QUOTE_FORMS:
            cure = f"write one of {', '.join(QUOTE_FORMS)}"
            self._log.report("unknown-form", record.node_to_report("form"), f"{form!r} is no form: {cure}")
        speaker, speaker_text = (
            read_reference(record, "speaker", _SPEAKERS, self._directory),
            record.text("speaker_text"),
        )
        if not speaker and not speaker_text:
            cure = "write speaker: and an id, or speaker_text: and what the article calls the speaker"
            self._log.report("no-speaker", record.node_to_report("text"), f"the quote {ref.id} has no speaker: {cure}")
        text = record.node("text")
        said = self._read_text(text, form)
        if not said.parts and form != "reported":
            self._log.report("wrong-shape", record.node_to_report("text"), f"the quote {ref.id} has no text")
        at = read_at(record.node("at"), self._evidence_text, self._log)
        found = self._find_evidence(said, form, at, text or node)
        return Quote(
            ref,
            node.line,
            said.parts,
            speaker=speaker,
            speaker_text=speaker_text,
            speaker_at=read_at(record.node("speaker_at"), self._evidence_text, self._log).refs,
            to=read_reference(record, "to", _SPEAKERS, self._directory),
            to_text=record.text("to_text"),
            form=form,
            cue=record.text("cue"),
            evidence=found.refs,
            evidence_status=found.evidence_status,
            unknown_fields=record.unknown_fields(),
        )

    def _short(self, ref: Ref, speaker: ScalarNode, text: YamlNode) -> Quote:
        said = self._read_text(text, "direct")
        if not said.parts:
            self._log.report("wrong-shape", text, f"the quote {ref.id} has no text")
        found = self._find_evidence(said, "direct", AtField((), True), text)
        named: Reference = self._directory.resolve(speaker, _SPEAKERS)
        return Quote(ref, speaker.line, said.parts, named, evidence=found.refs, evidence_status=found.evidence_status)

    def _read_text(self, node: YamlNode | None, form: str) -> _QuoteText:
        texts = () if node is None else node.items if isinstance(node, SequenceNode) else (node,)
        written: list[str] = []
        for one in texts:
            if not isinstance(one, ScalarNode):
                self._log.report_shape(one, "text", "a text")
            written.append(flatten_node(one))
        parts = tuple(part for text in written for one in _OMISSION.split(text) if (part := _without_quote_marks(one)))
        if form == "direct":
            return _QuoteText(parts, parts)
        # This comes before splitting the text at omissions, since an omission may lie between two quote marks.
        quoted = (
            [text[start:end] for text in written for start, end in find_quoted_spans(text)] if form == "mixed" else []
        )
        return _QuoteText(
            parts,
            tuple(part for words in quoted for one in _OMISSION.split(words) if (part := _without_quote_marks(one))),
        )

    def _find_evidence(self, said: _QuoteText, form: str, at: AtField, text: YamlNode) -> Evidence:
        """Find where the words stand; problems are reported at the node `text`."""
        if not said.parts:
            return Evidence(at.refs, EvidenceStatus.PARAPHRASE)
        whole = find_evidence(said.parts, self._evidence_text, at.refs)
        found = whole
        if (
            form == "mixed"
            and said.verbatim
            and whole.evidence_status in (EvidenceStatus.ABSENT, EvidenceStatus.ELSEWHERE)
        ):
            found = find_evidence(said.verbatim, self._evidence_text, at.refs)
        if found.evidence_status == EvidenceStatus.ABSENT:
            return self._report_absent(said, form, at, text)
        if found.evidence_status == EvidenceStatus.ELSEWHERE and at.is_valid:
            message = f"the words are not in {_list_places(at.refs)}, but in {_list_places(found.refs)}: correct at:"
            self._log.report("quote-not-at-place", text, message)
        if found.evidence_status == EvidenceStatus.SEVERAL and not at.refs and at.is_valid:
            message = f"the words stand in several places ({_list_places(found.refs)}): say with at: which is meant"
            self._log.report("quote-in-several-places", text, message)
        settled = (
            found.evidence_status in (EvidenceStatus.FOUND, EvidenceStatus.SEVERAL)
            and form != "direct"
            and _is_exact(at)
        )
        return Evidence(at.refs, EvidenceStatus.FOUND) if settled else found

    def _report_absent(self, said: _QuoteText, form: str, at: AtField, text: YamlNode) -> Evidence:
        """Return the evidence of words that stand nowhere in the article.

        Words that should be verbatim are reported as missing; everything else is a paraphrase.
        """
        if said.verbatim:
            missing = next((one for one in said.verbatim if not self._evidence_text.find(one)), "")
            cure = "copy the words as they stand, or write form: indirect"
            message = f"{abbreviate(missing, 60)!r} is not in the article word for word: {cure}"
            self._log.report("not-verbatim", text, message)
            return Evidence(at.refs, EvidenceStatus.ABSENT)
        if form == "indirect" and at.is_valid and not _is_exact(at):
            cure = "say which ones they stand for, as in at: p3:12-48, or write form: reported"
            self._log.report("indirect-not-in-body", text, f"the article does not have these words: {cure}")
        return Evidence(at.refs, EvidenceStatus.PARAPHRASE)


def _is_exact(at: AtField) -> bool:
    """Return whether `at` points to runs of words; a whole paragraph does not say which words are meant."""
    return bool(at.refs) and all(ref.span for ref in at.refs)


def _without_quote_marks(part: str) -> str:
    """Return a part without the quote marks around it; marks that enclose words inside it stay."""
    part = clean_text(part)
    bare = strip_quotes(part)
    start = part.find(bare) if bare else 0
    end = start + len(bare)
    spans = find_quoted_spans(part)
    if (start, end) in spans:
        return bare
    if any(span[0] == start for span in spans):
        start = 0
    if any(span[1] == end for span in spans):
        end = len(part)
    return part[start:end].strip()


def _list_places(refs: tuple[Ref, ...]) -> str:
    """Return the first four places, as an `at` field writes them, and the number of the others."""
    names = [{"para": ref.id, "media": f"media:{ref.id}"}.get(ref.kind, ref.kind) for ref in refs[:4]]
    spans = [f":{ref.span[0]}-{ref.span[1]}" if ref.span else "" for ref in refs[:4]]
    more = f" and {len(refs) - 4} more" if len(refs) > 4 else ""
    return ", ".join(map(add, names, spans)) + more
