"""The texts of an article in which evidence can stand: headline, subtitle, paragraphs and captions.

The paragraphs count as one text, with white space between them, so that words may run over the end of a paragraph.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain, takewhile

from dossier.core.dataclasses import NamedTuple
from dossier.core.model import Paragraph
from dossier.core.ref import Ref
from dossier.loader.cost_limits import MOST_PLACES, SEARCH_STEPS, StepBudget
from dossier.loader.reopened_quotes import ReopenedText, find_leading_marks
from dossier.text.concordance import Concordance
from dossier.text.name_finder import normalize_name
from dossier.text.tokens import is_inside_word
from dossier.text.verbatim import NormalizedText, normalize_text, strip_quotes

# Only the first of this many places count: words that are so frequent prove nothing, and a file can hold 20,000 quotes.
_MOST_PLACES = 1_000
MOST_IN_ENTRY = 10_000
"""Words are found in at most this many places of one entry."""
_STEPS_OF_CONTEXT = 25
# This many results are cached: many events may have the same few words, such as "yesterday" or "on Tuesday".
_CACHED = 1_000
# Code points that are looked through, in all, for words with other capitals.
_MOST_IN_OTHER_CASE = 50_000_000
_WIDEST_GAP = 8
"""At most this many code points of quote marks and white space stand between the parts of a quote over paragraphs."""
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

    def find_text_starts(self) -> list[int]:
        """Return the offsets in the joined texts at which another text than the one before begins."""
        return [match.end() for match in re.finditer(_SEPARATOR, self.text_of_all)]

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
            # A quote may have thousands of parts, and each of them thousands of windows.
            for window in takewhile(lambda _window: not self.is_spent, windows)
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
        found = self._search(words, *self._spans[ref.entry], MOST_IN_ENTRY)
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
