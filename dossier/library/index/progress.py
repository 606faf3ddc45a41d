"""How far an update of an index is, as it tells its caller while it runs."""

from collections.abc import Callable
from enum import StrEnum

from dossier.core.dataclasses import NamedTuple

ANEW = "the index was damaged and is being made anew"
"""The message about an update of an index that was found damaged."""


class Stage(StrEnum):
    """What an update is doing."""

    WAITING = "waiting for another program"
    LOOKING = "looking for changed files"
    READING = "reading"
    JOINING = "joining persons"
    MERGING = "merging"
    ENDED = "done"


class Progress(NamedTuple):
    """How far an update is: `done` of the `files` that changed, and the articles and broken files in the index.

    `seconds` have passed since it began, `reading` seconds since it began to read files, from which the rate is
    computed. `was_damaged` says that the index was found damaged, so that it is made anew. `lost_links` is how many
    links were passed over since they lead nowhere, and `first_lost` the path of the first one in the library.
    """

    stage: Stage = Stage.LOOKING
    files: int = 0
    done: int = 0
    articles: int = 0
    faults: int = 0
    seconds: float = 0.0
    reading: float = 0.0
    was_damaged: bool = False
    lost_links: int = 0
    first_lost: str = ""

    @property
    def is_ended(self) -> bool:
        """Whether there is nothing left to do."""
        return self.stage is Stage.ENDED

    @property
    def rate(self) -> float:
        """Files a second; 0 as long as it is not known."""
        return self.done / self.reading if self.reading else 0.0

    @property
    def left(self) -> float | None:
        """Seconds left for reading files; None as long as that is not known."""
        return (self.files - self.done) / self.rate if self.rate else None


OnProgress = Callable[[Progress], None]
