"""The texts of the entries of an article, taken from the bytes that the index stores without making the entries.

A search that the full text alone cannot answer looks at the texts of many entries that do not match. To take all their
articles apart would take most of its time.
"""

from collections.abc import Sequence
from typing import Final

from dossier.library.index.entry_columns import (
    EntryColumns,
    inflate_columns,
    read_columns,
    read_part_columns,
    split_texts,
)
from dossier.library.index.errors import IndexDamagedError

_LONGEST: Final = 1 << 26
"""The most bytes of an entry: one text may stand in many parts."""


class PackedTexts:
    """The texts of the entries of one article, whose bytes are `packed` as `pack_entries` returns them.

    Raises IndexDamagedError for any other bytes.
    """

    def __init__(self, packed: bytes) -> None:
        self._inflated = inflate_columns(packed)
        self._part_counts, self._part_texts, self._joined = read_part_columns(self._inflated)
        self._texts: Sequence[bytes] = ()
        """As many texts as were needed until now."""

    def text(self, at: int) -> str:
        """Return the text of the entry at place `at` of the article, from 0, to search it.

        Unlike that of StoredEntries it may have characters that would make a terminal act, if another user has packed
        it.
        """
        try:
            begin = sum(self._part_counts[:at])
            numbers = self._part_texts[begin : begin + self._part_counts[at]]
            if (most := max(numbers, default=-1) + 1) > len(self._texts):
                self._texts = split_texts(self._joined, most)
            found = [self._texts[number] for number in numbers]
            if len(found) > 1 and sum(map(len, found)) > _LONGEST:
                raise ValueError("an entry is too long")
            return b"\n".join(found).decode()
        except (LookupError, ValueError) as error:
            raise IndexDamagedError(f"packed entries: {error}") from error

    def unpack_columns(self) -> EntryColumns:
        """Return all columns of the entries."""
        return read_columns(self._inflated)
