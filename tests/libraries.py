"""Libraries for tests, with an index and a memory of their own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from waiting import until

from dossier.core.dataclasses import replace
from dossier.library.article_store import FolderStore
from dossier.library.growing_list import GrowingList
from dossier.library.index.reader import Index
from dossier.library.index.update import update_index
from dossier.library.library import Library
from dossier.library.user_data import UserData
from dossier.loader.registry_file import load_registry
from dossier.ui.library_scope import open_library_state, request_lists, search_library
from dossier.ui.state import State

PORT_ARLEN = Path(__file__).parent / "port-arlen"
"""The tutorial library without its lessons, of which the numbers in the tests are independent."""
TODAY = date(2026, 11, 23)
"""The day from which relative dates of a search are counted."""


def opening(root: Path, state: Path) -> Callable[[Callable[[], None]], Library]:
    """Return a function that opens the library at `root`, after an update of its index.

    The function takes what to call when a list grows.
    """
    update_index(root, registry=load_registry(root / "registry.yaml").registry)
    index = Index.open(root)
    assert index
    registry = load_registry(root / "registry.yaml").registry
    return lambda grown: Library(FolderStore(root, index), index, UserData(state), registry, grown=grown)


@contextmanager
def library_at(root: Path, folder: Path) -> Iterator[Library]:
    """Open the library at `root`, with its index and memory in `folder`, for test modules that only read it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        library = opening(root, folder / "state")(lambda: None)
    yield library
    library.index.close()


def entrance_of(library: Library, cells: int = 60, rows: int = 12) -> State:
    """Return the state after opening the library, with panes of one size and all lists complete."""
    state = open_library_state(library)
    panes = {name: pane.resize(cells, rows) for name, pane in state.panes.items()}
    return whole(replace(state, panes=panes))


def search(state: State, typed: str) -> State:
    """Return the state after a search of its library, once all its lists are complete."""
    assert state.library
    return whole(search_library(state, state.library.parse_search_with_names(typed, TODAY)))


def whole(state: State) -> State:
    """Return the state once all its lists are complete and its facets are counted."""
    assert state.library
    state = request_lists(state)
    assert state.library
    facets = state.library.lists.facets(state.library_view.scope)
    until(
        lambda: (
            facets.is_done
            and all(pane.entries.is_done for pane in state.panes.values() if isinstance(pane.entries, GrowingList))
        )
    )
    return request_lists(state)
