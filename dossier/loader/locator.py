"""Where in an article words can stand, and how a file says so: the language of `at`.

Decided here: evidence stands in the headline, the subtitle, the paragraphs or a caption. The paragraphs count as one
text, with white space between them, so that words may run over a paragraph's end.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain

from dossier.core.dataclasses import NamedTuple
from dossier.core.model import Paragraph
from dossier.core.ref import Ref
from dossier.loader.fields import ProblemLog, Record, flat
from dossier.loader.yaml_nodes import Mapping, Node, Scalar
from dossier.loader.yaml_nodes import Sequence as NodeList
from dossier.text.concordance import Concordance
from dossier.text.folding import prepare
from dossier.text.name_finder import plain_name
from dossier.text.tokens import is_within

_WORD = re.compile(r"(?P<place>headline|subtitle|p[0-9]+|media:[^\s:]+)(?::(?P<start>[0-9]{1,9})-(?P<end>[0-9]{1,9}))?")
_SELECTOR = ("p", "exact", "prefix", "suffix")
# Words that stand in so many places of one text prove nothing, and a file can hold 20,000 such quotes.
_MOST_PLACES = 1_000
# Many events may bear the same few words, yesterday or on Tuesday.
_KEPT = 1_000
_FORMS = "write p3, p3:12-48, headline, subtitle, media:m1, or {p: p3, exact: the words}"


# The text between the paragraphs and what else is searched; no text that was made safe has it.
_APART = "\0"


class Span(NamedTuple):
    """A run of code points of the ground; spans sort by the order of the article."""

    start: int
    end: int


class _Piece(NamedTuple):
    ref: Ref
    span: Span


class EvidenceText:
    """The texts of an article in which evidence can stand, searched as often as needed.

    They count as one text: headline, subtitle, paragraphs, and captions with the addresses of their media items.
    """

    def __init__(
        self,
        headline: tuple[Ref, str],
        subtitle: tuple[Ref, str],
        body: Iterable[Paragraph],
        captions: Iterable[tuple[Ref, str]],
    ) -> None:
        paragraphs = [(block.ref, block.text) for block in body if block.ref.kind == "para"]
        self.last = f"p{len(paragraphs)}"
        stretches = [[headline], [subtitle], paragraphs, *([caption] for caption in captions)]
        given = [one for one in ([piece for piece in stretch if piece[1]] for stretch in stretches) if one]
        text = _APART.join(" ".join(words for _ref, words in stretch) for stretch in given)
        pieces = list(chain.from_iterable(given))
        starts = accumulate((len(words) + 1 for _ref, words in pieces), initial=0)
        self._pieces = [
            _Piece(ref, Span(start, start + len(words))) for (ref, words), start in zip(pieces, starts, strict=False)
        ]
        ranges = [piece.span for piece in self._pieces if piece.ref.kind == "para"] or [Span(0, 0)]
        self._body = Span(ranges[0].start, ranges[-1].end)
        self._spans = {piece.ref: piece.span for piece in self._pieces}
        self._names = {_name(piece.ref): piece.ref for piece in self._pieces}
        self._words = Concordance(prepare(text))
        self._kept: dict[str, tuple[Span, ...]] = {}

    def find(self, words: str) -> tuple[Span, ...]:
        """Every place where the words stand verbatim, in the order of the article.

        Where they stand as whole words somewhere, a place inside of other words is none.
        """
        if (kept := self._kept.get(words)) is not None:
            return kept
        found = [Span(*one) for one in self._words.find(words)[:_MOST_PLACES]]
        places = tuple([span for span in found if self._is_whole(span)] or found)
        if len(self._kept) < _KEPT:
            self._kept[words] = places
        return places

    def find_within(self, words: str, windows: Iterable[Span]) -> tuple[Span, ...]:
        """The places in the windows where the words stand verbatim as whole words."""
        found = (Span(*one) for window in windows for one in self._words.find(words, *window)[:_MOST_PLACES])
        return tuple(span for span in found if self._is_whole(span))

    def find_in(self, words: str, ref: Ref) -> tuple[Span, ...]:
        """Every place in one entry where the words stand verbatim, be it inside of other words."""
        return tuple(Span(*one) for one in self._words.find(words, *self._spans[ref.entry]))

    def stands_between(self, prefix: str, span: Span, suffix: str) -> bool:
        """Whether the text of the entry has these two, in their plain form, right before and after the span."""
        hay, whole = self._words.hay, next(self._touched(span)).span
        first, start, end, last = (bisect_left(hay.offsets, at) for at in (whole.start, *span, whole.end))
        start -= start > first and hay.normal[start - 1] == " "
        end += end < last and hay.normal[end] == " "
        return hay.normal.endswith(prefix, first, start) and hay.normal.startswith(suffix, end, last)

    def in_body(self, words: str) -> tuple[Span, ...]:
        """The places of `find` that are in paragraphs."""
        found = self.find(words)
        return found[bisect_left(found, self._body[:1]) : bisect_left(found, self._body[1:])]

    def _is_whole(self, span: Span) -> bool:
        text = self._words.hay.text
        return not any(is_within(text, at) for at in span)

    def refs(self, spans: Iterable[Span]) -> tuple[Ref, ...]:
        """The spans as addresses, one for each paragraph that a span touches."""
        made: dict[Ref, None] = {}
        for span in sorted(spans):
            for ref, piece in self._touched(span):
                start, end = max(span.start, piece.start), min(span.end, piece.end)
                made[ref.within(start - piece.start, end - piece.start)] = None
        return tuple(made)

    def _touched(self, span: Span) -> Iterator[_Piece]:
        at = bisect_right(self._pieces, span.start, key=lambda piece: piece.span.end)
        while at < len(self._pieces) and self._pieces[at].span.start < span.end:
            yield self._pieces[at]
            at += 1

    def windows(self, at: Iterable[Ref]) -> tuple[Span, ...]:
        """What the addresses cover; paragraphs that follow each other make one window."""
        windows: list[Span] = []
        for span in sorted(_part(self._spans[ref.entry], ref) for ref in at):
            if windows and span.start <= windows[-1].end + 1:
                windows[-1] = Span(windows[-1].start, max(windows[-1].end, span.end))
            else:
                windows.append(span)
        return tuple(windows)

    def entry(self, name: str) -> Ref | None:
        """The entry that a word of the `at` language names: p3, headline, media:m1."""
        return self._names.get(name)

    def text(self, ref: Ref) -> str:
        """The whole text of an entry that evidence can stand in."""
        start, end = self._spans[ref.entry]
        return self._words.hay.text[start:end]


def _name(ref: Ref) -> str:
    """What the `at` language calls an entry."""
    return ref.id if ref.kind == "para" else f"media:{ref.id}" if ref.kind == "media" else ref.kind


def _part(whole: Span, ref: Ref) -> Span:
    return whole if ref.span is None else Span(whole.start + ref.span[0], whole.start + ref.span[1])


class At(NamedTuple):
    """What an `at` says: the addresses that hold, and whether all of it does."""

    refs: tuple[Ref, ...]
    holds: bool


def read_at(node: Node | None, ground: EvidenceText, faults: ProblemLog) -> At:
    """The addresses that an `at`, a `speaker_at` or a list of mentions gives; what is wrong with it is told."""
    if node is None:
        return At((), True)
    nodes: Sequence[Node] = node.items if isinstance(node, NodeList) else (node,)
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


def _addressed(node: Node, written: str, ground: EvidenceText, faults: ProblemLog) -> Ref | None:
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


def _missing(name: str, ground: EvidenceText) -> str:
    if name.startswith("p"):
        return f"there is no {name}: the last paragraph is {ground.last}"
    if name.startswith("media:"):
        return f"there is no {name} with a caption: write media: and the id of a media item that has one"
    return f"the article has no {name}"


def _selected(node: Mapping, ground: EvidenceText, faults: ProblemLog) -> Ref | None:
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
    found = ground.find_in(words, ref)
    prefix, suffix = plain_name(record.text("prefix")), plain_name(record.text("suffix"))
    fitting = [span for span in found if ground.stands_between(prefix, span, suffix)]
    if len(fitting) == 1:
        return ground.refs(fitting)[0]
    if fitting:
        times = f"{words!r} stands {len(fitting)} times in {flat(name)}"
        faults.tell("bad-at", exact, f"{times}: say which by prefix or suffix, the words before or after it")
    else:
        cure = "copy the words exactly, or correct p:"
        between = " with this prefix and suffix" if found else ""
        faults.tell("exact-not-found", exact, f"{words!r} does not stand in {flat(name)}{between}: {cure}")
    return None
