"""Marks and notes on words of an article, and where these words are now.

A note has what is needed to find it again when the article has been edited or extracted anew: its words, the text
before and after them, and a digest of the whole text. `core.note_places` finds it.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from itertools import takewhile
from typing import Final
from unicodedata import category, normalize

from dossier.core.dataclasses import NamedTuple, dataclass
from dossier.core.ref import Ref
from dossier.text.late_patterns import compile_late

CONTEXT_LENGTH = 120
"""How many code points of the text before, and after, the words are kept."""
NOTE_URN, ARTICLE_URN = "urn:dossier:note:", "urn:dossier:article:"
"""Prefixes that make a URN of the id of a note, and of the id of an article without a web address."""
UNIQUE: Final = (-1, -1)
"""The value of `Note.alike` if the words stood in one place only."""
_TAG: Final = compile_late(r"""(?<![^\s(\[{"'«“‘„‚,;:.!?])#([^\s#]+)""")
# Some languages have invisible joiners inside words.
_INSIDE_TAGS: Final = "_-\u200c\u200d"


@dataclass(frozen=True)
class Note:
    """A note, or a mark, which is a note without text.

    `id` never changes. `ref` is the address of the words when the note was made or last moved. `before` and `after` are
    the text before and after the words, at most CONTEXT_LENGTH code points each. `digest` is the digest of the
    article's text. `made` is the time in UTC, as in 2026-11-28T14:05:00Z. `path` is the file of the article; it tells
    apart articles with the same id.

    `alike` is UNIQUE if the words stood in one place only when the note was made. Otherwise it has two numbers: how
    many code points of `before` and of `after`, without white space, were the same at the most similar other place. A
    place with no more in common than that may be the other place.
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
    MISSING = "not in the article"


class PlacedNote(NamedTuple):
    """A note with its place in the article as it is now.

    `ref` is that place; None for a lost note, whose place is not certain. `offered` are the places that a lost note may
    be at, the likeliest first: for SEVERAL those with the same words (only one if the text around it is too different),
    for PROPOSED the one with similar words, for MISSING none. If the words span several paragraphs, the address is
    that of their part in the first one.
    """

    note: Note
    placement: Placement
    ref: Ref | None = None
    offered: tuple[Ref, ...] = ()


class PlacedNotes(tuple[PlacedNote, ...]):
    """The notes on one article, each with its place, in the order in which they were made."""

    @cached_property
    def by_entry(self) -> Mapping[Ref, tuple[PlacedNote, ...]]:
        """The notes on each entry that has some, by the address of the entry. Lost notes are not included."""
        found: dict[Ref, tuple[PlacedNote, ...]] = {}
        for placed in self:
            if placed.ref:
                found[placed.ref.entry] = (*found.get(placed.ref.entry, ()), placed)
        return found

    @cached_property
    def lost(self) -> tuple[PlacedNote, ...]:
        """The notes whose place is not certain."""
        return tuple(placed for placed in self if placed.ref is None)

    def find(self, note_id: str) -> PlacedNote | None:
        """Return the note with this id; None when there is none."""
        return next((placed for placed in self if placed.note.id == note_id), None)


def note_tags(text: str) -> tuple[str, ...]:
    """Return the tags in the text of a note, without their `#`, as written, each once; capitals make no difference.

    A tag is `#` at the start of a word, followed by letters, digits, combining marks, `_` and `-`. At least one of them
    is a letter or `_`. So neither `#1` nor `page#top` is a tag.
    """
    found: dict[str, str] = {}
    for written in _TAG().findall(text):
        tag = "".join(takewhile(_is_of_tag, normalize("NFC", written))).rstrip("-")
        if any(char.isalpha() or char == "_" for char in tag):
            found.setdefault(tag.casefold(), tag)
    return tuple(found.values())


def _is_of_tag(char: str) -> bool:
    return category(char)[0] in "LMN" or char in _INSIDE_TAGS
