"""Where in an article words can stand, and how a file says so: the language of `at`.

Decided here: evidence stands in the headline, the subtitle, the paragraphs or a caption. The paragraphs count as one
text, with white space between them, so that words may run over a paragraph's end.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, takewhile
from typing import NamedTuple

from dossier.loader.reading import Faults, Record, flat
from dossier.model import Paragraph
from dossier.ref import Ref
from dossier.text.folding import Searchable, find, prepare
from dossier.yamlnode import Mapping, Node, Scalar
from dossier.yamlnode import Sequence as NodeList

_WORD = re.compile(r"(?P<place>headline|subtitle|p[0-9]+|media:[^\s:]+)(?::(?P<start>[0-9]{1,9})-(?P<end>[0-9]{1,9}))?")
_SELECTOR = ("p", "exact", "prefix", "suffix")
# Words that stand in so many places of one text prove nothing, and a file can hold 20,000 such quotes.
_MOST_PLACES = 1_000
_FORMS = "write p3, p3:12-48, headline, subtitle, media:m1, or {p: p3, exact: the words}"


class Span(NamedTuple):
    """A run of code points of one stretch; spans sort by the order of the article."""

    stretch: int
    start: int
    end: int


class _Piece(NamedTuple):
    ref: Ref
    span: Span


class Ground:
    """The texts of an article in which evidence can stand, searched as often as needed."""

    def __init__(self, headline: tuple[Ref, str], subtitle: tuple[Ref, str], body: Iterable[Paragraph]) -> None:
        self._hays: list[Searchable] = []
        self._pieces: list[tuple[_Piece, ...]] = []
        self._places: dict[str, _Piece] = {}
        self._spans: dict[Ref, Span] = {}
        self._add(("headline", *headline))
        self._add(("subtitle", *subtitle))
        paragraphs = [block for block in body if block.ref.kind == "para"]
        self.last = f"p{len(paragraphs)}"
        self._add(*((block.ref.id, block.ref, block.text) for block in paragraphs))
        self.body = len(self._hays) - 1 if paragraphs else -1

    def add_caption(self, ref: Ref, text: str) -> None:
        """Take in the caption of a media item."""
        self._add((f"media:{ref.id}", ref, text))

    def _add(self, *texts: tuple[str, Ref, str]) -> None:
        given = [one for one in texts if one[2]]
        if not given:
            return
        stretch = len(self._hays)
        starts = accumulate((len(text) + 1 for _name, _ref, text in given), initial=0)
        pieces = [
            (name, _Piece(ref, Span(stretch, start, start + len(text))))
            for (name, ref, text), start in zip(given, starts, strict=False)
        ]
        self._hays.append(prepare(" ".join(text for _name, _ref, text in given)))
        self._pieces.append(tuple(piece for _name, piece in pieces))
        self._places.update(pieces)
        self._spans.update(piece for _name, piece in pieces)

    def find(self, words: str) -> tuple[Span, ...]:
        """Every place where the words stand verbatim, in the order of the article.

        Where they stand as whole words somewhere, a place inside of other words is none.
        """
        found = [
            Span(stretch, start, end)
            for stretch, hay in enumerate(self._hays)
            for start, end in find(words, hay)[:_MOST_PLACES]
        ]
        whole = [span for span in found if self._is_whole(span)]
        return tuple(whole or found)

    def in_body(self, words: str) -> tuple[Span, ...]:
        """The places of `find` that are in paragraphs."""
        return tuple(span for span in self.find(words) if span.stretch == self.body)

    def _is_whole(self, span: Span) -> bool:
        text = self._hays[span.stretch].text
        return not any(
            0 < at < len(text) and _in_a_word(text[at - 1]) and _in_a_word(text[at]) for at in (span.start, span.end)
        )

    def refs(self, spans: Iterable[Span]) -> tuple[Ref, ...]:
        """The spans as addresses, one for each paragraph that a span touches."""
        made: dict[Ref, None] = {}
        for span in sorted(spans):
            for ref, piece in self._touched(span):
                start, end = max(span.start, piece.start), min(span.end, piece.end)
                made[ref.within(start - piece.start, end - piece.start)] = None
        return tuple(made)

    def _touched(self, span: Span) -> Iterable[_Piece]:
        pieces = self._pieces[span.stretch]
        first = bisect_right(pieces, span.start, key=lambda piece: piece.span.end)
        return takewhile(lambda piece: piece.span.start < span.end, pieces[first:])

    def windows(self, at: Iterable[Ref]) -> tuple[Span, ...]:
        """What the addresses cover; paragraphs that follow each other make one window."""
        windows: list[Span] = []
        for span in sorted(_part(self._spans[ref.entry], ref) for ref in at):
            if windows and windows[-1].stretch == span.stretch and span.start <= windows[-1].end + 1:
                windows[-1] = windows[-1]._replace(end=max(windows[-1].end, span.end))
            else:
                windows.append(span)
        return tuple(windows)

    def entry(self, name: str) -> Ref | None:
        """The entry that a word of the `at` language names: p3, headline, media:m1."""
        piece = self._places.get(name)
        return piece.ref if piece else None

    def text(self, ref: Ref) -> str:
        """The whole text of an entry that evidence can stand in."""
        stretch, start, end = self._spans[ref.entry]
        return self._hays[stretch].text[start:end]


def _part(whole: Span, ref: Ref) -> Span:
    return whole if ref.span is None else Span(whole.stretch, whole.start + ref.span[0], whole.start + ref.span[1])


def _in_a_word(char: str) -> bool:
    # From U+0E00 on come the scripts that write no space between words (Thai, Lao, Khmer, Chinese, Japanese).
    return char.isalnum() and char < "\u0e00"


class At(NamedTuple):
    """What an `at` says: the addresses that hold, and whether all of it does."""

    refs: tuple[Ref, ...]
    holds: bool


def read_at(node: Node | None, ground: Ground, faults: Faults) -> At:
    """The addresses that an `at`, a `speaker_at` or a list of mentions gives; what is wrong with it is told."""
    nodes: Sequence[Node] = () if node is None else node.items if isinstance(node, NodeList) else (node,)
    refs: dict[Ref, None] = {}
    holds = True
    for one in nodes:
        if isinstance(one, Mapping):
            ref = _selected(one, ground, faults)
        elif isinstance(one, Scalar):
            ref = _addressed(one, flat(one), ground, faults)
        else:
            faults.tell("bad-at", one, f"a list within a list is no place: {_FORMS}")
            ref = None
        if ref is None:
            holds = False
        else:
            refs[ref] = None
    return At(tuple(refs), holds)


def _addressed(node: Node, written: str, ground: Ground, faults: Faults) -> Ref | None:
    form = _WORD.fullmatch(written)
    if form is None:
        faults.tell("bad-at", node, f"{written!r} is no place: {_FORMS}")
        return None
    name = form["place"]
    ref = ground.entry(name)
    if ref is None:
        faults.tell("bad-at", node, _missing(name, ground))
    if ref is None or form["start"] is None:
        return ref
    start, end = int(form["start"]), int(form["end"])
    if start >= end:
        faults.tell("bad-at", node, f"{written}: the span is empty or runs backwards; the end is not part of it")
        return None
    if end > (length := len(ground.text(ref))):
        faults.tell("bad-at", node, f"{written}: the span ends outside, {name} has {length:,} characters")
        return None
    return ref.within(start, end)


def _missing(name: str, ground: Ground) -> str:
    if name.startswith("p"):
        return f"there is no {name}: the last paragraph is {ground.last}"
    if name.startswith("media:"):
        return f"there is no {name} with a caption: write media: and the id of a media item that has one"
    return f"the article has no {name}"


def _selected(node: Mapping, ground: Ground, faults: Faults) -> Ref | None:
    record = Record(node, _SELECTOR, faults)
    name = record.node("p")
    if name is None:
        faults.tell("bad-at", node, f"p is missing, the place to look in: {_FORMS}")
        return None
    ref = _addressed(name, flat(name), ground, faults)
    exact = record.node("exact")
    if ref is None or exact is None:
        if exact is None and (record.node("prefix") or record.node("suffix")):
            faults.tell("bad-at", node, "exact is missing, the words that stand between prefix and suffix")
            return None
        return ref
    words = record.text("exact")
    hay = prepare(ground.text(ref))
    found = find(words, hay)
    fitting = [span for span in found if _fits(hay, span, record.text("prefix"), record.text("suffix"))]
    if len(fitting) == 1:
        return ref.within(*fitting[0])
    if fitting:
        times = f"{words!r} stands {len(fitting)} times in {flat(name)}"
        faults.tell("bad-at", exact, f"{times}: say which by prefix or suffix, the words before or after it")
    else:
        between = " with this prefix and suffix" if found else ""
        faults.tell("exact-not-found", exact, f"{words!r} does not stand in {flat(name)}{between}")
    return None


def _fits(hay: Searchable, span: tuple[int, int], prefix: str, suffix: str) -> bool:
    before, after = prepare(hay.text[: span[0]]).normal.rstrip(), prepare(hay.text[span[1] :]).normal.lstrip()
    return before.endswith(prepare(prefix).normal.strip()) and after.startswith(prepare(suffix).normal.strip())
