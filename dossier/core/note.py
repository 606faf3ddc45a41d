"""Marks and notes: what the reader says of words in an article, and where these words are now.

A note keeps enough of the article to be found again after the article was edited or extracted anew: its words, what
stands on both sides of them, and a digest of the whole text. `core.note_places` finds it.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from itertools import takewhile
from typing import Final
from unicodedata import category, normalize

from dossier.core.dataclasses import NamedTuple, dataclass
from dossier.core.ref import Ref

CONTEXT_LENGTH = 120
"""How much of the text is kept on each side of the words, in code points."""
NOTE_URN, ARTICLE_URN = "urn:dossier:note:", "urn:dossier:article:"
"""What stands before the id of a note, and of an article without a web address, where others need an address."""
UNIQUE: Final = (-1, -1)
"""For words that stood in one place alone."""
_TAG: Final = re.compile(r"""(?<![^\s(\[{"'«“‘„‚,;:.!?])#([^\s#]+)""")
# Inside words of some languages stand joiners that nobody sees.
_INSIDE_TAGS: Final = "_-\u200c\u200d"


@dataclass(frozen=True)
class Note:
    """A note, or a mark, which is a note without text.

    `id` is the note's own, the same for ever. `ref` is where the words were when the note was made or last moved, with
    the id of the article; `words` are the words themselves. `before` and `after` are what stood on both sides of them,
    at most CONTEXT_LENGTH code points each. `digest` is that of the article's text. `made` is the time in UTC, as in
    2026-11-28T14:05:00Z. `path` is the file of the article, to tell apart articles of one id.

    `alike` says how many code points of what stood before and behind the words, white space aside, also stood there
    at another place with the same words when the note was made, at most; UNIQUE when no other place had the words. A
    place that agrees by no more than that may be the other one.
    """

    id: str
    ref: Ref
    words: str
    made: str
    digest: str = ""
    before: str = ""
    after: str = ""
    text: str = ""
    path: str = ""
    alike: tuple[int, int] = (0, 0)


class Placement(StrEnum):
    """How the place of a note was found in the article as it is now."""

    UNCHANGED = "as it was"
    FOUND = "found again"
    SEVERAL = "in several places"
    PROPOSED = "changed words"
    ASTRAY = "not in the article"


class PlacedNote(NamedTuple):
    """A note with its place in the article as it is now.

    `ref` is that place; None when it is not settled. `offered` are then the places that it may be, the likeliest first:
    those with the same words for SEVERAL, which is also one alone if what stands around it does not say that it is the
    one meant; the one with similar words for PROPOSED; none for ASTRAY. Where the words run over the border of
    paragraphs, an address is that of their part in the first one.
    """

    note: Note
    placement: Placement
    ref: Ref | None = None
    offered: tuple[Ref, ...] = ()


class PlacedNotes(tuple[PlacedNote, ...]):
    """The notes on one article, each with its place, in the order in which they were made."""

    @cached_property
    def by_entry(self) -> Mapping[Ref, tuple[PlacedNote, ...]]:
        """The notes of each entry that has some, by the address of the entry. A note without a place is in none."""
        found: dict[Ref, tuple[PlacedNote, ...]] = {}
        for placed in self:
            if placed.ref:
                found[placed.ref.entry] = (*found.get(placed.ref.entry, ()), placed)
        return found

    @cached_property
    def unsettled(self) -> tuple[PlacedNote, ...]:
        """The notes without a place."""
        return tuple(placed for placed in self if placed.ref is None)

    def find(self, note_id: str) -> PlacedNote | None:
        """Return the note with this id; None when there is none."""
        return next((placed for placed in self if placed.note.id == note_id), None)


def note_tags(text: str) -> tuple[str, ...]:
    """Return the tags in the text of a note, without their `#`, as written, each once; capitals make no difference.

    A tag is `#` at the start of a word, and the letters, digits, marks, `_` and `-` behind it. It has a letter or `_`:
    `#1` is a number, and `page#top` no tag.
    """
    found: dict[str, str] = {}
    for written in _TAG.findall(text):
        tag = "".join(takewhile(_is_of_tag, normalize("NFC", written))).rstrip("-")
        if any(char.isalpha() or char == "_" for char in tag):
            found.setdefault(tag.casefold(), tag)
    return tuple(found.values())


def _is_of_tag(char: str) -> bool:
    return category(char)[0] in "LMN" or char in _INSIDE_TAGS
