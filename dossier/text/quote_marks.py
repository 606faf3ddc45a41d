"""Find the words of a text that stand between quote marks.

A pair of marks counts only if it cannot be anything else, because a checker reports quoted words that are not verbatim
as an error. An apostrophe, an inch mark, or a mark that is followed by another of its kind before its partner opens
nothing. Double marks pair by the conventions of English, German, French, the Nordic languages, Hebrew and East Asia,
and of typewriters (``so'', ,,so'', <<so>>); single marks only if the opening mark is not an apostrophe, and straight
ones only if a single mark can be the end. Of nested quotes of one kind, the outer one counts.
"""

import re
from typing import Final

from dossier.text.late_patterns import compile_late

_STRAIGHT: Final = '"'
_SINGLE_OPENING: Final = "\u2018\u201a"
# Single marks that look alike on both sides, and the end of a single quote on a typewriter.
_APOSTROPHES: Final = "'\u2019"
_BACKTICK: Final = "`"

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
    "\u300a": "\u300b",
    "\u05f4": '\u05f4"',
    "\ufe41": "\ufe42",
    "\ufe43": "\ufe44",
    "\u2018": "\u2019",
    "\u201a": "\u2018\u2019",
}
# Opening marks of several code points -> a pattern for the marks that close them, and for themselves: of two in a row,
# the first one opens nothing.
_TYPED: Final = {
    "``": compile_late("''|[\"\u201d]|``"),
    "''": compile_late("''"),
    ",,": compile_late("''|[\"\u201c\u201d]|,,"),
    "<<": compile_late(">>|<<"),
}
_OPENING: Final = re.compile(f"{'|'.join(_TYPED)}|[{''.join(_CLOSING)}{_APOSTROPHES}{_BACKTICK}]")
# Between two letters of Hebrew, this mark is part of an acronym.
_STRAIGHT_END: Final = compile_late('(?<![\u05d0-\u05ea])["\u05f4]|["\u05f4](?![\u05d0-\u05ea])')

# These marks also close a quote: they open one only at the start of a word.
_BEFORE_ONLY: Final = "`\u05f4"
_BOTH_WAYS: Final = "\u201d\xbb\u203a"
_BEFORE_WORD: Final = compile_late(r"[\s(\[{\-\u2010-\u2015:]")

# English and Dutch drop the beginning of these words, and software writes that apostrophe as an opening mark.
_ELISION: Final = compile_late(r"(?:\d|tis\b|twas\b|em\b|til\b|cause\b|[kmnrst]\b)", re.IGNORECASE)


def find_quoted_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the (start, end) spans of the words between quote marks in `text`, in code points, without the marks."""
    spans: list[tuple[int, int]] = []
    at = 0
    while found := _OPENING.search(text, at):
        closing = _find_closing(text, found[0], found.start()) if _opens(text, found[0], found.start()) else None
        if closing is None:
            at = found.start() + 1
            continue
        start, end = found.end(), closing[0]
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end > start:
            spans.append((start, end))
        at = closing[1]
    return tuple(spans)


def _opens(text: str, mark: str, at: int) -> bool:
    """Return whether the mark at offset `at` can open a quote there."""
    before, after = text[at - 1 : at], text[at + len(mark) : at + len(mark) + 1]
    if mark in _BOTH_WAYS:
        return (not before or bool(_BEFORE_WORD().match(before))) and bool(after) and not after.isspace()
    if mark == _STRAIGHT:
        is_within_acronym = not _STRAIGHT_END().match(text, at)
        return not before.isdigit() and not is_within_acronym and bool(after) and not after.isspace()
    if mark in _SINGLE_OPENING or mark in _APOSTROPHES:
        return not before.isalnum() and bool(after) and not after.isspace() and not _ELISION().match(text, at + 1)
    if mark in _TYPED or mark in _BEFORE_ONLY:
        return not before.isalnum() and bool(after) and not after.isspace()
    return True


def _find_closing(text: str, mark: str, opening: int) -> tuple[int, int] | None:
    """Return the span of the mark that closes the one at `opening`; None if there is none, or if several may."""
    if typed := _TYPED.get(mark):
        found = typed().search(text, opening + len(mark))
        return found.span() if found and (found[0] != mark or mark == "''") else None
    if mark in _APOSTROPHES or mark == _BACKTICK:
        return _find_closing_apostrophe(text, "'" if mark == _BACKTICK else mark, opening)
    closing = _CLOSING[mark]
    if mark in (_STRAIGHT, "\u05f4"):
        found = _STRAIGHT_END().search(text, opening + 1)
        return found.span() if found and found[0] in closing else None
    if mark not in _SINGLE_OPENING:
        found = re.compile(f"[{closing}{mark}]").search(text, opening + 1)
        return found.span() if found and found[0] in closing else None
    region = re.compile(f"[^{_SINGLE_OPENING}]*").match(text, opening + 1)
    limit = region.end() if region else opening + 1
    if mark == "\u201a" and text[limit : limit + 1] == "\u2018":
        return limit, limit + 1
    candidates = [
        at for at in range(opening + 2, limit) if text[at] == "\u2019" and not text[at + 1 : at + 2].isalnum()
    ]
    return (candidates[0], candidates[0] + 1) if len(candidates) == 1 else None


def _find_closing_apostrophe(text: str, mark: str, opening: int) -> tuple[int, int] | None:
    """Return the span of the only `mark` at the end of a word before another one opens a quote; None if not one can."""
    candidate, at = -1, opening + 1
    while (at := text.find(mark, at + 1)) >= 0:
        ends_word = not text[at - 1].isspace() and not text[at + 1 : at + 2].isalnum()
        if ends_word and candidate >= 0:
            return None
        if ends_word:
            candidate = at
        elif _opens(text, mark, at):
            break
    return (candidate, candidate + 1) if candidate >= 0 else None
