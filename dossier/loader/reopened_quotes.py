"""Find words that run over the beginning of a paragraph at which a quote mark opens their quote again.

A quote over several paragraphs has a quote mark at the beginning of each of them, and one at its end alone. The marks
within are the printer's, not the speaker's.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from dossier.text.concordance import Concordance
from dossier.text.verbatim import normalize_text, strip_quotes


def find_leading_marks(text: str) -> int:
    """Return the number of code points of the quote marks at the beginning of `text`, with the white space after."""
    return len(text) - len(strip_quotes(f"{text}.")) + 1 if text and not text[0].isalnum() else 0


class ReopenedText:
    """A text in which words are found as if some `marks` were not there; these are spans of code points in order."""

    def __init__(self, text: str, marks: Sequence[tuple[int, int]]) -> None:
        self._starts = [0, *(end for _start, end in marks)]
        pieces = [text[a:b] for a, b in zip(self._starts, [*(start for start, _end in marks), len(text)], strict=True)]
        self._bare_starts = list(accumulate(map(len, pieces[:-1]), initial=0))
        self._has_marks = bool(marks)
        self._words = Concordance(normalize_text("".join(pieces) if marks else ""))

    @property
    def steps(self) -> int:
        """The steps of all searches, as a concordance counts them."""
        return self._words.steps

    def find(self, words: str, most: int) -> list[tuple[int, int]]:
        """Return the first `most` spans of the whole text at which `words` stand when the marks are left out."""
        if not self._has_marks:
            return []
        return [(self._place_start(start), self._place_end(end)) for start, end in self._words.find(words, most=most)]

    def _place_start(self, bare: int) -> int:
        number = bisect_right(self._bare_starts, bare) - 1
        return self._starts[number] + bare - self._bare_starts[number]

    def _place_end(self, bare: int) -> int:
        number = max(bisect_left(self._bare_starts, bare) - 1, 0)
        return self._starts[number] + bare - self._bare_starts[number]
