"""The quotes, and whether the article bears them out.

Decided here is what each form owes the article: `direct` all its words, `mixed` those between quote marks, the others
none. What an `at` points to is believed for a paraphrase, and held against the words for what is verbatim.
"""

import re
from operator import add

from dossier.core.dataclasses import NamedTuple
from dossier.core.model import FORMS, Quote, Reference, Standing
from dossier.core.ref import Ref
from dossier.loader.evidence import Evidence, look_up
from dossier.loader.fields import ProblemLog, Record, claim_ids, flat, id_node, shown_text
from dossier.loader.locator import At, EvidenceText, read_at
from dossier.loader.references import Directory, read_one
from dossier.loader.yaml_nodes import Mapping, Node, Scalar, Sequence
from dossier.text.folding import strip_quotes
from dossier.text.messages import abbreviate
from dossier.text.quote_marks import quoted_spans

_KEYS = ("id", "speaker", "speaker_text", "speaker_at", "to", "to_text", "form", "cue", "text", "at")
_SPEAKERS = ("person", "org")
_LEFT_OUT = re.compile(r"\s*\[\s*(?:…|\.\s?\.\s?\.)\s*\]\s*")


class _Said(NamedTuple):
    """What was said: the parts of the text, and the words that the form promises to be verbatim."""

    parts: tuple[str, ...]
    verbatim: tuple[str, ...]


class QuoteReader:
    """Reads the quotes of one article."""

    def __init__(self, article: str, ground: EvidenceText, directory: Directory, faults: ProblemLog) -> None:
        self._article, self._ground, self._directory, self._faults = article, ground, directory, faults

    def read(self, top: Record) -> tuple[Quote, ...]:
        """Every quote, in the order of the file; each is entered in the directory."""
        items = top.items("quotes")
        claims = claim_ids("quotes", "q", tuple((item, id_node(item)) for item in items), self._faults)
        quotes: list[Quote] = []
        for claim, item in zip(claims, items, strict=True):
            ref = Ref(self._article, "quote", claim.id)
            self._directory.add_id(ref, claim.written)
            quotes.append(self._quote(ref, item))
        return tuple(quotes)

    def _quote(self, ref: Ref, node: Node) -> Quote:
        if not isinstance(node, Mapping):
            self._faults.wrong_shape(node, "a quote", "a mapping, speaker: text,")
            return Quote(ref, node.line, (flat(node),), standing=Standing.PARAPHRASE)
        if len(node.pairs) == 1 and node.pairs[0][0].text not in _KEYS:
            return self._short(ref, *node.pairs[0])
        record = Record(node, _KEYS, self._faults)
        form = record.text("form") or "direct"
        if form not in FORMS:
            cure = f"write one of {', '.join(FORMS)}"
            self._faults.tell("unknown-form", record.where("form"), f"{form!r} is no form: {cure}")
        speaker, speaker_text = read_one(record, "speaker", _SPEAKERS, self._directory), record.text("speaker_text")
        if not speaker and not speaker_text:
            cure = "write speaker: and an id, or speaker_text: and what the article calls the speaker"
            self._faults.tell("no-speaker", record.where("text"), f"the quote {ref.id} has no speaker: {cure}")
        text = record.node("text")
        said = self._said(text, form)
        if not said.parts and form != "reported":
            self._faults.tell("wrong-shape", record.where("text"), f"the quote {ref.id} has no text")
        at = read_at(record.node("at"), self._ground, self._faults)
        found = self._proved(said, form, at, text or node)
        return Quote(
            ref,
            node.line,
            said.parts,
            speaker=speaker,
            speaker_text=speaker_text,
            speaker_at=read_at(record.node("speaker_at"), self._ground, self._faults).refs,
            to=read_one(record, "to", _SPEAKERS, self._directory),
            to_text=record.text("to_text"),
            form=form,
            cue=record.text("cue"),
            evidence=found.refs,
            standing=found.standing,
            other=record.other(),
        )

    def _short(self, ref: Ref, speaker: Scalar, text: Node) -> Quote:
        said = self._said(text, "direct")
        if not said.parts:
            self._faults.tell("wrong-shape", text, f"the quote {ref.id} has no text")
        found = self._proved(said, "direct", At((), True), text)
        named: Reference = self._directory.resolve(speaker, _SPEAKERS)
        return Quote(ref, speaker.line, said.parts, named, evidence=found.refs, standing=found.standing)

    def _said(self, node: Node | None, form: str) -> _Said:
        texts = () if node is None else node.items if isinstance(node, Sequence) else (node,)
        written: list[str] = []
        for one in texts:
            if not isinstance(one, Scalar):
                self._faults.wrong_shape(one, "text", "a text")
            written.append(flat(one))
        parts = tuple(part for text in written for one in _LEFT_OUT.split(text) if (part := _bare(one)))
        if form == "direct":
            return _Said(parts, parts)
        # Looked for before the text is parted: what was left out may lie between the two marks.
        quoted = [text[start:end] for text in written for start, end in quoted_spans(text)] if form == "mixed" else []
        return _Said(parts, tuple(part for words in quoted for one in _LEFT_OUT.split(words) if (part := _bare(one))))

    def _proved(self, said: _Said, form: str, at: At, text: Node) -> Evidence:
        """Where the words stand; what is wrong with that is told at `text`."""
        if not said.parts:
            return Evidence(at.refs, Standing.PARAPHRASE)
        whole = look_up(said.parts, self._ground, at.refs)
        found = whole
        if form == "mixed" and said.verbatim and whole.standing in (Standing.ABSENT, Standing.ELSEWHERE):
            found = look_up(said.verbatim, self._ground, at.refs)
        if found.standing == Standing.ABSENT:
            return self._absent(said, form, at, text)
        if found.standing == Standing.ELSEWHERE and at.holds:
            message = f"the words are not in {_listed(at.refs)}, but in {_listed(found.refs)}: correct at:"
            self._faults.tell("quote-not-at-place", text, message)
        if found.standing == Standing.SEVERAL and not at.refs and at.holds:
            message = f"the words stand in several places ({_listed(found.refs)}): say with at: which is meant"
            self._faults.tell("quote-in-several-places", text, message)
        settled = found.standing in (Standing.FOUND, Standing.SEVERAL) and form != "direct" and _is_exact(at)
        return Evidence(at.refs, Standing.FOUND) if settled else found

    def _absent(self, said: _Said, form: str, at: At, text: Node) -> Evidence:
        """What stands nowhere in the article: a fault in what was promised verbatim, a paraphrase in all else."""
        if said.verbatim:
            missing = next((one for one in said.verbatim if not self._ground.find(one)), "")
            cure = "copy the words as they stand, or write form: indirect"
            message = f"{abbreviate(missing, 60)!r} is not in the article word for word: {cure}"
            self._faults.tell("not-verbatim", text, message)
            return Evidence(at.refs, Standing.ABSENT)
        if form == "indirect" and at.holds and not _is_exact(at):
            cure = "say which ones they stand for, as in at: p3:12-48, or write form: reported"
            self._faults.tell("indirect-not-in-body", text, f"the article does not have these words: {cure}")
        return Evidence(at.refs, Standing.PARAPHRASE)


def _is_exact(at: At) -> bool:
    """Whether `at` points to the very words; a whole paragraph leaves open which they are."""
    return bool(at.refs) and all(ref.span for ref in at.refs)


def _bare(part: str) -> str:
    """A part without the quote marks around it; marks that enclose words within it stay."""
    part = shown_text(part)
    bare = strip_quotes(part)
    start = part.find(bare) if bare else 0
    end = start + len(bare)
    spans = quoted_spans(part)
    if (start, end) in spans:
        return bare
    if any(span[0] == start for span in spans):
        start = 0
    if any(span[1] == end for span in spans):
        end = len(part)
    return part[start:end].strip()


def _listed(refs: tuple[Ref, ...]) -> str:
    names = [{"para": ref.id, "media": f"media:{ref.id}"}.get(ref.kind, ref.kind) for ref in refs[:4]]
    spans = [f":{ref.span[0]}-{ref.span[1]}" if ref.span else "" for ref in refs[:4]]
    more = f" and {len(refs) - 4} more" if len(refs) > 4 else ""
    return ", ".join(map(add, names, spans)) + more
