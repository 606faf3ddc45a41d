"""How well a place of a text agrees with what stood around the words of a note.

White space makes no difference here, since it is the first that another extraction changes. All lengths are in code
points without white space.
"""

from collections.abc import Iterator
from itertools import takewhile
from operator import eq

from dossier.core.dataclasses import NamedTuple
from dossier.core.note import Note
from dossier.core.note_text import NoteText
from dossier.text.folding import is_character_boundary

_ENOUGH = 12
"""A whole side of this length, or more, can agree by itself; a shorter one only where the text ends there, too."""
SIDE = 24
"""So much of one side is never elsewhere by chance, beside words that stand in one place."""
MARGIN = 12
"""By how much a place has to agree better than another one."""
LEAST, _MORE = 4, 2
"""How much has to agree on a side at least, and how much more than at any other place."""


class Agreement(NamedTuple):
    """How many code points agree before and behind a place.

    `is_whole_side` says that all of one side does; `ends` whether the text begins before the place, or ends behind it,
    where it did so when the note was made.
    """

    before: int
    after: int
    is_whole_side: bool
    ends: tuple[bool, bool]

    @property
    def length(self) -> int:
        """The number of code points on both sides together."""
        return self.before + self.after

    @property
    def longest(self) -> int:
        """The number of code points on the side that agrees best."""
        return max(self.before, self.after)

    def exceeds(self, alike: tuple[int, int]) -> bool:
        """Return whether both sides agree by more than those of other places did, which is what `Note.alike` says."""
        return (self.ends[0] or self.before >= max(LEAST, alike[0] + _MORE)) and (
            self.ends[1] or self.after >= max(LEAST, alike[1] + _MORE)
        )


def find_words(note: Note, text: NoteText) -> Iterator[int]:
    """Yield the offsets at which the words of a note stand in a text, overlapping ones among them.

    They begin and end at the border of a word where they did so when the note was made.
    """
    words = note.words
    cuts_start = _is_inside(note.before[-1:] + words[:1], 1)
    cuts_end = _is_inside(words[-1:] + note.after[:1], 1)
    at = text.text.find(words) if words.strip() else -1
    while at >= 0:
        end = at + len(words)
        if (cuts_start or not _is_inside(text.text, at)) and (cuts_end or not _is_inside(text.text, end)):
            yield at
        at = text.text.find(words, at + 1)


def compare_context(note: Note, text: NoteText, start: int, end: int) -> Agreement:
    """Return how well what stands around a span of a text agrees with what stood around the words of a note."""
    before, after = text.sides_of(start, end)
    left = _compare_side(note.before[::-1], before[::-1])
    right = _compare_side(note.after, after)
    # That entries of other kinds begin with the words says little: many may.
    ends = text.is_running and ((left[2] and not before) or (right[2] and not after))
    return Agreement(left[0], right[0], left[1] or right[1] or ends, (left[2], right[2]))


def _compare_side(kept: str, found: str) -> tuple[int, bool, bool]:
    """Return how much agrees, whether all does, and whether both end there, of texts read away from the words."""
    kept, found = "".join(kept.split()), "".join(found.split())
    length = sum(takewhile(bool, map(eq, kept, found)))
    ends_here = length == len(kept) == len(found)
    return length, length == len(kept) > 0 and (length >= _ENOUGH or ends_here), ends_here


def _is_inside(text: str, at: int) -> bool:
    """Return whether the offset is inside a word, or inside a character."""
    if not 0 < at < len(text):
        return False
    return (text[at - 1].isalnum() and text[at].isalnum()) or not is_character_boundary(text, at)
