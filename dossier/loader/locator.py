"""The texts of an article in which evidence can stand, and the `at` fields that point into them.

Evidence stands in the headline, the subtitle, the paragraphs or a caption. The paragraphs count as one text, with white
space between them, so that words may run over the end of a paragraph.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain

from dossier.core.dataclasses import NamedTuple
from dossier.core.model import Paragraph
from dossier.core.ref import Ref
from dossier.loader.cost_limits import MOST_PLACES, SEARCH_STEPS, StepBudget
from dossier.loader.fields import MappingFields, ProblemLog, flatten_node, is_absent
from dossier.loader.fixes import replace_scalar
from dossier.loader.format_keys import SELECTOR_KEYS, list_key_names
from dossier.loader.reopened_quotes import ReopenedText, find_leading_marks
from dossier.loader.yaml_nodes import MappingNode, ScalarNode, SequenceNode, YamlNode
from dossier.text.concordance import Concordance
from dossier.text.folding import NormalizedText, normalize_text, strip_quotes
from dossier.text.late_patterns import compile_late
from dossier.text.name_finder import normalize_name
from dossier.text.tokens import is_inside_word

_WORD = re.compile(r"(?P<place>headline|subtitle|p[0-9]+|media:[^\s:]+)(?::(?P<start>[0-9]{1,9})-(?P<end>[0-9]{1,9}))?")
_PARAGRAPH_NUMBER = compile_late(r"(?i:¶|p|para/p|para(?:graph)?|#para/p)?[ ._]?([0-9]{1,9})")
_SELECTOR = list_key_names(SELECTOR_KEYS)
# Only the first of this many places count: words that are so frequent prove nothing, and a file can hold 20,000 quotes.
_MOST_PLACES = 1_000
_MOST_IN_ENTRY = 10_000
_STEPS_OF_CONTEXT = 25
# This many results are cached: many events may have the same few words, such as "yesterday" or "on Tuesday".
_CACHED = 1_000
# Code points that are looked through, in all, for words with other capitals.
_MOST_IN_OTHER_CASE = 50_000_000
# How the number of a paragraph is written elsewhere.
_NUMBER = compile_late(r"(?:(?:paragraph|para|par\.|¶|P)\s*)?([1-9][0-9]{0,8})")
_WIDEST_GAP = 8
"""At most this many code points of quote marks and white space stand between the parts of a quote over paragraphs."""
_HOW_TO_WRITE = "write p3, p3:12-48, headline, subtitle, media:m1, or {p: p3, exact: the words}"


# Separates the paragraphs from the other texts that are searched; no text that was made safe contains it.
_SEPARATOR = "\0"


class TextSpan(NamedTuple):
    """A run of code points of the joined texts; spans sort in the order of the article."""

    start: int
    end: int


class _Piece(NamedTuple):
    """An entry with the span of its text in the joined texts."""

    ref: Ref
    span: TextSpan


class EvidenceText:
    """The texts of an article in which evidence can stand, joined to one text that is searched as often as needed.

    They are headline, subtitle, paragraphs, and captions with the addresses of their media items. `last_paragraph` is
    the name of the last paragraph.
    """

    def __init__(
        self,
        headline: tuple[Ref, str],
        subtitle: tuple[Ref, str],
        body: Iterable[Paragraph],
        captions: Iterable[tuple[Ref, str]],
    ) -> None:
        paragraphs = [(block.ref, block.text) for block in body if block.ref.kind == "para"]
        self.last_paragraph = f"p{len(paragraphs)}"
        stretches = [[headline], [subtitle], paragraphs, *([caption] for caption in captions)]
        given = [one for one in ([piece for piece in stretch if piece[1]] for stretch in stretches) if one]
        text = _SEPARATOR.join(" ".join(words for _ref, words in stretch) for stretch in given)
        pieces = list(chain.from_iterable(given))
        starts = accumulate((len(words) + 1 for _ref, words in pieces), initial=0)
        self._pieces = [
            _Piece(ref, TextSpan(start, start + len(words)))
            for (ref, words), start in zip(pieces, starts, strict=False)
        ]
        self._ends = [piece.span.end for piece in self._pieces]
        ranges = [piece.span for piece in self._pieces if piece.ref.kind == "para"] or [TextSpan(0, 0)]
        self._body = TextSpan(ranges[0].start, ranges[-1].end)
        self._spans = {piece.ref: piece.span for piece in self._pieces}
        self._names = {name_place(piece.ref): piece.ref for piece in self._pieces}
        self._words = Concordance(normalize_text(text))
        self._cache: dict[str, tuple[TextSpan, ...]] = {}
        self._lower: str | None = None
        self._in_other_case = 0
        self._budget, self._places = StepBudget(SEARCH_STEPS), StepBudget(MOST_PLACES)

    def normalized_paragraphs(self) -> dict[Ref, NormalizedText]:
        """Return the paragraphs in their normal form, if each of their code points has one code point there."""
        hay = self._words.searched_text
        if not isinstance(hay.offsets, range):
            return {}
        return {
            ref: NormalizedText(hay.text[start:end], hay.normalized[start:end], range(end - start + 1))
            for ref, (start, end) in self._pieces
            if ref.kind == "para"
        }

    @property
    def is_spent(self) -> bool:
        """Whether so much was looked for, or found in so many places, that no more of it is looked for."""
        return self._budget.left <= 0 or self._places.left <= 0

    def spend_place(self) -> None:
        """Count a place that the file gives."""
        self._places.spend(1)

    def _search(self, words: str, start: int = 0, end: int | None = None, most: int | None = None) -> list[TextSpan]:
        """Return the places where the words stand verbatim; nothing is found once too much was looked for."""
        if self.is_spent:
            return []
        before = self._words.steps
        found = self._words.find(words, start, end, most)
        self._budget.spend(self._words.steps - before)
        return [TextSpan(*one) for one in found]

    def _search_reopened(self, words: str) -> list[TextSpan]:
        before = self._reopened.steps
        found = self._reopened.find(words, _MOST_PLACES)
        self._budget.spend(self._reopened.steps - before)
        return [TextSpan(*one) for one in found]

    def find(self, words: str) -> tuple[TextSpan, ...]:
        """Return the places where the words stand verbatim, in the order of the article; at most 1,000.

        If they stand anywhere as whole words, places inside other words are left out.
        """
        if self.is_spent:
            return ()
        if (kept := self._cache.get(words)) is not None:
            self._budget.spend(len(kept))
            return kept
        found = self._search(words, most=_MOST_PLACES) or self._search_reopened(words)
        places = tuple([span for span in found if self._is_whole(span)] or found)
        if len(self._cache) < _CACHED:
            self._cache[words] = places
        return places

    def find_in_other_case(self, words: str) -> TextSpan | None:
        """Return the first place where the words stand with other capitals; None if there is none."""
        hay = self._words.searched_text
        if self._lower is None:
            lower = hay.normalized.lower()
            self._lower = lower if len(lower) == len(hay.normalized) else ""
        wanted = normalize_name(words).lower()
        if self._in_other_case >= _MOST_IN_OTHER_CASE or not wanted:
            return None
        self._in_other_case += len(self._lower)
        at = self._lower.find(wanted)
        return None if at < 0 else TextSpan(hay.offsets[at], hay.offsets[at + len(wanted)])

    @property
    def text_of_all(self) -> str:
        """The joined texts; spans are offsets into it."""
        return self._words.searched_text.text

    def entry_at(self, offset: int) -> Ref:
        """Return the entry whose text the code point at an offset into the joined texts is in."""
        at = bisect_right(self._pieces, offset, key=lambda piece: piece.span.start)
        return self._pieces[max(0, at - 1)].ref

    def text_around(self, ref: Ref, length: int) -> tuple[str, str]:
        """Return what stands before an address, at most `length` code points, and after it in its own entry."""
        span, text = self._spans[ref.entry], self.text_of_all
        start, end = (span.start + at for at in ref.span) if ref.span else (span.start, span.start)
        return text[max(0, start - length) : start], text[end : min(span.end, end + length)]

    def find_within(self, words: str, windows: Iterable[TextSpan]) -> tuple[TextSpan, ...]:
        """Return the places in the windows where the words stand verbatim.

        They are whole words there, or cut only where a window begins or ends: the file says that these are meant.
        """
        text = self._words.searched_text.text
        return tuple(
            one
            for window in windows
            for one in self._search(words, *window, _MOST_PLACES)
            if not (one.start != window.start and is_inside_word(text, one.start))
            and not (one.end != window.end and is_inside_word(text, one.end))
        )

    @cached_property
    def _reopened(self) -> ReopenedText:
        """The joined texts without the quote marks at the beginning of each paragraph that follows another."""
        text = self._words.searched_text.text
        later = [piece.span for piece in self._pieces if piece.ref.kind == "para"][1:]
        marks = ((start, start + find_leading_marks(text[start:end])) for start, end in later)
        return ReopenedText(text, [(start, end) for start, end in marks if end > start])

    def find_in_entry(self, words: str, ref: Ref) -> tuple[TextSpan, ...]:
        """Return the places in one entry where the words stand verbatim, even inside other words; at most 10,000."""
        found = self._search(words, *self._spans[ref.entry], _MOST_IN_ENTRY)
        self._budget.spend(_STEPS_OF_CONTEXT * len(found))
        return tuple(found)

    def has_context(self, prefix: str, span: TextSpan, suffix: str) -> bool:
        """Return whether `prefix` and `suffix` stand right before and after the span in its entry.

        Both are given in the form in which names are compared; white space next to the span is ignored.
        """
        hay, whole = self._words.searched_text, next(self._pieces_touched(span)).span
        first, start, end, last = (bisect_left(hay.offsets, at) for at in (whole.start, *span, whole.end))
        start -= start > first and hay.normalized[start - 1] == " "
        end += end < last and hay.normalized[end] == " "
        return hay.normalized.endswith(prefix, first, start) and hay.normalized.startswith(suffix, end, last)

    def find_in_body(self, words: str) -> tuple[TextSpan, ...]:
        """Return the places of `find` that are in paragraphs."""
        found = self.find(words)
        return found[bisect_left(found, self._body[:1]) : bisect_left(found, self._body[1:])]

    def _is_whole(self, span: TextSpan) -> bool:
        text = self._words.searched_text.text
        return not (is_inside_word(text, span.start) or is_inside_word(text, span.end))

    def make_refs(self, spans: Iterable[TextSpan]) -> tuple[Ref, ...]:
        """Return the spans as addresses, one for each entry that a span touches."""
        made: dict[Ref, None] = {}
        for span in sorted(spans):
            if self._places.left <= 0:
                break
            for ref, piece in self._pieces_touched(span):
                self._places.left -= 1
                start, end = max(span.start, piece.start), min(span.end, piece.end)
                if span.start < piece.start:
                    start += find_leading_marks(self._words.searched_text.text[start:end])
                if start >= end:
                    continue
                made[ref.with_span(start - piece.start, end - piece.start)] = None
        return tuple(made)

    def _pieces_touched(self, span: TextSpan) -> Iterator[_Piece]:
        """Yield the pieces that a span touches."""
        at = bisect_right(self._ends, span.start)
        while at < len(self._pieces) and self._pieces[at].span.start < span.end:
            yield self._pieces[at]
            at += 1

    def make_windows(self, at: Sequence[Ref]) -> tuple[TextSpan, ...]:
        """Return the spans that the addresses cover; paragraphs that follow each other make one window.

        So do spans with nothing but quote marks and white space between them.
        """
        if len(at) == 1:
            return (_covered_span(self._spans[at[0].entry], at[0]),)
        windows: list[TextSpan] = []
        for span in sorted(_covered_span(self._spans[ref.entry], ref) for ref in at):
            if windows and (span.start <= windows[-1].end + 1 or self._is_gap(windows[-1].end, span.start)):
                windows[-1] = TextSpan(windows[-1].start, max(windows[-1].end, span.end))
            else:
                windows.append(span)
        return tuple(windows)

    def _is_gap(self, start: int, end: int) -> bool:
        """Return whether nothing but quote marks and white space stands between two places."""
        return end - start <= _WIDEST_GAP and not strip_quotes(self._words.searched_text.text[start:end])

    def find_entry_ref(self, name: str) -> Ref | None:
        """Return the entry that an `at` field calls p3, headline or media:m1; None if there is none."""
        return self._names.get(name)

    def measure_entry(self, ref: Ref) -> int:
        """Return the number of code points in the text of an entry."""
        start, end = self._spans[ref.entry]
        return end - start


def name_place(ref: Ref) -> str:
    """Return what `at` fields call an entry: `p3`, `headline`, `media:m1`."""
    return ref.id if ref.kind == "para" else f"media:{ref.id}" if ref.kind == "media" else ref.kind


def _covered_span(whole: TextSpan, ref: Ref) -> TextSpan:
    """Return the span of the joined texts that an address covers, in the entry with the span `whole`."""
    return whole if ref.span is None else TextSpan(whole.start + ref.span[0], whole.start + ref.span[1])


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
        number = f"{len(fitting)} times" if len(found) < _MOST_IN_ENTRY else "very many times"
        times = f"{words!r} occurs {number} in {flatten_node(name)}"
        log.report("bad-at", exact, f"{times}: add prefix or suffix, the words before or after it")
    else:
        cure = "copy the words exactly, or correct p:"
        between = " with this prefix and suffix" if found else ""
        if not found and (elsewhere := evidence_text.make_refs(evidence_text.find(words)[:1])):
            between, cure = f", but in {name_place(elsewhere[0].entry)}", "correct p:"
        log.report("exact-not-found", exact, f"{words!r} is not in {flatten_node(name)}{between}: {cure}")
    return None
