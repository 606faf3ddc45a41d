"""Libraries for tests: indexed in a cache of their own, opened with a memory of their own."""

from collections.abc import Callable
from pathlib import Path

from rooms import DATA

from dossier.index.building import bring_up
from dossier.index.reader import Index
from dossier.library.library import Library
from dossier.loader.registry import read_registry
from dossier.state import Memory

PORT_ARLEN = DATA / "port-arlen"


def opening(root: Path, state: Path) -> Callable[[Callable[[], None]], Library]:
    """Opens the library at `root`, its index brought up to date, when it is given what to call when a list grows."""
    bring_up(root, registry=read_registry(root / "registry.yaml").registry)
    index = Index.open(root)
    assert index
    registry = read_registry(root / "registry.yaml").registry
    return lambda grown: Library(root, index, Memory(state), registry, grown=grown)
