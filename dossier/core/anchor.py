"""What a run of words in an entry leads to, which can be told without knowing how links are found."""

from dossier.core.dataclasses import NamedTuple
from dossier.core.ref import Ref


class Anchor(NamedTuple):
    """The code points `start` to `end` (excluded) of an entry's text, and all that they lead to."""

    start: int
    end: int
    targets: tuple[Ref, ...]
