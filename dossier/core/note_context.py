"""Compare the text around a place with the text that stood around the words of a note.

White space is ignored, since another extraction of the same page often changes it. All lengths are in code points
without white space.
"""

from collections.abc import Iterator
from itertools import takewhile
from operator import eq

from dossier.core.dataclasses import NamedTuple
from dossier.core.note import Note
from dossier.core.note_text import NoteText
from dossier.text.characters import is_character_boundary

_ENOUGH = 12
"""A side of the note must be this long to count as a whole side, unless the text begins or ends there."""
SIDE = 24
"""If this much of one side agrees, words that stand in only one place are not there by chance."""
MARGIN = 12
"""How many more code points must agree at a place than at any other place."""
LEAST, _MORE = 4, 2
"""How many code points of a side must agree at least, and how many more than at any other place."""


class Agreement(NamedTuple):
    """How many code points before and after a place are the same as in the note.

    `is_whole_side` is true if all of one side is the same. `ends` has two values: whether the text begins right before
    the place as it did when the note was made, and whether it ends right after the place as it did then.
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
        """The number of code points on the side with more of them."""
        return max(self.before, self.after)

    def exceeds(self, alike: tuple[int, int]) -> bool:
        """Return whether both sides have more in common with the note than other places had; see `Note.alike`."""
        return (self.ends[0] or self.before >= max(LEAST, alike[0] + _MORE)) and (
            self.ends[1] or self.after >= max(LEAST, alike[1] + _MORE)
        )


def find_words(note: Note, text: NoteText) -> Iterator[int]:
    """Yield the offsets at which the words of a note occur in a text; occurrences may overlap.

    If the words began, or ended, at a word boundary when the note was made, they must do so here.
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
    """Compare the text around a span with the text that stood around the words of a note."""
    before, after = text.sides_of(start, end)
    left = _compare_side(note.before[::-1], before[::-1])
    right = _compare_side(note.after, after)
    # That entries of other kinds begin with the words says little: many may.
    ends = text.is_running and ((left[2] and not before) or (right[2] and not after))
    return Agreement(left[0], right[0], left[1] or right[1] or ends, (left[2], right[2]))


def _compare_side(kept: str, found: str) -> tuple[int, bool, bool]:
    """Return how many code points agree, whether all do, and whether both texts end there.

    Both texts are read in the direction away from the words.
    """
    kept, found = "".join(kept.split()), "".join(found.split())
    length = sum(takewhile(bool, map(eq, kept, found)))
    ends_here = length == len(kept) == len(found)
    return length, length == len(kept) > 0 and (length >= _ENOUGH or ends_here), ends_here


def _is_inside(text: str, at: int) -> bool:
    """Return whether the offset is inside a word, or inside a character."""
    if not 0 < at < len(text):
        return False
    return (text[at - 1].isalnum() and text[at].isalnum()) or not is_character_boundary(text, at)
