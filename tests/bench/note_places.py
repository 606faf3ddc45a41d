"""How many notes are at their words, and how many at others, after pages were extracted anew and edited.

About two thousand marks on ten invented pages are looked for in other versions of these pages, in three ways: exactly
and with what stood around them, as `core.note_places` does; by the position alone; and where the words that are nearest
by edit distance stand, scored by what is around them and by the position, as the client of Hypothesis does (an
implementation of that idea of our own).

    python tests/bench/note_places.py
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from edited_pages import Laid, Page, Writer, join_words, lay_out
from ground import table
from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment, ratio

from dossier.core.note import CONTEXT_LENGTH, Note, Placement
from dossier.core.note_places import make_note, place_notes
from dossier.core.ref import Ref

_WORDS = (1, 2, 3, 4, 6, 9, 14, 25)
"""The lengths of marks, in words; one that is longer than what is left of its paragraph ends with it."""


class Mark(NamedTuple):
    """A mark on a page: the note, and the numbers of the words that it is on."""

    note: Note
    numbers: tuple[int, ...]


class Found(NamedTuple):
    """What a way of finding says of a mark: where its words are without a word, and what it only offers."""

    ref: Ref | None
    offered: tuple[Ref, ...] = ()


Way = Callable[[Note, Laid], Found]


class Tally(NamedTuple):
    """Counts of marks whose words are still there, and of those whose words are gone.

    `right` and `wrong` are where marks were placed, `offered` what was left to the reader. A mark whose words are gone
    is placed wrongly if it is on none of its words.
    """

    there: Counter[str]
    gone: Counter[str]


def main() -> int:
    """Measure, and print the table."""
    questions = argparse.ArgumentParser(description="Measure how notes are found again.")
    questions.add_argument("--seed", type=int, default=13, help="the seed of the pages (13)")
    questions.add_argument("--pages", type=int, default=10, help="the number of pages (10)")
    questions.add_argument("--marks", type=int, default=200, help="the number of marks on each page (200)")
    asked = questions.parse_args()
    rows: list[tuple[object, ...]] = []
    for (version, way), tally in measure(asked.seed, asked.pages, asked.marks).items():
        there, gone = tally.there.total(), tally.gone.total()
        placed = f"{tally.there['right'] / max(1, there):.1%}", tally.there["wrong"], tally.there["offered"]
        false = tally.gone["wrong"], f"{tally.gone['wrong'] / max(1, gone):.1%}", tally.gone["offered"]
        rows.append((version, way, there, *placed, gone, *false))
    heads = ("pages", "way", "there", "right", "wrong", "offered", "gone", "false", "", "offered")
    table("Notes found again", heads, rows)
    return 0


def measure(seed: int, pages: int, marks: int) -> dict[tuple[str, str], Tally]:
    """Return the counts by the version of the pages, and by the way of finding."""
    tallies: dict[tuple[str, str], Tally] = {}
    for number in range(pages):
        # A page is the same however many there are.
        writer = Writer(seed * 1000 + number)
        page = writer.write_page(number)
        laid = lay_out(page)
        made = list(make_marks(writer, laid, marks))
        for version, changed in _versions(writer, page):
            new = lay_out(changed)
            for name, way in WAYS.items():
                tally = tallies.setdefault((version, name), Tally(Counter(), Counter()))
                for mark in made:
                    _count(tally, mark, new, way(mark.note, new))
    return tallies


def make_marks(writer: Writer, laid: Laid, number: int) -> Iterator[Mark]:
    """Yield marks of various lengths on the words of a page."""
    for id in range(number):
        first = writer.random.randrange(len(laid.words))
        length = writer.random.choice(_WORDS)
        paragraph = laid.words[first][1]
        marked = [one for one in laid.words[first : first + length] if one[1] == paragraph]
        ref = laid.reading.article.body[paragraph].ref.with_span(marked[0][2], marked[-1][3])
        note = make_note(laid.reading, ref, f"n{id}", "2026-11-28T14:05:00Z")
        if note is None:
            raise AssertionError(f"nothing at {ref}")
        yield Mark(note, tuple(one[0].number for one in marked))


def _versions(writer: Writer, page: Page) -> Iterator[tuple[str, Page]]:
    yield "extracted anew", writer.extract_again(page)
    yield "edited", writer.edit(page)
    yield "both", writer.edit(writer.extract_again(page))


def _count(tally: Tally, mark: Mark, new: Laid, found: Found) -> None:
    true = find_true_words(mark, new)
    numbers = covered_numbers(found.ref, new, mark) if found.ref else None
    if true:
        outcome = "lost" if numbers is None else "right" if numbers == mark.numbers[: len(numbers)] else "wrong"
        tally.there["offered" if numbers is None and found.offered else outcome] += 1
    else:
        outcome = "lost" if numbers is None else "wrong" if not set(numbers) & set(mark.numbers) else "right"
        tally.gone["offered" if numbers is None and found.offered else outcome] += 1


def find_true_words(mark: Mark, new: Laid) -> bool:
    """Return whether the words of a mark still stand together, code point for code point."""
    at = {word.number: place for place, (word, *_) in enumerate(new.words)}
    first = at.get(mark.numbers[0])
    if first is None:
        return False
    here = new.words[first : first + len(mark.numbers)]
    if tuple(word.number for word, *_ in here) != mark.numbers:
        return False
    # At the end of a paragraph its white space is gone, and a blank stands between two.
    joined = [
        word._replace(gap=" ") if at != paragraph else word
        for (word, paragraph, *_), at in zip(here, [one[1] for one in here[1:]] + [here[-1][1]], strict=True)
    ]
    return join_words(joined) == mark.note.words


def covered_numbers(ref: Ref, new: Laid, mark: Mark) -> tuple[int, ...]:
    """Return the numbers of the words that an address covers."""
    paragraph = int(ref.id[1:]) - 1 if ref.kind == "para" else -1
    start, end = ref.span or (0, len(mark.note.words))
    return tuple(
        word.number for word, where, left, right in new.words if where == paragraph and left < end > start < right
    )


def _find_exactly(note: Note, new: Laid) -> Found:
    (placed,) = place_notes([note], new.reading)
    return Found(placed.ref, placed.offered if placed.placement is not Placement.MISSING else ())


def _find_by_position(note: Note, new: Laid) -> Found:
    span = note.ref.span or (0, 0)
    blocks = {block.ref: block for block in new.reading.article.body}
    block = blocks.get(note.ref.entry)
    return Found(note.ref if block and span[1] <= len(block.text) else None)


def _find_nearest(note: Note, new: Laid) -> Found:
    best: tuple[float, Ref] | None = None
    order = {block.ref: number for number, block in enumerate(new.reading.article.body)}
    most_errors = min(256, len(note.words) // 2)
    for block in new.reading.article.body:
        for start, end in _nearest_spans(note.words, block.text):
            errors = Levenshtein.distance(note.words, block.text[start:end])
            if errors > most_errors:
                continue
            distance = abs(order[block.ref] - int(note.ref.id[1:]) + 1) / max(1, len(order))
            sides = block.text[max(0, start - CONTEXT_LENGTH) : start], block.text[end : end + CONTEXT_LENGTH]
            like = 50 * (1 - errors / len(note.words)) + 0.2 * (
                ratio(note.before, sides[0]) + ratio(note.after, sides[1])
            )
            like += 2 * (1 - distance)
            if best is None or like > best[0]:
                best = like, block.ref.with_span(start, end)
    return Found(best[1] if best else None)


def _nearest_spans(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans at which the words stand in a text, or else the one whose words are most like them."""
    at = text.find(words)
    if at < 0 and (aligned := partial_ratio_alignment(words, text, score_cutoff=50)) and len(words) <= len(text):
        yield aligned.dest_start, aligned.dest_end
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + 1)


WAYS: dict[str, Way] = {
    "exact, with context": _find_exactly,
    "position alone": _find_by_position,
    "nearest by edit distance": _find_nearest,
}
"""The ways of finding, by their names in the table."""


if __name__ == "__main__":
    sys.exit(main())
