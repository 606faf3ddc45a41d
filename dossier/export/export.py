"""What is exported: articles with the wanted ones of their entries, which are the entries that the screen shows.

Every format is a function that takes an `Export` and yields text or bytes. Whatever it leaves out or changes because
the format cannot hold it, it counts in `Export.omissions`.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import Entry
from dossier.core.note import PlacedNote
from dossier.core.ref import Ref
from dossier.text.messages import count_noun

if TYPE_CHECKING:
    # A search of an index prints without them.
    from dossier.core.links import Links
    from dossier.core.model import Article

_PLURALS = {"entry": "entries"}


class Omissions:
    """The number of things that a format cannot hold, and of those that it holds but are to be told of, by reason."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._told: Counter[tuple[str, str]] = Counter()

    def count(self, noun: str, reason: str, number: int = 1) -> None:
        """Count something that could not be written as it is, such as an `event`, `left out: no date`."""
        self._counts[noun, reason] += number

    def warn(self, noun: str, reason: str, number: int = 1) -> None:
        """Count something that is written as it is, but has to be told of."""
        self._told[noun, reason] += number

    def has_losses(self) -> bool:
        """Return whether something could not be written as it is."""
        return bool(self._counts)

    def messages(self) -> tuple[str, ...]:
        """Return a message for each reason, such as `2 events left out: no date`, in the order first counted."""
        found = (*self._counts.items(), *self._told.items())
        return tuple([f"{count_noun(number, noun, _PLURALS.get(noun, ''))} {why}" for (noun, why), number in found])


class ExportedArticle(NamedTuple):
    """An article, its links, and those of its entries that are exported, in the order of the panes.

    `notes` are the reader's notes on these entries, each with its place; empty unless notes are asked for.
    """

    article: "Article"
    links: "Links"
    entries: tuple[Entry, ...]
    notes: tuple[PlacedNote, ...] = ()


class Export(NamedTuple):
    """What is exported.

    `title` names it, such as the headline of the article. `articles` can be iterated over only once: each is read when
    it is needed, so that a whole library need not fit in memory. `made` is the time of the export, in UTC.
    """

    title: str
    articles: Iterable[ExportedArticle]
    omissions: Omissions
    made: datetime


class EntryNotes:
    """The reader's notes on an article, by the exported entry that they are on.

    `elsewhere` are those whose place is not certain, or is in no exported entry.
    """

    def __init__(self, exported: ExportedArticle) -> None:
        known = {entry.ref.entry for entry in exported.entries}
        self._at: dict[Ref, list[PlacedNote]] = {}
        self.elsewhere: list[PlacedNote] = []
        for placed in exported.notes:
            at = self._at.setdefault(placed.ref.entry, []) if placed.ref and placed.ref.entry in known else None
            (self.elsewhere if at is None else at).append(placed)

    def on(self, ref: Ref) -> tuple[PlacedNote, ...]:
        """Return the notes on the entry with this address, or on the entry that a span is of."""
        return tuple(self._at.get(ref.entry, ()))
