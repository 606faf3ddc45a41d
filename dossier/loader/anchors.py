"""The anchors of a YAML file, and what its aliases stand for without having it grow past its limits."""

from collections.abc import Iterable

from dossier.core.dataclasses import NamedTuple
from dossier.loader.limits import Limits
from dossier.loader.yaml_messages import describe_depth
from dossier.loader.yaml_nodes import YamlNode


class AnchoredNode(NamedTuple):
    """The node of an anchor, the number of nodes and of letters it has with all aliases followed, and its depth."""

    node: YamlNode
    visits: int
    height: int
    letters: int


class AliasFault(NamedTuple):
    """Why an alias stands for nothing: the code of the problem and its message."""

    code: str
    message: str


class Anchors:
    """The anchors of a file of `size` code points, as they are met from its beginning to its end."""

    def __init__(self, limits: Limits, size: int) -> None:
        self._limits, self._size = limits, size
        self._nodes: dict[str, AnchoredNode | None] = {}
        self._unused: dict[str, int] = {}
        self._followed = self._letters = 0

    @property
    def unused(self) -> Iterable[tuple[str, int]]:
        """The anchors that no alias has named, each with its offset."""
        return self._unused.items()

    def declare(self, name: str, index: int) -> int | None:
        """Take note of the anchor at offset `index`; return that of one of the same name that no alias has named."""
        lost = self._unused.pop(name, None)
        self._unused[name] = index
        return lost

    def begin(self, name: str) -> None:
        """Take note that the list or mapping of an anchor begins."""
        self._nodes[name] = None

    def end(self, name: str, anchored: AnchoredNode) -> None:
        """Take note of the node of an anchor, which ends here."""
        self._nodes[name] = anchored

    def follow(self, name: str, depth: int) -> AnchoredNode | AliasFault | None:
        """Return what an alias inside `depth` lists and mappings stands for, or why that is nothing.

        None where it is nothing because a limit was passed by another alias before.
        """
        self._unused.pop(name, None)
        if name not in self._nodes:
            message = f"*{name} is an alias, but no anchor &{name} comes before it; if it is text, put it in quotes"
            return AliasFault("not-yaml", message)
        target = self._nodes[name]
        if target is None:
            return AliasFault("too-many-aliases", f"the alias *{name} is inside its own anchor and never ends")
        if depth + target.height > self._limits.depth:
            return AliasFault("too-deep", describe_depth(self._limits.depth))
        if self._followed + target.visits > self._limits.aliases:
            is_first, self._followed = self._followed <= self._limits.aliases, self._limits.aliases + 1
            limit = f"more than {self._limits.aliases:,} values are read through aliases"
            return AliasFault("too-many-aliases", f"{limit}; --max-aliases raises the limit") if is_first else None
        if self._letters + target.letters > self._limits.size - self._size:
            is_first, self._letters = self._letters <= self._limits.size, self._limits.size + 1
            limit = f"with its aliases followed, the file has more than {self._limits.size:,} characters"
            return AliasFault("too-many-aliases", limit) if is_first else None
        self._followed += target.visits
        self._letters += target.letters
        return target
