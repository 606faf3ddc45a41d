"""The texts of an article in which the words of notes are looked for, and the entry of each piece of them.

The running text is the headline, the subtitle, the blocks of the body and the captions, in reading order. The blocks of
the body are joined by spaces, so that the text stays the same when its paragraphs are divided in another way; all other
parts are on lines of their own. The other entries, such as quotes, have a text for each kind. There, the text around
words ends where their entry ends.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter

from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import Entry
from dossier.core.note import CONTEXT_LENGTH
from dossier.core.ref import Ref
from dossier.core.views.panes import Reading

_LINES, _BLOCKS = ("headline", "subtitle"), ("heading", "para")
RUNNING_KINDS = (*_LINES, *_BLOCKS, "media")
"""The kinds of entries in the running text. Of a media entry, only the caption is."""
SIDES = 2 * CONTEXT_LENGTH
"""How much of a text is compared with what a note keeps: more than that, since white space is ignored."""
_NAMING_PARTS = {"quote": 2, "event": 2, "term": 2, "about": 2}


class TextPiece(NamedTuple):
    """The piece of a text that comes from an entry: `entry` is its address; the piece is [start, end) of the text.

    A note on the whole entry has the words from `start` to `naming_end`. In the running text, that is all of the piece;
    otherwise the name of a person, the words and the speaker of a quote, or the date and the text of an event.
    """

    entry: Ref
    start: int
    end: int
    naming_end: int


class NoteText(NamedTuple):
    """A text with its pieces, in the order of the text. Offsets are in code points; pieces begin where entries do."""

    text: str
    pieces: tuple[TextPiece, ...]
    is_running: bool

    def piece_of(self, entry: Ref) -> TextPiece | None:
        """Return the piece of an entry; None when the entry has none."""
        return next((piece for piece in self.pieces if piece.entry == entry), None)

    def span_of(self, ref: Ref) -> tuple[int, int] | None:
        """Return where the words at an address stand in the text; None when they do not."""
        piece = self.piece_of(ref.entry)
        if piece is None:
            return None
        if ref.span is None:
            return piece.start, piece.naming_end
        start, end = piece.start + ref.span[0], piece.start + ref.span[1]
        return (start, end) if end <= piece.end else None

    def piece_at(self, start: int) -> TextPiece:
        """Return the piece that an offset is in; between two pieces, the second one."""
        return self.pieces[bisect_right(self.pieces, start, key=attrgetter("end"))]

    def ref_at(self, start: int, end: int) -> Ref:
        """Return the address of a span of the text; if it spans several entries, that of its first part."""
        piece = self.piece_at(start)
        return piece.entry.with_span(max(0, start - piece.start), min(end, piece.end) - piece.start)

    def sides_of(self, start: int, end: int) -> tuple[str, str]:
        """Return the text before and after a span, at most SIDES code points each."""
        first, last = 0, len(self.text)
        if not self.is_running:
            piece = next(one for one in self.pieces if one.start <= start <= one.end)
            first, last = piece.start, piece.end
        return self.text[max(first, start - SIDES) : start], self.text[end : min(last, end + SIDES)]


def make_note_texts(reading: Reading) -> Mapping[str, NoteText]:
    """Return the texts of an article by the kind of entry: that of the running text is ""."""
    by_kind: dict[str, dict[Ref, Entry]] = {}
    for entry in chain.from_iterable(reading.entries.values()):
        by_kind.setdefault(entry.ref.kind, {}).setdefault(entry.ref, entry)
    running = [entry for entry in reading.entries["article"] if entry.ref.kind in RUNNING_KINDS and _running(entry)]
    texts = {"": _join(((one.ref, _running(one), _running(one)) for one in running), is_running=True)}
    for kind, entries in by_kind.items():
        if kind not in _LINES and kind not in _BLOCKS:
            texts[kind] = _join((one.ref, one.text, _naming(one)) for one in entries.values())
    return texts


def find_note_text(texts: Mapping[str, NoteText], ref: Ref) -> NoteText | None:
    """Return the text that the words at an address are in; None if the article has no such text.

    Only the kind of the address counts, and for media whether it is in a caption: the entry need not exist.
    """
    if ref.kind != "media":
        return texts[""] if not ref.kind or ref.kind in RUNNING_KINDS else texts.get(ref.kind)
    return texts[""] if texts[""].span_of(ref) else texts.get("media", texts[""])


def _running(entry: Entry) -> str:
    """Return the part of an entry that is in the running text; it is the beginning of the entry's text."""
    return entry.parts[0].text if entry.parts and entry.parts[0].name == "text" else ""


def _naming(entry: Entry) -> str:
    return "\n".join(map(attrgetter("text"), entry.parts[: _NAMING_PARTS.get(entry.ref.kind, 1)]))


def _join(entries: Iterable[tuple[Ref, str, str]], is_running: bool = False) -> NoteText:
    """Join entries, each with its text and the part of it that names the entry."""
    found = tuple(entries)
    written, pieces = [], []
    at = 0
    for (ref, text, naming), separator in zip(found, _separators(found), strict=True):
        pieces.append(TextPiece(ref, at, at + len(text), at + len(naming)))
        written += [text, separator]
        at += len(text) + len(separator)
    return NoteText("".join(written), tuple(pieces), is_running)


def _separators(entries: Sequence[tuple[Ref, str, str]]) -> Iterator[str]:
    """Yield the separator after each entry."""
    kinds = [ref.kind for ref, _, _ in entries]
    for kind, following in zip(kinds, [*kinds[1:], ""], strict=False):
        yield " " if kind in _BLOCKS and following in _BLOCKS else "\n"
