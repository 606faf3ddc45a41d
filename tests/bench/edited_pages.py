"""Invented pages, other extractions of them, and edited ones; every word is known again whatever becomes of it.

Each word has a number that it keeps when its sentence is moved or its paragraph is divided otherwise. A word that is
changed, or copied, has a new one. Everything is the same for the same seed.
"""

from collections.abc import Iterable, Sequence
from itertools import count
from random import Random
from typing import NamedTuple

from vocabulary import vocabulary

from dossier.core.model import Article, Paragraph
from dossier.core.ref import Ref
from dossier.core.views.panes import Reading, make_reading

_OFTEN = (
    *(
        "the harbour office",
        "the ferry company",
        "said on Tuesday",
        "in Port Arlen",
        "at the north quay",
        "the council",
    ),
    *("for the first time", "Mayor Ilse Dunmore", "told reporters", "a spokeswoman said", "by the end of the year"),
    *("according to a letter", "The", "the toll would rise", "in the", "of the", "that the"),
)
"""Words that news repeats."""
_FREQUENT, _ALL = 400, 6_000
_ADDED = (
    "Read more about the crossing in our dossier.",
    "Photo: the north quay in Port Arlen, on Tuesday.",
    "Subscribe to our letter and read it before breakfast.",
)


class Word(NamedTuple):
    """A word with its number, and the white space behind it."""

    number: int
    text: str
    gap: str = " "


Sentence = tuple[Word, ...]


class Page(NamedTuple):
    """A page: its number, and its paragraphs of sentences."""

    number: int
    paragraphs: tuple[tuple[Sentence, ...], ...]


class Laid(NamedTuple):
    """A page as an article, and where each word is in it: paragraph (from 0), start and end, in reading order."""

    reading: Reading
    words: tuple[tuple[Word, int, int, int], ...]


class Writer:
    """Writes pages, extracts them anew, and edits them."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._numbers = count()
        self._vocabulary = vocabulary(1)[:_ALL]

    def write_page(self, number: int) -> Page:
        """Return a page of 13 paragraphs, in which a sentence, or two, stand twice."""
        paragraphs = [[self._sentence() for _ in range(self.random.randint(2, 6))] for _ in range(12)]
        source = self.random.choice(paragraphs)
        at = self.random.randrange(len(source) - 1)
        twice = map(self._copy, source[at : at + self.random.randint(1, 2)])
        paragraphs.insert(self.random.randrange(len(paragraphs)), [*twice, self._sentence()])
        return Page(number, tuple(map(tuple, paragraphs)))

    def extract_again(self, page: Page) -> Page:
        """Return the page as another program extracts it: other paragraphs and white space, some left out or added."""
        kept = [one for one in page.paragraphs if self.random.random() > 0.06]
        made: list[tuple[Sentence, ...]] = []
        for paragraph in kept:
            cut = self.random.randrange(len(paragraph)) if self.random.random() < 0.4 else 0
            halves = [half for half in (paragraph[:cut], paragraph[cut:]) if half]
            if made and self.random.random() < 0.2:
                halves[0] = made.pop() + halves[0]
            made += halves
            if self.random.random() < 0.15:
                made.append((self._words(self.random.choice(_ADDED)),))
        spaced = (tuple(self._space(sentence) for sentence in paragraph) for paragraph in made)
        return Page(page.number, tuple(spaced))

    def edit(self, page: Page) -> Page:
        """Return the page after an editor changed words, moved, repeated, wrote and deleted sentences."""
        paragraphs = [list(one) for one in page.paragraphs]
        whole = sum(map(len, paragraphs))
        for _ in range(max(1, whole // 30)):
            self._move(paragraphs)
        for _ in range(max(1, whole // 30)):
            paragraph, at = self._pick(paragraphs)
            del paragraph[at]
        for _ in range(max(1, whole // 30)):
            self._insert(paragraphs, self._sentence())
        for _ in range(max(1, whole // 20)):
            self._reword(paragraphs)
        # At the end: to repeat a sentence and to change the first of the two would be to move it.
        for _ in range(max(1, whole // 50)):
            paragraph, at = self._pick(paragraphs)
            self._insert(paragraphs, self._copy(paragraph[at]))
        return Page(page.number, tuple(tuple(one) for one in paragraphs if one))

    def _words(self, text: str) -> Sentence:
        return tuple(Word(next(self._numbers), one) for one in text.split())

    def _copy(self, sentence: Sentence) -> Sentence:
        return tuple(word._replace(number=next(self._numbers)) for word in sentence)

    def _sentence(self) -> Sentence:
        parts = [self._term() for _ in range(self.random.randint(4, 14))]
        text = " ".join(parts)
        return self._words(f"{text[0].upper()}{text[1:]}.")

    def _term(self) -> str:
        drawn = self.random.random()
        if drawn < 0.2:
            return self.random.choice(_OFTEN)
        return self.random.choice(self._vocabulary[:_FREQUENT] if drawn < 0.65 else self._vocabulary)

    def _space(self, sentence: Sentence) -> Sentence:
        """Return the sentence with, sometimes, other white space between its words or behind it."""
        drawn = self.random.random()
        at = self.random.randrange(len(sentence)) if drawn < 0.05 else len(sentence) - 1
        gap = "\u00a0" if drawn < 0.05 else "  " if drawn < 0.2 else " "
        return (*sentence[:at], sentence[at]._replace(gap=gap), *sentence[at + 1 :])

    def _pick(self, paragraphs: Sequence[list[Sentence]]) -> tuple[list[Sentence], int]:
        paragraph = self.random.choice([one for one in paragraphs if one])
        return paragraph, self.random.randrange(len(paragraph))

    def _insert(self, paragraphs: Sequence[list[Sentence]], sentence: Sentence) -> None:
        paragraph, at = self._pick(paragraphs)
        paragraph.insert(at, sentence)

    def _move(self, paragraphs: Sequence[list[Sentence]]) -> None:
        paragraph, at = self._pick(paragraphs)
        self._insert(paragraphs, paragraph.pop(at))

    def _reword(self, paragraphs: Sequence[list[Sentence]]) -> None:
        paragraph, at = self._pick(paragraphs)
        sentence = paragraph[at]
        word = self.random.randrange(len(sentence))
        drawn = self.random.choice(("another", "nearly", "seven", "", "once more"))
        paragraph[at] = (*sentence[:word], *self._words(drawn), *sentence[word + 1 :])


def lay_out(page: Page) -> Laid:
    """Return a page as an article that can be read, with the places of its words."""
    id = f"page-{page.number}"
    blocks: list[Paragraph] = []
    places: list[tuple[Word, int, int, int]] = []
    for number, paragraph in enumerate(page.paragraphs):
        text = ""
        words = [word for sentence in paragraph for word in sentence]
        for word in words:
            places.append((word, number, len(text), len(text) + len(word.text)))
            text += word.text + word.gap
        blocks.append(Paragraph(Ref(id, "para", f"p{number + 1}"), text.strip(), number + 1))
    headline = f"The crossing of Port Arlen, part {page.number}"
    return Laid(make_reading(Article(Ref(id), f"{id}.yaml", headline, tuple(blocks)), ()), tuple(places))


def join_words(words: Iterable[Word]) -> str:
    """Return words with the white space between them."""
    return "".join(f"{word.text}{word.gap}" for word in words).strip()
