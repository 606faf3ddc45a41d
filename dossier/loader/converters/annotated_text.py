"""Make an article of a text with annotations: names in it, and quotes with their speakers.

Several programs give the same thing under other names. Each span is located by the law of offsets, and becomes evidence
of the entry it is for.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from dossier.core.dataclasses import NamedTuple
from dossier.loader.converters.offsets import CountedSpan, fold_line_ends, locate_spans
from dossier.loader.converters.values import (
    ConversionError,
    DraftArticle,
    JsonFields,
    UniqueNames,
    drop_empty,
    propose_id,
    read_text,
)
from dossier.text.verbatim import strip_quotes

_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_FIRST_SENTENCE = re.compile(r".{20,120}?[.!?](?=\s|$)", re.DOTALL)
_MOST_OF_A_HEADLINE = 120
_NO_HEADLINE_END = tuple(".!?:;,…\"'”’»)")


class NameAnnotation(NamedTuple):
    """A name in the text: the key of its kind (people, orgs, places), its span, and the Wikidata id if one is given."""

    kind: str
    span: CountedSpan
    wikidata: str = ""


class QuoteAnnotation(NamedTuple):
    """A direct quote in the text.

    `speaker` is the full name of who speaks, "" if nobody knows; `speaker_text` what the article calls them there,
    and `mention` where it does.
    """

    span: CountedSpan
    speaker: str = ""
    speaker_text: str = ""
    mention: CountedSpan | None = None


class AnnotatedText(NamedTuple):
    """A text, what is annotated in it, and further fields of the article.

    `proofs` are spans that are not imported, but show in which counting the offsets are.
    """

    text: str
    names: Sequence[NameAnnotation]
    quotes: Sequence[QuoteAnnotation]
    proofs: Sequence[CountedSpan]
    fields: JsonFields


def draft_annotated(source: AnnotatedText, left_out: Counter[str]) -> DraftArticle:
    """Return the article of an annotated text. Raises OffsetError when the spans fit no counting."""
    if not source.text.strip():
        raise ConversionError("it has no text")
    mentions = [quote.mention for quote in source.quotes if quote.mention]
    spans = [*(name.span for name in source.names), *(quote.span for quote in source.quotes), *mentions]
    located = locate_spans([source.text], [*spans, *source.proofs])[: len(spans)]
    text, located = fold_line_ends(source.text, located)
    where = dict(zip(spans, located, strict=True))
    places = _Places(text, read_text(source.fields.get("headline")))
    book = _NameBook(places)
    for name in sorted(source.names, key=lambda one: -len(_words(text, where[one.span]).split())):
        book.add(name, _words(text, where[name.span]), where[name.span])
    quotes = [made for quote in source.quotes if (made := _quote(quote, where, places, book))]
    made_up = (
        {}
        if places.has_headline
        else {"provenance": {"headline": "taken from the first words, because there was none"}}
    )
    left_out = left_out + Counter({"quotes without words": len(source.quotes) - len(quotes)})
    fields = {
        "headline": places.headline,
        **{key: value for key, value in source.fields.items() if key != "headline"},
        "body": places.paragraphs,
        **book.entries(),
        "quotes": quotes,
        **made_up,
    }
    return DraftArticle(drop_empty(fields), left_out)


class _Places:
    """The headline and the paragraphs of a text, and what `at` fields call their spans."""

    def __init__(self, text: str, headline: str) -> None:
        self._text = text
        ends = [*_BLANK_LINES.finditer(text.strip("\n"))]
        pattern = _BLANK_LINES if ends else re.compile("\n")
        bounds = [0, *(at for found in pattern.finditer(text) for at in found.span()), len(text)]
        pieces = [self._stripped(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
        self._pieces = [piece for piece in pieces if piece[0] < piece[1]]
        self._names = [f"p{number}" for number in range(1, len(self._pieces) + 1)]
        first = self._shown(0)
        self.headline = headline
        if len(self._pieces) > 1 and (first == headline if headline else _is_headline(first)):
            self.headline = first
            self._names = ["headline", *self._names[:-1]]
        self.has_headline = bool(self.headline)
        self.headline = self.headline or _first_words(first)
        self.paragraphs = [self._shown(at) for at, name in enumerate(self._names) if name != "headline"]
        self._starts = [start for start, _end in self._pieces]

    def _stripped(self, start: int, end: int) -> tuple[int, int]:
        piece = self._text[start:end]
        return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())

    def _shown(self, number: int) -> str:
        start, end = self._pieces[number]
        return self._text[start:end].replace("\n", " ")

    def split(self, span: tuple[int, int]) -> list[tuple[int, int]]:
        """Return a span as its parts in single paragraphs."""
        parts = []
        at = max(0, bisect_right(self._starts, span[0]) - 1)
        while at < len(self._pieces) and self._pieces[at][0] < span[1]:
            start, end = max(span[0], self._pieces[at][0]), min(span[1], self._pieces[at][1])
            if start < end:
                parts.append((start, end))
            at += 1
        return parts

    def shown(self, span: tuple[int, int]) -> str:
        """Return the words of a span on one line."""
        return _words(self._text, span)

    def without_marks(self, span: tuple[int, int]) -> tuple[int, int]:
        """Return a span without the quote marks and white space at its ends."""
        words = self._text[slice(*span)]
        bare = strip_quotes(words)
        start = span[0] + (words.find(bare) if bare else 0)
        return start, start + len(bare)

    def address(self, span: tuple[int, int]) -> str:
        """Return what an `at` field calls a span within one paragraph."""
        at = bisect_right(self._starts, span[0]) - 1
        begun = self._starts[at]
        return f"{self._names[at]}:{span[0] - begun}-{span[1] - begun}"


class _NameBook:
    """The people, organisations and places of a text, each with its mentions, in the order of the text."""

    def __init__(self, places: _Places) -> None:
        self._places = places
        self._spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
        self._wikidata: dict[tuple[str, str], str] = {}
        self._by_word: dict[str, set[str]] = {}
        self._ids: dict[tuple[str, str], str] = {}
        # A speaker may be a person or an organisation: these share their ids.
        self._speaker_ids, self._place_ids = UniqueNames(), UniqueNames()

    def add(self, name: NameAnnotation, words: str, span: tuple[int, int]) -> None:
        """Add a mention. A single word of a person's name, if no other has it, mentions that person."""
        key = name.kind, words
        if name.kind == "people" and " " not in words:
            bearers = self._by_word.get(words, set())
            key = (name.kind, next(iter(bearers))) if len(bearers) == 1 else key
        elif name.kind == "people":
            for word in words.split():
                self._by_word.setdefault(word, set()).add(words)
        self._spans.setdefault(key, []).append(span)
        if name.wikidata:
            self._wikidata.setdefault(key, name.wikidata)

    def has_name(self, name: str) -> bool:
        """Return whether a person or an organisation has this name."""
        return any((kind, name) in self._spans for kind in ("people", "orgs"))

    def find_speaker(self, name: str) -> str:
        """Return the reference of a speaker; one who has no entry yet is added to the people."""
        for kind in ("people", "orgs"):
            if (kind, name) in self._spans:
                return self._id((kind, name))
        bearers = self._by_word.get(name, set())
        key = "people", next(iter(bearers)) if len(bearers) == 1 else name
        self._spans.setdefault(key, [])
        return self._id(key)

    def _id(self, key: tuple[str, str]) -> str:
        if key not in self._ids:
            otherwise = {"people": "person", "orgs": "org", "places": "place"}[key[0]]
            ids = self._place_ids if key[0] == "places" else self._speaker_ids
            self._ids[key] = ids.claim(propose_id(key[1], otherwise))
        return self._ids[key]

    def entries(self) -> JsonFields:
        """Return the fields people, orgs and places."""
        made: JsonFields = {"people": {}, "orgs": {}, "places": {}}
        for key, spans in sorted(self._spans.items(), key=lambda one: min(one[1], default=(0, 0))):
            addresses = [self._places.address(part) for span in sorted(spans) for part in self._places.split(span)]
            wikidata = self._wikidata.get(key, "")
            entry = {"name": key[1], "same_as": {"wikidata": wikidata} if wikidata else None, "mentions": addresses}
            made[key[0]][self._id(key)] = drop_empty(entry)
        return made


def _quote(
    quote: QuoteAnnotation, where: dict[CountedSpan, tuple[int, int]], places: _Places, book: _NameBook
) -> JsonFields | None:
    """Return a quote as it stands in an article file; None if it has no words."""
    parts = [places.without_marks(part) for part in places.split(where[quote.span])]
    parts = [part for part in parts if part[0] < part[1]]
    if not parts:
        return None
    texts, addresses = [places.shown(part) for part in parts], [places.address(part) for part in parts]
    speaker, speaker_text = quote.speaker, quote.speaker_text
    if not speaker and book.has_name(speaker_text):
        speaker, speaker_text = speaker_text, ""
    mention = [places.address(part) for part in places.split(where[quote.mention])] if quote.mention else []
    made = {
        "speaker": book.find_speaker(speaker) if speaker else "",
        "speaker_text": speaker_text,
        "speaker_at": mention,
        "text": texts[0] if len(texts) == 1 else texts,
        "at": addresses,
    }
    return drop_empty(made)


def _words(text: str, span: tuple[int, int]) -> str:
    return " ".join(text[slice(*span)].split())


def _is_headline(paragraph: str) -> bool:
    """Return whether a paragraph looks like a headline: short, and not ending like a sentence."""
    return len(paragraph) <= _MOST_OF_A_HEADLINE and not paragraph.endswith(_NO_HEADLINE_END)


def _first_words(paragraph: str) -> str:
    """Return the first sentence of a paragraph, or its first words when that is long."""
    if found := _FIRST_SENTENCE.match(paragraph):
        return found[0]
    if len(paragraph) <= _MOST_OF_A_HEADLINE:
        return paragraph
    return f"{paragraph[:_MOST_OF_A_HEADLINE].rsplit(' ', 1)[0]} …"
