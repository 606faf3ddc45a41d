"""Find the words of a text that stand between quote marks.

A pair of marks counts only if it cannot be anything else, because a checker reports quoted words that are not verbatim
as an error. An apostrophe, an inch mark, or a mark that is followed by another of its kind before its partner opens
nothing. Double marks pair by the conventions of English, German, French, the Nordic languages and East Asia; single
marks only if the opening mark is not an apostrophe. Of nested quotes of one kind, the outer one counts.
"""

import re
from typing import Final

_STRAIGHT: Final = '"'
_SINGLE_OPENING: Final = "\u2018\u201a"

# Opening mark -> the marks that close it.
_CLOSING: Final = {
    _STRAIGHT: _STRAIGHT,
    "\u201c": "\u201d",
    "\u201d": "\u201d",
    "\u201e": "\u201c\u201d",
    "\u201f": "\u201d",
    "\u2e42": "\u201c\u201d",
    "\xab": "\xbb",
    "\xbb": "\xab\xbb",
    "\u2039": "\u203a",
    "\u203a": "\u2039\u203a",
    "\u300c": "\u300d",
    "\u300e": "\u300f",
    "\u301d": "\u301e\u301f",
    "\uff02": "\uff02",
    "\uff62": "\uff63",
    "\u2018": "\u2019",
    "\u201a": "\u2018\u2019",
}
_OPENING: Final = re.compile(f"[{''.join(_CLOSING)}]")

# These marks also close a quote: they open one only at the start of a word.
_BOTH_WAYS: Final = "\u201d\xbb\u203a"
_BEFORE_WORD: Final = re.compile(r"[\s(\[{\-\u2010-\u2015:]")

# English drops the beginning of these words, and software writes that apostrophe as an opening mark.
_ELISION: Final = re.compile(r"(?:\d|tis\b|twas\b|em\b|til\b|cause\b|n\b)", re.IGNORECASE)


def find_quoted_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the (start, end) spans of the words between quote marks in `text`, in code points, without the marks."""
    spans: list[tuple[int, int]] = []
    at = 0
    while found := _OPENING.search(text, at):
        opening = found.start()
        closing = _find_closing(text, opening) if _opens(text, opening) else -1
        if closing < 0:
            at = opening + 1
            continue
        start, end = opening + 1, closing
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end > start:
            spans.append((start, end))
        at = closing + 1
    return tuple(spans)


def _opens(text: str, at: int) -> bool:
    """Return whether the mark at offset `at` can open a quote there."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark in _BOTH_WAYS:
        return (not before or bool(_BEFORE_WORD.match(before))) and bool(after) and not after.isspace()
    if mark == _STRAIGHT:
        return not before.isdigit() and bool(after) and not after.isspace()
    if mark in _SINGLE_OPENING:
        return not before.isalnum() and bool(after) and not after.isspace() and not _ELISION.match(text, at + 1)
    return True


def _find_closing(text: str, opening: int) -> int:
    """Return the offset of the mark that closes the one at `opening`; -1 if there is none, or if several may."""
    closing = _CLOSING[text[opening]]
    if text[opening] not in _SINGLE_OPENING:
        found = re.compile(f"[{closing}{text[opening]}]").search(text, opening + 1)
        return found.start() if found and found[0] in closing else -1
    region = re.compile(f"[^{_SINGLE_OPENING}]*").match(text, opening + 1)
    limit = region.end() if region else opening + 1
    if text[opening] == "\u201a" and text[limit : limit + 1] == "\u2018":
        return limit
    candidates = [
        at for at in range(opening + 2, limit) if text[at] == "\u2019" and not text[at + 1 : at + 2].isalnum()
    ]
    return candidates[0] if len(candidates) == 1 else -1
