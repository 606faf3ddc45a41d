"""Find the words of an article that come nearest to words that should stand in it and do not.

A file may hold 20,000 quotes and megabytes of text, so that not everything can be compared with everything. The rarer
words of a quote propose where it may stand, and only these places are compared word by word. A budget for the whole
article ends it: without one, a file of invented quotes would take minutes.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dossier.core.dataclasses import NamedTuple
from dossier.core.ref import Ref
from dossier.loader.cost_limits import MOST_COMPARED_TEXT, MOST_COMPARED_WORDS
from dossier.loader.evidence_text import EvidenceText
from dossier.text.folding import fold
from dossier.text.tokens import find_word_starts

_OMITTED = re.compile(r"…|\.\s?\.\s?\.")
_END = re.compile(r"\W*\Z")
_MOST_WORDS = 80
"""Of a longer quote, the first so many words are looked for."""
_MOST_PLACES = 60
"""A word that stands in more places than this proposes none, if there are rarer ones."""
_ENOUGH = 0.5
"""The least share of the words that have to be there, in their order."""
_BUDGET = 400_000
"""Words looked at in all, for one article."""
_EQUAL_A_STEP = 8
"""Pairs of equal words that are compared in the time that one word takes."""
_MOST_SHOWN = 160
_BEFORE_MARK = 60


class NearestWords(NamedTuple):
    """The entry in which the nearest words stand, these words with the differing ones marked, and what differs."""

    where: Ref
    marked: str
    difference: str


class _Words(NamedTuple):
    """The words of a text: folded, with their case, and where each stands in the text."""

    folded: list[str]
    plain: list[str]
    spans: list[tuple[int, int]]


def split_at_omissions(words: str) -> tuple[str, ...]:
    """Return the parts of a text between its marks of omission without brackets, … or three dots."""
    return tuple(bare for part in _OMITTED.split(words) if (bare := part.strip()))


def mark_omissions(words: str) -> str:
    """Return a text with […], which joins the parts of a quote, for … or three dots between its parts."""
    return " […] ".join(split_at_omissions(words))


class NearestFinder:
    """Finds the nearest words in one article, whose words are noted when the first quote is not found.

    `is_cut_short` says that not all of the article was looked at for the words that were sought last.
    """

    def __init__(self, evidence_text: EvidenceText) -> None:
        self._evidence_text = evidence_text
        self._left = _BUDGET
        self.is_cut_short = False
        self._words: _Words | None = None
        self._places: dict[str, list[int]] = {}
        self._text_starts: list[int] = []

    def find(self, words: str) -> NearestWords | None:
        """Return the nearest words; None if nothing comes near, or the budget of the article is spent."""
        if self._left <= 0:
            self.is_cut_short = True
            return None
        sought = _split(words[: _MOST_WORDS * 12], _MOST_WORDS)
        if not sought.folded:
            return None
        hay = self._note_words()
        best, score = (0, 0), 0.0
        for low, high in self._propose_runs(sought.folded):
            there = hay.folded[low:high]
            counts = Counter(there)
            equal = sum(counts[word] for word in sought.folded)
            self._left -= len(there) + len(sought.folded) + equal // _EQUAL_A_STEP
            blocks = [(at, size) for _, at, size in _matching_blocks(sought.folded, there) if size]
            share = sum(size for _, size in blocks) / len(sought.folded)
            if blocks and share > score:
                best, score = (low + blocks[0][0], low + sum(blocks[-1])), share
        return self._describe(sought, hay, *self._widen(best, sought, hay)) if score >= _ENOUGH else None

    def _note_words(self) -> _Words:
        if self._words is None:
            text = self._evidence_text.text_of_all
            self._words = _split(text[:MOST_COMPARED_TEXT], MOST_COMPARED_WORDS)
            self.is_cut_short = len(text) > MOST_COMPARED_TEXT or len(self._words.spans) == MOST_COMPARED_WORDS
            for at, word in enumerate(self._words.folded):
                self._places.setdefault(word, []).append(at)
            starts = self._evidence_text.find_text_starts()
            self._text_starts = [bisect_left(self._words.spans, (start,)) for start in starts]
        return self._words

    def _propose_runs(self, wanted: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield the runs of words to compare, each in one text: a quote does not go on from headline to body."""
        slack = len(wanted) // 3 + 2
        for first in self._propose(wanted):
            low, high = max(0, first - slack), first + len(wanted) + slack
            within = slice(bisect_right(self._text_starts, low), bisect_left(self._text_starts, high))
            yield from pairwise((low, *self._text_starts[within], high))

    def _propose(self, wanted: Sequence[str]) -> list[int]:
        """Return up to three places where the words may begin, as numbers of words, the likeliest first."""
        counts = {word: len(self._places.get(word, ())) for word in wanted}
        fewest = min((count for count in counts.values() if count), default=0)
        votes: Counter[int] = Counter()
        for at, word in enumerate(wanted):
            if 0 < counts[word] <= max(_MOST_PLACES, fewest):
                for place in self._places[word][:1_000]:
                    # Where words are left out or put in between, the places of the others move a little.
                    number = (place - at) // 4
                    votes.update({number: 2, number - 1: 1, number + 1: 1})
                self._left -= min(counts[word], 1_000)
        return [max(0, number * 4) for number, _votes in votes.most_common(3)]

    def _widen(self, found: tuple[int, int], sought: _Words, hay: _Words) -> tuple[int, int]:
        """Return the run of words with those before and after it that stand where other words were sought."""
        start, end = found
        before = _find_word(sought.folded, hay.folded[start], first=True)
        after = len(sought.folded) - 1 - _find_word(sought.folded, hay.folded[end - 1], first=False)
        entry_at, spans = self._evidence_text.entry_at, hay.spans
        while before and start and entry_at(spans[start - 1][0]) == entry_at(spans[start][0]):
            start, before = start - 1, before - 1
        while after and end < len(spans) and entry_at(spans[end - 1][0]) == entry_at(spans[end][0]):
            end, after = end + 1, after - 1
        return start, end

    def _describe(self, sought: _Words, hay: _Words, start: int, end: int) -> NearestWords:
        """Return the words `start` to `end` of the article, with what differs from the words sought."""
        text = self._evidence_text.text_of_all
        done = hay.spans[start][0]
        pieces: list[str] = []
        differences: list[str] = []
        ours_at, theirs_at = 0, start
        for a, b, size in _matching_blocks(sought.plain, hay.plain[start:end]):
            ours = " ".join(sought.plain[ours_at:a])
            if start + b > theirs_at:
                span = hay.spans[theirs_at][0], hay.spans[start + b - 1][1]
                theirs = text[slice(*span)]
                pieces += [text[done : span[0]], f"*{theirs}*"]
                done = span[1]
                differences.append(f"{theirs!r}, not {ours!r}" if ours else f"with {theirs!r}")
            elif ours:
                differences.append(f"without {ours!r}")
            ours_at, theirs_at = a + size, start + b + size
        pieces.append(text[done : hay.spans[end - 1][1]])
        difference = "; ".join(differences[:3]) or "the punctuation differs"
        return NearestWords(
            self._evidence_text.entry_at(hay.spans[start][0]), _cut_around_mark("".join(pieces)), difference
        )


def _split(text: str, most: int | None = None) -> _Words:
    begins = find_word_starts(text)[:most]
    spans = [
        (begin, begin + len(_END.sub("", text[begin:end])))
        for begin, end in zip(begins, [*begins[1:], None], strict=False)
    ]
    plain = [fold(text[slice(*span)], keep_accents=True, keep_case=True).folded for span in spans]
    return _Words([word.lower() for word in plain], plain, spans)


def _matching_blocks(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int]]:
    from difflib import SequenceMatcher  # noqa: PLC0415 - only a quote that is not found needs it

    return [(a, b, size) for a, b, size in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()]


def _find_word(words: Sequence[str], word: str, *, first: bool) -> int:
    places = [at for at, one in enumerate(words) if one == word]
    return places[0 if first else -1]


def _cut_around_mark(text: str) -> str:
    """Return a text, if it is long, with the first word marked in it and what stands around that."""
    if len(text) <= _MOST_SHOWN:
        return text
    start = max(0, min(text.find("*") - _BEFORE_MARK, len(text) - _MOST_SHOWN))
    before, after = "…" if start else "", "…" if start + _MOST_SHOWN < len(text) else ""
    return f"{before}{text[start : start + _MOST_SHOWN].strip()}{after}"
