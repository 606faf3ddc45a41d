"""Read the quotes, and check them against the article.

Each form of quote makes another promise: in `direct` all words are verbatim, in `mixed` those between quote marks, in
the others none. An `at` is trusted for a paraphrase, and compared with the words for what should be verbatim.
"""

from operator import add
from typing import TYPE_CHECKING

from dossier.core.dataclasses import NamedTuple
from dossier.core.model import QUOTE_FORMS, EvidenceStatus, Quote, Reference
from dossier.core.ref import Ref
from dossier.loader.at_fields import AtField, read_at, report_spent
from dossier.loader.cost_limits import LONGEST_TEXT, describe_long_text
from dossier.loader.entry_ids import assign_ids, find_id_node
from dossier.loader.evidence import Evidence, find_evidence
from dossier.loader.evidence_text import EvidenceText, name_place
from dossier.loader.fields import MappingFields, clean_text, flatten_within_limit
from dossier.loader.fixes import replace_by_nearest
from dossier.loader.format_keys import QUOTE_KEYS, list_key_names
from dossier.loader.problem_log import ProblemLog
from dossier.loader.references import NameDirectory, read_reference
from dossier.loader.yaml_nodes import CUT, MappingNode, ScalarNode, SequenceNode, YamlNode, is_absent
from dossier.text.late_patterns import compile_late
from dossier.text.messages import abbreviate, count_noun
from dossier.text.quote_marks import find_quoted_spans
from dossier.text.verbatim import strip_quotes

if TYPE_CHECKING:
    from dossier.loader.missing_words import MissingWords

_KEYS = list_key_names(QUOTE_KEYS)
_SPEAKERS = ("person", "org")
# Code points before a quote in which the person is looked for whom a pronoun means, and for how many quotes.
_BEFORE = 2_000
_MOST_PRONOUNS = 100
# Without the white space around it: to look for that takes time by the square of the length of a run.
_OMISSION = compile_late(r"\[\s*(?:…|\.\s?\.\s?\.)\s*\]")


class _QuoteText(NamedTuple):
    """The parts of the text of a quote, and the words that its form promises to be verbatim."""

    parts: tuple[str, ...]
    verbatim: tuple[str, ...]


class QuoteReader:
    """A reader of the quotes of one article."""

    def __init__(self, article: str, evidence_text: EvidenceText, directory: NameDirectory, log: ProblemLog) -> None:
        self._article, self._evidence_text, self._directory, self._log = article, evidence_text, directory, log
        self._missing: MissingWords | None = None
        self._pronouns = 0

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
            self._log.report_shape(node, "a quote", "a mapping (speaker: text)")
            return Quote(
                ref, node.line, (flatten_within_limit(node, self._log),), evidence_status=EvidenceStatus.PARAPHRASE
            )
        if len(node.pairs) == 1 and self._is_speaker(node.pairs[0][0].text):
            key, value = node.pairs[0]
            return self._short(ref, None if is_absent(key) else key, value)
        record = MappingFields(node, _KEYS, self._log)
        form = record.text("form") or "direct"
        if form not in QUOTE_FORMS:
            cure, place = f"write one of {', '.join(QUOTE_FORMS)}", record.node_to_report("form")
            fix = replace_by_nearest(place, form, QUOTE_FORMS)
            self._log.report("unknown-form", place, f"{form!r} is not a form: {cure}", fix)
        speaker, speaker_text = self._speaker(record.node("speaker"), record), record.text("speaker_text")
        if not speaker and not speaker_text:
            self._report_no_speaker(ref, record.node_to_report("text"))
        text = record.node("text")
        said = self._read_text(text, form)
        if not said.parts and form != "reported":
            self._log.report("wrong-shape", record.node_to_report("text"), f"the quote {ref.id} has no text")
        at = read_at(record.node("at"), self._evidence_text, self._log)
        found = self._find_evidence(said, form, at, text or node)
        self._report_pronoun(record.node("speaker"), found)
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

    def _report_no_speaker(self, ref: Ref, place: YamlNode) -> None:
        cure = "add `speaker: ID`, or `speaker_text:` with what the article calls the speaker"
        self._log.report("no-speaker", place, f"the quote {ref.id} has no speaker: {cure}")

    def _short(self, ref: Ref, speaker: ScalarNode | None, text: YamlNode) -> Quote:
        said = self._read_text(text, "direct")
        if not said.parts:
            self._log.report("wrong-shape", text, f"the quote {ref.id} has no text")
        found = self._find_evidence(said, "direct", AtField((), True), text)
        if speaker is None:
            self._report_no_speaker(ref, text)
        else:
            self._report_pronoun(speaker, found)
        named = self._named(speaker) if speaker else None
        return Quote(
            ref, (speaker or text).line, said.parts, named, evidence=found.refs, evidence_status=found.evidence_status
        )

    def _is_speaker(self, key: str) -> bool:
        """Return whether the one key of a quote names its speaker, and is neither a known key nor another's word."""
        if key in _KEYS:
            return False
        from dossier.loader.key_typos import meant_by_other_word  # noqa: PLC0415 - only unknown keys need it

        return not meant_by_other_word(key, _KEYS) or bool(self._directory.find_targets(key, _SPEAKERS))

    def _speaker(self, node: YamlNode | None, record: MappingFields) -> Reference | None:
        return (
            self._named(node)
            if isinstance(node, ScalarNode)
            else read_reference(record, "speaker", _SPEAKERS, self._directory)
        )

    def _named(self, speaker: ScalarNode) -> Reference:
        """Return whom a speaker means; a pronoun means nobody, and is reported where the evidence is known."""
        written = flatten_within_limit(speaker, self._log)
        if self._directory.is_pronoun(written, _SPEAKERS):
            return Reference(written, ())
        return self._directory.resolve(speaker, _SPEAKERS)

    def _report_pronoun(self, speaker: YamlNode | None, found: Evidence) -> None:
        """Report a speaker that is a pronoun, with the person who is named last before the words."""
        if not isinstance(speaker, ScalarNode) or not self._directory.is_pronoun(clean_text(speaker.text), _SPEAKERS):
            return
        self._pronouns += 1
        known = ""
        if found.refs and self._pronouns <= _MOST_PRONOUNS:
            people = self._directory.people_named(*self._evidence_text.text_around(found.refs[0], _BEFORE))
            known = f" (named near it: {', '.join(one.id for one in people)})" if people else ""
        cure = f"write the id of the person meant{known}, or speaker_text: and the article's words"
        self._log.report("unknown-reference", speaker, f"{clean_text(speaker.text)!r} is a pronoun: {cure}")

    def _read_text(self, node: YamlNode | None, form: str) -> _QuoteText:
        texts = () if node is None else node.items if isinstance(node, SequenceNode) else (node,)
        written: list[str] = []
        length = 0
        for one in texts:
            if not isinstance(one, ScalarNode):
                self._log.report_shape(one, "text", "a text")
            written.append(flatten_within_limit(one, self._log))
            length += len(written[-1])
            if length > LONGEST_TEXT:
                self._log.report_cut_short(one, describe_long_text())
                break
        parts = tuple(part for text in written for one in _split(text) if (part := _without_quote_marks(one)))
        if form == "direct":
            return _QuoteText(parts, parts)
        # This comes before splitting the text at omissions, since an omission may lie between two quote marks.
        quoted = (
            [text[start:end] for text in written for start, end in find_quoted_spans(text)] if form == "mixed" else []
        )
        return _QuoteText(
            parts,
            tuple(part for words in quoted for one in _split(words) if (part := _without_quote_marks(one))),
        )

    def _find_evidence(self, said: _QuoteText, form: str, at: AtField, text: YamlNode) -> Evidence:
        """Find where the words stand; problems are reported at the node `text`."""
        if not said.parts:
            return Evidence(at.refs, EvidenceStatus.PARAPHRASE)
        whole = find_evidence(said.parts, self._evidence_text, at.refs)
        if form == "direct" and whole.evidence_status is EvidenceStatus.FOUND and not self._evidence_text.is_spent:
            return whole
        if form == "mixed" and not said.verbatim:
            self._report_unmarked(text)
            is_found = whole.evidence_status in (EvidenceStatus.FOUND, EvidenceStatus.SEVERAL)
            return Evidence(whole.refs if is_found else at.refs, EvidenceStatus.UNMARKED)
        found = whole
        if (
            form == "mixed"
            and said.verbatim
            and whole.evidence_status in (EvidenceStatus.ABSENT, EvidenceStatus.ELSEWHERE)
        ):
            found = find_evidence(said.verbatim, self._evidence_text, at.refs)
        if self._evidence_text.is_spent:
            report_spent(text, self._log)
            return Evidence(at.refs, EvidenceStatus.UNSEARCHED)
        if found.evidence_status == EvidenceStatus.ABSENT:
            return self._report_absent(said, form, at, text)
        if found.evidence_status == EvidenceStatus.ELSEWHERE and at.is_valid and not _is_cut(text):
            words, places = _describe_doubtful(found, said, "is", "are")
            message = f"{words} not in {_list_places(at.refs)}, but in {places}: correct at:"
            self._log.report("quote-not-at-place", text, message)
        if found.evidence_status == EvidenceStatus.SEVERAL and not at.refs and at.is_valid and not _is_cut(text):
            words, places = _describe_doubtful(found, said, "occurs", "occur")
            message = f"{words} in several places ({places}): add at: to say which one"
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
        if _is_cut(text):
            return Evidence(at.refs, EvidenceStatus.ABSENT if said.verbatim else EvidenceStatus.PARAPHRASE)
        if said.verbatim:
            from dossier.loader.missing_words import MissingWords  # noqa: PLC0415 - only a faulty file needs it

            self._missing = self._missing or MissingWords(self._evidence_text, self._log)
            self._missing.report(said.verbatim, text)
            return Evidence(at.refs, EvidenceStatus.ABSENT)
        if form == "indirect" and at.is_valid and not _is_exact(at):
            cure = "add the place of the words they render, as in at: p3:12-48, or write form: reported"
            self._log.report("indirect-not-in-body", text, f"these words are not in the article: {cure}")
        return Evidence(at.refs, EvidenceStatus.PARAPHRASE)

    def _report_unmarked(self, text: YamlNode) -> None:
        cure = "put the words that the article quotes in quote marks, or write form: indirect"
        message = "a mixed quote without quote marks does not say which words are the speaker's own"
        if not _is_cut(text):
            self._log.report("mixed-without-marks", text, f"{message}: {cure}")


def _is_cut(node: YamlNode) -> bool:
    """Return whether commas had cut this text, which is reported; what follows from that is no second finding."""
    return isinstance(node, ScalarNode) and node.style == CUT


def _is_exact(at: AtField) -> bool:
    """Return whether `at` points to runs of words; a whole paragraph does not say which words are meant."""
    return bool(at.refs) and all(ref.span for ref in at.refs)


def _describe_doubtful(found: Evidence, said: _QuoteText, singular: str, plural: str) -> tuple[str, str]:
    """Return the subject of a message about the doubtful words, with its verb, and their places.

    Of a split quote, only the first doubtful part is named, and how many others there are.
    """
    if not found.doubtful or said.parts == (found.doubtful[0][0],):
        return f"the words {plural}", _list_places(found.refs)
    part, places = found.doubtful[0]
    others = len(found.doubtful) - 1
    more = f", and {count_noun(others, 'other part')}," if others else ""
    return f"{abbreviate(part, 60)!r}{more} {plural if others else singular}", _list_places(places)


def _split(text: str) -> list[str]:
    """Return the pieces of a text between the signs that something is left out."""
    return _OMISSION().split(text) if "[" in text else [text]


def _without_quote_marks(part: str) -> str:
    """Return a part without the quote marks around it; marks that enclose words inside it stay."""
    part = clean_text(part)
    bare = strip_quotes(part)
    if bare == part:
        return part
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
    names = [name_place(ref) for ref in refs[:4]]
    spans = [f":{ref.span[0]}-{ref.span[1]}" if ref.span else "" for ref in refs[:4]]
    more = f" and {len(refs) - 4} more" if len(refs) > 4 else ""
    return ", ".join(map(add, names, spans)) + more
