"""The law of offsets: an imported span must yield its own words.

Programs count a text in code points, in UTF-16 code units or in UTF-8 bytes, and a line end of two characters as two or
as one. Which of these a file was counted in is not believed but tried: all its spans must fit one counting.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from dossier.core.dataclasses import NamedTuple
from dossier.loader.converters.values import ConversionError
from dossier.text.messages import abbreviate
from dossier.text.tokens import has_word, is_inside_word

_MOST_NAMED = 5
_SPACES = re.compile(r"\s+")


class CountedSpan(NamedTuple):
    """A span as the file gives it.

    `name` says what it belongs to, in a message. `start` and `end` are offsets in an unknown counting, the end
    excluded. `words` are the words that stand there, None if the file does not say; it must then begin and end with
    whole words. `place` is the number of the text that it points into, from 0.
    """

    name: str
    start: int
    end: int
    words: str | None = None
    place: int = 0


class OffsetError(ConversionError):
    """The spans of a file fit no counting, or several that differ."""


class _Counting(NamedTuple):
    """A way of counting: its name, and how many units a code point has and a line end of two, or None for two."""

    name: str
    width: Callable[[str], int]
    line_end: str


def locate_spans(texts: Sequence[str], spans: Sequence[CountedSpan]) -> list[tuple[int, int]]:
    """Return start and end of each span as offsets of code points into its text.

    Raises OffsetError, which names the spans, when they fit no counting, or two that differ.
    """
    fewest: list[CountedSpan] = list(spans)
    for countings in _possible_countings("\n".join(texts)):
        fitting: dict[tuple[tuple[int, int], ...], str] = {}
        for counting in countings:
            found = _apply_counting(counting, texts, spans)
            failing = [span for span, at in zip(spans, found, strict=True) if at is None]
            if not failing:
                fitting.setdefault(tuple(at for at in found if at), counting.name)
            elif len(failing) < len(fewest):
                fewest = failing
        if len(fitting) == 1:
            return list(next(iter(fitting)))
        if fitting:
            raise _ambiguous(spans, fitting)
    raise OffsetError(
        f"the offsets of {_name_spans(fewest)} give other words, counted in code points, UTF-16 units or UTF-8 bytes: "
        "they were made for another text"
    )


def fold_line_ends(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """Return the text with every line end as one line feed, and the spans, in code points, moved accordingly."""
    pairs = [found.start() for found in re.finditer("\r\n", text)]
    moved = [(start - bisect_left(pairs, start), end - bisect_left(pairs, end)) for start, end in spans]
    return text.replace("\r\n", "\n").replace("\r", "\n"), moved


def _possible_countings(text: str) -> Iterator[list[_Counting]]:
    """Yield the countings that can differ for this text: first those of the line ends it has, then the unlikely one.

    That is a text whose line ends were two characters when it was counted, and are one now.
    """
    units = [_Counting("code points", _one, "kept")]
    if not text.isascii():
        units.append(_Counting("UTF-8 bytes", _utf8_width, "kept"))
        if max(text) > "\uffff":
            units.append(_Counting("UTF-16 units", _utf16_width, "kept"))
    has_pairs = "\r\n" in text
    folded = [one._replace(name=f"{one.name}, line ends as one", line_end="folded") for one in units]
    yield units + folded if has_pairs else units
    if "\n" in text and not has_pairs:
        yield [one._replace(name=f"{one.name}, line ends as two", line_end="doubled") for one in units]


def _one(_char: str) -> int:
    return 1


def _utf16_width(char: str) -> int:
    return 1 + (char > "\uffff")


def _utf8_width(char: str) -> int:
    return 1 + (char > "\x7f") + (char > "\u07ff") + (char > "\uffff")


def _apply_counting(
    counting: _Counting, texts: Sequence[str], spans: Sequence[CountedSpan]
) -> list[tuple[int, int] | None]:
    """Return each span in code points, None for one that does not yield its words under this counting."""
    bounds: dict[int, Sequence[int]] = {}
    found: list[tuple[int, int] | None] = []
    for span in spans:
        if not 0 <= span.place < len(texts):
            found.append(None)
            continue
        text = texts[span.place]
        if span.place not in bounds:
            bounds[span.place] = _boundaries(counting, text)
        start, end = (_index(bounds[span.place], offset) for offset in (span.start, span.end))
        is_own = start is not None and end is not None and start < end and _yields_words(text, start, end, span.words)
        found.append((start, end) if is_own and start is not None and end is not None else None)
    return found


def _boundaries(counting: _Counting, text: str) -> Sequence[int]:
    """Return the offset of each code point in this counting, and last that of the end."""
    if counting.width is _one and counting.line_end == "kept":
        return range(len(text) + 1)
    widths = list(map(counting.width, text))
    if counting.line_end == "folded":
        for pair in re.finditer("\r\n", text):
            widths[pair.start()] = 0
    elif counting.line_end == "doubled":
        for line_feed in re.finditer("\n", text):
            widths[line_feed.start()] = 2
    return list(accumulate(widths, initial=0))


def _index(bounds: Sequence[int], offset: int) -> int | None:
    index = bisect_left(bounds, offset)
    return index if index < len(bounds) and bounds[index] == offset else None


def _yields_words(text: str, start: int, end: int, words: str | None) -> bool:
    there = text[start:end]
    if words is not None:
        return there == words or (not there.isspace() and _SPACES.sub(" ", there) == _SPACES.sub(" ", words))
    return (
        there == there.strip() and has_word(there) and not is_inside_word(text, start) and not is_inside_word(text, end)
    )


def _ambiguous(spans: Sequence[CountedSpan], fitting: dict[tuple[tuple[int, int], ...], str]) -> OffsetError:
    (one, name), (two, other) = list(fitting.items())[:2]
    differing = [span for span, first, second in zip(spans, one, two, strict=True) if first != second]
    return OffsetError(
        f"the offsets of {_name_spans(differing)} may count {name} or {other}, which give different words, and the "
        "file does not say which"
    )


def _name_spans(spans: Sequence[CountedSpan]) -> str:
    """Return the names of some spans with their offsets and words."""
    names = [
        f"{span.name} ({span.start}-{span.end}{f', {abbreviate(span.words, 30)!r}' if span.words else ''})"
        for span in spans[:_MOST_NAMED]
    ]
    more = [f"{len(spans) - _MOST_NAMED:,} more"] if len(spans) > _MOST_NAMED else []
    return ", ".join([*names, *more])
