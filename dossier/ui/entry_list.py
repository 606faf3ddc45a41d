"""The entries of a pane know at which row each stands, so that no jump and no lighting has to search through them."""

from collections.abc import Iterable
from functools import cached_property

from dossier.core.entry import Entry
from dossier.core.ref import Ref
from dossier.library.growing_list import Rows

HOMES = {
    **dict.fromkeys(("person", "org", "place", "source"), "people"),
    "quote": "quotes",
    "event": "timeline",
    "": "library",
}
"""The pane that holds an entry of each kind; the article has all others, and an article itself is in the library."""


def home(ref: Ref) -> str:
    """The pane that holds what `ref` addresses."""
    return HOMES.get(ref.kind, "article")


class Listing(tuple[Entry, ...]):
    """Entries in their order. An address that two of them bear stands for the first."""

    @cached_property
    def _rows(self) -> dict[Ref, int]:
        return {self[row].ref: row for row in range(len(self) - 1, -1, -1)}

    def row_of(self, ref: Ref) -> int | None:
        """The row of the entry that `ref` is, or lies in; None when none of them is."""
        return self._rows.get(ref.entry)


def listed(entries: Iterable[Entry]) -> Listing | Rows:
    """The entries as a listing; a listing, or the rows of a library, as they are."""
    return entries if isinstance(entries, Listing | Rows) else Listing(entries)
